"""Grading for nbgrader: a process of its own, which the nbgrader process only asks.

    python -P -m autograder.nbgrader.grading     an Order as one line of JSON on stdin; one Answer a line on stdout

nbgrader's process holds a connection to the gradebook, a Jupyter server's even more: nothing of a student comes into
it but a Result. The submissions of one run are graded together, over all cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import IO

import msgspec

from autograder.ingest import IngestError, Problem, Submission, Wanted, collect, visible
from autograder.ingest.submission import kind_of, not_a_file, of_refusal, student_name
from autograder.result import Result
from autograder.sandbox.launcher import THREADS

FAILED = 3
EXPECTED = ("CourseError", "ManifestError", "GraderError", "CatalogueError", "SandboxUnavailable")


class Paper(msgspec.Struct, frozen=True):
    """One notebook to grade; `student` as nbgrader has it."""

    student: str
    path: str


class Order(msgspec.Struct, frozen=True):
    """What to grade, of which assignment of the course at `root`."""

    root: str
    assignment: str
    papers: tuple[Paper, ...]


class Answer(msgspec.Struct, frozen=True):
    """The Result of one paper."""

    student: str
    result: Result


class GradingError(Exception):
    """Nothing can be graded; the text says what to do."""


# ---- the side of nbgrader ----


class Grading:
    """Papers that are being graded; ask for each Result when it is needed. Raises GradingError."""

    def __init__(self, order: Order) -> None:
        command = [sys.executable, "-P", "-m", "autograder.nbgrader.grading"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=_environment())
        self._results: dict[str, Result] = {}
        self._count = len(order.papers)
        self._said: list[bytes] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        try:
            self._stdin.write(msgspec.json.encode(order) + b"\n")
            self._stdin.flush()
        except OSError:
            raise self._failed() from None

    def result(self, student: str) -> Result:
        """The Result of a student's paper. Raises GradingError where the process has ended without one."""
        while student not in self._results:
            if self._stdout.closed:
                raise GradingError(f"{student}: was not among what was to be graded; run the same command again")
            line = self._stdout.readline()
            if not line.endswith(b"\n"):
                raise self._failed()
            answer = msgspec.json.decode(line, type=Answer)
            self._results[answer.student] = answer.result
            if len(self._results) == self._count:
                self.close()
        return self._results[student]

    def close(self) -> None:
        """End the process; what it has not graded is not wanted any more."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._stdin, self._stdout):
            stream.close()

    def _failed(self) -> GradingError:
        self.close()
        said = b"".join(self._said).decode(errors="replace").strip()
        return GradingError(said or f"the grading process ended (exit code {self._process.returncode}); run it again")

    def _listen(self) -> None:
        """What is told on stderr: kept for an error, and shown."""
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            for line in stream:
                self._said = [*self._said[-50:], line]
                print(line.decode(errors="replace"), end="", file=sys.stderr)

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout


def _environment() -> dict[str, str]:
    """This process's, with the package found where it was found here: nbgrader may have it from its own sys.path.

    One thread for each grader: they work side by side already.
    """
    found = str(Path(__file__).parents[2])
    return (
        os.environ
        | dict.fromkeys(THREADS, "1")
        | {"PYTHONPATH": os.pathsep.join([found, *filter(None, [os.environ.get("PYTHONPATH")])])}
    )


# ---- the side of the grader ----


def main() -> int:
    """Grade what stdin orders; ends with the process that ordered it."""
    from autograder import course
    from autograder.batch import grade_all
    from autograder.course import Course

    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whoever prints in this process writes no answer
        order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
        threading.Thread(target=_end_with_nbgrader, daemon=True).start()
        assignment = Course(Path(order.root)).assignment(order.assignment)
        secret = course.secret(
            assignment.course, made=lambda path: print(f"{path}: made; keep it safe", file=sys.stderr)
        )
        papers = _by_name(order.papers)
        submissions = [_submission(paper, name, Wanted.of(assignment)) for name, paper in papers.items()]

        def deliver(result: Result) -> None:
            answers.write(msgspec.json.encode(Answer(papers[result.student].student, result)) + b"\n")
            answers.flush()

        grade_all(assignment, secret, submissions, deliver, os.cpu_count() or 1)
    return 0


def _by_name(papers: Iterable[Paper]) -> dict[str, Paper]:
    """Papers by the student's name as `autograder grade` has it: hidden inputs follow from it."""
    named: dict[str, Paper] = {}
    for paper in papers:
        name = student_name(paper.student)
        while name in named:  # two spellings of one name
            name += "'"
        named[name] = paper
    return named


def _submission(paper: Paper, student: str, wanted: Wanted) -> Submission:
    path = Path(paper.path)
    if os.path.lexists(path) and (kind := kind_of(os.lstat(path).st_mode)) != "file":
        return of_refusal(student, visible(str(path)), not_a_file(path.name, kind))
    try:
        (submission,) = collect([path], wanted)
    except IngestError as error:
        problem = Problem("ingest.unreadable", {"reason": str(error)}, "ours")
        return Submission(student, None, "", visible(str(path)), problem)
    return replace(submission, student=student)


def _end_with_nbgrader() -> None:
    while os.read(0, 1):  # no buffered read: its lock would be held at the end of this process
        pass
    os._exit(1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if type(error).__name__ not in EXPECTED:
            raise
        print(f"autograder: {error}", file=sys.stderr)
        sys.exit(FAILED)
