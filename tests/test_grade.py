"""From a submission to its Result: every verdict, every way in which a file can be unlike the stub."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

import pytest

from autograder.marks import GraderError
from autograder.result import Part, Remark, Result, Task, comparable, from_json, to_json
from tests.conftest import Scratch

HIDDEN = "160706"
GRADER = '''
import numpy as np
from autograder import assert_close, credit

@credit(3, task="double")
def test_doubles(student, part, rng):
    """double doubles

    double은 두 배로 만든다
    """
    with part("a shown number", "보이는 수", points=1, shown=True):
        assert_close(student.double(3), 6, mistaken={"double.squared": 9})
    with part("a hidden number", "숨은 수", points=2):
        assert_close(student.double(160706), 321412, mistaken={"double.squared": 160706**2})

@credit(2, task="quadruple")
def test_quadruples(student):
    """quadruple quadruples

    quadruple은 네 배로 만든다
    """
    assert_close(student.quadruple(160706), 642824)

@credit(1, task="quadruple", bonus=True)
def test_quadruples_arrays(student):
    """quadruple quadruples arrays

    quadruple은 배열도 네 배로 만든다
    """
    assert_close(student.quadruple(np.ones(2)), np.full(2, 4.0))

@credit(4, task="draw")
def test_draws(student, rng):
    """draw gives back what it is given

    draw는 받은 것을 돌려준다
    """
    x = rng.normal()
    assert_close(student.draw(x), x)
'''
TASKS = {"double": 3, "quadruple": {"points": 2, "bonus": 1, "needs": ["double"]}, "draw": 4}
MESSAGES = '["double.squared"]\nen = "{function} squares."\nko = "{function}이 제곱한다."\n'
DOUBLE = "def double(x): return 2 * x\n"
QUADRUPLE = "def quadruple(x): return double(double(x))\n"
DRAW = "def draw(x): return x\n"
RIGHT = DOUBLE + QUADRUPLE + DRAW
REST = QUADRUPLE + DRAW

SUBMISSIONS = {
    "right": RIGHT,
    "again": RIGHT,
    "wrong": "def double(x): return 2 * x + 1\n" + REST,
    "squares": "def double(x): return x ** 2\n" + REST,
    "stub": 'def double(x):\n    """Doc."""\n    raise NotImplementedError("double")\n' + REST,
    "error": "def double(x):\n    return x + undefined\n" + REST,
    "tells": "def double(x):\n    raise LookupError(f'the hidden input is {x}')\n" + REST,
    "hangs": "def double(x):\n    while True: pass\n" + REST,
    "eats": "import numpy as np\ndef double(x):\n    return np.ones(10**10)\n" + REST,
    "crashes": "import ctypes\ndef double(x):\n    ctypes.string_at(0)\n" + REST,
    "exits": "import os\ndef double(x):\n    os._exit(0)\n" + REST,
    "forgets": "def double(x):\n    2 * x\n" + REST,
    "one_too_many": "def double(x, y):\n    return 2 * x\n" + REST,
    "none_at_all": "def double():\n    return 2\n" + REST,
    "misspelt": RIGHT.replace("def double", "def Duoble").replace("double(double(x))", "4 * x"),
    "missing": "def quadruple(x): return 4 * x\n" + DRAW,
    "syntax": DOUBLE + "def quadruple(x):\n    return double(double(x)\n" + DRAW,
    "null": "x = 1\n" * 2 + "def double(x) return x\n",
    "imports": "import torch\n" + RIGHT,
    "imports_late": "def double(x):\n    import torch\n    return 2 * x\n" + REST,
    "plots": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n" + RIGHT,
    "asks": "name = input('your name? ')\n" + RIGHT,
    "asks_late": DOUBLE + "def quadruple(x): return 4 * x\n" + DRAW + "input()\n",
    "stops_half_way": DOUBLE + "double(1) / 0\n" + REST,
    "hangs_at_import": DOUBLE + "while True: pass\n" + REST,
    "exits_at_import": DOUBLE + "import sys; sys.exit(0)\n" + REST,
    "prints": "print('hello')\n" + RIGHT.replace("return 2 * x", "print('::error::x', x) or 1; return 2 * x"),
    "counts": "calls = 0\n" + RIGHT.replace("return x\n", "global calls; calls += 1; return x if calls == 1 else 0\n"),
    "returns_text": "def double(x): return 'x' * x\n" + REST,
    "returns_itself": "def double(x): return double\n" + REST,
    "one_element": "import numpy as np\ndef double(x): return np.array([2 * x])\n" + REST,
    "no_bonus": DOUBLE + "def quadruple(x): return 4 * int(x)\n" + DRAW,
}


@pytest.fixture(scope="module")
def course(new_scratch: Callable[[], Scratch]) -> Scratch:
    scratch = new_scratch()
    scratch.lay(GRADER, TASKS, MESSAGES)
    return scratch


@pytest.fixture(scope="module")
def results(course: Scratch) -> dict[str, Result]:
    return course.grade(SUBMISSIONS)


def task(result: Result, name: str = "double") -> Task:
    return next(task for task in result.tasks if task.name == name)


def part(result: Result, name: str = "double", place: int = 0) -> Part:
    return task(result, name).parts[place]


def scores(result: Result) -> dict[str, float]:
    return {task.name: task.score for task in result.tasks}


def finding(result: Result) -> Remark:
    (found,) = [remark for remark in result.remarks if remark.kind == "finding"]
    return found


# ---- verdicts -------------------------------------------------------------------------------------------------------


def test_everything_right_is_full_marks_with_the_bonus_on_top(results: dict[str, Result]) -> None:
    right = results["right"]
    assert (right.status, right.score, right.max_score, right.bonus) == ("graded", 10, 9, 1)
    assert {part.verdict for task in right.tasks for part in task.parts} == {"pass"}
    assert [t.name for t in right.tasks] == list(TASKS)
    assert from_json(to_json(right)) == right
    assert right.sandbox


@pytest.mark.parametrize(
    ("student", "verdict", "key"),
    [
        ("wrong", "fail", "value"),
        ("squares", "fail", "double.squared"),
        ("stub", "todo", "todo"),
        ("error", "error", "error.name"),
        ("hangs", "timeout", "timeout"),
        ("eats", "memory", "memory"),
        ("crashes", "crashed", "crashed"),
        ("exits", "crashed", "exit"),
        ("forgets", "fail", "none"),
        ("one_too_many", "error", "arguments"),
        ("none_at_all", "error", "arguments"),
        ("misspelt", "error", "missing.near"),
        ("missing", "error", "missing"),
        ("imports_late", "error", "error.import"),
        ("returns_text", "fail", "type"),
        ("returns_itself", "fail", "type"),
        ("one_element", "fail", "shape.shown"),
    ],
)
def test_each_way_to_be_wrong_has_its_verdict_and_its_sentence(
    results: dict[str, Result], student: str, verdict: str, key: str
) -> None:
    found = part(results[student])
    assert (found.verdict, found.key, task(results[student]).score) == (verdict, key, 0)
    assert found.message is not None
    assert re.search("[가-힣]", found.message.ko)


def test_a_failure_costs_its_own_task_and_those_that_build_on_it(results: dict[str, Result]) -> None:
    for student in ("wrong", "error", "hangs", "crashes", "exits", "forgets"):
        assert scores(results[student]) == {"double": 0, "quadruple": 0, "draw": 4}, student


def test_what_builds_on_a_failed_task_is_blocked_once_and_names_the_root(results: dict[str, Result]) -> None:
    regular, bonus = task(results["wrong"], "quadruple").parts
    assert (regular.verdict, bonus.verdict) == ("blocked", "blocked")
    assert regular.message is not None
    assert "double" in regular.message.en
    assert bonus.message is None


CHAIN = """
from autograder import assert_close, credit, fail

