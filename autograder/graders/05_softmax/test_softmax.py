"""Hidden grader of 05_softmax: softmax itself, and the one that overflows on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import outputs as shared
from outputs import FORMULA, LARGE, LECTURE, NEGATIVE, SPREAD, TINY, check, softmax

from autograder import (
    Finding,
    assert_quiet,
    assert_unchanged,
    credit,
    curve,
    dots,
    forget_warnings,
    has_nan,
    named,
    numbers,
    same,
    show_plot,
)

BATCH = np.array([[0.3, 2.9, 4.0], [2.0, 1.0, 0.0]])
EXTREMES = ([1e308, -1e308, 0.0], [-1e308, 0.0, -1e308], [-np.inf, 0.0, 1.0], [-np.inf, 2.0, -np.inf])
FAR_APART = np.array([[1000.0, 999.0], [2.0, 1.0], [0.0, 3.0], [-1000.0, -999.0]])


# ---- wrong ways that only a batch shows ----


def share_one_sum(a: Any) -> Any:
    """Whether all entries of the batch together sum to 1, instead of those of each row."""

    def predicate(got: Any) -> bool:
        array = numbers(got, lists=True)
        return len(a) > 1 and array.shape == a.shape and near_one(np.sum(array))

    return predicate


def down_the_columns(a: Any) -> Any:
    """Whether the entries of each column sum to 1, instead of those of each row."""

    def predicate(got: Any) -> bool:
        array = numbers(got, lists=True)
        if array.shape != a.shape or len(a) == 1:
            return False
        return near_one(np.sum(array, axis=0)) and not near_one(np.sum(array, axis=1))

    return predicate


def near_one(sums: Any) -> bool:
    return same(sums, np.ones(np.shape(sums)), 1e-6)


def keepdims(a: Any) -> Any:
    """A square batch with a row's maximum, sum, or both laid along the columns; otherwise the shapes do not fit."""
    if a.shape[1] == 1:
        return lambda got: len(a) > 1 and numbers(got, lists=True).shape == (len(a), len(a))
    if len(set(a.shape)) > 1:
        return None
    low = np.exp(a - np.max(a, axis=1))
    high = np.exp(shared.shifted(a))
    values = [shared.through(low), low / np.sum(low, axis=1), high / np.sum(high, axis=1)]
    return lambda got: any(shared.alike(got, value) for value in values)


def max_of_the_batch(a: Any) -> Any:
    """Whether the rows far below the largest entry of the batch are nan (0/0), and no others."""
    low = np.max(a, axis=-1) < np.max(a) - 750
    if not np.any(low):
        return None

    def predicate(got: Any) -> bool:
        array = numbers(got, lists=True)
        return array.shape == a.shape and np.array_equal(np.isnan(array).any(axis=1), low)

    return predicate


ROWS: shared.Wrong = {
    "batch.keepdims": keepdims,
    "batch.one-sum": share_one_sum,
    "batch.columns": down_the_columns,
    "batch.first-row": lambda a: softmax(a[0]) if len(a) > 1 else None,
    "batch.last-row": lambda a: softmax(a[-1]) if len(a) > 1 else None,
    "batch.max-of-the-batch": max_of_the_batch,
}
SHAPES_DO_NOT_FIT = {"batch.keepdims": r"^error\.shapes "}
NOT_ONE = {"formula.sum-is-not-one": lambda a: lambda got: sums_to_something_else(got, a)}


def sums_to_something_else(got: Any, a: Any) -> bool:
    array = numbers(got, lists=True)
    return array.shape == a.shape and bool(np.all(np.isfinite(array))) and not near_one(np.sum(array, axis=-1))


def clipped(a: Any) -> Any:
    """Whether `got` is the softmax of `a` limited to some range, as the sigmoid was saved in assignment 02."""
    return lambda got: any(shared.alike(got, softmax(np.clip(a, -edge, edge))) for edge in (50, 100, 500, 700, 709))


def zeros(a: Any) -> Any:
    """Whether some rows are all 0 and the others right."""
    right = softmax(a)

    def predicate(got: Any) -> bool:
        array = numbers(got, lists=True)
        if array.shape != a.shape:
            return False
        empty = np.all(array == 0, axis=-1)
        return bool(np.any(empty)) and shared.alike(np.where(empty[..., None], right, array), right, 1e-6)

    return predicate


