"""A written answer is text that an instructor and a spreadsheet open: it stays text, and it cannot mark itself."""

import csv
import io
import re

import pytest

from tests.attacks.test_published_text import HOSTILE

STUB = "import numpy as np\ndef derivative_of_int_input(): return 250000.0\n"
FORMULAS = ("\n=1+1", "  =1", "\t@A1", "=1+1", "+1", "-1", "@SUM(A1)", "＝1", '=HYPERLINK("http://evil.example")')


def answered(text: object) -> str:
    return f"WHY_INT_INPUT = {text!r}\n{STUB}"


def test_hostile_text_is_inert_for_student_and_instructor(attack):
    outcomes = attack.many({f"{n}.py": answered(t) for n, t in HOSTILE.items()}, assignment="04_derivatives")
    out = outcomes["markup"].out
    for page in (out / "index.html", *out.glob("feedback/*")):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|img src=x|b>)", text), page
        assert not re.search(r"^\s*::|##\[", text, re.MULTILINE), page
        assert len(text) < 300_000
    for outcome in outcomes.values():
        assert outcome.result.outstanding == 2


def test_no_cell_of_the_marks_is_a_formula(attack):
    outcomes = attack.many({f"s{n}.py": answered(t) for n, t in enumerate(FORMULAS)}, assignment="04_derivatives")
    text = (outcomes["s0"].out / "written.csv").read_text(encoding="utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        assert row["text"].startswith("'")
        assert row["score"] == ""


@pytest.mark.parametrize(
    "answer",
    [
        '"x" * 30_000_000',
        'type("S", (str,), {"__str__": lambda s: 1 / 0, "strip": lambda s: "", "__len__": lambda s: 0})("mine")',
        '"\\ud800 lone"',
        "lambda: 'text'",
        "[['score', 2]]",
        "{'score': 2, 'verdict': 'pass'}",
        "__import__('os')",
        "'mine\\r\\nmallory,WHY_INT_INPUT,2,2,full marks,x'",
    ],
)
def test_an_answer_of_any_kind_earns_nothing_by_itself(attack, answer):
    outcome = attack(f"WHY_INT_INPUT = {answer}\n{STUB}", assignment="04_derivatives")
    assert outcome.result.outstanding in (0, 2)
    assert all(answer.score is None for answer in outcome.result.manual)
    assert all(part.score == 0 for part in outcome.parts if part.written)
    rows = list(csv.DictReader(io.StringIO((outcome.out / "written.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [row["score"] for row in rows] == [""] * len(outcome.result.manual)


def test_a_worker_that_lies_about_the_answer_is_cut_off(attack, channel):
    source = channel + STUB + 'reply(value=wire.Array("float64", (10**9,), b""))\nWHY_INT_INPUT = "mine"\n'
    assert attack(source, assignment="04_derivatives").result.outstanding in (0, 2)
