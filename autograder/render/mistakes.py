"""What a class got wrong most: message keys, counted in students."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.render import outline
from autograder.result import Result, Verdict
from autograder.text import Lang, Text

_NO_MISTAKE: tuple[Verdict, ...] = ("pass", "todo", "blocked", "internal")


@dataclass(frozen=True)
class Mistake:
    """One mistake: how many students made it, in which task ("" for the whole file), and what the first was told."""

    key: str
    task: str
    students: int
    title: Text
    message: Text

    def heading(self, lang: Lang) -> str:
        return _first_line(self.title, lang)

    def sentence(self, lang: Lang) -> str:
        """The message's first line; empty where the heading says it."""
        sentence = _first_line(self.message, lang)
        return "" if sentence == self.heading(lang) else sentence


@dataclass(frozen=True)
class _Sighting:
    student: str
    key: str
    task: str
    title: Text
    message: Text | None  # None where another part of the task told it


def commonest(results: Sequence[Result], n: int = 3) -> tuple[Mistake, ...]:
    """The `n` commonest mistakes, by number of students, then by key. One idea in two tasks is two mistakes."""
    found: dict[tuple[str, str], list[_Sighting]] = {}
    for sighting in _sightings(results):
        found.setdefault((sighting.key, sighting.task), []).append(sighting)
    mistakes = [_mistake(sightings) for sightings in found.values()]
    return tuple(sorted(mistakes, key=lambda m: (-m.students, m.key, m.task))[:n])


def _first_line(text: Text, lang: Lang) -> str:
    return outline.label(text.in_(lang).partition("\n")[0], 400)


def _sightings(results: Sequence[Result]) -> Iterator[_Sighting]:
    for result in results:
        if outline.withheld(result):
            continue
        for remark in result.remarks:
            if remark.kind == "finding":
                yield _Sighting(result.student, remark.key, remark.task or "", remark.message, remark.message)
        told = {remark.key for remark in result.remarks if remark.kind == "finding"}
        for task in result.tasks:
            for part in task.parts:
                if part.key and part.key not in told and not part.bonus and part.verdict not in _NO_MISTAKE:
                    yield _Sighting(result.student, part.key, task.name, part.title, part.message)


def _mistake(sightings: list[_Sighting]) -> Mistake:
    first = next((s for s in sightings if s.message is not None), sightings[0])
    return Mistake(
        key=first.key,
        task=first.task,
        students=len({s.student for s in sightings}),
        title=first.title,
        message=first.message or first.title,
    )
