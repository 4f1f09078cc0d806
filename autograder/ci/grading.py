"""INBOX → ANSWERS: every submission through the sandbox, in a process that has nothing of GitHub's environment."""

from __future__ import annotations

import math
import os
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from autograder import batch, output
from autograder import course as courses
from autograder.ci import records
from autograder.ci.event import CiError
from autograder.ci.records import Answer, Received
from autograder.course import Assignment, Course
from autograder.grade import Identity
from autograder.ingest import Submission
from autograder.marks import GraderError
from autograder.messages import CatalogueError
from autograder.result import Part, Result
from autograder.sandbox.launcher import THREADS
from autograder.text import clean

KEPT = {"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PYTHONPATH", *THREADS}
KEPT |= {courses.SECRET_VARIABLE, courses.COURSE_VARIABLE}


def emptied_environment() -> dict[str, str]:
    """What a grader needs of the environment: no token, no event, no runner is in it."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return kept | {"PYTHONPATH": str(courses.PACKAGE.parent)}


def itself(*arguments: str) -> list[str]:
    """The command line that runs this engine, whatever lies in the working folder."""
    return [sys.executable, "-P", "-m", "autograder", *arguments]


def with_emptied_environment(arguments: list[str]) -> None:
    """Begin again without what is not needed, if there is such: from then on it is nowhere in this process."""
    if os.environ.keys() - KEPT:
        os.execve(sys.executable, itself(*arguments), emptied_environment())


def require_secret(course: Course) -> None:
    """A secret that was made now would give other hidden inputs than the last time. Raises CiError."""
    path = course.root / courses.SECRET_FILE
    if not path.is_file() and courses.SECRET_VARIABLE not in os.environ:
        raise CiError(
            f"no course secret: write {path}, which the first autograder grade makes, or set {courses.SECRET_VARIABLE}"
        )


def grade(course: Course, inbox: Path, answers: Path, out: Path | None = None, minutes: float | None = None) -> bool:
    """Grade what is in `inbox`; returns whether every grade could be given.

    A student with several pull requests is graded in several rounds, and nobody waits for somebody's second one.
    After `minutes` no more is begun. `out`: for marks and pages, as of `grade --out`.
    Raises CiError, SandboxUnavailable.
    """
    require_secret(course)
    secret = courses.secret(course)
    end = time.monotonic() + 60 * minutes if minutes else math.inf
    received = {name: one for name in records.names(inbox) if (one := _read(inbox / f"{name}.json")) is not None}
    whole = len(received) == len(records.names(inbox))
    records.clear(answers, Answer)
    if not received:
        print(f"{inbox}: nothing to grade")
    results: dict[tuple[str, str], Result] = {}
    for together in _rounds(received):
        results |= _round(course, secret, together, end)
        for name, one in together.items():
            mine = [results[key] for each in one.submissions if (key := (name, each.assignment)) in results]
            if len(mine) < len(one.submissions):
                print(f"{name}  not graded: no time was left")
                whole = False
            else:
                records.write(answers, name, _answer(course, one, mine))
    if out is not None:
        _keep(course, list(results.values()), out)
    output.write(answers / f"{records.RESULTS}.json", output.array(list(map(public, results.values()))).encode())
    return whole and all(result.status == "graded" for result in results.values())


def _read(path: Path) -> Received | None:
    """A record of the inbox; one that cannot be read costs nobody else anything."""
    try:
        return records.read(path, Received)
    except CiError as error:
        print(error)
        return None


def _rounds(received: Mapping[str, Received]) -> list[dict[str, Received]]:
    """What was received by name, each student once a round."""
    rounds: list[dict[str, Received]] = []
    for name, one in received.items():
        free = next((each for each in rounds if one.student not in {other.student for other in each.values()}), None)
        if free is None:
            rounds.append(free := {})
        free[name] = one
    return rounds


def _round(
    course: Course, secret: bytes, received: Mapping[str, Received], end: float
) -> dict[tuple[str, str], Result]:
    """Results by name and assignment, as far as time allows."""
    results: dict[tuple[str, str], Result] = {}
    for id in course.ids:
        taken = {n: each.submission for n, one in received.items() for each in one.submissions if each.assignment == id}
        if taken and time.monotonic() < end:
            graded = _grade(course.assignment(id), secret, taken)
            results |= {(name, id): result for name, result in graded.items()}
    return results


def _grade(assignment: Assignment, secret: bytes, taken: Mapping[str, Submission]) -> dict[str, Result]:
    """Results by the names that `taken` has; each is of another student."""
    names = {submission.student: name for name, submission in taken.items()}
    results: dict[str, Result] = {}

    def deliver(result: Result) -> None:
        results[names[result.student]] = result
        got = "withheld" if result.status == "withheld" else f"{result.score:g} of {result.max_score:g}"
        print(f"{assignment.id}  [{len(results)}/{len(names)}] {clean(result.student)}  {got}", flush=True)

    try:
        batch.grade_all(assignment, secret, list(taken.values()), deliver, os.cpu_count() or 1)
    except (GraderError, CatalogueError):  # whose words may name hidden inputs, and this log may be public
        print(f"{assignment.id}  its grader cannot be used: autograder verify {assignment.id} says why", flush=True)
        identity = Identity(assignment, secret)
        missing = {name: submission for name, submission in taken.items() if name not in results}
        results |= {name: identity.result(submission, withheld=True) for name, submission in missing.items()}
    layers = next((result.sandbox for result in results.values() if result.sandbox), ("nothing was run",))
    print(f"{assignment.id}  sandbox: {' '.join(layers)}", flush=True)
    return results


def _keep(course: Course, results: list[Result], out: Path) -> None:
    """Marks and pages of a class, a folder for each assignment. Of a student's pull requests the last one counts."""
    for id in dict.fromkeys(result.assignment for result in results):
        last = {result.student: result for result in results if result.assignment == id}
        report = output.Report(course.assignment(id), out / id, None, "en", len(last))
        for result in last.values():
            report.add(result)
        report.finish(list(last.values()))


def _answer(course: Course, received: Received, results: list[Result]) -> Answer:
    lines = {
        each.assignment: _lines(course.assignment(each.assignment), each.submission.source or "")
        for each in received.submissions
    }
    return Answer(
        student=received.student,
        commit=received.commit,
        results=tuple(map(public, results)),
        lines=lines,
        misplaced=received.misplaced,
    )


def public(result: Result) -> Result:
    """`result` without what follows from the course secret, and without why a grade is withheld.

    Whoever can read a public repository can download what its workflows hand over.
    """
    remarks = tuple(remark for remark in result.remarks if remark.key != "internal")
    tasks = tuple(msgspec.structs.replace(task, parts=tuple(map(_public, task.parts))) for task in result.tasks)
    return msgspec.structs.replace(result, seed="", remarks=remarks, tasks=tasks)


def _public(part: Part) -> Part:
    return msgspec.structs.replace(part, message=None) if part.verdict == "internal" else part


def _lines(assignment: Assignment, source: str) -> dict[str, int]:
    """Where each task is defined last. By its text, because the parser of the grader is not for hostile sources."""
    found = {}
    for number, line in enumerate(source.split("\n"), start=1):
        if match := re.match(r"(?:(?:async +)?def|class) +(\w+)|(\w+) *[:=]", line):
            found[match[1] or match[2]] = number
    return {task.name: found[task.name] for task in assignment.manifest.tasks if task.name in found}
