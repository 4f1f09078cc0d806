"""One submission to one Result: run the hidden tests in the sandbox and add up what they found."""

from __future__ import annotations

import ast
import contextlib
import datetime
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest

from autograder import cells, course, messages, tally, written
from autograder.attempt import GRADING, Attempt, HiddenTest, Outcome, Plan
from autograder.course import Assignment
from autograder.ingest import Submission
from autograder.lines import placed
from autograder.manifest import TaskSpec
from autograder.marks import Credit, Finding, GraderError
from autograder.plugin import GraderPlugin
from autograder.program import Program
from autograder.result import Manual, Part, Picture, Remark, Result, Task
from autograder.sandbox.client import SandboxUnavailable
from autograder.sandbox.zygotes import Zygotes
from autograder.text import Text, same

FEW = 5  # remarks of one kind
PLUGINS_NOT_USED = """
cacheprovider capture debugging doctest faulthandler junitxml legacypath logging monkeypatch nose pastebin recwarn
setuponly setupplan skipping stepwise subtests terminal terminalprogress threadexception tmpdir unittest
unraisableexception warnings
""".split()


@dataclass
class Job:
    """One submission on its way through the grader, and what of the grader it is to meet."""

    submission: Submission
    plan: Plan = GRADING
    attempt: Attempt | None = None
    began: float = 0.0


class Identity:
    """What a Result depends on besides the submission: assignment, secret, code, environment."""

    def __init__(self, assignment: Assignment, secret: bytes) -> None:
        self.assignment = assignment
        self.manifest = assignment.manifest
        self._secret = secret

    def seed(self, student: str) -> str:
        return course.seed(self._secret, self.assignment.id, student)

    def made(self, result: Result, submission: Submission) -> bool:
        """Whether `result` is what grading `submission` here and now would give."""
        same_code = result.digests == course.digests(self.assignment, submission.digest)
        return same_code and result.seed == self.seed(submission.student) and result.assignment == self.assignment.id

    def withheld(self, submission: Submission, fact: str) -> Result:
        """The Result of a submission whose grader failed."""
        catalogue = messages.catalogue(self.assignment.messages)
        message = catalogue.render("internal", {"text": fact})
        return self.result(
            submission, remarks=(Remark(kind="finding", key="internal", message=message),), withheld=True
        )

    def result(
        self,
        submission: Submission,
        *,
        tasks: Sequence[Task] = (),
        manual: Sequence[Manual] = (),
        remarks: Sequence[Remark] = (),
        pictures: Sequence[Picture] = (),
        layers: Sequence[str] = (),
        withheld: bool = False,
        began: float | None = None,
    ) -> Result:
        """The record of one grading. `began`: time.time() at its start."""
        now = time.time()
        began = now if began is None else began
        return Result(
            assignment=self.assignment.id,
            student=submission.student,
            status="withheld" if withheld else "graded",
            score=sum(task.score for task in tasks),
            max_score=self.manifest.max_score,
            bonus=sum(task.bonus for task in tasks),
            outstanding=sum(task.outstanding for task in tasks),
            tasks=tuple(tasks),
            manual=tuple(manual),
            remarks=tuple(remarks),
            pictures=tuple(pictures),
            cells=submission.cells,
            digests=course.digests(self.assignment, submission.digest),
            limits=self.manifest.limits,
            sandbox=tuple(layers),
            seed=self.seed(submission.student),
            started=datetime.datetime.fromtimestamp(began, datetime.UTC).isoformat(timespec="seconds"),
            seconds=round(now - began, 4),
        )


