"""Hidden grader of 07_mnist, one image: what the figure shows is read from the colours that lie on its page."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
from mnist_files import FILES, Array, unpacked

from autograder import Figure, Finding, Handle, credit, fail, named

ERRORS = {
    "show.colour-map": r"^\w+: .*(known colou?rmap|valid value for cmap)",
    "show.not-reshaped": r"^error\S* .*show\(.*\nTypeError: ",
}
LINEAR = 0.9  # the least correlation of brightness and pixel: a grey map may be bent, but it has to show all shades


def draw(student: Any, image: Array) -> Array:
    """The colours (28, 28, 3) of the image that show_image draws; what else comes back has a sentence of its own."""
    with named(ERRORS):
        value = student.show_image(image)
    if not isinstance(value, Figure):
        no_figure(value)
    pictures = [colours for axes in value.axes for colours in axes.shown]
    if not pictures:
        fail("show.no-image")
    colours = pictures[0]
    if colours.shape != (28, 28, 3):
        fail("show.one-row" if colours.size == 3 * 784 else "show.size")
    if not np.all(np.isfinite(colours)):
        fail("show.size")
    return colours


def no_figure(value: Any) -> None:
    kind = str(getattr(value, "type", type(value).__name__))
    if value is None:
        fail("show.none")
    if isinstance(value, Handle) and is_image(value):
        fail("show.axes-image")
    if kind.startswith("Axes") or (isinstance(value, tuple) and any(isinstance(item, Figure) for item in value)):
        fail("show.axes")
    fail("show.no-figure")


def is_image(handle: Handle) -> bool:
    """Whether this is what imshow gives back."""
    with suppress(Finding):
        return handle.get("origin") in ("upper", "lower")
    return False


def check_upright(colours: Array, image: Array) -> None:
    """The brightness follows the pixels of the image, each in its place, in a grey map or its inverse."""
    pixels, light = image.reshape(28, 28).astype(float), colours.mean(axis=2)
    if np.ptp(light) < 0.05:
        fail("show.one-colour")
    if follows(light, pixels):
        return
    wrapped = pixels * 255 % 256  # what a byte keeps of it
    others = {"show.upside-down": pixels[::-1], "show.transposed": pixels.T, "show.overflow": wrapped}
    for key, other in others.items():
        if follows(light, other):
            fail(key)
    if is_grey(colours):
        fail("show.two-shades" if follows(light, pixels, 0.5) else "show.other-image")
    fail("show.colours")


def follows(light: Array, pixels: Array, least: float = LINEAR) -> bool:
    return abs(float(np.corrcoef(light.ravel(), pixels.ravel())[0, 1])) >= least


def is_grey(colours: Array) -> bool:
    return bool(np.max(np.ptp(colours, axis=2)) < 1e-6)


def picture(rng: np.random.Generator) -> Array:
    """A random 28×28 image between 0 and 1; 1 itself does not occur, so that whole numbers make all of it black."""
    return rng.uniform(0.0, 0.98, size=(28, 28))


@credit(2, task="show_image", plots=True, shown=True)
def test_show_a_digit(student, part, dataset):
    """show_image draws one image and returns the figure

    show_image는 이미지 한 장을 그리고 Figure를 돌려준다
    """
    digits = unpacked(dataset(FILES[2]), 3)
    digit = (digits[0].reshape(784) / 255).astype(np.float32)
    with part("a digit, from load_mnist", "load_mnist가 읽은 숫자 하나", points=1):
        check_upright(draw(student, digit), digit)
    with part("in grey", "회색조", points=1):
        if not is_grey(draw(student, digit)):
            fail("show.colours")


@credit(2, task="show_image", plots=True)
def test_show_image(student, part, rng, dataset):
    """show_image takes an image in any of its shapes

    show_image는 어떤 모양의 이미지든 그린다
    """
    digits = unpacked(dataset(FILES[2]), 3)
    with part("images of shape (784,) and (28, 28)", "모양이 (784,)인 이미지와 (28, 28)인 이미지", points=1):
        for shape in ((784,), (28, 28), (784,)):
            image = picture(rng).reshape(shape)
            check_upright(draw(student, image), image)
    with part("pixels from 0 to 255, shape (1, 28, 28)", "0부터 255까지의 픽셀, 모양 (1, 28, 28)", points=1):
        noise = np.floor(256 * picture(rng)).astype(np.uint8)
        for pixels in (noise, digits[rng.integers(len(digits))]):  # in bytes, 255 times noise looks inverted only
            image = pixels.reshape(1, 28, 28)
            check_upright(draw(student, image), image)
