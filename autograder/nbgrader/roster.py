"""A class as CSV, with the columns of `nbgrader db student import`. What is wrong is told before it is entered."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")
ODD = '<>"'  # nbgrader's pages show a name as it is
FORMULA = ("=", "+", "-", "@")  # a spreadsheet takes such a cell for one
MOST = 128  # characters, as the gradebook has it


class RosterError(Exception):
    """The roster cannot be used; the text says file, line and what to do."""


def read(path: Path) -> list[dict[str, str]]:
    """The students in `path`: what is filled in, by column. Raises RosterError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError(f"{path}: not in UTF-8; save it as `CSV UTF-8`") from None
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror}; check the path") from None
    students: dict[str, dict[str, str]] = {}
    for line, row in _rows(path, text):
        student = unicodedata.normalize("NFC", row.get("id", ""))
        if problem := _problem(student):
            raise RosterError(f"{path}:{line}  {problem}")
        if student in students:
            raise RosterError(f"{path}:{line}  {student!r} is there twice; delete one")
        for name, cell in row.items():
            if odd(cell) or (cell.startswith(FORMULA) and len(cell) > 1 and name != "id"):
                fact = f"{name} {cell!r} holds one of {ODD}, what cannot be seen, or begins like a formula"
                raise RosterError(f"{path}:{line}  {fact}; write the name without it")
        students[student] = row | {"id": student}
    if not students:
        raise RosterError(f"{path}: no student; write a line for each, below a line with {','.join(COLUMNS[:4])}")
    return list(students.values())


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and filled cells of every row."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        unknown = [name for name in names if name not in COLUMNS]
        if "id" not in names or unknown or len(set(names)) < len(names):
            fact = f"unknown column {unknown[0]!r}" if unknown else "no column `id`, or a column twice"
            raise RosterError(f"{path}:1  {fact}; the first line names the columns: {', '.join(COLUMNS)}")
        reader.fieldnames = names
        for row in reader:
            if None in row or None in row.values():
                fact = f"{len(names)} columns, but another number of cells"
                raise RosterError(f"{path}:{reader.line_num}  {fact}; put quotes around a cell with a comma")
            cells = {name: cell.strip() for name, cell in row.items() if cell.strip()}
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise RosterError(f"{path}:{reader.line_num}  {error}; repair the line") from error


def _problem(student: str) -> str:
    """Why an id cannot be the name of a folder in `submitted/`, if it cannot."""
    if not student:
        return "no id; it is the name of the student's folder"
    if len(student) > MOST:
        return f"the id has more than {MOST} characters; shorten it"
    unfit = [c for c in student if c in '/\\*?[]{}<>:"|+' or unicodedata.category(c)[0] == "C"]
    if unfit or student.startswith((".", *FORMULA)) or student != student.strip():
        return f"id {student!r} cannot be a folder's name; use letters, digits, - and _"
    return ""


def odd(name: str) -> bool:
    """Whether a name could be markup on nbgrader's pages, or holds what no database takes."""
    return any(c in ODD or unicodedata.category(c) in ("Cc", "Cs") for c in name)


def enter(gradebook: Any, students: list[dict[str, str]]) -> int:
    """Put students into the gradebook, or what is filled in to those who are there; returns how many are new."""
    there = {student.id for student in gradebook.students}
    for row in students:
        gradebook.update_or_create_student(row["id"], **{name: cell for name, cell in row.items() if name != "id"})
    return sum(row["id"] not in there for row in students)
