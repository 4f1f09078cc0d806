"""Run trials: submissions of which something is to be shown, each with the tests and seeds that this takes.

Processes share the work. Each keeps the graders of the assignments under way, and what their tests gave, which stands
in for every test that cannot tell a submission from an earlier one.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from autograder import course
from autograder.attempt import HiddenTest, Outcome, Plan
from autograder.batch import PROCESSES, begin_process, undisturbed
from autograder.course import Assignment, Course
from autograder.grade import Grader, Job
from autograder.ingest import Submission, Wanted, collect
from autograder.verify.reach import Reach
from autograder.verify.tried import Found, PartOf, Trial, extremes

SECRET = b"verify"  # goldens are for its seeds
Chunk = Sequence[Trial]
T = TypeVar("T")
CHUNK = 60  # gradings that one process takes at a time, about
UNDER_WAY = 3  # assignments at a time: while the last trials of one run, those of the next keep the cores busy


class Bench:
    """One assignment's grader, and what is known of its tests. Use it as a context manager.

    Raises SandboxUnavailable, GraderError.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.grader = Grader(assignment, SECRET)
        self.tests: dict[str, HiddenTest] = {}
        self.asked: dict[str, frozenset[str]] = {}  # what each test asks of the reference
        self._reference = Reach(assignment.reference.read_text(encoding="utf-8"))
        self._seen: dict[str, dict[str, Outcome]] = {}  # test -> what it can reach -> outcome
        self._learn()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.grader.__exit__()

    def run(self, trials: Sequence[Trial]) -> list[Found]:
        """Try each in turn."""
        found: list[Found] = []
        waiting = iter(trials)
        jobs = (Job(_submission(trial), self._plan(trial)) for trial in trials)
        self.grader.run(jobs, lambda job: found.append(self._found(next(waiting), job)))
        return found

    def _learn(self) -> None:
        """Run the reference, to know what each test asks for."""
        (submission,) = collect([self.assignment.reference], Wanted.of(self.assignment))
        jobs: list[Job] = []
        self.tests = self.grader.run([Job(submission, Plan(seeds=(self.seed(0),), compare=True))], jobs.append)
        outcomes = jobs[0].attempt.outcomes if jobs[0].attempt else []
        self._seen = {name: {} for name in self.tests}
        self.asked = {o.test: frozenset({o.credit.task, *(o.context.asked if o.context else ())}) for o in outcomes}
        self._keep(submission.source, outcomes)

    def seed(self, number: int) -> str:
        """The seed of an imagined student."""
        return course.seed(SECRET, self.assignment.id, f"student {number}")

    def _plan(self, trial: Trial) -> Plan:
        seeds = tuple(self.seed(trial.first + number) for number in range(trial.seeds))
        match trial.kind:
            case "grade":
                return Plan(seeds=seeds, known=self._known(trial.source), compare=True)
            case "kill":
                return Plan(seeds=seeds, tests=self.reaching(trial.functions), until_lost=True, compare=True)
            case "fair":
                drawing = tuple(name for name, test in self.tests.items() if test.random)
                return Plan(seeds=seeds, tests=drawing, one_worker=True, compare=True)
            case "lose":
                return Plan(seeds=seeds, tests=trial.tests)
        return Plan(seeds=seeds)

    def _known(self, source: str | None) -> dict[str, Outcome]:
        """The outcomes of the tests that cannot tell this submission from an earlier one."""
        reach = _reach(source)
        if reach is None:
            return {}
        places = {name: reach.digest(asked) for name, asked in self.asked.items()}
        return {name: self._seen[name][place] for name, place in places.items() if place in self._seen[name]}

    def _keep(self, source: str | None, outcomes: Iterable[Outcome]) -> None:
        """Remember what will be the same for every submission that a test cannot tell from this one."""
        reach = _reach(source)
        for outcome in outcomes if reach is not None else ():
            asked = self.asked.get(outcome.test, frozenset())
            if reach is not None and _is_clean(outcome) and outcome.context and outcome.context.asked <= asked:
                self._seen[outcome.test][reach.digest(asked)] = outcome

    def reaching(self, functions: Sequence[str]) -> tuple[str, ...]:
        """The tests that can notice a change of `functions`, those first that are likely to and cost little."""

        def place(test: HiddenTest) -> tuple[bool, bool]:
            return test.credit.plots, test.credit.task not in functions

        reached = {name: self._reference.closure(asked) for name, asked in self.asked.items()}
        tests = [self.tests[name] for name, names in reached.items() if not names.isdisjoint(functions)]
        return tuple(test.name for test in sorted(tests, key=place))

    def _found(self, trial: Trial, job: Job) -> Found:
        outcomes = job.attempt.outcomes if job.attempt else []
        if trial.kind == "grade":
            self._keep(trial.source, outcomes)
        whole = trial.kind in ("grade", "again", "pretend")
        numbers = {self.seed(number): number for number in range(trial.first, trial.first + trial.seeds)}
        parts = [part for outcome in outcomes for part in _parts(outcome, numbers.get(outcome.seed, trial.first))]
        return Found(
            label=trial.label,
            kind=trial.kind,
            parts=tuple(part for part in parts if whole or part.lost),
            comparisons=tuple(extremes(c for o in outcomes if o.context for c in o.context.comparisons or ())),
            seeds=tuple(numbers.values()),
            result=self.grader.result(job) if whole else None,
            internal=job.attempt.internal if job.attempt else None,
        )


