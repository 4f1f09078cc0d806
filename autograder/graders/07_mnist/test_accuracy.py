"""Hidden grader of 07_mnist, accuracy: the number, and how `predict` was asked for it.

`predict` is the grader's own and remembers its calls; so is `batches` where the student's is not right yet.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import mnist_files as shared
import numpy as np
from mnist_files import FILES, WEIGHTS, Array

from autograder import Finding, Handle, Raise, assert_close, assert_unchanged, credit, fail, named, same

NARROW = {"W1": (784, 2), "b1": (2,), "W2": (2, 2), "b2": (2,), "W3": (2, 10), "b3": (10,)}


class Asked:
    """A `predict` whose answers nobody else can compute: softmax of x @ secret. Remembers its calls.

    The first ten pixels do not count, so that the brightest can be put there. The network that it is asked with has
    the keys of the real one and is much smaller, because it travels with every call.
    """

    def __init__(self, rng: np.random.Generator | None = None, network: dict[str, Array] | None = None) -> None:
        self.network = network or {key: rng.normal(size=shape) for key, shape in NARROW.items()}
        self._secret = None if rng is None else rng.normal(size=(774, 10))
        self.images: list[Array] = []
        self.networks: list[Any] = []

    def __call__(self, *args: Any, **named: Any) -> Array:
        network, images = [*args, *named.values()]
        x = np.asarray(images, dtype=float)
        if x.ndim not in (1, 2) or x.shape[-1] != 784:
            raise Raise("ValueError", f"matmul: x has the shape {x.shape}, not (batch, 784)")
        self.networks.append(network)
        self.images.append(x)
        return self.answer(x)

    def answer(self, x: Array) -> Array:
        if self._secret is not None:
            scores = 0.4 * (x[..., 10:] - 0.45) @ self._secret  # around ±3: ten different digits, none of them certain
            return shared.softmax(scores)
        return shared.forward(self.network, x)


def with_right_batches(student: Any) -> Any:
    """The student; with a right `batches` if theirs is not, so that accuracy is graded for itself."""
    x, t = np.arange(21.0).reshape(7, 3), np.arange(7)
    expected = shared.slices(x, t, 3)
    try:
        got = student.batches(x, t, 3)
        got = got.take(len(expected) + 1) if isinstance(got, Handle) else got
    except Finding:
        got = None
    sound = isinstance(got, (list, tuple)) and len(got) == len(expected)
    sound = sound and all(shared.same_pair(*both) for both in zip(got, expected, strict=True))
    return student if sound else student.replacing(batches=shared.slices)


def problem(rng: np.random.Generator, asked: Asked, size: int, rest: int = 0) -> tuple[Array, Array]:
    """4·size + rest images and labels, of which predict gets a distinctive number right in every batch.

    The brightest pixel of every image is one of the first ten; in 3 images it stands at the label's place.
    """
    n = 4 * size + rest
    x = dark(rng, n)
    t = asked.answer(x).argmax(axis=1)
    wrong = [start * size + place for start in range(3) for place in rng.permutation(size)[: start + 1]]
    wrong += [4 * size + int(rng.integers(rest))] if rest else []
    t[wrong] = (t[wrong] + rng.integers(1, 10, len(wrong))) % 10
    brighten(rng, x, t)
    return x, t


def dark(rng: np.random.Generator, n: int) -> Array:
    """Images as load_mnist gives them, float32, without a pixel as bright as 1."""
    return (0.9 * rng.random((n, 784), np.float32)).astype(np.float32)


def brighten(rng: np.random.Generator, x: Array, t: Array) -> None:
    """Put the brightest pixel of every image among the first ten, in three of them at the label's place."""
    rows = np.arange(len(x))
    matching = np.isin(rows, rng.permutation(rows)[:3])
    x[rows, np.where(matching, t, (t + rng.integers(1, 10, len(x))) % 10)] = 1


def wrong_numbers(asked: Asked, x: Array, t: Array, size: int) -> dict[str, Any]:
    """What mistakes make of the number: message key -> values or predicate."""
    y = asked.answer(x)
    good = y.argmax(axis=1) == t
    cuts = range(size, len(x), size)
    parts = np.split(good, cuts)
    full = np.concatenate([part for part in parts if len(part) == size] or parts)
    one_place = sum(
        int(np.sum(part.argmax() == labels)) for part, labels in zip(np.split(y, cuts), np.split(t, cuts), strict=True)
    )
    values = {
        "accuracy.whole-numbers": lambda got: isinstance(got, (int, np.integer)) and got in (0, 1),
        "accuracy.count": float(good.sum()),
        "accuracy.percent": 100 * good.mean(),
        "accuracy.mean-of-means": float(np.mean([part.mean() for part in parts])),
        "accuracy.last-dropped": shared.any_of(full.mean(), full.sum() / len(x)),
        "accuracy.argmax-of-images": float(np.mean(x.argmax(axis=1) == t)),
        "accuracy.no-axis": one_place / len(x),
        "accuracy.last-batch-only": shared.any_of(parts[-1].mean(), parts[-1].sum() / len(x)),
        "accuracy.first-batch-only": shared.any_of(parts[0].mean(), parts[0].sum() / len(x)),
        "accuracy.divisor": shared.any_of(good.sum() / (len(parts) * size), good.sum() / size, good.sum() / len(parts)),
        "accuracy.list": lambda got: isinstance(got, (list, tuple)) or np.ndim(got) > 0,
    }
    return {key: value for key, value in values.items() if callable(value) or not same(value, good.mean())}


