"""The command line as it is typed: exit codes, messages that say what to do, languages, streams."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import cli
from autograder.result import Result, from_json
from tests.conftest import ROOT, Scratch

Run = Callable[..., subprocess.CompletedProcess[str]]
GRADER = '''
from autograder import assert_close, credit

@credit(2, task="half")
def test_halves(student):
    """half halves

    half는 절반을 구한다
    """
    assert_close(student.half(3), 1.5)
'''
RIGHT = "def half(x): return x / 2\n"
WRONG = "def half(x): return x\n"


@pytest.fixture(scope="module")
def course(new_scratch: Callable[[], Scratch]) -> Path:
    scratch = new_scratch()
    scratch.lay(GRADER, {"half": 2})
    return scratch.root


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A class folder with three students; one is wrong, one has a Korean name."""
    folder = tmp_path / "class"
    for student, source in {"ann": RIGHT, "bob": WRONG, "김하늘": RIGHT}.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "work.py").write_text(source)
    return folder


def test_low_marks_are_no_failure_of_the_command(autograder: Run, course: Path, handed_in: Path) -> None:
    done = autograder("grade", "01_work", handed_in / "bob", course=course)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 / 2" in done.stdout


@pytest.mark.parametrize("name", ["01_work", "01", "work", "assignments/01_work", "assignments/01_work/"])
def test_an_assignment_goes_by_id_number_slug_or_path(course: Path, name: str) -> None:
    from autograder.course import Course

    assert Course(course).assignment(name).id == "01_work"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["grade", "01_wrok", "."], "no assignment '01_wrok'; did you mean 01_work?"),
        (["grade", "zzz", "."], "no assignment 'zzz'; there are: 01_work"),
        (["grade", "01_work", "no/such/path"], "no/such/path: no such file or folder; check the path"),
        (["grade", "01_work", "{empty}"], "empty: no submission below it; it should hold work.py"),
        (["grade", "01_work", "{text}"], "notes.txt: not a submission; give a .py or .ipynb file"),
        (["grade", "01_work", "{class}", "--out", "{text}"], "notes.txt/results: Not a directory; choose a folder"),
        (["grade", "01_work", "{class}", "--out", "/proc/marks"], "choose a folder that can be written with --out"),
        (["grade", "01_work", "{class}", "--json", "{empty}"], "cannot be written; choose another file with --json"),
        (["grade", "01_work", "{class}", "--json", "no/such/x.json"], "cannot be written; choose another file"),
        (["--course", "{empty}", "grade", "01_work", "."], "no assignments/ folder with an assignment"),
        (["grade", "01_work", "{class}", "--jobs", "0"], "'0' is no number of 1 or more"),
        (["grade", "01_work"], "the following arguments are required: PATH"),
        (["grade", "01_work", ".", "--lang", "fr"], "invalid choice: 'fr'"),
        (["praise"], "invalid choice: 'praise'"),
        ([], "required: COMMAND"),
    ],
)
def test_wrong_usage_is_a_fact_a_way_out_and_exit_code_2(
    course: Path,
    handed_in: Path,
    tmp_path: Path,
    arguments: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").touch()
    places = {"{empty}": tmp_path / "empty", "{text}": tmp_path / "notes.txt", "{class}": handed_in}
    monkeypatch.setenv("NAND2MNIST_SECRET", "secret")
    monkeypatch.chdir(tmp_path)
    typed = [str(places.get(argument, argument)) for argument in arguments]
    try:
        code = cli.main(typed if "--course" in typed else ["--course", str(course), *typed])
    except SystemExit as stop:  # argparse
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    assert code == 2
    assert told in err
    assert out == ""


def test_usage_errors_leave_through_the_real_command_without_a_traceback(autograder: Run, course: Path) -> None:
    done = autograder("grade", "01_wrok", ".", course=course)
    assert (done.returncode, done.stderr) == (2, "autograder: no assignment '01_wrok'; did you mean 01_work?\n")


def test_results_pages_and_table_are_laid_out(autograder: Run, course: Path, handed_in: Path, tmp_path: Path) -> None:
    out = tmp_path / "marks"
    done = autograder("grade", "01", handed_in, "--out", out, "--json", tmp_path / "all.json", course=course)
    assert done.returncode == 0, done.stderr
    files = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    students = ["ann", "bob", "김하늘"]
    pages = [f"feedback/{student}.{ending}" for student in students for ending in ("html", "md")]
    assert files == sorted(["grades.csv", "index.html", *pages, *(f"results/{student}.json" for student in students)])
    results = [from_json((out / "results" / f"{student}.json").read_bytes()) for student in students]
    assert [(result.student, result.score) for result in results] == [("ann", 2), ("bob", 0), ("김하늘", 2)]
    assert json.loads((tmp_path / "all.json").read_text()) == [
        json.loads((out / "results" / f"{s}.json").read_text()) for s in students
    ]
    rows = (out / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == students
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o644 for path in out.rglob("*.html"))
    for told in (*students, "grades.csv", "index.html", "feedback/"):
        assert told in done.stdout


def test_json_on_standard_output_is_alone_there(autograder: Run, course: Path, handed_in: Path) -> None:
    done = autograder("grade", "01_work", handed_in, "--json", "-", course=course)
    assert [record["student"] for record in json.loads(done.stdout)] == ["ann", "bob", "김하늘"]
    assert "bob" in done.stderr
    (only,) = json.loads(autograder("grade", "01_work", handed_in / "ann", "--json", "-", course=course).stdout)
    assert (only["student"], only["score"]) == ("ann", 2)


def test_two_files_of_one_student_are_withheld_and_the_exit_code_says_so(
    autograder: Run, course: Path, handed_in: Path
) -> None:
    (handed_in / "ann.py").write_text(WRONG)
    done = autograder("grade", "01_work", handed_in, "--json", "-", course=course)
    assert done.returncode == 3
    statuses = {record["student"]: record["status"] for record in json.loads(done.stdout)}
    assert statuses == {"ann": "withheld", "bob": "graded", "김하늘": "graded"}
    assert "2 submissions have the same student name" in " ".join(done.stderr.split())


def test_a_broken_grader_is_our_fault(autograder: Run, new_scratch: Callable[[], Scratch], handed_in: Path) -> None:
    scratch = new_scratch()
    scratch.lay("import no_such_module", {"half": 2})
    done = autograder("grade", "01_work", handed_in / "ann", course=scratch.root)
    assert done.returncode == 3
    assert "no_such_module" in done.stderr
    assert "Traceback (most recent call last):\n  File" not in done.stderr


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "ko_KR"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
    ],
)
def test_the_language_is_the_locales_unless_asked_for(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cli.language(None) == language
    assert [cli.language(wanted) for wanted in ("ko", "en")] == ["ko", "en"]


def test_a_report_is_in_the_language_of_the_reader(autograder: Run, course: Path, handed_in: Path) -> None:
    told = [
        autograder("grade", "01_work", handed_in / "bob", *lang, course=course, env=env).stdout
        for lang, env in [((), {"LC_ALL": "ko_KR.UTF-8"}), (("--lang", "en"), {"LC_ALL": "ko_KR.UTF-8"})]
    ]
    assert "half는 절반을 구한다" in told[0]
    assert "half halves" in told[1]


def test_colours_are_for_terminals_that_want_them(autograder: Run, course: Path, handed_in: Path) -> None:
    arguments = ("grade", "01_work", handed_in / "ann")
    assert "\x1b[" not in autograder(*arguments, course=course).stdout
    assert "\x1b[" in autograder(*arguments, course=course, env={"FORCE_COLOR": "1"}).stdout
    plain = autograder(*arguments, course=course, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b[3" not in plain


def test_a_check_that_nobody_listens_to_has_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **_options: object) -> bool:
        raise BrokenPipeError

    monkeypatch.setattr("autograder.verify.run", broken)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    assert cli.main(["verify"]) == cli.FELL_SHORT


def test_a_reader_that_closes_the_pipe_early_is_no_error(
    course: Path, handed_in: Path, environment: dict[str, str]
) -> None:
    command = f"{sys.executable} -m autograder --course {course} grade 01_work {handed_in} --json - | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "[\n")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_the_course_of_the_package_comes_before_the_folder_one_stands_in(
    autograder: Run, course: Path, handed_in: Path
) -> None:
    done = autograder("grade", "01_work", handed_in / "ann", cwd=course)
    assert done.returncode == 2
    assert "no assignment '01_work'" in done.stderr
    assert autograder("grade", "01_work", handed_in / "ann", env={"NAND2MNIST_COURSE": str(course)}).returncode == 0


def test_the_secret_is_made_once_and_for_its_owner_alone(
    autograder: Run, new_scratch: Callable[[], Scratch], handed_in: Path
) -> None:
    scratch = new_scratch()
    scratch.lay(GRADER, {"half": 2})
    seeds = []
    for _ in range(2):
        done = autograder(
            "grade", "01", handed_in / "ann", "--json", "-", course=scratch.root, env={"NAND2MNIST_SECRET": ""}
        )
        seeds.append(json.loads(done.stdout)[0]["seed"])
    secret = scratch.root / ".course-secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text().strip()) == 64
    assert seeds[0] == seeds[1]
    secret.write_text("")
    done = autograder("grade", "01", handed_in / "ann", course=scratch.root, env={"NAND2MNIST_SECRET": ""})
    assert (done.returncode, "delete it" in done.stderr) == (2, True)


def test_a_file_that_cannot_be_read_is_told(autograder: Run, course: Path, handed_in: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (handed_in / "ann" / "work.py").chmod(0)
    assert autograder("grade", "01_work", handed_in / "ann" / "work.py", course=course).returncode == 2


def test_every_result_of_the_command_validates(autograder: Run, course: Path, handed_in: Path) -> None:
    import msgspec

    done = autograder("grade", "01_work", handed_in, "--json", "-", "--jobs", "1", course=course)
    assert [r.score for r in msgspec.json.decode(done.stdout, type=list[Result])] == [2, 0, 2]
