"""What the graders of this folder share: a function of n is asked for several terms and judged by all of them.

Two wrong formulas often agree in one term (2n and 2^n at n = 1 and 2); they never do in all that are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder import NOTHING, agrees, assert_close, fail, numbers, same

Formula = Callable[..., Any]
Wrong = Mapping[str, Sequence[Formula]]  # message key -> formulas of that mistake; one that gives None means None
Case = tuple[Any, ...]
LONGEST = 1024  # no list of terms or of layers that can be told from a right one is longer


def as_term(got: Any) -> np.ndarray[Any, Any]:
    """`numbers` of lists too. What fits nothing: also a bool, for True is no term, and a list that is too long."""
    return numbers(None if is_no_term(got) else got, lists=True)


def is_no_term(got: Any) -> bool:
    if isinstance(got, (list, tuple)):
        return len(got) > LONGEST or any(map(is_no_term, got))
    return isinstance(got, bool) or (isinstance(got, (np.generic, np.ndarray)) and got.dtype.kind == "b")


def is_term(got: Any, value: Any, rtol: float = 0.0) -> bool:
    """Whether `got` is the term `value`, or a list, tuple or array of the terms in it: to guess at what was meant."""
    return same(as_term(got), as_term(value), rtol, 1e-9 * rtol)


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
        if agrees(got, expected, rtol=rtol, atol=1e-9 * rtol, sequence=True):
            continue
        again = ask(function, case)
        if type(again) is type(got) and as_term(got).size and not is_term(again, got):
            fail("sequence.remembers")
        mistaken = {key: lambda _: True for key in keys}
        assert_close(again, expected, mistaken=mistaken, rtol=rtol, atol=1e-9 * rtol, sequence=True)


def fits(mistake: Formula, cases: Sequence[Case], values: Sequence[Any], rtol: float) -> bool:
    """Whether this mistake explains everything that came back."""
    for case, got in zip(cases, values, strict=True):
        value = mistake(*case)
        if not (got is None if value is None else is_term(got, value, rtol)):
            return False
    return True


def is_list_of_terms(got: Any, expected: Any) -> bool:
    """All terms up to the one that was asked for: pairs in rows, or one list for each sequence."""
    array, wanted = as_term(got), as_term(expected)
    if array.ndim != wanted.ndim + 1 or array.size == 0:
        return False
    return is_term(array[-1], wanted, 1e-6) or (array.ndim == 2 and is_term(array[:, -1], wanted, 1e-6))


def has_another_shape(got: Any, expected: Any) -> bool:
    """Numbers, but not one term, or not two where a pair is asked for."""
    array = as_term(got)
    return array.ndim != NOTHING.ndim and array.shape != as_term(expected).shape


LISTS = {"sequence.list": is_list_of_terms, "sequence.shape": has_another_shape}
EARLY_RETURN = (lambda n: None if n == 1 else 1, lambda n: None if n == 1 else 2, lambda n: 1, lambda n: 2 - (n == 1))
