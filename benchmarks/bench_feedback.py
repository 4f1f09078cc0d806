"""Stage 2 of a pull request: what each step takes from a cold runner to the posted feedback, with a warm package cache.

The workflow file is executed by the harness of the tests, with a real `pip` into new environments. The environments
themselves come with GitHub's runners and are not counted, nor are the checkouts and GitHub's own waiting.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import sides

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.github.school import GATES, HALF, School

ROUNDS = 5
COUNTED = {
    "What the grader needs": "install for grading",
    "Fetch the submission as data": "fetch",
    "Grade": "grade",
    "What the report needs": "install for reporting",
    "Report": "report",
}
TOTAL = "all of it"


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in (*COUNTED.values(), TOTAL)}
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with School(home, install=True, pip_cache=home / "cache", seconds=300) as school:
            for number in range(ROUNDS + 1):
                pull = school.pull(f"student-{number}", {GATES: HALF})
                run = school.feedback(pull)
                assert run.conclusion == "success", run.log
                steps = [step for job in run.jobs.values() for step in job.steps if step.name in COUNTED]
                if number:  # the first round fills the cache
                    for step in steps:
                        times[COUNTED[step.name]].append(step.seconds * 1e3)
                    times[TOTAL].append(sum(step.seconds for step in steps) * 1e3)
    print(f"stage 2 of a pull request with one assignment, {ROUNDS} times:")
    sides.show(times, "grade")


if __name__ == "__main__":
    main()
