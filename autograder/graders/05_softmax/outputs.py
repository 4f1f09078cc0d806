"""What the graders of this folder share: right and wrong formulas of an output layer, and the comparison with them.

A wrong formula is computed beside the right one, so what came back can be named instead of only being refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder import Finding, agrees, assert_close, fail, forget_warnings, has_nan, numbers, remark, same

Formula = Callable[[Any], Any]
Wrong = Mapping[str, Formula]
WrongAt = Wrong | Callable[[Any], Wrong]  # the second for a table that depends on the argument and costs something
LECTURE = np.array([0.3, 2.9, 4.0])
LARGE = np.array([1010.0, 1000.0, 990.0])
SPREAD = np.array([1000.0, 0.0, -1000.0])
NEGATIVE = np.array([-1010.0, -1000.0, -990.0])
TINY = 1e-15  # far below the smallest printed value, 2.06e-9: by the default 1e-8 a 0 would agree with it
LAST = ("formula.sum-is-not-one",)  # says least: told where nothing else fits


# ---- the formulas ----


def shifted(a: Any) -> Any:
    """`a` less the largest entry of each row, so that the largest is 0."""
    return a - np.max(a, axis=-1, keepdims=True)


def softmax(a: Any) -> Any:
    """The softmax along the last axis by the logarithm of the sum, another way than the handout's."""
    low = shifted(a)
    return np.exp(low - np.log(np.sum(np.exp(low), axis=-1, keepdims=True)))


def naive(a: Any) -> Any:
    """The formula as it stands: e^a over the sum of e^a."""
    return np.exp(a) / np.sum(np.exp(a), axis=-1, keepdims=True)


def sigmoid(a: Any) -> Any:
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(a)))


def total(a: Any) -> Any:
    return np.sum(a, axis=-1, keepdims=True)


def either(*formulas: Formula) -> Formula:
    """One key for several formulas: a predicate that holds for the value of any of them that is not the right one."""

    def predicate(a: Any) -> Callable[[Any], bool]:
        values = [formula(a) for formula in formulas]
        return lambda got: any(alike(got, value) for value in values)

    return predicate


# What goes wrong with the formula itself, for a vector and for the rows of a batch.
FORMULA: Wrong = {
    "formula.not-divided": np.exp,
    "formula.largest-is-one": lambda a: np.exp(shifted(a)),
    "formula.row-by-row": lambda a: np.ones(a.shape),
    "formula.no-exp": lambda a: a / total(a),
    "formula.sum-of-a": either(lambda a: np.exp(a) / total(a), lambda a: np.exp(shifted(a)) / total(a)),
    "formula.one-sided-shift": either(
        lambda a: np.exp(shifted(a)) / total(np.exp(a)), lambda a: np.exp(a) / total(np.exp(shifted(a)))
    ),
    "formula.max-outside": either(
        lambda a: (np.exp(a) - np.max(a, axis=-1, keepdims=True)) / total(np.exp(a)),
        lambda a: through(np.exp(a) - np.max(a, axis=-1, keepdims=True)),
    ),
    "formula.sign": lambda a: softmax(-a),
    "formula.sigmoid": sigmoid,
    "formula.log": lambda a: np.log(softmax(a)),
    "formula.divided-by-max": lambda a: softmax(a / np.max(a, axis=-1, keepdims=True)),
}


def through(e: Any) -> Any:
    """`e` divided by its sum in each row."""
    return e / total(e)


# ---- what came back ----


def alike(got: Any, value: Any, rtol: float = 1e-9, atol: float = 1e-12) -> bool:
    """`same`, but a list is as good as an array, and probabilities that vanish are alike."""
    return same(got, value, rtol, atol, lists=True)


def nan(_a: Any) -> Callable[[Any], bool]:
    """For the table of a mistake: whatever has a nan in it."""
    return lambda got: has_nan(numbers(got, lists=True))


