"""Written answers: a text constant of the module, which a person marks by the grader's rubric.

The question and its points are in assignment.toml, the rubric is in the grader's folder: it says what a good answer
has, so it is never released. Until it is marked, an answer's points are outstanding, neither earned nor lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.manifest import Manifest, WrittenSpec
from autograder.marks import Finding, GraderError
from autograder.messages import Catalogue
from autograder.result import Manual, Part, Result, Task
from autograder.text import Text, clean

ANSWER_CAP = 4000
RUBRIC = "rubric.toml"
_EPSILON = 1e-9


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer gets `points` for."""

    points: float
    en: str
    ko: str

    @property
    def text(self) -> Text:
        return Text(en=self.en, ko=self.ko)


@dataclass(frozen=True)
class Mark:
    """What a person gave for one answer."""

    score: float
    comment: str = ""


def rubric(grader: Path, manifest: Manifest) -> dict[str, tuple[Criterion, ...]]:
    """The criteria of each written answer. Raises GraderError where they do not fit the manifest."""
    path = grader / RUBRIC
    if not manifest.written:
        return {}
    try:
        criteria = msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[Criterion, ...]])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise GraderError(f"{path}: {error}; a written answer needs a rubric: [[NAME]] with points, en, ko") from error
    for spec in manifest.written:
        total = sum(criterion.points for criterion in criteria.get(spec.name, ()))
        if abs(total - spec.points) > _EPSILON:
            raise GraderError(f"{path}: {spec.name} adds up to {total:g}; assignment.toml says {spec.points:g}")
    return criteria


def answers(manifest: Manifest, texts: Mapping[str, object]) -> tuple[Manual, ...]:
    """The answers that are there to be marked, in the manifest's order. `texts`: the constants of the module."""
    return tuple(
        Manual(
            name=spec.name,
            task=spec.task,
            question=spec.question,
            points=spec.points,
            answer=clean(str(texts[spec.name]), ANSWER_CAP, newlines=True),
        )
        for spec in manifest.written
        if _problem(spec, texts) is None
    )


def parts(
    manifest: Manifest, texts: Mapping[str, object], problem: Finding | None, catalogue: Catalogue
) -> Iterator[tuple[str, Part]]:
    """Task and part of each written answer. `problem`: what stopped the file from loading, told once elsewhere."""
    for spec in manifest.written:
        found = _problem(spec, texts)
        part = Part(title=spec.question, score=0.0, max_score=spec.points, verdict="manual", written=spec.name)
        if found is not None:
            told = problem if problem is not None and spec.name not in texts else None
            message = catalogue.render(found.key, {"function": spec.task, "name": spec.name}) if told is None else None
            shown = told or found
            part = msgspec.structs.replace(part, verdict=shown.verdict, key=shown.key, message=message)
        yield spec.task, part


def _problem(spec: WrittenSpec, texts: Mapping[str, object]) -> Finding | None:
    """Why there is no answer to mark, if there is none."""
    if spec.name not in texts:
        return Finding("missing.value", verdict="error")
    text = texts[spec.name]
    if not isinstance(text, str):
        return Finding("written.no-text")
    return None if text.strip() else Finding("written.todo", verdict="todo")


def marked(result: Result, marks: Mapping[str, Mark]) -> Result:
    """`result` with what a person gave; `marks` by the answer's name. What has no mark stays outstanding."""
    manual = tuple(_answer_marked(answer, marks.get(answer.name)) for answer in result.manual)
    given = {answer.name: answer for answer in manual}
    tasks = tuple(_task_marked(task, given) for task in result.tasks)
    return msgspec.structs.replace(
        result,
        manual=manual,
        tasks=tasks,
        score=sum(task.score for task in tasks),
        outstanding=sum(task.outstanding for task in tasks),
    )


def _answer_marked(answer: Manual, mark: Mark | None) -> Manual:
    score, comment = (mark.score, clean(mark.comment, ANSWER_CAP, newlines=True)) if mark else (None, "")
    return msgspec.structs.replace(answer, score=score, comment=comment)


def _task_marked(task: Task, given: Mapping[str, Manual]) -> Task:
    parts = tuple(
        _part_marked(part, given[part.written]) if part.written and part.written in given else part
        for part in task.parts
    )
    outstanding = sum(part.max_score for part in parts if part.verdict == "manual")
    return msgspec.structs.replace(task, parts=parts, score=sum(p.score for p in parts), outstanding=outstanding)


def _part_marked(part: Part, answer: Manual) -> Part:
    if answer.score is None:
        return msgspec.structs.replace(part, score=0.0, verdict="manual", message=None)
    right = answer.score >= answer.points - _EPSILON
    said = Text(en=answer.comment, ko=answer.comment) if answer.comment else None
    return msgspec.structs.replace(part, score=answer.score, verdict="pass" if right else "fail", message=said)
