"""The course as it is: what can be seen of every assignment in a second. `make verify` proves the rest."""

from __future__ import annotations

import pytest

from autograder import build, contents, course, lint
from autograder.grade import Grader
from autograder.ingest import Submission, Wanted, collect
from autograder.result import Result
from tests.conftest import SECRET

COURSE = course.find()
NUMBERS = [f"{number:02}" for number in range(1, 11)]


def test_ten_assignments_from_a_gate_to_a_digit_reader() -> None:
    assert [name[:2] for name in COURSE.ids] == NUMBERS


@pytest.mark.parametrize("id", COURSE.ids)
def test_nothing_derived_is_stale_and_no_text_is_missing(id: str) -> None:
    assignment = COURSE.assignment(id)
    assert assignment.stub.read_text(encoding="utf-8") == build.generated(assignment)
    assert list(lint.problems(assignment)) == []


def test_the_tables_of_the_course_are_up_to_date() -> None:
    tables = dict(contents.tables(COURSE))
    assert {path.name for path in tables} == {"README.md", "README.ko.md"}
    for path, text in tables.items():
        assert path.read_text(encoding="utf-8") == text, "run autograder build"


@pytest.mark.parametrize("id", COURSE.ids)
def test_the_reference_gets_everything_and_the_stub_nothing(id: str) -> None:
    assignment = COURSE.assignment(id)
    submissions: list[Submission] = []
    for path in (assignment.reference, assignment.stub):
        submissions += collect([path], Wanted.of(assignment))
    results: list[Result] = []
    with Grader(assignment, SECRET) as grader:
        grader.grade(submissions, results.append)
    reference, stub = results
    assert reference.score + reference.outstanding == reference.max_score + reference.bonus
    assert reference.bonus == sum(task.bonus for task in assignment.manifest.tasks)
    assert (stub.score, stub.outstanding) == (0, 0)
    assert {part.verdict for task in stub.tasks for part in task.parts} == {"todo"}


@pytest.mark.parametrize("id", COURSE.ids)
def test_every_assignment_has_what_its_graders_are_proven_with(id: str) -> None:
    solutions = COURSE.assignment(id).solutions
    assert len(list((solutions / "accepted").glob("*.py"))) >= 6
    for kind in ("mistakes", "hostile"):
        sources = {path.stem for path in (solutions / kind).glob("*.py")}
        assert sources
        assert {path.stem for path in (solutions / kind).glob("*.golden")} == sources
