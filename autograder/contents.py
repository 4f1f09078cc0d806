"""The table of the course in its README files, made from the manifests: what stands between the two markers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.course import Course, CourseError
from autograder.text import Lang, Text

BEGIN, END = "<!-- course: made by autograder build -->", "<!-- end of course -->"
HANDOUTS: dict[Lang, str] = {"en": "README.md", "ko": "README.ko.md"}
HEAD = Text(en="| | Assignment | Tasks | Points | Bonus |", ko="| | 과제 | 문제 | 점수 | 보너스 |")


def tables(course: Course) -> Iterator[tuple[Path, str]]:
    """Each README of the course that has the markers, and the text that it must have. Raises CourseError."""
    return between(course, BEGIN, END, lambda lang: table(course, lang))


def between(course: Course, begin: str, end: str, make: Callable[[Lang], str]) -> Iterator[tuple[Path, str]]:
    """Each README that has these markers, and its text with what `make` gives between them. Raises CourseError."""
    readmes = [(lang, course.root / folder / name) for folder in (".", "student") for lang, name in HANDOUTS.items()]
    for lang, path in readmes:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if begin not in text:
            continue
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise CourseError(f"{path}: {begin} without {end}; write the second marker below the table")
        yield path, f"{before}{begin}\n{make(lang)}\n{end}{after}"


def table(course: Course, lang: Lang) -> str:
    """A row per assignment: id with its handout, title, number of tasks, points, bonus points."""
    rows = [HEAD.in_(lang), "| --- | --- | ---: | ---: | ---: |"]
    for assignment in map(course.assignment, course.ids):
        about = assignment.manifest
        link = f"[`{assignment.id}`](assignments/{assignment.id}/{HANDOUTS[lang]})"
        bonus = sum(task.bonus for task in about.tasks)
        rows.append(f"| {link} | {about.title.in_(lang)} | {len(about.tasks)} | {about.max_score:g} | {bonus:g} |")
    return "\n".join(rows)
