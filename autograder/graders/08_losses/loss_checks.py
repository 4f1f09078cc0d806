"""What the graders of this folder share: numbers out of whatever came back, and values compared with wrong formulas.

A wrong formula is computed beside the right one, so what came back can be named instead of only being refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder import Finding, assert_close, assert_unchanged, fail, forget_warnings, named, numbers, same

Formula = Callable[..., Any]
Wrong = Mapping[str, Formula]
# The course: 1e-4 relative, 1e-6 absolute. A guard such as log(y + 1e-7) moves a loss by less than that.
RTOL, ATOL = 1e-4, 1e-6
ERRORS = {"shape-called": r"^error\S* .*\bshape\("}


# ---- numbers out of anything ----


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


def close(got: Any, value: Any, rtol: float = RTOL) -> bool:
    """`same`, to the tolerance of the course: only for choosing what is said."""
    return same(got, value, rtol, ATOL)


def is_infinite(got: Any) -> bool:
    return bool(np.any(np.isinf(numbers(got))))


# ---- values ----


def call(function: Formula, *args: Any) -> Any:
    """What `function` gives back; a result that was printed instead of returned has a sentence of its own."""
    try:
        with named(ERRORS):
            got = function(*args)
    except Finding:
        forget_warnings()
        raise
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
        if value is not None and (callable(value) or not close(value, expected, 10 * RTOL))
    }
    try:
        assert_close(got, expected, mistaken=mistaken, rtol=RTOL, atol=ATOL)
        assert_unchanged()
    except Finding:
        forget_warnings()
        raise


def any_of(*values: Any) -> Callable[[Any], bool]:
    """A predicate: whether what came back is one of `values`."""
    return lambda got: any(close(got, value) for value in values)
