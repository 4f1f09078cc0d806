"""What a report says, in one language, before a renderer sets it in type.

Every string here has passed `clean`: no control or bidi character is left, newlines only in messages. Points are
shown nowhere while a grade is withheld.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from autograder.manifest import Manifest
from autograder.render import labels
from autograder.render.labels import State
from autograder.result import Manual, Part, Picture, Remark, Result, Task, Verdict
from autograder.text import Lang, Text, clean, one_line

_MESSAGE_CAP = 4000
_EPSILON = 1e-9
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_ONE_LINE_VERDICTS: tuple[Verdict, ...] = ("todo", "blocked", "internal")


@dataclass(frozen=True)
class Lost:
    """A part that lost points: its title, what it got, the line of the student's file."""

    title: str
    points: str
    where: str
    bonus: bool
    sign: str


@dataclass(frozen=True)
class Finding:
    """Parts of one task that lost points for one reason. `parts` is empty where only the reason matters."""

    state: State
    parts: tuple[Lost, ...]
    message: str


@dataclass(frozen=True)
class Answer:
    """A written answer: the question, what was written, the points or that there are none yet, the marker's comment."""

    question: str
    text: str
    points: str
    comment: str


@dataclass(frozen=True)
class TaskOutline:
    """One task: its state, its points and earned bonus as shown (`""`: none), what to look at, what is right."""

    name: str
    state: State
    sign: str
    word: str
    points: str
    bonus: str
    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    answers: tuple[Answer, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Note:
    """A remark, or a finding about the whole file."""

    task: str
    message: str
    where: str

    @property
    def sentence(self) -> str:
        return self.message.partition("\n")[0]

    @property
    def excerpt(self) -> str:
        """What follows the first line: source and caret, to be shown with its columns."""
        return self.message.partition("\n")[2].strip("\n")


@dataclass(frozen=True)
class Outline:
    """The report as a whole. `pictures` are those of no task."""

    heading: str
    student: str
    withheld: bool
    points: str
    bonus: str
    outstanding: str
    fraction: float
    findings: tuple[Note, ...]
    tasks: tuple[TaskOutline, ...]
    remarks: tuple[Note, ...]
    pictures: tuple[Picture, ...]

    @property
    def all_right(self) -> bool:
        """Nothing is lost; a written answer may still have to be marked."""
        return not self.withheld and not self.findings and all(t.state in ("pass", "manual") for t in self.tasks)


def outline(result: Result, lang: Lang, manifest: Manifest | None = None) -> Outline:
    """The report of `result` for the student; our own faults are not in it.

    With its manifest, the assignment is called by its title too.
    """
    title = f" · {label(manifest.title.in_(lang))}" if manifest else ""
    names = {task.name for task in result.tasks}
    hidden = withheld(result)
    return Outline(
        heading=label(result.assignment) + title,
        student=label(result.student),
        withheld=hidden,
        points="" if hidden else points(result.score, result.max_score),
        bonus="" if hidden else _bonus(result.tasks, lang),
        outstanding=""
        if hidden or not result.outstanding
        else labels.outstanding(amount(result.outstanding)).in_(lang),
        fraction=0.0 if hidden else fraction(result.score, result.max_score),
        findings=() if hidden else _notes(result, "finding", lang),
        tasks=tuple(_task(task, result, lang) for task in result.tasks),
        remarks=_notes(result, "remark", lang),
        pictures=tuple(dict.fromkeys(picture for picture in result.pictures if picture.task not in names)),
    )


def withheld(result: Result) -> bool:
    """Whether no point may be shown: by status, or because something in it is marked as our fault."""
    return result.status == "withheld" or any(p.verdict == "internal" for t in result.tasks for p in t.parts)


def trouble(result: Result, lang: Lang) -> str:
    """Why a grade is withheld, in the words of the record: for the instructor only, it may name hidden inputs."""
    parts = (part for task in result.tasks for part in task.parts if part.verdict == "internal")
    texts = [part.message or part.title for part in parts]
    texts += [remark.message for remark in result.remarks if remark.kind == "finding"]
    return "\n".join(dict.fromkeys(message(text.in_(lang)) for text in texts))


def answer(given: Manual, lang: Lang) -> Answer:
    """A written answer, safe to show."""
    return Answer(
        question=message(given.question.in_(lang)),
        text=message(given.answer),
        points=labels.NOT_MARKED.in_(lang) if given.score is None else points(given.score, given.points),
        comment=message(given.comment),
    )


def label(text: str, cap: int = 200) -> str:
    """A name or title on one line, safe to show."""
    return clean(one_line(text), cap)


def message(text: str) -> str:
    """A message, safe to show, with its line breaks."""
    return clean(text.strip("\n"), _MESSAGE_CAP, newlines=True)


def amount(points: float) -> str:
    """Points without a needless fraction: 3, 2.5, 0.33."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def points(score: float, max_score: float) -> str:
    return f"{amount(score)} / {amount(max_score)}"


def fraction(score: float, max_score: float) -> float:
    return min(1.0, max(0.0, score / max_score)) if max_score > 0 else 0.0


def bonus(task: Task) -> float:
    """The bonus points that were earned in `task`; its score includes them."""
    return sum(part.score for part in task.parts if part.bonus)


def state(task: Task) -> State:
    """How a task as a whole went; a missed bonus changes nothing."""
    if any(part.verdict == "internal" for part in task.parts):
        return "internal"
    lost = [part for part in task.parts if not part.bonus and _lost(part)]
    earned = task.score - bonus(task)
    if not lost and earned + task.outstanding >= task.max_score - _EPSILON:
        return "manual" if task.outstanding else "pass"
    if earned > _EPSILON:
        return "partial"
    lost.sort(key=_waits)
    return lost[0].verdict if lost else "fail"


def _waits(part: Part) -> bool:
    """Whether a part is right in itself, and counts as soon as another one is; what is wrong is told first."""
    return part.key == "published"


def _bonus(tasks: Sequence[Task], lang: Lang) -> str:
    earned = sum(bonus(task) for task in tasks)
    return f"{labels.BONUS.in_(lang)} {amount(earned)}" if earned > _EPSILON else ""


def _lost(part: Part) -> bool:
    return part.verdict != "manual" and (part.verdict != "pass" or part.score < part.max_score - _EPSILON)


def _task(task: Task, result: Result, lang: Lang) -> TaskOutline:
    now, found, hidden = state(task), _findings(task, result, lang), withheld(result)
    unread = now == "error" and not found and _is_unreadable(result)
    return TaskOutline(
        name=label(task.name),
        state=now,
        sign=labels.SIGNS[now],
        word=(labels.NOT_RUN if unread else labels.WORDS[now]).in_(lang),
        points="" if hidden else points(task.score, task.max_score),
        bonus="" if hidden else _bonus([task], lang),
        findings=found,
        passed=tuple(label(p.title.in_(lang)) for p in task.parts if not _lost(p) and p.verdict != "manual"),
        answers=tuple(answer(given, lang) for given in result.manual if given.task == task.name),
        pictures=tuple(dict.fromkeys(picture for picture in result.pictures if picture.task == task.name)),
    )


def _findings(task: Task, result: Result, lang: Lang) -> tuple[Finding, ...]:
    """Lost parts by reason, in the order of their first part; each message once."""
    groups: dict[tuple[Text | None, Verdict | None], list[Part]] = {}
    told = {part.key: part.message for part in reversed(task.parts) if part.message is not None}
    for part in sorted(filter(_lost, task.parts), key=_waits):
        said = None if part.verdict == "internal" else part.message or told.get(part.key)
        groups.setdefault((said, None if said else part.verdict), []).append(part)
    silent = _VERDICTS if _is_unreadable(result) else _ONE_LINE_VERDICTS
    return tuple(
        _finding(group, said, result, lang)
        for (said, _), group in groups.items()
        if said is not None or group[0].verdict not in silent
    )


def _is_unreadable(result: Result) -> bool:
    """Whether one finding about the whole file explains what failed."""
    return any(remark.kind == "finding" for remark in result.remarks)


def _finding(group: list[Part], said: Text | None, result: Result, lang: Lang) -> Finding:
    first = group[0]
    brief = all(part.verdict in _ONE_LINE_VERDICTS and not _waits(part) for part in group)
    word = "" if first.verdict == "fail" else labels.WORDS[first.verdict].in_(lang)
    return Finding(
        state=first.verdict,
        parts=() if brief else tuple(dict.fromkeys(_lost_part(part, result, lang) for part in group)),
        message=message(said.in_(lang)) if said else word,
    )


def _lost_part(part: Part, result: Result, lang: Lang) -> Lost:
    return Lost(
        title=label(part.title.in_(lang)),
        points="" if withheld(result) else points(part.score, part.max_score),
        where=labels.line(part.line, result.cells).in_(lang),
        bonus=part.bonus,
        sign=labels.BONUS_SIGN if part.bonus else labels.SIGNS[part.verdict],
    )


def _notes(result: Result, kind: str, lang: Lang) -> tuple[Note, ...]:
    """The remarks of one kind, each once."""
    return tuple(dict.fromkeys(_note(remark, result, lang) for remark in result.remarks if remark.kind == kind))


def _note(remark: Remark, result: Result, lang: Lang) -> Note:
    return Note(
        task=label(remark.task or ""),
        message=message(remark.message.in_(lang)),
        where=labels.line(remark.line, result.cells).in_(lang),
    )
