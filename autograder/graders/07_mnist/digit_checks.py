"""What load_mnist gave back: taken apart, and compared with what the files hold and with what mistakes make of it."""

from __future__ import annotations

from typing import Any

import mnist_files as shared
import numpy as np
from mnist_files import Array

from autograder import fail, remark

Digits = tuple[Array, Array, Array, Array]  # train pixels (N, 28, 28) and labels (N,), then those of the test set


def four(got: Any, digits: Digits) -> list[Any]:
    """x_train, t_train, x_test, t_test; what else may come back has a sentence of its own."""
    if got is None:
        fail("reading.none")
    if isinstance(got, (list, tuple)) and len(got) == 4:
        fail("reading.flat-tuple")
    pairs = list(got) if isinstance(got, (list, tuple)) else []
    if len(pairs) != 2 or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        fail("reading.structure")
    arrays = [item for pair in pairs for item in pair]
    sizes = [item.size if isinstance(item, np.ndarray) else -1 for item in arrays]
    train, test = len(digits[0]), len(digits[2])
    if sizes[:2] == [784 * train, 784 * test]:
        fail("reading.images-together")
    return arrays


def check_all(got: Any, digits: Digits, normalize: bool, flatten: bool, one_hot: bool) -> None:
    """All four arrays are right."""
    x_train, t_train, x_test, t_test = four(got, digits)
    for x, pixels in ((x_train, digits[0]), (x_test, digits[2])):
        check_images(x, pixels, normalize, flatten)
    for t, labels in ((t_train, digits[1]), (t_test, digits[3])):
        (check_one_hot if one_hot else check_labels)(t, labels)


# ---- images ----


def check_images(got: Any, pixels: Array, normalize: bool, flatten: bool) -> None:
    n = len(pixels)
    shape = (n, 784) if flatten else (n, 1, 28, 28)
    expected = pixels.reshape(shape) / 255 if normalize else pixels.reshape(shape)
    shared.compare(got, expected, lambda: wrong_shapes(n, flatten) | wrong_pixels(pixels, shape, normalize))
    if normalize and got.dtype == np.float64:
        remark("reading.float64")
    if not normalize and got.dtype != np.uint8:
        remark("reading.not-uint8")


def wrong_shapes(n: int, flatten: bool) -> dict[str, Any]:
    if flatten:
        return {
            "reading.not-flat": lambda got: got.shape in ((n, 1, 28, 28), (n, 28, 28)),
            "reading.one-column-per-image": lambda got: got.shape == (784, n),
        }
    return {
        "reading.flat-anyway": lambda got: got.shape == (n, 784),
        "reading.no-channel": lambda got: got.shape == (n, 28, 28),
        "reading.channel-last": lambda got: got.shape == (n, 28, 28, 1),
    }


def wrong_pixels(pixels: Array, shape: tuple[int, ...], normalize: bool) -> dict[str, Any]:
    """What mistakes make of the pixels: message key -> values or predicate."""
    raw, signed = pixels.reshape(shape).astype(float), pixels.view(np.int8).reshape(shape).astype(float)
    common = {
        "reading.signed": shared.any_of(signed, signed / 255, signed / 256),
        "reading.mixed-up": shared.any_of(*(mixed / part for mixed in mixed_up(pixels, shape) for part in (1, 255))),
    }
    if not normalize:
        return {"reading.normalized-anyway": raw / 255} | common
    return {
        "reading.not-normalized": raw,
        "load.256": raw / 256,
        "reading.twice": raw / 255 / 255,
        "reading.whole-numbers": shared.any_of(raw // 255, np.round(raw / 255)),
    } | common


def mixed_up(pixels: Array, shape: tuple[int, ...]) -> list[Array]:
    """Right pixels in the wrong places: rows and columns exchanged, or the axes of the file read in another order."""
    n = len(pixels)
    other = pixels.reshape(784, n).T.reshape(shape)
    return [pixels.transpose(0, 2, 1).reshape(shape), other, pixels.reshape(n, 784).T.reshape(shape)]


# ---- labels ----


def check_labels(got: Any, labels: Array) -> None:
    n = len(labels)
    shared.compare(
        got,
        labels,
        lambda: {
            "reading.one-hot-anyway": lambda got: got.shape == (n, 10),
            "reading.label-header": lambda got: got.shape in ((n + 8,), (n + 4,), (n - 8,)),
        },
    )


def check_one_hot(got: Any, labels: Array) -> None:
    """Rows of ten, whatever digits there are."""
    n, present = len(labels), np.unique(labels)
    widths = {len(present), int(present.max()) + 1, int(np.ptp(present)) + 1} - {10}
    whole_columns = np.zeros((n, 10))
    whole_columns[:, present] = 1
    one_hot = (labels[:, None] == np.arange(10)).astype(int)
    shared.compare(
        got,
        one_hot,
        lambda: {
            "reading.one-hot-bool": lambda got: got.dtype.kind == "b" and np.array_equal(got, one_hot == 1),
            "reading.one-hot-ignored": labels,
            "reading.one-hot-transposed": one_hot.T,
            "reading.one-hot-width": lambda got: got.ndim == 2 and (got.shape[0] == n and got.shape[1] in widths),
            "reading.one-hot-columns": whole_columns,
        },
    )
