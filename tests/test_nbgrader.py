"""nbgrader's own commands on a course folder of ours: its gradebook, formgrader and feedback, and our marks in them."""

from __future__ import annotations

import copy
import csv
import html.parser
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from sqlalchemy import exc

from autograder.course import Assignment
from autograder.nbgrader import comments, database, inert, roster, scheme
from autograder.nbgrader.database import GradebookError
from autograder.nbgrader.folder import init
from autograder.nbgrader.parts import outputs
from autograder.nbgrader.record import Recorder
from autograder.notebook import assemble
from autograder.render.outline import Finding, Lost, Note
from autograder.result import Result
from autograder.text import clean
from tests.conftest import QUESTION, ROOT, Scratch

Run = Callable[..., subprocess.CompletedProcess[str]]
GRADER = '''
from autograder import assert_close, credit

@credit(2, task="half")
def test_halves(student, part, rng):
    """half halves

    half는 절반을 구한다
    """
    with part("of 3", "3의 절반", points=1, shown=True):
        assert_close(student.half(3), 1.5)
    with part("of any number", "아무 수의 절반", points=1):
        x = rng.normal()
        assert_close(student.half(x), x / 2)

@credit(1, task="double")
def test_doubles(student, rng):
    """double doubles

    double은 두 배를 구한다
    """
    x = rng.normal()
    assert_close(student.double(x), 2 * x)

@credit(1, task="double", bonus=True)
def test_doubles_more(student):
    """double doubles text

    double은 글자도 두 배로 만든다
    """
    assert student.double("ab") == "abab"
'''
REFERENCE = '''"""Work."""

### BEGIN SOLUTION
WHY = "Because two halves are a whole."
### STUB WHY = ""
### END SOLUTION


def half(x):
    """Return half of x."""
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION


def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''
EXAMPLES = '''import work

def test_half_of_3():
    """half of 3 is 1.5"""
    assert work.half(3) == 1.5
