"""One nudge at a time; a broken memory never costs the hint."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.hint import next_hint
from tests import gates_course

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return gates_course.course(tmp_path / "강의")


def asked(course: Path, task: str = "AND") -> str:
    return next_hint(Course(course).assignment("01_gates"), task, "en")


def test_hints_come_one_after_the_other_and_start_over(course: Path) -> None:
    first, last, again = asked(course), asked(course), asked(course)
    assert first == "AND, hint 1 of 2: vague AND\nAsk again for the next one."
    assert last == "AND, hint 2 of 2: near AND\nThat was the last one. Ask again and they start over."
    assert again == first
    assert [path.name for path in (course / ".autograder").iterdir()] == ["hints.json"]


def test_every_task_counts_for_itself(course: Path) -> None:
    asked(course)
    assert asked(course, "AND_THREE").startswith("AND_THREE, hint 1 of 2")
    assert asked(course).startswith("AND, hint 2 of 2")


def test_the_command_speaks_both_languages(course: Path, autograder: Command) -> None:
    english = autograder("hint", "01_gates", "and_three", course=course)
    korean = autograder("hint", "gates", "AND_THREE", "--lang", "ko", course=course)
    assert (english.returncode, korean.returncode) == (0, 0)
    assert english.stdout.startswith("AND_THREE, hint 1 of 2: vague AND_THREE\n")
    assert (
        korean.stdout
        == "AND_THREE 힌트 2/2: 거의 다 AND_THREE\n마지막 힌트입니다. 다시 실행하면 처음부터 보여 줍니다.\n"
    )


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        ("AND_THRE", "did you mean AND_THREE?"),
        ("slop", "did you mean slope?"),
        ("q", "there are: AND, AND_THREE, slope"),
    ],
)
def test_an_unknown_task_gets_the_nearest_name(course: Path, autograder: Command, task: str, answer: str) -> None:
    ended = autograder("hint", "01_gates", task, course=course)
    assert ended.returncode == 2
    assert ended.stderr == f"autograder: 01_gates has no task {task!r}; {answer}\n"


@pytest.mark.parametrize(
    "state", [b"", b"{", b"\xff\xfe", b"[1]", b'{"01_gates/AND": -1}', b'{"01_gates/AND": "2"}', b"[" * 100_000]
)
def test_a_corrupt_state_is_said_and_repaired(course: Path, state: bytes) -> None:
    (course / ".autograder").mkdir()
    (course / ".autograder/hints.json").write_bytes(state)
    said = asked(course)
    assert said.startswith("AND, hint 1 of 2: vague AND\n")
    assert ".autograder/hints.json cannot be read" in said
    assert asked(course).startswith("AND, hint 2 of 2")


def test_a_number_from_an_older_list_of_hints_still_gives_one(course: Path) -> None:
    (course / ".autograder").mkdir()
    (course / ".autograder/hints.json").write_text('{"01_gates/AND": 1000001}')
    assert asked(course).startswith("AND, hint 2 of 2")


def test_a_state_that_cannot_be_written_does_not_lose_the_hint(course: Path) -> None:
    (course / ".autograder").write_text("a file where the folder should be")
    for _ in range(2):
        said = asked(course)
        assert said.startswith("AND, hint 1 of 2: vague AND\n")
        assert ".autograder/hints.json cannot be written" in said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions that hold")
def test_a_course_that_cannot_be_written_does_not_lose_the_hint(course: Path) -> None:
    course.chmod(0o555)
    try:
        assert "cannot be written" in asked(course)
    finally:
        course.chmod(0o755)