def _parts(outcome: Outcome, seed: int) -> Iterator[PartOf]:
    credit = outcome.credit
    for part, drawn in zip(outcome.parts, outcome.context.drew if outcome.context else repeat(False), strict=False):
        yield PartOf(
            test=outcome.test,
            task=credit.task,
            title=part.title.en,
            points=part.max_score,
            bonus=part.bonus,
            shown=part.shown,
            drawn=drawn,
            verdict=part.verdict,
            key=part.key,
            seed=seed,
        )


def _submission(trial: Trial) -> Submission:
    return Submission(trial.label, trial.source, trial.digest, trial.path, None)


def _reach(source: str | None) -> Reach | None:
    """What can be reached in a file; None where that cannot be told."""
    try:
        reach = Reach(source or "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if reach.dynamic else reach


def _is_clean(outcome: Outcome) -> bool:
    """Whether nothing in an outcome depends on where in the file something stands."""
    context = outcome.context
    return context is not None and not outcome.lost and not context.remarks


# ---- processes ----


class Crew:
    """`size` processes that run trials; where it is 1, this process. Use it as a context manager."""

    def __init__(self, course: Course, size: int) -> None:
        self._course = course
        self._pool: ProcessPoolExecutor | None = None
        self.size = size
        if size > 1:
            self._pool = ProcessPoolExecutor(size, PROCESSES, begin_process)
            with undisturbed():
                self._pool.submit(_leave).result()  # they start here, while nothing else runs in this process

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._pool is not None:
            if kind is not None:
                for process in multiprocessing.active_children():
                    process.kill()  # nobody waits for what they are at
            self._pool.shutdown(cancel_futures=True)
        _leave()

    def start(self, assignment: Assignment, trials: Sequence[Trial]) -> list[tuple[Chunk, Future[list[Found]]]]:
        """Hand `trials` out in chunks."""
        most = min(CHUNK, sum(trial.seeds for trial in trials) / (2 * self.size))
        chunks: list[list[Trial]] = []
        weight = most
        for trial in trials:
            if weight >= most:
                chunks.append([])
                weight = 0
            chunks[-1].append(trial)
            weight += trial.seeds
        return [(chunk, self.call(_run, self._course.root, assignment.id, chunk)) for chunk in chunks]

    def call(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a function in one of the processes."""
        if self._pool is not None:
            return self._pool.submit(function, *arguments)
        done: Future[T] = Future()
        try:
            done.set_result(function(*arguments))
        except Exception as error:
            done.set_exception(error)
        return done


_benches: dict[str, Bench] = {}  # of this process, the latest last


def _run(root: Path, assignment: str, trials: Sequence[Trial]) -> list[Found]:
    bench = _benches.pop(assignment, None)
    while len(_benches) >= UNDER_WAY:
        _benches.pop(next(iter(_benches))).__exit__()
    _benches[assignment] = bench or Bench(Course(root).assignment(assignment))
    return _benches[assignment].run(trials)


def _leave() -> None:
    while _benches:
        _benches.popitem()[1].__exit__()
