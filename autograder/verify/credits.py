"""Credits: each can be lost for its own reason, and none is earned but by being right."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.verify.proof import EQUIVALENT, Declared, Proof
from autograder.verify.tried import LOST_BY_ITSELF, Found, PartOf

NOT_THE_PARTS = ("load.", "missing", "todo")  # findings about the whole file, or the name


def judge(proof: Proof, found: Sequence[Found], said: Declared) -> None:
    """Hold every part against what was lost, and every impostor against what it earned."""
    reference = next((f.parts for f in found if f.label == "reference" and f.kind == "grade"), ())
    lost = {part.place for f in found if _labelled_wrong(f) for part in f.lost if _by_itself(part)}
    for part in reference:
        fact = f"{part.test}: {part.title!r}: no mistake and no mutant loses it by itself"
        proof.require(part.place in lost or part.verdict == "manual", f"{fact}; add one, or drop the part")
    _closed(proof, reference)
    _impostors(proof, found, said)


def _labelled_wrong(found: Found) -> bool:
    return found.kind == "kill" or (found.kind == "grade" and found.label.startswith("mistakes/"))


def _by_itself(part: PartOf) -> bool:
    return part.verdict in LOST_BY_ITSELF and not (part.key or "").startswith(NOT_THE_PARTS)


def _closed(proof: Proof, reference: Sequence[PartOf]) -> None:
    """A task without hidden cases says so: whoever knows what is published knows all of it."""
    for task in proof.assignment.manifest.tasks:
        hidden = [part for part in reference if part.task == task.name and not part.shown and not part.bonus]
        fact = f"{task.name}: every case is published; ask hidden ones too, or say `closed = true` in assignment.toml"
        proof.require(bool(hidden) or task.closed, fact)
        proof.require(not (hidden and task.closed), f"{task.name}: is not closed, there are hidden cases")
        drawn = not hidden or any(part.drawn for part in hidden)
        proof.require(drawn, f"{task.name}: hidden cases are the same for every student; draw one from rng")


def _impostors(proof: Proof, found: Sequence[Found], said: Declared) -> None:
    file = proof.told(proof.assignment.solutions / EQUIVALENT)
    used: set[str] = set()
    pretended = [f for f in found if f.kind == "pretend" and f.result]
    for impostor in pretended:
        for task in impostor.result.tasks if impostor.result else ():
            name = f"{impostor.label} {task.name}"
            earned = [f"{part.title.en!r} ({part.score:g})" for part in task.parts if part.score > 0]
            if earned and name in said.impostors:
                used.add(name)
            elif earned:
                fact = f"impostor {impostor.label}: {task.name} earns {', '.join(earned)} without being right"
                proof.problems.append(f"{fact}; repair the part, or declare {name!r} in {file} with the reason")
    for name in said.impostors:
        proof.require(name in used, f"{file}: impostor {name!r} earns nothing; delete the entry")
    proof.counts["impostors"] = len(pretended)
