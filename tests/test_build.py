"""`autograder build` makes every stub from its reference, and `--check` says which ones are stale."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import gates_course

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return gates_course.course(tmp_path / "강의 자료")


def test_a_stub_is_written_once_and_then_left_alone(course: Path, autograder: Command) -> None:
    stub = course / "assignments/01_gates/gates.py"
    first = autograder("build", course=course)
    assert (first.returncode, first.stdout) == (0, "assignments/01_gates/gates.py  written\n")
    text = stub.read_text(encoding="utf-8")
    assert 'raise NotImplementedError("AND_THREE")' in text
    assert "WEIGHTS = None" in text
    assert "return" not in text
    written = stub.stat().st_mtime_ns
    again = autograder("build", course=course)
    assert again.stdout == "assignments/01_gates/gates.py  up to date\n"
    assert stub.stat().st_mtime_ns == written
    assert sorted(path.name for path in stub.parent.iterdir()) == ["assignment.toml", "gates.py", "test_examples.py"]


def test_check_reports_and_touches_nothing(course: Path, autograder: Command) -> None:
    stub = course / "assignments/01_gates/gates.py"
    missing = autograder("build", "--check", course=course)
    assert missing.returncode == 1
    assert missing.stdout == "assignments/01_gates/gates.py  not there; run autograder build\n"
    assert not stub.exists()
    autograder("build", course=course)
    stub.write_text(stub.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    stale = autograder("build", "--check", course=course)
    assert (stale.returncode, stale.stdout) == (1, "assignments/01_gates/gates.py  out of date; run autograder build\n")
    assert autograder("build", course=course).returncode == 0
    assert autograder("build", "--check", course=course).returncode == 0


@pytest.mark.parametrize(
    ("data", "fact"),
    [
        (None, "solutions/01_gates/gates.py: not there; write the reference solution"),
        (b"# caf\xe9\n", "solutions/01_gates/gates.py:1  not UTF-8"),
        (b"x = 1\n", "solutions/01_gates/gates.py:1  no region"),
        (b"def f(:\n", "solutions/01_gates/gates.py:1  "),
    ],
)
def test_a_reference_that_makes_no_stub_is_an_error(
    course: Path, autograder: Command, data: bytes | None, fact: str
) -> None:
    reference = course / "solutions/01_gates/gates.py"
    reference.unlink()
    if data is not None:
        reference.write_bytes(data)
    ended = autograder("build", course=course)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"autograder: {fact}")
    assert not (course / "assignments/01_gates/gates.py").exists()


def test_a_course_without_solutions_has_nothing_to_build(course: Path, autograder: Command) -> None:
    (course / "solutions").rename(course / "elsewhere")
    ended = autograder("build", course=course)
    assert ended.returncode == 2
    assert "no solutions/ folder" in ended.stderr