def ask(student: Any, asked: Asked, x: Array, t: Array, *size: int) -> Any:
    """What accuracy gives. Where it stops with one form of the labels and not with the other, that is what is told."""
    asked.networks.clear()
    try:
        with named({"accuracy.axis": r"^error\.(shapes|ambiguous-truth) "}):
            return student.replacing(predict=asked).accuracy(asked.network, x, t, *size)
    except Finding as finding:
        other = np.eye(10)[t] if t.ndim == 1 else t.argmax(axis=1)
        if finding.key.startswith(("error", "accuracy")) and answers(student, asked, x, other):
            key = "accuracy.labels" if t.ndim == 1 else "accuracy.one-hot"
            raise Finding(key, finding.params, finding.verdict, finding.line) from None
        raise


def answers(student: Any, asked: Asked, x: Array, t: Array) -> bool:
    with suppress(Finding):
        student.replacing(predict=asked).accuracy(asked.network, x, t)
        return True
    return False


def check_accuracy(student: Any, asked: Asked, x: Array, t: Array, size: int, one_hot: bool = False) -> None:
    """The share of right answers; whatever weights accuracy asks with, they must be those that it was given."""
    check_number(ask(student, asked, x, np.eye(10, dtype=np.uint8)[t] if one_hot else t, size), asked, x, t, size)
    assert_unchanged()
    if not all(map(asked_with(asked.network), asked.networks)):
        fail("accuracy.other-network")


def check_number(got: Any, asked: Asked, x: Array, t: Array, size: int) -> None:
    """The number is right, and predict was asked for it."""
    check_asked(asked)
    right = float(np.mean(asked.answer(x).argmax(axis=1) == t))
    assert_close(got, right, mistaken=wrong_numbers(asked, x, t, size))


def check_asked(asked: Asked) -> None:
    if not asked.networks:
        fail("accuracy.no-predict")


def asked_with(network: dict[str, Array]) -> Callable[[Any], bool]:
    return lambda got: isinstance(got, dict) and all(same(got.get(key), network[key], 1e-6) for key in network)


def check_calls(images: list[Array], x: Array, size: int) -> None:
    """predict was asked ⌈N / size⌉ times, with at most `size` images at once.

    Whoever drops the short batch asks once less; other parts tell them.
    """
    n, wanted = len(x), math.ceil(len(x) / size)
    sizes = [len(batch) if batch.ndim == 2 else 1 for batch in images]
    if len(sizes) >= n and set(sizes) == {1}:
        fail("accuracy.one-call-per-image")
    if n in sizes:
        fail("accuracy.all-at-once")
    if (len(sizes) == wanted or sizes == [size] * (n // size)) and max(sizes) <= size:
        return
    if size != 100 and max(sizes) == 100:
        fail("accuracy.fixed-batch")
    if max(sizes) <= size and sum(sizes) in (2 * n, 3 * n):
        fail("accuracy.asked-again")
    fail("accuracy.calls", got_number=len(sizes), number=wanted, largest=max(sizes), size=size)


@credit(1, task="accuracy", shown=True)
def test_accuracy_on_the_digits_of_the_course(student, dataset):
    """accuracy counts how many of 250 test digits the network gets right

    accuracy는 테스트 숫자 이미지 250장 가운데 신경망이 맞힌 비율을 구한다
    """
    weights = dataset(f"weights/{WEIGHTS}")
    pixels, t = shared.unpacked(dataset(FILES[2]), 3)[:250], shared.unpacked(dataset(FILES[3]), 1)[:250]
    x = (pixels.reshape(-1, 784) / 255).astype(np.float32)
    with_file = student.replacing(read_bytes=shared.reader({WEIGHTS: weights}))
    check_accuracy(with_right_batches(with_file), Asked(network=shared.network_of(weights)), x, t, 100)


@credit(6, task="accuracy")
def test_accuracy(student, part, rng):
    """accuracy is the share of images that predict gets right, a batch at a time

    accuracy는 predict가 맞힌 이미지의 비율이고, 배치 단위로 계산한다
    """
    repaired = with_right_batches(student)
    asked = Asked(rng)
    with part("labels", "레이블", points=1):
        for size in (5, 5):
            check_accuracy(repaired, asked, *problem(rng, asked, size), size)
    with part("one-hot rows", "원-핫 레이블", points=1):
        for size in (6, 6):
            check_accuracy(repaired, asked, *problem(rng, asked, size), size, one_hot=True)
    with part("the same number for every batch size", "배치 크기가 달라도 같은 값", points=1):
        x, t = problem(rng, asked, 4, rest=3)
        for size in (4, 5, 100, 1):
            check_accuracy(repaired, asked, x, t, size)
    with part("predict gets whole batches", "predict에는 배치를 통째로", points=3):
        for n, size in ((200, 100), (rng.integers(101, 112), 16)):
            check_with_calls(repaired, Asked(rng), rng, int(n), size)


def check_with_calls(student: Any, asked: Asked, rng: np.random.Generator, n: int, size: int) -> None:
    """Few calls, and a right number where no batch is short. `size` 100 is left out of the call: it is the default."""
    x = dark(rng, n)
    right = rng.uniform(size=len(x)) < 0.6
    t = (asked.answer(x).argmax(axis=1) + ~right) % 10
    brighten(rng, x, t)
    got = ask(student, asked, x, t, *(() if size == 100 else (size,)))
    if n % size:
        check_asked(asked)
    else:
        check_number(got, asked, x, t, size)
    check_calls(asked.images, x, size)
