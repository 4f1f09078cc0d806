"""grades.csv: one row per student, for spreadsheets and gradebooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from autograder.render import outline
from autograder.result import Result

_BOM = "\ufeff"  # Excel takes a file without it for the local code page, and Korean names break
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def grades_csv(results: Sequence[Result]) -> str:
    """The grades as CSV (RFC 4180, UTF-8 with byte order mark); withheld grades are empty cells.

    `bonus` is what was earned; `score` and the task columns include it.
    """
    tasks = task_names(results)
    file = io.StringIO()
    file.write(_BOM)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["student", "status", "score", "max_score", "bonus", *map(_defused, tasks)])
    writer.writerows(_row(result, tasks) for result in results)
    return file.getvalue()


def task_names(results: Sequence[Result]) -> tuple[str, ...]:
    """Every task that occurs, in order of appearance."""
    return tuple(dict.fromkeys(task.name for result in results for task in result.tasks))


def _row(result: Result, tasks: tuple[str, ...]) -> list[str]:
    student, maximum = _defused(result.student), outline.amount(result.max_score)
    if outline.withheld(result):
        return [student, "withheld", "", maximum, "", *("" for _ in tasks)]
    scores = {task.name: outline.amount(task.score) for task in result.tasks}
    bonus = outline.amount(sum(outline.bonus(task) for task in result.tasks))
    return [student, result.status, outline.amount(result.score), maximum, bonus, *(scores.get(t, "") for t in tasks)]


def _defused(cell: str) -> str:
    """`cell` as text that no spreadsheet takes for a formula."""
    cell = outline.label(cell)
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
