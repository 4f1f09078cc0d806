"""A circuit as a layered drawing, before it is drawn: cells with positions, nets with horizontal and vertical runs.

Nets pass a layer on lanes of their own, so no wire runs through a gate. In the channel between two layers every net
turns on a track of its own, and a net's level on the left is never the level of another net's target on the right,
so two nets cross but never share a run. The same circuit gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from autograder.render.layers import GRID, Cell, arrange
from autograder.render.spacing import spread
from autograder.result import Circuit

GATE_WIDTH = 64
TRACK = 10
_MARGIN = 12
_SWEEPS = 6


@dataclass(frozen=True)
class Run:
    """One net in one channel: from `(left, level)` over the vertical at `track` to every target level at `right`."""

    net: str
    level: int
    targets: tuple[int, ...]
    used: bool
    left: int = 0
    track: int = 0
    right: int = 0

    @property
    def straight(self) -> bool:
        return set(self.targets) == {self.level}

    @property
    def span(self) -> tuple[int, int]:
        return min(self.level, *self.targets), max(self.level, *self.targets)


@dataclass
class Wiring:
    """The finished layout, in pixels."""

    layers: list[list[Cell]]
    runs: list[Run] = field(default_factory=list)
    width: int = 0

    @property
    def cells(self) -> list[Cell]:
        return [cell for layer in self.layers for cell in layer]

    @property
    def extent(self) -> tuple[int, int]:
        """The highest and the lowest level that is drawn."""
        return min(c.y - c.above for c in self.cells), max(c.y + c.below for c in self.cells)


def wire(circuit: Circuit) -> Wiring:
    """The layout of `circuit`."""
    wiring = Wiring(arrange(circuit))
    _settle(wiring.layers)
    _route(wiring)
    return wiring


def _settle(layers: Sequence[Sequence[Cell]]) -> None:
    """Give every cell its level: near what it is connected to, no two in each other's room."""
    for layer in layers:
        spread(layer, [0.0] * len(layer))
    for _ in range(_SWEEPS):
        for left, right in pairwise(layers):
            spread(right, [_wanted_by_inputs(cell, left) for cell in right])
        for right, left in pairwise(reversed(layers)):
            spread(left, [_wanted_by_outputs(cell, right) for cell in left])
    for left, right in pairwise(layers):
        spread(right, [_wanted_by_inputs(cell, left) for cell in right])
        _part(left, right)


def _wanted_by_inputs(cell: Cell, left: Sequence[Cell]) -> float:
    levels = {other.net: other.y for other in left}
    wanted = [levels[net] - cell.offset(pin) for pin, net in enumerate(cell.pins) if net in levels]
    return sum(wanted) / len(wanted) if wanted else cell.y


def _wanted_by_outputs(cell: Cell, right: Sequence[Cell]) -> float:
    wanted = [level for other in right for net, level in other.targets() if net == cell.net]
    return sum(wanted) / len(wanted) if wanted else cell.y


def _part(left: Sequence[Cell], right: Sequence[Cell]) -> None:
    """Move cells down until no net's target lies on the level of another net."""
    taken = {cell.y: cell.net for cell in left}
    floor = min((cell.y - cell.above for cell in right), default=0)
    for cell in right:
        cell.y = max(cell.y, floor + cell.above)
        while any(taken.get(level, net) != net for net, level in cell.targets()):
            cell.y += GRID
        floor = cell.y + cell.below


def _route(wiring: Wiring) -> None:
    x = 0
    for left, right in pairwise(wiring.layers):
        for cell in left:
            cell.x = x
        x += GATE_WIDTH if left is not wiring.layers[0] else 0
        runs = list(_runs(left, right))
        tracks = _tracks([run for run in runs if not run.straight])
        end = x + 2 * _MARGIN + TRACK * max(0, len(tracks) - 1)
        for run in runs:
            track = x + _MARGIN + TRACK * tracks.index(run.net) if run.net in tracks else x
            wiring.runs.append(Run(run.net, run.level, run.targets, run.used, x, track, end))
        x = end
    for cell in wiring.layers[-1]:
        cell.x = x
    wiring.width = x


def _runs(left: Sequence[Cell], right: Sequence[Cell]) -> Iterator[Run]:
    for cell in left:
        found = [(level, other.used) for other in right for net, level in other.targets() if net == cell.net]
        if found:
            yield Run(cell.net, cell.y, tuple(level for level, _ in found), any(used for _, used in found))


def _tracks(runs: list[Run]) -> list[str]:
    """The nets in the order of their tracks from left to right, by exchanging neighbours while that saves crossings."""
    for _ in runs:
        for place in range(len(runs) - 1):
            a, b = runs[place], runs[place + 1]
            if _cost(b, a) < _cost(a, b):
                runs[place], runs[place + 1] = b, a
    return [run.net for run in runs]


def _cost(first: Run, second: Run) -> int:
    """How often two nets cross if `first` turns left of `second`."""
    low, high = first.span
    crossed = int(low < second.level < high)
    low, high = second.span
    return crossed + sum(low < level < high for level in set(first.targets))
