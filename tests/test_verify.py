"""`verify` holds on a sound assignment, and breaks loudly when one thing in it is falsified, naming file and repair."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import build, verify
from autograder.course import Course
from tests.conftest import Scratch

Run = Callable[..., subprocess.CompletedProcess[str]]
GRADER = '''
from autograder import assert_close, credit

@credit(2, task="double")
def test_doubles(student, rng):
    """double doubles

    double은 두 배로 만든다
    """
    x = rng.uniform(3, 4)
    assert_close(student.double(7), 14, mistaken={"double.squared": 49})
    assert_close(student.double(x), 2 * x)
'''
MESSAGES = '["double.squared"]\nen = "{function} squares."\nko = "{function}이 제곱합니다."\n'
REFERENCE = '''
def double(x):
    """Twice x.

    x의 두 배.
    """
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''
EXAMPLES = '''
import work

def test_double_of_one():
    """1 becomes 2

    1은 2가 된다
    """
    assert work.double(1) == 2
'''
ACCEPTED = ["2 * x", "x + x", "x * 2", "x / 0.5", "sum([x, x])", "-(-2 * x)"]
MISTAKES = {"squared": "x * x", "left_as_it_is": "x", "tripled": "3 * x"}
FOLDER = "01_work"
SOLUTIONS, GRADERS, HOME = f"solutions/{FOLDER}", f"autograder/graders/{FOLDER}", f"assignments/{FOLDER}"


@pytest.fixture(autouse=True)
def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grade in this process: starting others takes longer than these few submissions."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)


@pytest.fixture(scope="module")
def sound(new_scratch: Callable[[], Scratch]) -> Path:
    """A whole course, as small as `verify` lets it be."""
    scratch = new_scratch()
    scratch.lay(GRADER, {"double": 2}, MESSAGES)
    scratch.write(f"{SOLUTIONS}/work.py", REFERENCE)
    for number, body in enumerate(ACCEPTED):
        scratch.write(f"{SOLUTIONS}/accepted/way_{number}.py", f"def double(x):\n    return {body}\n")
    for name, body in MISTAKES.items():
        scratch.write(f"{SOLUTIONS}/mistakes/{name}.py", f"def double(x):\n    return {body}\n")
    scratch.write(f"{SOLUTIONS}/hostile/exits.py", "import os\nos._exit(0)\n")
    scratch.write(f"{HOME}/test_examples.py", EXAMPLES)
    scratch.write(f"{HOME}/README.md", "# Work\n`double`\n" + "It is about doubling. " * 50)
    scratch.write(f"{HOME}/README.ko.md", "# 작업\n`double`\n" + "두 배로 만드는 문제입니다. " * 50)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        build.run(Course(scratch.root), check=False)
        assert verify.prove(scratch.assignment, update=True).problems == []
    return scratch.root


@pytest.fixture
def course(sound: Path, tmp_path: Path) -> Scratch:
    """A copy of the sound course, to be falsified."""
    shutil.copytree(sound, tmp_path / "course")
    return Scratch(tmp_path / "course")


def falsify(course: Scratch, path: str, old: str, new: str) -> None:
    place = course.root / path
    text = place.read_text(encoding="utf-8")
    assert text.count(old) >= 1, text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_assignment_holds_through_the_real_command(autograder: Run, course: Scratch) -> None:
    done = autograder("verify", course=course.root)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("01_work  points 2 · accepted 6 · mistakes 3 · hostile 1 · messages met 1/1")
    assert done.stdout.rstrip().endswith("ok")


def test_a_falsified_one_breaks_the_real_command(autograder: Run, course: Scratch) -> None:
    falsify(course, f"{SOLUTIONS}/mistakes/squared.golden", "squares", "triples")
    done = autograder("verify", "01_work", course=course.root)
    assert done.returncode == 1
    assert "squared.golden: differs from what is reported now; repair it, or --update" in done.stdout
    assert "-    en  double triples." in done.stdout


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (f"{GRADERS}/test_work.py", "14", "15", ["reference: must get full marks", "accepted/way_0: must get full"]),
        (f"{GRADERS}/test_work.py", "49", "50", ["mistakes/squared.golden: differs"]),
        (f"{GRADERS}/test_work.py", '"double.squared"', '"double.cubed"', ["'double.cubed' is in no catalogue"]),
        (f"{GRADERS}/test_work.py", "double doubles", "double doublez", ["mistakes/tripled.golden: differs"]),
        (f"{GRADERS}/messages.toml", "제곱합니다", "제곱 합니다", ["mistakes/squared.golden: differs"]),
        (f"{GRADERS}/messages.toml", "이 제곱합니다", "", ["the Korean text is empty or not Korean; translate it"]),
        (f"{GRADERS}/messages.toml", "squares", "제곱", ["the English text is empty or Korean; translate it"]),
        (f"{HOME}/assignment.toml", "Think again.", "Think twice.", ["hints.golden: differs"]),
        (f"{HOME}/assignment.toml", "다시 생각하세요.", "Think.", ["a hint of double: the Korean text is empty"]),
        (f"{HOME}/work.py", "raise NotImplementedError", "return", ["work.py: out of date; run autograder build"]),
        (f"{HOME}/README.ko.md", "`double`", "", ["README.ko.md: does not name double"]),
        (f"{HOME}/README.md", "# Work", "[picture](no.svg)", ["links to no.svg, which is not there; repair"]),
        (f"{HOME}/test_examples.py", "== 2", "== 3", ["test_examples.py: the reference does not pass"]),
        (f"{SOLUTIONS}/work.py", "return 2 * x", "return 3 * x", ["reference: must get full marks"]),
        (f"{SOLUTIONS}/accepted/way_1.py", "x + x", "x + 3", ["accepted/way_1: must get full marks"]),
        (f"{SOLUTIONS}/mistakes/tripled.py", "3 * x", "2 * x", ["mistakes/tripled: loses nothing; no grader catches"]),
        (f"{SOLUTIONS}/hints.golden", "double  2", "double  3", ["hints.golden: differs"]),
        (f"{GRADERS}/test_work.py", "from", "import solutions\nfrom", ["test_work.py:2: a grader must not import"]),
        (f"{HOME}/assignment.toml", "points = 2", "points = 3", ["graders/01_work: task 'double' has tests for 2 + 0"]),
        (f"{HOME}/assignment.toml", "bonus = 0", "bonus = 1", ["assignment.toml says 2 + 1"]),
    ],
)
def test_one_false_thing_is_found_and_named(course: Scratch, path: str, old: str, new: str, told: list[str]) -> None:
    falsify(course, path, old, new)
    problems = "\n".join(verify.prove(course.assignment).problems)
    for text in told:
        assert text in problems


@pytest.mark.parametrize(
    ("remove", "told"),
    [
        (f"{SOLUTIONS}/mistakes/tripled.golden", "tripled.golden: no golden report; run autograder verify --update"),
        (f"{SOLUTIONS}/mistakes/tripled.py", "tripled.golden: belongs to no submission; delete it"),
        (f"{SOLUTIONS}/accepted/way_5.py", "5 accepted variants; write at least 6"),
        (f"{HOME}/work.py", "work.py: out of date; run autograder build"),
        (f"{HOME}/README.md", "README.md: no handout"),
        (f"{HOME}/test_examples.py", "no test_examples.py; write a few visible examples"),
    ],
)
def test_what_is_missing_is_named(course: Scratch, remove: str, told: str) -> None:
    (course.root / remove).unlink()
    assert told in "\n".join(verify.prove(course.assignment).problems)


def test_too_few_mistakes_for_a_task_are_named(course: Scratch) -> None:
    for ending in ("py", "golden"):
        (course.root / f"{SOLUTIONS}/mistakes/tripled.{ending}").unlink()
    assert "double: 2 mistakes; write at least 3" in verify.prove(course.assignment).problems


def test_a_grader_that_draws_from_elsewhere_is_found(course: Scratch) -> None:
    elsewhere = "import time; x = time.perf_counter_ns() % 10**9 + 3"
    drawn = GRADER.replace("x = rng.uniform(3, 4)", elsewhere).replace("(7), 14,", "(x), 2 * x,")
    course.write(f"{GRADERS}/test_work.py", drawn.replace('task="double")', 'task="double", shown=True)'))
    assert "two runs differ; a grader must draw from its rng" in "\n".join(verify.prove(course.assignment).problems)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('module = "work"', 'modul = "work"', "unknown field `modul`"),
        ('module = "work"', 'module = "work.py"', "module 'work.py' is no Python name"),
        ("points = 2", "points = 0", "points must be above 0"),
        ("needs = []", 'needs = ["triple"]', "needs 'triple', which is no task"),
        ("points = 2", "points = 2\npoints = 2", "assignment.toml"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_told_with_its_file(
    autograder: Run, course: Scratch, old: str, new: str, told: str
) -> None:
    falsify(course, f"{HOME}/assignment.toml", old, new)
    done = autograder("verify", course=course.root)
    assert done.returncode == 2
    assert "assignment.toml: " in done.stderr
    assert told in done.stderr


def test_update_writes_the_golden_reports_and_nothing_else(course: Scratch) -> None:
    golden = course.root / f"{SOLUTIONS}/mistakes/squared.golden"
    before = golden.read_text(encoding="utf-8")
    falsify(course, f"{SOLUTIONS}/mistakes/squared.golden", "squares", "triples")
    assert verify.prove(course.assignment, update=True).problems == []
    assert golden.read_text(encoding="utf-8") == before
    falsify(course, f"{SOLUTIONS}/accepted/way_1.py", "x + x", "x")
    assert verify.prove(course.assignment, update=True).problems != [], "an update hides no lost point"
