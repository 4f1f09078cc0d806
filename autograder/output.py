"""Where results go: JSON and feedback pages per student, grades.csv, the class page, the terminal.

DIR/results/NAME.json     one Result per student, written as soon as it is there
DIR/feedback/NAME.html    what the student reads; NAME.md the same for a comment or an LMS
DIR/grades.csv            one row per student
DIR/written.csv           written answers, to be marked by hand (see markbook)
DIR/index.html            the class: who got what, the commonest mistakes
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from autograder import written
from autograder.course import Assignment
from autograder.grade import Identity
from autograder.ingest import Submission, file_name
from autograder.markbook import NAME as MARKBOOK
from autograder.markbook import Markbook, MarkbookError
from autograder.render import html, markdown, tables, terminal
from autograder.render.outline import trouble
from autograder.result import Result, ResultError, from_json, to_json
from autograder.text import Lang


class Terminal(Console):
    """A console that leaves a closed pipe to its caller; rich would end the program."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class OutputError(Exception):
    """Results cannot be written where they should; the text says what to do."""


class Report:
    """Collects Results and writes every form of them. `json`: a file, or `-` for standard output."""

    def __init__(self, assignment: Assignment, out: Path | None, json: str | None, lang: Lang, count: int) -> None:
        self._assignment = assignment
        self._manifest = assignment.manifest
        self._out = out
        self._json = json
        self._lang = lang
        self._count = count
        # Standard output belongs to the JSON where it was asked for there.
        self._console = Terminal(stderr=json == "-")
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        try:
            self._markbook = Markbook(out / MARKBOOK, self._manifest) if out and self._manifest.written else None
        except MarkbookError as error:
            raise OutputError(str(error)) from error
        for folder in () if out is None else (out / "results", out / "feedback"):
            _make(folder)
        if json not in (None, "-"):
            _check_writable(Path(str(json)))
        other = next((r for r in self._on_disk() if r.assignment != assignment.id), None)
        if other is not None:
            raise OutputError(f"{out}: holds results of {other.assignment}; choose another folder with --out")

    def kept(self, submissions: Sequence[Submission], identity: Identity) -> dict[str, Result]:
        """Results of an earlier run that still hold, by student."""
        kept = {}
        for submission in submissions if self._out is not None else ():
            with contextlib.suppress(OSError, ResultError):
                result = from_json(self._path("results", submission.student, "json").read_bytes())
                if result.status == "graded" and identity.made(result, submission):
                    kept[submission.student] = result
        return kept

    def _on_disk(self) -> Iterator[Result]:
        """The Results of earlier runs that lie in the output folder."""
        paths = [] if self._out is None else sorted((self._out / "results").glob("*.json"))
        for path in paths:
            with contextlib.suppress(OSError, ResultError):
                yield self.marked(from_json(path.read_bytes()))

    def marked(self, result: Result) -> Result:
        """`result` with what a person gave for its written answers."""
        return written.marked(result, self._markbook.marks(result.student)) if self._markbook else result

    def keep(self, result: Result) -> None:
        """Make the pages of a Result of an earlier run, where they are missing or in the other language."""
        if result.manual:  # marked since then, perhaps
            self._keep(result)
            return
        page = self._path("feedback", result.student, "html")
        with contextlib.suppress(OSError), page.open(encoding="utf-8") as file:
            if f'<html lang="{self._lang}"' in file.read(500):
                return
        self._pages(result)

    def _keep(self, result: Result) -> None:
        result = self.marked(result)
        self._write("results", result.student, "json", to_json(result))
        self._pages(result)

    def _pages(self, result: Result) -> None:
        self._write("feedback", result.student, "html", html.page(result, self._lang, self._manifest).encode())
        self._write("feedback", result.student, "md", markdown.report(result, self._lang, self._manifest).encode())

    def add(self, result: Result) -> None:
        """Write one Result and its feedback page now, so that nothing finished is ever lost."""
        if self._out is not None:
            self._keep(result)
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def note(self, text: str) -> None:
        """Tell the person at the terminal something that belongs to no Result."""
        Console(stderr=True, soft_wrap=True).print(text, markup=False, highlight=False)

    @contextlib.contextmanager
    def progress(self, done: int) -> Iterator[None]:
        """A bar with an ETA on standard error, where that is a terminal and there is something to wait for."""
        console = Console(stderr=True)
        if not console.is_terminal or self._count < 2:
            yield
            return
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("ETA"), TimeRemainingColumn())
        with Progress(TextColumn(self._assignment.id), *columns, console=console, transient=True) as self._progress:
            self._task = self._progress.add_task("", total=self._count, completed=done)
            yield

    def finish(self, results: Sequence[Result], more: str | None = None) -> None:
        """Write what covers the whole class, and print the table (or the one student's report), and `more`."""
        results = list(map(self.marked, results))
        if self._out is not None:
            # A late hand-in that is graded by itself joins its class.
            now = {result.student for result in results}
            everyone = [*results, *(result for result in self._on_disk() if result.student not in now)]
            write(self._out / "grades.csv", tables.grades_csv(everyone).encode())
            links = {result.student: f"feedback/{file_name(result.student)}.html" for result in everyone}
            rubric = written.rubric(self._assignment.grader, self._manifest)
            page = html.class_page(everyone, self._lang, links, self._manifest, rubric)
            write(self._out / "index.html", page.encode())
            if self._markbook is not None:
                write(self._out / MARKBOOK, self._markbook.text(everyone).encode())
        if self._json == "-":
            sys.stdout.write(array(results))
        elif self._json is not None:
            write(Path(self._json), array(results).encode())
        self._print(results)
        if more:
            self._console.print(more, markup=False, highlight=False)

    def _print(self, results: Sequence[Result]) -> None:
        if len(results) == 1 and self._count == 1:
            self._console.print(terminal.report(results[0], self._lang, self._manifest))
            if results[0].status == "withheld":  # the report is the student's; this is for whoever grades
                self._console.print(trouble(results[0], self._lang), markup=False, highlight=False)
        else:
            self._console.print(terminal.class_table(results, self._lang))
            if results:
                self._console.print(terminal.common_mistakes(results, self._lang)[1])
        if len(results) < self._count:
            again = "run the same command again to go on" if self._out else "use --out DIR to keep what is finished"
            self._console.print(f"{len(results)} of {self._count} graded; {again}")
        if self._out is not None:
            self._console.print(f"{self._out / 'grades.csv'}  {self._out / 'index.html'}  {self._out / 'feedback'}/")

    def _path(self, folder: str, student: str, ending: str) -> Path:
        assert self._out is not None
        return self._out / folder / f"{file_name(student)}.{ending}"

    def _write(self, folder: str, student: str, ending: str, data: bytes) -> None:
        write(self._path(folder, student, ending), data)


def array(results: Sequence[Result]) -> str:
    """Results as one JSON array."""
    return "[\n" + ",\n".join(to_json(result).decode().strip() for result in results) + "\n]\n"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose a folder that can be written with --out") from None


def _check_writable(path: Path) -> None:
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise OutputError(f"{path}: cannot be written; choose another file with --json")


def write(path: Path, data: bytes) -> None:
    """Replace `path` in one step: a reader sees the old file or the new one, never half of it.

    A link stays a link; a device or a pipe is written to, not replaced.
    """
    path = path.resolve()
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}; free space or choose another place, then run again") from None
