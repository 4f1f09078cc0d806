"""The whole course, cold: the reference of every assignment graded one after the other in one process.

Beside it, per assignment, the same again while everything is warm, and the test that took longest.
"""

from __future__ import annotations

import time
from typing import Any

from autograder import course
from autograder.grade import Grader
from autograder.ingest import collect
from autograder.plugin import GraderPlugin
from autograder.result import Result

SECRET = b"bench"
AIM, AIM_TEST = 15.0, 2.0  # seconds: everything, and one test


def main() -> None:
    slowest: dict[str, tuple[float, str]] = {}
    plain = GraderPlugin._test

    def timed(plugin: GraderPlugin, item: Any, arguments: Any) -> None:
        began = time.perf_counter()
        plain(plugin, item, arguments)
        took = time.perf_counter() - began
        folder = item.path.parent.name
        slowest[folder] = max(slowest.get(folder, (0.0, "")), (took, item.name))

    GraderPlugin._test = timed  # type: ignore[method-assign]
    found = course.find()
    print(f"{'reference':16s} {'cold':>8s} {'warm':>8s}   slowest test, cold or warm")
    total = 0.0
    for assignment in map(found.assignment, found.ids):
        (submission,) = collect([assignment.reference], assignment.manifest.module)
        times: list[float] = []
        results: list[Result] = []
        began = time.perf_counter()
        with Grader(assignment, SECRET) as grader:
            for _ in range(2):
                grader.grade([submission], results.append)
                times.append(time.perf_counter() - began)
                began = time.perf_counter()
        assert all(r.score - r.bonus + r.outstanding == r.max_score for r in results), assignment.id
        total += times[0]
        took, name = slowest[assignment.id]
        print(f"{assignment.id:16s} {times[0]:6.2f} s {times[1]:6.2f} s   {took:.2f} s  {name}")
    worst = max(took for took, _ in slowest.values())
    print(f"{'all':16s} {total:6.2f} s of {AIM:g} s; the slowest test takes {worst:.2f} s of {AIM_TEST:g} s")


if __name__ == "__main__":
    main()
