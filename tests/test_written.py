"""Written answers: their points are outstanding until a person writes them into written.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import QUESTION, Scratch

GRADER = '''
from autograder import assert_close, credit

@credit(1, task="double")
def test_double(student):
    """double gives twice the number

    double은 두 배를 돌려준다
    """
    assert_close(student.double(2.0), 4.0)
'''
RUBRIC = """
[[WHY]]
points = 1.5
en = "says that it is asked for"
ko = "문제에서 요구했다고 쓴다"

[[WHY]]
points = 0.5
en = "is a sentence"
ko = "문장으로 쓴다"
"""
RIGHT = "WHY = '''Because <b>two</b>\\nis =twice.'''\ndef double(x): return 2 * x\n"
Run = Callable[..., Any]


@pytest.fixture
def course(scratch: Scratch) -> Scratch:
    scratch.lay(GRADER, {"double": 3})
    manifest = scratch.root / "assignments/01_work/assignment.toml"
    manifest.write_text(manifest.read_text() + QUESTION)
    scratch.write("autograder/graders/01_work/rubric.toml", RUBRIC)
    return scratch


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_an_answer_is_neither_earned_nor_lost(course: Scratch) -> None:
    result = course.grade({"ann": RIGHT})["ann"]
    assert (result.score, result.outstanding, result.max_score, result.status) == (1, 2, 3, "graded")
    (answer,) = result.manual
    assert (answer.name, answer.task, answer.points, answer.score) == ("WHY", "double", 2, None)
    assert answer.answer == "Because <b>two</b>\nis =twice."
    assert [part.verdict for part in result.tasks[0].parts] == ["pass", "manual"]


@pytest.mark.parametrize(
    ("source", "verdict", "key"),
    [
        ("WHY = ''\ndef double(x): return 2 * x", "todo", "written.todo"),
        ("WHY = None\ndef double(x): return 2 * x", "fail", "written.no-text"),
        ("def double(x): return 2 * x", "error", "missing.value"),
        ("WHY = 'x'\ndef double(x: return", "error", "load.syntax"),
    ],
)
def test_no_answer_costs_its_points(course: Scratch, source: str, verdict: str, key: str) -> None:
    result = course.grade({"ann": source})["ann"]
    assert (result.outstanding, result.manual) == (0, ())
    assert (result.tasks[0].parts[-1].verdict, result.tasks[0].parts[-1].key) == (verdict, key)


def test_commas_between_the_sentences_cost_nothing(course: Scratch) -> None:
    source = "WHY = ('Because two', 'is twice.')\ndef double(x): return 2 * x\n"
    assert course.grade({"ann": source})["ann"].manual[0].answer == "Because two\nis twice."


def test_check_says_that_an_answer_is_still_empty(course: Scratch, autograder: Run) -> None:
    course.write("assignments/01_work/test_examples.py", "import work\ndef test_double(): assert work.double(1) == 2\n")
    for text, empty in (("''", True), ("'  '", True), ("'Because'", False), ("('a', 'b')", False)):
        course.write("assignments/01_work/work.py", f"WHY = {text}\ndef double(x): return 2 * x\n")
        ended = autograder("check", "01_work", "--lang", "en", course=course.root)
        assert ("WHY" in ended.stdout) == empty, ended.stdout


def test_a_hint_for_the_answer_is_one_for_its_task(course: Scratch, autograder: Run) -> None:
    assert "double, hint 1" in autograder("hint", "01_work", "WHY", "--lang", "en", course=course.root).stdout


def test_an_answer_is_read_before_any_hidden_case_is_seen(course: Scratch) -> None:
    source = "WHY = 'before'\ndef double(x):\n    global WHY\n    WHY = str(x)\n    return 2 * x\n"
    assert course.grade({"ann": source})["ann"].manual[0].answer == "before"


@pytest.mark.parametrize("rubric", [None, "[[WHY]]\npoints = 1\nen = 'a'\nko = '가'\n", "WHY = 1", "\x00"])
def test_a_question_that_nobody_can_mark_is_not_graded(course: Scratch, autograder: Run, rubric: str | None) -> None:
    path = course.root / "autograder/graders/01_work/rubric.toml"
    path.unlink() if rubric is None else path.write_text(rubric)
    ended = autograder("grade", "01_work", course.write("ann.py", RIGHT), course=course.root)
    assert ended.returncode == 3
    assert "rubric.toml" in ended.stderr


def test_marks_go_from_the_csv_into_every_report(course: Scratch, autograder: Run) -> None:
    out = course.root / "out"
    for name in ("ann", "bob", "cho"):
        course.write(f"class/{name}.py", RIGHT)
    grade = ("grade", "01_work", course.root / "class", "--out", out, "--lang", "en")
    first = autograder(*grade, course=course.root)
    assert first.returncode == 0, first.stderr
    assert [row["score"] for row in rows(out / "written.csv")] == ["", "", ""]
    assert [row["outstanding"] for row in rows(out / "grades.csv")] == ["2", "2", "2"]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "says that it is asked for" in index
    assert "<b>two" not in index
    assert "says that it is asked for" not in (out / "feedback/ann.html").read_text(encoding="utf-8")

    marked = (out / "written.csv").read_text(encoding="utf-8-sig").replace("ann,WHY,2,,", 'ann,WHY,2,"1,5",Good')
    (out / "written.csv").write_text(marked.replace("bob,WHY,2,,", "bob,WHY,2,2,"), encoding="utf-8")
    assert autograder(*grade, course=course.root).returncode == 0
    assert [(row["score"], row["outstanding"]) for row in rows(out / "grades.csv")] == [
        ("2.5", "0"),
        ("3", "0"),
        ("1", "2"),
    ]
    assert [(row["score"], row["comment"]) for row in rows(out / "written.csv")] == [
        ("1,5", "Good"),
        ("2", ""),
        ("", ""),
    ]
    page = (out / "feedback/ann.html").read_text(encoding="utf-8")
    assert "1.5 / 2" in page
    assert "Good" in page
    stored = json.loads((out / "results/ann.json").read_text())
    assert (stored["score"], stored["outstanding"], stored["manual"][0]["score"]) == (2.5, 0, 1.5)


def test_a_mark_that_is_taken_back_is_outstanding_again(course: Scratch, autograder: Run) -> None:
    out, grade = course.root / "out", ("grade", "01_work", course.write("ann.py", RIGHT), "--out", course.root / "out")
    autograder(*grade, course=course.root)
    unmarked = (out / "written.csv").read_text(encoding="utf-8-sig")
    (out / "written.csv").write_text(unmarked.replace("ann,WHY,2,,", "ann,WHY,2,2,"), encoding="utf-8")
    autograder(*grade, course=course.root)
    (out / "written.csv").write_text(unmarked, encoding="utf-8")
    autograder(*grade, course=course.root)
    assert [(row["score"], row["outstanding"]) for row in rows(out / "grades.csv")] == [("1", "2")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student,answer,points,score,comment,text\nann,WHY,2,3,,x\n", "no number from 0 to 2"),
        ("student,answer,points,score,comment,text\nann,WHY,2,two,,x\n", "no number from 0 to 2"),
        ("student,answer,points,score,comment,text\nann,WHY,2,nan,,x\n", "no number from 0 to 2"),
        ("name;points\nann;2\n", "columns must be"),
        ('student,answer,points,score,comment,text\nann,WHY,2,1,"x\n', "repair the line"),
    ],
)
def test_a_file_of_marks_that_cannot_be_read_is_left_alone(
    course: Scratch, autograder: Run, text: str, said: str
) -> None:
    path = course.write("out/written.csv", text)
    ended = autograder("grade", "01_work", course.write("ann.py", RIGHT), "--out", path.parent, course=course.root)
    assert ended.returncode == 2, ended.stderr
    assert said in ended.stderr
    assert path.read_text() == text
