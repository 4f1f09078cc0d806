"""Is what came back the central difference of f, and if not, which known mistake is it?

The points at which f was asked come first: a forward difference may be right to five digits and is named all the same.
One mistake in δ or in the quotient is paid for once: parts about something else `check_elsewhere`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from stencil import Array, Formula, Probe, one_sided, own_quotients, quotients, require_central, require_precision

from autograder import agrees, assert_close, fail, named, numbers, remark, same

# Truncation: δ²/6 · f''' with f''' <= 8 is 1e-6 for δ = 1e-3 and 5e-6 for the largest δ of all, 1e-3 · |x| at x = 2;
# rounding: 2e-16 · |f| / δ < 1e-7.
RTOL, ATOL = 1e-5, 1e-5
NEAR = 1e-2  # where a part is not about δ
# Exceptions with a sentence of their own: message key -> pattern in "<the engine's key> <the failing line>".
ERRORS = {"letter-l": r"^error\.name .*\ble\s*-\s*\d", "caret": r"^error\S* .*\^"}


def ask(function: Any, f: Any, x: Any) -> Any:
    """What `function` gives for f at x; None is told at once."""
    with named(ERRORS):
        got = function(f, x)
    if got is None and function.student.last.stdout and function.name != "numerical_derivative_debug":
        fail("printed")
    return got


def check(function: Any, formula: Formula, x: Any, expected: Any, *, spike: float = 0.0) -> Any:
    """`function(f, x)` is a central difference of `formula` and gives `expected`. Returns what came back."""
    f = Probe(formula, x, spike)
    got = ask(function, f, x)
    judge(got, expected, f)
    return got


def check_elsewhere(function: Any, formula: Formula, x: Any, expected: Any, *, float64: bool = False) -> Any:
    """As `check`, in a part that is about something else than δ and the quotient. Returns what came back."""
    f = Probe(formula, x)
    got = ask(function, f, x)
    if float64:
        require_precision(f)
    if not derived(got, expected, f):
        judge(got, expected, f)
    if float64:
        _require_float64(got)
    return got


def derived(got: Any, expected: Any, f: Probe) -> bool:
    """Whether `got` comes from f: nearly right, or a quotient, if a wrong one, of what f answered.

    Where `expected` is nan or inf, it is one of the two (inf - inf is nan). At an element of x that is nan itself, a
    step relative to it is nan too: there any answer will do.
    """
    wanted = np.asarray(expected, dtype=float)
    array = numbers(got)
    if array.shape != wanted.shape or f.strange or (f.x.size and not f.points):
        return False
    ordinary = np.isfinite(wanted) & np.isfinite(f.x)
    if np.any(np.isfinite(array[~np.isfinite(wanted)])):
        return False
    # tolerance: a wrong quotient, and a δ that is too large, may be off by any little; here both may pass
    if agrees(array[ordinary], wanted[ordinary], rtol=NEAR, atol=NEAR):
        return True
    own = [quotient[ordinary] for quotient in own_quotients(f)]
    # tolerance: the wrong quotients are no scale to measure on; what is none of them is far from all
    return any(np.any(quotient) and agrees(array[ordinary], quotient, rtol=NEAR, atol=0) for quotient in own)


def judge(got: Any, expected: Any, f: Probe) -> None:
    """What came back for f is a central difference with the value `expected`."""
    if got is not None:
        at_x = require_central(f)
        if at_x and _enters(got, expected, f):
            fail("way.enters")
        if at_x:
            remark("way.also-at-x")
    compare(got, expected, f)


def _enters(got: Any, expected: Any, f: Probe) -> bool:
    """Whether f(x) is part of the result: one-sided, or off by the spike and by nothing else that is known."""
    array = numbers(got)
    sides = one_sided(f)
    if array.shape != np.shape(expected) or same(got, 0 * array):
        return False
    if sides is not None:
        central, others = sides
        if any(np.all(np.abs(array - other) < 0.01 * np.abs(other - central)) for other in others):
            return True
    explained = any(same(got, value, 1e-6, 1e-9) for value in quotients(f).values())
    return bool(f.spike) and not explained and not same(got, expected, RTOL, ATOL)


def compare(got: Any, expected: Any, f: Probe) -> None:
    """`got` agrees with `expected`, and is float64; else the wrong quotient or the wrong array is named."""
    expected = np.asarray(expected, dtype=float)
    wrong = {key: value for key, value in quotients(f).items() if not same(value, expected, RTOL, ATOL)}
    mistaken = _kinds(expected) | _arrays(expected) | wrong
    # tolerance: what was rounded may be off by any little; it shows in one of several numbers, if not in the first
    assert_close(got, expected, mistaken=mistaken, rtol=RTOL, atol=ATOL)
    _require_float64(got)


def _require_float64(got: Any) -> None:
    dtype = np.asarray(got).dtype
    if dtype.kind != "f":
        fail("result.truncated")
    if dtype.itemsize < 8:
        fail("result.float32")


def _kinds(expected: Array) -> dict[str, Any]:
    """A right gradient in the wrong clothes: key -> value, or predicate on what came back."""
    return {
        "result.truncated": lambda got: (
            isinstance(got, (np.ndarray, np.integer)) and got.dtype.kind in "iu" and same(got, np.trunc(expected))
        ),
        "result.flattened": expected.ravel() if expected.ndim != 1 else lambda _: False,
        "result.extra-axis": expected[None],
        "rounded": lambda got: any(same(got, np.round(expected, digits), 1e-12) for digits in range(5)),
    }


def _arrays(expected: Array) -> dict[str, Any]:
    """What goes wrong when the quotients are collected: key -> predicate on what came back."""
    if expected.ndim == 0:
        return {}
    alone = np.arange(expected.size).reshape(expected.shape) == expected.size - 1
    wrong: dict[str, Any] = {
        "result.one-number": lambda got: numbers(got).ndim == 0,
        "result.zeros": lambda got: numbers(got).shape == expected.shape and not np.any(numbers(got)),
    }
    if expected.size > 1:
        wrong["result.last-only"] = lambda got: same(got, np.where(alone, expected, 0.0), RTOL, ATOL)
        wrong["result.all-same"] = lambda got: same(got, np.full(expected.shape, expected.flat[-1]), RTOL, ATOL)
    return wrong


def compare_nonfinite(got: Any, expected: Any, f: Probe) -> None:
    """Where `expected` is nan or inf, `got` is one of the two; elsewhere it comes from f."""
    if f.x.size and not f.points:
        fail(f.strange[0] if f.strange else "f.never-asked")
    if derived(got, expected, f):
        return
    require_precision(f)
    wanted, array = np.asarray(expected, dtype=float), numbers(got)
    if array.shape == wanted.shape:  # nan for inf is not what is wrong
        wanted = np.where(np.isfinite(wanted) | np.isfinite(array), wanted, array)
    ordinary = int(np.isfinite(wanted).sum())
    hidden = {"nan.hidden": lambda got: np.isfinite(numbers(got)).sum() > ordinary}
    assert_close(got, wanted, mistaken=hidden, rtol=RTOL, atol=ATOL)


def require_unchanged(function: Any, x: Array, key: str) -> None:
    """The latest call left x as it was; what differs in the last digits only was put back by arithmetic."""
    if 1 not in function.student.last.changed:
        return
    fail("restore.nearly" if same(function.student.last.changed[1], x, 1e-13, 1e-13) else key)
