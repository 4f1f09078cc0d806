"""Findings at the student's own lines, in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from autograder.ci.records import Answer
from autograder.course import Course
from autograder.render.outline import label, message, outline, points
from autograder.result import Result, Verdict
from autograder.text import Lang

MOST = 50  # that one call takes
QUIET: tuple[Verdict, ...] = ("pass", "manual", "blocked", "internal", "todo")
Level = Literal["notice", "warning", "failure"]


@dataclass(frozen=True)
class Annotation:
    """A finding at a line of the student's file, in plain text."""

    path: str
    line: int
    level: Level
    title: str
    message: str


def at_lines(course: Course, answer: Answer, lang: Lang) -> Iterator[Annotation]:
    """A finding stands where it arose, else where its task is defined; one for each place and text.

    What GitHub shows of a notebook are not the lines of its cells, so it gets none.
    """
    for result in answer.results:
        if result.cells:
            continue
        assignment = course.assignment(result.assignment)
        path = f"assignments/{assignment.id}/{assignment.file_name}"
        lines = answer.lines.get(assignment.id, {})
        found = (*_remarks(result, lang), *_parts(result, lines, lang))
        yield from dict.fromkeys(
            Annotation(path, line, level, _plain(title), _plain(text)) for line, level, title, text in found
        )


Rest = tuple[int, Level, str, str]  # line, level, title, text


def _remarks(result: Result, lang: Lang) -> Iterator[Rest]:
    for remark in result.remarks:
        if remark.line is not None:
            level: Level = "failure" if remark.kind == "finding" else "notice"
            yield _line(remark.line), level, label(remark.task or result.assignment), message(remark.message.in_(lang))


def _parts(result: Result, lines: dict[str, int], lang: Lang) -> Iterator[Rest]:
    if outline(result, lang).withheld:
        return
    for task in result.tasks:
        title = f"{label(task.name)}: {points(task.score, task.max_score)}"
        for part in task.parts:
            line = part.line or lines.get(task.name)
            if line is None or part.message is None or part.verdict in QUIET:
                continue
            level: Level = "warning" if part.verdict == "fail" else "failure"
            yield _line(line), level, title, f"{label(part.title.in_(lang))}\n{message(part.message.in_(lang))}"


def _line(number: int) -> int:
    return max(1, min(number, 1 << 20))


def _plain(text: str) -> str:
    """Annotations are plain text, but for mentions, which an empty letter breaks."""
    return re.sub(r"(?<=[@#])(?=\w)", "\u200b", text)
