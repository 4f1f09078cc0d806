"""`autograder nbgrader init`: the course as a folder in which nbgrader's own commands run.

    nbgrader_config.py             gives the grading to this engine
    source/NN_slug/slug.ipynb      the instructor's notebook, with its pictures and the data that it reads
    gradebook.db                   nbgrader's gradebook, with the class
    .autograder-nbgrader.json      what was written here, so that a later run knows what was changed since

A second run brings what nobody has changed up to date, keeps the rest, and says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from autograder.course import Assignment, Course
from autograder.nbgrader import database, roster, scheme
from autograder.notebook import assemble
from autograder.output import OutputError, write
from autograder.text import Lang

CONFIG = "nbgrader_config.py"
GRADEBOOK = "gradebook.db"
WRITTEN = ".autograder-nbgrader.json"
LINES = """\
# nbgrader grades with autograder; docs/nbgrader.md of the course says how. Settings of your own go below.
c = get_config()  # noqa: F821 (nbgrader runs this file)
try:
    from autograder.nbgrader import configure
except ImportError as error:  # nbgrader would go on without its settings, and run students' code in a kernel
    raise SystemExit(f"{{__file__}}: {{error}}; activate the course's virtual environment") from error
configure(c, {settings})
"""


def init(course: Course, dest: Path, students: Path | None, lang: Lang, course_named: bool = False) -> list[str]:
    """Lay out or update the folder; returns what is to be told, a line each.

    `course_named`: the configuration names the course's folder. Raises RosterError, GradebookError, OutputError.
    """
    database.api()  # nothing is written where nbgrader is missing
    people = [] if students is None else roster.read(students)
    settings = f'lang="{lang}"' + (f", course={str(course.root)!r}" if course_named else "")
    made = {CONFIG: LINES.format(settings=settings).encode()}
    for assignment in map(course.assignment, course.ids):
        made |= {f"source/{assignment.id}/{name}": data for name, data in _files(assignment)}
    told = list(_written(dest, made, settings))
    url = f"sqlite:///{dest.resolve() / GRADEBOOK}"
    gradebook = database.open_gradebook(url)
    try:
        with database.explained(url):
            new = roster.enter(gradebook, people)
    finally:
        gradebook.close()
    if people:
        told.append(f"{len(people)} students in the roster, {new} of them new in {dest / GRADEBOOK}")
    first = course.ids[0] if course.ids else "ASSIGNMENT"
    told.append(f"next: cd {dest} && nbgrader generate_assignment {first}")
    return told


def _files(assignment: Assignment) -> Iterator[tuple[str, bytes]]:
    """The files of an assignment's source folder."""
    yield f"{scheme.notebook_id(assignment)}.ipynb", assemble.instructor(assignment)
    for path in sorted((assignment.folder / "pictures").glob("*")):
        if path.suffix in (".svg", ".png"):
            yield f"pictures/{path.name}", path.read_bytes()
    if '"datasets"' in assignment.reference.read_text("utf-8"):
        data = assignment.course.datasets
        for path in data.files:
            yield f"datasets/{path.relative_to(data.root).as_posix()}", path.read_bytes()


def _written(dest: Path, made: dict[str, bytes], settings: str) -> Iterator[str]:
    """Write what is not there or was not changed. Raises OutputError."""
    record = dest / WRITTEN
    known: dict[str, str] = {}
    if record.is_file():
        try:
            known = dict(json.loads(record.read_bytes()))
        except (ValueError, TypeError) as error:
            raise OutputError(f"{record}: {error}; delete it, and everything that differs is kept") from error
    _make(dest, 0o700)  # solutions and marks lie here
    kept, count = [], 0
    for name, data in made.items():
        path = dest / name
        there = _digest(path.read_bytes()) if path.is_file() else None
        if there is not None and there not in (known.get(name), _digest(data)):
            kept.append(name)
            continue
        if there != _digest(data):
            _make(path.parent)
            write(path, data)
            count += 1
        known[name] = _digest(data)
    write(record, json.dumps(known, indent=1, sort_keys=True).encode() + b"\n")
    yield f"{count} of {len(made)} files written to {dest}"
    for name in kept:
        yield f"kept as it is, for it was changed: {dest / name}"
    if CONFIG in kept:
        lines = f"`from autograder.nbgrader import configure` and `configure(c, {settings})`"
        yield f"make sure that {dest / CONFIG} has the lines {lines}"


def _make(folder: Path, mode: int = 0o777) -> None:
    try:
        folder.mkdir(mode, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose a folder that can be written") from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
