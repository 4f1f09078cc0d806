"""What is published counts only beside what is hidden: answers that are written down earn nothing."""

from __future__ import annotations

import pytest

from autograder.render import markdown, outline
from autograder.result import Task
from tests.conftest import Scratch

GRADER = '''
from autograder import assert_close, credit

@credit(4, task="double")
def test_doubles(student, part, rng):
    """double doubles

    double은 두 배로 만든다
    """
    with part("seven", "일곱", points=1, shown=True):
        assert_close(student.double(7), 14)
    with part("nine", "아홉", points=1, shown=True):
        assert_close(student.double(9), 18)
    with part("a positive number", "양수", points=1):
        x = rng.uniform(1, 2)
        assert_close(student.double(x), 2 * x)
    with part("a negative number", "음수", points=1):
        x = rng.uniform(1, 2)
        assert_close(student.double(-x), -2 * x)

@credit(1, task="double", bonus=True, shown=True)
def test_doubles_a_half(student):
    """double doubles a half

    double은 반도 두 배로 만든다
    """
    assert_close(student.double(0.5), 1.0)

@credit(1, task="seven", shown=True)
def test_seven(student):
    """seven is 7

    seven은 7이다
    """
    assert_close(student.seven(), 7)
'''


@pytest.fixture
def course(scratch: Scratch) -> Scratch:
    scratch.lay(GRADER, {"double": {"points": 4, "bonus": 1}, "seven": 1})
    return scratch


def graded(course: Scratch, body: str) -> tuple[Task, Task]:
    (result,) = course.grade({"a": f"def double(x):\n    return {body}\n\ndef seven():\n    return 7\n"}).values()
    double, seven = result.tasks
    return double, seven


def test_answers_that_are_written_down_earn_nothing(course: Scratch) -> None:
    double, _ = graded(course, "{7: 14, 9: 18, 0.5: 1.0}.get(x, 0)")
    assert (double.score, double.bonus) == (0, 0)
    told = [(part.verdict, part.key) for part in double.parts[:2]]
    assert told == [("blocked", "published")] * 2
    (sentence,) = [part.message for part in double.parts if part.key == "published" and part.message]
    assert sentence.en.startswith("Right for the published case, but for none of the other inputs.")
    assert sentence.ko.startswith("공개된 예에서는 맞지만 다른 입력에서는 하나도 맞지 않습니다.")


def test_one_hidden_case_lets_the_published_ones_count(course: Scratch) -> None:
    double, _ = graded(course, "x * 2 if x > 0 else 0")
    assert (double.score, double.bonus) == (4, 1)
    assert [part.verdict for part in double.parts] == ["pass", "pass", "pass", "fail", "pass"]


def test_a_wrong_published_case_stays_wrong(course: Scratch) -> None:
    double, _ = graded(course, "{7: 14}.get(x, 0)")
    assert [(part.verdict, part.key) for part in double.parts[:2]] == [("blocked", "published"), ("fail", "value")]


def test_what_is_right_is_right(course: Scratch) -> None:
    double, seven = graded(course, "x * 2")
    assert (double.score, double.bonus, seven.score) == (5, 1, 1)


def test_a_task_whose_every_case_is_published_is_graded_by_them(course: Scratch) -> None:
    double, seven = graded(course, "None")
    assert (double.score, seven.score) == (0, 1)


def test_the_reader_learns_what_is_wrong_before_what_waits_for_it(course: Scratch) -> None:
    (result,) = course.grade({"a": "def double(x):\n    return {7: 14, 9: 18, 0.5: 1.0}.get(x, 0)\n"}).values()
    assert outline.state(result.tasks[0]) == "fail"
    told = markdown.report(result, "en")
    assert told.index("not every value is right") < told.index("Right for the published case")
