"""The pytest plugin: fixtures for hidden graders, and the loop that runs every test for every submission.

pytest collects a grader folder once; `pytest_runtestloop` then runs all items for each submission in turn. A Finding
is the student's; every other exception withholds the grade.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from autograder import course, errors, marks
from autograder.attempt import GRADING, Attempt, HiddenTest, Outcome
from autograder.circuit import Trace
from autograder.course import Assignment
from autograder.marks import Context, Credit, Finding, GraderError, PartFixture
from autograder.messages import Catalogue
from autograder.program import Program, Session
from autograder.result import Part
from autograder.student import Student, floating_point
from autograder.text import Text


class GraderPlugin:
    """Runs all collected items for each attempt that `attempts` yields, and hands it to `finished`."""

    def __init__(
        self,
        assignment: Assignment,
        catalogue: Catalogue,
        attempts: Iterable[Attempt],
        finished: Callable[[Attempt], None],
    ) -> None:
        self._manifest = assignment.manifest
        self._datasets = assignment.course.datasets
        self._catalogue = catalogue
        self._attempts = attempts
        self._finished = finished
        self._attempt: Attempt | None = None
        self.tests: dict[str, HiddenTest] = {}
        self.broken: BaseException | None = None

    # ---- fixtures ----

    @pytest.fixture(name="student")
    def student(self, request: pytest.FixtureRequest) -> Iterable[Student]:
        attempt, plots = self._running(), _credit(request.node).plots
        worker = None
        if not plots:
            worker, attempt.worker = attempt.worker, None
        session = Session(attempt.program, worker, plots)
        yield Student(session)
        if attempt.plan.one_worker and not plots:
            attempt.worker = session.release()
        session.close()

    @pytest.fixture(name="part")
    def part(self, request: pytest.FixtureRequest) -> PartFixture:
        return PartFixture(_credit(request.node).bonus)

    @pytest.fixture(name="rng")
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return np.random.default_rng(int(course.seed(self._running().seed.encode(), request.node.name), 16))

    @pytest.fixture(name="trace")
    def trace(self) -> Trace:
        return Trace(tuple(task.name for task in self._manifest.tasks))

    @pytest.fixture(name="dataset")
    def dataset(self) -> Callable[[str], bytes]:
        return self._datasets.read

    def _running(self) -> Attempt:
        if self._attempt is None:
            raise GraderError("a fixture was used while no submission was graded")
        return self._attempt

    # ---- hooks ----

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        names = {task.name for task in self._manifest.tasks}
        for item in items:
            credit = _credit(item)
            if credit.task not in names:
                raise GraderError(f"{item.name} gives credit for {credit.task!r}, which is no task of assignment.toml")
            if credit.plots and not self._manifest.plots:
                raise GraderError(f"{item.name} draws; say `plots = true` in assignment.toml")
            drawn = "rng" in getattr(item, "fixturenames", ())
            self.tests[item.nodeid] = HiddenTest(item.nodeid, credit, marks.title(_function(item).__doc__), drawn)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed or not session.items:
            return True
        items = {item.nodeid: item for item in session.items}
        for attempt in self._attempts:
            self._attempt = attempt
            for seed in attempt.plan.seeds or (attempt.seed,):
                if seed != attempt.seed:
                    attempt.seed = seed
                    attempt.program.start_clock()
                names = items if attempt.plan.tests is None else attempt.plan.tests
                self._run(session, attempt, [items[name] for name in names])
            attempt.close()
            self._attempt = None
            self._finished(attempt)
        return True

    def _run(self, session: pytest.Session, attempt: Attempt, items: list[pytest.Item]) -> None:
        """Run `items` in turn, but for those whose outcome is known."""
        known = attempt.plan.known
        waiting = [item for item in items if item.nodeid not in known]
        # What comes next keeps what both share set up; a test that followed itself would keep its own fixtures.
        last = waiting[0] if len(waiting) > 1 and attempt.plan == GRADING else None
        following = dict(zip(waiting, [*waiting[1:], last]))  # noqa: B905  (nothing waits where all is known)
        for item in items:
            if attempt.over:
                session._setupstate.teardown_exact(None)  # what should have followed does not
                break
            if item in following:
                runtestprotocol(item, nextitem=following[item], log=False)
            else:
                attempt.outcomes.append(known[item.nodeid])

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        names = inspect.signature(pyfuncitem.obj).parameters
        self._test(pyfuncitem, {name: pyfuncitem.funcargs[name] for name in names})
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> None:
        attempt = self._running()
        if call.excinfo is not None and attempt.internal is None:
            attempt.internal = f"{item.name}, {_told(call.excinfo.value, item.path.parent)}"

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        self.broken = excinfo.value
        return True  # whoever runs pytest tells it; pytest itself is quiet

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.broken is None:
            self.broken = GraderError(f"the grader cannot be collected: {report.longreprtext}")

    # ---- one test ----

    def _test(self, item: pytest.Function, arguments: dict[str, Any]) -> None:
        attempt, test = self._running(), self.tests[item.nodeid]
        credit, title = test.credit, test.title
        skipped = self._unready(attempt.program, credit.task)
        if skipped is not None:
            part = self._without_running(attempt.program, credit, title, skipped)
            attempt.outcomes.append(Outcome(test.name, credit, [part], seed=attempt.seed))
            return
        context = Context(
            credit.task,
            self._catalogue,
            credit.shown,
            comparisons=[] if attempt.plan.compare else None,
            listener=attempt.plan.listener,
            drawn=_watch(arguments["rng"]) if "rng" in arguments else _never,
        )
        failed: Finding | None = None
        with marks.entered(context):
            try:
                item.obj(**arguments)
            except Finding as finding:
                failed = finding
            self._settle(context, credit, title, failed)
            _remark_noise(context)
        attempt.outcomes.append(Outcome(test.name, credit, context.parts, context, attempt.seed))

    def _settle(self, context: Context, credit: Credit, title: Text, failed: Finding | None) -> None:
        """Make the parts add up to the credit: what no part covers belongs to the test itself."""
        left = credit.points - sum(part.max_score for part in context.parts)
        if left < 0 or (left > 0 and failed is None and context.parts):
            raise GraderError(f"the parts of {title.en!r} do not add up to {credit.points:g}")
        if left > 0 or failed is not None:
            context.parts.append(context.part(title, left, failed, credit.bonus))

    def _unready(self, program: Program, task: str) -> Finding | None:
        """Why a task's tests need not run: the stub is untouched, the name is missing, the file did not load."""
        if task in program.empty:
            return Finding("todo", {"function": task}, "todo")
        if task in program.names:
            return None
        tasks = {spec.name for spec in self._manifest.tasks}
        if lost := [found for found, costly in program.losses(tasks) if task in costly]:
            return lost[-1]
        if program.problem is not None:
            return program.problem
        return errors.missing(task, [name for name in program.defined if name not in tasks])

    def _told_once(self, program: Program) -> list[Finding]:
        tasks = {spec.name for spec in self._manifest.tasks}
        return [found for found, costly in program.losses(tasks) if len(costly) > 1]

    def _without_running(self, program: Program, credit: Credit, title: Text, found: Finding) -> Part:
        """The part of a test that did not run. What costs more than one task is told once, not here."""
        told = found.key.startswith("load.") or found in self._told_once(program)
        message = None if told else self._catalogue.render(found.key, {"function": credit.task, **found.params})
        return Part(
            title=title,
            score=0.0,
            max_score=credit.points,
            verdict=found.verdict,
            bonus=credit.bonus,
            key=found.key,
            message=message,
            line=found.line,
            shown=credit.shown,
        )


