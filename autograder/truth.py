"""Truth tables: what a gate or a circuit computes, for every row of 0/1 inputs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Row = tuple[int, ...]


@dataclass(frozen=True)
class TruthTable:
    """Outputs by input row, all rows present, in counting order."""

    outputs: Mapping[Row, int]

    def __post_init__(self) -> None:
        rows = list(self.outputs)
        width = len(rows[0]) if rows else 0
        if not rows or sorted(rows) != list(itertools.product((0, 1), repeat=width)):
            raise ValueError("a truth table needs every row of 0 and 1")

    @classmethod
    def of(cls, function: Callable[..., object], inputs: int = 2) -> TruthTable:
        """The table of a Python function of `inputs` bits."""
        return cls({row: int(bool(function(*row))) for row in itertools.product((0, 1), repeat=inputs)})

    @property
    def inputs(self) -> list[Row]:
        return sorted(self.outputs)

    def __getitem__(self, row: Row) -> int:
        return self.outputs[row]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.inputs)

    def differences(self, other: TruthTable) -> list[Row]:
        """The rows in which the two tables differ."""
        return [row for row in self.inputs if self[row] != other[row]]


NOT_TABLE = TruthTable.of(lambda a: not a, inputs=1)
AND_TABLE = TruthTable.of(lambda a, b: a & b)
NAND_TABLE = TruthTable.of(lambda a, b: not (a & b))
OR_TABLE = TruthTable.of(lambda a, b: a | b)
NOR_TABLE = TruthTable.of(lambda a, b: not (a | b))
XOR_TABLE = TruthTable.of(lambda a, b: a ^ b)
