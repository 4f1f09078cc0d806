"""What `autograder verify` does: every assignment's trials, shared out over the cores, and what is said of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from autograder.course import Assignment, Course, CourseError
from autograder.output import Terminal
from autograder.verify import report
from autograder.verify.inquiry import Inquiry, Options
from autograder.verify.leaks import problems as leaks
from autograder.verify.proof import Proof
from autograder.verify.runner import UNDER_WAY, Crew
from autograder.verify.seeds import SEEDS


def run(course: Course, assignments: Sequence[Assignment], options: Options | None = None) -> bool:
    """Verify and print one line per assignment, with every problem below it; returns whether all hold.

    Raises ManifestError, CatalogueError, CourseError, SandboxUnavailable.
    """
    options = options or Options()
    console = Terminal(highlight=False, soft_wrap=True)
    proofs = []
    for proof in proved(course, assignments, options):
        proofs.append(proof)
        _print(console, proof, options)
    good = not any(proof.problems for proof in proofs)
    whole = [assignment.id for assignment in assignments] == course.ids and not options.quick and options.seeds >= SEEDS
    found = list(leaks(course, course.root / "assignments")) if whole else []
    for problem in found:
        console.print(f"leak: {problem}", markup=False)
    good &= not found
    if whole:
        good &= _readme(console, course, proofs, options.update)
    if options.report is not None:
        try:
            page = report.write(options.report, proofs, found)
        except OSError as error:
            raise CourseError(f"{options.report}: {error.strerror}; choose another folder with --report") from error
        console.print(f"report: {page}", markup=False)
    return good


def is_clean(course: Course, folder: Path) -> bool:
    """Look for leaks in a folder, and in its history if it is a repository; print what is found."""
    console = Terminal(highlight=False, soft_wrap=True)
    found = list(leaks(course, folder))
    for problem in found:
        console.print(problem, markup=False)
    if not found:
        console.print(f"{folder}: no line of a solution or a grader, no hidden value", markup=False)
    return not found


def proved(course: Course, assignments: Sequence[Assignment], options: Options) -> Iterator[Proof]:
    """The proofs in turn."""
    inquiries: list[Inquiry] = []
    try:
        # One process more than cores: one waits, mostly, for what hangs.
        with Crew(course, options.jobs or (os.cpu_count() or 1) + 1) as crew, _progress() as bar:
            task = bar.add_task("verify", total=None)
            for assignment in assignments:
                inquiries.append(Inquiry(assignment, options, lambda weight: bar.advance(task, weight)))
                if len(inquiries) == 1:
                    inquiries[0].begin(crew)  # while the others are made
            bar.update(task, total=sum(inquiry.weight for inquiry in inquiries))
            for following in inquiries[1 : UNDER_WAY - 1]:
                following.begin(crew)
            for place, inquiry in enumerate(inquiries):
                for following in inquiries[place + 1 :][UNDER_WAY - 2 : UNDER_WAY - 1]:
                    following.begin(crew)
                bar.update(task, description=f"verify {inquiry.proof.assignment.id}")
                yield inquiry.finish(crew)
    finally:
        for inquiry in inquiries:
            inquiry.save()  # what is known by now is known after Ctrl-C, too


def prove(assignment: Assignment, options: Options) -> Proof:
    """One assignment."""
    (proof,) = proved(assignment.course, [assignment], options)
    return proof


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    console = Terminal(stderr=True)
    left = (TextColumn("left"), TimeRemainingColumn())
    return Progress(*columns, *left, console=console, transient=True, disable=not console.is_terminal)


def _print(console: Terminal, proof: Proof, options: Options) -> None:
    """The line of an assignment, its problems, and the tables that were asked for."""
    console.print(proof.line, markup=False)
    for note in proof.notes.values():
        console.print(f"  {note}", markup=False)
    if options.mutants:
        for fate in proof.mutants:
            what = (fate.reason and f"equivalent: {fate.reason}") or (fate.killed_by and " · ".join(fate.killed_by))
            console.print(f"  {fate.name}  {what or 'survived'}", markup=False)
    if options.tolerances:
        _print_tolerances(console, proof)
    for problem in proof.problems:
        console.print(f"  {problem}", markup=False)


def _print_tolerances(console: Terminal, proof: Proof) -> None:
    table = Table("comparison", "tolerance", "worst accepted", "best rejected", "reason", box=None)
    for row in proof.tolerances:
        errors = ("-" if error is None else f"{error:.2g} x" for error in (row.accepted, row.rejected))
        table.add_row(row.place, f"{row.tolerance:.2g}" if row.tolerance else "exact", *errors, row.reason or "")
    console.print(table)


def _readme(console: Terminal, course: Course, proofs: Sequence[Proof], update: bool) -> bool:
    """Whether the table in the README files is what was printed; with `update` it is from now on."""
    good = True
    for path, text in report.tables(course, proofs):
        if path.read_text(encoding="utf-8") == text:
            continue
        if update:
            path.write_text(text, encoding="utf-8")
            console.print(f"{path.name}: table written", markup=False)
        else:
            console.print(f"{path.name}: its table of the proofs is out of date; run autograder verify --update")
            good = False
    return good
