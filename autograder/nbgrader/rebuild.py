"""A student's notebook, made anew out of the sources of its cells and of nothing else.

Outputs, attachments, widgets and all metadata of the student's file are dropped: nbgrader's are those of the source
notebook, on the cell that has the name. A cell that is there twice counts where it stands last; a graded or solution
cell that is missing is put back where the source notebook has it, so that its score and its comment have a place.
What cannot be read at all becomes a notebook that says why. Text that is not the course's own is shown inert; the
handout is left out, where nobody has written into it, so that whoever marks need not scroll past it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.ingest.notebook import label, read_cells
from autograder.ingest.submission import SubmissionError
from autograder.nbgrader import inert
from autograder.nbgrader.scheme import Cell, Scheme, known_cells
from autograder.text import Lang, Text

RUBRIC = "rubric-"  # and the answer's name: the id of a cell that students do not get
HANDOUT = re.compile(r"title|(?:ko|en)-\d+")  # ids of its cells
MOST_CELLS = 1000  # that are shown without being the course's
MOST_READ = 10_000
MOST_TEXT = 2_000_000  # characters in all; a module may have half of it
MISSING = Text(en="# This cell was not in the notebook that was handed in.", ko="# 제출한 노트북에 이 셀이 없었습니다.")
CUT = Text(en="The notebook goes on; the rest is not shown.", ko="노트북이 더 있지만 여기에는 보이지 않습니다.")
UNREADABLE = Text(en="The notebook that was handed in could not be read.", ko="제출한 노트북을 읽을 수 없었습니다.")


@dataclass(frozen=True)
class Handed:
    """One cell as it was handed in. `names`: what nbgrader and Jupyter call it."""

    kind: str
    source: str
    names: tuple[str, ...] = ("", "")


@dataclass(frozen=True)
class Shown:
    """What is shown besides the student's own: `answers` as they were graded and `rubric` (Markdown), by the answer's
    name; `problem`: why nothing could be read.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    rubric: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def read(raw: bytes) -> list[Handed] | None:
    """The first cells of a notebook's bytes; None where they are no notebook of today's format."""
    try:
        cells = read_cells(raw)
    except SubmissionError:
        return None
    return [Handed(cell.cell_type, cell.text, (cell.grade_id, cell.name)) for cell in cells[:MOST_READ]]


def rebuild(
    handed: Sequence[Handed] | None, source: dict[str, Any], scheme: Scheme, shown: Shown, lang: Lang
) -> dict[str, Any]:
    """The notebook, as JSON has it. `source`: the source notebook."""
    known = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in known_cells(source)}
    own = {"".join(cell["source"]) for cell in source["cells"] if cell["cell_type"] == "markdown"}
    made: list[Cell] = []
    if handed is None or shown.problem:
        told = "\n".join(filter(None, [UNREADABLE.in_(lang) if handed is None else "", shown.problem]))
        made.append(_text("problem", inert.markdown(told)))
    placed = _placed(handed or (), known, scheme)
    room = MOST_TEXT
    order = [cell["metadata"].get("nbgrader", {}).get("grade_id") or cell.get("id", "") for cell in source["cells"]]
    for number, cell in enumerate(handed or ()):
        room -= len(cell.source)
        if name := placed.get(number):
            made.append(_named(name, known[name], cell.source, scheme, shown, lang))
        elif number < MOST_CELLS and room > 0 and not (cell.source in own and HANDOUT.fullmatch(cell.names[1])):
            made.append(_unnamed(_id(cell, number, order, known, made), cell, own))
    if len(handed or ()) > MOST_CELLS or room <= 0:
        made.append(_text("cut", CUT.in_(lang)))
    for name in known:
        if name not in placed.values():
            made.insert(_place(name, order, made), _named(name, known[name], MISSING.in_(lang), scheme, shown, lang))
    for name, text in shown.rubric.items():
        at = next((n for n, cell in enumerate(made) if cell["id"] == name), None)
        if at is not None:
            made.insert(at, _text(f"{RUBRIC}{name}", text))
    about = {"kernelspec": source["metadata"].get("kernelspec", {}), "language_info": {"name": "python"}}
    return {"cells": made, "metadata": about, "nbformat": 4, "nbformat_minor": 5}


def _placed(handed: Sequence[Handed], known: Mapping[str, Cell], scheme: Scheme) -> dict[int, str]:
    """Which cell of the student is which of the source notebook; the last one that claims a name has it."""
    found: dict[str, int] = {}
    for which in (0, 1):  # nbgrader's name, then Jupyter's id
        claimed: dict[str, int] = {}
        for number, cell in enumerate(handed):
            name = cell.names[which]
            if name in known and name not in found and number not in found.values():
                claimed[name] = number
        found |= claimed
    for name in known:
        if name not in found:
            claims = [n for n, cell in enumerate(handed) if n not in found.values() and _is(cell, name, scheme)]
            if claims:
                found[name] = claims[-1]
    return {number: name for name, number in found.items()}


def _is(cell: Handed, name: str, scheme: Scheme) -> bool:
    """Whether a cell without a name does what the cell `name` is there for."""
    if name in scheme.answers:
        return cell.kind != "code" and cell.source.lstrip().startswith(label(name))
    tasks = [task for task, place in scheme.comments.items() if place == name]
    if not tasks or cell.kind != "code":
        return False
    begun = "|".join(map(re.escape, tasks))
    return (
        re.search(rf"^(?:(?:async +)?def|class) +(?:{begun})\b|^(?:{begun}) *=", cell.source, re.MULTILINE) is not None
    )


def _named(name: str, known: Cell, source: str, scheme: Scheme, shown: Shown, lang: Lang) -> Cell:
    """A cell of the source notebook with the student's text in it, where it is one to write in."""
    about = known["metadata"]["nbgrader"]
    if name in scheme.answers:
        text = f"{label(name)}\n\n{inert.markdown(shown.answers.get(name, ''))}"
    elif about.get("solution"):
        text = inert.code(source) if known["cell_type"] == "code" else inert.markdown(source)
    else:
        text = known["source"]
    made = {"cell_type": known["cell_type"], "id": name, "metadata": {"nbgrader": dict(about)}, "source": text}
    return made | ({"execution_count": None, "outputs": []} if known["cell_type"] == "code" else {})


def _unnamed(id: str, cell: Handed, own: set[str]) -> Cell:
    if cell.kind == "code":
        code = {"cell_type": "code", "id": id, "metadata": {}, "source": inert.code(cell.source)}
        return code | {"execution_count": None, "outputs": []}
    return _text(id, cell.source if cell.source in own else inert.markdown(cell.source))


def _text(id: str, source: str) -> Cell:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _id(cell: Handed, number: int, order: Sequence[str], known: Mapping[str, Cell], made: Sequence[Cell]) -> str:
    """The name of a cell of the source notebook that has no role, if this is one; else a new name."""
    name = cell.names[1]
    free = name in order and name not in known and all(there["id"] != name for there in made)
    return name if free else f"cell-{number + 1}"


def _place(name: str, order: Sequence[str], made: Sequence[Cell]) -> int:
    """Where a missing cell belongs: below the nearest one that stands before it in the source notebook."""
    there = {cell["id"]: number for number, cell in enumerate(made)}
    before = order[: order.index(name)] if name in order else []
    return next((there[each] + 1 for each in reversed(before) if each in there), len(made) if before else 0)
