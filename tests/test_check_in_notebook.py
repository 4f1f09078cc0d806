"""`check()` in a notebook: what it says of the cells that were run, and that the kernel is the same afterwards."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jupyter_client
import pytest

from autograder import answers, cells, course
from autograder.cells import joined
from autograder.checking import child, history, kernel, loading
from autograder.messages import catalogue
from autograder.release import listing
from autograder.render import cell
from autograder.render.account import Account
from autograder.render.places import InKernel
from tests import gates_course
from tests.conftest import ROOT

SETUP = "import numpy as np\nWEIGHTS = (0.5, 0.5, -0.7)"
AND = "def AND(x1, x2):\n    return int(x1 + x2 > 1.5)"
AND_THREE = "def AND_THREE(x1, x2, x3):\n    return AND(AND(x1, x2), x3)"
SLOPE = "def slope(x):\n    return 2.0 * x"
RIGHT = [SETUP, AND, AND_THREE, SLOPE]


class Shell:
    """What `check` sees of IPython, in this process: a history, and a place to show things."""

    def __init__(self, *texts: str) -> None:
        self.history_manager = SimpleNamespace(input_hist_raw=["", *texts, "check()"])
        self.execution_count = len(texts) + 1
        self.shown: list[dict[str, str]] = []
        self.display_pub = SimpleNamespace(publish=lambda data: self.shown.append(data))


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gates_course.course(tmp_path_factory.mktemp("홍길동 과제"), seconds=0.5)


@pytest.fixture
def checked(gates: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Check the cells that were run, in the order of their numbers; the text and the HTML that are shown."""
    monkeypatch.setenv(course.COURSE_VARIABLE, str(gates))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*texts: str, what: object = None, lang: str | None = None) -> tuple[str, str]:
        shell = Shell(*texts)
        monkeypatch.setattr(kernel, "_shell", lambda: shell)
        kernel.check(what, lang)
        [shown] = shell.shown
        return shown["text/plain"], shown["text/html"]

    return run


# ---- what is said ----


def test_right_cells_pass(checked: Any) -> None:
    text, html = checked(*RIGHT)
    assert text.count("✓") == 4
    assert "All 4 examples pass." in text
    assert "All 4 examples pass." in html
    assert "hint" not in html


def test_a_wrong_value_is_shown_with_what_was_expected_and_without_the_modules_name(checked: Any) -> None:
    text, html = checked(SETUP, AND.replace("1.5", "0.5"), AND_THREE, SLOPE)
    assert "assert [AND(a, b) for a, b in ROWS] == [0, 0, 0, 1]" in text
    assert re.search(r"<tr><th>got</th><td><pre>\[0, 1, 1, 1\]</pre></td></tr>", html)
    assert "A nudge for AND, in a terminal: <code>" not in html
    assert "in a terminal: <code>autograder hint 01_gates AND</code>" in html


def test_a_place_is_named_by_the_number_of_the_execution(checked: Any) -> None:
    broken = "import math\n\ndef slope(x):\n    return nope(x)"
    text, html = checked("1 + 1", *RIGHT[:3], "", broken)
    assert "In [6], line 4  return nope(x)" in text
    assert "Line 4 of In [6] uses a name that is not defined" in text
    assert "<b>In [6], line 4</b>" in html
    text, _ = checked("1 + 1", *RIGHT[:3], "", broken, lang="ko")
    assert "In [6] 4행  return nope(x)" in text
    assert "In [6]의 4행에서 정의되지 않은 이름을 씁니다" in text
    assert "터미널에서 slope 힌트 보기" in text


def test_what_a_student_prints_or_raises_is_no_html_and_no_terminal_code(checked: Any) -> None:
    hostile = "'<script>alert(1)</script><style>*{display:none}</style></pre>&amp;\\x1b[31m\\u202e'"
    text, html = checked(*RIGHT[:3], f"def slope(x):\n    print({hostile})\n    raise ValueError({hostile})")
    assert "\x1b" not in text + html
    assert "\u202e" not in text + html
    assert html.count("<style>") == 1
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;amp;" in html


def test_a_cell_that_cannot_be_read_costs_that_cell(checked: Any) -> None:
    text, html = checked(*RIGHT[:3], "x = 1\ndef slope(x)\n    return 2.0 * x")
    assert "✗ In [4], line 2" in text
    assert "Python cannot read a code cell; line 2 of In [4]: expected ':'" in text
    assert "\n    def slope(x)\n                ^\n" in text
    assert "✗ slope      not defined: its cell failed, see above" in text
    assert text.count("✓") == 3
    assert "<pre>def slope(x)\n            ^</pre>" in html


