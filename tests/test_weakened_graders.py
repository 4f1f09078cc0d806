"""`verify` catches graders that were weakened on purpose, each in one way, on a small course that is sound before."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import build, verify
from autograder.course import Course
from tests.conftest import Scratch

Run = Callable[..., subprocess.CompletedProcess[str]]
FOLDER = "01_work"
SOLUTIONS, GRADERS, HOME = f"solutions/{FOLDER}", f"autograder/graders/{FOLDER}", f"assignments/{FOLDER}"
GRADER = '''
import numpy as np

from autograder import XOR_TABLE, agrees, assert_bit, assert_close, assert_truth_table, assert_unchanged, credit, fail


FAR = np.array([[1000, 1000, 1000], [0, 0, 0], [0, 1000, 0]])


def softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@credit(4, task="softmax")
def test_every_row_becomes_probabilities(student, part, rng):
    """softmax turns every row into probabilities

    softmax는 각 행을 확률로 바꾼다
    """
    with part("the rows of the handout", "교재의 행", points=1, shown=True):
        z = np.array([[0.0, np.log(3)], [np.log(4), 0.0]])
        assert_close(student.softmax(z), [[0.25, 0.75], [0.8, 0.2]])
    with part("any rows", "임의의 행", points=2):
        for rows in (3, 3):
            z = rng.normal(0, 2, size=(rows, 4))
            got = student.softmax(z)
            assert_close(got, softmax(z, 1), mistaken={
                "softmax.columns": softmax(z, 0),
                "softmax.whole": np.exp(z) / np.exp(z).sum(),
                "softmax.no-sum": np.exp(z),
                "softmax.negative": softmax(-z, 1),
            })
            assert_unchanged()
    with part("large numbers", "큰 수", points=1):
        z = rng.normal(0, 2, size=(3, 3)) + FAR
        assert_close(student.softmax(z), softmax(z, 1), mistaken={"softmax.overflow": lambda got: np.isnan(got).any()})


@credit(2, task="slope")
def test_the_slope_is_central(student, part, rng):
    """slope is the central difference

    slope는 중심 차분이다
    """
    with part("any cubic", "임의의 삼차식", points=2):
        for _ in range(2):
            a, x = rng.uniform(1, 2, size=2)
            exact = 3 * a * x**2
            # truncation is a h² = 2e-8 at most; a one-sided difference is off by 3 a x h > 3e-4
            assert_close(student.slope(lambda t: a * t**3, x), exact, rtol=0, atol=1e-6, mistaken={
                "slope.one-sided": lambda got: abs(got - exact) < 1e-2,
                "slope.half": exact / 2, "slope.double": 2 * exact,
            })


@credit(1, task="XOR", shown=True)
def test_the_table_of_xor(student):
    """XOR has the table of XOR

    XOR의 진리표
    """
    assert_truth_table(student.XOR, XOR_TABLE, mistaken={"xor.or": OR, "xor.and": AND, "xor.inverted": SAME})
'''
TABLES = """
from autograder import AND_TABLE as AND
from autograder import OR_TABLE as OR
from autograder import TruthTable

