"""Checks on what came back. Each raises a Finding that names the idea that is missing, if one is known.

The order of a numeric comparison: misconceptions by name, then type, dtype kind, shape, finiteness, values.
`numpy.allclose([], [1])` is true; here the shape is compared first.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

import numpy as np

from autograder.describe import call_text, type_text, value_text
from autograder.marks import Call, Comparison, Finding, GraderError, current, fail, remark
from autograder.student import Function, floating_point
from autograder.text import ordinal
from autograder.truth import TruthTable

NUMERIC_KINDS = "iuf"
Misconceptions = Mapping[str, Any]


def assert_close(
    got: Any,
    expected: Any,
    *,
    mistaken: Misconceptions | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-8,
    sequence: bool = False,
) -> None:
    """`got` has the shape of `expected` and agrees to |got - expected| <= atol + rtol |expected|.

    `mistaken`: message key -> the value that this misconception gives (or a predicate on `got`). `sequence`: a list or
    tuple will do where an array is expected. Raises Finding.
    """
    if agrees(got, expected, rtol=rtol, atol=atol, sequence=sequence):
        return
    wanted = np.asarray(expected)
    params = _params(got, expected)
    for key, value in (mistaken or {}).items():
        if _is_misconception(got, value, rtol, atol):
            raise Finding(key, params)
    raise _difference(got, wanted, rtol, atol, sequence, params)


def agrees(got: Any, expected: Any, *, rtol: float = 1e-6, atol: float = 1e-8, sequence: bool = False) -> bool:
    """Whether `assert_close` would accept `got`: for a grader that decides by a comparison, but says it in its way."""
    wanted = np.asarray(expected)
    record = current().comparisons
    if record is not None:
        record += _compared(got, wanted, rtol, atol, sequence)
    return _agrees(got, wanted, rtol, atol, sequence)


def _compared(got: Any, wanted: np.ndarray[Any, Any], rtol: float, atol: float, sequence: bool) -> Iterator[Comparison]:
    """The record of a comparison, where it comes down to numbers: the element that is farthest off."""
    array = _numbers(got, sequence)
    if array is None or array.shape != wanted.shape or wanted.dtype.kind not in NUMERIC_KINDS or not wanted.size:
        return
    with np.errstate(all="ignore"):
        error = np.where(array == wanted, 0.0, np.abs(array.astype(np.float64) - wanted)).ravel()
        tolerance = np.broadcast_to(atol + rtol * np.abs(wanted.astype(np.float64)), wanted.shape).ravel()
        ratio = np.where(error == 0, 0.0, error / tolerance)
    finite = np.isfinite(wanted).ravel()
    if not finite.any() or not np.isfinite(error[finite]).all():
        return
    worst = int(np.argmax(np.where(finite, ratio, -1.0)))
    yield Comparison(_place(), float(ratio[worst]), float(tolerance[worst]))


def _place() -> str:
    """`file:line` of the grader that is asking."""
    frame = sys._getframe(1)
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith("autograder."):
        frame = frame.f_back
    return f"{PurePath(frame.f_code.co_filename).name}:{frame.f_lineno}"


def _agrees(got: Any, wanted: np.ndarray[Any, Any], rtol: float, atol: float, sequence: bool) -> bool:
    array = _numbers(got, sequence)
    if array is None or array.shape != wanted.shape or not _kinds_agree(array, wanted):
        return False
    return bool(np.all(_close(array, wanted, rtol, atol)))


def _close(got: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any], rtol: float, atol: float) -> np.ndarray[Any, Any]:
    with np.errstate(all="ignore"):
        finite = np.isfinite(wanted)
        near = np.abs(got.astype(np.float64) - wanted) <= atol + rtol * np.abs(wanted)
        same = (got == wanted) | (np.isnan(got) & np.isnan(wanted))
    close: np.ndarray[Any, Any] = np.where(finite, near, same)
    return close


def _numbers(got: Any, sequence: bool) -> np.ndarray[Any, Any] | None:
    """`got` as an array of real numbers, or None where it is something else."""
    if isinstance(got, (list, tuple)) and not (sequence and _only_numbers(got)):
        return None
    if not isinstance(got, (bool, int, float, np.generic, np.ndarray, list, tuple)):
        return None
    try:
        array = np.asarray(got)
    except ValueError:
        return None
    if array.dtype == object and isinstance(got, int):
        array = np.asarray(float(got) if abs(got) < 10**300 else np.inf)
    return array if array.dtype.kind in NUMERIC_KINDS + "b" else None


def _only_numbers(items: list[Any] | tuple[Any, ...]) -> bool:
    """Whether NumPy makes numbers of nested lists; of one long text among short ones it would make gigabytes."""
    waiting: list[Any] = [items]
    while waiting:
        value = waiting.pop()
        if isinstance(value, (list, tuple)):
            waiting += value
        elif not isinstance(value, (bool, int, float, np.number, np.bool_, np.ndarray)):
            return False
    return True


def _kinds_agree(got: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> bool:
    return bool((got.dtype.kind == "b") == (wanted.dtype.kind == "b"))


def _is_misconception(got: Any, value: object, rtol: float, atol: float) -> bool:
    if value is None:
        return got is None
    if callable(value):
        return _holds(value, got)
    return _agrees(got, np.asarray(value), rtol, atol, sequence=True)


def _holds(predicate: Callable[[Any], object], got: Any) -> bool:
    """Whether a grader's predicate holds; what came back may be anything, and then the predicate just does not."""
    try:
        return bool(predicate(got))
    except Exception:
        return False