def test_what_was_repaired_later_is_not_told(checked: Any) -> None:
    text, _ = checked("def slope(x)\n    pass", "WEIGHTS = undefined", "def AND(x1, x2):\n    while True: pass", *RIGHT)
    assert "All 4 examples pass." in text
    assert "In [" not in text


def test_a_cell_that_was_run_again_stays_what_the_cells_between_needed(checked: Any) -> None:
    weights = "WEIGHTS = np.array([1.0, 1.0, -1.5])"
    text, _ = checked("import numpy as np", weights, AND, AND_THREE, SLOPE, "import numpy as np")
    assert "All 4 examples pass." in text


def test_the_latest_execution_counts_also_of_an_older_text(checked: Any) -> None:
    wrong = AND.replace("1.5", "0.5")
    assert "All 4 examples pass." in checked(*RIGHT, wrong, AND)[0]
    assert "All 4 examples pass." not in checked(*RIGHT, wrong, AND, wrong)[0]


def test_what_the_tasks_do_not_need_is_not_run(checked: Any, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    looks = f"open({str(mark)!r}, 'w')\n%matplotlib inline\n!touch {mark}\nslope(1)\nwhile True: pass"
    text, _ = checked(*RIGHT, looks, f"get_ipython().system('touch {mark}')")
    assert "All 4 examples pass." in text
    assert not mark.exists()


def test_a_loop_at_the_top_costs_what_it_defines_and_ends_soon(checked: Any) -> None:
    began = time.monotonic()
    text, _ = checked(SETUP, AND, AND_THREE, SLOPE, "WEIGHTS = [x for x in iter(int, 1)]")
    assert "Line 1 of In [5] did not come to an end within 1.5 seconds: `WEIGHTS = [x for x in iter(int, 1)]`" in text
    assert text.count("✓") == 4  # what it was before
    assert time.monotonic() - began < 15


def test_a_statement_that_fails_leaves_what_was_before(checked: Any) -> None:
    text, _ = checked(*RIGHT, "WEIGHTS = [0.5, 0.5, undefined]")
    assert "Line 1 of In [5] stopped with NameError" in text
    assert text.count("✓") == 4


@pytest.mark.parametrize("line", ["exit()", "import os; os._exit(0)", "raise KeyboardInterrupt"])
def test_what_ends_the_program_costs_what_it_defines(checked: Any, line: str) -> None:
    text, _ = checked(*RIGHT[:3], f"class slope:\n    {line}")
    assert "ended the whole program" in text
    assert "✗ slope      not defined: its cell failed, see above" in text
    assert text.count("✓") == 3


def test_loops_in_functions_cost_their_examples(checked: Any) -> None:
    text, _ = checked(*RIGHT[:3], "def slope(x):\n    while True: pass")
    assert "slope did not answer within 0.5 seconds" in text
    assert text.count("✓") == 3


def test_a_task_that_was_not_run_and_one_under_another_name(checked: Any) -> None:
    text, _ = checked(*RIGHT[:3])
    assert "○ slope      not run yet: run its cell, then check() again" in text
    text, _ = checked(*RIGHT[:3], SLOPE.replace("slope", "Slopes"))
    assert "✗ slope      No cell that you have run defines slope. Did you mean Slopes?" in text


def test_the_stub_is_to_do(checked: Any) -> None:
    text, _ = checked(*RIGHT[:3], 'def slope(x):\n    raise NotImplementedError("slope")')
    assert "○ slope      still to do" in text


def test_a_cell_may_define_and_check(checked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(*RIGHT[:3])
    shell.history_manager.input_hist_raw[-1] = f"from autograder import check\n{SLOPE}\ncheck()"
    monkeypatch.setattr(kernel, "_shell", lambda: shell)
    assert "All 4 examples pass." in repr(kernel.check())


# ---- what is checked ----


@pytest.mark.parametrize("what", ["AND", SimpleNamespace(__name__="AND")])
def test_one_task_alone(checked: Any, what: object) -> None:
    text, html = checked(*RIGHT[:2], "def slope(x)\n    pass", what=what)
    assert "All 2 examples pass." in text
    assert "slope" not in text + html.partition("</style>")[2]
    assert "In [" not in text


@pytest.mark.parametrize("what", [1, "1", "01_gates", "gates", None])
def test_an_assignment_by_number_or_name_or_by_what_was_defined(gates: Path, what: object) -> None:
    found, task = kernel.chosen(course.Course(gates), what, {"AND"})
    assert (found.id, task) == ("01_gates", None)


def test_a_name_that_is_both_is_the_task_where_the_notebook_has_it() -> None:
    own = course.Course(ROOT)
    told = [kernel.chosen(own, "softmax", names) for names in ({"softmax", "naive_softmax"}, {"AND"}, set())]
    assert [(found.id, task) for found, task in told] == [
        ("05_softmax", "softmax"),
        ("05_softmax", None),
        ("05_softmax", None),
    ]


def test_what_is_not_there_is_told_with_what_to_type(checked: Any) -> None:
    said = checked(AND, what="ANDY")[0]
    assert said.startswith("There is no assignment and no task 'ANDY'. Did you mean AND?")
    assert said.endswith(" Type for example check('01_gates') or check('AND').")
    assert "혹시 AND인가요?" in checked(AND, what="ANDY", lang="ko")[0]
    assert "&lt;b&gt;" in checked(AND, what="<b>")[1]
    assert "Name it: check('01_gates'). There are: 01_gates." in checked()[0]
    assert "Nothing of 01_gates has been run in this kernel yet." in checked("1 + 1", what="01")[0]


@pytest.mark.parametrize("folder", ["assignments/01_gates", "release/01_gates", "submitted/kim/01_gates"])
def test_the_folder_tells_the_assignment(
    checked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / folder)
    assert "Nothing of 01_gates has been run" in checked()[0]


def test_no_course_and_no_examples_are_told(
    checked: Any, gates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = gates_course.course(tmp_path / "own")
    (own / "assignments/01_gates/test_examples.py").unlink()
    monkeypatch.setenv(course.COURSE_VARIABLE, str(own))
    assert "The examples cannot be run: " in checked(AND)[0]
    monkeypatch.setenv(course.COURSE_VARIABLE, str(tmp_path / "nowhere"))
    assert "no assignments/ folder" in checked(AND)[0]


def test_a_process_that_cannot_be_started_is_told(checked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("emscripten does not support processes.")

    monkeypatch.setattr(child.subprocess, "Popen", refuse)
    assert checked(AND)[0] == "The examples cannot be run: emscripten does not support processes."


# ---- parts of it ----


def test_the_history_keeps_the_first_and_the_last_execution_of_a_text() -> None:
    shell = Shell("a = 1", "", "b = 2\r\nc = 3", "a = 1", "  \n", "a = 1", "x" * (history.MAX_CELL + 1))
    found = history.cells(shell)
    assert [(one.number, one.text) for one in found] == [
        (1, "a = 1"),
        (3, "b = 2\nc = 3"),
        (6, "a = 1"),
        (8, "check()"),
    ]
    assert joined([one.text for one in found]) == ("a = 1\nb = 2\nc = 3\na = 1\ncheck()", (1, 2, 4, 5))


def test_a_long_history_counts_from_its_end() -> None:
    texts = [f"x = {number}  {'#' * 100_000}" for number in range(20)]
    found = history.cells(Shell(*texts))
    assert [one.number for one in found] == [*range(11, 21), 21]


def test_names_are_found_without_parsing() -> None:
    text = "def f(x):\n    y = 1\nclass A: pass\nasync def g(): pass\nW = 1\nV == 2\nU: int = 3\ndef broken(:\nprint(1)"
    assert history.defined([history.Cell(1, text)]) >= {"f", "A", "g", "W", "U", "broken"}
    assert not history.defined([history.Cell(1, text)]) & {"V", "y"}


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["def f(): return 1", "def f(): return 2"], [2]),
        (["W = slow()", "W = slow()"], [2]),
        (["W = 1", "V = W", "W = 2"], [1, 2, 3]),
        (["W = 1", "W = W + 1"], [1, 2]),
        (["W = 1", "W += 1", "W = 2"], [3]),
        (["W = zeros(3)", "W[0] = 1", "W = zeros(3)"], [3]),
        (["def f(): return W", "W = 1", "V = f()", "W = 2"], [1, 2, 3, 4]),
        (["W = 1", "def f(): return W", "W = 2"], [2, 3]),
        (["W = 1", "def f(x=W): return x", "W = 2"], [1, 2, 3]),
        (["W = 1", "exec('V = W')", "W = 2"], [1, 2, 3]),
        (["import a", "import a"], [1, 2]),
    ],
)
def test_what_was_replaced_before_it_was_needed_is_not_run(texts: list[str], kept: list[int]) -> None:
    reading = cells.read("\n".join(texts), range(1, len(texts) + 1), "f")
    assert [statement.line for statement in loading.current(reading.statements)] == kept


def test_every_text_of_an_account_is_escaped(gates: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    fields = {"text": evil, "source": evil, "printed": evil, "came_to": evil, "got": evil, "expected": evil}
    tests = [answers.Test(f"t::test_AND_{n}", f"test_AND_{evil}", evil) for n in range(2)]
    found = [
        answers.Found("fail", asserted=[evil], where=[evil], **fields),
        answers.Found("error", "error.name", {}, line=1, **fields),
    ]
    found[1] = answers.Found("error", line=1, **fields)
    said = answers.Answers(answers.Found("error", text=evil, line=1), tests=tests, found={"t::test_AND_0": found[0]})
    said.found["t::test_AND_1"] = found[1]
    manifest = course.Course(gates).assignment("01").manifest
    html = cell.html(Account("01", manifest, said, catalogue(), "en", InKernel((1,), (3,))))
    assert "<img" not in html
    assert html.count("&lt;img") >= 10


# ---- outside of a notebook ----


@pytest.mark.parametrize(
    ("lang", "said"), [("C.UTF-8", "check() is for notebooks."), ("ko_KR.UTF-8", "노트북에서 쓰는")]
)
def test_outside_of_a_notebook_it_names_the_command(lang: str, said: str) -> None:
    code = (
        "import sys; from autograder import check\n"
        "assert check() is None\n"
        "assert not {'pytest', 'numpy', 'matplotlib', 'IPython', 'jinja2', 'rich'} & set(sys.modules), sys.modules\n"
    )
    environment = {**os.environ, "LC_ALL": lang, "PYTHONUTF8": "1"}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert said in ended.stdout
    assert "autograder check" in ended.stdout


def test_a_release_has_all_that_it_needs(tmp_path: Path) -> None:
    listing.stage(listing.files(course.Course(ROOT), None).files, tmp_path)
    assert not (tmp_path / "autograder/graders").exists()
    code = (
        "import os; from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "os.chdir('assignments/01_gates')\n"
        "for text in ('def NOT(x):\\n    return 1 - x', 'from autograder import check\\ncheck(\"NOT\")'):\n"
        "    shell.run_cell(text, store_history=True)\n"
        "import autograder; print(autograder.__file__)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "LC_ALL": "C.UTF-8", "IPYTHONDIR": str(tmp_path / "ip")}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    assert "✓ NOT         NOT turns 0 into 1 and 1 into 0" in ended.stdout, ended.stdout + ended.stderr
    assert ended.stdout.count("All 1 examples pass.") == 1
    assert str(tmp_path) in ended.stdout


# ---- a real kernel ----


class Notebook:
    """Runs cells in a kernel, as JupyterLab does."""

    def __init__(self, client: Any, manager: Any) -> None:
        self.client, self.manager = client, manager

    def run(self, code: str, silent: bool = False, after: Any = None) -> list[dict[str, Any]]:
        """The outputs of a cell; an error is one of them. `after` is called as soon as it runs."""
        asked = self.client.execute(code, silent=silent, store_history=not silent)
        outputs = []
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=30)
            except queue.Empty:
                raise AssertionError(f"no answer to {code!r}") from None
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "execute_input" and after is not None:
                after()
            if kind in ("display_data", "execute_result", "error", "stream"):
                outputs.append({"kind": kind, **content})
            if kind == "status" and content["execution_state"] == "idle":
                return outputs

    def value(self, code: str) -> Any:
        """What a line evaluates to, without a trace in the history."""
        [out] = self.run(f"import json; print(json.dumps({code}))", silent=True)
        return __import__("json").loads(out["text"])

    def fresh(self, *texts: str) -> None:
        """A kernel that has run just these cells."""
        forget = "raw[1:] = [''] * (len(raw) - 1)"
        assert self.run(f"raw = get_ipython().history_manager.input_hist_raw; {forget}", silent=True) == []
        for text in texts:
            assert [out for out in self.run(text) if out["kind"] == "error"] == []


@pytest.fixture(scope="module")
def started(gates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    scratch = tmp_path_factory.mktemp("jupyter")
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "IPYTHONDIR": str(scratch),
        course.COURSE_VARIABLE: str(gates),
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    manager = jupyter_client.KernelManager()
    manager.kernel_cmd = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    manager.start_kernel(env=environment, cwd=str(gates))
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield Notebook(client, manager)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def notebook(started: Notebook) -> Notebook:
    started.fresh(*RIGHT, "from autograder import check")
    return started


@pytest.mark.parametrize("last", ["check()", "check()\nx = 1", "x = check()", "x = check()\nx", "display(check())"])
def test_it_is_shown_once_wherever_it_is_called(notebook: Notebook, last: str) -> None:
    outputs = notebook.run(last)
    assert [out["kind"] for out in outputs] == ["display_data"]
    assert "All 4 examples pass." in outputs[0]["data"]["text/html"]
    assert "All 4 examples pass." in outputs[0]["data"]["text/plain"]


def test_a_kept_result_can_be_shown_again(notebook: Notebook) -> None:
    notebook.run("kept = check('slope')")
    [again] = notebook.run("kept")
    assert "All 1 examples pass." in again["data"]["text/html"]


STATE = """
def pipes():
    import os
    own = "/proc/self/fd"  # the kernel's own sockets come and go
    names = os.listdir(own) if os.path.isdir(own) else []
    return sum(os.readlink(f"{own}/{name}").startswith("pipe:") for name in names if os.path.islink(f"{own}/{name}"))

def state():
    import os, random, sys, threading, warnings, zlib
    import numpy, psutil, matplotlib
    own = get_ipython().user_ns
    ours = {name: id(value) for name, value in own.items() if not name.startswith("_")}
    process = psutil.Process()
    return {
        "names": {name: known for name, known in ours.items() if name not in ("before", "after")},
        "cwd": os.getcwd(), "path": list(sys.path), "environment": dict(os.environ),
        "warnings": [str(one) for one in warnings.filters], "backend": matplotlib.get_backend(),
        "random": zlib.crc32(repr((random.getstate(), numpy.random.get_state())).encode()),
        "threads": sorted(thread.name for thread in threading.enumerate()),
        "children": [one.pid for one in process.children(recursive=True)],
        "pipes": pipes(),
        "streams": [id(sys.stdin), id(sys.stdout), id(sys.stderr)],
        "main": id(sys.modules["__main__"]), "trace": repr((sys.gettrace(), sys.getrecursionlimit())),
        "signals": [repr(__import__("signal").getsignal(number)) for number in (2, 15)],
        "values": repr((WEIGHTS, Out.get(0))), "underscore": repr(_),
    }
"""
WRONG = """
def slope(x):
    global WEIGHTS
    WEIGHTS = None
    print('<b>')
    np.random.seed(1)
    while True: pass
"""


def test_the_kernel_is_as_it_was(notebook: Notebook) -> None:
    for text in (
        STATE,
        "import matplotlib.pyplot as plt\n'an answer'",
        WRONG,
        "state(); modules = set(__import__('sys').modules)",
    ):
        assert [out for out in notebook.run(text) if out["kind"] == "error"] == []
    notebook.run("'an answer'")
    notebook.run("before = state()")
    [shown] = notebook.run("shown = check()")
    assert "3 of 4 examples pass." in shown["data"]["text/plain"]
    assert "did not answer within 0.5 seconds" in shown["data"]["text/plain"]
    notebook.run("del shown; after = state()")
    before, after = notebook.value("before"), notebook.value("after")
    assert before["underscore"] == after["underscore"] == "'an answer'"
    assert before["children"] == []
    assert after == before
    assert before["backend"].endswith("inline")
    new = notebook.value("sorted({name.partition('.')[0] for name in set(__import__('sys').modules) - modules})")
    assert set(new) - set(sys.stdlib_module_names) <= {"autograder", "msgspec"}
    assert notebook.run("In[-2], Out and True")[0]["data"]["text/plain"] == "('del shown; after = state()', True)"


def test_an_interrupt_ends_it_and_its_process(notebook: Notebook, gates: Path) -> None:
    manifest = gates / "assignments/01_gates/assignment.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("seconds = 0.5", "seconds = 60.0"), encoding="utf-8")
    try:
        notebook.fresh(*RIGHT[:3], "def slope(x):\n    while True: pass", "from autograder import check")
        began = time.monotonic()
        outputs = notebook.run("check()", after=lambda: (time.sleep(1.5), notebook.manager.interrupt_kernel()))
        assert time.monotonic() - began < 10
    finally:
        manifest.write_text(text, encoding="utf-8")
    assert [out.get("ename") for out in outputs] == ["KeyboardInterrupt"]
    assert notebook.value("[one.pid for one in __import__('psutil').Process().children(recursive=True)]") == []
    notebook.run(SLOPE)
    assert "All 4 examples pass." in notebook.run("check()")[0]["data"]["text/plain"]


def test_two_at_a_time(notebook: Notebook) -> None:
    both = "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n"
    outputs = notebook.run(both + "    kept = list(pool.map(check, ['AND', 'slope']))\nprint(*kept, sep='\\n')")
    said = "".join(out["text"] for out in outputs if out["kind"] == "stream")
    assert "All 2 examples pass." in said
    assert "All 1 examples pass." in said
