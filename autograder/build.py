"""Generate what is derived (stubs, notebooks, the table of the course), or say what is out of date."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from autograder import contents, notebook
from autograder.course import Assignment, Course, CourseError
from autograder.stub import stub


def run(course: Course, check: bool) -> list[Path]:
    """Write the files that differ from what is there; with `check` only report them. Prints a line per file.

    Returns the stale files with `check`, else nothing. Raises CourseError, StubError, ManifestError before anything is
    written.
    """
    stale = [_settle(path, path.relative_to(course.root).as_posix(), data, check) for path, data in _wanted(course)]
    return [path for path in stale if path is not None]


def stale(course: Course) -> list[tuple[str, str]]:
    """Path and fact of each file that is not what `run` would write. Raises as `run` does."""
    found = [(path, _fact(_current(path), data)) for path, data in _wanted(course)]
    return [(path.relative_to(course.root).as_posix(), fact) for path, fact in found if fact]


def _wanted(course: Course) -> list[tuple[Path, bytes]]:
    """Every file that is made, with the bytes that it must have."""
    if not (course.root / "solutions").is_dir():
        raise CourseError(f"{course.root}: no solutions/ folder; stubs are built where the solutions are")
    made: list[tuple[Path, bytes]] = []
    for assignment in map(course.assignment, course.ids):
        made.append((assignment.stub, generated(assignment).encode()))
        made.append((assignment.notebook, notebook.student(assignment)))
    return [*made, *((path, text.encode()) for path, text in contents.tables(course))]


def _current(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _fact(current: bytes | None, wanted: bytes) -> str:
    """What is wrong with a file, if something is."""
    if current == wanted:
        return ""
    return "not there" if current is None else "out of date"


def generated(assignment: Assignment) -> str:
    """The text that the stub must have. Raises CourseError, StubError."""
    path = assignment.reference
    shown = path.relative_to(assignment.course.root).as_posix()
    try:
        source = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CourseError(f"{shown}: not there; write the reference solution, the stub is made from it") from None
    except OSError as error:
        raise CourseError(f"{shown}: {error.strerror}; make the reference solution readable") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CourseError(f"{shown}:{line}  not UTF-8; save the file again with the encoding UTF-8") from error
    return stub(source, shown)


def _settle(path: Path, shown: str, wanted: bytes, check: bool) -> Path | None:
    """One file; returns it if it is stale and stays so."""
    fact = _fact(_current(path), wanted)
    if not fact:
        print(f"{shown}  up to date")
        return None
    if check:
        print(f"{shown}  {fact}; run autograder build")
        return path
    _write(path, wanted, shown)
    print(f"{shown}  written")
    return None


def _write(path: Path, data: bytes, shown: str) -> None:
    """The whole file or the old one, never a part of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise CourseError(f"{shown}: {error.strerror}; make the folder writable") from error