def as_array(got: Any) -> Any:
    """A list or tuple of numbers as an array, with a remark; everything else as it is."""
    if isinstance(got, (list, tuple)) and numbers(got, lists=True).shape != numbers(None).shape:
        array = np.asarray(got)
        if array.dtype.kind in "biuf":
            remark("list-remark", got_type=type(got).__name__)
            return array
    return got


# ---- asking and comparing ----


@contextmanager
def told_by_the_other(key: str, function: Any, a: Any, right: Formula) -> Iterator[None]:
    """An error at one kind of argument is `key` where the same function is right at the other kind, `a`."""
    try:
        yield
    except Finding as finding:
        if not finding.key.startswith("error"):
            raise
        try:
            got = function(a)
        except Finding:
            raise finding from None
        finally:
            forget_warnings()
        with np.errstate(all="ignore"):
            expected = right(a)
        if not alike(got, expected, 1e-6, 1e-8):
            raise
        raise Finding(key, finding.params, finding.verdict, finding.line) from None


def check(function: Any, right: Formula, wrong: WrongAt, a: Any, atol: float = 1e-8) -> Any:
    """`function` gives at `a` what `right` gives; `wrong`: message key -> what a mistake gives. Returns the result."""
    with np.errstate(all="ignore"):
        expected = np.asarray(right(a))
    with silent_failure():
        got = function(a)
        if got is None and function.student.last.stdout:
            fail("printed")
        if not agrees(got, expected, atol=atol, sequence=True):
            assert_close(got, expected, mistaken=mistaken(table(wrong, a), a, expected), atol=atol, sequence=True)
    return as_array(got)


def table(wrong: WrongAt, a: Any) -> Wrong:
    """The mistakes that there are at `a`."""
    return wrong(a) if callable(wrong) else wrong


def mistaken(wrong: Wrong, a: Any, expected: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Message key -> what this mistake gives at `a`, or a predicate: computed only where the right value did not come.

    Where a mistake gives the right value it is left out.
    """
    with np.errstate(all="ignore"):
        values = {key: mistake(a) for key, mistake in wrong.items()}
    told = {key: v for key, v in values.items() if v is not None and (callable(v) or not alike(v, expected))}
    return {key: v for key, v in told.items() if key not in LAST} | _common(expected) | told


def assert_double(got: Any) -> None:
    """A float64 argument gives a float64 result."""
    if isinstance(got, np.ndarray) and got.dtype.kind == "f" and got.dtype.itemsize < 8:
        fail("float32")


@contextmanager
def silent_failure() -> Iterator[None]:
    """What NumPy warned of belongs to the finding that is told."""
    try:
        yield
    except Finding:
        forget_warnings()
        raise


def telling(wrong: Wrong, a: Any) -> Wrong:
    """Those of `wrong` whose value at `a` no other of them shares: far from 0 many wrong formulas agree."""
    with np.errstate(all="ignore"):
        values = {key: mistake(a) for key, mistake in wrong.items()}
    plain = {key: value for key, value in values.items() if not callable(value)}
    shared = {k for k, v in plain.items() if any(alike(v, other, 1e-5) for name, other in plain.items() if name != k)}
    return {key: wrong[key] for key in plain if key not in shared and not has_nan(plain[key])}


def _common(expected: np.ndarray[Any, Any]) -> dict[str, Any]:
    """What can go wrong with any formula: message key -> its value, or a predicate on what came back."""
    rounds = [np.round(expected, digits) for digits in range(1, 6)]
    return {
        "single-number": lambda got: expected.ndim > 0 and isinstance(got, (int, float, np.generic)),
        "squeezed": np.squeeze(expected) if 1 in expected.shape else lambda _: False,
        "extra-axis": expected[None],
        "rounded": lambda got: any(alike(got, few) and not np.array_equal(few, expected) for few in rounds),
        "truncated": lambda got: (
            isinstance(got, np.ndarray) and got.dtype.kind == "i" and alike(got, np.trunc(expected))
        ),
    }
