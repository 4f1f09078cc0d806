"""What the graders of this folder share: numbers out of whatever came back, and values compared with wrong formulas.

A wrong formula is computed beside the right one, so what came back can be named instead of only being refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from autograder import Finding, assert_close, assert_quiet, assert_unchanged, fail

Formula = Callable[..., Any]
Wrong = Mapping[str, Formula]
# The course: 1e-4 relative, 1e-6 absolute. A guard such as log(y + 1e-7) moves a loss by less than that.
RTOL, ATOL = 1e-4, 1e-6
MOST = 10_000  # numbers of one value that are looked at; what is asked has at most 63
ERRORS = {
    "shape-called": r"^error\S* .*\bshape\(",
    "caret": r"^error\S* .*\^",
}


@contextmanager
def named(patterns: Mapping[str, str]) -> Iterator[None]:
    """Give a finding the sentence whose pattern fits "<its key> <the line that it quotes>"."""
    try:
        yield
    except Finding as finding:
        forget_warnings()
        place = f"{finding.key} {finding.params.get('source', '')}"
        for key, pattern in patterns.items():
            if re.search(pattern, place):
                raise Finding(key, finding.params, finding.verdict, finding.line) from None
        raise


def forget_warnings() -> None:
    """What NumPy warned of belongs to the finding that is being told; no remark beside it says "costs nothing"."""
    with suppress(Finding):
        assert_quiet()


# ---- numbers out of anything ----


def numbers(got: Any) -> np.ndarray[Any, Any]:
    """`got` as an array of floats; an empty one of no possible shape where it is no number and no array of numbers."""
    array = (
        np.asarray(got) if isinstance(got, (bool, int, float, np.generic, np.ndarray)) else np.empty(0, dtype=object)
    )
    return array.astype(float) if array.dtype.kind in "biuf" and array.size <= MOST else np.empty((0,) * 9)


def number(got: Any) -> float | None:
    """`got` as one number (an array with a single element will do), or None."""
    array = numbers(got)
    return float(array.reshape(-1)[0]) if array.size == 1 else None


def row(got: Any, length: int) -> np.ndarray[Any, Any] | None:
    """`got` as that many numbers: a tuple, list or array of them, or None."""
    if not isinstance(got, (tuple, list, np.ndarray)) or (isinstance(got, np.ndarray) and got.ndim == 0):
        return None
    if len(got) != length:
        return None
    values = [number(item) for item in got]
    return None if None in values else np.array(values, dtype=float)


def same(got: Any, value: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether `got` has the shape of `value` and its values."""
    array = numbers(got)
    return array.shape == np.shape(value) and bool(np.allclose(array, value, rtol, atol, equal_nan=True))


def has_nan(got: Any) -> bool:
    return bool(np.any(np.isnan(numbers(got))))


def is_infinite(got: Any) -> bool:
    return bool(np.any(np.isinf(numbers(got))))


# ---- values ----


def call(function: Formula, *args: Any) -> Any:
    """What `function` gives back; a result that was printed instead of returned has a sentence of its own."""
    with named(ERRORS):
        got = function(*args)
    if got is None and function.student.last.stdout:
        fail("printed")
    return got


def check(function: Formula, formula: Formula, wrong: Wrong, *args: Any) -> None:
    """`function` gives what `formula` gives and leaves its arguments alone.

    `wrong`: message key -> what a mistake gives: a value, a predicate, or None where it gives nothing here. Values
    that this case cannot tell from the right one are left out.
    """
    got = call(function, *args)
    with np.errstate(all="ignore"):
        expected = formula(*args)
        values = {key: mistake(*args) for key, mistake in wrong.items()}
    mistaken = {"loss.no-number": lambda got: isinstance(got, (list, tuple, dict, str))} | {
        key: value
        for key, value in values.items()
        if value is not None and (callable(value) or not same(value, expected, 10 * RTOL))
    }
    try:
        assert_close(got, expected, mistaken=mistaken, rtol=RTOL, atol=ATOL)
        assert_unchanged()
    except Finding:
        forget_warnings()
        raise


def any_of(*values: Any) -> Callable[[Any], bool]:
    """A predicate: whether what came back is one of `values`."""
    return lambda got: any(same(got, value) for value in values)