# ---- softmax ----


@credit(4, task="softmax")
def test_one_vector(student, part, rng):
    """softmax turns the sums of an output layer into probabilities

    softmax는 출력층의 합을 확률로 바꾼다
    """
    with part("the example of the lecture", "강의의 예", points=1, shown=True):
        vector(student.softmax, LECTURE)
        assert_unchanged()
    with part("a single class gives 1", "클래스가 하나이면 1", points=1, shown=True):
        for a in (np.array([5.0]), np.array([-3.0])):
            vector(student.softmax, a, {"single.sigmoid": shared.sigmoid})
    with part("any vector", "임의의 벡터", points=2):
        for size in (3, 3, 10):
            shared.assert_double(vector(student.softmax, rng.normal(scale=2.0, size=size)))
        vector(student.softmax, rng.permutation(np.arange(-3, 5)))  # integers


def vector(function: Any, a: Any, wrong: shared.WrongAt = FORMULA, atol: float = 1e-8) -> Any:
    with shared.told_by_the_other("vector.fails", function, a[None], softmax):
        return check(function, softmax, lambda a: {**shared.table(wrong, a), **NOT_ONE}, a, atol)


def batch(function: Any, a: Any, wrong: shared.WrongAt = FORMULA, atol: float = 1e-8) -> None:
    with (
        shared.told_by_the_other("batch.fails", function, a[0], softmax),
        named(SHAPES_DO_NOT_FIT),
    ):
        check(function, softmax, lambda a: {**ROWS, **shared.table(wrong, a), **NOT_ONE}, a, atol)


@credit(3, task="softmax")
def test_a_batch(student, part, rng):
    """softmax treats every row of a batch by itself

    softmax는 배치의 각 행을 따로 계산한다
    """
    with part("the batch of the handout", "교재의 배치", points=1, shown=True):
        batch(student.softmax, BATCH)
        assert_unchanged()
    with part("any batch", "임의의 배치", points=2):
        for shape in ((4, 3), (4, 3), (3, 3), (1, 4), (3, 1)):
            batch(student.softmax, rng.normal(scale=2.0, size=shape))


@credit(4, task="softmax", shown=True)
def test_large_sums_do_not_overflow(student, part):
    """softmax of large sums is right, and nothing overflows on the way

    합이 커도 softmax의 값이 맞고, 계산 도중에 오버플로가 나지 않는다
    """
    with part("far from 0", "0에서 먼 값", points=1):
        large(student.softmax)
    with part("without a warning", "경고 없이", points=1), named({"softmax.warned": "^floating-p"}):
        silent(student.softmax)
    with part("rows far apart from each other", "크기가 크게 다른 행", points=1):
        for a in (FAR_APART, FAR_APART[::-1] + 5.0):
            batch(student.softmax, a, far("softmax.overflow"), TINY)
        forget_warnings()
    with part("±1e308 and -inf", "±1e308과 -inf", points=1):
        for values in EXTREMES:
            vector(student.softmax, np.array(values), {"softmax.extremes": shared.nan, "softmax.zeros": zeros}, TINY)
        two = np.array([[1e308, 0.0, -1e308], [0.0, -np.inf, 1.0]])
        batch(student.softmax, two, {"softmax.extremes": shared.nan, "softmax.zeros": zeros}, TINY)
        forget_warnings()


@credit(1, task="softmax")
def test_a_shift_changes_nothing(student, part, rng):
    """softmax stays the same when all sums grow by the same number

    모든 합에 같은 수를 더해도 softmax의 값은 그대로이다
    """
    with part("the same for a + c", "a + c로 바꾸어도 같은 값", points=1):
        for shape, sign in (((4,), 1), ((4,), -1), ((3, 4), 1), ((3, 4), -1)):
            a = rng.normal(scale=2.0, size=shape) + sign * rng.uniform(1000, 5000, size=(*shape[:-1], 1))
            ask = vector if a.ndim == 1 else batch
            ask(student.softmax, a, lambda a: {"softmax.overflow": shared.naive, **far("softmax.not-the-max")(a)}, TINY)
        forget_warnings()


