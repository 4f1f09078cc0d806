"""The fixture `attack`: hands a hostile submission to the real command line, as a process of its own.

    def test_os_exit_zero_at_import(attack):
        attack("import os; os._exit(0)").no_credit().says("load.exit")

`attack(source)` grades `source` (str or bytes) as the module of a student called mallory and returns an `Outcome`:
`.result` (the Result), `.code`, `.stdout`, `.stderr`, `.published` (everything that was written or printed, as one
string), `.pages` (what the student gets: HTML and Markdown), `.out` (the folder given to --out).

The scratch course in `course/` is graded unless `assignment="01_gates"` (or another real one) is given. Its tasks, with
points: AND 3, halve 4, total 2, slope 2, XOR_NAND 3; its hidden input is 160706. The fixture `right` is the source that
solves all of them, to do something to; `channel` is source that gets at the worker's end of the channel. Further
arguments: `student=` (name of the folder), `extra={"path": content}` (more files in the student's folder; a callable is
called with the path), `beside={...}` (the same, in the folder around it), `cwd=` ("cwd": an empty folder, or
"submission"), `paths=` (relative to the class folder, instead of the student's folder), `arguments=` (more of them),
`lang=`, `code=` and `status=` (what is expected).

`attack.many({"alice.py": source, ...})` grades a class folder and returns the Outcomes by student;
`attack.each([source, ...])` grades variants of one attack in one run and returns their Outcomes as a list.

Every attack, before it is returned, has passed the checks that are the same for all: the grader is alive (exit code,
one valid Result), what the student reads is clear in both languages, nothing is leaked (secret, canary variable and
file, hidden test names and numbers, paths of grader and machine, tracebacks), nothing is left behind (processes, files
in the temporary folders, working folder, course, submission). The Outcome's methods check the marks, and chain.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from autograder.result import Part, Result

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COURSE = HERE / "course"
VAULT = "01_vault"
collect_ignore = ["course"]

SECRET = "correct-horse-battery-staple-5813"
CANARY = "canary-of-the-environment-2718"
PLANTED = "canary-of-a-file-31415"
# What nobody may read in anything published; numbers of the scratch course's hidden tests among them.
HIDDEN = [SECRET, SECRET.encode().hex(), CANARY, PLANTED, "160706", "80353", "test_guarded", "test_vault", "GUARDED"]
PLACES = [str(ROOT / "autograder"), str(COURSE), sys.prefix, "site-packages", "Traceback (most", "INTERNALERROR"]
SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/")
SANDBOX_UIDS = range(61184, 65535)
SECONDS = 60
PR_SET_CHILD_SUBREAPER = 36

Content = str | bytes | Callable[[Path], object]

RIGHT = """
import numpy as np
def AND(x1, x2):
    return int(bool(x1 and x2))
def halve(x):
    return x / 2
def total(x):
    return sum(x)
def slope(f, x):
    return (f(x + 1e-4) - f(x - 1e-4)) / 2e-4
def NAND(x1, x2):
    return int(not (x1 and x2))
def XOR_NAND(x1, x2):
    n = NAND(x1, x2)
    return NAND(NAND(x1, n), NAND(x2, n))
"""
# For attacks on the protocol: what of the worker a student's code can get at from inside its process.
CHANNEL = """
import gc, os, struct, sys
wire = sys.modules["autograder.wire"]
frames = sys.modules["autograder.frames"]
arrays = sys.modules["autograder.arrays"]
worker = next(o for o in gc.get_objects() if type(o).__name__ == "Worker")
def send_raw(data):
    while data:
        data = data[os.write(worker._fd, data):]
def send_frame(payload):
    if not isinstance(payload, bytes):
        payload = wire.encoder.encode(payload)
    send_raw(struct.pack(">I", len(payload)) + payload)
def reply(**fields):
    frames.send(worker._fd, wire.Reply(worker._request, **fields))
