"""Hostile notebooks, folders and names, handed in to nbgrader's own command line: a class of them beside one right one.

All hand in together, and nbgrader grades them in one run. The tests look at what came of it: the gradebook, the
autograded notebooks, the pages that formgrader and students see.
"""

from __future__ import annotations

import html.parser
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Assignment
from autograder.nbgrader import comments, kernels, rebuild, roster
from tests.conftest import ROOT, Scratch
from tests.notebooks import notebook
from tests.test_nbgrader import Made, Run, filled, lay

CANARY = "canary-of-a-private-file-31415"
SCRIPT = "fetch('/formgrader/api/grade/1',{method:'PUT'})"
EVIL = [
    f"<script>{SCRIPT}</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](attachment:evil.svg)",
    "# test-half",
    '<input class="score" id="test-half" value="99">',
    "</textarea></pre></div><svg onload=alert(1)>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "$\\href{javascript:alert(1)}{x}$ $\\unicode{<script>alert(1)</script>}$ \\\\[ <img src=x> \\\\]",
    "$$\n<img src=x onerror=alert(1)>\n$$",
    "\\begin{x}\n<img src=x onerror=alert(1)>\n\\end{x}",
    "{{ resources.__class__ }} {% include '/etc/passwd' %}",
    "\x1b[31mred\x1b[0m \u202e",
]
TEXT = "\n\n".join(EVIL)
# Every way to the gradebook that a kernel beside it has; each writes what no grading of ours ever writes.
UPDATE = """
import ctypes, ctypes.util, glob, os, sqlite3, sys

BOOKS = [BOOK, *(os.path.join(os.readlink(p), "gradebook.db") for p in glob.glob("/proc/*/cwd") if os.access(p, 4))]
CHANGE = "UPDATE grade SET manual_score = 99"

def by_sqlite3(book):
    with sqlite3.connect(book) as connection:
        connection.execute(CHANGE)

def by_sqlalchemy(book):
    import sqlalchemy
    with sqlalchemy.create_engine("sqlite:///" + book).begin() as connection:
        connection.execute(sqlalchemy.text(CHANGE))

def by_ctypes(book):
    library, handle = ctypes.CDLL(ctypes.util.find_library("sqlite3")), ctypes.c_void_p()
    library.sqlite3_open(book.encode(), ctypes.byref(handle))
    library.sqlite3_exec(handle, CHANGE.encode(), None, None, None)

def by_bytes(book):
    with open(book, "r+b") as file:
        file.truncate(0)

def attack():
    for book in BOOKS:
        for way in (WAYS):
            try:
                way(book)
            except BaseException:
                pass

def half(x):
    attack()
    return 0
"""
HOOKS = """
ip = get_ipython()
ip.events.register("pre_run_cell", lambda info: seen.append(info.raw_cell))
ip.input_transformers_post.append(lambda lines: ["double = lambda x: 2 * x\\n", *lines])
class Rewriter(__import__("ast").NodeTransformer):
    def visit_FunctionDef(self, node): return node
ip.ast_transformers.append(Rewriter())
ip.user_ns["double"] = lambda x: 2 * x
from IPython.core.magic import register_cell_magic
@register_cell_magic
def steal(line, cell): get_ipython().user_ns["double"] = eval("lambda x: 2 * x")
"""


@dataclass
class Student:
    """What one hands in: the notebook's bytes, or what puts it there; more files, or what puts them there."""

    work: bytes | Callable[[Path], object]
    beside: dict[str, bytes | Callable[[Path], object]] = field(default_factory=dict)


def link(to: Path) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(to)


def put(path: Path, content: bytes | Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)


def cells(page: dict[str, Any], kind: str = "code") -> list[dict[str, Any]]:
    return [cell for cell in page["cells"] if cell["cell_type"] == kind]


def made(page: dict[str, Any]) -> bytes:
    return json.dumps(page).encode()


def with_outputs(page: dict[str, Any], *outputs: dict[str, Any]) -> dict[str, Any]:
    for cell in cells(page):
        cell["outputs"] = list(outputs)
    return page


def result(**data: str) -> dict[str, Any]:
    named = {name.replace("__", "/"): value for name, value in data.items()}
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {"isolated": False}, "data": named}


