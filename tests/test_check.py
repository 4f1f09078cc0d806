"""`autograder check`, through the real command line: whatever a student's file does, the answer is clear and soon."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.render.account import task_of
from tests import gates_course
from tests.notebooks import notebook

Command = Callable[..., "subprocess.CompletedProcess[str]"]
RIGHT = """import numpy as np
WEIGHTS = (0.5, 0.5, -0.7)
def AND(x1, x2):
    return int(x1 + x2 > 1.5)
def AND_THREE(x1, x2, x3):
    return AND(AND(x1, x2), x3)
def slope(x):
    return 2.0 * x
"""
HINT = "A nudge for {}: autograder hint 01_gates {}"


class Student:
    """A student in a folder with a Korean name, who saves a file and runs `check`."""

    def __init__(self, root: Path, command: Command) -> None:
        self.course = gates_course.course(root / "홍길동 과제", seconds=1.0)
        self.file = self.course / "assignments/01_gates/gates.py"
        self._command = command

    def saves(self, data: str | bytes) -> None:
        """The whole file at once, as editors do: a watcher that meets an empty one answers once more."""
        beside = self.file.with_name("saving")
        beside.write_bytes(data if isinstance(data, bytes) else data.encode())
        os.replace(beside, self.file)

    def checks(self, *arguments: str, code: int = 1) -> str:
        ended = self._command("check", *(arguments or ("01_gates",)), course=self.course)
        assert ended.returncode == code, ended.stdout + ended.stderr
        assert "Traceback" not in ended.stdout + ended.stderr
        return ended.stdout


@pytest.fixture
def student(tmp_path: Path, autograder: Command) -> Student:
    return Student(tmp_path, autograder)


def changed(old: str, new: str) -> str:
    assert old in RIGHT
    return RIGHT.replace(old, new)


def lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines()]


# ---- what is right, wrong, to do ----


def test_right_code_passes_and_leaves_nothing_behind(student: Student) -> None:
    student.saves(RIGHT)
    said = student.checks(code=0)
    assert said.count("✓") == 4
    assert "All 4 examples pass." in said
    assert "hint" not in said
    names = sorted(path.name for path in student.file.parent.iterdir())
    assert names == ["assignment.toml", "gates.py", "test_examples.py"]


def test_the_stub_is_to_do_and_so_are_its_constants(student: Student, autograder: Command) -> None:
    autograder("build", course=student.course)
    said = student.checks()
    assert lines(said)[1:4] == ["○ AND        still to do", "○ AND_THREE  still to do", "○ slope      still to do"]
    assert "0 of 4 examples pass." in said
    assert HINT.format("AND", "AND") in said


def test_what_waits_for_a_stub_names_it(student: Student) -> None:
    student.saves(changed("return int(x1 + x2 > 1.5)", 'raise NotImplementedError("AND")'))
    said = student.checks()
    assert "○ AND_THREE  waits for AND, which is still to do" in said


def test_a_constant_that_is_still_none_is_to_do(student: Student) -> None:
    student.saves(changed("(0.5, 0.5, -0.7)", "None"))
    said = lines(student.checks())
    assert "✓ AND        AND is 1 only for (1, 1)" in said
    assert said[said.index("○            the weights are three numbers") + 1] == "WEIGHTS is still None"


def test_a_wrong_value_shows_the_assert_with_got_and_expected(student: Student) -> None:
    student.saves(changed("> 1.5", "> 0.5"))
    said = student.checks()
    assert "assert [gates.AND(a, b) for a, b in ROWS] == [0, 0, 0, 1]" in said
    assert re.search(r"got +\[0, 1, 1, 1\]\n +expected +\[0, 0, 0, 1\]\n", said)
    assert HINT.format("AND", "AND") in said


def test_what_may_be_the_cause_is_told_beside_what_came_out(student: Student) -> None:
    student.saves(changed("> 1.5", "> 2.5"))
    said = student.checks()
    assert said.count("got ") == 2
    assert "AND_THREE may build on AND, not right yet either" in said


def test_a_comparison_shows_what_it_came_to(student: Student) -> None:
    student.saves(changed("2.0 * x", "np.float64(3.0) * x"))
    said = lines(student.checks())
    assert "that is  assert 1.0 < 1e-06" in said
    assert any(line.endswith("3.0 = slope(1.0)") for line in said)


def test_korean_readers_read_korean(student: Student) -> None:
    student.saves(changed("> 1.5", "> 0.5"))
    said = student.checks("01_gates", "--lang", "ko")
    assert "게이트 연습" in said
    assert "AND는 (1, 1)일 때만 1이다" in said
    assert "나온 값    [0, 1, 1, 1]" in said
    assert "예제 4개 중 " in said
    assert "AND 힌트 보기: autograder hint 01_gates AND" in said


def test_the_longest_task_name_fits() -> None:
    assert task_of("test_AND_THREE_all", ["AND", "AND_THREE"]) == "AND_THREE"
    assert task_of("test_AND_table[0-1]", ["AND", "AND_THREE"]) == "AND"
    assert task_of("test_ANDROID", ["AND"]) is None


# ---- what stops a function ----


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("return nope(x)", "gates.py:8  return nope(x)|NameError: name 'nope' is not defined|Check the spelling"),
        ("2.0 * x", "Did you forget `return`?"),
        ("return None", "Did you forget `return`?"),
        ("exit()", "ended the program instead of returning"),
        ("import os; os._exit(0)", "ended the program instead of returning"),
        ("import os; os.abort()", "crashed the Python interpreter (SIGABRT)"),
        ("raise KeyboardInterrupt", "ended the program instead of returning"),
        ("while True: pass", "slope did not answer within 1.0 seconds"),
        ("return slope(x)", "calls itself again and again"),
        ("return input()", "waits for input()"),
        ("assert x == 2", "gates.py:8  assert x == 2|AssertionError"),
        ("return np.int(x)", "Write plain `int`"),
    ],
)
def test_what_stops_a_function_costs_only_its_examples(student: Student, new: str, said: str) -> None:
    student.saves(changed("return 2.0 * x", new))
    report = student.checks()
    assert report.count("✓") == 3
    for part in said.split("|"):
        assert part in report
    assert HINT.format("slope", "slope") in report


def test_examples_after_a_hang_run_in_a_new_process(student: Student) -> None:
    student.saves(changed("return int(x1 + x2 > 1.5)", "while True:\n        print('x' * 1000)"))
    began = time.monotonic()
    said = student.checks()
    assert said.count("did not answer within") == 2  # AND, and AND_THREE that calls it
    assert said.count("✓") == 2
    assert time.monotonic() - began < 15


@pytest.mark.skipif(os.name != "posix", reason="processes are listed by ps")
def test_answers_come_as_they_are_known_and_nothing_outlives_the_command(student: Student) -> None:
    manifest = student.course / "assignments/01_gates/assignment.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("seconds = 1.0", "seconds = 60.0"), encoding="utf-8"
    )
    mark = student.course / "child.pid"
    hang = f"import os; open({str(mark)!r}, 'w').write(str(os.getpid()))\n    while True: pass"
    student.saves(changed("return 2.0 * x", hang))
    argv = [sys.executable, "-m", "autograder", "--course", str(student.course), "check", "01"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=environment) as checking:
        assert checking.stdout is not None
        said = [checking.stdout.readline() for _ in range(4)]
        assert said[3].startswith("✓ AND_THREE")
        while not (mark.exists() and mark.read_text()):
            time.sleep(0.05)
        checking.kill()
    child = int(mark.read_text())
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()[:1] not in ("", "Z")


def test_hanging_everywhere_ends_with_the_total(student: Student) -> None:
    manifest = student.course / "assignments/01_gates/assignment.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("seconds = 1.0", "seconds = 1.0\ntotal_seconds = 0.5")
    )
    student.saves(changed("return int(x1 + x2 > 1.5)", "while True: pass"))
    assert "not tried: the time for all examples is used up" in student.checks()


def test_prints_are_shown_where_an_example_fails_and_disturb_nothing(student: Student) -> None:
    noise = "print('{\"kind\": \"end\"}'); __import__('os').write(1, b'{}\\n'); return 3.0"
    student.saves("print('at import')\n" + changed("return 2.0 * x", noise))
    said = student.checks()
    assert 'printed  {"kind": "end"}' in said
    assert said.count("✓") == 3
    assert "at import" not in said


def test_what_is_printed_cannot_style_the_terminal(student: Student) -> None:
    student.saves(changed("return 2.0 * x", "print('\\x1b[31m\\u202ered'); raise ValueError('\\x1b]0;t\\x07')"))
    said = student.checks()
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\\u001b[31m" in said


def test_wrong_parameters_and_missing_names_are_explained(student: Student) -> None:
    student.saves(changed("def AND(x1, x2)", "def AND(x1)").replace("def slope", "def Slope"))
    said = student.checks()
    assert "AND() takes 1 positional argument but 2 were given" in said
    assert "There is no slope in your file. Did you mean Slope?" in said


# ---- what stops a file ----


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Your file is empty."),
        (b"   \n\n", "Your file is empty."),
        (RIGHT.encode("utf-16"), "saved as UTF-16"),
        (b"x = 1\0", "not a text file"),
        ("# 한글\n".encode("cp949") + RIGHT.encode(), "looks like CP949"),
        (b"x = 1\n" * 400_000, "at most 1048576 are read"),
        (RIGHT.encode() + b"def f(:\n    pass\n", "line 9: invalid syntax|def f(:|      ^"),
        (b"def f():\nreturn 1\n", "gates.py:2|expected an indented block"),
        (b"(" * 5000, "Python cannot read your file"),
        (b"while True: pass\n", "did not finish loading within 1.5 seconds"),
        (b"import os\nos._exit(0)\n", "ends the program while it is loaded"),
        (b"import os\nos.abort()\n", "Loading your file crashed"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_one_finding(student: Student, data: bytes, said: str) -> None:
    student.saves(data)
    report = student.checks()
    for part in said.split("|"):
        assert part in report
    assert report.count("✗") == 1
    assert "hint" not in report


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import sys; sys.exit(0)", "Your file ends the program while it is loaded"),
        ("import tensorflow_of_nobody", "Line 4 imports something that is not available here"),
        ("raise ValueError('top')", "Running your file stopped in line 4 with ValueError"),
        ("input()", "waits for input() while the file is loaded"),
    ],
)
def test_what_stands_above_the_line_that_stops_still_counts(student: Student, line: str, said: str) -> None:
    student.saves(
        RIGHT.replace("WEIGHTS = (0.5, 0.5, -0.7)\n", "").replace(
            "def AND(", f"WEIGHTS = 1, 1, -1.5\n\n{line}\ndef AND(", 1
        )
    )
    report = student.checks()
    assert said in report
    assert "✓            the weights are three numbers" in report
    assert "✗ slope      not defined: your file stopped before it" in report


def test_a_missing_file_gets_the_nearest_name(student: Student) -> None:
    student.saves(RIGHT)
    student.file.rename(student.file.with_name("gate.py"))
    said = student.checks()
    assert "There is no " in said
    assert "Did you mean this one: gate.py?" in said


def test_a_folder_in_the_place_of_the_file(student: Student) -> None:
    student.file.mkdir()
    assert "gates.py is a folder, not a file" in student.checks()


def test_a_byte_order_mark_and_windows_line_ends_are_fine(student: Student) -> None:
    student.saves(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode())
    student.checks(code=0)


def test_threads_and_plots_keep_nobody_waiting(student: Student) -> None:
    top = "import threading, time, matplotlib.pyplot as plt\n"
    top += "from matplotlib import pyplot\nfrom matplotlib.figure import Figure\n"
    student.saves(
        top + RIGHT + "threading.Thread(target=time.sleep, args=(60,)).start()\nplt.plot([1, 2]); pyplot.show()\n"
    )
    began = time.monotonic()
    student.checks(code=0)
    assert time.monotonic() - began < 20


def test_plots_are_not_imported_before_they_are_used(student: Student) -> None:
    student.saves(
        "import sys\nimport matplotlib.pyplot as plt\n" + changed("2.0 * x", "2.0 + ('matplotlib.axes' in sys.modules)")
    )
    student.checks(code=0)
    used = changed("2.0 * x", "2.0 * isinstance(plt.figure(), sys.modules['matplotlib.figure'].Figure)")
    student.saves("import sys\nimport matplotlib.pyplot as plt\n" + used)
    student.checks(code=0)


def test_configuration_around_the_assignment_counts_for_nothing(student: Student) -> None:
    (student.course / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    (student.file.parent / "conftest.py").write_text("raise SystemExit(9)\n")
    (student.file.parent / "json.py").write_text("raise SystemExit(9)\n")
    student.saves(RIGHT)
    student.checks(code=0)


def test_broken_examples_are_our_fault(student: Student) -> None:
    student.saves(RIGHT)
    (student.file.parent / "test_examples.py").write_text("import gates\ndef test_AND(:\n")
    ended = student._command("check", "01_gates", course=student.course)
    assert ended.returncode == 3
    assert "the examples cannot be collected" in ended.stderr


# ---- which assignment ----


def test_without_a_name_it_is_the_folder_one_stands_in_else_what_was_begun(
    student: Student, autograder: Command
) -> None:
    autograder("new", "02_other", "other", course=student.course)
    autograder("build", course=student.course)
    heads = lambda said: re.findall(r"^(\d\d_\w+) ·", said, re.MULTILINE)  # noqa: E731
    assert heads(autograder("check", course=student.course).stdout) == ["01_gates"]
    other = student.course / "assignments/02_other"
    assert heads(autograder("check", course=student.course, cwd=other).stdout) == ["02_other"]
    (other / "other.py").write_text("def other(x):\n    return x\n")
    assert heads(autograder("check", course=student.course).stdout) == ["02_other"]
    student.saves(RIGHT)
    both = autograder("check", course=student.course)
    assert (heads(both.stdout), both.returncode) == (["01_gates", "02_other"], 0)
    assert both.stderr.count("unprotected") == 1


def test_an_assignment_that_is_not_there(student: Student) -> None:
    ended = student._command("check", "01_gate", course=student.course)
    assert ended.returncode == 2
    assert "did you mean 01_gates?" in ended.stderr


# ---- watch ----


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C as a signal")
@pytest.mark.parametrize(("last", "code"), [(RIGHT, 0), (changed("> 1.5", "> 0.5"), 1)])
def test_watching_answers_every_save_and_ends_quietly(student: Student, last: str, code: int) -> None:
    student.saves(changed("2.0 * x", "nope"))
    argv = [sys.executable, "-m", "autograder", "--course", str(student.course), "check", "01", "--watch"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        argv, stdout=pipe, stderr=pipe, text=True, env=environment, start_new_session=True
    ) as watching:
        assert watching.stdout is not None
        said = [_until(watching.stdout, "watching gates.py")]
        for text in (changed("> 1.5", "> 2.5"), last):  # saves within a second, of the same size
            student.saves(text)
            said.append(_until(watching.stdout, "watching gates.py"))
        os.killpg(watching.pid, signal.SIGINT)
        rest, errors = watching.communicate(timeout=10)
    assert watching.returncode == code
    assert ("All 4 examples pass." in said[2]) == (code == 0)
    assert "NameError" in said[0]
    assert "got       [0, 0, 0, 0]" in said[1]
    assert all(re.match(r"──── \d\d:\d\d:\d\d ─", one.lstrip()) for one in said)
    assert rest.strip() == ""
    assert errors.count("\n") <= 2  # the one warning
    assert "interrupted" not in errors


def _until(stream: object, end: str) -> str:
    said = ""
    for line in stream:  # type: ignore[attr-defined]
        said += line
        if line.startswith(end):
            return said
    raise AssertionError(f"ended after: {said}")


# ---- the notebook, where the student works in that ----

STUB = "def AND(x1, x2):\n    raise NotImplementedError\ndef AND_THREE(a, b, c):\n    raise NotImplementedError\n"
STUB += "def slope(x):\n    raise NotImplementedError\n"


def test_a_notebook_is_checked_while_the_module_is_the_stub(student: Student) -> None:
    student.saves(STUB)
    cells = ["%matplotlib inline", *RIGHT.replace("return 2.0 * x", "return 2.0 * y").split("\ndef ")]
    cells[2:] = [f"def {cell}" for cell in cells[2:]]
    student.file.with_suffix(".ipynb").write_bytes(notebook(("markdown", "# 01"), *cells))
    said = student.checks()
    assert "gates.ipynb" in said.splitlines()[0]
    assert "3 of 4 examples pass." in said
    assert "gates.ipynb, line 2 of code cell 5" in said
    assert "코드 셀 5의 2행" in student.checks("01_gates", "--lang", "ko")


def test_a_cell_that_python_cannot_read_costs_what_stands_in_it(student: Student) -> None:
    student.saves(STUB)
    student.file.with_suffix(".ipynb").write_bytes(notebook(RIGHT, "def slope(x:\n    return 2.0 * x"))
    assert "All 4 examples pass." in student.checks(code=0)
    student.file.with_suffix(".ipynb").write_bytes(notebook(RIGHT.partition("def slope")[0], "def slope(x:\n    pass"))
    said = student.checks()
    assert "gates.ipynb, line 1 of code cell 2" in said
    assert "not defined: its cell failed, see above" in said


def test_a_changed_module_goes_before_the_notebook(student: Student) -> None:
    student.saves(RIGHT)
    student.file.with_suffix(".ipynb").write_bytes(notebook("def AND(x1, x2):\n    return 7"))
    assert "gates.ipynb" not in student.checks(code=0)


def test_a_notebook_that_cannot_be_read_says_so(student: Student) -> None:
    student.saves(STUB)
    student.file.with_suffix(".ipynb").write_bytes(notebook(RIGHT)[:-5])
    said = student.checks()
    assert "gates.ipynb" in said
    assert "damaged or incomplete" in said


def test_an_untouched_notebook_is_not_begun(student: Student) -> None:
    student.saves(RIGHT)
    student.file.with_suffix(".ipynb").write_bytes(notebook(STUB))
    assert "All 4 examples pass." in student.checks(code=0)
