"""Cells to the bytes of an .ipynb file: nbformat 4.5, without outputs, the same bytes for the same cells.

Written as nbformat writes it (keys sorted, indented by one, text as it is), so that saving it in Jupyter changes no
line that nobody has edited.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 3  # of nbgrader's metadata
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Role:
    """What a cell is to nbgrader. `grade`: it has points; `solution`: students write here; `locked`: they do not."""

    grade: bool = False
    solution: bool = False
    locked: bool = False
    points: float = 0.0

    def metadata(self, id: str) -> dict[str, object]:
        made: dict[str, object] = {"grade": self.grade, "solution": self.solution, "locked": self.locked, "task": False}
        made |= {"grade_id": id, "schema_version": SCHEMA_VERSION}
        return made | ({"points": _plain(self.points)} if self.grade else {})


@dataclass(frozen=True)
class Cell:
    """One cell. `id`: its name in the file, and its grade_id where it has a role."""

    kind: Literal["code", "markdown"]
    id: str
    source: str
    role: Role | None = None


def to_bytes(cells: list[Cell], protected: bool) -> bytes:
    """The notebook. `protected`: Jupyter lets nobody delete a cell that has a role, nor edit one that is locked."""
    notebook = {
        "cells": [_cell(cell, protected) for cell in cells],
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
    return f"{text}\n".encode()


def _cell(cell: Cell, protected: bool) -> dict[str, object]:
    made: dict[str, object] = {
        "cell_type": cell.kind,
        "id": cell.id,
        "metadata": _metadata(cell, protected),
        "source": cell.source.splitlines(keepends=True),
    }
    return made | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})


def _metadata(cell: Cell, protected: bool) -> dict[str, object]:
    if cell.role is None:
        return {}
    made: dict[str, object] = {"nbgrader": cell.role.metadata(cell.id)}
    if protected:  # as nbgrader's LockCells does it
        made["deletable"] = False
        if not cell.role.solution:
            made["editable"] = False
    return made


def _plain(points: float) -> float | int:
    return int(points) if points == int(points) else points
