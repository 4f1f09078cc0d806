"""What was run in a kernel: the texts of its cells, by the numbers that it gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.cells import seems_to_bind

MAX_CELL, MAX_ALL = 1 << 18, 1 << 20  # characters; larger cells count for nothing, and of all cells the latest count


@dataclass(frozen=True)
class Cell:
    """One execution: the 5 of `In [5]`, and the text."""

    number: int
    text: str


def cells(shell: Any) -> list[Cell]:
    """The cells that the IPython `shell` has run, the one that runs now included.

    Of several executions of the same text the first and the last count: the last one, for what it defines is what holds
    now; the first one, for what came between may have needed it, as everything needs a cell with imports.
    """
    texts = list(shell.history_manager.input_hist_raw)[: shell.execution_count + 1]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for number, text in enumerate(texts):
        if isinstance(text, str) and text.strip() and len(text) <= MAX_CELL:
            first.setdefault(text, number)
            last[text] = number
    room = MAX_ALL
    found = []
    for number in sorted({*first.values(), *last.values()}, reverse=True):
        text = re.sub(r"\r\n?", "\n", texts[number])
        room -= len(text) + 1
        if room < 0:
            break
        found.append(Cell(number, text))
    return found[::-1]


def defined(cells: Sequence[Cell]) -> set[str]:
    """The names that seem to be defined: nothing is parsed here, because Python's warnings would be the kernel's."""
    return {name for cell in cells for name in seems_to_bind(cell.text)}