SAME = TruthTable.of(lambda a, b: a == b)
"""
KEYS = """softmax.columns softmax.whole softmax.no-sum softmax.negative softmax.overflow slope.one-sided slope.half
slope.double slope.tells xor.or xor.and xor.inverted""".split()
SOFTMAX = "e = np.exp(z - np.max(z, axis=1, keepdims=True))\n    return e / np.sum(e, axis=1, keepdims=True)"
SLOPE = "h = 1e-4\n    return (f(x + h) - f(x - h)) / (2 * h)"
XOR = "return int(a != b)"
REFERENCE = '''
import numpy as np


def softmax(z):
    """Each row of z as probabilities.

    z의 각 행을 확률로 바꾼다.
    """
    ### BEGIN SOLUTION
    {softmax}
    ### END SOLUTION


def slope(f, x):
    """The slope of f at x.

    x에서의 f의 기울기.
    """
    ### BEGIN SOLUTION
    {slope}
    ### END SOLUTION


def XOR(a, b):
    """1 if one of them is 1.

    하나만 1이면 1.
    """
    ### BEGIN SOLUTION
    {xor}
    ### END SOLUTION
'''
ACCEPTED = [
    {"softmax": "z = z - z.max(1)[:, None]\n    return np.exp(z) / np.exp(z).sum(1)[:, None]"},
    {"softmax": "return np.array([np.exp(r - r.max()) / np.sum(np.exp(r - r.max())) for r in z])"},
    {"slope": "return (f(x + 1e-4) - f(x - 1e-4)) / 2e-4"},
    {"slope": "h = 5e-5\n    return (f(x + h) - f(x - h)) / h / 2"},
    {"xor": "return a ^ b"},
    {"xor": "return (a or b) and not (a and b)"},
]
MISTAKES = {
    "softmax_columns": {"softmax": SOFTMAX.replace("axis=1", "axis=0")},
    "softmax_whole": {"softmax": "e = np.exp(z - z.max())\n    return e / e.sum()"},
    "softmax_no_sum": {"softmax": "return np.exp(z)"},
    "softmax_overflow": {"softmax": "return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)"},
    "softmax_in_place": {
        "softmax": "z -= z.max(axis=1, keepdims=True)\n    e = np.exp(z)\n    return e / e.sum(1)[:, None]"
    },
    "softmax_raises": {"softmax": 'raise ValueError("softmax")'},
    "softmax_negative": {"softmax": SOFTMAX.replace("np.exp(z - np.max(z, ", "np.exp(-z - np.max(-z, ")},
    "slope_one_sided": {"slope": "h = 1e-4\n    return (f(x + h) - f(x)) / h"},
    "slope_half": {"slope": "h = 1e-4\n    return (f(x + h) - f(x - h)) / (4 * h)"},
    "slope_double": {"slope": "h = 1e-4\n    return (f(x + h) - f(x - h)) / h"},
    "xor_or": {"xor": "return int(a or b)"},
    "xor_and": {"xor": "return int(a and b)"},
    "xor_inverted": {"xor": "return int(a == b)"},
}


def file(**bodies: str) -> str:
    return REFERENCE.format(**({"softmax": SOFTMAX, "slope": SLOPE, "xor": XOR} | bodies))


def shown(key: str) -> str:
    return " at {x}" if key == "slope.tells" else ""


@pytest.fixture(scope="module")
def sound(new_scratch: Callable[[], Scratch]) -> Path:
    """A course that holds."""
    scratch = new_scratch()
    texts = "".join(f'["{key}"]\nen = "{key}{shown(key)}"\nko = "{key}의 생각{shown(key)}"\n' for key in KEYS)
    scratch.lay(TABLES + GRADER, {"softmax": 4, "slope": 2, "XOR": 1}, texts)
    manifest = scratch.root / HOME / "assignment.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('name = "XOR"', 'name = "XOR"\nclosed = true'), "utf-8"
    )
    scratch.write(f"{SOLUTIONS}/work.py", file())
    for number, bodies in enumerate(ACCEPTED):
        scratch.write(f"{SOLUTIONS}/accepted/way_{number}.py", file(**bodies))
    for name, bodies in MISTAKES.items():
        scratch.write(f"{SOLUTIONS}/mistakes/{name}.py", file(**bodies))
    scratch.write(f"{HOME}/test_examples.py", "def test_softmax_is_there():\n    pass\n")
    for name, text in (
        ("README.md", "It is about `softmax`, `slope`, `XOR`. "),
        ("README.ko.md", "`softmax`, `slope`, `XOR` 문제. "),
    ):
        scratch.write(f"{HOME}/{name}", text * 30)
    build.run(Course(scratch.root), check=False)
    proof = verify.prove(scratch.assignment, verify.Options(update=True, jobs=1, seeds=3))
    assert proof.problems == [], "\n".join(proof.problems)
    return scratch.root


ANY_ROWS = "            got = student.softmax(z)\n"
LARGE = "        z = rng.normal(0, 2, size=(3, 3)) + FAR\n        assert_close(student.softmax(z), softmax(z, 1)"
TABLE = 'assert_truth_table(student.XOR, XOR_TABLE, mistaken={"xor.or": OR, "xor.and": AND, "xor.inverted": SAME})'
EXACT = "            exact = 3 * a * x**2\n"
TELLS = 'if student.slope(lambda t: t, x) > 1.5:\n                fail("slope.tells", x=x)\n'
SWALLOWS = "try:\n                got = student.softmax(z)\n            except Exception:\n                continue\n"
Weakening = tuple[str, list[tuple[str, str]], str]
WEAKENED: list[Weakening] = [
    (
        "a dropped check",
        [("            assert_unchanged()\n", "")],
        "mistakes/softmax_in_place: loses nothing; no grader catches it",
    ),
    ("a wider tolerance", [("atol=1e-6", "atol=1e-2")], "mistakes/slope_one_sided: loses nothing"),
    ("a tolerance that is nearly too narrow", [("atol=1e-6", "atol=5e-8")], r"a right submission is off by 0\.\d+ of"),
    (
        "a tolerance that is nearly too wide",
        [("atol=1e-6", "atol=2e-4")],
        r"off by only \d(\.\d+)? times the tolerance",
    ),
    (
        "a fixed seed",
        [("a, x = rng.uniform", "a, x = np.random.default_rng(7).uniform")],
        r"a generator with a fixed seed[^$]*slope: hidden cases are the same for every student",
    ),
    (
        "a missing row",
        [(TABLE, "for a, b in ((0, 0), (0, 1), (1, 0)):\n        assert_bit(student.XOR(a, b), int(a != b))")],
        "mistakes/xor_or: loses nothing",
    ),
    ("a wrong table", [("XOR_TABLE, mistaken", "OR, mistaken")], "reference: must get full marks"),
    (
        "a wrong axis accepted",
        [(ANY_ROWS, f"{ANY_ROWS}            if agrees(got, softmax(z, 0)):\n                continue\n")],
        "mistakes/softmax_columns.golden: differs",
    ),
    (
        "the shape alone",
        [("            assert_close(got, softmax(z, 1), mis", "            assert_close(got * 0, z * 0, mis")],
        r"impostor shaped-\w+: softmax earns 'any rows'",
    ),
    (
        "only published cases",
        [("points=2):\n        for _", "points=2, shown=True):\n        for _")],
        "every case is published",
    ),
    (
        "a part that nobody can lose",
        [(LARGE, LARGE.replace("student.softmax(z), softmax(z, 1)", "z, z"))],
        "'large numbers': no mistake and no mutant loses it",
    ),
    (
        "an oracle that asks the student",
        [(LARGE, LARGE.replace(", softmax(", ", student.softmax("))],
        "softmax_overflow",
    ),
    ("a sentence that says nothing", [('"slope.half": exact / 2, ', "")], "slope_half: is caught and not explained"),
    (
        "two mistakes in the same words",
        [('"slope.half": exact / 2, "slope.double": 2 * exact', '"slope.half": lambda got: True')],
        "mistakes/slope_double and mistakes/slope_half: have the same feedback",
    ),
    (
        "a message that tells what is hidden",
        [
            (
                EXACT,
                f"{EXACT}            {TELLS}",
            )
        ],
        r"slope\.tells shows '1\.\d+' for \{x\} in a hidden case",
    ),
    (
        "a failure that is swallowed",
        [
            (
                ANY_ROWS,
                f"            {SWALLOWS}",
            )
        ],
        "mistakes/softmax_raises.golden: differs",
    ),
]


@pytest.fixture
def course(sound: Path, tmp_path: Path) -> Scratch:
    shutil.copytree(sound, tmp_path / "course")
    return Scratch(tmp_path / "course")


@pytest.mark.parametrize(("changes", "told"), [pytest.param(*rest, id=name) for name, *rest in WEAKENED])
def test_a_weakened_grader_is_caught(
    autograder: Run, course: Scratch, changes: list[tuple[str, str]], told: str
) -> None:
    path = course.root / GRADERS / "test_work.py"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    done = autograder("verify", "--seeds", "3", "--jobs", "1", course=course.root)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(told, done.stdout, re.DOTALL), done.stdout


def test_the_course_is_sound_before(autograder: Run, course: Scratch) -> None:
    done = autograder("verify", "--seeds", "3", "--jobs", "1", course=course.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"mutants (\d+)/\1/0 ", done.stdout)
