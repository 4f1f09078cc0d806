"""Grade many submissions: parallel over cores, resumable, every finished Result on disk before the next one.

Each grader process owns a zygote and takes one submission at a time from the parent. A Result whose digests and seed
are those of the submission, grader, engine and environment at hand is taken from `--out` instead of being made again.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Protocol

from autograder import course, grade, output
from autograder.course import Assignment
from autograder.ingest import Submission, Wanted, collect
from autograder.result import Result, from_json, to_json
from autograder.text import Lang

KEEP_IT = "keep it safe, the hidden inputs follow from it"
PATIENCE, PATIENCE_SECONDS = 2, 60.0  # a grader may take twice a submission's total, and as much again for itself
FEW = 2  # up to here a second process costs more than it saves
PROCESSES = multiprocessing.get_context("fork")  # what was imported is there at once; zygotes are exec'ed all the same


@dataclass(frozen=True)
class Options:
    """What `grade` was asked for."""

    out: Path | None
    json: str | None
    jobs: int | None
    fresh: bool
    lang: Lang


class Keeper(Protocol):
    """Somewhere else to keep Results: a gradebook."""

    def add(self, result: Result) -> None:
        """Keep one Result now; the same one again changes nothing."""

    def summary(self) -> str:
        """What to tell at the end."""


def run(
    assignment: Assignment,
    paths: Sequence[Path],
    options: Options,
    secret: bytes | None = None,
    opened: Callable[[], AbstractContextManager[Keeper | None]] = contextlib.nullcontext,
) -> bool:
    """Grade and report; returns whether any grade is withheld. `secret`: in place of the course's own.

    `opened` gives somewhere else to keep Results; it is called while the graders start.
    Raises IngestError, OutputError, SandboxUnavailable, GraderError, CourseError, KeyboardInterrupt, and what `opened`
    and its Keeper raise.
    """
    if not assignment.grader.is_dir():
        raise course.CourseError(
            f"{assignment.id}: this copy has no hidden graders; grade in the instructor's repository"
        )
    submissions = collect(paths, Wanted.of(assignment))
    report = output.Report(assignment, options.out, options.json, options.lang, len(submissions))
    secret = secret or course.secret(assignment.course, made=lambda path: report.note(f"{path}: made; {KEEP_IT}"))
    kept = {} if options.fresh else report.kept(submissions, grade.Identity(assignment, secret))
    todo = [submission for submission in submissions if submission.student not in kept]
    results = dict(kept)
    jobs = options.jobs or os.cpu_count() or 1
    with graders(assignment, secret, len(todo), jobs) as grader, opened() as keeper:

        def deliver(result: Result) -> None:
            with undisturbed():  # what is told at the end is what is on disk
                results[result.student] = result
                report.add(result)
                if keeper is not None:
                    keeper.add(report.marked(result))

        for result in kept.values():
            report.keep(result)
            if keeper is not None:
                keeper.add(report.marked(result))
        try:
            with report.progress(done=len(kept)):
                grader.grade(todo, deliver)
        finally:
            told = keeper.summary() if keeper is not None else None
            report.finish([results[s.student] for s in submissions if s.student in results], told)
    return any(result.status == "withheld" for result in results.values())


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of the block."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def grade_all(
    assignment: Assignment,
    secret: bytes,
    submissions: Sequence[Submission],
    deliver: Callable[[Result], None],
    jobs: int,
) -> None:
    """Grade `submissions` with up to `jobs` processes; Results are delivered as they come, in this process."""
    with graders(assignment, secret, len(submissions), jobs) as all_of_them:
        all_of_them.grade(submissions, deliver)


def graders(assignment: Assignment, secret: bytes, count: int, jobs: int) -> grade.Grader | Pool:
    """What grades `count` submissions with up to `jobs` processes; they get ready while this one goes on."""
    if count and (jobs == 1 or count <= FEW):
        return grade.Grader(assignment, secret)
    return Pool(assignment, secret, min(jobs, count))


class Pool:
    """Grader processes that each take one submission at a time. Use it as a context manager."""

    def __init__(self, assignment: Assignment, secret: bytes, size: int) -> None:
        self._assignment = assignment
        self._secret = secret
        self._graders = [self._start() for _ in range(size)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for grader in self._graders:
            grader.stop()

    def grade(self, submissions: Sequence[Submission], deliver: Callable[[Result], None]) -> None:
        """Hand out `submissions` in order. A grader that dies or hangs withholds the grade of its submission alone."""
        waiting = list(reversed(submissions))
        while waiting or any(grader.task for grader in self._graders):
            for grader in self._graders:
                if grader.task is None and waiting:
                    grader.give(waiting.pop())
            busy = {grader.connection: grader for grader in self._graders if grader.task is not None}
            for connection in wait(list(busy), timeout=1.0):
                deliver(self._collect(busy[connection]))  # type: ignore[index]
            for grader in busy.values():
                grader.kill_if_late()

    def _collect(self, grader: _GraderProcess) -> Result:
        submission = grader.task
        assert submission is not None
        try:
            answer = grader.take()
        except (EOFError, OSError):
            grader.stop()
            self._graders[self._graders.index(grader)] = self._start()
            fact = "the grader process did not answer in time" if grader.late else "the grader process ended"
            fact = f"{fact} (exit code {grader.exit_code})"
            return grade.Identity(self._assignment, self._secret).withheld(submission, fact)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _start(self) -> _GraderProcess:
        return _GraderProcess(self._assignment, self._secret)


class _GraderProcess:
    """One process with one Grader, seen from the parent."""

    def __init__(self, assignment: Assignment, secret: bytes) -> None:
        self.connection, theirs = PROCESSES.Pipe()
        self.task: Submission | None = None
        self.late = False
        self._patience = PATIENCE * assignment.manifest.limits.total_seconds + PATIENCE_SECONDS
        self._deadline = 0.0
        self._process = PROCESSES.Process(target=_serve, args=(theirs, assignment, secret), daemon=True)
        with undisturbed(), theirs:
            self._process.start()

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode

    def give(self, submission: Submission) -> None:
        self.task = submission
        self._deadline = time.monotonic() + self._patience
        with contextlib.suppress(OSError):  # a process that is gone says so to `take`
            self.connection.send(submission)

    def take(self) -> Result | Exception:
        """The answer to `give`. Raises EOFError when the process is gone."""
        answer = self.connection.recv()
        self.task = None
        return from_json(answer) if isinstance(answer, bytes) else answer

    def kill_if_late(self) -> None:
        """A hidden test that never ends is the grader's own fault; student code has its limits in the sandbox."""
        if self.task is not None and time.monotonic() > self._deadline:
            self.late = True
            self._process.kill()

    def stop(self) -> None:
        if self.task is None:
            with contextlib.suppress(OSError):
                self.connection.send(None)
        self._process.join(5 if self.task is None else 0.1)  # who is amid a submission is not waited for
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.connection.close()


def _serve(connection: Connection, assignment: Assignment, secret: bytes) -> None:
    """The body of a grader process: submissions in, Results out, until there is None."""
    begin_process()
    try:
        with grade.Grader(assignment, secret) as grader:
            grader.grade(iter(connection.recv, None), lambda result: connection.send(to_json(result)))
    except Exception as error:
        connection.send(error)


def begin_process() -> None:
    """What a process that grades does first: Ctrl-C is the parent's to handle, nothing is read, and it ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    sys.stdin = open(os.devnull)  # noqa: SIM115
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__  # the bar on the terminal is the parent's
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Without its parent a grader would go on with a submission that nobody waits for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
