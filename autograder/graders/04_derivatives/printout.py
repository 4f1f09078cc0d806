"""The five debug lines of problem 2, taken apart: runs of blanks and blanks before commas do not count.

An array may print over several lines, so a debug line ends where the next begins; other lines are nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from stencil import Array

from autograder import agrees, fail

NUMBER = r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan|inf)"
ARRAY = rf"(?P<value>(?:array ?)?\(?[\[\], ]*{NUMBER}(?:[\[\], ]*{NUMBER})*)"
TEXTS = {
    1: rf"initial input variable ?= ?{ARRAY}",
    2: rf"initial grad ?= ?{ARRAY}",
    3: rf"idx ?= ?(?P<idx>[^=]*?), ?x ?\[ ?idx ?\] ?= ?(?P<value>{NUMBER})",
    4: rf"grad ?\[ ?idx ?\] ?= ?(?P<value>{NUMBER})",
    5: rf"grad ?= ?{ARRAY}",
}
RTOL, ATOL = 1e-4, 1e-4  # a printed array has eight digits; the quotient itself is good to 1e-5
LONGEST = 20_000  # characters that are read


@dataclass(frozen=True)
class Line:
    """One debug line: its number, its numbers (None where it does not read as it should), and the index in line 3."""

    number: int
    values: tuple[float, ...] | None
    idx: tuple[int, ...] | None = None


def debug_lines(printed: str) -> list[Line]:
    """The debug lines of a printout in their order. Raises Finding where there is none."""
    text = re.sub(r"[=*#_~-]{3,}", " ", printed[:LONGEST])
    text = re.sub(r"np\.\w+\(([^()]*)\)", r"\1", text)  # np.float64(3.0) and np.int64(0) are 3.0 and 0
    text = re.sub(r" (?=,)", "", re.sub(r"\s+", " ", text))
    pieces = re.split(r"debug ?(\d+) ?\. ?", text)
    if len(pieces) < 2:
        fail("debug.nothing")
    return [_line(int(number[:9]), rest) for number, rest in zip(pieces[1::2], pieces[2::2], strict=True)]


def _line(number: int, text: str) -> Line:
    match = re.match(TEXTS[number], text) if number in TEXTS else None
    if match is None:
        return Line(number, None)
    values = tuple(float(value) for value in re.findall(NUMBER, match["value"]))
    return Line(number, values, _index(match["idx"]) if number == 3 else None)


def _index(text: str) -> tuple[int, ...] | None:
    """`(0, 1)` as a tuple; None for anything else."""
    if not re.fullmatch(r"\((\d{1,4} ?, ?)*(\d{1,4})? ?\)", text.strip()):
        return None
    return tuple(int(n) for n in re.findall(r"\d+", text))


# ---- what they say ----


def only(lines: Sequence[Line], number: int, count: int) -> list[Line]:
    """The lines of that number; there are `count`."""
    found = [line for line in lines if line.number == number]
    if not found:
        fail("debug.missing", line_number=number)
    if any(line.values is None for line in found):
        fail("debug.text", line_number=number)
    if len(found) != count:
        fail("debug.once" if number <= 2 else "debug.each", line_number=number)
    return found


def require_start(lines: Sequence[Line], x: Array) -> None:
    """Line 1 has x, line 2 zeros; both once."""
    if any(line.number not in TEXTS for line in lines):
        fail("debug.number")
    for number, expected in ((1, x), (2, np.zeros(x.shape))):
        (line,) = only(lines, number, 1)
        if not agree(line.values, expected.ravel()):
            fail("debug.start", line_number=number)
    if [line.number for line in lines[:2]] != [1, 2]:
        fail("debug.order")


def require_steps(lines: Sequence[Line], x: Array, gradient: Array) -> None:
    """Line 3 names each element once, before it is moved; line 4 has its derivative."""
    places = only(lines, 3, x.size)
    for line in places:
        if line.idx is None or len(line.idx) != x.ndim:
            fail("debug.idx")
        if line.idx not in set(np.ndindex(x.shape)):
            fail("debug.idx")
        if not is_element(line.values, float(x[line.idx])):
            fail("debug.moved")
    if len({line.idx for line in places}) != x.size:
        fail("debug.idx")
    for line, place in zip(only(lines, 4, x.size), places, strict=True):
        if not agree(line.values, [gradient[place.idx]]):
            fail("debug.too-early" if line.values == (0.0,) else "debug.gradient", line_number=4)


def require_totals(lines: Sequence[Line], x: Array, gradient: Array) -> None:
    """Line 5 has the gradient as far as it is known. What is wrong with lines 2 and 3 is told elsewhere."""
    places = [line.idx for line in lines if line.number == 3 and line.idx in set(np.ndindex(x.shape))]
    if len(places) != x.size:
        places = list(np.ndindex(x.shape))
    starts = [line.values for line in lines if line.number == 2 and line.values and len(line.values) == x.size]
    start = np.reshape(starts[0] if starts else np.zeros(x.size), x.shape)
    known = start.copy()
    for line, place in zip(only(lines, 5, x.size), places, strict=True):
        known[place] = gradient[place]
        if not agree(line.values, known.ravel()):
            known[place] = start[place]
            fail("debug.too-early" if agree(line.values, known.ravel()) else "debug.gradient", line_number=5)


def require_order(lines: Sequence[Line], size: int) -> None:
    """3, 4, 5 for every element; that 1 and 2 come before them is asked elsewhere."""
    if [line.number for line in lines if line.number > 2] != [3, 4, 5] * size:
        fail("debug.order")


def agree(values: Sequence[float] | None, expected: Sequence[float] | Array) -> bool:
    """Whether the printed numbers are these."""
    return values is not None and agrees(values, expected, rtol=RTOL, atol=ATOL, sequence=True)


def is_element(values: Sequence[float] | None, element: float) -> bool:
    """Whether the printed number is this element, unmoved: all of it, or rounded to a few digits."""
    few = [round(element, digits) for digits in range(2, 9)]
    return values is not None and any(agrees(values, [n], rtol=0, atol=1e-9, sequence=True) for n in [element, *few])
