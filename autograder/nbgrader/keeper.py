"""`autograder grade --gradebook URL`: each Result goes into the gradebook as it comes."""

from __future__ import annotations

from autograder.course import Assignment
from autograder.nbgrader.database import shown
from autograder.nbgrader.record import Recorder
from autograder.nbgrader.roster import MOST, ODD, odd
from autograder.result import Result
from autograder.text import Lang, Text, clean

COUNTED = Text(en="{count} submission{s}", ko="제출물 {count}개")
WAITING = Text(
    en=", {count} of them with cells that need a person", ko=", 그 가운데 {count}개에는 사람이 채점할 셀이 있습니다"
)
LONG = Text(
    en="; not written, for an id has at most {most} characters and none of {odd}: {names}",
    ko="; 다음은 넣지 않았습니다(학생 ID는 {most}자까지이고 {odd}를 쓸 수 없습니다): {names}",
)


class Keeper:
    """Looks at the gradebook before a Result is there, so that a wrong one costs no time. Raises GradebookError."""

    def __init__(self, url: str, assignment: Assignment, lang: Lang) -> None:
        self._recorder = Recorder(url, assignment, lang)
        self._url, self._lang = url, lang
        self._count = 0
        self._waiting = 0
        self._skipped: list[str] = []

    def add(self, result: Result) -> None:
        """Write one Result; a name that is no student's id is told at the end. Raises GradebookError."""
        if len(result.student) > MOST or odd(result.student):
            self._skipped.append(clean(result.student, 40))
            return
        self._waiting += self._recorder.record(result)
        self._count += 1

    def summary(self) -> str:
        told = COUNTED.in_(self._lang).format(count=self._count, s="" if self._count == 1 else "s")
        if self._waiting:
            told += WAITING.in_(self._lang).format(count=self._waiting)
        if self._skipped:
            told += LONG.in_(self._lang).format(most=MOST, odd=ODD, names=", ".join(self._skipped))
        return f"{shown(self._url)}: {told}"

    def __enter__(self) -> Keeper:
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.close()
