"""Prove the graders: every labelled submission gets exactly what its label says.

reference and accepted: full marks · stub: zero, every task `todo` · mistakes and hostile: their golden reports ·
generated files, texts and manifests as they should be · two runs identical, byte for byte.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from autograder import build, golden, lint, messages
from autograder.batch import grade_all
from autograder.course import Assignment
from autograder.ingest import Submission, collect
from autograder.marks import GraderError
from autograder.output import Terminal
from autograder.result import Result, comparable

SECRET = b"verify"  # goldens are for these seeds
MIN_ACCEPTED = 6
MIN_MISTAKES = 3


@dataclass
class Proof:
    """What is known of one assignment's graders."""

    assignment: Assignment
    problems: list[str] = field(default_factory=list)
    counts: dict[str, int | str] = field(default_factory=dict)
    seconds: float = 0.0

    def require(self, holds: bool, problem: str) -> None:
        if not holds:
            self.problems.append(problem)


def run(assignments: Sequence[Assignment], update: bool = False) -> bool:
    """Verify and print one line per assignment, with every problem below it; returns whether all hold.

    Raises ManifestError, CatalogueError, SandboxUnavailable.
    """
    console = Terminal(highlight=False, soft_wrap=True)
    good = True
    for assignment in assignments:
        with Console(stderr=True).status(f"verify {assignment.id}"):
            proof = prove(assignment, update)
        good &= not proof.problems
        counts = " · ".join(f"{name} {count}" for name, count in proof.counts.items())
        verdict = "ok" if not proof.problems else f"{len(proof.problems)} problems"
        console.print(f"{assignment.id}  {counts} · {proof.seconds:.1f} s  {verdict}", markup=False)
        for problem in proof.problems:
            console.print(f"  {problem}", markup=False)
    return good


def prove(assignment: Assignment, update: bool = False) -> Proof:
    """Run every check on one assignment."""
    began = time.monotonic()
    proof = Proof(assignment)
    stub = assignment.stub.read_text(encoding="utf-8") if assignment.stub.is_file() else None
    proof.require(stub == build.generated(assignment), f"{assignment.stub}: out of date; run autograder build")
    if stub is None:
        return proof
    proof.problems += lint.problems(assignment)
    try:
        _submissions(proof, update)
    except GraderError as error:
        proof.problems.append(f"{assignment.grader}: {error}")
    _golden(proof, assignment.solutions / "hints.golden", golden.hints(assignment.manifest), update)
    proof.problems += _examples(assignment)
    proof.seconds = time.monotonic() - began
    return proof


def _submissions(proof: Proof, update: bool) -> None:
    """Grade everything that is labelled, twice, and compare with the labels. Raises GraderError."""
    assignment = proof.assignment
    labelled = _labelled(assignment)
    results = _grade(assignment, [s for group in labelled.values() for s in group])
    again = _grade(assignment, [s for group in labelled.values() for s in group])
    for student, result in results.items():
        same = comparable(result) == comparable(again[student])
        proof.require(same, f"{student}: two runs differ; a grader must draw from its rng and nothing else")
    _reference_and_stub(proof, results)
    _accepted(proof, [results[s.student] for s in labelled["accepted"]])
    for kind in ("mistakes", "hostile"):
        _goldens(proof, kind, [results[s.student] for s in labelled[kind]], update)
    _enough_mistakes(proof, [results[s.student] for s in labelled["mistakes"]])
    own = messages.load(assignment.messages)
    met = {key for result in results.values() for key in _keys(result)}
    proof.counts["messages met"] = f"{len(met & set(own))}/{len(own)}"


def _labelled(assignment: Assignment) -> dict[str, list[Submission]]:
    """All labelled submissions by kind; the student's name is the label."""
    groups = {"reference": [_labelled_as("reference", assignment.reference, assignment)]}
    groups["stub"] = [_labelled_as("stub", assignment.stub, assignment)]
    for kind in ("accepted", "mistakes", "hostile"):
        paths = sorted((assignment.solutions / kind).glob("*.py"))
        groups[kind] = [_labelled_as(f"{kind}/{path.stem}", path, assignment) for path in paths]
    return groups


def _labelled_as(label: str, path: Path, assignment: Assignment) -> Submission:
    (found,) = collect([path], assignment.manifest.module)
    return Submission(label, found.source, found.digest, found.path, found.problem)


def _grade(assignment: Assignment, submissions: Sequence[Submission]) -> dict[str, Result]:
    results: dict[str, Result] = {}
    keep: Callable[[Result], None] = lambda result: results.__setitem__(result.student, result)  # noqa: E731
    grade_all(assignment, SECRET, submissions, keep, os.cpu_count() or 1)
    return results


