"""Objects that a grader makes beside the student's code, data that ships with the course, and tests that draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course, CourseError
from autograder.result import Part
from tests.conftest import Scratch

HEAD = """
import numpy as np
from autograder import Figure, assert_close, credit, fail

"""
TEST = '''
@credit(1, task="work"{credit})
def test_work(student, part, rng, dataset):
    """a claim

    주장
    """
{body}
'''
SGD = """
class SGD:
    def __init__(self, lr): self.lr = lr
    def update(self, params, grads):
        for key in params: {line}
def work(*args): return args[0].normal()
"""
Grade = Callable[..., Part]


@pytest.fixture
def grade(scratch: Scratch) -> Grade:
    """The one part of a test with this body, run on this source."""

    def run(body: str, source: str, credit: str = "", manifest: str = "") -> Part:
        indented = "".join(f"    {line}\n" for line in body.strip().split("\n"))
        scratch.lay(HEAD + TEST.format(body=indented, credit=credit), {"work": 1})
        path = scratch.root / "assignments/01_work/assignment.toml"
        path.write_text(manifest + path.read_text())
        result = scratch.grade({"ann": source})["ann"]
        assert result.status == "graded", result.remarks
        return result.tasks[0].parts[-1]

    return run


UPDATE = """
w = student.make("w", w=np.ones(3))
params = student.make("{'W': w}", w=w)
student.SGD(lr=0.1).update(params, {"W": np.ones(3)})
assert_close(w.fetch(), np.full(3, 0.9))
"""


def test_an_update_in_place_is_seen_in_the_callers_own_array(grade: Grade) -> None:
    assert grade(UPDATE, SGD.format(line="params[key] -= self.lr * grads[key]")).verdict == "pass"


def test_a_key_that_is_bound_anew_leaves_the_callers_array_as_it_was(grade: Grade) -> None:
    assert grade(UPDATE, SGD.format(line="params[key] = params[key] - self.lr * grads[key]")).key == "value"


def test_a_generator_keeps_its_state_between_calls(grade: Grade) -> None:
    body = """
g = student.make("np.random.default_rng(seed)", seed=7)
expected = np.random.default_rng(7).normal(size=2)
assert_close(student.work(g), expected[0])
assert_close(student.work(g), expected[1])
"""
    assert grade(body, SGD.format(line="pass")).verdict == "pass"


def test_statements_come_before_the_expression(grade: Grade) -> None:
    body = """
given = "class Adder:\\n    def __init__(self, n): self.n = n\\n    def add(self, x): return x + self.n"
made = student.make("Adder(n)", given=given, n=3)
assert_close(made.add(4), 7)
assert_close(made.get("n"), 3)
"""
    assert grade(body, "def work(): return 1").verdict == "pass"


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "while True: pass"])
@pytest.mark.parametrize("use", ["old.fetch()", "student.make('old', old=old)", "student.other(old)"])
def test_an_object_does_not_outlive_its_worker(grade: Grade, end: str, use: str) -> None:
    body = f"""
from autograder import Finding
old = student.make("'old'")
try:
    student.work()
except Finding:
    pass
student.make("'new'")
{use}
"""
    assert grade(body, f"def work():\n    {end}\ndef other(x): return x").key == "handle.gone"


def test_a_student_who_lies_about_a_made_object_gets_a_finding(grade: Grade) -> None:
    source = """
import gc
from autograder.sandbox import objects
for thing in gc.get_objects():
    if isinstance(thing, objects.Objects):
        thing.hold = lambda value: 7
def work(*args): return 1
"""
    assert grade('student.make("1")', source).key in ("protocol", "load.import", "missing", "error.unplaced", "value")


def test_matplotlib_is_real_where_a_test_says_that_it_draws(grade: Grade) -> None:
    source = (
        "import matplotlib.pyplot as plt\ndef work():\n    plt.figure()\n    plt.plot([1, 2])\n    return plt.gcf()\n"
    )
    body = "got = student.work()\nif not isinstance(got, Figure): fail('none')"
    assert grade(body, source, credit=", plots=True", manifest="plots = true\n").verdict == "pass"
    assert grade(body, source, manifest="plots = true\n").verdict != "pass"


def test_a_module_that_stops_at_the_stand_in_is_loaded_with_matplotlib(grade: Grade) -> None:
    source = "import matplotlib.pyplot as plt\nassert len(plt.plot([1, 2])) == 1\ndef work(): return 1.0\n"
    assert grade("assert_close(student.work(), 1.0)", source, manifest="plots = true\n").verdict == "pass"


def test_what_stops_a_file_only_where_matplotlib_is_real_is_told_there(grade: Grade) -> None:
    source = "import matplotlib.pyplot as plt\nplt.plot([1], [1, 2])\ndef work(): return plt.gcf()\n"
    body = "student.work()"
    assert grade(body, source, credit=", plots=True", manifest="plots = true\n").key == "load.error"


@pytest.mark.parametrize("line", ["matplotlib.use('TkAgg')", "plt.switch_backend('TkAgg')", "plt.show()", "plt.ion()"])
def test_choosing_a_window_costs_nothing(grade: Grade, line: str) -> None:
    source = f"import matplotlib\nimport matplotlib.pyplot as plt\n{line}\ndef work(): return plt.figure()\n"
    body = "got = student.work()\nif not isinstance(got, Figure): fail('none')"
    assert grade(body, source, credit=", plots=True", manifest="plots = true\n").verdict == "pass"


def test_a_test_that_draws_needs_the_manifests_word(scratch: Scratch) -> None:
    scratch.lay(HEAD + TEST.format(body="    pass", credit=", plots=True"), {"work": 1})
    with pytest.raises(Exception, match="plots = true"):
        scratch.grade({"ann": "def work(): return 1"})


def test_data_of_the_course_reach_a_grader_by_name(grade: Grade, scratch: Scratch) -> None:
    (scratch.root / "datasets/digits").mkdir(parents=True)
    (scratch.root / "datasets/digits/a.gz").write_bytes(b"one")
    (scratch.root / "datasets/digits/b.npz").write_bytes(b"two")
    body = "assert (dataset('a.gz'), dataset('digits/b.npz')) == (b'one', b'two')\nassert_close(student.work(), 1.0)"
    assert grade(body, "def work(): return 1.0").verdict == "pass"
    before = scratch.grade({"ann": "def work(): return 1.0"})["ann"].digests.grader
    (scratch.root / "datasets/digits/c.gz").write_bytes(b"three")
    assert scratch.grade({"ann": "def work(): return 1.0"})["ann"].digests.grader != before


def test_data_that_are_not_there_are_the_courses_fault(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"train\.gz.*not complete"):
        Course(tmp_path).datasets.read("train.gz")


def test_an_object_that_cannot_be_made_is_a_finding(grade: Grade) -> None:
    assert grade("student.make('1 / n', n=0)", "def work(): return 1").key == "error.unplaced"