def marked_up(assignment: Assignment) -> dict[str, Any]:
    """Every place of a notebook that a page could show holds what would be live there."""
    half = f"def half(x):\n    '''{SCRIPT}'''\n    raise ValueError({TEXT!r})\n# {EVIL[0]}"
    page = filled(assignment, half=half, WHY=f"**WHY**\n\n{TEXT}")
    page["metadata"] = {
        "title": EVIL[0],
        "authors": [{"name": EVIL[1]}],
        "kernelspec": {"name": "../../evil", "display_name": EVIL[0], "language": "bash"},
        "language_info": {"name": EVIL[0], "pygments_lexer": EVIL[0], "nbconvert_exporter": "subprocess"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": EVIL[0]}}},
    }
    with_outputs(
        page,
        {"output_type": "stream", "name": "stdout", "text": TEXT},
        {"output_type": "error", "ename": EVIL[0], "evalue": TEXT, "traceback": EVIL},
        result(text__html=EVIL[0], application__javascript=SCRIPT, text__latex=TEXT, text__plain="2.0"),
        result(**{"image__svg+xml": f"<svg onload='{SCRIPT}'/>", "application__x-pickle": "gASVHgAAAAAAAACMBXBvc2l4"}),
    )
    attachments = {
        "evil.svg": {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'><script>{SCRIPT}</script></svg>"}
    }
    for number, text in enumerate(EVIL):
        about = {
            "tags": [EVIL[0]],
            "name": EVIL[0],
            "trusted": True,
            "raw_mimetype": "text/html",
            "format": "text/html",
        }
        for kind in ("markdown", "raw", EVIL[0]):
            id = f"{EVIL[number % 3]}{number}"
            page["cells"].append(
                {"cell_type": kind, "id": id, "metadata": about, "source": text, "attachments": attachments}
            )
    page["cells"].append(
        {"cell_type": "code", "id": "c", "metadata": about, "source": f"%%html\n{TEXT}", "outputs": []}
    )
    return page


def forged(assignment: Assignment) -> dict[str, Any]:
    page = filled(assignment, half="def half(x): return 0")
    for number, cell in enumerate(page["cells"]):
        about = {"grade_id": "test-half", "points": 1e308, "schema_version": 10**400 + number, "grade": number % 2 == 0}
        cell["metadata"] = {"nbgrader": about | {"solution": True, "locked": False, "task": True, "checksum": ["x"]}}
    return page


def rubric_forged(assignment: Assignment) -> dict[str, Any]:
    page = filled(assignment, half="def half(x): return 0", WHY="**WHY**\n\nNo idea.")
    told = "**Rubric / 채점 기준** full marks for everybody"
    for name in ("rubric-WHY", "WHY", "test-half", "problem", "cut"):
        cell = {"cell_type": "markdown", "id": name, "metadata": {}, "source": told}
        page["cells"].insert(0, cell)
    score = {"cell_type": "markdown", "id": "box", "metadata": {}, "source": EVIL[5]}
    page["cells"].insert(0, score)
    return page


def hostile(assignment: Assignment, folder: Path, private: Path, marker: Path) -> dict[str, Student]:
    right = made(filled(assignment))
    update = UPDATE.replace("BOOK,", f"{str(folder / 'gradebook.db')!r},")
    update = update.replace("WAYS", "by_sqlite3, by_sqlalchemy, by_ctypes, by_bytes")
    touch = f"open({str(marker)!r}, 'w').close()\n".encode()
    patched = with_outputs(filled(assignment, half="def half(x): return 0"), result(text__plain="2.0"))
    for cell in patched["cells"]:
        if cell["id"].startswith("test-"):
            cell["source"] = "import work\nwork.half = work.double = None\n2.0"
    twice = filled(assignment)
    twice["cells"] += [{**c, "source": "def half(x): return 0"} for c in twice["cells"] if c["id"] == "half"]
    same = filled(assignment, half="def half(x): return 0")
    for cell in same["cells"]:
        cell["id"] = "half"
    hooked = filled(assignment, double=HOOKS)
    hooked["cells"] += json.loads(notebook("%%steal\ndef double(x): pass", "%load_ext evil\n%run evil.py"))["cells"]
    many = b'{"cell_type":"raw"},' * 200_000
    deep = b'{"nbformat":4,"cells":[],"metadata":' + b"[" * 10**6 + b"]" * 10**6 + b"}"
    long = notebook(json.loads(right)["cells"][-1], "x = '" + "a" * 60_000_000 + "'")
    flood = filled(assignment)
    cells(flood)[0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 100_000_000}]
    beside = dict.fromkeys(
        ("nbgrader_config.py", "conftest.py", "ipython_config.py", "sitecustomize.py", "numpy.py", "work.py"), touch
    )
    return {
        "right": Student(right),
        "update": Student(made(filled(assignment, half=update))),
        "patched": Student(made(patched)),
        "deleted": Student(notebook("def half(x): return x / 2")),
        "exits": Student(made(filled(assignment, double="import os\ndef double(x): os._exit(0)"))),
        "ends": Student(made(filled(assignment, double="import os\nN = os._exit(0)\ndef double(x): return N"))),
        "hooked": Student(made(hooked)),
        "flood": Student(made(flood)),
        "loop": Student(made(filled(assignment, double="def double(x):\n    while True: pass"))),
        "markup": Student(made(marked_up(assignment))),
        "forged": Student(made(forged(assignment))),
        "rubric": Student(made(rubric_forged(assignment))),
        "twice": Student(made(twice)),
        "same": Student(made(same)),
        "another": Student(notebook("def AND(a, b): return a and b", "def half_adder(a, b): return a")),
        "many": Student(
            b'{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[' + many + right[right.index(b'"cells"') + 10 :]
        ),
        "deep": Student(deep),
        "long": Student(long),
        "surrogate": Student(right.replace(b"return x / 2", b"return x / 2 # \\ud800")),
        "number": Student(b'{"nbformat": 1' + b"0" * 5000 + b', "cells": []}'),
        "folder": Student(lambda path: [put(path / name, b"def half(x): return x / 2") for name in ("a.py", "b.py")]),
        "pipe": Student(os.mkfifo),
        "thief": Student(link(folder / "submitted/right/01_work/work.ipynb")),
        "extras": Student(
            right,
            beside
            | {
                "evil.html": EVIL[0].encode(),
                "second.ipynb": notebook(touch.decode()),
                "pages[1]/evil.ipynb": notebook(touch.decode()),
                "deep/er/evil.svg": b"<svg onload=alert(1)>",
                "key": link(private),
                "submission_secret.txt": link(private),
                "endless": link(Path("/dev/zero")),
                "waiting": os.mkfifo,
                "timestamp.txt": b"2024-05-01 00:00:00 UTC\n",
            },
        ),
        "late": Student(right, {"timestamp.txt": b"2031-01-01 00:00:00 UTC", "submission_secret.txt": b"abc"}),
        "backdated": Student(right, {"timestamp.txt": b"1999-01-01 00:00:00 UTC"}),
        "garbled": Student(right, {"timestamp.txt": b"<script>alert(1)</script>"}),
        "waiting": Student(right, {"timestamp.txt": os.mkfifo}),
        "lender": Student(right, {"timestamp.txt": link(private)}),
        "<img src=x onerror=alert(1)>": Student(right),
        "two\nlines": Student(right),
        os.fsdecode(b"\xff\xfe"): Student(right),
        "a'b": Student(right),
        "-h": Student(right),
        "=1+1": Student(right),
    }


LEFT_OUT = {"waiting", "lender", "peeper", "<img src=x onerror=alert(1)>", "two\nlines", os.fsdecode(b"\xff\xfe")}
FULL, NONE, HALF = (2.0, 2.0), (0.0, 0.0), (2.0, 0.0)
MARKS = {
    **dict.fromkeys(("right", "flood", "late", "backdated", "extras", "a'b", "-h", "=1+1"), FULL),
    **dict.fromkeys(("deleted", "exits", "ends", "hooked", "loop"), HALF),
    **dict.fromkeys(("update", "patched", "forged", "rubric", "twice", "same", "markup"), (0.0, 2.0)),
    **dict.fromkeys(("another", "deep", "long", "surrogate", "number", "folder", "pipe", "thief"), NONE),
    "many": FULL,
}


class Live(html.parser.HTMLParser):
    """What of a page a browser would run, load, or take for one of its controls."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        plain = {"class", "align", "style", "title"}
        self.found |= {(tag, name, value or "") for name, value in attrs if name not in plain}
        if tag not in ("div", "span", "pre", "p", "br", "li", "ul", "strong", "code", "a", "b"):
            self.found.add((tag, "", ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.found.add((self.cdata_elem, "", re.sub(r'submission_id = "\w+"', "", data)))


# What a page has of itself where a notebook has other cells than the right one: links to comments, the course's title.
HARMLESS = (
    r"a\|href\|#comment-(half|double|WHY)",
    r"div\|id\|cell-id=(cell-\d+|problem|cut|check|title)",
    r"h1\|id\|01-[^<>]*-Work|a\|href\|#01-[^<>]*-Work|(hr|ol)\|\|",
)


def live(page: str) -> set[tuple[str, str, str]]:
    found = Live()
    found.feed(page)
    return found.found


@dataclass
class Class(Made):
    """What nbgrader made of the class, and what it said."""

    assignment: Assignment
    said: str
    code: int
    marker: Path
    known: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)

    def right(self, page: Callable[[str], str]) -> set[tuple[str, str, str]]:
        """What is live on the page of the right student."""
        if page.__name__ not in self.known:
            self.known[page.__name__] = live(page("right"))
        return self.known[page.__name__]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.folder / "gradebook.db") as connection:
            return list(connection.execute(query))

    def marks(self) -> dict[str, dict[str, float | None]]:
        found: dict[str, dict[str, float | None]] = {}
        query = """
            SELECT student_id, base_cell.name, auto_score FROM grade
            JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
            JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
            JOIN base_cell ON cell_id = base_cell.id
        """
        for student, cell, score in self.rows(query):
            found.setdefault(student, {})[cell] = score
        return found

    def formgrader(self, student: str) -> str:
        """The page as formgrader's handler renders it."""
        from nbconvert.exporters import HTMLExporter
        from nbgrader.server_extensions.formgrader import handlers
        from traitlets.config import Config

        about = {"assignment_id": "01_work", "notebook_id": "work", "submission_id": "s", "index": 0, "total": 1}
        about |= {"base_url": "", "student": student, "last_name": "", "first_name": "", "notebook_path": "x"}
        config = Config(
            {"HTMLExporter": {"template_name": "formgrade", "extra_template_basedirs": [handlers.template_path]}}
        )
        path = self.folder / f"autograded/{student}/01_work/work.ipynb"
        page, _ = HTMLExporter(config=config).from_filename(str(path), resources=about)
        return str(page)


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def school_of_attacks(new_scratch: Callable[[], Scratch]) -> Scratch:
    return lay(new_scratch())


@pytest.fixture(scope="session")
def command(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Command:
    """One of nbgrader's commands, as it is typed in a course folder."""
    home = tmp_path_factory.mktemp("home")

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=100,
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT), "HOME": str(home), "JUPYTER_PLATFORM_DIRS": "0"},
        )

    return run