"""


@dataclass
class Outcome:
    """What came of an attack. The methods raise AssertionError and return the Outcome itself."""

    result: Result
    code: int
    stdout: str
    stderr: str
    pages: str
    published: str
    out: Path
    seconds: float

    @property
    def parts(self) -> list[Part]:
        return [part for task in self.result.tasks for part in task.parts]

    @property
    def keys(self) -> set[str]:
        """The keys of all findings and remarks."""
        return {part.key for part in self.parts if part.key} | {remark.key for remark in self.result.remarks}

    @property
    def scores(self) -> dict[str, float]:
        return {task.name: task.score for task in self.result.tasks}

    def no_credit(self) -> Outcome:
        return self.credit_only_for(set())

    def credit_only_for(self, tasks: set[str]) -> Outcome:
        """No task but these has a single point (these may have some)."""
        undeserved = {name: score for name, score in self.scores.items() if score and name not in tasks}
        assert not undeserved, f"{self.result.student}, undeserved: {undeserved}"
        return self

    def full_for(self, tasks: set[str]) -> Outcome:
        """These tasks have all their points and no other has any."""
        full = {task.name for task in self.result.tasks if task.score >= task.max_score}
        assert full == tasks, f"{self.result.student}: {self.scores}"
        return self.credit_only_for(tasks)

    def says(self, *keys: str) -> Outcome:
        """Each of these keys is among the findings and remarks."""
        assert set(keys) <= self.keys, f"{self.result.student}: {sorted(self.keys)}\n{self.pages}"
        return self

    def without_errors(self) -> Outcome:
        """No exception was reported: what an attack sent did arrive, and did not fail in the attack itself."""
        assert not [key for key in self.keys if key.startswith(("error", "load.error"))], f"{self.keys}\n{self.pages}"
        return self

    def silent_about(self, *texts: str) -> Outcome:
        """None of these texts occurs in anything published."""
        assert not [text for text in texts if text in self.published], self.published
        return self


class Attack:
    """The fixture's callable. `token` is a word of this run, for what an attack wants to be found by."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = f"attacktoken{uuid.uuid4().hex[:12]}"
        self.homes = {name: folder / name for name in ("class", "cwd", "temp", "out")}
        for home in self.homes.values():
            home.mkdir()
        (folder / "canary.txt").write_text(PLANTED)

    def __call__(
        self,
        source: str | bytes | None,
        *,
        assignment: str = VAULT,
        student: str = "mallory",
        file: str | None = None,
        extra: Mapping[str, Content] | None = None,
        beside: Mapping[str, Content] | None = None,
        paths: tuple[str, ...] | None = None,
        arguments: tuple[str, ...] = (),
        cwd: str = "cwd",
        lang: str = "en",
        code: int = 0,
        status: str = "graded",
    ) -> Outcome:
        """Grade one submission."""
        home = self.homes["class"] / student
        _lay(home, {**({} if source is None else {file or _module(assignment): source}), **(extra or {})})
        _lay(home.parent, beside or {})
        places = [home.parent / path for path in paths or (student,)]
        folder = home if cwd == "submission" else self.homes[cwd]
        (outcome,) = self._grade(assignment, places, ["--lang", lang, *arguments], folder, code)
        assert outcome.result.status == status, outcome.stderr
        return outcome

    def many(
        self,
        files: Mapping[str, Content],
        *,
        assignment: str = VAULT,
        arguments: tuple[str, ...] = ("--jobs", "1"),
        code: int = 0,
        around: Mapping[str, Content] | None = None,
    ) -> dict[str, Outcome]:
        """Grade a class folder, laid out from `files`, in one run: Outcomes by student.

        `around`: files of the folder that it lies in; the instructor then stands there.
        """
        home = self.homes["class"] / uuid.uuid4().hex[:6]
        _lay(home / "class", files)
        _lay(home, around or {})
        cwd = home if around else self.homes["cwd"]
        outcomes = self._grade(assignment, [home / "class"], list(arguments), cwd, code)
        return {outcome.result.student: outcome for outcome in outcomes}

    def each(self, sources: Iterable[str | bytes], *, assignment: str = VAULT) -> list[Outcome]:
        """Grade variants of one attack in one run, handed in by the students s00, s01 …"""
        files = {f"s{number:02}.py": source for number, source in enumerate(sources)}
        outcomes = self.many(files, assignment=assignment)
        assert [f"{student}.py" for student in outcomes] == list(files)
        return list(outcomes.values())

    def _grade(self, assignment: str, paths: list[Path], options: list[str], cwd: Path, code: int) -> list[Outcome]:
        command = [sys.executable, "-m", "autograder", *(("--course", str(COURSE)) if assignment == VAULT else ())]
        command += ["grade", assignment, *map(str, paths), "--out", str(self.homes["out"]), "--json", "-", *options]
        outcomes = self._run(command, cwd)
        for outcome in outcomes:
            assert outcome.code == code, outcome.stderr
            _require_clear_messages(outcome.result)
            _require_no_leak(outcome)
        return outcomes

    def _run(self, command: list[str], cwd: Path) -> list[Outcome]:
        watched = [cwd, self.homes["class"], *([COURSE] if "--course" in command else [])]
        before, began = [_listing(folder) for folder in watched], time.monotonic()
        environment = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
        environment |= {"NAND2MNIST_SECRET": SECRET, "GITHUB_TOKEN": CANARY, "CANARY": CANARY, "COLUMNS": "200"}
        environment |= {"TMPDIR": str(self.homes["temp"]), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
        with _nothing_left_behind(self.token):
            ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, timeout=SECONDS, check=False)
        assert [_listing(folder) for folder in watched] == before
        assert not list(self.homes["temp"].iterdir())
        seconds = time.monotonic() - began
        stdout, stderr = ended.stdout.decode(), ended.stderr.decode()
        assert "Traceback (most" not in stderr, stderr
        results = msgspec.json.decode(stdout, type=list[Result])
        files = {path: path.read_text() for path in sorted(self.homes["out"].rglob("*")) if path.is_file()}
        published = "\n".join([stdout, stderr, *files.values()])
        said = (ended.returncode, stdout, stderr)
        return [Outcome(r, *said, _pages(files, r), published, self.homes["out"], seconds) for r in results]


