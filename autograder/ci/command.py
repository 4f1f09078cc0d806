"""The commands, in the words that were typed: each reads what GitHub says, does its part, and tells how it went.

Each imports what it needs when it runs: the job that may write to pull requests installs two small packages.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.ci import event as happened
from autograder.ci import records
from autograder.ci.event import CiError
from autograder.ci.records import Received
from autograder.course import Course

NO_PULL = "no pull request of this branch is open: there is nothing to do"


def examples(course: Course, lang: str | None) -> bool:
    """Stage 1; whether every visible example passes."""
    from autograder.ci import examples

    event = happened.event()
    default = happened.default_lang(lang)
    return examples.run(course, event.pull_request.lang(default) if event.pull_request else default)


def fetch(course: Course, inbox: Path) -> bool:
    """The submissions of the pull requests that the event is about; whether there is something to go on with.

    Who could not be fetched has no answer, and `report` says so: they do not stop the others.
    """
    from autograder.ci import fetch, pulls

    api, repository = happened.api(), happened.repository()
    found = pulls.about(api, repository, happened.event())
    if not found:
        print(NO_PULL)
    records.clear(inbox, Received)
    failed = fetch.fetch(course, api, repository, found, inbox)
    return _told(failed) or len(failed) < len(found)


def collect(course: Course, table: Path, inbox: Path) -> bool:
    """The submissions of students with private repositories; whether there is something to go on with."""
    from autograder.ci import collect

    everyone = collect.students(table)
    records.clear(inbox, Received)
    failed = collect.collect(course, everyone, inbox)
    return _told(failed) or len(failed) < len(everyone)


def grade(
    course: Course, inbox: Path, answers: Path, out: Path | None, minutes: int | None, arguments: Sequence[str]
) -> bool:
    """Grade what is in the inbox; whether every grade was given. Begins anew where the environment is not empty."""
    from autograder.ci import grading

    grading.with_emptied_environment(list(arguments))
    return grading.grade(course, inbox, answers, out, minutes)


def preview(course: Course, answers: Path, lang: str | None) -> None:
    """Print what `report` would publish."""
    from autograder.ci import report

    report.preview(course, answers, happened.default_lang(lang))


def report(course: Course, answers: Path, table: Path | None, lang: str | None) -> bool:
    """Publish the answers; whether all could be, and none is withheld."""
    from autograder.ci import collect, pulls
    from autograder.ci.report import Reporter

    reporter = Reporter(course, happened.api(), answers, happened.default_lang(lang))
    if table is not None:
        reporter.students(collect.students(table))
        return not reporter.failed
    repository, event = happened.repository(), happened.event()
    found = pulls.about(reporter.api, repository, event)
    if not found:
        print(NO_PULL)
    is_expected = event.workflow_run is not None
    if not is_expected and not answers.is_dir():
        raise CiError(f"{answers}: no such folder; ci grade makes it")
    reporter.pulls(repository, found, is_expected)
    return not reporter.failed


def regrade(course: Course, numbers: Sequence[str], out: Path | None, lang: str | None) -> bool:
    """All of it for pull requests by number, or for all that are open; whether all went well."""
    from autograder.ci import fetch, grading, pulls
    from autograder.ci.report import Reporter

    grading.require_secret(course)
    api, repository = happened.api(), happened.repository()
    found = pulls.named(api, repository, [number.removeprefix("#") for number in numbers])
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        inbox, answers = Path(name, "inbox"), Path(name, "answers")
        records.make(inbox)
        good = _told(fetch.fetch(course, api, repository, found, inbox))
        arguments = ["--course", str(course.root), "ci", "grade", str(inbox), str(answers)]
        arguments += ["--out", str(out.resolve())] if out is not None else []
        sys.stdout.flush()
        code = subprocess.run(grading.itself(*arguments), env=grading.emptied_environment()).returncode
        if code not in (0, 3) or not answers.is_dir():
            raise CiError(f"grading ended with exit code {code}; what it said stands above")
        reporter = Reporter(course, api, answers, happened.default_lang(lang))
        reporter.pulls(repository, found, expected=False)
    return good and code == 0 and not reporter.failed


def _told(failed: Sequence[str]) -> bool:
    """Say what went wrong; whether nothing did."""
    for line in failed:
        print(line, file=sys.stderr)
    return not failed
