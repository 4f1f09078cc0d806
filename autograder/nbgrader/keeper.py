"""`autograder grade --gradebook URL`: each Result goes into the gradebook as it comes."""

from __future__ import annotations

from autograder.course import Assignment
from autograder.nbgrader.database import shown
from autograder.nbgrader.record import Recorder
from autograder.result import Result
from autograder.text import Lang

_MOST = 128


class Keeper:
    """Looks at the gradebook before anything is graded, so that a wrong one costs no time. Raises GradebookError."""

    def __init__(self, url: str, assignment: Assignment, lang: Lang) -> None:
        self._recorder = Recorder(url, assignment, lang)
        self._url = url
        self._count = 0
        self._waiting = 0
        self._skipped: list[str] = []

    def add(self, result: Result) -> None:
        """Write one Result; a name that is no student's id is told at the end. Raises GradebookError."""
        if len(result.student) > _MOST:
            self._skipped.append(f"{result.student[:40]}…")
            return
        self._waiting += self._recorder.record(result)
        self._count += 1

    def summary(self) -> str:
        told = f"{shown(self._url)}: {self._count} submissions"
        told += f", {self._waiting} of them with cells that need a person" if self._waiting else ""
        long = f"; not written, for an id has at most {_MOST} characters: {', '.join(self._skipped)}"
        return told + long if self._skipped else told

    def __enter__(self) -> Keeper:
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.close()
