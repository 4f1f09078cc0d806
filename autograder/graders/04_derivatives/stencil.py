"""Where was f asked, and what did it answer? The graders of this folder judge a derivative by that.

A `Probe` is an f that remembers. From its points `require_central` tells a central difference with a sensible δ from
all others; from its answers `quotients` computes what each known wrong quotient would give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import fail

Array = np.ndarray[Any, Any]
Formula = Callable[[Array], Any]
SMALLEST, LARGEST = 1e-7, 1e-3  # δ as the course has it; LARGEST is relative to max(1, |x|)
SLACK = 1.01  # x + δ is rounded


class Probe:
    """f(x) by `formula`, remembering every point. At x itself it gives `spike` more, so that f(x) shows in a result."""

    def __init__(self, formula: Formula, x: Any, spike: float = 0.0) -> None:
        self.x = np.asarray(x, dtype=np.float64)
        self.points: list[Array] = []
        self.answers: list[float] = []
        self.strange: list[str] = []  # the key of each thing that was no point
        self.dtypes: set[str] = set()
        self.whole = np.asarray(x).dtype.kind in "iu"
        self.spike = spike
        self._formula = formula

    def __call__(self, *args: Any, **kwargs: Any) -> float:
        problem = self._problem(args) if not kwargs else "asked.not-an-array"
        if problem is not None:
            self.strange.append(problem)
            return 0.0
        point = np.asarray(args[0])
        self.dtypes.add(point.dtype.name)
        point = point.astype(np.float64)
        with np.errstate(all="ignore"):
            answer = float(self._formula(point))
        self.points.append(point)
        self.answers.append(answer + self.spike * np.array_equal(point, self.x))
        return self.answers[-1]

    def _problem(self, args: tuple[Any, ...]) -> str | None:
        """The message key for arguments that are no point of the shape of x; None for a point."""
        value = args[0] if len(args) == 1 else None
        number = isinstance(value, (int, float, np.generic)) and np.asarray(value).dtype.kind in "iuf"
        if self.x.ndim == 0 and number:
            return None
        if number:
            return "asked.element"
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf":
            return "asked.not-an-array"
        return None if value.shape == self.x.shape else "asked.shape"


Probe.__name__ = "f"  # how a call is written in a message


def cubic(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Formula, Formula]:
    """A random polynomial of all elements, cubic in each, with mixed terms; and its gradient."""
    a, b, c, w = (rng.choice([-1, 1], shape) * rng.uniform(0.5, 2.0, shape) for _ in range(4))
    c = c / 2  # a third derivative of at most 6: what a central difference leaves out is small
    return (
        lambda x: np.sum(a * x + b * x**2 + c * x**3) + np.sum(w * x) ** 2,
        lambda x: a + 2 * b * x + 3 * c * x**2 + 2 * w * np.sum(w * x),
    )


def somewhere(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Values of both signs between 0.5 and 2, no two alike."""
    return np.asarray(rng.choice([-1, 1], shape) * rng.uniform(0.5, 2.0, shape))


# ---- where f was asked ----


def require_central(f: Probe) -> bool:
    """The points are x ± δ, one element at a time, δ of a sensible size; else a finding. Returns: also asked at x?"""
    if f.strange:
        fail(f.strange[0])
    if f.x.size and not f.points:
        fail("f.never-asked")
    require_precision(f)
    moved = offsets(f)
    at_x = sum(map(len, moved.values())) < len(f.points)
    if f.x.size and not moved:
        fail("step.vanishes" if f.x.ndim == 0 else "moves.nothing")
    for element, found in moved.items():
        _require_both_sides(set(found), at_x)
        _require_step(found, float(f.x.flat[element]))
    if len(moved) < np.sum(np.isfinite(f.x)):
        fail("moves.first-only" if list(moved) == [0] else "moves.missed")
    return at_x


def require_precision(f: Probe) -> None:
    """The points are float64, whatever x was."""
    if f.x.ndim and any(name.startswith(("int", "uint")) for name in f.dtypes):
        fail("int.truncates" if f.whole else "int.made")
    if f.dtypes & {"float16", "float32"}:
        fail("float32.kept")


def offsets(f: Probe) -> dict[int, list[float]]:
    """Flat index -> the offsets at which f was asked there; a call that moved several elements is a finding."""
    found: dict[int, list[float]] = {}
    for point in f.points:
        moved, offset = _moved(f.x, point)
        if len(moved) > 1:
            fail(_several(f.x, moved, bool(found)))
        for element in moved:
            found.setdefault(int(element), []).append(float(offset.flat[element]))
    return found


