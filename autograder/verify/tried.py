"""Trials and what they showed, as records that travel between processes and into the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from autograder.ingest import Submission
from autograder.marks import Comparison
from autograder.result import Result, Verdict

Kind = Literal["grade", "again", "kill", "fair", "lose", "pretend"]
LOST_BY_ITSELF = ("fail", "error", "timeout", "memory", "crashed")


class Trial(msgspec.Struct, frozen=True):
    """A submission and what is asked of it, for the students' seeds from `first` on.

    `grade`, `again`: the whole Result; `again` without what is known of equal code. `kill`: the first point lost, in
    the tests that reach `functions`. `fair`: the points lost in the tests that draw. `lose`: those lost in `tests`.
    `pretend`: the whole Result of a submission that is right about nothing.
    """

    kind: Kind
    label: str
    source: str | None
    digest: str
    path: str
    functions: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    first: int = 0
    seeds: int = 1


class PartOf(msgspec.Struct, frozen=True):
    """A part of a hidden test. `drawn`: it came after something was drawn from the student's seed."""

    test: str
    task: str
    title: str
    points: float
    bonus: bool
    shown: bool
    drawn: bool
    verdict: Verdict
    key: str | None
    seed: int

    @property
    def lost(self) -> bool:
        """Whether its points are lost."""
        return self.verdict not in ("pass", "manual")

    @property
    def place(self) -> tuple[str, str]:
        """Test and part."""
        return self.test, self.title


class Found(msgspec.Struct, frozen=True):
    """What a trial showed. `parts`: all of them where the whole Result was asked for, else those that lost points.

    `internal`: a grader's own failure.
    """

    label: str
    kind: Kind
    parts: tuple[PartOf, ...]
    comparisons: tuple[Comparison, ...]
    seeds: tuple[int, ...]
    result: Result | None = None
    internal: str | None = None

    @property
    def lost(self) -> tuple[PartOf, ...]:
        """The parts that lost points."""
        return tuple(part for part in self.parts if part.lost)


def trial(kind: Kind, submission: Submission, **asked: object) -> Trial:
    """A trial of a submission that was collected."""
    return Trial(kind, submission.student, submission.source, submission.digest, submission.path, **asked)  # type: ignore[arg-type]


def generated(kind: Kind, name: str, source: str, functions: tuple[str, ...] = ()) -> Trial:
    """A trial of a submission that was made here."""
    return Trial(kind, name, source, hashlib.sha256(source.encode()).hexdigest(), name, functions)


def extremes(comparisons: Iterable[Comparison]) -> Iterator[Comparison]:
    """Per place the worst of those that agree, and the best of those that do not."""
    accepted: dict[str, Comparison] = {}
    rejected: dict[str, Comparison] = {}
    for comparison in comparisons:
        if comparison.ratio <= 1:
            known = accepted.setdefault(comparison.place, comparison)
            accepted[comparison.place] = max(known, comparison, key=lambda c: c.ratio)
        else:
            known = rejected.setdefault(comparison.place, comparison)
            rejected[comparison.place] = min(known, comparison, key=lambda c: c.ratio)
    yield from accepted.values()
    yield from rejected.values()