def twice(student, name):
    assert_close(getattr(student, name)(1), 2)
"""
LINK = '''
@credit(1, task="{name}")
def test_{name}(student):
    """{name} doubles

    {name}는 두 배로 만든다
    """
    twice(student, "{name}")
'''


@pytest.mark.parametrize(
    ("a", "b", "c", "told"),
    [
        ("1", "a(x)", "b(x)", {"b": "a", "c": "a"}),
        ("2", "1", "b(x)", {"c": "b"}),
        ("2", "1", "2", {}),
        ("1", "2", "b(x)", {}),
        ("1", "2", "1", {"c": "a"}),
    ],
)
def test_what_is_blocked_names_the_first_cause_and_never_what_is_only_blocked_itself(
    scratch: Scratch, a: str, b: str, c: str, told: dict[str, str]
) -> None:
    needs = {"a": [], "b": ["a"], "c": ["b", "a"]}
    tasks = {name: {"points": 1, "needs": needs[name]} for name in needs}
    scratch.lay(CHAIN + "".join(LINK.format(name=name) for name in needs), tasks)
    source = "".join(f"def {name}(x): return {body}\n" for name, body in (("a", a), ("b", b), ("c", c)))
    parts = {task.name: task.parts[0] for task in scratch.grade({"ann": source})["ann"].tasks}
    blocked = {name: part.message for name, part in parts.items() if part.verdict == "blocked"}
    assert set(blocked) == set(told)
    for name, root in told.items():
        assert blocked[name].en.startswith(f"{name} builds on {root}, which")  # type: ignore[union-attr]


def test_a_right_task_is_not_blocked_by_a_wrong_one_that_it_needs(results: dict[str, Result]) -> None:
    assert scores(results["missing"]) == {"double": 0, "quadruple": 3, "draw": 4}


def test_a_bonus_that_is_not_earned_costs_nothing(results: dict[str, Result]) -> None:
    result = results["no_bonus"]
    assert (result.score, result.max_score, result.bonus) == (9, 9, 0)


def test_a_misconception_is_told_in_full_once_and_not_for_each_part(results: dict[str, Result]) -> None:
    shown, hidden = task(results["squares"]).parts
    assert (shown.key, hidden.key) == ("double.squared", "double.squared")
    assert shown.message is not None
    assert "double squares." in shown.message.en
    assert hidden.message is None


def test_a_shown_part_tells_call_result_and_expectation(results: dict[str, Result]) -> None:
    message = part(results["wrong"]).message
    assert message is not None
    assert message.en.startswith("double(3) gave 7; expected 6.")


def test_nothing_hidden_is_told_of_a_hidden_part(results: dict[str, Result]) -> None:
    for student, result in results.items():
        told = to_json(result).decode()
        for hidden in (HIDDEN, "321412", "321413", "642824", "test_doubles"):
            assert hidden not in told, student


def test_a_missing_name_is_told_with_the_nearest_one(results: dict[str, Result]) -> None:
    message = part(results["misspelt"]).message
    assert message is not None
    assert "Did you mean Duoble?" in message.en


def test_a_forgotten_return_is_guessed(results: dict[str, Result]) -> None:
    message = part(results["forgets"], place=1).message
    assert message is None or "return" in message.en
    first = part(results["forgets"]).message
    assert first is not None
    assert "Did you forget `return`?" in first.en


def test_an_error_is_placed_on_the_students_line(results: dict[str, Result]) -> None:
    found = part(results["error"])
    assert found.line == 2
    assert found.message is not None
    assert "`return x + undefined`" in found.message.en


# ---- the whole file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("student", "line", "text"), [("syntax", 3, "return double(double(x)"), ("null", 3, "def double(x)")]
)
def test_a_syntax_error_is_one_finding_with_line_and_caret(
    results: dict[str, Result], student: str, line: int, text: str
) -> None:
    found = finding(results[student])
    assert (found.key, found.line) == ("load.syntax", line)
    source, caret = found.message.en.split("\n")[1:]
    assert source.startswith(text)
    assert re.fullmatch(r" *\^", caret)
    assert [p.message for t in results[student].tasks for p in t.parts if p.message] == []
    assert results[student].score == 0


@pytest.mark.parametrize(
    ("student", "key", "line"),
    [
        ("imports", "load.import", 1),
        ("asks", "load.input", 1),
        ("stops_half_way", "load.error", 2),
        ("asks_late", "load.input", 4),
        ("hangs_at_import", "load.timeout", None),
        ("exits_at_import", "load.error", 2),
    ],
)
def test_what_stops_a_file_from_loading_is_told_once(
    results: dict[str, Result], student: str, key: str, line: int | None
) -> None:
    found = finding(results[student])
    assert (found.key, found.line) == (key, line)


def test_what_was_defined_before_the_file_stopped_is_graded(results: dict[str, Result]) -> None:
    assert scores(results["stops_half_way"]) == {"double": 3, "quadruple": 0, "draw": 0}
    assert scores(results["exits_at_import"]) == {"double": 3, "quadruple": 0, "draw": 0}
    assert results["asks_late"].score == 10


def test_a_plot_at_the_top_level_and_prints_cost_nothing(results: dict[str, Result]) -> None:
    assert (results["plots"].score, results["prints"].score) == (10, 10)
    assert "::error" not in to_json(results["prints"]).decode()


def test_every_test_starts_with_the_file_freshly_loaded(results: dict[str, Result]) -> None:
    assert results["counts"].score == 10


# ---- seeds and runs --------------------------------------------------------------------------------------------------


def test_two_runs_are_the_same_byte_for_byte(course: Scratch, results: dict[str, Result]) -> None:
    again = course.grade({name: source for name, source in SUBMISSIONS.items() if "hangs" not in name})
    assert [name for name, result in again.items() if comparable(result) != comparable(results[name])] == []


def test_hidden_inputs_differ_by_student_and_by_secret_and_not_by_run(scratch: Scratch) -> None:
    scratch.lay(
        '''
        from autograder import assert_close, credit, fail

        @credit(1, task="f", shown=True)
        def test_first(student, rng):
            """first

            첫째
            """
            assert_close(student.f(rng.integers(10**6)), -1)

        @credit(1, task="f", shown=True)
        def test_second(student, rng):
            """second

            둘째
            """
            assert_close(student.f(rng.integers(10**6)), -1)
        ''',
        {"f": 2},
    )

    def told(student: str, secret: bytes = b"one") -> list[str]:
        (result,) = scratch.grade({student: "def f(x): return x"}, secret).values()
        return [part.message.en for part in result.tasks[0].parts if part.message]

    assert told("ann") == told("ann")
    assert len({*told("ann"), *told("bob"), *told("ann", b"two")}) == 6


# ---- our own mistakes ------------------------------------------------------------------------------------------------

TEST = '''
from autograder import *

@credit(2, task="f")
def test_f(student, part):
    """f is right

    f가 맞다
    """
    {body}
'''


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("1 / 0", "division by zero"),
        ("assert student.f(1) == 2", "AssertionError"),
        ("student.f(object())", "test_work.py:10, values.py"),
        ("fail('no.such.key')", "no.such.key"),
        ("remark('value')", "wrong"),
        ("assert_unchanged()", "nothing was called"),
        ("with part('a', '가', points=1): student.f(1)", "do not add up"),
        ("with part('a', '가', points=3): student.f(1)", "do not add up"),
        ("raise SystemExit(0)", "SystemExit"),
    ],
)
def test_a_graders_own_failure_withholds_the_grade(scratch: Scratch, body: str, told: str) -> None:
    scratch.lay(TEST.format(body=body), {"f": 2})
    results = scratch.grade({"ann": "def f(x): return x", "bob": "def f(x): return x"})
    assert [(result.status, result.score, result.tasks) for result in results.values()] == [("withheld", 0, ())] * 2
    assert all(told in finding(result).message.en for result in results.values())


@pytest.mark.parametrize(
    ("grader", "tasks", "told"),
    [
        ("", {"f": 2}, "0 tests"),
        ("def test_f(student): pass", {"f": 2}, "no @credit"),
        ("import no_such_module", {"f": 2}, "no_such_module"),
        ("def test_f(:", {"f": 2}, "SyntaxError"),
        (TEST.format(body="pass").replace('"f"', '"g"'), {"f": 2}, "no task of assignment.toml"),
        (TEST.format(body="pass").replace("f가 맞다", ""), {"f": 2}, "a Korean paragraph"),
        (TEST.format(body="pass"), {"f": 3}, "assignment.toml says 3"),
        (TEST.format(body="pass"), {"f": 2, "g": 1}, "'g' has tests for 0"),
        (TEST.format(body="pass"), {"f": {"points": 2, "bonus": 1}}, "assignment.toml says 2 + 1"),
    ],
)
def test_a_grader_that_cannot_grade_anybody_says_so(
    scratch: Scratch, grader: str, tasks: dict[str, int], told: str
) -> None:
    scratch.lay(grader, tasks)
    with pytest.raises(GraderError, match=re.escape(told)):
        scratch.grade({"ann": "def f(x): return x\ndef g(x): return x"})


def test_parts_that_were_not_reached_are_lost_and_still_add_up(scratch: Scratch) -> None:
    scratch.lay(
        TEST.format(body="x = student.f(1)\n    with part('a', '가', points=1): assert_close(x, 1)\n    fail('none')"),
        {"f": 2},
    )
    result = scratch.grade({"ann": "def f(x): return x"})["ann"]
    assert [(p.score, p.max_score) for p in result.tasks[0].parts] == [(1, 1), (0, 1)]


def test_a_grader_with_a_single_test_grades_one_student_after_the_other(scratch: Scratch) -> None:
    scratch.lay(TEST.format(body="assert_close(student.f(1), 1)"), {"f": 2})
    results = scratch.grade(dict.fromkeys(("ann", "bob", "cho"), "def f(x): return x"))
    assert [result.score for result in results.values()] == [2, 2, 2]


def test_two_assignments_graded_in_one_process_do_not_share_a_grader(new_scratch: Callable[[], Scratch]) -> None:
    for expected in (1, 2):
        scratch = new_scratch()
        scratch.write("autograder/graders/01_work/oracle.py", f"EXPECTED = {expected}\n")
        grader = TEST.format(body="assert_close(student.f(), EXPECTED)") + "\nfrom oracle import EXPECTED\n"
        scratch.lay(grader, {"f": 2})
        assert scratch.grade({"ann": f"def f(): return {expected}"})["ann"].score == 2


def test_a_submission_that_kills_the_zygotes_workers_leaves_the_others_their_marks(course: Scratch) -> None:
    hostile = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, 9)\n" + RIGHT
    results = course.grade({"mallory": hostile, "right": RIGHT})
    assert results["right"].score == 10
    assert results["mallory"].status == "graded"


def test_a_zygote_that_died_is_replaced(course: Scratch) -> None:
    from autograder.grade import Grader
    from tests.conftest import SECRET, submission

    results: list[Result] = []
    with Grader(course.assignment, SECRET) as grader:

        def handed_in() -> object:
            yield submission("ann", RIGHT)
            pid = grader.zygote_pid
            os.kill(pid, signal.SIGKILL)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            yield submission("bob", RIGHT)

        grader.grade(handed_in(), results.append)  # type: ignore[arg-type]
    assert [(r.student, r.score) for r in results] == [("ann", 10), ("bob", 10)]


def test_a_grader_that_fails_on_one_submission_withholds_that_one_alone(scratch: Scratch) -> None:
    head = "from autograder import assert_close, credit\n"
    test = '''
@credit(1, task="{name}")
def test_{name}(student):
    """a claim

    주장
    """
    got = student.{name}()
    if got == 13:
        raise ValueError("the grader's own")
    assert_close(got, 1.0)
'''
    scratch.lay(head + test.format(name="one") + test.format(name="two"), {"one": 1, "two": 1, "three": 1})
    scratch.write("autograder/graders/01_work/test_earlier.py", head + test.format(name="three"))
    good = "def one(): return 1.0\ndef two(): return 1.0\ndef three(): return 1.0\n"
    sources = {"ann": good}
    for name in ("one", "two", "three"):
        sources |= {f"bad-{name}": good + f"def {name}(): return 13\n", f"after-{name}": good}
    results = scratch.grade(sources)
    assert [name for name, result in results.items() if result.status == "withheld"] == [
        "bad-one",
        "bad-two",
        "bad-three",
    ]
    assert {result.score for name, result in results.items() if not name.startswith("bad")} == {3}


def test_a_function_below_its_stub_counts(scratch: Scratch) -> None:
    scratch.lay(
        """
        from autograder import assert_close, credit

        @credit(1, task="double")
        def test_double(student):
            '''a claim

            주장
            '''
            assert_close(student.double(2.0), 4.0)
        """,
        {"double": 1},
    )
    stub, right = "def double(x):\n    raise NotImplementedError('double')\n", "def double(x):\n    return 2 * x\n"
    results = scratch.grade({"pasted": stub + right, "stub-below": right + stub})
    assert [part.verdict for part in results["pasted"].tasks[0].parts] == ["pass"]
    assert [part.verdict for part in results["stub-below"].tasks[0].parts] == ["todo"]
