"""A notebook is a submission like any other: which of its statements count, and what is said of the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder import cells
from autograder.ingest import Submission, Wanted, collect
from autograder.ingest.notebook import PLACEHOLDER, label, of_notebook
from autograder.result import Result
from tests.conftest import Scratch
from tests.notebooks import notebook

GRADER = '''
from autograder import assert_close, credit


@credit(2, task="double")
def test_double(student):
    """double doubles

    두 배"""
    assert_close(student.double(21.0), 42.0)


@credit(1, task="half")
def test_half(student):
    """half halves

    절반"""
    assert_close(student.half(3.0), 1.5)
'''
DOUBLE, HALF = "def double(x):\n    return 2 * x", "def half(x):\n    return x / 2"


@pytest.fixture
def grade(scratch: Scratch, tmp_path: Path) -> Callable[..., Result]:
    """The Result of a notebook in the scratch course with the tasks `double` (2 points) and `half` (1 point)."""
    assignment = scratch.lay(GRADER, {"double": 2, "half": 1})

    def graded(*sources: Any, raw: bytes | None = None, **fields: Any) -> Result:
        path = tmp_path / "alice.ipynb"
        path.write_bytes(raw if raw is not None else notebook(*sources, **fields))
        (submission,) = collect([path], Wanted.of(assignment))
        return scratch.grade_all([submission])["alice"]

    return graded


def keys(result: Result, kind: str | None = None) -> list[str]:
    return [remark.key for remark in result.remarks if kind in (None, remark.kind)]


def scores(result: Result) -> list[float]:
    return [task.score for task in result.tasks]


# ---- which statements count ----


@pytest.mark.parametrize(
    "sources",
    {
        "a cell for each": [DOUBLE, HALF],
        "merged": [f"{DOUBLE}\n\n{HALF}"],
        "moved": [HALF, DOUBLE],
        "copied": [DOUBLE, HALF, DOUBLE],
        "split, with a helper below": [
            "def double(x):\n    return two() * x",
            HALF,
            "def two():\n    return TWO",
            "TWO = 2",
        ],
        "among text and raw cells": [("markdown", "# def double(:"), DOUBLE, ("raw", "%%"), HALF],
        "a lambda": ["double = lambda x: 2 * x", HALF],
        "magics": ["%matplotlib inline\n!pip install numpy\n%load_ext autoreload\n" + DOUBLE, "%%time\n" + HALF],
        "magics in the middle": [f"{DOUBLE}\n%timeit double(1)\nfiles = !ls \\\n  -l\n?double\ndouble??\n{HALF}"],
        "magics of the shell": ["pip install numpy\nls\n" + DOUBLE, "if True:\n    %time y = 1\n" + HALF],
        "other languages": ["%%bash\nfor i in 1 2; do echo $i; done", "%%html\n<b>", DOUBLE, HALF],
        "a modulo that is no magic": ["TWO = (12\n  % 10)\n" + "def double(x):\n    return TWO * x", HALF],
        "display, input, show": [
            "import matplotlib.pyplot as plt\nn = int(input('n'))\nplt.show()\ndisplay(n)",
            DOUBLE,
            HALF,
        ],
        "display in the function": [
            "from IPython.display import display\ndef double(x):\n    display(x)\n    return 2 * x",
            HALF,
        ],
        "calls before they are defined": ["double(1)\nassert half(1) == 3\n1 / 0", DOUBLE, HALF],
        "endless, but nobody needs it": [DOUBLE, "while True:\n    pass", HALF, "y = sum(iter(int, 1))"],
        "ends the program, but nobody needs it": [
            "import os, sys\nos._exit(0)\nsys.exit()\nexit()\nquit()",
            DOUBLE,
            HALF,
        ],
        "a table that is filled": [
            "t = {}\nt['two'] = 2\nn = []\nn.append(2)",
            "def double(x):\n    return t['two'] * x",
            HALF,
        ],
        "a loop that fills": [
            "t = []\nfor i in range(3):\n    t.append(i)",
            "def double(x):\n    return t[2] * x",
            HALF,
        ],
        "a global": [
            "def init():\n    global TWO\n    TWO = 2\ninit()\nTWO = 2",
            "def double(x): return TWO * x",
            HALF,
        ],
        "a class": [
            "class Two:\n    def __mul__(self, x):\n        return 2 * x\ntwo = Two()",
            "def double(x): return two * x",
            HALF,
        ],
        "a decorator": ["import functools\n@functools.lru_cache(None)\ndef double(x):\n    return 2 * x", HALF],
        "under an if": ["if True:\n    def double(x):\n        return 2 * x\nelse:\n    double = None", HALF],
        "with try": [
            "try:\n    import torch\nexcept ImportError:\n    torch = 0\ndef double(x): return 2 * x + torch",
            HALF,
        ],
        "by exec": ["exec('def double(x): return 2 * x')", HALF],
        "by globals": ["for name, k in (('double', 2), ('half', 0.5)):\n    globals()[name] = lambda x, k=k: k * x"],
        "future annotations": [
            "from __future__ import annotations\ndef double(x: Undefined) -> Nothing:\n    return 2 * x",
            HALF,
        ],
        "windows line ends": [DOUBLE.replace("\n", "\r\n"), HALF.replace("\n", "\r")],
        "a tab and blank lines": ["\n\n\n" + DOUBLE.replace("    ", "\t"), "  \n", HALF],
        "star import": ["from math import *\ndef double(x):\n    return sqrt(4) * x", HALF],
        "numpy": ["import numpy as np\n%pylab\n" + "def double(x):\n    return np.multiply(2, x)", HALF],
        "Korean names": ["def 두배(값):\n    return 2 * 값\ndouble = 두배", HALF],
    }.items(),
    ids=lambda item: item[0],
)
def test_what_is_right_gets_full_marks(grade: Callable[..., Result], sources: tuple[str, Sequence[Any]]) -> None:
    result = grade(*sources[1])
    assert (scores(result), keys(result)) == ([2, 1], [])


def test_only_what_the_tasks_need_is_run() -> None:
    source = (
        "import numpy as np\nhistory = train()\ndef train(): ...\nW = [1]\n"
        "W[0] = 2\nnp.seterr(all='raise')\ndef double(x): return W[0] * x"
    )
    reading = cells.read(source, [1], "work.py")
    assert [statement.line for statement in reading.needed({"double"})] == [4, 5, 7]


def test_a_local_name_is_no_need() -> None:
    reading = cells.read("x = slow()\ndef double(x):\n    y = x\n    return [y for y in (x,)]", [1], "work.py")
    assert [statement.line for statement in reading.needed({"double"})] == [2]


# ---- what a mistake costs ----


def test_a_syntax_error_costs_the_functions_of_its_cell(grade: Callable[..., Result]) -> None:
    result = grade(DOUBLE, "x = 1\n\ndef half(x:\n    return x / 2")
    assert (scores(result), keys(result)) == ([2, 0], [])
    (lost,) = result.tasks[1].parts
    assert (lost.key, lost.line) == ("cell.syntax", 5)
    assert lost.message is not None
    assert "line 3 of code cell 2" in lost.message.en
    assert "코드 셀 2의 3행" in lost.message.ko
    assert "def half(x:\n        ^" in lost.message.en


def test_a_cell_that_costs_several_tasks_is_told_once(grade: Callable[..., Result]) -> None:
    result = grade(f"{DOUBLE}\n\n{HALF}\n\nprint(")
    assert (scores(result), keys(result, "finding")) == ([0, 0], ["cell.syntax"])
    assert [part.message for task in result.tasks for part in task.parts] == [None, None]


def test_a_syntax_error_elsewhere_is_only_remarked(grade: Callable[..., Result]) -> None:
    result = grade("print('oops'", DOUBLE, HALF)
    assert (scores(result), keys(result, "remark")) == ([2, 1], ["cell.syntax"])


def test_a_line_in_a_message_is_that_of_its_cell(grade: Callable[..., Result]) -> None:
    result = grade(("markdown", "text"), DOUBLE, "\n\ndef half(x):\n    y = 1\n    return x / undefined")
    (part,) = result.tasks[1].parts
    assert part.message is not None
    assert "in line 5 of code cell 2" in part.message.en or "Line 5 of code cell 2" in part.message.en
    assert "코드 셀 2의 5행" in part.message.ko
    assert (part.line, result.cells) == (7, (1, 3))


def test_a_statement_that_fails_costs_what_it_defines(grade: Callable[..., Result]) -> None:
    result = grade("TWO = 1 / 0\n" + DOUBLE, "half = make()\n")
    assert (scores(result), result.tasks[1].parts[0].key) == ([2, 0], "cell.error")


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("TWO = sum(iter(int, 1))", "cell.timeout"),
        ("import os\nTWO = os._exit(0)", "cell.crashed"),
        ("import ctypes\nTWO = ctypes.string_at(0)", "cell.crashed"),
        ("TWO = bytearray(10**12)", "cell.error"),
        ("TWO = input()", "cell.input"),
        ("import torch as TWO", "cell.import"),
        ("TWO = half(4)", "cell.todo"),
        ("import sys\nTWO = sys.exit()", "cell.error"),
    ],
)
def test_what_a_task_needs_and_does_not_survive_costs_only_that_task(
    grade: Callable[..., Result], statement: str, key: str
) -> None:
    stub = "def half(x):\n    raise NotImplementedError"
    result = grade(stub, "def double(x):\n    return TWO * x", statement, *([] if key == "cell.todo" else [HALF]))
    assert key in keys(result), result.remarks
    assert scores(result) == [0, 0 if key == "cell.todo" else 1]


def test_many_endless_statements_are_given_up(grade: Callable[..., Result]) -> None:
    endless = [f"T{n} = sum(iter(int, 1))" for n in range(6)]
    result = grade(*endless, f"def double(x):\n    return {' + '.join(f'T{n}' for n in range(6))}", HALF)
    assert (scores(result), keys(result)) == ([0, 0], ["load.timeout"])


def test_of_two_definitions_the_last_one_counts_and_it_is_said(grade: Callable[..., Result]) -> None:
    result = grade("def double(x):\n    return 0", DOUBLE, HALF, "\ndef half(x):\n    return 0")
    assert (scores(result), keys(result, "remark")) == ([2, 0], ["notebook.twice"] * 2)
    said = result.remarks[1].message
    assert said.en.startswith("half is defined in more than one way, in line 1 of code cell 3, 2 of code cell 4.")
    assert "코드 셀 4의 2행의 것으로" in said.ko


# ---- what is no notebook ----


@pytest.mark.parametrize(
    ("raw", "key"),
    {
        "nothing": (b"", "ingest.empty"),
        "cut off": (notebook(DOUBLE)[:-9], "ingest.notebook-json"),
        "a Python file": (DOUBLE.encode(), "ingest.notebook-json"),
        "another JSON": (b'{"a": 1}', "ingest.notebook-form"),
        "a list": (b"[1]", "ingest.notebook-form"),
        "cells that are none": (b'{"nbformat": 4, "cells": [1]}', "ingest.notebook-form"),
        "no cells": (b'{"nbformat": 4}', "ingest.notebook-form"),
        "only text": (notebook(("markdown", "# Hello")), "ingest.notebook-empty"),
        "format 3": (b'{"nbformat": 3, "worksheets": [{"cells": []}]}', "ingest.notebook-old"),
        "a null byte": (notebook(DOUBLE).replace(b"double", b"dou\0ble"), "ingest.notebook-binary"),
        "UTF-16": (notebook(DOUBLE).decode().encode("utf-16"), "ingest.utf16"),
        "no UTF-8": (notebook("# x").replace(b"# x", b"# \xff"), "ingest.encoding"),
        "a lone surrogate": (notebook("# x").replace(b"# x", b"# \\ud800 x"), "ingest.notebook-surrogate"),
        "a lone surrogate of the other half": (
            notebook("# x").replace(b"# x", b"# \\udc00 x"),
            "ingest.notebook-surrogate",
        ),
        "deeply nested": (b'{"nbformat": 4, "x": ' + b"[" * 10**5 + b"]" * 10**5 + b"}", "ingest.notebook-json"),
        "too much source": (notebook("# " + "x" * (1 << 20)), "ingest.too-large"),
    }.values(),
    ids=lambda value: str(value)[:20] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_so(grade: Callable[..., Result], raw: bytes, key: str) -> None:
    result = grade(raw=raw)
    assert (scores(result), keys(result)) == ([0, 0], [key])
    assert result.remarks[0].message.en != result.remarks[0].message.ko


def test_a_null_byte_in_a_cell_costs_the_cell(grade: Callable[..., Result]) -> None:
    result = grade(DOUBLE, HALF + "\n\0")
    assert (scores(result), result.tasks[1].parts[0].key) == ([2, 0], "cell.syntax")


def test_outputs_are_ignored(grade: Callable[..., Result]) -> None:
    outputs = [
        {"output_type": "stream", "text": "\x1b[31m<script>", "name": 7},
        {"output_type": "pickle", "data": {"x": "gASVCAAA"}},
    ]
    cell = {"cell_type": "code", "source": [DOUBLE], "outputs": outputs, "metadata": {"nbgrader": 7}, "attachments": []}
    result = grade(cell, {**cell, "source": HALF, "outputs": None, "metadata": None})
    assert (scores(result), keys(result)) == ([2, 1], [])


def test_a_hundred_megabytes_of_output_cost_a_remark(grade: Callable[..., Result]) -> None:
    flood = {"cell_type": "code", "source": DOUBLE, "outputs": ["x" * (100 << 20)]}
    result = grade(flood, HALF)
    assert (scores(result), keys(result)) == ([2, 1], ["notebook.outputs"])
    assert "100 MiB" in result.remarks[0].message.en


# ---- where it lies, and written answers ----


def answered(*sources: Any) -> Submission:
    return of_notebook("alice", "alice.ipynb", notebook(*sources), ["WHY"], 1 << 20)


@pytest.mark.parametrize(
    ("sources", "answer"),
    {
        "below the label": ([("markdown", "**WHY**\n\nBecause.\n한글 'and' \\ more")], "Because.\n한글 'and' \\ more"),
        "beside the label": ([("markdown", "**WHY** Because.")], "Because."),
        "untouched": ([("markdown", f"{label('WHY')}\n\n{PLACEHOLDER}")], ""),
        "beside the placeholder": ([("markdown", f"**WHY**\n\n{PLACEHOLDER}\nBecause.")], "Because."),
        "without label, by nbgrader's name": (
            [{"cell_type": "markdown", "source": "Because.", "metadata": {"nbgrader": {"grade_id": "WHY"}}}],
            "Because.",
        ),
        "as code": (
            [{"cell_type": "code", "source": "Because.", "metadata": {"nbgrader": {"grade_id": "WHY"}}}],
            "Because.",
        ),
        "a copy that is empty": ([("markdown", "**WHY**\nBecause."), ("markdown", "**WHY**")], "Because."),
        "a constant": ([("markdown", "**WHY**"), 'WHY = "Because."'], "Because."),
    }.values(),
)
def test_a_written_answer_is_a_text_cell(sources: Sequence[Any], answer: str) -> None:
    found = answered(DOUBLE, *sources)
    assert found.source is not None
    space: dict[str, Any] = {}
    exec(found.source, space)
    assert space["WHY"] == answer


def test_without_its_cell_there_is_no_answer() -> None:
    assert "WHY" not in str(answered(DOUBLE).source)


def wanted(**published: bytes) -> Wanted:
    return Wanted("work", within="01_work", published={f"work.{end}": raw for end, raw in published.items()})


def test_a_folder_may_hold_a_notebook(tmp_path: Path) -> None:
    for place in ("alice", "bob/01_work", "carol"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "work.ipynb").write_bytes(notebook(DOUBLE))
    (tmp_path / "dave.ipynb").write_bytes(notebook(HALF))
    found = collect([tmp_path], wanted())
    assert [s.student for s in found] == ["alice", "bob", "carol", "dave"]
    assert [s.source for s in found] == [DOUBLE, DOUBLE, DOUBLE, HALF]
    assert [s.student for s in collect([tmp_path / "bob"], wanted())] == ["bob"]


def test_who_handed_in_only_other_assignments_has_no_submission(tmp_path: Path) -> None:
    for place in ("alice/01_work", "bob/02_more", "carol/01_work", "carol/02_more", "dave/notes"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "alice/01_work/work.ipynb").write_bytes(notebook(DOUBLE))
    found = {s.student: s.problem and s.problem.key for s in collect([tmp_path], wanted())}
    assert found == {"alice": None, "carol": "ingest.no-module", "dave": "ingest.no-module"}


def test_of_module_and_notebook_the_changed_one_counts(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(DOUBLE)
    (tmp_path / "work.ipynb").write_bytes(notebook(HALF))
    given = {"py": DOUBLE.encode(), "ipynb": notebook(HALF)}
    chosen = {
        (): (DOUBLE, ["ingest.both"]),
        ("py",): (HALF, []),
        ("ipynb",): (DOUBLE, []),
        ("py", "ipynb"): (DOUBLE, []),
    }
    for published, (source, notes) in chosen.items():
        (found,) = collect([tmp_path], wanted(**{end: given[end] for end in published}))
        assert (found.source, [note.key for note in found.notes]) == (source, notes)


def test_an_archive_may_hold_a_notebook(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "alice.zip", "w") as archive:
        archive.writestr("alice/work.ipynb", notebook(DOUBLE))
    (found,) = collect([tmp_path / "alice.zip"], wanted())
    assert (found.source, found.cells, found.path[-10:]) == (DOUBLE, (1,), "work.ipynb")


def test_the_command_line_grades_a_notebook(autograder: Callable[..., Any], scratch: Scratch, tmp_path: Path) -> None:
    scratch.lay(GRADER, {"double": 2, "half": 1})
    path = tmp_path / "하나.ipynb"
    path.write_bytes(notebook("%matplotlib inline", DOUBLE, textwrap.dedent("def half(x:\n    pass")))
    shown = autograder("grade", "01", path, "--lang", "ko", course=scratch.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "하나" in shown.stdout
    assert "코드 셀 3의 1행" in shown.stdout


def test_names_of_the_stub_beside_the_tasks_are_read_too(
    scratch: Scratch, grade: Callable[..., Result], tmp_path: Path
) -> None:
    """A grader may ask for a table of weights that no function uses."""
    grader = GRADER.replace("assert_close(student.half(3.0), 1.5)", 'assert_close(student.get("HALF"), 0.5)')
    scratch.write("autograder/graders/01_work/test_work.py", grader)
    scratch.write("assignments/01_work/work.py", "HALF = None\ndef double(x):\n    raise NotImplementedError\n")
    assert scores(grade(DOUBLE, HALF, "HALF = 0.5")) == [2, 1]


def test_a_name_that_is_nearly_right_is_told(grade: Callable[..., Result]) -> None:
    result = grade(DOUBLE, HALF.replace("half", "halv"))
    assert result.tasks[1].parts[0].key == "missing.near"


def test_matplotlib_may_be_told_where_to_draw(scratch: Scratch, grade: Callable[..., Result]) -> None:
    """Matplotlib looks whether IPython is there, and asks it."""
    manifest = scratch.root / "assignments/01_work/assignment.toml"
    manifest.write_text("plots = true\n" + manifest.read_text())
    grader = GRADER.replace("@credit(2, ", "@credit(2, plots=True, ")
    scratch.write("autograder/graders/01_work/test_work.py", grader)
    plots = "import matplotlib.pyplot as plt\nplt.ion()\nplt.switch_backend('agg')\n%matplotlib inline\n"
    double = "def double(x):\n    fig, ax = plt.subplots()\n    ax.plot([1, x])\n    plt.show()\n    return 2 * x"
    result = grade(plots, "plt.switch_backend('agg')\nstyle = plt.ion()", double + "\n\nplt.ion()", HALF)
    assert (scores(result), keys(result)) == ([2, 1], [])