def _moved(x: Array, point: Array) -> tuple[Array, Array]:
    """The flat indices of the elements of x that `point` moved, and all offsets. nan and inf cannot be moved."""
    finite = np.where(np.isfinite(x), x, 0.0)
    offset = np.where(np.isfinite(x), point - finite, 0.0)
    rounding = 8 * np.finfo(float).eps * np.maximum(1, np.abs(finite))
    return np.flatnonzero(~(np.abs(offset) <= rounding)), offset


def _several(x: Array, moved: Array, single_before: bool) -> str:
    """The message key for a call that moved several elements."""
    rows = {int(np.unravel_index(element, x.shape)[0]) for element in moved}
    if single_before:
        return "moves.left"
    return "moves.row" if x.ndim > 1 and len(rows) == 1 and len(moved) == x[0].size else "moves.all"


def _require_both_sides(offsets: set[float], at_x: bool) -> None:
    above, below = {o for o in offsets if o > 0}, {o for o in offsets if o < 0}
    if not above or not below:
        fail("way.one-side" if len(offsets) > 1 or not at_x else "way.forward" if above else "way.backward")
    nearest = min(map(abs, offsets))
    if any(min(abs(o + other) for other in offsets) > 0.01 * nearest for o in offsets):
        fail("way.lopsided")


def _require_step(offsets: list[float], x: float) -> None:
    """The nearest point is as far from x as the course has it; well-known other distances have names."""
    step = min(map(abs, offsets))
    if step * SLACK < SMALLEST:
        fail("step.too-small")
    if step <= LARGEST * SLACK * max(1.0, abs(x)):
        return
    if any(abs(step - np.exp(-power)) < 1e-6 for power in range(2, 7)):
        fail("step.exp")
    fail("step.one" if abs(step - 1) < 1e-6 else "step.too-large")


# ---- what f answered ----


def quotients(f: Probe) -> dict[str, Array]:
    """What other quotients of the same two answers would give, where each element has exactly two: key -> value."""
    sides = _sides(f)
    if sides is None:
        return {}
    below, above, delta = sides
    with np.errstate(all="ignore"):
        return {
            "quotient.precedence": (above - below) / 2 * delta,
            "quotient.brackets": above - below / (2 * delta),
            "quotient.delta-only": (above - below) / delta,
            "quotient.two-only": (above - below) / 2,
            "quotient.undivided": above - below,
            "quotient.turned-round": (below - above) / (2 * delta),
            "quotient.sum": (above + below) / (2 * delta),
        }


def own_quotients(f: Probe) -> list[Array]:
    """Every quotient, right or known to be wrong, of what f answered, if one element was moved at a time."""
    sides = _sides(f)
    if sides is None or any(len(_moved(f.x, point)[0]) > 1 for point in f.points):
        return []
    below, above, delta = sides
    with np.errstate(all="ignore"):
        return [(above - below) / (2 * delta), *quotients(f).values()]


def one_sided(f: Probe) -> tuple[Array, list[Array]] | None:
    """The central quotient of the answers, and those with f(x) on one side; None where f was not asked for all."""
    sides = _sides(f)
    middle = [answer for point, answer in zip(f.points, f.answers, strict=True) if np.array_equal(point, f.x)]
    if sides is None or not middle:
        return None
    below, above, delta = sides
    with np.errstate(all="ignore"):
        return (above - below) / (2 * delta), [(above - middle[0]) / delta, (middle[0] - below) / delta]


def _sides(f: Probe) -> tuple[Array, Array, Array] | None:
    """What f answered below and above x, and δ; None where an element was not moved to exactly two places.

    What is nan or inf cannot be moved: there all three are nan.
    """
    answers: dict[int, dict[float, float]] = defaultdict(dict)
    for point, answer in zip(f.points, f.answers, strict=True):
        moved, offset = _moved(f.x, point)
        for element in moved:
            answers[int(element)][float(offset.flat[element])] = answer
    if not answers or len(answers) != np.isfinite(f.x).sum() or any(len(found) != 2 for found in answers.values()):
        return None
    below, above, delta = (np.full(f.x.shape, np.nan) for _ in range(3))
    for element, found in answers.items():
        low, high = sorted(found)
        below.flat[element], above.flat[element] = found[low], found[high]
        delta.flat[element] = (high - low) / 2
    return below, above, delta
