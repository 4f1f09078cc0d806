"""Mutants: each must lose a point in a test that reaches what was changed, or be declared right with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course import Assignment
from autograder.verify.mutants import Mutant, mutants, second_order
from autograder.verify.proof import EQUIVALENT, Declared, Fate, Proof, indented
from autograder.verify.tried import Found, Trial, generated

MAX_EQUIVALENT = 0.05
PAIRS = 20  # of second order: reported, not required


def first_order(assignment: Assignment) -> list[Mutant]:
    """Every mutant of the reference."""
    return mutants(_reference(assignment))


def pairs(assignment: Assignment) -> list[Mutant]:
    """A sample of two at once."""
    return second_order(_reference(assignment), PAIRS)


def _reference(assignment: Assignment) -> str:
    return assignment.reference.read_text(encoding="utf-8")


def trials(made: Sequence[Mutant]) -> list[Trial]:
    """Each is run until it loses a point."""
    return [
        generated("kill", mutant.name, mutant.source, tuple(dict.fromkeys(mutant.function.split(" + "))))
        for mutant in made
    ]


def judge(proof: Proof, made: Sequence[Mutant], two: Sequence[Mutant], found: Sequence[Found], said: Declared) -> None:
    """Count the killed; every other is a problem, unless it is declared and was not killed."""
    by_name = {f.label: f for f in found if f.kind == "kill"}
    proof.mutants = [_fate(mutant, by_name[mutant.name], said) for mutant in made]
    proof.pairs = [_fate(mutant, by_name[mutant.name], said) for mutant in two]
    file = proof.told(proof.assignment.solutions / EQUIVALENT)
    for fate in proof.mutants:
        if fate.survived:
            fact = f"{fate.name}: no hidden test notices it; add a check, or declare it in {file} with the reason"
            proof.problems.append(f"{fact}\n{indented(fate.diff)}")
    killed = {fate.name for fate in proof.mutants if fate.killed_by}
    names = {fate.name for fate in proof.mutants}
    for name, reason in said.mutants.items():
        proof.require(name in names, f"{file}: there is no mutant {name!r}; delete the entry")
        proof.require(name not in killed, f"{file}: {name!r} loses points, so it is not equivalent; delete the entry")
        proof.require(len(reason) >= 20, f"{file}: {name!r}: write a reason that a reader can check")
    equal = sum(1 for fate in proof.mutants if fate.reason is not None)
    few = equal <= max(1, MAX_EQUIVALENT * len(made))
    proof.require(few, f"{equal} of {len(made)} mutants are declared equivalent; at most {MAX_EQUIVALENT:.0%} may be")
    proof.counts["mutants"] = f"{len(killed)}/{len(made)}/{equal}"
    proof.counts["pairs"] = f"{sum(1 for fate in proof.pairs if fate.killed_by)}/{len(two)}"


def _fate(mutant: Mutant, found: Found, said: Declared) -> Fate:
    lost = found.lost
    return Fate(
        name=mutant.name,
        operator=mutant.operator,
        line=mutant.line,
        diff=mutant.diff,
        killed_by=lost[0].place if lost else None,
        reason=None if lost else said.mutants.get(mutant.name),
    )
