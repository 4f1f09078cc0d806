"""Cells in a column, as near as possible to where they want to be and clear of one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

_GRID = 8


class Placed(Protocol):
    y: int

    @property
    def above(self) -> int: ...
    @property
    def below(self) -> int: ...


def spread(column: Sequence[Placed], wanted: Sequence[float]) -> None:
    """Set every `y` on the grid, in the order given, with the least sum of squared distances from `wanted`."""
    starts = _starts(column)
    floor: int | None = None
    for cell, start, level in zip(column, starts, _isotonic(wanted, starts), strict=True):
        y = _GRID * round((level + start) / _GRID)
        cell.y = y if floor is None else max(y, floor + cell.above)
        floor = cell.y + cell.below


def _starts(column: Sequence[Placed]) -> list[int]:
    """Where each cell's middle is if all stand as close as they may."""
    starts, end = [], 0
    for cell in column:
        starts.append(end + cell.above)
        end += cell.above + cell.below
    return starts


def _isotonic(wanted: Sequence[float], starts: Sequence[int]) -> list[float]:
    """The nondecreasing shifts nearest to `wanted - starts` (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for level, start in zip(wanted, starts, strict=True):
        mean, size = level - start, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    return [mean for mean, size in blocks for _ in range(size)]
