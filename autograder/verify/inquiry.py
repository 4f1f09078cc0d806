"""One assignment under inquiry: which trials it takes, in which order, and who judges what they showed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from autograder import build, golden, lint, notebook
from autograder.course import Assignment, Course
from autograder.marks import GraderError
from autograder.verify import credits, explained, labelled, mutation, seeds, tolerances, visible
from autograder.verify.cache import Cache
from autograder.verify.impostors import impostors
from autograder.verify.proof import Proof, declared, indented
from autograder.verify.runner import Crew
from autograder.verify.seeds import SEEDS
from autograder.verify.tried import Found, Trial, generated

LATER = 40  # trials that show up only on the way, for the time that is left
Advance = Callable[[int], None]
Running = Future[list[Found]]
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What `verify` was asked for. `quick`: the labelled submissions only. `seeds`: for how many students it must hold.

    `report`: the folder of page and record.
    """

    update: bool = False
    quick: bool = False
    fresh: bool = False
    mutants: bool = False
    tolerances: bool = False
    report: Path | None = None
    jobs: int | None = None
    seeds: int = SEEDS


class Inquiry:
    """`begin` hands the first trials out, `finish` waits for them, asks what follows from them, and judges."""

    def __init__(self, assignment: Assignment, options: Options, advance: Advance) -> None:
        self.proof = Proof(assignment)
        self._assignment = assignment
        self._options = options
        self._advance = advance
        self._judged = False
        self._ready = self._static()
        if not self._ready:
            self.weight = 0
            return
        self._cache = Cache(assignment, options.fresh)
        self._groups = labelled.submissions(assignment)
        self._mutants = [] if options.quick else mutation.first_order(assignment)
        self._pairs = [] if options.quick else mutation.pairs(assignment)
        self._first = list(labelled.trials(self._groups))
        if not options.quick:
            self._first += [*mutation.trials([*self._mutants, *self._pairs]), *self._fair()]
        self.weight = sum(trial.seeds for trial in self._first) + (0 if options.quick else LATER)

    def _static(self) -> bool:
        """What can be said without running anything; whether there is enough to go on."""
        assignment, proof = self._assignment, self.proof
        stub = assignment.stub.read_text(encoding="utf-8") if assignment.stub.is_file() else None
        proof.require(
            stub == build.generated(assignment), f"{proof.told(assignment.stub)}: out of date; run autograder build"
        )
        if stub is None:
            return False
        made = assignment.notebook.is_file() and assignment.notebook.read_bytes() == notebook.student(assignment)
        proof.require(made, f"{proof.told(assignment.notebook)}: out of date; run autograder build")
        proof.problems += lint.problems(assignment)
        hints = golden.hints(assignment.manifest)
        labelled.compare(proof, assignment.solutions / "hints.golden", hints, self._options.update)
        return True

    def _fair(self) -> Iterable[Trial]:
        return seeds.fair(labelled.right(self._groups), self._options.seeds)

    def begin(self, crew: Crew) -> None:
        """Hand out what is known to be needed."""
        self._began = time.monotonic()
        if not self._ready:
            return
        self._examples = self._asked(crew, examples, str)
        self._pretenders = None if self._options.quick else self._asked(crew, pretenders, tuple[str, str])
        self._found, self._running = self._start(crew, self._first)

    def finish(self, crew: Crew) -> Proof:
        """Wait, ask on, judge."""
        if self._ready:
            try:
                self._judge(crew)
            except (GraderError, ValueError) as error:
                self.proof.problems.append(f"{self.proof.told(self._assignment.grader)}: {error}")
            self._judged = True
        self.proof.seconds = time.monotonic() - self._began
        return self.proof

    def save(self) -> None:
        """Keep what is known; what was not asked for is forgotten only when everything was asked."""
        if self._ready:
            self._cache.save(whole=self._judged and not self._options.quick)

    def _judge(self, crew: Crew) -> None:
        assignment, proof = self._assignment, self.proof
        found = self._wait(self._found, self._running)
        if not self._options.quick:
            found += self._wait(*self._start(crew, self._then(found)))
        broken = [f"{f.label}: the grader failed: {f.internal}" for f in found if f.internal]
        proof.problems += dict.fromkeys(broken)
        labelled.judge(proof, found, self._options.update)
        explained.judge(proof, found)
        if not self._options.quick:
            said = declared(assignment)
            mutation.judge(proof, self._mutants, self._pairs, found, said)
            credits.judge(proof, found, said)
            seeds.judge(proof, len(labelled.right(self._groups)), found, self._options.seeds)
            tolerances.judge(proof, found)
        proof.problems += self._examples.result()

    def _then(self, found: Sequence[Found]) -> list[Trial]:
        """What the first trials call for."""
        wrong = [s for kind in labelled.WRONG for s in self._groups[kind]]
        pretending = self._pretenders.result() if self._pretenders is not None else []
        return [
            *seeds.lose(wrong, found, self._options.seeds),
            *(generated("pretend", name, source) for name, source in pretending),
        ]

    # ---- trials, from the cache or from the crew ----

    def _start(self, crew: Crew, trials: Sequence[Trial]) -> tuple[list[Found], list[Running]]:
        keys = {trial: self._cache.key(trial) for trial in trials}
        known = {trial: self._cache.get(key, Found) for trial, key in keys.items()}
        waiting = [trial for trial in trials if known[trial] is None]
        running = []
        for chunk, future in crew.start(self._assignment, waiting):
            weight = sum(trial.seeds for trial in chunk)
            future.add_done_callback(partial(self._done, weight, [keys[trial] for trial in chunk]))
            running.append(future)
        self._advance(sum(trial.seeds for trial in trials if known[trial] is not None))
        return [found for found in known.values() if found is not None], running

    def _wait(self, found: list[Found], running: Sequence[Running]) -> list[Found]:
        every = [*found, *(one for future in running for one in future.result())]
        return sorted(every, key=lambda one: (one.kind, one.label))

    def _keep(self, key: str, future: Future[list[T]]) -> None:
        if not future.cancelled() and future.exception() is None:
            self._cache.put(key, future.result())

    def _done(self, weight: int, keys: Sequence[str], future: Future[list[Found]]) -> None:
        self._advance(weight)
        if not future.cancelled() and future.exception() is None:
            for key, one in zip(keys, future.result(), strict=True):
                self._cache.put(key, one)

    def _asked(self, crew: Crew, function: Callable[[Path, str], list[T]], kind: type[T]) -> Future[list[T]]:
        """What a function of the assignment gives, from the cache or from the crew."""
        path = visible.examples(self._assignment)
        key = self._cache.key(function.__name__, path.read_bytes() if path.is_file() else b"")
        held = self._cache.get(key, list[kind])  # type: ignore[valid-type]
        if held is None:
            future = crew.call(function, self._assignment.course.root, self._assignment.id)
            future.add_done_callback(partial(self._keep, key))
            return future
        known: Future[list[T]] = Future()
        known.set_result(held)
        self._cache.put(key, held)
        return known


def pretenders(root: Path, assignment: str) -> list[tuple[str, str]]:
    """Name and source of every impostor."""
    about = Course(root).assignment(assignment)
    closed = [task.name for task in about.manifest.tasks if task.closed]
    return [(impostor.name, impostor.source) for impostor in impostors(about, closed)]


def examples(root: Path, assignment: str) -> list[str]:
    """The visible examples pass on the reference; if not, the problem."""
    about = Course(root).assignment(assignment)
    if not visible.examples(about).is_file():
        return []
    with tempfile.TemporaryDirectory() as name:
        ended = visible.run(about, about.reference.read_text(encoding="utf-8"), Path(name))
    told = f"{visible.examples(about)}: the reference does not pass\n{indented(ended.stdout[-2000:])}"
    return [told] if ended.returncode else []
