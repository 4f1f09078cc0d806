"""What the graders of this folder share: a function of n is asked for several terms and judged by all of them.

Two wrong formulas often agree in one term (2n and 2^n at n = 1 and 2); they never do in all that are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder import assert_close, fail

Formula = Callable[..., Any]
Wrong = Mapping[str, Sequence[Formula]]  # message key -> formulas of that mistake; one that gives None means None
Case = tuple[Any, ...]
LONGEST = 1024  # no list of terms or of layers that can be told from a right one is longer


def numbers(got: Any) -> np.ndarray[Any, Any]:
    """`got` as an array of floats; an empty one of no possible shape where it is no number and no list of numbers."""
    nothing = np.empty((0,) * 9)
    if isinstance(got, (list, tuple)):
        parts = [numbers(item) for item in got[:LONGEST]]
        same_shape = parts and len(got) <= LONGEST and len({part.shape for part in parts}) == 1
        return np.stack(parts) if same_shape and parts[0].ndim < 3 else nothing
    if isinstance(got, int) and abs(got) >= 2**63:
        return np.asarray(float(got) if abs(got) < 10**300 else np.inf)
    if not isinstance(got, (bool, int, float, np.generic, np.ndarray)):
        return nothing
    array = np.asarray(got)
    return array.astype(float) if array.dtype.kind in "iuf" else nothing


def same(got: Any, value: Any, rtol: float = 0.0) -> bool:
    """Whether `got` is the number `value`, or a list, tuple or array of the numbers in it."""
    wanted, array = numbers(value), numbers(got)
    return array.shape == wanted.shape and bool(np.allclose(array, wanted, rtol, 1e-9 * rtol, equal_nan=True))


def ask(function: Formula, case: Case) -> Any:
    """One call; a value that was printed instead of returned has a sentence of its own."""
    got = function(*case)
    if got is None and function.student.last.stdout:
        fail("printed")
    return got


def check_terms(function: Formula, formula: Formula, wrong: Wrong, cases: Sequence[Case], rtol: float = 0.0) -> None:
    """`function` gives what `formula` gives in every case; `wrong` names what fits all that came back."""
    values = [ask(function, case) for case in cases]
    keys = [key for key, mistakes in wrong.items() if any(fits(m, cases, values, rtol) for m in mistakes)]
    keys += [key for key, kind in LISTS.items() if all(map(kind, values, [formula(*case) for case in cases]))]
    for case, got in zip(cases, values, strict=True):
        expected = formula(*case)
        if same(got, expected, rtol):
            continue
        again = ask(function, case)
        if type(again) is type(got) and numbers(got).size and not same(again, got):
            fail("sequence.remembers")
        mistaken = {key: lambda _: True for key in keys}
        assert_close(again, expected, mistaken=mistaken, rtol=rtol, atol=1e-9 * rtol, sequence=True)


def fits(mistake: Formula, cases: Sequence[Case], values: Sequence[Any], rtol: float) -> bool:
    """Whether this mistake explains everything that came back."""
    for case, got in zip(cases, values, strict=True):
        value = mistake(*case)
        if not (got is None if value is None else same(got, value, rtol)):
            return False
    return True


def is_list_of_terms(got: Any, expected: Any) -> bool:
    """All terms up to the one that was asked for: pairs in rows, or one list for each sequence."""
    array, wanted = numbers(got), numbers(expected)
    if array.ndim != wanted.ndim + 1 or array.size == 0:
        return False
    return same(array[-1], wanted, 1e-6) or (array.ndim == 2 and same(array[:, -1], wanted, 1e-6))


LISTS = {"sequence.list": is_list_of_terms}
EARLY_RETURN = (lambda n: None if n == 1 else 1, lambda n: None if n == 1 else 2, lambda n: 1, lambda n: 2 - (n == 1))
