"""`nbgrader autograde` with our preprocessors and `autograder grade` agree on every labelled submission and task.

`make agreement` takes all of them, some ninety for each assignment. `make test` takes of three assignments (one that
draws, one with data and a bonus, one with a written answer) the reference, the stub, and some of the others.
"""

from __future__ import annotations

import ast
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from autograder.course import Assignment, find
from autograder.ingest import Submission
from autograder.nbgrader.record import Recorder
from autograder.result import Result
from autograder.verify.labelled import submissions
from tests.conftest import ROOT
from tests.notebooks import notebook

ALL = os.environ.get("AGREEMENT") == "all"
EVERY = {"accepted": 8, "mistakes": 40, "hostile": 3}  # which of them `make test` takes
COURSE = find(ROOT)
ASSIGNMENTS = COURSE.ids if ALL else ("02_activations", "04_derivatives", "07_mnist")
SCORES = """
SELECT student.id, base_cell.name, grade.auto_score, grade.needs_manual_grade
FROM grade JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN student ON submitted_assignment.student_id = student.id
JOIN base_cell ON grade.cell_id = base_cell.id
"""


def taken(assignment: Assignment) -> Iterator[Submission]:
    """The labelled submissions that have a text."""
    for kind, group in submissions(assignment).items():
        there = [submission for submission in group if submission.source is not None]
        yield from there if ALL else there[:: EVERY.get(kind, 1)]


def cells(source: str) -> list[str]:
    """A module as a student would have it in cells: a statement each; one cell where Python cannot read it."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return [source]
    lines = source.split("\n")
    starts = [min(each.lineno for each in (node, *getattr(node, "decorator_list", ()))) for node in body]
    ends = [*starts[1:], len(lines) + 1]
    return ["\n".join(lines[start - 1 : end - 1]) for start, end in zip([1, *starts[1:]], ends, strict=True)]


def hand_in(assignment: Assignment, folder: Path) -> list[str]:
    """Write the submissions as notebooks, where nbgrader collects them; returns the students."""
    students = []
    for submission in taken(assignment):
        student = submission.student.replace("/", "-")
        place = folder / student / assignment.id
        place.mkdir(parents=True)
        (place / assignment.notebook.name).write_bytes(notebook(*cells(submission.source or "")))
        students.append(student)
    return students


def scores(gradebook: Path) -> dict[tuple[str, str], tuple[float | None, bool]]:
    """Score and whether a person must look, by student and cell."""
    with sqlite3.connect(gradebook) as database:
        return {(student, cell): (score, bool(needs)) for student, cell, score, needs in database.execute(SCORES)}


@pytest.mark.parametrize("id", ASSIGNMENTS)
def test_both_ways_give_the_same_score(id: str, tmp_path: Path, environment: dict[str, str]) -> None:
    assignment = COURSE.assignment(id)
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nfrom autograder.nbgrader import configure\nconfigure(c, lang='en')\n"
    )
    with Recorder(f"sqlite:///{tmp_path}/gradebook.db", assignment, "en"):
        pass  # the assignment is in the gradebook now, as after generate_assignment
    students = hand_in(assignment, tmp_path / "submitted")
    python = str(Path(sys.executable).parent)
    alike = {"cwd": tmp_path, "env": environment | {"PATH": f"{python}:{environment['PATH']}"}, "timeout": 1500}
    by_hand = [sys.executable, "-m", "autograder", "grade", id, "submitted", "--json", "results.json"]
    for command in ([f"{python}/nbgrader", "autograde", id], [*by_hand, "--gradebook", "sqlite:///other.db"]):
        ended = subprocess.run(command, capture_output=True, text=True, **alike)  # type: ignore[call-overload]
        assert ended.returncode == 0, ended.stderr[-3000:]

    graded = msgspec.json.decode((tmp_path / "results.json").read_bytes(), type=list[Result])
    results = {result.student: result for result in graded}
    assert sorted(results) == sorted(students)
    there = scores(tmp_path / "gradebook.db")
    assert there == scores(tmp_path / "other.db")
    written = {spec.name: spec.task for spec in assignment.manifest.written}
    for student in students:
        for task in results[student].tasks:
            names = [f"test-{task.name}", *(name for name, of in written.items() if of == task.name)]
            found = [there[student, name] for name in names]
            assert sum(score or 0.0 for score, _ in found) == pytest.approx(task.score), (student, task.name)
            assert any(needs for _, needs in found) == bool(task.outstanding), (student, task.name)
