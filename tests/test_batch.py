"""A class is graded to the end: interrupted, killed and resumed, with submissions that hang and processes that die."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

import autograder.course
from autograder import batch
from autograder.batch import Options, Pool
from autograder.grade import Identity
from autograder.output import Report
from autograder.result import Result, ResultError, from_json, to_json
from tests.conftest import ROOT, SECRET, Scratch, submission

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
SLOW = "import time\ndef half(x):\n    time.sleep(0.12)\n    return x / 2\n"


@pytest.fixture
def course(scratch: Scratch) -> Scratch:
    scratch.lay(GRADER, {"half": 2}, seconds=0.3)
    return scratch


def hand_in(folder: Path, sources: dict[str, str | bytes]) -> Path:
    for student, source in sources.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "work.py").write_bytes(source.encode() if isinstance(source, str) else source)
    return folder


def results_in(out: Path) -> dict[str, Result]:
    return {path.stem: from_json(path.read_bytes()) for path in sorted((out / "results").glob("*.json"))}


def rows_of(table: Path) -> list[list[str]]:
    return list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))


# ---- what is graded again, and what is kept --------------------------------------------------------------------------


class Runs:
    """The same command again and again; each run sees the grader's files as a new process would."""

    def __init__(self, course: Scratch, folder: Path, out: Path) -> None:
        self.course, self.folder, self.out = course, folder, out

    def __call__(self, fresh: bool = False, secret: bytes = SECRET) -> set[str]:
        """Grade, and say who was graded anew: `started` does not count, so a kept Result keeps the mark set here."""
        for path in self.out.glob("results/*.json"):
            with contextlib.suppress(ResultError):
                path.write_bytes(to_json(msgspec.structs.replace(from_json(path.read_bytes()), started="marked")))
        autograder.course._digest.cache_clear()
        assert not batch.run(self.course.assignment, [self.folder], Options(self.out, None, 1, fresh, "en"), secret)
        return {student for student, result in results_in(self.out).items() if result.started != "marked"}


def test_finished_results_are_kept_until_something_that_they_depend_on_changes(course: Scratch, tmp_path: Path) -> None:
    run = Runs(course, hand_in(tmp_path / "class", {"ann": RIGHT, "bob": RIGHT}), tmp_path / "marks")
    assert run() == {"ann", "bob"}
    assert run() == set()
    (run.folder / "bob" / "work.py").write_text("def half(x): return x\n")
    assert run() == {"bob"}
    assert results_in(run.out)["bob"].score == 0
    assert run(fresh=True) == {"ann", "bob"}
    assert run(secret=b"another") == {"ann", "bob"}
    assert run(secret=b"another") == set()
    course.write("autograder/graders/01_work/test_work.py", GRADER.replace("1.5", "3.0"))
    assert run(secret=b"another") == {"ann", "bob"}
    assert [result.score for result in results_in(run.out).values()] == [0, 2]
    (run.out / "results" / "ann.json").write_text("{broken")
    assert run(secret=b"another") == {"ann"}


@pytest.mark.parametrize("change", ["engine", "environment", "grader", "submission"])
def test_a_result_of_other_digests_is_never_taken_for_this_one(course: Scratch, tmp_path: Path, change: str) -> None:
    ann = submission("ann", RIGHT)
    report = Report(course.assignment, tmp_path, None, "en", 1)
    made = course.grade({"ann": RIGHT})["ann"]
    report.add(made)
    identity = Identity(course.assignment, SECRET)
    assert report.kept([ann], identity) == {"ann": made}
    other = msgspec.structs.replace(made.digests, **{change: "0" * 64})
    report.add(msgspec.structs.replace(made, digests=other))
    assert report.kept([ann], identity) == {}


def test_a_withheld_result_is_tried_again(course: Scratch, tmp_path: Path) -> None:
    ann = submission("ann", RIGHT)
    identity = Identity(course.assignment, SECRET)
    report = Report(course.assignment, tmp_path, None, "en", 1)
    report.add(identity.withheld(ann, "out of luck"))
    assert report.kept([ann], identity) == {}


# ---- interrupted and killed ------------------------------------------------------------------------------------------


@pytest.fixture
def slow_class(tmp_path: Path) -> Path:
    return hand_in(tmp_path / "class", {f"s{number:02}": SLOW for number in range(16)})


