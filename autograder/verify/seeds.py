"""Fairness over students: what is right is right for every seed, and what is wrong is wrong for every seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from autograder.ingest import Submission
from autograder.verify.proof import Proof
from autograder.verify.tried import Found, Trial, trial

SEEDS = 50
AT_ONCE = 10  # seeds in one trial
HANGING = 3  # seeds of a submission that loses by hanging, which costs its time limit every time
CONFIDENCE = 0.95


def fair(right: Sequence[Submission], count: int) -> Iterator[Trial]:
    """The right ones, for every seed."""
    for submission in right:
        for first in range(0, count, AT_ONCE):
            yield trial("fair", submission, first=first, seeds=min(AT_ONCE, count - first))


def lose(wrong: Sequence[Submission], found: Sequence[Found], count: int) -> Iterator[Trial]:
    """The wrong ones that lost nothing before something was drawn: whether they lose it for the other seeds too."""
    first = {f.label: f.lost for f in found if f.kind == "grade"}
    for submission in wrong:
        lost = sorted(first.get(submission.student, ()), key=lambda part: part.verdict == "timeout")
        if lost and all(part.drawn for part in lost):
            seeds = min(HANGING, count) if lost[0].verdict == "timeout" else count
            yield trial("lose", submission, tests=(lost[0].test,), seeds=seeds)


def judge(proof: Proof, right: int, found: Sequence[Found], count: int) -> None:
    """Every point that a right submission lost is a problem, and every seed for which a wrong one lost none."""
    unfair: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in found:
        if one.kind == "fair":
            for part in one.lost:
                if part.bonus and one.label != "reference":
                    continue  # a right submission need not earn it
                unfair[one.label, part.task, part.title].add(part.seed)
        if one.kind == "lose":
            without = set(one.seeds) - {part.seed for part in one.lost}
            tried = f"{len(without)} of {len(one.seeds)} seeds (such as {min(without, default=0)})"
            fact = f"{one.label}: loses nothing for {tried}"
            proof.require(not without, f"{fact}; let a case that is always asked catch it")
    for (label, task, title), seeds in sorted(unfair.items()):
        fact = f"{label}: {task}, {title!r}: lost for {len(seeds)} of {count} seeds (such as {min(seeds)})"
        proof.problems.append(f"{fact}; a right submission must never lose a point")
    proof.counts["seeds"] = count
    if not unfair:
        fact = f"no right submission failed in {count} x {right} gradings: the chance is below"
        proof.notes["fair"] = f"{fact} {bound(count * right):.2%} a grading, with {CONFIDENCE:.0%} confidence"


def bound(gradings: int) -> float:
    """The largest chance of failure that leaves 5 % for none in so many independent gradings: 1 - 0.05^(1/n) ≈ 3/n."""
    return float(1 - (1 - CONFIDENCE) ** (1 / gradings))
