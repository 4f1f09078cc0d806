"""`verify` holds on a sound assignment, and breaks loudly when one thing in it is falsified, naming file and repair."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import build, verify
from autograder.course import Course
from autograder.verify.report import BEGIN, END
from tests.conftest import ROOT, Scratch

Run = Callable[..., subprocess.CompletedProcess[str]]
GRADER = '''
from autograder import assert_close, credit

@credit(2, task="double")
def test_doubles(student, rng):
    """double doubles

    double은 두 배로 만든다
    """
    x = rng.uniform(3, 4)
    assert_close(student.double(7), 14, mistaken={"double.squared": 49, "double.same": 7, "double.tripled": 21})
    assert_close(student.double(x), 2 * x)
'''
MESSAGES = """
[double]
squared = { en = "{function} squares.", ko = "{function}이 제곱합니다." }
same = { en = "{function} changes nothing.", ko = "{function}이 아무것도 바꾸지 않습니다." }
tripled = { en = "{function} triples.", ko = "{function}이 세 배로 만듭니다." }
"""
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


def problems(course: Scratch, update: bool = False) -> list[str]:
    """What the labelled submissions show, found in this process."""
    return verify.prove(course.assignment, verify.Options(update=update, quick=True, jobs=1)).problems


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
    build.run(Course(scratch.root), check=False)
    assert problems(scratch, update=True) == []
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
    done = autograder("verify", "--seeds", "5", course=course.root)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    counts = r"credits 2 · accepted 6 · mistakes 3 · hostile 1 · messages 3/3 · mutants (\d+)/\1/0 · pairs (\d+)/\2"
    assert re.match(rf"01_work  {counts} · impostors 26 · seeds 5 · [\d.]+ s  ok\n", done.stdout), done.stdout
    assert "no right submission failed in 5 x 7 gradings: the chance is below 8.20% a grading" in done.stdout


def test_a_falsified_one_breaks_the_real_command(autograder: Run, course: Scratch) -> None:
    falsify(course, f"{SOLUTIONS}/mistakes/squared.golden", "squares", "triples")
    done = autograder("verify", "01_work", "--quick", course=course.root)
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
    found = "\n".join(problems(course))
    for text in told:
        assert text in found


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
    assert told in "\n".join(problems(course))


def test_too_few_mistakes_for_a_task_are_named(course: Scratch) -> None:
    for ending in ("py", "golden"):
        (course.root / f"{SOLUTIONS}/mistakes/tripled.{ending}").unlink()
    assert "double: 2 mistakes; write at least 3" in problems(course)


def test_a_grader_that_draws_from_elsewhere_is_found(course: Scratch) -> None:
    elsewhere = "import random; x = random.uniform(3, 4)"
    drawn = GRADER.replace("x = rng.uniform(3, 4)", elsewhere).replace("(7), 14,", "(x), 2 * x,")
    course.write(f"{GRADERS}/test_work.py", drawn.replace('task="double")', 'task="double", shown=True)'))
    assert "test_work.py:10: a grader must not use random; draw from the fixture rng" in "\n".join(problems(course))


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
    assert problems(course, update=True) == []
    assert golden.read_text(encoding="utf-8") == before
    falsify(course, f"{SOLUTIONS}/accepted/way_1.py", "x + x", "x")
    assert problems(course, update=True) != [], "an update hides no lost point"


def test_an_unchanged_course_is_not_tried_again_and_says_the_same(autograder: Run, course: Scratch) -> None:
    first = autograder("verify", "--seeds", "3", "--report", course.root / "one", course=course.root)
    again = autograder("verify", "--seeds", "3", "--report", course.root / "two", course=course.root)
    fresh = autograder("verify", "--seeds", "3", "--fresh", "--report", course.root / "three", course=course.root)
    assert [done.returncode for done in (first, again, fresh)] == [0, 0, 0]
    reports = [json.loads((course.root / name / "report.json").read_bytes()) for name in ("one", "two", "three")]
    seconds = [report["assignments"][0].pop("seconds") for report in reports]
    assert reports[0] == reports[1] == reports[2]
    assert seconds[1] < seconds[0] / 2, "the cache saves nothing"
    assert seconds[1] < seconds[2] / 2, "--fresh uses the cache"


def test_the_report_names_every_mutant_and_what_notices_it(autograder: Run, course: Scratch) -> None:
    done = autograder("verify", "--seeds", "3", "--mutants", "--report", course.root / "report", course=course.root)
    record = json.loads((course.root / "report" / "report.json").read_bytes())["assignments"][0]
    page = (course.root / "report" / "index.html").read_text(encoding="utf-8")
    assert len(record["mutants"]) >= 4
    for mutant in record["mutants"]:
        assert mutant["killed_by"] == ["test_work.py::test_doubles", "double doubles"]
        assert mutant["name"] in page
        assert f"{mutant['name']}  test_work.py::test_doubles · double doubles" in done.stdout


def test_a_survivor_is_shown_with_its_diff_until_a_reason_is_given(autograder: Run, course: Scratch) -> None:
    falsify(course, f"{SOLUTIONS}/work.py", "return 2 * x", "x = +x\n    return 2 * x")
    falsify(course, f"{GRADERS}/test_work.py", "uniform(3, 4)", "uniform(3, 4) * 1.0")
    done = autograder("verify", "--seeds", "3", course=course.root)
    survivor = re.search(r"(double:\d+:[\w-]+): no hidden test notices it; add a check, or declare it", done.stdout)
    assert survivor, done.stdout
    assert re.search(r"^ +- +x = \+x$", done.stdout, re.MULTILINE), done.stdout
    course.write(f"{SOLUTIONS}/equivalent.toml", f'[mutants]\n"{survivor[1]}" = "plus changes no number at all"\n')
    assert survivor[1] not in autograder("verify", "--seeds", "3", course=course.root).stdout.replace("equivalent", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[mutants]\n"double:9:none" = "there is no such thing here"\n', "there is no mutant 'double:9:none'; delete"),
        ('[impostors]\n"echo-copy double" = "it is right by nature"\n', "'echo-copy double' earns nothing; delete"),
        ("[mutant]\n", "equivalent.toml: Object contains unknown field `mutant`"),
    ],
)
def test_what_is_declared_and_not_so_is_refused(autograder: Run, course: Scratch, text: str, told: str) -> None:
    course.write(f"{SOLUTIONS}/equivalent.toml", text)
    done = autograder("verify", "--seeds", "3", course=course.root)
    assert done.returncode == 1
    assert told in done.stdout


def test_a_killed_mutant_is_not_equivalent(autograder: Run, course: Scratch) -> None:
    course.write(f"{SOLUTIONS}/equivalent.toml", '[mutants]\n"double:6:return-none" = "it is said to be the same"\n')
    listed = autograder("verify", "--seeds", "3", "--mutants", course=course.root).stdout
    name = re.search(r"double:\d+:return-none", listed)
    assert name, listed
    course.write(f"{SOLUTIONS}/equivalent.toml", f'[mutants]\n"{name[0]}" = "it is said to be the same"\n')
    told = f"'{name[0]}' loses points, so it is not equivalent; delete the entry"
    assert told in autograder("verify", "--seeds", "3", course=course.root).stdout


def test_what_stands_in_the_readme_is_what_was_printed(autograder: Run, course: Scratch) -> None:
    readme = course.write("README.md", f"# Course\n{BEGIN}\nnothing yet\n{END}\n")
    stale = autograder("verify", course=course.root)
    assert stale.returncode == 1
    assert "README.md: its table of the proofs is out of date; run autograder verify --update" in stale.stdout
    assert autograder("verify", "--update", course=course.root).returncode == 0
    assert re.search(
        r"^\| \[`01_work`\]\(.*\) \| 2 \| 6 \| 3 \| 1 \| \d+ / \d+ / 0 \|", readme.read_text(), re.MULTILINE
    )
    assert autograder("verify", course=course.root).returncode == 0


def test_ctrl_c_ends_it_soon_keeps_what_is_known_and_leaves_nothing_running(
    course: Scratch, environment: dict[str, str]
) -> None:
    command = [
        sys.executable,
        "-m",
        "autograder",
        "--course",
        str(course.root),
        "verify",
        "--seeds",
        "2000",
        "--jobs",
        "2",
    ]
    kept = course.root / ".autograder" / "verify" / "01_work.msgpack"
    with subprocess.Popen(
        command, env=environment | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        time.sleep(6)
        running.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert running.wait(30) == 130
        assert time.monotonic() - began < 10
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()
    assert kept.is_file()
    left = [b"?"]
    while any(left) and time.monotonic() - began < 20:
        left = subprocess.run(
            ["pgrep", "-a", "-s", str(running.pid)], capture_output=True, check=False
        ).stdout.splitlines()
    assert left == [], "a process is left behind"
