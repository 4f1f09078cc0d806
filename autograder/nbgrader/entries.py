"""A Result as the entries of a gradebook: a score for each graded cell, a comment for each solution cell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from autograder.nbgrader import comments
from autograder.nbgrader.scheme import Scheme
from autograder.render import outline
from autograder.result import Manual, Result, Task
from autograder.text import Lang, Text


@dataclass(frozen=True)
class Entries:
    """`scores` (None: a person has to say) and `comments` by the cell's name.

    `withheld`: the fault is ours, so that every cell needs a person.
    """

    scores: dict[str, float | None]
    comments: dict[str, str | None]
    withheld: bool


MARKED_BY_HAND = Text(
    en="This answer is marked by a person (version {id}).", ko="사람이 읽고 채점하는 답입니다(답의 버전 {id})."
)
NO_ANSWER = Text(en="No answer was handed in.", ko="제출한 답이 없습니다.")


def entries(result: Result, scheme: Scheme, lang: Lang) -> Entries:
    """What the gradebook is to say of `result`, for students who read `lang`."""
    withheld = outline.withheld(result)
    tasks = {task.name: task for task in result.tasks}
    given = {answer.name: answer for answer in result.manual}
    scores = {cell: None if withheld else _earned(tasks.get(task)) for task, cell in scheme.tests.items()}
    for name, cell in scheme.answers.items():
        scores[cell] = None if withheld else _mark(given.get(name))
    texts = comments.comments(result, scheme, lang) | {
        cell: _about_answer(given.get(name), lang) for name, cell in scheme.answers.items()
    }
    return Entries(scores, {cell: texts.get(cell) for cell in scheme.comments.values()}, withheld)


def _earned(task: Task | None) -> float:
    """A task's points without those of its written answers, which have cells of their own."""
    return sum(part.score for part in task.parts if part.written is None) if task else 0.0


def _mark(answer: Manual | None) -> float | None:
    """No answer: 0. An answer: what a person gave for it in written.csv, or None."""
    return 0.0 if answer is None else answer.score


def _about_answer(answer: Manual | None, lang: Lang) -> str:
    """Changes with the answer, so that a mark that was given for another answer is seen to be out of date."""
    if answer is None:
        return NO_ANSWER.in_(lang)
    if answer.comment:
        return comments.plain(answer.comment)
    return MARKED_BY_HAND.in_(lang).format(id=hashlib.sha256(answer.answer.encode()).hexdigest()[:8])