def _reference_and_stub(proof: Proof, results: dict[str, Result]) -> None:
    reference, stub = results["reference"], results["stub"]
    proof.counts["points"] = int(reference.max_score)
    _full(proof, reference)
    bonus = sum(task.bonus for task in proof.assignment.manifest.tasks)
    proof.require(reference.bonus == bonus, f"reference: earns {reference.bonus:g} of {bonus:g} bonus points")
    proof.require(stub.score == 0, f"stub: earns {stub.score:g} points; an untouched stub is worth nothing")
    done = [task.name for task in stub.tasks if any(part.verdict != "todo" for part in task.parts)]
    proof.require(not done, f"stub: {', '.join(done)} should be `todo` only")


def _accepted(proof: Proof, results: Sequence[Result]) -> None:
    proof.counts["accepted"] = len(results)
    fact = f"{len(results)} accepted variants; write at least {MIN_ACCEPTED}"
    proof.require(len(results) >= MIN_ACCEPTED, fact)
    for result in results:
        _full(proof, result)


def _full(proof: Proof, result: Result) -> None:
    if not _loses(result):
        return
    proof.problems.append(f"{result.student}: must get full marks, but gets\n{_indented(golden.report(result))}")


def _loses(result: Result) -> bool:
    """Whether points are lost, or withheld; those of a written answer are neither, as long as nobody marked it."""
    return result.status != "graded" or result.score - result.bonus + result.outstanding < result.max_score


def _goldens(proof: Proof, kind: str, results: Sequence[Result], update: bool) -> None:
    proof.counts[kind] = len(results)
    folder = proof.assignment.solutions / kind
    for result in results:
        lost = result.status == "graded" and _loses(result)
        proof.require(lost, f"{result.student}: loses nothing; no grader catches it")
        _golden(proof, folder / f"{result.student.rpartition('/')[2]}.golden", golden.report(result), update)
    expected = {f"{result.student.rpartition('/')[2]}.golden" for result in results}
    for path in sorted(folder.glob("*.golden")):
        proof.require(path.name in expected, f"{path}: belongs to no submission; delete it")


def _golden(proof: Proof, path: Path, text: str, update: bool) -> None:
    """Compare with the golden file, or write it."""
    held = path.read_text(encoding="utf-8") if path.is_file() else None
    if held == text:
        return
    if update:
        path.write_text(text, encoding="utf-8")
    elif held is None:
        proof.problems.append(f"{path}: no golden report; run autograder verify --update and read what it wrote")
    else:
        changes = _indented("\n".join(_difference(held, text)))
        proof.problems.append(f"{path}: differs from what is reported now; repair it, or --update and read\n{changes}")


def _difference(held: str, text: str) -> Iterator[str]:
    import difflib

    return difflib.unified_diff(held.splitlines(), text.splitlines(), "golden", "now", n=0, lineterm="")


def _enough_mistakes(proof: Proof, results: Sequence[Result]) -> None:
    """At least three mistakes per task: those whose first lost task it is."""
    first: dict[str, int] = {task.name: 0 for task in proof.assignment.manifest.tasks}
    for result in results:
        lost = [task.name for task in result.tasks if any(_own_loss(part.verdict) for part in task.parts)]
        if lost:
            first[lost[0]] += 1
    for name, count in first.items():
        proof.require(count >= MIN_MISTAKES, f"{name}: {count} mistakes; write at least {MIN_MISTAKES}")


def _keys(result: Result) -> Iterator[str]:
    yield from (remark.key for remark in result.remarks)
    yield from (part.key for task in result.tasks for part in task.parts if part.key is not None)


def _own_loss(verdict: str) -> bool:
    return verdict not in ("pass", "blocked", "manual")


def _examples(assignment: Assignment) -> Iterator[str]:
    """The visible examples pass on the reference."""
    examples = assignment.folder / "test_examples.py"
    if not examples.is_file():
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / assignment.file_name).write_bytes(assignment.reference.read_bytes())
        (folder / examples.name).write_bytes(examples.read_bytes())
        command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", name, "-p", "no:cacheprovider"]
        environment = os.environ | {"MPLBACKEND": "agg", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        ended = subprocess.run(
            [*command, examples.name], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    if ended.returncode:
        yield f"{examples}: the reference does not pass\n{_indented(ended.stdout[-2000:])}"


def _indented(text: str) -> str:
    return "\n".join(f"      {line}" for line in text.rstrip().splitlines())