def _remark_noise(context: Context) -> None:
    for call, warned, place in context.noisy:
        key = f"floating-point.remark-{floating_point(warned)}"
        marks.remark(key, line=warned.line, function=call.name, line_number=place)


def _watch(rng: np.random.Generator) -> Callable[[], bool]:
    """Whether something was drawn since now."""
    fresh = rng.bit_generator.state
    return lambda: rng.bit_generator.state != fresh


def _never() -> bool:
    return False


def _told(error: BaseException, grader: Path) -> str:
    """A grader's own exception in a line: where in its files, where it was raised, and what it says."""
    trace = traceback.extract_tb(error.__traceback__)
    frames = [Path(frame.filename) for frame in trace]
    own = [place for place, path in enumerate(frames) if path.is_relative_to(grader)]
    places = dict.fromkeys([*own[-1:], len(frames) - 1])
    where = ", ".join(f"{frames[place].name}:{trace[place].lineno}" for place in places)
    return f"{where}: {type(error).__name__}: {error}"


def _function(item: pytest.Item) -> Any:
    return getattr(item, "function", None)


def _credit(item: pytest.Item) -> Credit:
    credit = getattr(_function(item), "__credit__", None)
    if not isinstance(credit, Credit):
        raise GraderError(f"{item.name} has no @credit; every hidden test says what it is worth")
    return credit