'''
RUBRIC = """
[[WHY]]
points = 2
en = "says SECRETWORD"
ko = "SECRETWORD라고 쓴다"
"""
RIGHT = "WHY = 'Two <b>halves</b>.'\ndef half(x): return x / 2\ndef double(x): return 2 * x\n"
WRONG = "WHY = ''\ndef half(x): return 1.5\ndef double(x): raise ValueError('<img src=x onerror=alert(1)>')\n"


def lay(scratch: Scratch) -> Scratch:
    scratch.lay(GRADER, {"half": 2, "double": {"points": 3, "bonus": 1}})
    manifest = scratch.root / "assignments/01_work/assignment.toml"
    manifest.write_text(manifest.read_text() + QUESTION)
    scratch.write("autograder/graders/01_work/rubric.toml", RUBRIC)
    scratch.write("assignments/01_work/test_examples.py", EXAMPLES)
    (scratch.root / "solutions/01_work").mkdir(parents=True)
    (scratch.root / "solutions/01_work/work.py").write_text(REFERENCE)
    return scratch


@pytest.fixture(scope="session")
def school_of_work(new_scratch: Callable[[], Scratch]) -> Scratch:
    return lay(new_scratch())


@pytest.fixture(scope="session")
def results(school_of_work: Scratch) -> dict[str, Result]:
    return school_of_work.grade({"ann": RIGHT, "bob": WRONG})


@pytest.fixture(scope="session")
def empty_book(school_of_work: Scratch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with the assignment and nobody in it."""
    path = tmp_path_factory.mktemp("book") / "gradebook.db"
    record(f"sqlite:///{path}", school_of_work.assignment)
    return path


@pytest.fixture
def url(tmp_path: Path, empty_book: Path) -> str:
    shutil.copy(empty_book, tmp_path)
    return f"sqlite:///{tmp_path}/gradebook.db"


def record(url: str, assignment: Assignment, *given: Result) -> list[bool]:
    with Recorder(url, assignment, "en") as recorder:
        return [recorder.record(result) for result in given]


class Book:
    """A gradebook through nbgrader's own api."""

    def __init__(self, url: str) -> None:
        self._gradebook = database.api().Gradebook(url)
        self.db = self._gradebook.db

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._gradebook.close()

    def grade(self, cell: str, student: str) -> Any:
        return self._gradebook.find_grade(cell, "work", "01_work", student)

    def comment(self, cell: str, student: str) -> Any:
        return self._gradebook.find_comment(cell, "work", "01_work", student)

    def submission(self, student: str) -> Any:
        return self._gradebook.find_submission("01_work", student)

    def scores(self, student: str) -> dict[str, tuple[float | None, bool]]:
        (notebook,) = self.submission(student).notebooks
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}


def dump(url: str) -> list[str]:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        return list(connection.iterdump())


# ---- Results into a gradebook ----------------------------------------------------------------------------------------


def test_a_result_becomes_scores_of_cells(school_of_work: Scratch, results: Mapping[str, Result], url: str) -> None:
    assert record(url, school_of_work.assignment, results["ann"], results["bob"]) == [True, False]
    with Book(url) as book:
        assert book.scores("ann") == {"test-half": (2, False), "test-double": (2, False), "WHY": (None, True)}
        assert book.scores("bob") == {"test-half": (0, False), "test-double": (0, False), "WHY": (0, False)}
        assert (book.submission("ann").score, book.submission("ann").max_score) == (results["ann"].score, 5)
        assert book.comment("half", "ann").auto_comment is None
        assert "of any number" in book.comment("half", "bob").auto_comment


def test_the_same_results_again_change_nothing(
    school_of_work: Scratch, results: Mapping[str, Result], url: str
) -> None:
    record(url, school_of_work.assignment, *results.values())
    before = dump(url)
    record(url, school_of_work.assignment, *reversed(results.values()))
    assert dump(url) == before


def test_what_a_person_entered_stays(school_of_work: Scratch, results: Mapping[str, Result], url: str) -> None:
    record(url, school_of_work.assignment, results["ann"])
    with Book(url) as book:
        for cell, score in (("WHY", 1.5), ("test-half", 0.5)):
            book.grade(cell, "ann").manual_score = score
            book.grade(cell, "ann").extra_credit = 0.25
            book.grade(cell, "ann").needs_manual_grade = False
        book.comment("half", "ann").manual_comment = "Seen."
        book.db.commit()
    before = dump(url)
    assert record(url, school_of_work.assignment, results["ann"]) == [False]
    assert dump(url) == before
    other = msgspec.structs.replace(results["bob"], student="ann")
    assert record(url, school_of_work.assignment, other) == [True]
    with Book(url) as book:
        assert book.grade("WHY", "ann").manual_score == 1.5
        assert book.comment("half", "ann").manual_comment == "Seen."
        # The score that was overruled is another, the answer that was marked too: somebody has to look again.
        assert book.scores("ann") == {"test-half": (0, True), "test-double": (0, False), "WHY": (0, True)}
        assert book.grade("test-half", "ann").score == 0.75


def test_another_answer_is_to_be_marked_again(school_of_work: Scratch, results: Mapping[str, Result], url: str) -> None:
    record(url, school_of_work.assignment, results["ann"])
    with Book(url) as book:
        book.grade("WHY", "ann").manual_score = 2
        book.grade("WHY", "ann").needs_manual_grade = False
        book.db.commit()
    changed = school_of_work.grade({"ann": RIGHT.replace("Two", "Three")})["ann"]
    assert record(url, school_of_work.assignment, changed) == [True]
    with Book(url) as book:
        assert (book.grade("WHY", "ann").manual_score, book.grade("WHY", "ann").needs_manual_grade) == (2, True)


def test_a_withheld_grade_is_never_0(school_of_work: Scratch, results: Mapping[str, Result], url: str) -> None:
    withheld = msgspec.structs.replace(results["ann"], status="withheld", tasks=(), manual=(), score=0.0)
    record(url, school_of_work.assignment, results["ann"])
    assert record(url, school_of_work.assignment, withheld) == [True]
    with Book(url) as book:
        assert set(book.scores("ann").values()) == {(None, True)}
        assert "withheld" in book.comment("half", "ann").auto_comment
    assert record(url, school_of_work.assignment, results["ann"]) == [True]
    with Book(url) as book:
        assert book.scores("ann")["test-half"] == (2, False)


def test_what_stops_in_the_middle_has_written_nothing_of_that_submission(
    school_of_work: Scratch, results: Mapping[str, Result], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Recorder(url, school_of_work.assignment, "en") as recorder:
        recorder.record(results["ann"])
        before = dump(url)
        with monkeypatch.context() as patched:
            patched.setattr(recorder, "_grades", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                recorder.record(results["bob"])
        assert dump(url) == before
        recorder.record(results["bob"])
    with Book(url) as book:
        assert book.scores("bob")["test-double"] == (0, False)


def test_other_cells_or_points_are_refused(school_of_work: Scratch, results: Mapping[str, Result], url: str) -> None:
    record(url, school_of_work.assignment, results["ann"])
    with Book(url) as book:
        book.grade("test-half", "ann").cell.max_score = 7
        book.db.commit()
    with pytest.raises(GradebookError, match=r"01_work has other cells or points than this course \(test-half\)"):
        record(url, school_of_work.assignment, results["ann"])


@pytest.mark.parametrize(
    ("fact", "advice"),
    [
        ('FATAL:  password authentication failed for user "nb"', "check user and password"),
        ('FATAL:  database "marks" does not exist', "create the database"),
        ("port 5999 failed: Connection refused", "check host and port"),
        ('could not translate host name "nowhere" to address', "check host and port"),
        ("permission denied for schema public", "let this user create tables"),
        ("column comment.auto_comment does not exist", "nbgrader db upgrade"),
    ],
)
def test_what_a_server_says_is_followed_by_what_to_do(fact: str, advice: str) -> None:
    with pytest.raises(GradebookError, match=advice), database.explained("postgresql://"):
        raise exc.OperationalError("", {}, Exception(fact))


def test_a_missing_driver_is_named() -> None:
    with pytest.raises(GradebookError, match=r"pip install 'psycopg\[binary\]'"), database.explained("postgresql://"):
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")


def test_a_lost_connection_or_a_row_that_is_there_by_now_is_tried_again(
    school_of_work: Scratch, results: Mapping[str, Result], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = exc.OperationalError("", {}, Exception("server closed"), connection_invalidated=True)
    faults = [lost, exc.IntegrityError("", {}, Exception("duplicate key"))]
    with Recorder(url, school_of_work.assignment, "en") as recorder:
        write = recorder._grades

        def failing(*given: Any) -> bool:
            if faults:
                raise faults.pop()
            return write(*given)

        monkeypatch.setattr(recorder, "_grades", failing)
        recorder.record(results["ann"])
        faults += [lost] * database.TRIES
        with pytest.raises(GradebookError, match="server closed"):
            recorder.record(results["bob"])
    with Book(url) as book:
        assert book.scores("ann")["test-half"] == (2, False)
        assert len(book.db.query(database.api().SubmittedAssignment).all()) == 1


def test_what_is_wrong_with_a_database_is_said(school_of_work: Scratch, url: str, tmp_path: Path) -> None:
    def refused(url: str) -> str:
        with pytest.raises(GradebookError) as error:
            Recorder(url, school_of_work.assignment, "en")
        return str(error.value)

    assert "write for example sqlite:///gradebook.db" in refused("gradebook.db")
    assert "check what stands before ://" in refused("sqlight:///gradebook.db")
    assert "check the path" in refused(f"sqlite:///{tmp_path}/nowhere/gradebook.db")
    (tmp_path / "text.db").write_text("no database at all\n" * 100)
    assert "name nbgrader's gradebook.db" in refused(f"sqlite:///{tmp_path}/text.db")
    told = refused("postgresql+nothing://teacher:hunter2@localhost/marks")
    assert "hunter2" not in told
    server = "postgresql+psycopg2://teacher"
    for secret in (f"{server}:hunter2@host:x/marks", "postgresql:/teacher:hunter2@host"):
        assert "no address of a database" in refused(secret)
        assert "hunter2" not in refused(secret)
    assert "%40" in refused(f"{server}:a@hunter2@host/marks")
    assert "hunter2" not in refused(f"{server}:a@hunter2@host/marks")
    assert database.shown(f"{server}@host/marks?password=hunter2&a=b") == f"{server}@host/marks?password=***&a=b"
    assert database.shown(f"{server}:hunter2@host:5432/marks") == f"{server}:***@host:5432/marks"
    assert database.shown(url) == url
    with sqlite3.connect(f"{tmp_path}/gradebook.db") as other:
        other.execute("CREATE TABLE held (x)")
        other.execute("BEGIN EXCLUSIVE")
        assert "run the same command again" in refused(f"{url}?timeout=0.1")


def test_the_gradebook_is_opened_without_nbgraders_server() -> None:
    code = """
import sys
from autograder.nbgrader import database
database.api().Gradebook
loaded = {name.partition(".")[0] for name in sys.modules}
assert not loaded & {"nbgrader", "nbformat", "jupyter_server", "setuptools", "jsonschema"}, loaded
import nbgrader, nbgrader.api, nbformat
assert nbgrader.__version__ and nbformat.v4 and nbgrader.utils.unpack_archive
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)


def test_without_nbgrader_the_way_to_it_is_named(
    autograder: Run, school_of_work: Scratch, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "nbgrader").mkdir()
    (tmp_path / "nbgrader/__init__.py").write_text("raise ImportError('no nbgrader here')")
    (tmp_path / "nbgrader/api.py").write_text("raise ImportError('no nbgrader here')")
    (tmp_path / "ann.py").write_text(RIGHT)
    path = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = autograder(
        "grade", "01", tmp_path / "ann.py", "--gradebook", "sqlite://", course=school_of_work.root, env=path
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install --editable '.[nbgrader]'" in done.stderr


def test_points_beside_a_test_cell_never_exceed_it(school_of_work: Scratch, results: Mapping[str, Result]) -> None:
    (output,) = outputs(results["ann"], "double", 1.0, "en")
    assert output["data"]["text/plain"] == "1"
    (output,) = outputs(results["bob"], "half", 2.0, "ko")
    assert output["data"]["text/plain"] == "0"
    assert "3의 절반" in output["data"]["text/html"]
    withheld = msgspec.structs.replace(results["ann"], status="withheld")
    assert outputs(withheld, "half", 2.0, "en")[0]["data"]["text/plain"] == "0"


# ---- text that others wrote ------------------------------------------------------------------------------------------


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[tuple[str, int]] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, len(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


class _Live(html.parser.HTMLParser):
    """Scripts, and attributes that can be one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.found += [data] if self.cdata_elem == "script" else []


def rendered(markdown: str) -> _Tags:
    found = _Tags()
    found.feed(MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(markdown))
    return found


BITS = """
<script> </script> <img+src=x+onerror=1> [a](javascript:1) ![a](x) [a]: [a] ` `` $ $$ \\ \\( \\[ # ##+ - 1. *** _ __
~~ ~~~ <!-- --> &lt; &#60; http://x.y https://a.b/c <http://x> a b+ 한 === --- > | |---| \\begin{x} ``` ```mermaid <? {}
""".split()
PIECES = st.lists(st.sampled_from([bit.replace("+", " ") for bit in BITS] + ["\n", "\n\n", "    ", " "]), max_size=12)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\xa0", "")


@settings(max_examples=400, deadline=None)
@given(PIECES)
@example(["# h", "\n", "==="])
def test_a_students_text_is_shown_as_typed_and_does_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown = rendered(inert.markdown(text))
    assert shown.tags <= {("p", 0), ("br", 0)}
    assert squeezed(shown.text) == squeezed(clean(text, len(text), newlines=True))


@settings(max_examples=400, deadline=None)
@given(PIECES)
@example(["#", "#", "[a](javascript:1)"])
@example(["`", "`", "    ", "#"])
def test_a_comment_has_no_html_but_its_own(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown = rendered(comments.plain(text))
    assert shown.tags <= {("p", 0), ("br", 0)}
    assert squeezed(shown.text) == squeezed(clean(text, len(text), newlines=True))
    lost = Lost(text.replace("\n", " "), "0 / 1", "line 3", False, "✗")
    lines = [*comments._finding(Finding("fail", (lost,), text), ""), comments._remark(Note("f", text, ""))]
    assert rendered("\n".join(lines)).tags <= {("p", 0), ("br", 0), ("ul", 0), ("li", 0), ("code", 0)}


# ---- the class -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,first_name\nann,Ann\nann,Eve\n", ":3  'ann' is there twice"),
        ("id,email\nann\n", ":2  2 columns, but another number of cells"),
        ("id,first_name\nann,Lee, Ann\n", "put quotes around a cell with a comma"),
        ("name\nann\n", ":1  unknown column 'name'"),
        ("first_name\nann\n", ":1  no column `id`"),
        ("id\n../ann\n", ":2  id '../ann' cannot be a folder's name"),
        ("id,email\n,x@y\n", ":2  no id"),
        ("id\n", "no student"),
        ('id\n"ann\n', "repair the line"),
    ],
)
def test_a_bad_roster_is_told_by_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(roster.RosterError) as error:
        roster.read(path)
    assert said in str(error.value)


def test_a_roster_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes('\ufeffid,last_name,first_name\r\nann,김,"민수, 주니어"\r\n\r\n'.encode())
    assert roster.read(path) == [{"id": "ann", "last_name": "김", "first_name": "민수, 주니어"}]
    path.write_bytes("id,last_name\r\nann,김\r\n".encode("cp949"))
    with pytest.raises(roster.RosterError, match="UTF-8"):
        roster.read(path)


def test_a_second_init_keeps_what_was_changed(school_of_work: Scratch, tmp_path: Path) -> None:
    course, dest = school_of_work.assignment.course, tmp_path / "course"
    (tmp_path / "roster.csv").write_text("id,first_name\nann,Ann\n")
    init(course, dest, tmp_path / "roster.csv", "ko")
    assert dest.stat().st_mode & 0o777 == 0o700
    notebook, config = dest / "source/01_work/work.ipynb", dest / "nbgrader_config.py"
    assert notebook.read_bytes() == assemble.instructor(school_of_work.assignment)
    config.write_text(config.read_text() + "c.Exchange.root = '/srv'\n")
    notebook.write_bytes(b"outdated")
    (tmp_path / "roster.csv").write_text("id,email\nann,ann@x.kr\nbob,\n")
    told = init(course, dest, tmp_path / "roster.csv", "ko")
    assert [line.rpartition("/")[2] for line in told if "kept as it is" in line] == ["nbgrader_config.py", "work.ipynb"]
    assert config.read_text().endswith("c.Exchange.root = '/srv'\n")
    notebook.unlink()
    assert "1 of 2 files written" in init(course, dest, None, "ko")[0]
    with Book(f"sqlite:///{dest}/gradebook.db") as book:
        ann = book._gradebook.find_student("ann")
        assert (ann.first_name, ann.email, len(book._gradebook.students)) == ("Ann", "ann@x.kr", 2)


# ---- nbgrader's own commands -----------------------------------------------------------------------------------------


@dataclass
class Made:
    """What nbgrader made of a class."""

    folder: Path

    def page(self, student: str) -> dict[str, Any]:
        path = self.folder / f"autograded/{student}/01_work/work.ipynb"
        page: dict[str, Any] = json.loads(path.read_bytes())
        return page

    def feedback(self, student: str) -> str:
        return (self.folder / f"feedback/{student}/01_work/work.html").read_text()


@dataclass
class Classroom(Made):
    """A course folder that went through nbgrader's commands, and what they said."""

    assignment: Assignment
    run: Callable[..., str]
    said: dict[str, str]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/gradebook.db"


def filled(assignment: Assignment, **cells: str) -> dict[str, Any]:
    """The student's notebook with other sources in some cells, by id."""
    notebook: dict[str, Any] = json.loads(assemble.instructor(assignment))
    for cell in notebook["cells"]:
        if cell["id"] in cells:
            cell["source"] = cells[cell["id"]]
    return notebook


EVIL = "<script>fetch('/formgrader/api/grade/1')</script>[x](javascript:alert(1))\n# test-half"


def submissions(assignment: Assignment) -> dict[str, bytes]:
    wrong = filled(
        assignment, half="def half(x):\n    return x", double="def double(x): return (", WHY="**WHY**\n\nNo."
    )
    forged = filled(assignment, half="def half(x): return 0")
    forged["cells"] = [cell for cell in forged["cells"] if cell["id"] not in ("test-double", "WHY", "examples")]
    for cell in forged["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>alert(1)</script>"}},
                {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "2.0"}},
            ]
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"schema_version": 99, "points": 100}
        if cell["id"] == "test-half":
            cell["source"] = "2.0"
    text = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": EVIL}
    twice = copy.deepcopy(next(cell for cell in forged["cells"] if cell["id"] == "test-half"))
    forged["cells"] = [text, twice, *forged["cells"]]
    empty = assemble.student(assignment)
    return {
        "right": json.dumps(filled(assignment)).encode(),
        "wrong": json.dumps(wrong).encode(),
        "forged": json.dumps(forged).encode(),
        "empty": empty,
        "broken": b'{"cells": [\x00',
        "old": b'{"nbformat": 3, "worksheets": []}',
        "김민수": json.dumps(filled(assignment)).encode(),
    }


@pytest.fixture(scope="session")
def classroom(
    school_of_work: Scratch,
    autograder: Run,
    environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Classroom]:
    folder = tmp_path_factory.mktemp("nbgrader") / "course"
    home = tmp_path_factory.mktemp("home")
    (folder.parent / "roster.csv").write_text("id,first_name,last_name\nright,바름,정\n")
    roster = folder.parent / "roster.csv"
    done = autograder("nbgrader", "init", folder, "--roster", roster, "--lang", "ko", course=school_of_work.root)
    assert done.returncode == 0, done.stderr
    exchange = folder.parent / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)

    def run(*command: str) -> str:
        """One of nbgrader's commands, as it is typed."""
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT), "HOME": str(home), "JUPYTER_PLATFORM_DIRS": "0"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    said = {}
    said["generate"] = run("generate_assignment", "01_work")
    for student, data in submissions(school_of_work.assignment).items():
        place = folder / f"submitted/{student}/01_work"
        place.mkdir(parents=True)
        (place / "work.ipynb").write_bytes(data)
    beside = folder / "submitted/forged/01_work"
    (beside / "pages").mkdir()
    (beside / "pages/evil.html").write_text("<script>alert(1)</script>")
    said["autograde"] = run("autograde", "01_work")
    said["feedback"] = run("generate_feedback", "01_work")
    said["export"] = run("export", "--to", "exported.csv")
    yield Classroom(folder, school_of_work.assignment, run, said)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    shutil.rmtree(folder)


def test_what_is_generated_is_what_build_publishes(classroom: Classroom) -> None:
    release = json.loads((classroom.folder / "release/01_work/work.ipynb").read_bytes())
    for cell in release["cells"]:
        for added in ("checksum", "cell_type"):
            cell["metadata"].get("nbgrader", {}).pop(added, None)
    assert release == json.loads(assemble.student(classroom.assignment))


def test_the_exported_marks_are_those_of_grade(classroom: Classroom, autograder: Run, tmp_path: Path) -> None:
    course = classroom.assignment.course.root
    before = dump(classroom.url)
    arguments = ("grade", "01", classroom.folder / "submitted", "--out", tmp_path, "--lang", "ko")
    done = autograder(*arguments, "--gradebook", classroom.url, course=course)
    assert done.returncode == 0, done.stderr
    assert "제출물 7개, 그 가운데 3개에는 사람이 채점할 셀이 있습니다" in " ".join(done.stdout.split())
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        ours = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    with (classroom.folder / "exported.csv").open(newline="") as file:
        theirs = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert ours == theirs
    assert (ours["right"], ours["empty"], ours["broken"], ours["old"]) == (4, 0, 0, 0)
    assert dump(classroom.url) == before  # task by task, comment by comment
    again = autograder(*arguments, "--gradebook", classroom.url, course=course)  # as after a kill
    assert again.returncode == 0
    assert dump(classroom.url) == before


def test_an_empty_gradebook_becomes_what_generate_assignment_makes(classroom: Classroom, empty_book: Path) -> None:
    def rows(path: Path) -> list[list[Any]]:
        tables = {
            "assignment": "name, duedate, course_id",
            "notebook": "name, kernelspec",
            "base_cell": "name, type",
            "grade_cells JOIN base_cell USING (id)": "name, max_score, cell_type",
            "source_cell": "name, cell_type, locked, source, checksum",
            "alembic_version": "version_num",
        }
        with sqlite3.connect(path) as connection:
            return [sorted(connection.execute(f"SELECT {what} FROM {table}")) for table, what in tables.items()]

    assert rows(empty_book) == rows(classroom.folder / "gradebook.db")


def test_a_second_autograde_changes_nothing(classroom: Classroom) -> None:
    before = dump(classroom.url), classroom.page("wrong")
    classroom.run("autograde", "01_work", "--force")
    assert (dump(classroom.url), classroom.page("wrong")) == before


def test_no_kernel_runs_and_no_output_is_believed(classroom: Classroom) -> None:
    assert "kernel" not in classroom.said["autograde"].lower().replace("overwritekernelspec", "")
    with Book(classroom.url) as book:
        assert book.scores("forged") == {"test-half": (0, False), "test-double": (2, False), "WHY": (0, False)}
        assert book.scores("wrong") == {"test-half": (0, False), "test-double": (0, False), "WHY": (None, True)}


def test_every_cell_with_a_role_is_there_once_and_is_the_courses(classroom: Classroom) -> None:
    roles = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in json.loads(assemble.student(classroom.assignment))["cells"]
        if "nbgrader" in cell["metadata"]
    }
    for student in submissions(classroom.assignment):
        shown = [cell for cell in classroom.page(student)["cells"] if "nbgrader" in cell["metadata"]]
        assert [cell["metadata"]["nbgrader"]["grade_id"] for cell in shown] == list(roles), student
        for cell in shown:
            about = cell["metadata"]["nbgrader"]
            assert (about["schema_version"], about.get("points")) == (
                3,
                roles[about["grade_id"]]["metadata"]["nbgrader"].get("points"),
            )
            if about["locked"] and about["grade_id"].startswith("test-"):
                assert "".join(cell["source"]) == "".join(roles[about["grade_id"]]["source"])
                assert cell["outputs"]


def test_nothing_of_a_student_is_live_beside_formgraders_controls(classroom: Classroom) -> None:
    page = json.dumps(classroom.page("forged"))
    assert "<script" not in page
    assert "javascript:" not in page
    feedback = classroom.feedback("forged")
    assert "&lt;script&gt;fetch" in feedback
    assert 'id="test-half"' not in feedback
    live = _Live()
    live.feed(feedback)
    assert not [text for text in live.found if "fetch(" in text or "alert(" in text]
    assert not list((classroom.folder / "autograded/forged").rglob("*.html"))
    assert not list((classroom.folder / "feedback/forged").rglob("evil.html"))


def test_findings_are_in_the_feedback_in_the_courses_language(classroom: Classroom) -> None:
    told = classroom.feedback("wrong")
    assert "WARNING" not in classroom.said["feedback"]
    assert "3의 절반" in told
    assert "아무 수의 절반" in told
    assert "UTF-8" in classroom.feedback("broken") or "읽을 수 없" in classroom.feedback("broken")


def test_the_rubric_is_for_formgrader_only(classroom: Classroom) -> None:
    ids = [cell["id"] for cell in classroom.page("right")["cells"]]
    assert ids.index("rubric-WHY") + 1 == ids.index("WHY")
    assert "SECRETWORD" in json.dumps(classroom.page("right"))
    for folder in ("feedback", "release"):
        for path in (classroom.folder / folder).rglob("*"):
            assert not path.is_file() or b"SECRETWORD" not in path.read_bytes(), path


def test_the_source_passes_nbgraders_validation(classroom: Classroom) -> None:
    assert "Success! Your notebook passes all the tests." in classroom.run("validate", "source/01_work/work.ipynb")


def test_assignments_are_released_and_collected(classroom: Classroom) -> None:
    classroom.run("release_assignment", "01_work", f"--Exchange.root={classroom.folder.parent / 'exchange'}")
    assert (classroom.folder.parent / "exchange/nand2mnist/outbound/01_work/work.ipynb").is_file()
    archive = classroom.folder / "downloaded/01_work/archive"
    for name in ("zoe_12345_678_work-1.ipynb", "yun_work.ipynb", "xia/work.ipynb"):
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_bytes(assemble.student(classroom.assignment))
    classroom.run("zip_collect", "01_work")
    for student in ("zoe", "yun", "xia"):
        assert (classroom.folder / f"submitted/{student}/01_work/work.ipynb").is_file()
        shutil.rmtree(classroom.folder / f"submitted/{student}")


def test_what_an_instructor_adds_to_a_notebook_is_cleared_too(school_of_work: Scratch) -> None:
    from nbformat import from_dict
    from nbformat.v4 import new_code_cell

    from autograder.nbgrader.preprocessors import Stubs

    notebook = from_dict(filled(school_of_work.assignment))
    role = {"grade": False, "solution": True, "locked": False, "task": False, "grade_id": "mine", "schema_version": 3}
    notebook.cells.append(new_code_cell("answer = 42", metadata={"nbgrader": role}))
    for cell in notebook.cells:
        cell.source = "".join(cell.source)
    stubs = Stubs(course_root=str(school_of_work.root))
    names = {"assignment": "01_work", "notebook": "work"}
    made, _ = stubs.preprocess(notebook, {"nbgrader": names})
    assert "42" not in made.cells[-1].source
    assert "x / 2" not in json.dumps(made)
    (made.cells[3].source,) = ["### BEGIN SOLUTION\nx = 1"]
    with pytest.raises(Exception, match="never ends"):
        stubs.preprocess(made, {"nbgrader": names})


def test_a_configuration_that_fails_stops_nbgrader(classroom: Classroom, tmp_path: Path) -> None:
    """nbgrader would log it, go on with its defaults and run students' code in a kernel."""
    text = (classroom.folder / "nbgrader_config.py").read_text()
    code = "import sys; get_config = lambda: None; exec(sys.stdin.read(), {'__file__': 'c', 'get_config': get_config})"
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert "autograder cannot be set up" in done.stderr


def test_the_scheme_names_every_point(school_of_work: Scratch) -> None:
    found = scheme.scheme(school_of_work.assignment)
    assert found.points == {"test-half": 2, "test-double": 1, "WHY": 2}
    assert sum(found.points.values()) == school_of_work.assignment.manifest.max_score
    assert found.comments == {"half": "half", "double": "double", "WHY": "WHY"}
