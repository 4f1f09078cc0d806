"""What the engine's own tests share: scratch courses, submissions graded in this process, and the real command line."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder.course import Assignment, Course
from autograder.grade import Grader
from autograder.ingest import Submission
from autograder.result import Result
from autograder.sandbox.launcher import THREADS

if TYPE_CHECKING:
    from tests.github.school import School

for name in THREADS:  # as the command line has it for its own process
    os.environ.setdefault(name, "1")

ROOT = Path(__file__).parent.parent
SECRET = b"a secret of the tests"
LIMITS = {"seconds": 0.4, "load_seconds": 1.0, "total_seconds": 10.0, "memory_mb": 256, "output_kb": 4, "frame_mb": 4}
MANIFEST = """
title = {{ en = "Work", ko = "작업" }}
module = "work"
[limits]
{limits}
{tasks}
"""
TASK = """
[[tasks]]
name = "{name}"
points = {points}
bonus = {bonus}
needs = {needs}
hints = [{{ en = "Think.", ko = "생각하세요." }}, {{ en = "Think again.", ko = "다시 생각하세요." }}]
"""

# Of a task `double`, to be put below a manifest.
QUESTION = """
[[written]]
name = "WHY"
task = "double"
points = 2
question = { en = "Why twice?", ko = "왜 두 배인가요?" }
"""


@pytest.fixture(autouse=True)
def _same_environment() -> Iterator[None]:
    """What runs in this process leaves its environment alone, or the tests after it would run in another one."""
    before = dict(os.environ)
    yield
    after = dict(os.environ)
    for environment in (before, after):
        environment.pop("PYTEST_CURRENT_TEST", None)
    assert after == before


class Scratch:
    """A course with one assignment, `01_work`, whose module is `work`; the tests write its grader."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def assignment(self) -> Assignment:
        return Course(self.root).assignment("01_work")

    def lay(
        self, grader: str, tasks: Mapping[str, Mapping[str, Any] | int], messages: str = "", **limits: float
    ) -> Assignment:
        """Write the assignment. `tasks`: name -> points, or a dict of points, bonus and needs."""
        told = [{"name": name, **({"points": t} if isinstance(t, int) else t)} for name, t in tasks.items()]
        manifest = MANIFEST.format(
            limits="\n".join(f"{name} = {value}" for name, value in (LIMITS | limits).items()),
            tasks="".join(TASK.format(**({"bonus": 0, "needs": []} | task)) for task in told),
        )
        self.write("assignments/01_work/assignment.toml", manifest)
        self.write("autograder/graders/01_work/test_work.py", grader)
        self.write("autograder/graders/01_work/messages.toml", messages)
        return self.assignment

    def write(self, path: str, text: str) -> Path:
        """A dedented file of the course, its folders made."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(textwrap.dedent(text), encoding="utf-8")
        return place

    def grade(self, sources: Mapping[str, str], secret: bytes = SECRET) -> dict[str, Result]:
        """The Results of these submissions (student -> source), all by one Grader of this process."""
        return self.grade_all([submission(student, source) for student, source in sources.items()], secret)

    def grade_all(self, handed_in: Sequence[Submission], secret: bytes = SECRET) -> dict[str, Result]:
        """The Results of submissions, by student."""
        results: dict[str, Result] = {}
        with Grader(self.assignment, secret) as grader:
            grader.grade(handed_in, lambda result: results.__setitem__(result.student, result))
        return results


def submission(student: str, source: str) -> Submission:
    text = textwrap.dedent(source)
    return Submission(student, text, hashlib.sha256(text.encode()).hexdigest(), f"{student}.py", None)


@pytest.fixture(scope="session")
def new_scratch(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Scratch]:
    return lambda: Scratch(tmp_path_factory.mktemp("course"))


@pytest.fixture
def scratch(new_scratch: Callable[[], Scratch]) -> Scratch:
    return new_scratch()


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What the command line is run with: nothing of the machine's but what Python needs."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT")}
    return kept | {"NAND2MNIST_SECRET": SECRET.decode(), "LC_ALL": "C.UTF-8", "COLUMNS": "160"}


@pytest.fixture(scope="session")
def autograder(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`autograder("grade", …)` runs the real command. `before`: a command in front of it; `env`: more variables."""

    def run(
        *arguments: object, course: Path | None = None, before: tuple[str, ...] = (), env: Any = (), cwd: Any = None
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "autograder", *(("--course", str(course)) if course else ())]
        return subprocess.run(
            [*command, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd=cwd or ROOT,
            env=environment | {"PYTHONPATH": str(ROOT)} | dict(env),
        )

    return run


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """A course that is published on a little GitHub; the tests have students of their own in it."""
    from tests.github.school import School

    with School(tmp_path_factory.mktemp("school")) as school:
        yield school
        assert school.github.unknown == []


_students = itertools.count(1)


@pytest.fixture
def login() -> str:
    """A student whom no other test knows."""
    return f"student-{next(_students):02}"
