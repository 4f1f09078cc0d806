"""A file that exists and cannot be read is the machine's fault: withheld, never 0, and the others are graded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).parent / "course"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_is_withheld(attack, right):
    outcomes = attack.many({"locked.py": lambda path: (path.touch(), path.chmod(0)), "fine.py": right}, code=3)
    assert outcomes["locked"].says("ingest.unreadable").result.status == "withheld"
    assert outcomes["fine"].result.score == 14


def test_that_breaks_off_is_a_message(tmp_path):
    (tmp_path / "broken.py").symlink_to("/proc/self/mem")
    command = [sys.executable, "-m", "autograder", "--course", COURSE, "grade", "01_vault", tmp_path / "broken.py"]
    ended = subprocess.run(command, cwd=tmp_path, env={"NAND2MNIST_SECRET": "x"}, capture_output=True, check=False)
    assert ended.returncode == 2
    assert b"cannot be read" in ended.stderr
    assert b"Traceback" not in ended.stderr
