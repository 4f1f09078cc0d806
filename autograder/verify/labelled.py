"""The labelled submissions: reference, stub, accepted variants, mistakes and hostile ones, each against its label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from autograder import golden
from autograder.course import Assignment
from autograder.ingest import Submission, Wanted, collect
from autograder.result import Result, comparable
from autograder.verify.proof import Proof, indented
from autograder.verify.tried import LOST_BY_ITSELF, Found, Trial, trial

MIN_ACCEPTED = 6
MIN_MISTAKES = 3
WRONG = ("mistakes", "hostile")


def submissions(assignment: Assignment) -> dict[str, list[Submission]]:
    """All labelled submissions by kind; the student's name is the label."""
    groups = {"reference": [_labelled("reference", assignment.reference, assignment)]}
    groups["stub"] = [_labelled("stub", assignment.stub, assignment)]
    for kind in ("accepted", *WRONG):
        paths = sorted((assignment.solutions / kind).glob("*.py"))
        groups[kind] = [_labelled(f"{kind}/{path.stem}", path, assignment) for path in paths]
    return groups


def _labelled(label: str, path: Path, assignment: Assignment) -> Submission:
    (found,) = collect([path], Wanted.of(assignment))
    return Submission(label, found.source, found.digest, found.path, found.problem)


def right(groups: Mapping[str, Sequence[Submission]]) -> list[Submission]:
    """Those that must get full marks."""
    return [*groups["reference"], *groups["accepted"]]


def trials(groups: Mapping[str, Sequence[Submission]]) -> Iterator[Trial]:
    """Each is graded; those that nothing else pins down, twice."""
    for group in groups.values():
        yield from (trial("grade", submission) for submission in group)
    yield from (trial("again", submission) for submission in [*right(groups), *groups["stub"]])


def judge(proof: Proof, found: Sequence[Found], update: bool) -> None:
    """Compare what each got with its label."""
    results = {f.label: f.result for f in found if f.kind == "grade" and f.result}
    for other in found:
        if other.kind == "again" and other.result and other.label in results:
            same = comparable(results[other.label]) == comparable(other.result)
            proof.require(same, f"{other.label}: two runs differ; a grader must draw from its rng and nothing else")
    _reference_and_stub(proof, results["reference"], results["stub"])
    _accepted(proof, [result for label, result in results.items() if label.startswith("accepted/")])
    for kind in WRONG:
        _goldens(proof, kind, [result for label, result in results.items() if label.startswith(f"{kind}/")], update)
    _enough_mistakes(proof, found)


def _reference_and_stub(proof: Proof, reference: Result, stub: Result) -> None:
    manifest = proof.assignment.manifest
    _full(proof, reference)
    bonus = sum(task.bonus for task in manifest.tasks)
    proof.require(reference.bonus == bonus, f"reference: earns {reference.bonus:g} of {bonus:g} bonus points")
    proof.require(stub.score == 0, f"stub: earns {stub.score:g} points; an untouched stub is worth nothing")
    done = [task.name for task in stub.tasks if any(part.verdict != "todo" for part in task.parts)]
    proof.require(not done, f"stub: {', '.join(done)} should be `todo` only")
    extra = f" + {bonus:g}" if bonus else ""
    proof.counts["credits"] = f"{manifest.max_score:g}{extra}"


def _accepted(proof: Proof, results: Sequence[Result]) -> None:
    proof.counts["accepted"] = len(results)
    fact = f"{len(results)} accepted variants; write at least {MIN_ACCEPTED}"
    proof.require(len(results) >= MIN_ACCEPTED, fact)
    for result in results:
        _full(proof, result)


def _full(proof: Proof, result: Result) -> None:
    if loses(result):
        proof.problems.append(f"{result.student}: must get full marks, but gets\n{indented(golden.report(result))}")


def loses(result: Result) -> bool:
    """Whether points are lost, or withheld; those of a written answer are neither, as long as nobody marked it."""
    return result.status != "graded" or result.score - result.bonus + result.outstanding < result.max_score


def _goldens(proof: Proof, kind: str, results: Sequence[Result], update: bool) -> None:
    proof.counts[kind] = len(results)
    folder = proof.assignment.solutions / kind
    for result in results:
        lost = result.status == "graded" and loses(result)
        proof.require(lost, f"{result.student}: loses nothing; no grader catches it")
        compare(proof, folder / f"{result.student.rpartition('/')[2]}.golden", golden.report(result), update)
    expected = {f"{result.student.rpartition('/')[2]}.golden" for result in results}
    for path in sorted(folder.glob("*.golden")):
        proof.require(path.name in expected, f"{proof.told(path)}: belongs to no submission; delete it")


def compare(proof: Proof, path: Path, text: str, update: bool) -> None:
    """Compare with the golden file, or write it."""
    held = path.read_text(encoding="utf-8") if path.is_file() else None
    if held == text:
        return
    told = proof.told(path)
    if update:
        path.write_text(text, encoding="utf-8")
    elif held is None:
        proof.problems.append(f"{told}: no golden report; run autograder verify --update and read what it wrote")
    else:
        changes = indented("\n".join(_difference(held, text)))
        proof.problems.append(f"{told}: differs from what is reported now; repair it, or --update and read\n{changes}")


def _difference(held: str, text: str) -> Iterator[str]:
    import difflib

    return difflib.unified_diff(held.splitlines(), text.splitlines(), "golden", "now", n=0, lineterm="")


def _enough_mistakes(proof: Proof, found: Sequence[Found]) -> None:
    """At least three mistakes per task: those whose first lost task it is."""
    names = [task.name for task in proof.assignment.manifest.tasks]
    first = dict.fromkeys(names, 0)
    for mistake in found:
        lost = {part.task for part in mistake.parts if part.verdict in LOST_BY_ITSELF}
        if mistake.label.startswith("mistakes/") and mistake.kind == "grade" and lost:
            first[next(name for name in names if name in lost)] += 1
    for name, count in first.items():
        proof.require(count >= MIN_MISTAKES, f"{name}: {count} mistakes; write at least {MIN_MISTAKES}")
