"""One submission on its way through the hidden tests: what runs, and what each test found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.marks import Context, Credit
from autograder.program import Program
from autograder.result import Part
from autograder.sandbox.client import Worker
from autograder.student import Student
from autograder.text import Text


@dataclass(frozen=True)
class HiddenTest:
    """A collected test. `random`: whether it can draw from `rng`, and so depends on the student's seed."""

    name: str
    credit: Credit
    title: Text
    random: bool


@dataclass
class Outcome:
    """What one test found: its parts, and the context with remarks and pictures."""

    test: str
    credit: Credit
    parts: list[Part]
    context: Context | None = None
    seed: str = ""

    @property
    def lost(self) -> bool:
        """Whether a point of it is lost."""
        return any(part.verdict not in ("pass", "manual") for part in self.parts)


@dataclass(frozen=True)
class Plan:
    """What runs on a submission. Grading runs every test once, in its own worker; the proof of the graders needs less.

    `tests`: the names of those that run, in this order. `known`: outcomes that take the place of running a test.
    `seeds`: everything again for each of them. `one_worker`: tests share a worker, so state can travel between them.
    `until_lost`: nothing runs after the first test that loses a point. `compare`: comparisons are recorded.
    `listener` gets the Student after each call.
    """

    tests: tuple[str, ...] | None = None
    known: Mapping[str, Outcome] = field(default_factory=dict)
    seeds: tuple[str, ...] = ()
    one_worker: bool = False
    until_lost: bool = False
    compare: bool = False
    listener: Callable[[Student], None] | None = None


GRADING = Plan()


@dataclass
class Attempt:
    """One submission under test. `internal`: what went wrong on our side, if anything did."""

    program: Program
    seed: str
    worker: Worker | None = None
    plan: Plan = GRADING
    outcomes: list[Outcome] = field(default_factory=list)
    internal: str | None = None

    @property
    def over(self) -> bool:
        """Whether no further test is to run."""
        lost = bool(self.outcomes) and self.plan.until_lost and self.outcomes[-1].lost
        return lost or self.internal is not None

    def close(self) -> None:
        if self.worker is not None:
            self.worker.close()