@pytest.fixture(scope="session")
def bare_course(
    school_of_attacks: Scratch, autograder: Run, command: Command, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A course folder whose assignment is generated; nobody has handed in yet."""
    folder = tmp_path_factory.mktemp("hostile") / "course"
    done = autograder("nbgrader", "init", folder, "--lang", "en", course=school_of_attacks.root)
    assert done.returncode == 0, done.stderr
    done = command(folder, "generate_assignment", "01_work")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def hostile_class(school_of_attacks: Scratch, bare_course: Path, command: Command) -> Iterator[Class]:
    folder = bare_course.parent / "class"
    shutil.copytree(bare_course, folder)
    private, marker = bare_course.parent / "private.txt", bare_course.parent / "marker"
    private.write_text(CANARY)
    with sqlite3.connect(folder / "gradebook.db") as connection:
        connection.execute("UPDATE assignment SET duedate = '2030-01-01 00:00:00'")
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    for student, work in hostile(school_of_attacks.assignment, folder, private, marker).items():
        place = folder / "submitted" / student / "01_work"
        put(place / "work.ipynb", work.work)
        for name, content in work.beside.items():
            put(place / name, content)
    put(folder / "submitted/peeper/01_work", link(folder / "submitted/right/01_work"))
    graded = command(folder, "autograde", "01_work")
    told = command(folder, "generate_feedback", "01_work")
    said = graded.stdout + graded.stderr + told.stdout + told.stderr
    yield Class(folder, school_of_attacks.assignment, said, graded.returncode, marker)
    for path in folder.rglob("*"):
        if path.is_dir() or (path.is_file() and not path.is_symlink()):
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    shutil.rmtree(folder)


STUDENTS = sorted(MARKS)


@pytest.mark.parametrize("student", STUDENTS)
def test_everybody_gets_what_their_functions_earn(hostile_class: Class, student: str) -> None:
    marks = hostile_class.marks()[student]
    assert (marks["test-half"], marks["test-double"]) == MARKS[student], hostile_class.said


def test_only_those_fail_whom_nbgrader_cannot_read(hostile_class: Class) -> None:
    """`timestamp.txt` is nbgrader's to parse; whoever spoils theirs spoils it for nobody else."""
    failed = re.findall(r"error processing assignment '01_work' for student '(.*)'", hostile_class.said)
    assert (set(failed), hostile_class.code) == ({"garbled"}, 1), hostile_class.said
    assert set(hostile_class.marks()) - {"garbled"} == set(MARKS)


def test_nobody_writes_into_the_gradebook(hostile_class: Class) -> None:
    assert hostile_class.rows("SELECT count(*) FROM grade WHERE manual_score IS NOT NULL OR extra_credit") == [(0,)]
    assert hostile_class.rows("SELECT count(*) FROM comment WHERE manual_comment IS NOT NULL") == [(0,)]
    cells = hostile_class.rows("SELECT name, max_score FROM grade_cells JOIN base_cell USING (id)")
    assert dict(cells) == {"test-half": 2, "test-double": 1, "WHY": 2}


@pytest.mark.parametrize("way", ["by_sqlite3", "by_sqlalchemy", "by_ctypes"])
def test_the_attack_on_the_gradebook_is_one(hostile_class: Class, tmp_path: Path, way: str) -> None:
    """Outside of the sandbox it does what it is meant to do."""
    shutil.copy(hostile_class.folder / "gradebook.db", tmp_path)
    source = UPDATE.replace("BOOK, *", f"{str(tmp_path / 'gradebook.db')!r}, *").replace("WAYS", f"{way},")
    source = re.sub(r", \*\(os.path.*", "]", source)
    subprocess.run([sys.executable, "-c", source + "half(1)"], check=True, cwd=tmp_path, timeout=60)
    with sqlite3.connect(tmp_path / "gradebook.db") as connection:
        assert list(connection.execute("SELECT DISTINCT manual_score FROM grade")) == [(99,)]


@pytest.mark.parametrize("student", sorted(set(MARKS) - {"right"}))
def test_a_page_has_nothing_live_that_a_right_one_has_not(hostile_class: Class, student: str) -> None:
    for page in (hostile_class.feedback, hostile_class.formgrader):
        found = live(page(student)) - hostile_class.right(page)
        assert not [each for each in found if not any(re.fullmatch(known, "|".join(each)) for known in HARMLESS)]


def test_pages_of_a_notebook_full_of_markup_show_it_as_text(hostile_class: Class) -> None:
    for page in (hostile_class.feedback("markup"), hostile_class.formgrader("markup")):
        assert "&lt;script&gt;fetch(" in page
        assert "attachment:evil.svg" in page
        assert "2.7.7/latest.js?config=TeX-AMS_CHTML-full,Safe" in page  # formulas: \href and \unicode do nothing


def test_an_autograded_notebook_is_the_courses_but_for_sources(hostile_class: Class) -> None:
    """Opened in Jupyter, by one click in formgrader, it has no metadata, output or attachment of a student."""
    known = hostile_class.page("right")["metadata"]
    for student in MARKS:
        page = hostile_class.page(student)
        assert page["metadata"] == known, student
        for cell in page["cells"]:
            assert set(cell) <= {"cell_type", "id", "metadata", "source", "outputs", "execution_count"}, student
            assert set(cell["metadata"]) <= {"nbgrader"}, student
            assert not cell.get("outputs") or cell["id"].startswith("test-"), student
        names = [cell["id"] for cell in page["cells"]]
        assert len(names) == len(set(names)), student
        assert all(re.fullmatch(r"[\w-]{1,64}", name, re.ASCII) for name in names), student


def test_the_kernel_of_an_autograded_notebook_is_none(hostile_class: Class) -> None:
    assert hostile_class.page("markup")["metadata"]["kernelspec"] == kernels.NO_KERNEL
    release = json.loads((hostile_class.folder / "release/01_work/work.ipynb").read_bytes())
    assert release["metadata"]["kernelspec"]["name"] == "python3"


def test_roles_are_those_of_the_source(hostile_class: Class) -> None:
    roles = [c["metadata"]["nbgrader"] for c in hostile_class.page("right")["cells"] if c["metadata"]]
    for student in MARKS:
        found = [c["metadata"]["nbgrader"] for c in hostile_class.page(student)["cells"] if c["metadata"]]
        assert sorted(c["grade_id"] for c in found) == sorted(c["grade_id"] for c in roles), student
        assert all((c["schema_version"], c.get("points")) in {(3, p) for p in (None, 1, 2)} for c in found), student


def test_the_rubric_is_the_courses(hostile_class: Class) -> None:
    page = hostile_class.page("rubric")
    (rubric,) = (cell for cell in page["cells"] if cell["id"] == "rubric-WHY")
    assert "SECRETWORD" in "".join(rubric["source"])
    assert "full marks for everybody" not in "".join(rubric["source"])
    assert "SECRETWORD" not in hostile_class.feedback("rubric")


def test_nothing_beside_the_notebook_is_kept_or_followed(hostile_class: Class) -> None:
    for step in ("autograded", "feedback"):
        place = hostile_class.folder / step / "extras/01_work"
        there = {path.relative_to(place).as_posix() for path in place.rglob("*")}
        assert there == {"timestamp.txt", "work.ipynb" if step == "autograded" else "work.html"}
        for path in (hostile_class.folder / step).rglob("*"):
            assert path.is_dir() or (not path.is_symlink() and CANARY not in path.read_text()), path
    assert (hostile_class.folder / "feedback/late/01_work/submission_secret.txt").read_text() == "abc"


def test_no_code_of_a_student_ran_outside_of_the_sandbox(hostile_class: Class) -> None:
    assert not hostile_class.marker.exists()
    assert "kernel" not in hostile_class.said.lower()


def test_who_is_left_out_is_named(hostile_class: Class) -> None:
    told = re.findall(r"^.*it is left out, and has no grade$", hostile_class.said, re.MULTILINE)
    assert len(told) == len(LEFT_OUT), told
    assert not LEFT_OUT & set(hostile_class.marks())
    assert CANARY not in hostile_class.said


def test_a_late_one_is_penalised_and_nobody_else(hostile_class: Class) -> None:
    query = """
        SELECT student_id, late_submission_penalty FROM submitted_notebook
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        WHERE late_submission_penalty IS NOT NULL
    """
    assert hostile_class.rows(query) == [("late", 4.0)]


# ---- no kernel, whatever the configuration ---------------------------------------------------------------------------

NBGRADERS = "from nbgrader.converters import Autograde\n"
CONFIGURATIONS = {
    "exporter": "from nbconvert.exporters import NotebookExporter\nc.Autograde.exporter_class = NotebookExporter\n",
    "preprocessors": NBGRADERS
    + "c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default_args[0]\n",
    "outputs": "from nbgrader.preprocessors import SaveAutoGrades\n"
    "c.Autograde.autograde_preprocessors = [SaveAutoGrades]\n",
    "mistake": "c.Autograde.force = Treu\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", list(CONFIGURATIONS))
def test_a_notebook_of_the_course_never_reaches_a_kernel(
    school_of_attacks: Scratch, bare_course: Path, command: Command, tmp_path: Path, name: str
) -> None:
    folder, marker = tmp_path / "course", tmp_path / "marker"
    shutil.copytree(bare_course, folder)
    config = folder / "nbgrader_config.py"
    if name == "nothing":
        config.unlink()
    else:
        config.write_text(config.read_text() + CONFIGURATIONS[name])
    put(
        folder / "submitted/eve/01_work/work.ipynb",
        made(filled(school_of_attacks.assignment, half=f"open({str(marker)!r}, 'w')")),
    )
    done = command(folder, "autograde", "01_work")
    assert not marker.exists()
    assert done.returncode == 1, done.stderr
    told = "No such kernel named none-autograder" if name == "nothing" else "let configure(c) have the last word"
    assert told in done.stderr
    with sqlite3.connect(folder / "gradebook.db") as book:
        assert list(book.execute("SELECT count(*) FROM grade WHERE auto_score > 0")) == [(0,)]
    assert not (folder / "autograded/eve/01_work").exists()


def test_notebooks_of_others_are_left_to_nbgrader(school_of_attacks: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_roots", {school_of_attacks.root})
    ours = {"student": "eve", "assignment": "01_work", "notebook": "work"}
    for other in ({"student": "."}, {"assignment": "ps1"}, {"notebook": "problem"}):
        kernels._refuse({"nbgrader": ours | other})
    kernels._refuse(None)
    with pytest.raises(Exception, match="nothing of it in a kernel"):
        kernels._refuse({"nbgrader": ours})


# ---- one by one ------------------------------------------------------------------------------------------------------


def test_a_million_cells_cost_little() -> None:
    """In nbgrader's own process, which a Jupyter server may be."""
    assert rebuild.read(b'{"nbformat":4,"cells":[' + b"{}," * 10**6 + b"{}]}") is None
    handed = rebuild.read(b'{"nbformat":4,"cells":[' + b'{"cell_type":"code"},' * 10**6 + b'{"cell_type":"code"}]}')
    assert handed is not None
    assert len(handed) == rebuild.MOST_READ


def test_a_comment_is_cut_where_nothing_becomes_live() -> None:
    line = "- `" + "<img src=x onerror=alert(1)>" * 2000 + "`"
    assert "<img" not in comments._capped(line, "en")
    assert comments.plain("\\[ x \\]") == "\\\\\\[ x \\\\]"  # no formula that was none


@pytest.mark.parametrize(
    "row",
    ["<img src=x>,Ann,a@b.kr", "ann,<script>alert(1)</script>,a@b.kr", "ann,=HYPERLINK(1),", "-h,Ann,", "=1+1,Ann,"],
)
def test_a_roster_with_markup_or_formulas_is_refused(tmp_path: Path, row: str) -> None:
    """nbgrader's pages show names as they are; so does what reads its export."""
    (tmp_path / "roster.csv").write_text(f"id,first_name,email\n{row}\n")
    with pytest.raises(roster.RosterError, match=r"roster\.csv:2"):
        roster.read(tmp_path / "roster.csv")


def test_names_of_students_on_the_way_into_a_gradebook(
    school_of_attacks: Scratch, autograder: Run, tmp_path: Path
) -> None:
    names = ["ann", "a'b", "'; DROP TABLE grade; --", "-h", "<img src=x onerror=alert(1)>", 'x" onload="y']
    for name in names:
        put(tmp_path / "class" / name / "work.py", b"def half(x): return x / 2\nWHY = '\\x00 \\ud800 '' OR 1=1'")
    url = f"sqlite:///{tmp_path}/gradebook.db"
    arguments = ("grade", "01", tmp_path / "class", "--out", tmp_path / "out", "--gradebook", url, "--lang", "en")
    done = autograder(*arguments, course=school_of_attacks.root)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        assert {name for (name,) in book.execute("SELECT id FROM student")} == set(names[:4])
    assert "not written" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("kim_work.ipynb", "kim"),
        ("kim_123_678_work-1.ipynb", "kim"),
        ("kim/work.ipynb", "kim"),
        ("class/kim/work.ipynb", "kim"),
        ("class/kim_123_work (2).ipynb", "kim"),
        ("eve_123_mine/kim/work.ipynb", None),
        ("eve_123_mine/kim_1_work.ipynb", None),
        ("eve_123_mine/01_work/extracted/kim/work.ipynb", None),
        ("../work.ipynb", None),
        (".._work.ipynb", None),
        ("-h_work.ipynb", None),
        ("=1_work.ipynb", None),
        ("<img src=x>_work.ipynb", None),
    ],
)
def test_whose_a_collected_file_is(school_of_attacks: Scratch, path: str, student: str | None) -> None:
    """A student's own archive says nothing about others, and no name leads out of `submitted`."""
    from nbgrader.plugins import FileNameCollectorPlugin
    from traitlets.config import Config

    from autograder.nbgrader import configure

    config = Config()
    configure(config, course=school_of_attacks.root)
    found = FileNameCollectorPlugin(config=config).collect(f"/srv/extracted/downloaded/01_work/extracted/{path}")
    assert (found or {}).get("student_id") == student
