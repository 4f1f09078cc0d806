"""What the graders of this folder share: inputs away from 0, comparison with right and wrong formulas, all shapes.

A wrong formula is computed beside the right one, so what came back can be named instead of only being refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder import Finding, agrees, assert_close, assert_unchanged, fail, forget_warnings, named, numbers, same

Formula = Callable[..., Any]
Wrong = Mapping[str, Formula]
SHAPES = ((3, 4), (2, 3, 2))
VECTORS = ("vectors, also of integers", "벡터, 정수 벡터도")
OTHER_SHAPES = ("matrices, 3-d arrays, single numbers, nothing at all", "행렬, 3차원 배열, 숫자 하나, 빈 배열")
GRID = np.arange(-5.0, 5.0, 0.1)
FAR = np.array([-1000.0, -1.0, 1.0, 1000.0])  # ±1 tells wrong formulas apart that agree far out
# Exceptions with a sentence of their own: message key -> pattern for `named`.
ERRORS = {
    "np-max": r"^error(?!\.ambiguous)\S* (?!.*vectorize).*\bmax\(",
    "builtin-max": r"^error\.ambiguous-truth .*\bmax\(",
    "zeros-of-x": r"^error\S* .*\b(zeros|ones|empty)\(\w+[,)]",
    "caret": r"^error\S* .*\^",
}


def sigmoid(x: Any) -> Any:
    """The sigmoid by tanh, which cannot overflow: σ(x) = (1 + tanh(x/2)) / 2."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def sums(rng: np.random.Generator, shape: tuple[int, ...], first: int, whole: bool = False) -> Any:
    """Values of both signs, the first with the sign `first`, at least 0.1 away from 0; `whole`: integers.

    The first two are at least 2 away from 0, so that no draw of positive values looks like a row of ones.
    """
    size = int(np.prod(shape))
    signs = first * np.where(np.arange(size) // (1 if first < 0 else 2) % 2, -1, 1)  # no draw mirrors the other
    low = np.where(np.arange(size) < 2, 2.0, 1.0 if whole else 0.1)
    values = signs * (rng.integers(low.astype(int), 6) if whole else rng.uniform(low, 5.0))
    return values.reshape(shape)


def is_truncated(got: Any, value: Any) -> bool:
    """Whether `got` is `value` without its decimals, in an integer type."""
    return isinstance(got, (np.ndarray, np.integer)) and got.dtype.kind == "i" and same(got, np.trunc(value))


def check(
    function: Formula,
    formula: Formula,
    wrong: Wrong | Callable[[], Wrong],
    *args: Any,
    rtol: float = 1e-6,
    atol: float = 1e-8,
) -> Any:
    """`function` gives what `formula` gives; `wrong`: message key -> what a mistake gives. Returns what came back."""
    with named(ERRORS):
        got = function(*args)
    if got is None and function.student.last.stdout:
        fail("printed")
    with np.errstate(all="ignore"):
        expected = np.asarray(formula(*args))
    if not agrees(got, expected, rtol=rtol, atol=atol):
        with np.errstate(all="ignore"):  # only now: most answers are right, and there are many ways to be wrong
            values = {key: mistake(*args) for key, mistake in (wrong() if callable(wrong) else wrong).items()}
        values = {key: v if callable(v) else numbers(v) for key, v in values.items() if v is not None}
        mistaken = {key: v for key, v in values.items() if callable(v) or not same(v, expected)}
        forget_warnings()
        assert_close(got, expected, mistaken=mistaken | _common(expected), rtol=rtol, atol=atol)
    return got


def telling(wrong: Wrong, x: Any) -> dict[str, Formula]:
    """Those of `wrong` whose value at x no other of them shares: far from 0 many wrong formulas agree."""
    with np.errstate(all="ignore"):
        values = {key: mistake(x) for key, mistake in wrong.items()}
    return {
        key: wrong[key]
        for key, value in values.items()
        if callable(value) or not any(same(value, other) for name, other in values.items() if name != key)
    }


def is_sound(function: Formula, formula: Formula) -> bool:
    """Whether a function that others are built on is right on GRID, to all digits; what goes wrong there is its own."""
    try:
        return same(function(GRID), formula(GRID)) and not function.student.last.changed
    except Finding:
        return False


def _common(expected: np.ndarray[Any, Any]) -> dict[str, Any]:
    """What can go wrong with any formula: message key -> its value, or a predicate on what came back."""
    rounds = [np.round(expected, digits) for digits in range(2, 6)]
    return {
        "single-number": lambda got: expected.ndim > 0 and isinstance(got, (int, float, np.generic)),
        "flattened": expected.ravel() if expected.ndim != 1 else lambda _: False,
        "extra-axis": expected[None],
        "rounded": lambda got: any(same(got, few) and not np.array_equal(few, expected) for few in rounds),
        "truncated": lambda got: is_truncated(got, expected),
    }


def check_vectors(function: Formula, formula: Formula, wrong: Wrong, rng: np.random.Generator) -> None:
    """Vectors keep shape and precision, those of integers are converted, and the argument stays as it was."""
    for first in (-1, 1):
        got = check(function, formula, wrong, sums(rng, (6,), first))
        assert_unchanged()
        if isinstance(got, np.ndarray) and got.dtype.kind == "f" and got.dtype.itemsize < 8:
            fail("float32")
    cut = {"truncated": lambda x: lambda got: is_truncated(got, formula(x))} | dict(wrong)  # first: it is the narrowest
    for first in (-1, 1):
        check(function, formula, cut, sums(rng, (5,), first, whole=True))


def check_other_shapes(function: Formula, formula: Formula, wrong: Wrong, rng: np.random.Generator) -> None:
    """Matrices and 3-d arrays keep their shape, a 0-d array is a number, an empty array gives an empty one."""
    for shape in SHAPES:
        for first in (-1, 1):
            check(function, formula, wrong, sums(rng, shape, first))
    with named({"zero-d": r"^(error\S*|type\.list) "}):
        for first in (-1, 1):
            check(function, formula, wrong, sums(rng, (), first))
    with named({"empty": r"^(error\S*|type\.list|shape) "}):
        for shape in ((0,), (0, 3)):
            check(function, formula, {}, np.zeros(shape))
