"""Tables of grades: grades.csv with a row per student, and a row per assignment for the course as a whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.render import outline
from autograder.result import Result

BOM = "\ufeff"  # Excel takes a file without it for the local code page, and Korean names break
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def grades_csv(results: Sequence[Result]) -> str:
    """The grades as CSV (RFC 4180, UTF-8 with byte order mark); withheld grades are empty cells.

    `bonus` is what was earned; `score` and the task columns include it. `outstanding`: points of written answers that
    nobody has marked yet.
    """
    tasks = task_names(results)
    file = io.StringIO()
    file.write(BOM)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["student", "status", "score", "max_score", "bonus", "outstanding", *map(defused, tasks)])
    writer.writerows(_row(result, tasks) for result in results)
    return file.getvalue()


@dataclass(frozen=True)
class Class:
    """How one assignment went for a class: students, mean and maximum as shown, where its page is."""

    id: str
    title: str
    students: int
    mean: str
    maximum: str
    href: str


def class_row(assignment: str, title: str, results: Sequence[Result], href: str) -> Class:
    """The row of a class in the table of the whole course; a withheld grade is in no mean."""
    graded = [result.score for result in results if not outline.withheld(result)]
    mean = outline.amount(sum(graded) / len(graded)) if graded else ""
    maximum = outline.amount(max((result.max_score for result in results), default=0.0))
    return Class(outline.label(assignment), outline.label(title), len(results), mean, maximum, href)


def task_names(results: Sequence[Result]) -> tuple[str, ...]:
    """Every task that occurs, in order of appearance."""
    return tuple(dict.fromkeys(task.name for result in results for task in result.tasks))


def _row(result: Result, tasks: tuple[str, ...]) -> list[str]:
    student, maximum = defused(result.student), outline.amount(result.max_score)
    if outline.withheld(result):
        return [student, "withheld", "", maximum, "", "", *("" for _ in tasks)]
    scores = {task.name: outline.amount(task.score) for task in result.tasks}
    bonus = outline.amount(sum(outline.bonus(task) for task in result.tasks))
    outstanding = outline.amount(result.outstanding)
    total = [outline.amount(result.score), maximum, bonus, outstanding]
    return [student, result.status, *total, *(scores.get(t, "") for t in tasks)]


def defused(cell: str) -> str:
    """`cell` on one line, as text that no spreadsheet takes for a formula."""
    return inert(outline.label(cell))


def inert(cell: str) -> str:
    """`cell` with its lines, as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS) else cell
