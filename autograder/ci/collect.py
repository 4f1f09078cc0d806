"""Students who each have a private repository: who they are, and their submissions by plain git.

students.csv has the columns `student` and `repository` (OWNER/NAME, or whatever `git fetch` takes), and, where wanted,
`branch` and `lang` (en, ko).
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.ci import records
from autograder.ci.event import CiError
from autograder.ci.fetch import HOME, receive, told
from autograder.ci.objects import GitError, Stubs, fetched
from autograder.course import Course
from autograder.ingest import file_name
from autograder.text import LANGS, Lang, clean

COLUMNS = "student,repository[,branch][,lang]"
_ON_GITHUB = re.compile(r"\w[\w.-]*/[\w.-]+\Z", re.ASCII)


@dataclass(frozen=True)
class Student:
    """One row of students.csv."""

    student: str
    repository: str
    branch: str = ""
    lang: Lang | None = None

    @property
    def name(self) -> str:
        """What their files are called in the inbox and among the answers."""
        return f"student-{file_name(self.student)}"

    @property
    def on_github(self) -> bool:
        return _ON_GITHUB.match(self.repository) is not None

    @property
    def url(self) -> str:
        server = os.environ.get("GITHUB_SERVER_URL") or "https://github.com"
        if self.on_github:
            return f"{server}/{self.repository}.git"
        return str(Path(self.repository).resolve()) if self.repository.startswith(".") else self.repository


def students(path: Path) -> list[Student]:
    """The rows of students.csv. Raises CiError with file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CiError(f"{path}: {error.strerror}; name the table of students, {COLUMNS}") from error
    except UnicodeDecodeError as error:
        raise CiError(f"{path}: not UTF-8; save it again, in a spreadsheet as CSV UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if not {"student", "repository"} <= set(reader.fieldnames or ()):
            first = clean(text.partition("\n")[0].strip(), 100)
            raise CiError(f"{path}:1  the columns must be {COLUMNS}, with commas, but are {first!r}; repair the line")
        found = [_student(path, reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CiError(f"{path}:{reader.line_num}  {error}; repair the line") from error
    if not found:
        raise CiError(f"{path}: no student below the first line; add a row for each")
    twice = sorted({one.student for one in found if sum(other.name == one.name for other in found) > 1})
    if twice:
        raise CiError(f"{path}: {twice[0]} is there twice; give every student one row")
    return found


def _student(path: Path, line: int, row: dict[str, str | None]) -> Student:
    cells = {name: (row.get(name) or "").strip() for name in ("student", "repository", "branch", "lang")}
    if not cells["student"] or not cells["repository"]:
        raise CiError(f"{path}:{line}  student or repository is empty; complete the row")
    if cells["repository"].startswith("-") or cells["branch"].startswith("-"):
        raise CiError(f"{path}:{line}  a repository or branch starts with a dash; correct the row")
    lang = next((lang for lang in LANGS if lang == cells["lang"]), None)
    if cells["lang"] and lang is None:
        raise CiError(f"{path}:{line}  lang is {cells['lang']!r}; write en or ko")
    return Student(cells["student"], cells["repository"], cells["branch"], lang)


def collect(course: Course, everyone: Sequence[Student], inbox: Path) -> list[str]:
    """Write each student's submissions to `inbox`; returns a line about each whose repository could not be read."""
    failed = []
    for place, one in enumerate(everyone, start=1):
        count = f"[{place}/{len(everyone)}] {clean(one.student)}"
        try:
            with fetched(one.url, one.branch or "HEAD", os.environ.get("GIT_TOKEN", "")) as head:
                received = receive(course, one.student, head.sha, head, Stubs(course, head.folder(HOME)))
                records.write(inbox, one.name, received)
        except (GitError, CiError) as error:
            failed.append(f"{clean(one.student)}: {error}; check the repository, and that the token may read it")
            print(f"{count}  could not be read")
            continue
        print(f"{count}  {received.commit[:7]}  {told(received)}")
    return failed
