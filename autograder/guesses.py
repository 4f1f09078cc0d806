"""What came back, read without complaint: for the misconceptions that a grader guesses at.

A predicate of `mistaken` gets whatever a student's code gave. These read it where it can be read and fit nothing where
it cannot; whether it is right is for `assert_close` to say, which is strict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from autograder.checks import assert_quiet
from autograder.marks import Finding

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
NOTHING: FloatArray = np.empty((0,) * 9)  # has a shape that nothing else has
MOST = 1_000_000  # elements of an array that are looked at
LONGEST, DEEPEST = 10_000, 6  # items and levels of nested lists
LARGEST_INT = 10**300


def numbers(got: Any, lists: bool = False) -> FloatArray:
    """`got` as floats where it is a number or an array of numbers (with `lists` also nested lists); else NOTHING."""
    if lists and isinstance(got, (list, tuple)):
        return _stacked(got) if _is_short(got) else NOTHING
    if isinstance(got, int) and abs(got) >= LARGEST_INT:
        return NOTHING
    if not isinstance(got, (bool, int, float, np.generic, np.ndarray)):
        return NOTHING
    array = np.asarray(float(got) if type(got) is int else got)
    return array.astype(np.float64) if array.dtype.kind in "biuf" and array.size <= MOST else NOTHING


def _is_short(got: list[Any] | tuple[Any, ...]) -> bool:
    """Whether there are few enough items on few enough levels to read them; a list may hold itself."""
    level, seen = [got], 0
    for _ in range(DEEPEST):
        seen += sum(map(len, level))
        if seen > LONGEST:
            return False
        level = [item for items in level for item in items if isinstance(item, (list, tuple))]
    return not level


def _stacked(got: list[Any] | tuple[Any, ...]) -> FloatArray:
    if set(map(type, got)) == {float}:
        return np.array(got, dtype=np.float64)
    rows = [_stacked(item) if isinstance(item, (list, tuple)) else numbers(item) for item in got]
    if len({row.shape for row in rows}) > 1 or any(row.ndim == NOTHING.ndim for row in rows):
        return NOTHING
    if sum(row.size for row in rows) > MOST:
        return NOTHING
    return np.array(rows, dtype=np.float64)


def same(got: Any, value: Any, rtol: float = 1e-9, atol: float = 0.0, lists: bool = False) -> bool:
    """Whether `got` has the shape of `value` and its values, but for the last digits of a float; nan equals nan."""
    array, value = numbers(got, lists), np.asarray(value)
    if array.shape != value.shape:
        return False
    with np.errstate(all="ignore"):  # numpy.allclose says the same five times slower
        near = np.isfinite(value) & (np.abs(array - value) <= atol + rtol * np.abs(value))
        return bool(np.all(near | (array == value) | (np.isnan(array) & np.isnan(value))))


def has_nan(got: Any) -> bool:
    """Whether `got` is a number or an array with a nan in it."""
    return bool(np.any(np.isnan(numbers(got))))


@contextmanager
def named(patterns: Mapping[str, str]) -> Iterator[None]:
    """Give a finding the key whose pattern is found in what is known of it.

    That is two lines: `<the engine's key> <the line of the student's file>` and `<exception>: <its text>`; in a hidden
    case an exception has no text.
    """
    try:
        yield
    except Finding as finding:
        said = {name: str(finding.params.get(name, "")) for name in ("source", "type", "text")}
        place = f"{finding.key} {said['source']}\n{said['type']}: {said['text']}"
        for key, pattern in patterns.items():
            if re.search(pattern, place, re.MULTILINE):
                raise Finding(key, finding.params, finding.verdict, finding.line) from None
        raise


def forget_warnings() -> None:
    """What NumPy warned of belongs to a finding that is told; without this a remark beside it says that it is free."""
    with suppress(Finding):
        assert_quiet()