def _difference(
    got: Any, wanted: np.ndarray[Any, Any], rtol: float, atol: float, sequence: bool, params: dict[str, object]
) -> Finding:
    """The generic Finding for values that no misconception explains."""
    if got is None:
        return Finding("none", params)
    array = _numbers(got, sequence)
    if array is None:
        return Finding("type.list" if isinstance(got, (list, tuple)) else "type", params)
    if not _kinds_agree(array, wanted):
        return Finding("dtype.bool" if array.dtype.kind == "b" else "dtype", params)
    if array.shape != wanted.shape:
        shapes = {"got_shape": str(array.shape), "expected_shape": str(wanted.shape)}
        return Finding("shape.shown", params | shapes) if current().shown else Finding("shape", params)
    finite = np.isfinite(wanted)
    if np.any(np.isnan(array) & ~np.isnan(wanted)) or np.any(np.isinf(array) & finite):
        return Finding("nonfinite", params)
    close = _close(array, wanted, rtol, atol)
    params |= {"wrong": int(np.sum(~close)), "size": int(wanted.size)}
    return Finding("value", params)


def _params(got: Any, expected: Any) -> dict[str, object]:
    """What a message may say. In a hidden case that is the function and the kind of thing that came back, no value."""
    context = current()
    call = context.last or Call(context.task, (), {})
    sizes = None if context.shown else _sizes(expected, *call.args)
    params: dict[str, object] = {"function": call.name, "got_type": type_text(got, sizes)}
    if context.shown:
        params |= {"call": call_text(call), "got": value_text(got), "expected": value_text(expected)}
    return params


def _sizes(*values: Any) -> set[int]:
    """The dimensions that a hidden case has by itself: those of its arguments and of what is expected."""
    arrays = [value for value in values if isinstance(value, np.ndarray)]
    return {n for array in arrays for n in (*array.shape, array.size)}


def assert_bit(got: Any, expected: int, *, mistaken: Misconceptions | None = None) -> None:
    """`got` is the bit `expected`, as int, bool, float, NumPy scalar or 0-d array."""
    if bit(got) == expected:
        return
    params = _params(got, expected)
    for key, value in (mistaken or {}).items():
        if (got is None and value is None) or (callable(value) and _holds(value, got)) or bit(got) == value:
            raise Finding(key, params)
    if got is None:
        raise Finding("none", params)
    raise Finding(_no_bit(got) if bit(got) is None else "value", {**params, "wrong": 1, "size": 1})


def _no_bit(got: Any) -> str:
    """Why `got` is no bit: another number, or no number at all."""
    array = _numbers(got, sequence=False)
    return "bits.not-a-bit" if array is None or array.shape != () else "bits.other-number"


def bit(got: Any) -> int | None:
    """0 or 1 where `got` is one of them in any scalar style, else None."""
    array = _numbers(got, sequence=False)
    if array is None or array.shape != () or array.item() not in (0, 1):
        return None
    return int(array.item())


def assert_bits(got: Any, expected: Any, *, mistaken: Misconceptions | None = None) -> None:
    """`got` is the array of bits `expected`: integer dtype; float earns a remark, bool is the finding `bits.bool`."""
    wanted = np.asarray(expected)
    array = _numbers(got, sequence=False)
    params = _params(got, expected)
    if array is not None and array.dtype.kind == "b":
        matched = next((key for key, v in (mistaken or {}).items() if callable(v) and _holds(v, got)), None)
        raise Finding(matched or "bits.bool", params)
    assert_close(got, wanted, mistaken=mistaken, rtol=0, atol=0)
    if array is not None and array.dtype.kind == "f":
        remark("bits.float")


def assert_truth_table(gate: Any, table: TruthTable, *, mistaken: Mapping[str, TruthTable] | None = None) -> None:
    """A gate (one of the student's functions, or a traced circuit) has this table; every row is asked.

    `mistaken`: message key -> the table that this misconception gives. Raises Finding.
    """
    rows = (
        {row: gate(*row) for row in table} if isinstance(gate, Function) else {row: gate.output(row) for row in table}
    )
    if isinstance(gate, Function):
        _require_bits(gate, rows)
    found = TruthTable({row: bit(value) or 0 for row, value in rows.items()})
    wrong = found.differences(table)
    if not wrong:
        return
    name = gate.label if isinstance(gate, Function) else gate.name
    context = current()
    context.last = Call(name, wrong[0], {})
    params = {"function": name, "call": call_text(context.last), "got": found[wrong[0]], "expected": table[wrong[0]]}
    for key, value in (mistaken or {}).items():
        if not found.differences(value):
            raise Finding(key, params)
    raise Finding("table", params | {"wrong": len(wrong), "size": len(table.inputs)})


def _require_bits(gate: Function, rows: Mapping[tuple[int, ...], Any]) -> None:
    for row, value in rows.items():
        if bit(value) is None:
            current().last = Call(gate.label, row, {})
            params = _params(value, "0 or 1") | {"call": f"{gate.label}{row}", "got": value_text(value)}
            raise Finding("none" if value is None else _no_bit(value), params)


def assert_quiet() -> None:
    """No floating-point warning (overflow, divide, invalid) since the last time this was asked. Raises Finding."""
    context = current()
    noisy, context.noisy = context.noisy, []
    if noisy:
        call, warned, place = noisy[0]
        fail(f"floating-point.{floating_point(warned)}", line=warned.line, function=call.name, line_number=place)


def assert_unchanged() -> None:
    """The latest call left its arguments as they were. Raises Finding."""
    call = current().last
    if call is None:
        raise GraderError("nothing was called yet")
    if call.changed:
        fail("argument-changed", position=ordinal(min(call.changed) + 1))
