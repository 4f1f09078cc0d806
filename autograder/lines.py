"""The lines of a submission, and how a message names one of them: by its number, or by code cell in a notebook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from autograder.text import Text


class Lines(tuple[str, ...]):
    """The lines of a submission; `cells`: the first lines, from 1, of a notebook's code cells."""

    cells: tuple[int, ...]

    def __new__(cls, lines: Iterable[str], cells: Sequence[int] = ()) -> Lines:
        made = super().__new__(cls, lines)
        made.cells = tuple(cells)
        return made


def place(line: int, cells: Sequence[int]) -> int | Text:
    """A line as a sentence names it: what stands after "line" in English and before "행" in Korean."""
    if not cells:
        return line
    cell = max(1, bisect_right(cells, line))
    inside = line - cells[cell - 1] + 1
    return Text(en=f"{inside} of code cell {cell}", ko=f"코드 셀 {cell}의 {inside}")


def placed(line: int | None, lines: Sequence[str]) -> int | str | Text:
    """As `place`, in the lines of a submission; a question mark where no line is known."""
    return "?" if line is None else place(line, getattr(lines, "cells", ()))
