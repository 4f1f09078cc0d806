"""Which submissions a pull request has: the modules and notebooks that it changes, as data; nothing else is fetched."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from autograder.ci import records
from autograder.ci.api import Api, ApiError
from autograder.ci.event import CiError
from autograder.ci.objects import ApiCommit
from autograder.ci.pull import Pull
from autograder.ci.records import Misplaced, Received, Taken
from autograder.course import Assignment, Course
from autograder.ingest import Commit, Entry, Wanted, read_commit, visible

HOME = "assignments"
MOST_MISPLACED = 10  # are told of
_SLIPS = re.compile(r" ?\(\d+\)|(?<=\.py)\.txt\Z")  # what browsers and editors add to a name


class Comparison(msgspec.Struct):
    merge_base_commit: Base


class Base(msgspec.Struct):
    sha: str


def fetch(course: Course, api: Api, repository: str, pulls: Sequence[Pull], inbox: Path) -> list[str]:
    """Write the submissions of each pull request to `inbox`; returns a line about each that could not be fetched."""
    failed = []
    bases: dict[str, ApiCommit] = {}
    for pull in pulls:
        try:
            head = ApiCommit(api, repository, pull.head.sha)
            sha = _base(api, repository, pull)
            base = bases.setdefault(sha, ApiCommit(api, repository, sha))
            received = receive(course, pull.student, pull.head.sha, head, base)
            records.write(inbox, pull.name, received)
        except (ApiError, CiError) as error:
            failed.append(f"{pull.name}: {error}")
            continue
        print(f"{pull.name}  {pull.head.sha[:7]}  {told(received)}")
    return failed


def _base(api: Api, repository: str, pull: Pull) -> str:
    """The commit that the pull request's changes are told from: where its branch left ours."""
    path = f"/repos/{repository}/compare/{pull.base.sha}...{pull.head.sha}"
    try:
        return api.get(path, Comparison, per_page=1, page=2).merge_base_commit.sha  # page 2 lists no files
    except ApiError as error:
        if error.status != 404:
            raise
        return pull.base.sha  # a history of its own


def receive(course: Course, student: str, sha: str, head: Commit, base: Commit) -> Received:
    """The modules and notebooks that differ between two commits."""
    changed = dict(touched(course, head, base))
    return Received(
        student=student,
        commit=sha,
        submissions=tuple(
            Taken(each.id, read_commit(head, student, f"{HOME}/{each.id}", Wanted.of(each), names))
            for each, names in changed.items()
        ),
        misplaced=tuple(islice(_misplaced(course, head, base, changed), MOST_MISPLACED)),
    )


def touched(course: Course, head: Commit, base: Commit) -> Iterator[tuple[Assignment, list[str]]]:
    """The assignments whose module or notebook was changed, added, deleted or renamed, and which of the two."""
    ours, theirs = base.folder(HOME), head.folder(HOME)
    for assignment in map(course.assignment, course.ids):
        if _same(ours.get(assignment.id), theirs.get(assignment.id)):
            continue
        before, after = (commit.folder(f"{HOME}/{assignment.id}") for commit in (base, head))
        names = [path.name for path in (assignment.stub, assignment.notebook)]
        if changed := [name for name in names if not _same(before.get(name), after.get(name))]:
            yield assignment, changed


def _same(one: Entry | None, other: Entry | None) -> bool:
    return (one and (one.mode, one.id)) == (other and (other.mode, other.id))


def _misplaced(course: Course, head: Commit, base: Commit, there: Collection[Assignment]) -> Iterator[Misplaced]:
    """New files that are called like a module, or nearly so, and lie where nothing is graded."""
    wanted = {a.file_name.casefold(): a for a in map(course.assignment, course.ids) if a not in there}
    for folder in ("", HOME, *course.ids, *(f"{HOME}/{id}" for id in course.ids)):
        new = head.folder(folder).keys() - base.folder(folder).keys()
        for name in sorted(new):
            assignment = wanted.get(_SLIPS.sub("", name).casefold())
            if assignment is not None:
                belongs = f"{HOME}/{assignment.id}/{assignment.file_name}"
                yield Misplaced(visible("/".join(filter(None, [folder, name]))), belongs)


def told(received: Received) -> str:
    """One line for the log."""
    what = ", ".join(taken.assignment for taken in received.submissions) or "no assignment is touched"
    return what + "".join(f"; {each.path} belongs in {each.belongs}" for each in received.misplaced)
