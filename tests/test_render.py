"""Reports say what matters once, in both languages, and nothing in them is live, whatever a student wrote."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from html.parser import HTMLParser

import msgspec
import pytest
from markdown_it import MarkdownIt
from rich.console import Console, RenderableType

from autograder.render import html, labels, markdown, mistakes, outline, tables, terminal
from autograder.result import Circuit, Digests, Gate, Limits, Part, Remark, Result, Task, Verdict
from autograder.text import LANGS, Lang, Text, same

HOSTILE = (
    "\x1b[31mred\x1b]8;;http://evil.example\x07 ::error::gotcha ##[error]x <script>alert(1)</script> "
    "[a](javascript:alert(1)) ![i](http://evil.example/i.png) @everyone someone@evil.example #12 GH-7 :tada: "
    "www.evil.example https://evil.example deadbeefcafe {{ 7 * 7 }} [bold red]x[/] "
    "\u202edesrever\u2066 `tick ~~no~~ | $x$"
)
SEED = "5eed" * 16
ID_BIAS = Text(en="The bias has the wrong sign; see `handout` 2.", ko="편향의 부호가 반대이다. 안내문 2절을 보라.")
TITLE = Text(en="AND is 1 only for (1, 1)", ko="AND는 (1, 1)일 때만 1이다")
STUB = Text(en="This is still the stub.", ko="아직 처음 그대로이다.")
XOR = Circuit(
    task="XOR",
    inputs=("x1", "x2"),
    gates=tuple(Gate(name="NAND", inputs=pins) for pins in (("x1", "x2"), ("x1", "g1"), ("g1", "x2"), ("g2", "g3"))),
    output="g4",
)


def part(
    verdict: Verdict, message: Text | None = None, *, title: Text = TITLE, key: str | None = None, **more: object
) -> Part:
    score = 1.0 if verdict == "pass" else 0.0
    return msgspec.structs.replace(
        Part(title=title, score=score, max_score=1.0, verdict=verdict, message=message, key=key), **more
    )


def task(name: str, *parts: Part, max_score: float | None = None) -> Task:
    fixed = sum(p.max_score for p in parts if not p.bonus) if max_score is None else max_score
    return Task(name=name, score=sum(p.score for p in parts), max_score=fixed, parts=parts)


def result(*tasks: Task, student: str = "kim", status: str = "graded", **more: object) -> Result:
    made = Result(
        assignment="01_gates",
        student=student,
        status="graded" if status == "graded" else "withheld",
        score=sum(t.score for t in tasks),
        max_score=sum(t.max_score for t in tasks),
        tasks=tasks,
        digests=Digests(submission="a1" * 32, grader="b2" * 32, engine="c3" * 32, environment="CPython 3.11"),
        limits=Limits(),
        sandbox=("landlock", "seccomp"),
        seed=SEED,
        started="2026-03-02T09:00:00Z",
        seconds=0.25,
    )
    return msgspec.structs.replace(made, **more)


def printed(renderable: RenderableType, width: int = 100) -> str:
    file = io.StringIO()
    Console(file=file, width=width, color_system=None, force_terminal=False).print(renderable)
    return file.getvalue()


def every_report(sample: Result, lang: Lang = "en") -> list[str]:
    return [
        printed(terminal.report(sample, lang)),
        printed(terminal.class_table([sample], lang)),
        printed(terminal.common_mistakes([sample], lang)[1]),
        markdown.report(sample, lang),
        html.page(sample, lang),
        html.class_page([sample], lang, {}),
        tables.grades_csv([sample]),
    ]


@pytest.fixture
def hostile() -> Result:
    """A result in which every free text is an attack."""
    text = same(f"{HOSTILE}\n::error::second line\n# <script>heading</script>")
    bad = part("fail", text, title=same(HOSTILE), key="gates.bias", line=3)
    remarks = (
        Remark(kind="finding", key="syntax", message=text, line=1),
        Remark(key="note", task=HOSTILE, message=text),
    )
    gate = Gate(name=HOSTILE, inputs=("x1", HOSTILE))
    drawn = Circuit(task="AND", inputs=("x1", HOSTILE), gates=(gate,), output="g1")
    return result(
        task("AND", bad), task(HOSTILE, bad), student=HOSTILE, remarks=remarks, pictures=(drawn,), sandbox=(HOSTILE,)
    )


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


# What a report says


@pytest.mark.parametrize("lang", LANGS)
def test_a_message_shared_by_several_parts_is_said_once(lang: Lang) -> None:
    sample = result(task("AND", part("fail", ID_BIAS, line=4), part("fail", ID_BIAS, title=same("again"), line=9)))
    for text in (printed(terminal.report(sample, lang)), Page(html.page(sample, lang)).text):
        assert text.count(ID_BIAS.in_(lang).split("`")[0]) == 1
        assert "again" in text
        assert all(labels.line(number).in_(lang) in text for number in (4, 9))


def test_a_bonus_part_that_failed_for_the_same_reason_does_not_say_it_again() -> None:
    sample = result(task("XOR", part("fail", ID_BIAS), part("fail", ID_BIAS, bonus=True)), pictures=(XOR, XOR))
    text = printed(terminal.report(sample, "en"))
    assert text.count("The bias has the wrong sign") == 1
    assert text.count("y = g4") == 1


def test_todo_and_blocked_parts_collapse_to_their_reason() -> None:
    sample = result(task("AND", *[part("todo", STUB) for _ in range(5)]), task("OR", *[part("blocked") for _ in "ab"]))
    text = printed(terminal.report(sample, "en"))
    assert text.count(STUB.en) == 1
    assert TITLE.en not in text
    assert labels.WORDS["blocked"].en in text


def test_a_finding_about_the_whole_file_comes_first_with_its_columns_kept() -> None:
    caret = same("gates.py is not Python:\n    return x1 +\n               ^")
    sample = result(task("AND", part("error")), remarks=(Remark(kind="finding", key="syntax", message=caret, line=12),))
    text = printed(terminal.report(sample, "en"))
    assert text.index("line 12") < text.index("AND")
    assert "\n                 ^" in text
    assert TITLE.en not in text  # one finding, not one per part
    assert "<pre>    return x1 +\n               ^</pre>" in html.page(sample, "en")
    assert "<pre>    return x1 +\n               &#94;</pre>" in markdown.report(sample, "en")


@pytest.mark.parametrize("lang", LANGS)
def test_a_withheld_grade_shows_no_points_and_says_so(lang: Lang) -> None:
    sample = result(
        task("AND", part("pass", max_score=7.25, score=7.25)),
        task("OR", part("internal", same("grader line 3"))),
        status="withheld",
        remarks=(Remark(kind="finding", key="internal", message=same("hidden input 42")),),
    )
    assert not any("7.25" in text for text in every_report(sample, lang)[:6])
    for report in (printed(terminal.report(sample, lang)), markdown.report(sample, lang), html.page(sample, lang)):
        assert "grader line 3" not in report
        assert "hidden input 42" not in report
    assert labels.WITHHELD_NOTICE.in_(lang) in html.page(sample, lang)
    for overview in (printed(terminal.class_table([sample], lang)), html.class_page([sample], lang, {})):
        assert "grader line 3" in overview
        assert "hidden input 42" in overview


def test_an_internal_verdict_withholds_the_points_even_if_the_status_says_graded() -> None:
    sample = result(task("AND", part("pass", score=7.25, max_score=7.25), part("internal")))
    assert all("7.25" not in text for text in every_report(sample)[:5])
    assert next(csv.reader(tables.grades_csv([sample]).splitlines()[1:]))[1:3] == ["withheld", ""]


def test_earned_bonus_is_shown_apart_and_a_missed_one_leaves_the_task_right() -> None:
    sample = result(
        task("AND", part("pass"), part("pass", bonus=True)), task("OR", part("pass"), part("fail", bonus=True))
    )
    page = outline.outline(sample, "en")
    assert (page.points, page.bonus) == ("3 / 2", "bonus 1")
    assert [t.state for t in page.tasks] == ["pass", "pass"]
    assert page.tasks[1].findings[0].parts[0].bonus


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        (("pass", "pass"), "pass"),
        (("pass", "fail"), "partial"),
        (("timeout", "fail"), "timeout"),
        (("todo", "todo"), "todo"),
        (("pass", "internal"), "internal"),
    ],
)
def test_the_state_of_a_task_follows_from_its_parts(parts: tuple[Verdict, ...], state: str) -> None:
    assert outline.state(task("AND", *map(part, parts))) == state


def test_reports_are_the_same_twice(hostile: Result) -> None:
    assert every_report(hostile) == every_report(hostile)


def test_every_label_exists_in_korean_and_differs_from_the_english() -> None:
    texts = [value for value in vars(labels).values() if isinstance(value, Text)] + list(labels.WORDS.values())
    assert all(re.search("[가-힣]", text.ko) and not re.search("[가-힣]", text.en) for text in texts)


# The class


def test_the_class_table_narrows_from_points_to_signs_to_sums() -> None:
    names = [f"function_number_{n}" for n in range(8)]
    sample = result(*(task(name, part("pass" if n else "fail")) for n, name in enumerate(names)), student="김민준")
    wide, narrow, least = (printed(terminal.class_table([sample], "en"), width) for width in (220, 70, 40))
    assert names[0] in wide.splitlines()[0]
    assert f"1\N{NO-BREAK SPACE}{names[0]}" in narrow
    assert "✓7 ✗1" in least
    for text, width in ((wide, 220), (narrow, 70), (least, 40)):
        assert "김민준" in text
        assert "7 / 8" in text
        assert all(len(line) <= width for line in text.splitlines())


def test_common_mistakes_count_students_and_leave_out_what_is_no_mistake() -> None:
    bias, value = part("fail", ID_BIAS, key="gates.bias"), part("fail", key="value")
    todo = part("todo", key="todo")
    found = mistakes.commonest(
        [
            result(task("AND", bias, bias), task("OR", bias, todo), student="a"),
            result(task("AND", bias), task("OR", value), student="b"),
            result(task("AND", value), student="c"),
            result(task("AND", bias, part("internal")), student="d", status="withheld"),
        ]
    )
    assert [(m.key, m.task, m.students) for m in found] == [
        ("gates.bias", "AND", 2),
        ("gates.bias", "OR", 1),
        ("value", "AND", 1),
    ]


def test_the_class_page_links_only_to_files_beside_it() -> None:
    samples = [result(task("AND", part("pass")), student=name) for name in "abc"]
    links = {"a": "김민준.html", "b": "javascript:alert(1).html", "c": "//evil.example/x.html"}
    targets = [value for name, value in Page(html.class_page(samples, "ko", links)).attributes if name == "href"]
    assert targets == [
        "./%EA%B9%80%EB%AF%BC%EC%A4%80.html",
        "./javascript%3Aalert%281%29.html",
        "./evil.example/x.html",
    ]


# Grades


def test_grades_are_rfc_4180_with_a_byte_order_mark() -> None:
    text = tables.grades_csv([result(task("AND", part("pass")), task("OR", part("fail")), student='김, "민준"')])
    assert text.startswith("\ufeffstudent,status,score,max_score,bonus,outstanding,AND,OR\r\n")
    assert text.count("\r\n") == 2
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1] == [
        '김, "민준"',
        "graded",
        "1",
        "2",
        "0",
        "0",
        "1",
        "0",
    ]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_of_the_grades_is_a_formula(start: str) -> None:
    sample = result(task(start, part("pass")), student=start)
    rows = list(csv.reader(io.StringIO(tables.grades_csv([sample]).removeprefix("\ufeff"))))
    assert rows[0][6].startswith("'")
    assert rows[1][0].startswith("'")


# Hostile texts


@pytest.mark.parametrize("lang", LANGS)
def test_no_control_or_bidi_character_is_published(hostile: Result, lang: Lang) -> None:
    for text in every_report(hostile, lang):
        assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_no_report_has_a_line_that_a_workflow_would_obey(hostile: Result) -> None:
    text = markdown.report(hostile, "en")
    assert "##[" not in text
    assert not re.search(r"^\s*::", text, re.MULTILINE)


def test_terminal_markup_of_a_student_stays_text(hostile: Result) -> None:
    text = printed(terminal.report(hostile, "en"), width=2000)
    assert "[bold red]x[/]" in text
    assert ":tada:" in text


def test_nothing_in_the_markdown_is_live(hostile: Result) -> None:
    text = markdown.report(hostile, "en")
    page = Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    ours = {"h2", "h3", "p", "ul", "li", "strong", "br", "code", "pre", "details", "summary"}
    ours |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert set(page.tags) <= ours
    assert {name for name, _ in page.attributes} <= {"style", "open"}  # the alignment of a column
    outside_pre = re.sub("<pre>.*?</pre>", "", text, flags=re.DOTALL)
    shown = Page(MarkdownIt("commonmark").enable("table").render(outside_pre)).text
    assert not re.search(r"@\w|#\w|GH-\d|:\w+:|www\.|://|deadbeefcafe", shown)
    assert "\u200beveryone" in shown  # still readable


def in_a_comment(text: str) -> str:
    return Page(MarkdownIt("commonmark").enable("table").render(markdown.escape(text))).text


@pytest.mark.parametrize(
    "text",
    ["deadbeef1abcdefa", "DEADBEE", "a" * 7, "0" * 40, "a" * 41, "f" * 200, "x_deadbeef", "김deadbeef1abcdefa",
     "#1234567", "gh-1234567", "a@deadbeefdeadbeef", "1234567.7654321", "\u017fdeadbeef"],
)  # fmt: skip
def test_nothing_that_is_left_is_long_enough_for_a_commit_id(text: str) -> None:
    shown = in_a_comment(text)
    assert not re.search("[0-9a-f]{7}", shown, re.IGNORECASE)
    assert shown.replace("\u200b", "").strip() == text


def test_words_and_short_numbers_are_left_whole() -> None:
    text = "feedback of 123456 and 0.318309 is added"
    assert in_a_comment(text).strip() == text


@pytest.mark.parametrize("text", ["$x$", "$$x$$", "a $x$ b", "&#36;x&#36;", "$`x`$", "5$ and 6$", "$"])
def test_no_sign_of_a_formula_stands_beside_anything(text: str) -> None:
    shown = in_a_comment(text).strip("\n")
    assert "$" not in re.sub("\u200b\\$\u200b", "", shown.replace("\u200b", "\u200b\u200b"))
    assert shown.replace("\u200b", "") == text


@pytest.mark.parametrize(
    "start", ["- a", "+ a", "1. a", "1234567) a", "# a", "> a", "* a", "=== a", "--- a", "    a", "| a |"]
)
def test_a_text_opens_no_block_in_markdown(start: str) -> None:
    assert Page(MarkdownIt("commonmark").enable("table").render(markdown.escape(start))).tags == ["p"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_pages_run_and_fetch_nothing(hostile: Result, lang: Lang) -> None:
    for text in (html.page(hostile, lang), html.class_page([hostile], lang, {HOSTILE: "a.html"})):
        page = Page(text)
        assert not {"script", "iframe", "object", "embed", "link", "img", "base", "form"} & set(page.tags)
        assert not [
            n for n, _ in page.attributes if n.startswith("on") or n in ("src", "style", "srcset", "xlink:href")
        ]
        assert all(value.startswith(("#t", "./")) for name, value in page.attributes if name == "href")
        assert ("lang", lang) in page.attributes
        assert SEED not in text


def test_the_policy_allows_exactly_the_style_of_the_page() -> None:
    text = html.page(result(task("AND", part("pass"))), "en")
    style = re.search("<style>(.*)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_a_circuit_is_drawn_into_the_feedback() -> None:
    sample = result(task("XOR", part("pass")), pictures=(XOR,))
    assert "g4 = NAND(g2, g3)" in printed(terminal.report(sample, "en"))
    assert "g4 = NAND(g2, g3)" in Page(markdown.report(sample, "en")).text
    assert "<svg" in html.page(sample, "en").split('id="t1"')[1]


def test_an_empty_result_and_an_empty_class_are_rendered() -> None:
    assert all(every_report(result()))
    assert "none" in printed(terminal.common_mistakes([], "en")[1])
    assert html.class_page([], "ko", {})
    assert printed(terminal.class_table([], "ko"))
    assert tables.grades_csv([]) == "\ufeffstudent,status,score,max_score,bonus,outstanding\r\n"
