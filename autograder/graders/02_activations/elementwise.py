"""What the graders of this folder share: inputs away from 0, comparison with right and wrong formulas, all shapes.

A wrong formula is computed beside the right one, so what came back can be named instead of only being refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder import Finding, assert_close, assert_unchanged, fail

Formula = Callable[..., Any]
Wrong = Mapping[str, Formula]
SHAPES = ((6,), (3, 4), (2, 3, 2))
FAR = np.array([-1000.0, 1000.0])
# Exceptions with a sentence of their own: message key -> pattern in "<the engine's key> <the failing line>".
ERRORS = {
    "np-max": r"^error(?!\.ambiguous)\S* .*\bmax\(",
    "builtin-max": r"^error\.ambiguous-truth .*\bmax\(",
    "zeros-of-x": r"^error\S* .*\b(zeros|ones|empty)\(\w+[,)]",
    "caret": r"^error\.operand .*\^",
}


def sigmoid(x: Any) -> Any:
    """The sigmoid by tanh, which cannot overflow: σ(x) = (1 + tanh(x/2)) / 2."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def sums(rng: np.random.Generator, shape: tuple[int, ...], first: int, whole: bool = False) -> Any:
    """Values of both signs in turn, the first with the sign `first`, at least 0.1 away from 0; `whole`: integers."""
    size = int(np.prod(shape))
    signs = first * np.where(np.arange(size) % 2, -1, 1)
    values = signs * (rng.integers(1, 6, size) if whole else rng.uniform(0.1, 4.0, size))
    return values.reshape(shape)


@contextmanager
def named(patterns: Mapping[str, str]) -> Iterator[None]:
    """Give a finding the sentence whose pattern fits its key and the line that it quotes."""
    try:
        yield
    except Finding as finding:
        place = f"{finding.key} {finding.params.get('source', '')}"
        for key, pattern in patterns.items():
            if re.search(pattern, place):
                raise Finding(key, finding.params, finding.verdict, finding.line) from None
        raise


def has_nan(got: Any) -> bool:
    """Whether `got` is a number or an array with a nan in it."""
    array = np.asarray(got)
    return array.dtype.kind == "f" and bool(np.any(np.isnan(array)))


def same(got: Any, value: Any) -> bool:
    """Whether `got` is exactly `value`, but for the last digits of a float."""
    array = np.asarray(got)
    return array.dtype.kind in "if" and array.shape == value.shape and bool(np.allclose(array, value, 1e-9, 1e-12))


def check(function: Formula, formula: Formula, wrong: Wrong, *args: Any, rtol: float = 1e-6, atol: float = 1e-8) -> Any:
    """`function` gives what `formula` gives; `wrong`: message key -> what a mistake gives. Returns what came back."""
    with named(ERRORS):
        got = function(*args)
    with np.errstate(all="ignore"):
        expected = np.asarray(formula(*args))
        values = {key: mistake(*args) for key, mistake in wrong.items()}
    mistaken = {k: v if callable(v) else np.asarray(v, dtype=float) for k, v in values.items() if v is not None}
    assert_close(got, expected, mistaken=mistaken | _common(expected), rtol=rtol, atol=atol)
    return got


def _common(expected: np.ndarray[Any, Any]) -> dict[str, Any]:
    """What can go wrong with any formula: message key -> its value, or a predicate on what came back."""
    return {
        "single-number": lambda got: expected.ndim > 0 and isinstance(got, (int, float, np.generic)),
        "flattened": expected.ravel() if expected.ndim > 1 else lambda _: False,
        "extra-axis": expected[None],
        "truncated": np.trunc(expected),
        "rounded": lambda got: any(same(got, np.round(expected, digits)) for digits in range(2, 6)),
    }


def check_shapes(function: Formula, formula: Formula, wrong: Wrong, rng: np.random.Generator) -> None:
    """Vectors, matrices and 3-d arrays keep shape and precision, and the argument stays as it was."""
    for shape in SHAPES:
        for first in (-1, 1):
            got = check(function, formula, wrong, sums(rng, shape, first))
            assert_unchanged()
            if isinstance(got, np.ndarray) and got.dtype.kind == "f" and got.dtype.itemsize < 8:
                fail("float32", got_type=str(got.dtype))


def check_others(function: Formula, formula: Formula, wrong: Wrong, rng: np.random.Generator) -> None:
    """Integers are converted, a 0-d array is a number, an empty array gives an empty one."""
    cut = {"truncated": lambda x: np.trunc(formula(x))} | dict(wrong)  # first: the rest was found in check_shapes
    for first in (-1, 1):
        check(function, formula, cut, sums(rng, (5,), first, whole=True))
    with named({"zero-d": r"^(error\S*|type\.list) "}):
        for first in (-1, 1):
            check(function, formula, wrong, sums(rng, (), first))
    with named({"empty": r"^(error\S*|type\.list|shape) "}):
        for shape in ((0,), (0, 3)):
            check(function, formula, {}, np.zeros(shape))
