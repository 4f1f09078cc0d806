"""Hidden grader of 07_mnist, batches: every image once, in order, with its label, and then an end."""

from __future__ import annotations

import math
from typing import Any

import mnist_files as shared
import numpy as np
from mnist_files import Array, slices

from autograder import Handle, assert_close, credit, fail, named, same

WIDTH = 30  # of the rows: x has the shape (N, …), and less has to travel
MORE = 3  # batches asked for beyond the last one: who gives them all, perhaps never stops


def listed(got: Any, limit: int) -> list[Any]:
    """What came back, as a list of at most `limit` items; a generator may have no end."""
    if got is None:
        fail("batches.none")
    if isinstance(got, Handle):
        with named({"batches.not-iterable": r"^arguments "}):
            got = got.take(limit)
    if isinstance(got, np.ndarray) and got.ndim:
        got = list(got)
    if not isinstance(got, (list, tuple)):
        fail("batches.not-iterable")
    return list(got)


def check_batches(student: Any, x: Array, t: Array, size: int) -> None:
    """Every image once, in order, each with its label; the last batch may be short."""
    expected = slices(x, t, size)
    got = student.batches(x, t, size)
    changed = dict(student.last.changed)
    if shared.same_pair(got, expected[0]):
        fail("batches.first-only")
    items = listed(got, len(expected) + MORE)
    if len(items) >= len(expected) + MORE and isinstance(got, Handle):
        explain_sizes(items[: len(expected)], x, t, size)
        fail("batches.endless")
    pairs = [pair_of(item, x, t) for item in items]
    if not all(shared.same_pair(*both) for both in zip(pairs, expected, strict=False)) or len(pairs) != len(expected):
        explain_sizes(pairs, x, t, size)
        explain_order(pairs, x, t, size)
        for (images, labels), (right_images, right_labels) in zip(pairs, expected, strict=False):
            assert_close(images, right_images, sequence=True)
            assert_close(labels, right_labels, sequence=True)
        fail("batches.number", got_number=len(pairs), number=len(expected))
    if changed:
        fail("argument-changed", position=min(changed) + 1)


def pair_of(item: Any, x: Array, t: Array) -> tuple[Any, Any]:
    """The images and labels of one batch; what is no pair has a sentence of its own."""
    if isinstance(item, np.ndarray) and item.shape[1:] == x.shape[1:] and item.ndim == x.ndim:
        fail("batches.images-only")
    if isinstance(item, np.ndarray) and item.shape == x.shape[1:]:
        fail("batches.one-by-one")
    if not isinstance(item, (list, tuple)) or len(item) != 2:
        fail("batches.not-pairs")
    return item[0], item[1]


def length(batch: Any) -> int:
    """How many images a batch has; -1 for what is no batch."""
    if isinstance(batch, np.ndarray):
        return len(batch) if batch.ndim else -1
    return len(batch) if isinstance(batch, (list, tuple)) else -1


def explain_sizes(pairs: list[Any], x: Array, t: Array, size: int) -> None:
    """The finding for batches of the wrong sizes, where a known mistake makes them."""
    pairs = [pair_of(pair, x, t) for pair in pairs]
    sizes, labels = [length(images) for images, _ in pairs], [length(labels) for _, labels in pairs]
    n = len(x)
    if sizes and all(count == n for count in labels) and any(count != n for count in sizes):
        fail("batches.labels-whole")
    if n % size and sizes == [size] * (n // size):
        fail("batches.last-dropped")
    right = slices(x, t, size)
    if sizes[: len(right)] == [len(images) for images, _ in right] and set(sizes[len(right) :]) == {0}:
        fail("batches.empty")
    if size > 1 and len(pairs) > 1 and all(is_single(images, x) for images, _ in pairs):
        fail("batches.one-by-one")
    if n % size and sizes == [size] * len(right) and all(map(shared.same_pair, pairs[:-1], right[:-1])):
        fail("batches.padded")
    if len(pairs) == size != math.ceil(n / size):
        fail("batches.number-for-size")


def is_single(images: Any, x: Array) -> bool:
    """Whether this is one image, with or without an axis for the batch."""
    return np.shape(images) in (x.shape[1:], (1, *x.shape[1:])) if isinstance(images, np.ndarray) else False


def explain_order(pairs: list[Any], x: Array, t: Array, size: int) -> None:
    """The finding for images in the wrong order, or labels that belong to other images."""
    if not pairs or not all(isinstance(part, np.ndarray) and part.ndim for pair in pairs for part in pair):
        return
    images = [np.asarray(image) for image, _ in pairs if image.shape[1:] == x.shape[1:]]
    labels = [np.asarray(label) for _, label in pairs if label.shape[1:] == t.shape[1:]]
    if len(images) < len(pairs) or len(labels) < len(pairs):
        return
    places, found = shared.place(np.concatenate(images), x), np.concatenate(labels)
    if -1 in places:
        return
    if len(found) == len(places) and not same(found, t[places]):
        fail("batches.labels-of-others")
    if places != sorted(places) and sorted(places) == list(range(len(x))):
        fail("batches.order")
    if len(pairs) > 1 and len(set(places)) < len(places):
        fail("batches.overlap")
    if len(set(places)) < len(x):
        fail("batches.images-missing")


@credit(2, task="batches", shown=True)
def test_seven_images(student):
    """batches makes four batches of seven images, two at a time

    batches는 이미지 일곱 장을 두 장씩 네 묶음으로 나눈다
    """
    check_batches(student, np.arange(14.0).reshape(7, 2), np.array([5, 0, 4, 1, 9, 2, 1]), 2)


@credit(4, task="batches")
def test_batches(student, part, rng):
    """batches gives every image once, in order, with its label

    batches는 모든 이미지를 한 번씩, 순서대로, 레이블과 함께 내놓는다
    """
    with part("rows and labels", "한 줄짜리 이미지와 레이블", points=1):
        for n, size in ((23, 4), (23, 4), (31, 5), (6, 50)):
            check_batches(student, rng.uniform(size=(n, WIDTH)), rng.integers(0, 10, n), size)
    with part("images of shape (1, 28, 28), one-hot rows", "모양이 (1, 28, 28)인 이미지, 원-핫 레이블", points=1):
        for _ in range(2):
            pixels = rng.integers(0, 256, size=(13, 1, 28, 28), dtype=np.uint8)
            check_batches(student, pixels, np.eye(10, dtype=np.uint8)[rng.integers(0, 10, 13)], 5)
    with part(
        "full batches only, one image each, one batch for all", "딱 나누어떨어질 때, 한 장씩, 한꺼번에", points=2
    ):
        for n, size in ((20, 5), (20, 5), (4, 1), (6, 6)):
            check_batches(student, rng.uniform(size=(n, WIDTH)), rng.integers(0, 10, n), size)