def started(course: Scratch, folder: Path, out: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A running `grade` that has at least three Results on disk."""
    command = [sys.executable, "-m", "autograder", "--course", str(course.root), "grade", "01", str(folder)]
    process = subprocess.Popen(
        [*command, "--out", str(out), "--jobs", "2"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while len(list((out / "results").glob("*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    return process


def all_ended(session: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while in_session(session) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not in_session(session)


def in_session(session: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, sid = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(sid) == session and state != "Z":
                found.append(int(entry.name))
    return found


def test_ctrl_c_keeps_what_is_finished_and_the_next_run_goes_on(
    autograder: Run, course: Scratch, slow_class: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    out = tmp_path / "marks"
    process = started(course, slow_class, out, environment)
    os.killpg(process.pid, signal.SIGINT)
    told, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors == "interrupted\n"
    finished = results_in(out)
    assert 3 <= len(finished) < 16
    assert f"{len(finished)} of 16 graded; run the same command again to go on" in told
    rows = rows_of(out / "grades.csv")
    assert len(rows) == 1 + len(finished)
    assert all_ended(process.pid)
    done = autograder("grade", "01", slow_class, "--out", out, course=course.root)
    assert done.returncode == 0
    everybody = results_in(out)
    assert [result.score for result in everybody.values()] == [2] * 16
    assert {name: everybody[name] for name in finished} == finished, "what was finished is not graded again"


def test_a_killed_run_leaves_no_process_and_no_half_written_file_and_is_resumed(
    autograder: Run, course: Scratch, slow_class: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    out = tmp_path / "marks"
    process = started(course, slow_class, out, environment)
    process.kill()
    process.communicate(timeout=20)
    assert all_ended(process.pid)
    finished = results_in(out)
    assert len(finished) >= 3
    done = autograder("grade", "01", slow_class, "--out", out, course=course.root)
    assert done.returncode == 0
    assert {name: results_in(out)[name] for name in finished} == finished
    assert len(results_in(out)) == 16


# ---- graders that die ------------------------------------------------------------------------------------------------


@pytest.fixture
def pool(course: Scratch) -> Iterator[Pool]:
    with Pool(course.assignment, SECRET, 2) as running:
        yield running


def test_a_grader_process_that_dies_costs_the_submission_at_hand_and_no_other(pool: Pool) -> None:
    results: list[Result] = []

    def deliver(result: Result) -> None:
        results.append(result)
        if len(results) == 1:
            next(grader for grader in pool._graders if grader.task is not None)._process.kill()

    pool.grade([submission(f"s{number}", SLOW) for number in range(6)], deliver)
    assert sorted(result.student for result in results) == [f"s{number}" for number in range(6)]
    withheld = [result for result in results if result.status == "withheld"]
    assert len(withheld) == 1
    assert "exit code -9" in withheld[0].remarks[0].message.en


def test_a_grader_process_that_dies_between_two_submissions_is_noticed_too(pool: Pool) -> None:
    results: list[Result] = []

    def deliver(result: Result) -> None:
        results.append(result)
        if len(results) == 1:
            idle = next(grader for grader in pool._graders if grader.task is None)
            idle._process.kill()
            idle._process.join()

    pool.grade([submission(f"s{number}", SLOW) for number in range(5)], deliver)
    assert sorted(result.student for result in results) == [f"s{number}" for number in range(5)]
    assert sum(result.status == "withheld" for result in results) == 1


# ---- a whole class ---------------------------------------------------------------------------------------------------

KINDS: list[tuple[str, str | bytes, float]] = [
    ("right", RIGHT, 2),
    ("wrong", "def half(x): return x\n", 0),
    ("stub", "def half(x):\n    raise NotImplementedError\n", 0),
    ("syntax", "def half(x)\n    return x / 2\n", 0),
    ("exits", "import os\ndef half(x): os._exit(0)\n", 0),
    ("exits_at_import", "import os\nos._exit(0)\n", 0),
    ("eats", "def half(x): return [0] * 10**11\n", 0),
    ("floods", "def half(x):\n    while True: print('x' * 10**6)\n", 0),
    ("binary", b"\x7fELF\0\0\0", 0),
    ("empty", b"", 0),
]
RARE: list[tuple[str, str, float]] = [
    ("hangs", "def half(x):\n    while True: pass\n", 0),
    ("hangs_at_import", "while True: pass\n", 0),
    ("crashes", "import ctypes\ndef half(x): ctypes.string_at(0)\n", 0),
]


def test_two_hundred_mixed_submissions_end_with_everybody_in_the_table(
    autograder: Run, scratch: Scratch, tmp_path: Path
) -> None:
    scratch.lay(GRADER, {"half": 2}, seconds=0.2, load_seconds=0.2)
    sources: dict[str, str | bytes] = {f"{kind}{n:02}": source for kind, source, _ in KINDS for n in range(17)}
    sources |= {f"{kind}{n:02}": source for kind, source, _ in RARE for n in range(10)}
    assert len(sources) == 200
    folder, out = hand_in(tmp_path / "class", sources), tmp_path / "marks"
    done = autograder("grade", "01_work", folder, "--out", out, "--json", "-", course=scratch.root)
    assert done.returncode == 0, done.stderr
    scores = {record["student"]: record["score"] for record in json.loads(done.stdout)}
    assert list(scores) == sorted(sources)
    expected = {kind: score for kind, _, score in [*KINDS, *RARE]}
    assert {name: score for name, score in scores.items() if score != expected[name[:-2]]} == {}
    rows = rows_of(out / "grades.csv")
    assert [row[0] for row in rows[1:]] == sorted(sources)
    for student in sources:
        assert student in done.stderr, "the table on the terminal"
