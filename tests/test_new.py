"""`autograder new` lays out an assignment that builds and can be verified at once; names that clash are refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import build, manifest
from autograder.course import Course
from tests import gates_course

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return gates_course.course(tmp_path / "강의")


def test_the_scaffold_is_whole_and_says_what_comes_next(course: Path, autograder: Command) -> None:
    ended = autograder("new", "02_sequences", "fibonacci", "recurrence", course=course)
    assert (ended.returncode, ended.stderr) == (0, "")
    files = [line for line in ended.stdout.splitlines() if line and (course / line).is_file()]
    assert set(files) == {
        "assignments/02_sequences/assignment.toml",
        "assignments/02_sequences/README.md",
        "assignments/02_sequences/README.ko.md",
        "assignments/02_sequences/test_examples.py",
        "solutions/02_sequences/sequences.py",
        "solutions/02_sequences/accepted/.gitkeep",
        "solutions/02_sequences/mistakes/.gitkeep",
        "autograder/graders/02_sequences/test_sequences.py",
        "autograder/graders/02_sequences/messages.toml",
    }
    assert "autograder verify 02_sequences" in ended.stdout
    loaded = manifest.load(course / "assignments/02_sequences/assignment.toml")
    assert [task.name for task in loaded.tasks] == ["fibonacci", "recurrence"]


def test_the_scaffold_builds_and_its_reference_passes_its_examples(course: Path, autograder: Command) -> None:
    autograder("new", "02_sequences", "fibonacci", course=course)
    assert build.run(Course(course), check=False) == []
    stub = course / "assignments/02_sequences/sequences.py"
    assert 'raise NotImplementedError("fibonacci")' in stub.read_text(encoding="utf-8")
    todo = autograder("check", "02", course=course)
    assert (todo.returncode, "○ fibonacci  still to do" in todo.stdout) == (1, True)
    stub.write_bytes((course / "solutions/02_sequences/sequences.py").read_bytes())
    assert autograder("check", "02", course=course).returncode == 0


def test_verify_runs_on_the_scaffold_and_names_what_is_missing(course: Path, autograder: Command) -> None:
    autograder("new", "02_sequences", "fibonacci", course=course)
    autograder("build", course=course)
    ended = autograder("verify", "02_sequences", course=course)
    if ended.returncode == 3:
        pytest.skip("no sandbox here")
    assert ended.returncode == 1, ended.stderr
    for missing in ("README.ko.md", "a hint of fibonacci", "accepted variants", "fibonacci: 0 mistakes"):
        assert missing in ended.stdout
    assert "full marks" not in ended.stdout
    assert "stub" not in ended.stdout


@pytest.mark.parametrize(
    ("id", "fact"),
    [
        ("01_gates", "01_gates is there already"),
        ("01_others", "number 01 is taken by 01_gates"),
        ("07_gates", "name gates is taken by 01_gates"),
        ("2_sequences", "is no id"),
        ("02_Sequences", "is no id"),
        ("02_수열", "is no id"),
        ("02_../x", "is no id"),
        ("02_", "is no id"),
        ("02_lambda", "would hide Python's own"),
        ("02_random", "would hide Python's own"),
        ("02_numpy", "would hide Python's own"),
    ],
)
def test_an_id_that_cannot_be_used_is_refused(course: Path, autograder: Command, id: str, fact: str) -> None:
    before = sorted(course.rglob("*"))
    ended = autograder("new", id, "f", course=course)
    assert ended.returncode == 2
    assert fact in ended.stderr
    assert sorted(course.rglob("*")) == before


@pytest.mark.parametrize(
    ("tasks", "fact"), [(["1a"], "no public"), (["_f"], "no public"), (["if"], "no public"), (["f", "f"], "twice")]
)
def test_a_task_that_cannot_be_one_is_refused(course: Path, autograder: Command, tasks: list[str], fact: str) -> None:
    ended = autograder("new", "02_sequences", *tasks, course=course)
    assert ended.returncode == 2
    assert fact in ended.stderr
    assert not (course / "assignments/02_sequences").exists()


def test_what_somebody_began_by_hand_is_not_overwritten(course: Path, autograder: Command) -> None:
    mine = gates_course.write(course / "solutions/02_sequences/sequences.py", "mine")
    ended = autograder("new", "02_sequences", "f", course=course)
    assert ended.returncode == 2
    assert "already there" in ended.stderr
    assert mine.read_text() == "mine"
    assert not (course / "assignments/02_sequences").exists()