def _module(assignment: str) -> str:
    return f"{assignment[3:]}.py"


def _pages(files: Mapping[Path, str], result: Result) -> str:
    """What this student gets."""
    return "\n".join(t for p, t in files.items() if p.parent.name == "feedback" and p.stem == result.student)


@pytest.fixture
def attack(tmp_path: Path) -> Iterator[Attack]:
    """See the module's docstring."""
    system = ctypes.CDLL(None)
    system.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # whoever outlives the grader becomes our child
    yield Attack(tmp_path)
    system.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)  # other tests reap nobody
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def right() -> str:
    """A submission that solves every task of the scratch course."""
    return RIGHT


@pytest.fixture
def channel() -> str:
    """Source that finds `wire` and `worker` in the process, and defines send_raw, send_frame and reply."""
    return CHANNEL


def _lay(home: Path, files: Mapping[str, Content]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)


# ---- what every attack must pass -------------------------------------------------------------------------------------


def _require_clear_messages(result: Result) -> None:
    """Lost points are explained, in English and in Korean, in sentences of a readable length."""
    messages = [part.message for task in result.tasks for part in task.parts if part.message]
    messages += [remark.message for remark in result.remarks]
    lost = any(part.verdict not in ("pass", "manual") for task in result.tasks for part in task.parts)
    assert messages or not lost, result
    assert len(messages) < 60, len(messages)
    for message in messages:
        assert message.en.strip(), result
        assert re.search("[가-힣]", message.ko), message
        assert len(message.en) < 1500, message
        assert not re.search(r"\{[a-z_]*\}|object at 0x", re.sub("`.*?`", "", message.en)), message


def _require_no_leak(outcome: Outcome) -> None:
    published = re.sub("[0-9a-f]{64}", "digest", outcome.published)
    for text in (*HIDDEN, *PLACES):
        assert text not in published, f"{text!r} is published\n{published}"
    assert outcome.result.seed not in outcome.pages  # whoever knows it can compute hidden inputs
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", outcome.published) is None


@contextlib.contextmanager
def _nothing_left_behind(token: str) -> Iterator[None]:
    """No process outlives the block (but for moments), no file of the sandbox's users or with the token appears."""
    before = _children()
    yield
    deadline = time.monotonic() + 3
    while (alive := _children() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive, [_command(pid) for pid in alive]
    for folder in SHARED_FOLDERS:
        for entry in os.scandir(folder) if os.path.isdir(folder) else ():
            with contextlib.suppress(FileNotFoundError):
                assert token not in entry.name, entry.path
                assert entry.stat(follow_symlinks=False).st_uid not in SANDBOX_UIDS, entry.path


def _children() -> set[int]:
    """Our living children; those that ended are reaped."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        for pid in map(int, (task / "children").read_text().split()):
            with contextlib.suppress(FileNotFoundError, ChildProcessError, ProcessLookupError):
                ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
                found.add(pid) if not ended else os.waitpid(pid, os.WNOHANG)
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return str(pid)


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    entries = [p for p in sorted(folder.rglob("*")) if "__pycache__" not in p.parts]
    return [(str(p), p.lstat().st_mode, p.lstat().st_size) for p in entries]
