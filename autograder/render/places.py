"""How a line of the student's code is named: by file, by code cell, or by the number that a kernel gave to the cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Protocol

from autograder.lines import place
from autograder.text import Text, same


class Places(Protocol):
    """Names the lines of one text, which count from 1."""

    def where(self, line: int | None) -> Text:
        """The place by itself, as a heading or before the line's text."""

    def within(self, line: int) -> int | Text:
        """The place in a sentence: what stands after "line" in English and before "행" in Korean."""


@dataclass(frozen=True)
class InFile:
    """Lines of a file."""

    name: str

    def where(self, line: int | None) -> Text:
        return same(f"{self.name}:{line}" if line else self.name)

    def within(self, line: int) -> int:
        return line


@dataclass(frozen=True)
class InNotebook:
    """Lines of the code cells of a notebook's file: their first lines in the whole text."""

    name: str
    starts: tuple[int, ...]

    def where(self, line: int | None) -> Text:
        if not line:
            return same(self.name)
        within = self.within(line)
        return Text(en=f"{self.name}, line {within.en}", ko=f"{self.name}, {within.ko}행")

    def within(self, line: int) -> Text:
        found = place(line, self.starts)
        return found if isinstance(found, Text) else same(str(found))


@dataclass(frozen=True)
class InKernel:
    """Lines of the cells that were run in a kernel: their first lines in the whole text, and their numbers."""

    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def where(self, line: int | None) -> Text:
        if not line or not self.starts:
            return same("In [?]")
        number, inside = self._place(line)
        return Text(en=f"In [{number}], line {inside}", ko=f"In [{number}] {inside}행")

    def within(self, line: int) -> Text:
        if not self.starts:
            return same("?")
        number, inside = self._place(line)
        return Text(en=f"{inside} of In [{number}]", ko=f"In [{number}]의 {inside}")

    def _place(self, line: int) -> tuple[int, int]:
        cell = max(0, bisect_right(self.starts, line) - 1)
        return self.numbers[cell], line - self.starts[cell] + 1
