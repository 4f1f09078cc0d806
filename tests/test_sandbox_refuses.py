"""Without Landlock or without seccomp nothing is graded: exit code 3, and a message that names the way out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]
REFUSE = Path(__file__).with_name("refuse_syscalls.py")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is for Linux")


def without(feature: str) -> tuple[str, ...]:
    return (sys.executable, str(REFUSE), feature, "--")


def sandbox(environment: dict[str, str], *before: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "autograder.sandbox"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("feature", "told", "way_out"),
    [
        ("landlock", "Landlock is not available", "Linux 5.13 or newer"),
        ("seccomp", "seccomp is not available", "grade where the kernel has CONFIG_SECCOMP_FILTER"),
    ],
)
def test_grading_refuses_loudly_and_writes_no_mark(
    autograder: Run, tmp_path: Path, feature: str, told: str, way_out: str
) -> None:
    out = tmp_path / "marks"
    reference = ROOT / "solutions/01_gates/gates.py"
    for paths in ([reference], [*sorted((ROOT / "solutions/01_gates/accepted").glob("*.py"))[:3]]):
        done = autograder("grade", "01_gates", *paths, "--out", out, before=without(feature))
        assert done.returncode == 3, done.stderr
        assert told in done.stderr
        assert way_out in done.stderr
        assert "Traceback" not in done.stderr
        assert list((out / "results").iterdir()) == []


@pytest.mark.parametrize("feature", ["landlock", "seccomp"])
def test_the_self_test_says_what_is_missing(environment: dict[str, str], feature: str) -> None:
    done = sandbox(environment, *without(feature))
    assert (done.returncode, done.stdout) == (3, "")
    assert feature in done.stderr.lower()


def test_the_self_test_prints_the_layers_that_hold(environment: dict[str, str]) -> None:
    done = sandbox(environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "all refused" in done.stdout
    for layer in ("rlimits", "not-dumpable", "landlock-abi", "seccomp"):
        assert layer in done.stdout
