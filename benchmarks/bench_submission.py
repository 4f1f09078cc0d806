"""Thirty checks on one submission: ours, a bare fork server, one pytest process per submission.

ours        warm batch: hidden pytest graders, a fresh locked-down worker for each of the six tests
bare fork   a process with NumPy loaded forks, loads the module, runs the same checks, exits: no pytest, no sandbox
bare forks  the same with one fork per test, which is the isolation that ours gives
pytest      one pytest process per submission, no sandbox
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import sides
from thirty import checks

from autograder.course import Course
from autograder.grade import Grader
from autograder.ingest import collect
from autograder.result import Result

HERE = Path(__file__).parent
SOURCE = HERE / "thirty" / "thirty.py"
BATCH = 10


def in_forks(tasks_per_fork: int) -> None:
    """Grade the submission in forked children, each with `tasks_per_fork` of the tasks."""
    for start in range(0, len(checks.TASKS), tasks_per_fork):
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            module = runpy.run_path(str(SOURCE))
            rng = np.random.default_rng(0)
            wrong = 0
            for task in checks.TASKS[start : start + tasks_per_fork]:
                for x, value in checks.cases(task, rng):
                    wrong += not np.allclose(module[task](x), value)
            os.write(writer, b"%d" % wrong)
            os._exit(0)
        os.close(writer)
        assert os.read(reader, 9) == b"0"
        os.close(reader)
        os.waitpid(pid, 0)


def in_pytest(folder: Path) -> None:
    """One pytest process; the checks as one test per check."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(folder),
    ]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run([*command, str(folder)], cwd=folder, env=environment, check=True, capture_output=True)


def main() -> None:
    assignment = Course(HERE / "thirty").assignment("01_thirty")
    batch = collect([SOURCE], "thirty") * BATCH

    def full(result: Result) -> None:
        assert result.score == result.max_score == 30, result

    with tempfile.TemporaryDirectory() as name, Grader(assignment, b"benchmark") as grader:
        folder = Path(name)
        (folder / "thirty.py").write_bytes(SOURCE.read_bytes())
        (folder / "checks.py").write_bytes((HERE / "thirty" / "checks.py").read_bytes())
        (folder / "test_thirty.py").write_text(TEST)
        times = sides.compare(
            {
                "bare fork, no pytest, no sandbox": lambda: [in_forks(6) for _ in range(BATCH)],
                "bare fork per test (the same isolation)": lambda: [in_forks(1) for _ in range(BATCH)],
                "ours, warm batch": lambda: grader.grade(batch, full),
                "one pytest process per submission": lambda: [in_pytest(folder)] * BATCH,
            },
            rounds=15,
        )
    times["one pytest process per submission"] = [t * BATCH for t in times["one pytest process per submission"]]
    print(f"thirty checks on one submission, per submission, batches of {BATCH}:")
    sides.show(times, "bare fork, no pytest, no sandbox", per=BATCH)
    print("the same, compared with ours:")
    sides.show({k: times[k] for k in list(times)[2:]}, "ours, warm batch", per=BATCH)


TEST = """
import numpy as np, pytest, thirty, checks

CASES = [(task, x, y) for task in checks.TASKS for x, y in checks.cases(task, np.random.default_rng(0))]

@pytest.mark.parametrize("task, x, y", CASES)
def test_case(task, x, y):
    assert np.allclose(getattr(thirty, task)(x), y)
"""

if __name__ == "__main__":
    main()
