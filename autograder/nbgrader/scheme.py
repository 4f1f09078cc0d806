"""What the gradebook holds of an assignment: which cells earn points, and where a task's comment goes.

It follows from the notebook that `build` makes, so that `nbgrader generate_assignment` and `autograder grade
--gradebook` make the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.course import Assignment
from autograder.notebook import assemble

Cell = dict[str, Any]  # a cell of a notebook, as JSON has it


@dataclass(frozen=True)
class Scheme:
    """An assignment in nbgrader's terms.

    `tests`: task → its test cell; `answers`: written answer → its cell (named alike); `comments`: task or written
    answer → the solution cell whose comment tells about it; `points`: what each graded cell is worth.
    """

    assignment: str
    notebook: str
    tests: dict[str, str]
    answers: dict[str, str]
    comments: dict[str, str]
    points: dict[str, float]


def scheme(assignment: Assignment) -> Scheme:
    """The scheme of an assignment; a written answer's points are its own cell's, not its task's."""
    manifest = assignment.manifest
    written = {spec.name: spec.points for spec in manifest.written}
    tests = {task.name: f"{assemble.TEST}{task.name}" for task in manifest.tasks}
    points = {tests[task.name]: task.points - manifest.written_points(task.name) for task in manifest.tasks} | written
    answers = {name: name for name in written}
    comments = assemble.solution_cells(assignment) | answers
    return Scheme(assignment.id, notebook_id(assignment), tests, answers, comments, points)


def notebook_id(assignment: Assignment) -> str:
    """nbgrader's name for the notebook: its file without the suffix."""
    return assignment.manifest.module


def known_cells(notebook: dict[str, Any]) -> Iterator[Cell]:
    """The cells that nbgrader knows, with their source as one text."""
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            yield cell | {"source": "".join(cell["source"])}
