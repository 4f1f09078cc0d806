"""What lies in INBOX and ANSWERS: one JSON file per pull request or student, checked on reading."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from autograder.ci.event import CiError
from autograder.ingest import Submission
from autograder.result import Result

RESULTS = "result"  # beside the answers: all Results, as `grade --json` writes them
MAX_RECORD = 16 << 20  # bytes; what is larger is no homework


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Taken(_Record, frozen=True):
    """A submission of an assignment."""

    assignment: str
    submission: Submission


class Misplaced(_Record, frozen=True):
    """A module that lies where nothing is graded, and where it belongs."""

    path: str
    belongs: str


class Received(_Record, frozen=True, kw_only=True):
    """The submissions of one student at one commit."""

    schema: Literal["autograder/received/1"] = "autograder/received/1"
    student: str
    commit: str
    submissions: tuple[Taken, ...] = ()
    misplaced: tuple[Misplaced, ...] = ()


class Answer(_Record, frozen=True, kw_only=True):
    """What grading them brought. `lines`: where each task is defined, by assignment and task."""

    schema: Literal["autograder/answer/1"] = "autograder/answer/1"
    student: str
    commit: str
    results: tuple[Result, ...] = ()
    lines: dict[str, dict[str, int]] = {}
    misplaced: tuple[Misplaced, ...] = ()


R = TypeVar("R", Received, Answer)


def make(folder: Path) -> None:
    """Raises CiError where there can be no such folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CiError(f"{folder}: {error.strerror}; name a folder that can be written") from error


def clear(folder: Path, kind: type[R]) -> None:
    """Make the folder, and take away what an earlier run left in it. Raises CiError."""
    make(folder)
    for name in names(folder):
        path = folder / f"{name}.json"
        with contextlib.suppress(CiError):
            read(path, kind)
            path.unlink()


def write(folder: Path, name: str, record: Received | Answer) -> None:
    """Raises CiError."""
    make(folder)
    path = folder / f"{name}.json"
    data = msgspec.json.encode(record)
    if len(data) > MAX_RECORD:
        raise CiError(f"{path}: would be larger than {MAX_RECORD >> 20} MiB; hand in less")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CiError(f"{path}: {error.strerror}; choose a folder that can be written") from error


def read(path: Path, kind: type[R]) -> R:
    """The record at `path`. Raises CiError where it is not there, too large or of another form."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_RECORD + 1)
    except OSError as error:
        raise CiError(f"{path}: {error.strerror}; the step before this one writes it") from error
    if len(data) > MAX_RECORD:
        raise CiError(f"{path}: more than {MAX_RECORD >> 20} MiB, which no record has")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise CiError(f"{path}: not a record of this kind ({error})") from error


def names(folder: Path) -> list[str]:
    """The names of the records in `folder`. Raises CiError where there is no such folder."""
    if not folder.is_dir():
        raise CiError(f"{folder}: no such folder; the step before this one makes it")
    return sorted((path.stem for path in folder.glob("*.json")), key=_in_order)


def _in_order(name: str) -> list[tuple[int, str]]:
    """So that pull-10 comes after pull-9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]
