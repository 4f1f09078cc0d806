"""`autograder release`: stale stubs and leaks are refused; then one commit, and a push if a remote is named."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import build
from autograder.course import Course
from autograder.release import listing, record
from autograder.release.listing import ReleaseError
from autograder.release.place import Place
from autograder.release.repository import BRANCH, HEAD, GitError, Repository, known, uncommitted
from autograder.release.update import Update, plan
from autograder.text import clean
from autograder.verify import leaks

AUTHORS = "solutions", "autograder/graders"  # without them nobody can tell what leaks
SHOWN = 8  # names in a row of the output


@dataclass(frozen=True)
class Outcome:
    """What became of a release; `commit` is empty where nothing was to be done."""

    update: Update
    commit: str


def run(course: Course, dest: Path, remote: str | None) -> bool:
    """Write the student repository to DEST and print what was done; False where a stub is stale or something leaks,
    and nothing was written. Raises ReleaseError, CourseError, StubError, ManifestError."""
    if absent := [f"{name}/" for name in AUTHORS if not (course.root / name).is_dir()]:
        raise ReleaseError(
            f"{course.root}: no {' and no '.join(absent)}, as in a student's copy; release works in the authors' course"
        )
    stale = [f"{path}: {fact}; run autograder build" for path, fact in build.stale(course)]
    if stale:
        print(*stale, "nothing was released", sep="\n")
        return False
    listed = listing.files(course, known(course.root))
    place = Place(course, dest, remote)
    with tempfile.TemporaryDirectory(prefix="autograder-release-") as hold:
        staged = Path(hold, "release")
        released = listed.files | {record.NAME: record.of(listed.files)}
        listing.stage(released, staged)
        print(f"looking for leaks in {len(released)} files …", file=sys.stderr, flush=True)
        if found := [_in_course(line, f"{staged.name}/") for line in leaks.problems(course, staged)]:
            print(*found, "nothing was released", sep="\n")
            return False
        paths = {path: staged / path for path in sorted(released)}
        outcome = _renew(place, paths) if place.there else _make(place, paths)
        _tell(course, released, listed.unknown, place, outcome)
    if place.remote:
        _push(place, outcome)
    return True


def _in_course(leak: str, staged: str) -> str:
    """What is told of a leak in a staged file, told of the file that was staged."""
    if not leak.startswith(staged):
        return leak
    path, _, fact = leak.removeprefix(staged).partition(":")
    return f"{listing.source(path)}:{fact}"


def _renew(place: Place, paths: Mapping[str, Path]) -> Outcome:
    assert place.there is not None
    outcome = _commit(place.there, paths, place.shown)
    if place.remote and not place.there.origin:
        place.there.git("remote", "add", "origin", place.remote)
    return outcome


def _make(place: Place, paths: Mapping[str, Path]) -> Outcome:
    """A new repository, or a clone of what is published, made beside DEST and moved there when it is whole."""
    folder = place.folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as hold:
            made = Path(hold, folder.name)
            if place.published:
                repository = Repository.clone(place.remote, made)
                if record.NAME not in repository.entries():
                    raise ReleaseError(
                        f"{clean(place.remote)}: has commits, but no release made them;"
                        " name an empty repository, or one that release made (nothing was changed)"
                    )
            else:
                repository = Repository.init(made)
                if place.remote:
                    repository.git("remote", "add", "origin", place.remote)
            outcome = _commit(repository, paths, place.shown)
            if folder.exists():  # it is empty; whoever stands in it stays in it
                for child in sorted(made.iterdir(), key=lambda path: path.name == ".git"):
                    child.rename(folder / child.name)
            else:
                made.rename(folder)
    except OSError as error:
        raise ReleaseError(f"{place.shown}: {error.strerror}; choose a folder that can be written") from error
    except GitError as error:
        raise ReleaseError(f"{place.shown}: {error}; nothing was written") from error
    return outcome


def _commit(repository: Repository, paths: Mapping[str, Path], shown: str) -> Outcome:
    """Bring the branch to the release; no commit where it is there already."""
    old = repository.entries()
    new = dict(zip(paths, repository.store(paths.values()), strict=True))
    try:
        contents = repository.contents(old[path].id for path in old if path == record.NAME)
        was = record.read(next(iter(contents.values()), b"")) if contents else {}
        contents = repository.contents(entry.id for path, entry in old.items() if path in was or path in new)
        update = plan(old, was, new, lambda entry: record.digest(contents.get(entry.id, b"")))
        if update.entries == old:
            return Outcome(update, "")
        if way := repository.in_the_way(new):
            raise ReleaseError(f"{shown}: {_names(way)} would be lost; move it away and release again")
        counts = (("new", update.added), ("changed", update.changed + update.replaced), ("removed", update.removed))
        told = ", ".join(f"{len(paths)} {word}" for word, paths in counts if paths)
        message = f"Course released: {told}" if old else f"Course released: {len(new)} files"
        with tempfile.TemporaryDirectory(prefix="autograder-index-") as hold:
            return Outcome(update, repository.commit(update.entries, message, Path(hold, "index")))
    except GitError as error:
        raise ReleaseError(f"{shown}: {error}; clear the way and release again, nothing was committed") from error


def _push(place: Place, outcome: Outcome) -> None:
    repository = Repository(place.folder)
    print(f"pushing to {clean(place.remote)} …", file=sys.stderr, flush=True)
    try:
        repository.git("push", "--quiet", "--set-upstream", "origin", f"{HEAD}:{HEAD}")
    except GitError as error:
        raise ReleaseError(
            f"{clean(place.remote)}: {error}; {place.shown} has the commit, nothing is lost: mend the reason, then"
            f" git -C {place.as_typed} push origin {BRANCH}"
        ) from None
    print(f"published  {clean(place.remote)}, branch {BRANCH}")


def _tell(
    course: Course, released: Mapping[str, bytes], unknown: Sequence[str], place: Place, outcome: Outcome
) -> None:
    update = outcome.update
    count = sum(f"assignments/{id}/assignment.toml" in released for id in course.ids)
    print(
        f"release    {len(released)} files: {count} assignment{'s' * (count != 1)}, the engine without graders,"
        " the data"
    )
    if differ := sorted(uncommitted(course.root).intersection(map(listing.source, released))):
        many = f"{len(differ)} files differ" if len(differ) > 1 else "1 file differs"
        print(f"note       {many} from the last commit of the course  ({_names(differ)})")
    if unknown:
        print(f"note       not released, because git does not know it: {_names(unknown)}; git add it to release it")
    modules = [path for path in update.changed if listing.is_module(path)]
    rows = (
        (
            "changed",
            modules,
            f"new stubs, where {record.NAME} says that no student changed them; the history has what they were",
        ),
        ("kept", update.kept, "students have changed them"),
        ("left", update.left, "no release wrote them"),
        ("replaced", update.replaced, "somebody had changed them; the history has what they were"),
        ("removed", update.removed, "no longer in the course"),
    )
    for word, paths, why in rows:
        if paths:
            print(f"{word:9}  {_names(paths)}  ({why})")
    if not outcome.commit:
        print(f"{place.shown}  up to date")
        return
    print(f"commit     {outcome.commit[:10]} on {BRANCH} in {place.shown}")
    if not place.remote:
        add = "" if Repository(place.folder).origin else f"git -C {place.as_typed} remote add origin URL && "
        print(f"next       {add}git -C {place.as_typed} push --set-upstream origin {BRANCH}")


def _names(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return ", ".join(clean(os.fsencode(path).decode("utf-8", "replace"), 100) for path in paths[:SHOWN]) + more
