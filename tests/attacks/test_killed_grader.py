"""The grader is killed or interrupted while student code hangs: nothing outlives it, nothing finished is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COURSE = Path(__file__).parent / "course"
HANGS = "def AND(x1, x2):\n    while True: pass\nhalve = total = slope = XOR_NAND = AND\n"


def grader(attack, right, jobs):
    """A running grader that has finished student a and hangs in the others."""
    home, out = attack.homes["class"], attack.homes["out"]
    for name in "abcdef":
        (home / f"{name}.py").write_text(right if name == "a" else HANGS)
    command = [sys.executable, "-m", "autograder", "--course", str(COURSE), "grade", "01_vault", str(home)]
    environment = {**os.environ, "TMPDIR": str(attack.homes["temp"]), "NAND2MNIST_SECRET": "x"}
    process = subprocess.Popen(
        [*command, "--out", str(out), "--jobs", jobs], env=environment, cwd=attack.homes["cwd"], stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    while not (out / "results" / "a.json").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    return process, out


def descendants(pid):
    found = {pid}
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    parents = {int(stat.split()[0]): int(stat.rpartition(")")[2].split()[1]) for stat in stats}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids):
    def running(pid):
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    return {pid for pid in pids if running(pid)}


def gone(pids):
    """Whether these processes end within two seconds."""
    deadline = time.monotonic() + 2
    while alive(pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pids)


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_by_sigkill_leaves_no_process(attack, right, jobs):
    process, _ = grader(attack, right, jobs)
    below = descendants(process.pid)
    assert below
    process.kill()
    process.communicate()
    assert gone(below)


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_by_sigint_keeps_what_is_finished(attack, right, jobs):
    process, out = grader(attack, right, jobs)
    below, began = descendants(process.pid), time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert time.monotonic() - began < 4
    assert json.loads((out / "results" / "a.json").read_text())["score"] == 14
    assert "a,graded,14" in (out / "grades.csv").read_text()
    assert gone(below)
    assert not list(attack.homes["temp"].iterdir())