def large(function: Any) -> None:
    """Vectors that are fine once the largest entry is subtracted; with anything else at least one of them is lost."""
    vector(function, LARGE, far("softmax.overflow"), TINY)
    for a in (SPREAD, NEGATIVE, NEGATIVE[::-1]):
        vector(function, a, far("softmax.not-the-max"), TINY)


def silent(function: Any) -> None:
    """Large sums cause no warning. Whether the values are right is asked elsewhere.

    But they have to lie between 0 and 1 and to come from the sums: who computes no exponential is judged by the values.
    """
    answers = []
    for a in (LARGE, SPREAD, NEGATIVE, NEGATIVE[::-1]):
        with shared.told_by_the_other("vector.fails", function, a[None], softmax):
            answers.append(numbers(function(a), lists=True))
    inside = all(got.shape == (3,) and np.all((got > -1e-9) & (got < 1 + 1e-9)) for got in answers)
    if not inside or shared.alike(answers[1], answers[2]):
        large(function)
    assert_quiet()


def far(nan: str) -> Callable[[Any], shared.Wrong]:
    """What goes wrong with large sums, `nan` being the key for a nan in the result."""
    return lambda a: {"softmax.clipped": clipped, "softmax.zeros": zeros, nan: shared.nan} | shared.telling(FORMULA, a)


# ---- softmax_naive ----


def is_whole(array: Any, a: Any) -> bool:
    return array.shape == a.shape and not has_nan(array)


SAFE = {
    "naive.safe": softmax,
    "naive.clipped": clipped,
    "naive.nan-removed": lambda a: lambda got: is_whole(numbers(got, lists=True), a),
}


@credit(3, task="softmax_naive", shown=True)
def test_softmax_naive_overflows(student, part):
    """softmax_naive is the formula as it stands, which overflows

    softmax_naive는 공식을 그대로 옮긴 것이라 오버플로가 난다
    """
    with part("the example of the lecture", "강의의 예", points=1):
        check(student.softmax_naive, shared.naive, FORMULA | NOT_ONE, LECTURE)
    with (
        part("[1010, 1000, 990] becomes nan", "[1010, 1000, 990]은 nan이 된다", points=2),
        named({"naive.math-exp": r"^error\.overflow "}),
    ):
        draw(student)
        for a in (LARGE, LARGE[::-1] - 250.0):
            check(student.softmax_naive, shared.naive, lambda a: {**shared.telling(FORMULA, a), **SAFE}, a)
        forget_warnings()


@credit(1, task="softmax_naive")
def test_softmax_naive_of_small_sums(student, part, rng):
    """softmax_naive is right as long as the sums are small

    합이 작으면 softmax_naive의 값도 맞다
    """
    with part("any small vector", "임의의 작은 벡터", points=1):
        for size in (3, 3, 6):
            check(student.softmax_naive, shared.naive, FORMULA | NOT_ONE, rng.normal(scale=2.0, size=size))
            assert_unchanged()


def draw(student: Any) -> None:
    """A picture of both functions at [c, c - 1, c - 2]: the naive one breaks off on both sides."""
    c = np.linspace(-1000.0, 1000.0, 17)  # a call each; e^c is 0 or inf from ±750 on
    lines = [
        curve("softmax", *first_entries(student.softmax, c)),
        dots("softmax_naive", *first_entries(student.softmax_naive, c)),
    ]
    show_plot(
        "The first entry of your softmax and softmax_naive of [c, c - 1, c - 2]. It should be 0.665 for every c. "
        "softmax_naive breaks off where it becomes nan.",
        "[c, c - 1, c - 2]를 넣었을 때 여러분의 softmax와 softmax_naive가 돌려준 첫 번째 값입니다. "
        "c가 얼마이든 0.665여야 합니다. softmax_naive는 nan이 되는 곳에서 끊깁니다.",
        *lines,
        xlabel="c",
    )
    forget_warnings()


def first_entries(function: Any, c: Any) -> tuple[Any, Any]:
    """The first entry at each c, as far as the function answers; nan where it is no vector."""
    found = []
    for value in c:
        try:
            array = numbers(function(np.array([value, value - 1, value - 2])), lists=True)
        except Finding:
            break
        found.append(array[0] if array.shape == (3,) else np.nan)
    return c[: len(found)], np.array(found)
