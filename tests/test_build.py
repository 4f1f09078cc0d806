"""`autograder build` makes every stub and notebook from its reference, and `--check` says which ones are stale."""

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


STUB, NOTEBOOK = "assignments/01_gates/gates.py", "assignments/01_gates/gates.ipynb"


def told(fact: str) -> str:
    """What `build` prints if this holds of both files."""
    return f"{STUB}  {fact}\n{NOTEBOOK}  {fact}\n"


def test_files_are_written_once_and_then_left_alone(course: Path, autograder: Command) -> None:
    stub, notebook = course / STUB, course / NOTEBOOK
    first = autograder("build", course=course)
    assert (first.returncode, first.stdout) == (0, told("written"))
    text = stub.read_text(encoding="utf-8")
    assert 'raise NotImplementedError("AND_THREE")' in text
    assert "WEIGHTS = None" in text
    assert "return" not in text
    written = stub.stat().st_mtime_ns, notebook.stat().st_mtime_ns
    again = autograder("build", course=course)
    assert again.stdout == told("up to date")
    assert (stub.stat().st_mtime_ns, notebook.stat().st_mtime_ns) == written
    there = sorted(path.name for path in stub.parent.iterdir())
    assert there == ["assignment.toml", "gates.ipynb", "gates.py", "test_examples.py"]


def test_check_reports_and_touches_nothing(course: Path, autograder: Command) -> None:
    stub = course / STUB
    missing = autograder("build", "--check", course=course)
    assert missing.returncode == 1
    assert missing.stdout == told("not there; run autograder build")
    assert not stub.exists()
    autograder("build", course=course)
    stub.write_text(stub.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    stale = autograder("build", "--check", course=course)
    assert stale.returncode == 1
    assert stale.stdout == f"{STUB}  out of date; run autograder build\n{NOTEBOOK}  up to date\n"
    assert autograder("build", course=course).returncode == 0
    assert autograder("build", "--check", course=course).returncode == 0


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        (NOTEBOOK, "points", "Points"),
        ("assignments/01_gates/assignment.toml", "points = 1", "points = 2"),
        ("assignments/01_gates/test_examples.py", "2.0", "3.0"),
        ("assignments/01_gates/README.md", "and", "with"),
        ("assignments/01_gates/README.ko.md", "and", "with"),
        ("solutions/01_gates/gates.py", "And of three", "All of three"),
    ],
)
def test_a_notebook_is_out_of_date_when_it_or_a_source_was_changed(
    course: Path, autograder: Command, source: str, old: str, new: str
) -> None:
    for name in ("README.md", "README.ko.md"):
        gates_course.write(course / "assignments/01_gates" / name, "# Gates\n\n## Two\n\nAND is 1 for 1 and 1.\n")
    autograder("build", course=course)
    path = course / source
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    ended = autograder("build", "--check", course=course)
    assert ended.returncode == 1
    assert f"{NOTEBOOK}  out of date; run autograder build\n" in ended.stdout


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
    assert not (course / STUB).exists()
    assert not (course / NOTEBOOK).exists()


def test_a_course_without_solutions_has_nothing_to_build(course: Path, autograder: Command) -> None:
    (course / "solutions").rename(course / "elsewhere")
    ended = autograder("build", course=course)
    assert ended.returncode == 2
    assert "no solutions/ folder" in ended.stderr
