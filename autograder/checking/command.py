"""`autograder check`: the visible examples on the student's own code, answered while they still look at the screen.

The child process starts first and imports pytest and NumPy while this one reads manifests; see `child`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.answers import Answers, Found, Order
from autograder.checking import work
from autograder.checking.child import Child, Examination
from autograder.checking.work import Work
from autograder.course import Assignment, Course
from autograder.marks import GraderError
from autograder.text import Lang, Text

if TYPE_CHECKING:
    from autograder.render.answers import Report

UNPROTECTED = Text(
    en="check runs your code as it is, unprotected, on this computer; run only what you wrote yourself.",
    ko="check는 보호 장치 없이 이 컴퓨터에서 코드를 그대로 실행합니다. 직접 쓴 코드만 실행하세요.",
)
WATCHING = Text(en="watching {files}; Ctrl-C ends", ko="{files} 파일을 지켜보는 중입니다. 끝내려면 Ctrl-C를 누르세요.")
EXAMPLES = "test_examples.py"
POLL_SECONDS, QUIET_SECONDS = 0.2, 0.8


def run(assignments: Sequence[Assignment], lang: Lang, watch: bool = False) -> bool:
    """Print a report for each; True when every example passes.

    Raises CourseError, ManifestError, and GraderError where the examples themselves cannot be run.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console without ✓ gets ?
    checker = Checker(lang)
    try:
        return checker.watch(assignments) if watch else checker.check(assignments)
    finally:
        checker.close()


class Checker:
    """Checks assignments one after the other; the process for the next one is started ahead."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._spare: Child | None = Child()
        self._warned = False

    def close(self) -> None:
        if self._spare is not None:
            self._spare.close()
            self._spare = None

    def check(self, assignments: Sequence[Assignment]) -> bool:
        outcomes = []
        for number, assignment in enumerate(assignments, start=1):
            print("\n" if number > 1 else "", end="")
            outcomes.append(self._one(assignment, more=number < len(assignments)))
        if not self._warned:
            self._warned = True
            sys.stdout.flush()
            print(f"\n{UNPROTECTED.in_(self._lang)}", file=sys.stderr)
        return all(outcomes)

    def watch(self, assignments: Sequence[Assignment]) -> bool:
        """Check again whenever a file was saved, until Ctrl-C; True when the last check was all right."""
        good = False
        files = [path for one in assignments for path in (one.stub, one.notebook, one.folder / EXAMPLES)]
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                seen = [_state(path) for path in files]
                print(f"──── {time.strftime('%H:%M:%S')} " + "─" * 50)
                try:
                    good = self.check(assignments)
                except GraderError as error:
                    good = False
                    print(f"autograder: {error}", file=sys.stderr)
                names = ", ".join(dict.fromkeys(path.name for path in files))
                print(f"\n{WATCHING.in_(self._lang).format(files=names)}", flush=True)
                self._spare = self._spare or Child()
                while seen == [_state(path) for path in files]:
                    time.sleep(POLL_SECONDS)
        print()
        return good

    def _one(self, assignment: Assignment, more: bool) -> bool:
        from autograder import messages
        from autograder.render.account import Account
        from autograder.render.answers import Report
        from autograder.render.places import InFile, InNotebook, Places

        manifest = assignment.manifest
        answers = Answers()
        mine = work.of(assignment, self._lang)
        empty = mine.unanswered(manifest)
        places: Places = InNotebook(mine.path.name, mine.cells) if mine.cells else InFile(mine.path.name)
        account = Account(assignment.id, manifest, answers, messages.catalogue(), self._lang, places, empty)
        report = Report(account, _colourful())
        with _Screen(report) as screen:
            if isinstance(mine.source, Found):
                answers.problem = mine.source
            else:
                self._examine(assignment, mine, Examination(manifest.limits, answers, screen), more)
            screen.finish()
        return answers.all_right

    def _examine(self, assignment: Assignment, mine: Work, examination: Examination, more: bool) -> None:
        examples = assignment.folder / EXAMPLES
        try:
            text = examples.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GraderError(f"{examples}: {error}; an assignment needs its visible examples") from error
        child = self._spare or Child()
        self._spare = None
        try:
            self._spare = Child() if more else None
            about = assignment.manifest
            tasks = tuple(spec.name for spec in about.tasks)
            source = str(mine.source)
            examination.run(Order(about.module, mine.path, source, examples, text, mine.cells, tasks), child)
        finally:
            child.close()


class _Screen:
    """Prints a report as it grows, and on a terminal what is waited for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told = -1  # how many tasks; -1: not even the head
        self._waiting = False
        self._started = time.monotonic()

    def __enter__(self) -> _Screen:
        return self

    def __call__(self, test: str) -> None:
        """Called with the example that is asked now."""
        self._tell()
        if time.monotonic() - self._started > QUIET_SECONDS and sys.stderr.isatty():
            self._waiting = True
            print(f"\r\033[K{ascii(test)[1:-1][:60]} …", end="", file=sys.stderr, flush=True)

    def finish(self) -> None:
        self._tell()
        if tail := self._report.tail():
            print("\n".join(tail), flush=True)

    def __exit__(self, *_: object) -> None:
        self._wipe()

    def _tell(self) -> None:
        tasks = list(self._report.tasks())
        lines = [] if self._told >= 0 else self._report.head()
        lines += [line for task in tasks[max(self._told, 0) :] for line in task]
        self._told = len(tasks)
        if lines:
            self._wipe()
            print("\n".join(lines), flush=True)

    def _wipe(self) -> None:
        if self._waiting:
            self._waiting = False
            print("\r\033[K", end="", file=sys.stderr, flush=True)


# ---- which assignments, which file ----


def chosen(course: Course, name: str | None) -> list[Assignment]:
    """The assignment of this name, else the one in whose folder the student stands, else all begun, else the first."""
    if name:
        return [course.assignment(name)]
    assignments = [course.assignment(id) for id in course.ids]
    here = Path.cwd().resolve()
    for assignment in assignments:
        if assignment.folder.resolve() in (here, *here.parents):
            return [assignment]
    return begun(course) or assignments[:1]


def begun(course: Course) -> list[Assignment]:
    """The assignments with a task that is no longer the stub that it was."""
    assignments = map(course.assignment, course.ids)
    return [assignment for assignment in assignments if work.of(assignment).is_begun(assignment.manifest)]


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _colourful() -> bool:
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain and (os.name == "posix" or "WT_SESSION" in os.environ)
