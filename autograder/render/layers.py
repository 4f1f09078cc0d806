"""A circuit in layers: cells from left to right, in an order from top to bottom in which few nets cross.

Inputs and constants stand in layer 0, every gate one layer right of its deepest input, the output last. A net that
passes a layer gets a lane there, a cell of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from autograder.result import Circuit

GRID = 8
_SWEEPS = 6

Kind = Literal["input", "constant", "gate", "lane", "output"]


@dataclass
class Cell:
    """One place in a layer. `net` leaves it on the right, `pins` enter it on the left; `y` is its middle."""

    kind: Kind
    net: str
    pins: tuple[str, ...] = ()
    name: str = ""
    used: bool = True
    y: int = 0
    x: int = 0

    @property
    def height(self) -> int:
        return 2 * GRID * max(2, len(self.pins)) if self.kind == "gate" else 0

    @property
    def above(self) -> int:
        """Room that the cell needs above its middle, its label included."""
        return self.height // 2 + 2 * GRID if self.kind == "gate" else GRID

    @property
    def below(self) -> int:
        return self.height // 2 + GRID if self.kind == "gate" else GRID

    def offset(self, pin: int) -> int:
        """Where pin number `pin` enters, relative to `y`."""
        return GRID * (2 * pin - len(self.pins) + 1)

    def targets(self) -> Iterator[tuple[str, int]]:
        """The nets that enter, each with its level."""
        for pin, net in enumerate(self.pins):
            yield net, self.y + self.offset(pin)


def arrange(circuit: Circuit) -> list[list[Cell]]:
    """The layers of `circuit`, ordered; no levels yet."""
    return _order(_layers(circuit))


def reachable(circuit: Circuit) -> frozenset[str]:
    """The nets that the output depends on."""
    found: set[str] = set()
    waiting = [circuit.output]
    gates = dict(_gates(circuit))
    while waiting:
        net = waiting.pop()
        if net not in found:
            found.add(net)
            waiting += gates.get(net, ())
    return frozenset(found)


def _gates(circuit: Circuit) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each gate's net with its input nets; a reference to nothing that came before is a loose end, `g7?`."""
    known = {*circuit.inputs, "0", "1"}
    for number, gate in enumerate(circuit.gates, 1):
        yield f"g{number}", tuple(ref if ref in known else f"{ref}?" for ref in gate.inputs)
        known.add(f"g{number}")


def _layers(circuit: Circuit) -> list[list[Cell]]:
    used = reachable(circuit)
    depth: dict[str, int] = {}
    gates: list[Cell] = []
    for (net, pins), gate in zip(_gates(circuit), circuit.gates, strict=True):
        depth[net] = 1 + max((depth.get(pin, 0) for pin in pins), default=0)
        gates.append(Cell("gate", net, pins, gate.name, net in used))
    last = 1 + max(depth.values(), default=0)
    output = Cell("output", "", (circuit.output,), "y")
    loose = [pin for cell in (*gates, output) for pin in cell.pins if pin not in depth and pin not in circuit.inputs]
    first = [Cell("input", net, (), net, net in used) for net in circuit.inputs]
    first += [Cell("constant", net, (), net, net in used) for net in sorted(set(loose))]
    layers = [first, *([cell for cell in gates if depth[cell.net] == d] for d in range(1, last)), [output]]
    return _with_lanes(layers, depth)


def _with_lanes(layers: list[list[Cell]], depth: dict[str, int]) -> list[list[Cell]]:
    """`layers` with a lane wherever a net passes one."""
    ends = {pin: number for number, layer in enumerate(layers) for cell in layer for pin in cell.pins}
    needed = {pin: number for number, layer in enumerate(layers) for cell in layer if cell.used for pin in cell.pins}
    return [
        [*layer, *(_lane(net, number < needed.get(net, 0)) for net in ends if depth.get(net, 0) < number < ends[net])]
        for number, layer in enumerate(layers)
    ]


def _lane(net: str, used: bool) -> Cell:
    return Cell("lane", net, (net,), used=used)


def _order(layers: list[list[Cell]]) -> list[list[Cell]]:
    """`layers`, each sorted from top to bottom so that few nets cross; inputs keep their order."""
    best, fewest = [list(layer) for layer in layers], _crossings(layers)
    for sweep in range(2 * _SWEEPS):
        numbers = range(1, len(layers)) if sweep % 2 == 0 else range(len(layers) - 2, 0, -1)
        for number in numbers:
            beside = _levels(layers[number - 1]) if sweep % 2 == 0 else _pin_levels(layers[number + 1])
            layers[number].sort(key=lambda cell: _centre(cell, beside, sweep % 2 == 0))
        if (now := _crossings(layers)) < fewest:
            best, fewest = [list(layer) for layer in layers], now
    return best


def _levels(layer: Sequence[Cell]) -> dict[str, float]:
    return {cell.net: float(place) for place, cell in enumerate(layer)}


def _pin_levels(layer: Sequence[Cell]) -> dict[str, float]:
    places: dict[str, list[float]] = {}
    for place, cell in enumerate(layer):
        for pin, net in enumerate(cell.pins):
            places.setdefault(net, []).append(place + pin / (len(cell.pins) + 1))
    return {net: sum(found) / len(found) for net, found in places.items()}


def _centre(cell: Cell, beside: dict[str, float], down: bool) -> float:
    nets = cell.pins if down else (cell.net,)
    found = [beside[net] for net in nets if net in beside]
    return sum(found) / len(found) if found else float(len(beside))


def _crossings(layers: Sequence[Sequence[Cell]]) -> int:
    total = 0
    for left, right in pairwise(layers):
        levels = _levels(left)
        ends = [levels[net] for cell in right for net in cell.pins]
        total += sum(a > b for number, a in enumerate(ends) for b in ends[number + 1 :])
    return total