class Grader:
    """Grades submissions of one assignment; owns a zygote. Use it as a context manager.

    Raises SandboxUnavailable where student code cannot be held here, before anything is graded.
    """

    def __init__(self, assignment: Assignment, secret: bytes) -> None:
        self.identity = Identity(assignment, secret)
        self.assignment = assignment
        self.manifest = assignment.manifest
        self._catalogue = messages.catalogue(assignment.messages)
        written.rubric(assignment.grader, self.manifest)  # an answer that nobody can mark: better found now than later
        self._asked = tuple(_given_out(assignment))
        self._zygotes = Zygotes(self.manifest.limits, self.manifest.plots)

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that were seen to hold."""
        return self._zygotes.layers

    @property
    def zygote_pid(self) -> int:
        """The process id of the zygote, for measurements."""
        return self._zygotes.lean().pid

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self._zygotes.close()

    def grade(self, submissions: Iterable[Submission], deliver: Callable[[Result], None]) -> None:
        """Grade each submission as it comes and hand its Result to `deliver`.

        Raises GraderError when the hidden tests cannot be collected at all.
        """
        self.run(map(Job, submissions), lambda job: deliver(self.result(job)))

    def run(self, jobs: Iterable[Job], finished: Callable[[Job], None]) -> dict[str, HiddenTest]:
        """Run the hidden tests on each job as its plan says; returns the tests. Raises GraderError."""
        running: list[Job] = []
        attempts = self._attempts(jobs, running, finished)
        plugin = GraderPlugin(self.assignment, self._catalogue, attempts, lambda _: finished(running.pop()))
        _pytest(str(self.assignment.grader), plugin)
        return plugin.tests

    def _attempts(self, jobs: Iterable[Job], running: list[Job], finished: Callable[[Job], None]) -> Iterator[Attempt]:
        for job in jobs:
            job.began = time.time()
            if job.submission.source is None:
                finished(job)
                continue
            program = self._program(job.submission)
            try:
                worker = program.look()
            except SandboxUnavailable:
                self._zygotes.restart()
                program = self._program(job.submission)
                worker = program.look()
            job.attempt = Attempt(program, self.identity.seed(job.submission.student), worker, job.plan)
            running.append(job)
            yield job.attempt

    def _program(self, submission: Submission) -> Program:
        drawing = self._zygotes.drawing if self.manifest.plots else None
        constants = [spec.name for spec in self.manifest.written]
        zygote, module = self._zygotes.lean(), self.manifest.module
        return Program(zygote, module, submission.source or "", drawing, constants, submission.cells, self._asked)

    # ---- from outcomes to a Result ----

    def result(self, job: Job) -> Result:
        """The Result of a job that was run."""
        remarks, tasks, withheld = self._judge(job)
        outcomes = job.attempt.outcomes if job.attempt and not withheld else []
        return self.identity.result(
            job.submission,
            tasks=tasks,
            manual=written.answers(self.manifest, job.attempt.program.texts) if job.attempt and not withheld else (),
            remarks=remarks,
            pictures=list(dict.fromkeys(picture for o in outcomes if o.context for picture in o.context.pictures)),
            layers=self.layers,
            withheld=withheld,
            began=job.began,
        )

    def _judge(self, job: Job) -> tuple[list[Remark], list[Task], bool]:
        """Remarks, tasks and whether the grade is withheld."""
        problem = job.submission.problem
        if problem is not None and problem.fault == "ours":
            return [self._finding(Finding(problem.key, problem.params))], [], True
        if job.attempt is None:
            found = Finding(problem.key if problem else "ingest.empty", problem.params if problem else {}, "error")
            return [self._finding(found)], [self._lost(spec, found) for spec in self.manifest.tasks], False
        if job.attempt.internal:
            return [self._finding(Finding("internal", {"text": job.attempt.internal}))], [], True
        remarks = list(dict.fromkeys(r for o in job.attempt.outcomes if o.context for r in o.context.remarks))
        remarks = [*self._about_the_file(job.submission, job.attempt.program), *remarks]
        tasks = tally.add_up(self.manifest, [*job.attempt.outcomes, *self._written(job.attempt)], self._catalogue)
        return remarks, tasks, False

    def _about_the_file(self, submission: Submission, program: Program) -> Iterator[Remark]:
        """What stopped the file, or parts of a notebook, and what else is to be known of it."""
        if program.problem is not None:
            yield self._finding(program.problem)
        tasks = {spec.name for spec in self.manifest.tasks}
        for found, costly in program.losses(tasks)[:FEW]:
            if len(costly) != 1:  # else it is told there
                yield self._finding(found, "finding" if costly else "remark")
        for name, lines in program.twice.items():
            places = [placed(line, program.lines) for line in (*lines[:FEW], lines[-1])]
            *_, last = shown = [p if isinstance(p, Text) else same(str(p)) for p in places]
            all_of_them = Text(en=", ".join(p.en for p in shown[:-1]), ko=", ".join(p.ko for p in shown[:-1]))
            params = {"name": name, "lines": all_of_them, "last": last}
            yield self._finding(Finding("notebook.twice", params), "remark")
        for note in submission.notes:
            yield self._finding(Finding(note.key, note.params), "remark")

    def _written(self, attempt: Attempt) -> Iterator[Outcome]:
        """The written answers, as tests of their tasks."""
        program = attempt.program
        for task, part in written.parts(self.manifest, program.texts, program.problem, self._catalogue):
            yield Outcome("", Credit(part.max_score, task, bonus=False, shown=True, plots=False), [part])

    def _finding(self, found: Finding, kind: Literal["remark", "finding"] = "finding") -> Remark:
        message = self._catalogue.render(found.key, {"function": self.manifest.module, **found.params})
        return Remark(kind=kind, key=found.key, message=message, line=found.line)

    def _lost(self, spec: TaskSpec, found: Finding) -> Task:
        title = Text(en="the file could not be graded", ko="파일을 채점할 수 없음")
        part = Part(title=title, score=0.0, max_score=spec.points, verdict=found.verdict, key=found.key)
        return Task(name=spec.name, score=0.0, max_score=spec.points, parts=(part,))


def _given_out(assignment: Assignment) -> Iterator[str]:
    """The names that graders may ask for: the tasks, and whatever else the stub defines, such as a table of weights."""
    yield from (spec.name for spec in assignment.manifest.tasks)
    if assignment.stub.is_file():
        for node in ast.parse(assignment.stub.read_text(encoding="utf-8")).body:
            yield from cells.named(node)


# ---- pytest ----


def _pytest(folder: str, plugin: GraderPlugin) -> None:
    """Run pytest over a grader folder with nothing of this machine's configuration. Raises GraderError."""
    off = [argument for name in PLUGINS_NOT_USED for argument in ("-p", f"no:{name}")]
    settings = ["-c", os.devnull, "--rootdir", folder, "--noconftest", "--import-mode=importlib", "--assert=plain"]
    settings += ["--override-ini", f"pythonpath={folder}"]
    alone = _without_environment("PYTEST_ADDOPTS", "PYTEST_PLUGINS", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    with alone, _freshly_imported(folder):
        code = pytest.main([folder, *settings, *off], plugins=[plugin])
    if plugin.broken is not None:
        raise plugin.broken
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if code != pytest.ExitCode.OK or not plugin.tests:
        raise GraderError(
            f"{folder}: pytest ended with {code!s} and {len(plugin.tests)} tests; run it by hand to see why"
        )


@contextlib.contextmanager
def _freshly_imported(folder: str) -> Iterator[None]:
    """Import a grader's files as they are now: no bytecode of an earlier second, no module of another assignment."""
    saved, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = saved
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None)).startswith(f"{folder}{os.sep}"):
                del sys.modules[name]


@contextlib.contextmanager
def _without_environment(*names: str, **values: str) -> Iterator[None]:
    saved = {name: os.environ.get(name) for name in (*names, *values)}
    for name in names:
        os.environ.pop(name, None)
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in saved.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
