"""Memory of grader and zygote after 1, 100 and 1,000 submissions: flat, or not."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from autograder.course import Course
from autograder.grade import Grader
from autograder.ingest import collect

HERE = Path(__file__).parent


def resident_mb(pid: int | str) -> float:
    """Resident memory of a process in MiB (Linux)."""
    fields = Path(f"/proc/{pid}/status").read_text().split("\n")
    return next(int(line.split()[1]) / 1024 for line in fields if line.startswith("VmRSS"))


def main() -> None:
    assignment = Course(HERE / "thirty").assignment("01_thirty")
    submission = collect([HERE / "thirty" / "thirty.py"], "thirty")
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    marks = [1, 100, most]
    base: tuple[float, float] | None = None
    done = 0
    print("resident memory after N submissions, and its ratio to that after the first:")
    with Grader(assignment, b"benchmark") as grader:
        began = time.perf_counter()
        for mark in marks:
            grader.grade(submission * (mark - done), lambda _result: None)
            done = mark
            now = (resident_mb("self"), resident_mb(grader.zygote_pid))
            base = base or now
            ratios = " ".join(f"{new / old:.2f} x" for new, old in zip(now, base, strict=True))
            print(f"  {mark:6d}  grader {now[0]:7.1f} MiB  zygote {now[1]:6.1f} MiB  {ratios}")
        print(f"  {(time.perf_counter() - began) / most * 1e3:.1f} ms per submission")


if __name__ == "__main__":
    main()
