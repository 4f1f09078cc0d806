"""Hidden grader of 07_mnist, one image: what the figure shows is read from its data, with the colours it gives them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
from mnist_files import FILES, Array, named, unpacked

from autograder import Figure, Finding, Handle, credit, fail

# What a figure shows, as an array (28, 28, 3) for each image in it: colours from 0 to 1, row 0 at the top.
LOOK = """
def look(figure):
    return [seen(axes, image) for axes in figure.axes for image in axes.images]

def seen(axes, image):
    data = np.asarray(image.get_array())
    colours = np.asarray(image.to_rgba(data), dtype=float)[..., :3]
    left, right, bottom, top = image.get_extent()
    rises = (bottom - top) * (1 if image.origin == "upper" else -1)
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    if rises * (y1 - y0) > 0:
        colours = colours[::-1]
    return colours[:, ::-1] if (right - left) * (x1 - x0) < 0 else colours
"""
ERRORS = {
    "show.colour-map": r"^error\S* .*(known colou?rmap|valid value for cmap)",
    "show.not-reshaped": r"^error\S* TypeError .*show\(",
}
LINEAR = 0.9  # the least correlation of brightness and pixel: a grey map may be bent, but it has to show all shades


def draw(student: Any, image: Array) -> Array:
    """The colours (28, 28, 3) of the image that show_image draws; what else comes back has a sentence of its own."""
    with named(ERRORS):
        value = student.show_image(image)
    if not isinstance(value, Figure):
        no_figure(value)
    shown = [picture for axes in value.axes for picture in axes.images]
    if not shown:
        fail("show.lines" if any(axes.lines for axes in value.axes) else "show.no-image")
    if shown[0].shape[:2] != (28, 28):
        fail("show.one-row" if shown[0].size == 784 else "show.size")
    made = student.make("look(show(image))", given=LOOK, show=student.get("show_image"), image=image).fetch()
    seen = [colours for colours in made if np.shape(colours) == (28, 28, 3)] if isinstance(made, list) else []
    if not seen or not np.all(np.isfinite(seen[0])):
        fail("show.size")
    return np.asarray(seen[0], dtype=float)


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
    for key, other in {
        "show.upside-down": pixels[::-1],
        "show.transposed": pixels.T,
        "show.mirrored": pixels[:, ::-1],
        "show.rotated": pixels[::-1, ::-1],
    }.items():
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


@credit(4, task="show_image", plots=True)
def test_show_image(student, part, rng, dataset):
    """show_image draws one image and returns the figure

    show_image는 이미지 한 장을 그리고 Figure를 돌려준다
    """
    digit = (unpacked(dataset(FILES[2]), 3)[0].reshape(784) / 255).astype(np.float32)
    with part("a digit, from load_mnist", "load_mnist가 읽은 숫자 하나", points=1, shown=True):
        check_upright(draw(student, digit), digit)
    with part("in grey", "회색조", points=1, shown=True):
        if not is_grey(draw(student, digit)):
            fail("show.colours")
    with part("images of shape (784,) and (28, 28)", "모양이 (784,)인 이미지와 (28, 28)인 이미지", points=1):
        for shape in ((784,), (28, 28), (784,)):
            image = picture(rng).reshape(shape)
            check_upright(draw(student, image), image)
    with part("pixels from 0 to 255, shape (1, 28, 28)", "0부터 255까지의 픽셀, 모양 (1, 28, 28)", points=1):
        for _ in range(2):
            image = np.floor(256 * picture(rng)).astype(np.uint8).reshape(1, 28, 28)
            check_upright(draw(student, image), image)
