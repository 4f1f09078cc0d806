"""The leak check: no file of a release, and nothing in its git history, has what students may not see."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from autograder.course import Course
from autograder.verify.leaks.hidden import PUBLISHED, Hidden, Leak, named
from autograder.verify.leaks.history import History, ask
from autograder.verify.leaks.readable import LIMIT, TOO_LARGE

AGAIN = "make the repository anew without it"  # a history is not mended by one more commit


def problems(course: Course, folder: Path) -> Iterator[str]:
    """Every leak in the files of `folder` and the history of every repository in it: `path:line: fact; what to do`.

    `course` is the authors': it knows what is hidden.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        yield f"{folder}: no such folder; name the release"
    hidden = Hidden.of(course)
    yield from hidden.stale
    if not hidden.index:
        yield f"{course.root}: no solutions and no graders to compare with; run this in the authors' course"
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder.parent).as_posix()
        if ".git" in path.relative_to(folder).parts:
            if path.name == ".git":
                yield from _history(hidden, path, place)
            continue
        yield from _told(place, [*named(path.name), *_in_file(hidden, path)])
    if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
        yield from _history(hidden, folder, folder.name)


def _told(place: str, leaks: Iterable[Leak], way_out: str = "") -> Iterator[str]:
    """One sentence for each fact of a file, with the first line where it holds."""
    lines: dict[str, set[int]] = {}
    for line, fact in leaks:
        lines.setdefault(fact, set()).add(line)
    for fact, where in lines.items():
        more = f" (and {len(where) - 1} more)" if len(where) > 1 else ""
        published = f", or publish it in solutions/NN_slug/{PUBLISHED}" if fact.startswith("a line of") else ""
        yield f"{place}:{min(where)}: {fact}{more}; {way_out or f'take it out{published}'}"


def _in_file(hidden: Hidden, path: Path, tab: bytes = b"\t") -> Iterator[Leak]:
    try:
        if path.is_symlink():
            yield from hidden.leaks(os.fsencode(os.readlink(path)))
        elif path.is_file() and path.stat().st_size > LIMIT:
            yield 1, TOO_LARGE
        elif path.is_file():
            yield from hidden.leaks(path.read_bytes().replace(b"\t", tab))
    except OSError as error:
        yield 1, f"cannot be read ({error.strerror})"


def _history(hidden: Hidden, folder: Path, place: str) -> Iterator[str]:
    """What the objects of the repository `folder` (its .git) have, and its refs, reflogs and other texts."""
    git = ["git", f"--git-dir={folder}", "-c", "safe.directory=*"]
    history = History()
    try:
        common = Path(ask(git, "rev-parse", "--git-common-dir").strip())
        history.read(git, hidden)
    except OSError as error:
        yield f"{place}: git cannot read it ({error}); repair the repository, or install git"
        return
    told: set[tuple[str, str]] = set()
    for id, label, path in history.places():
        leaks = [*named(PurePosixPath(path).name), *history.leaks.pop(id, [])]
        new = [(line, fact) for line, fact in leaks if label.startswith("object") or (path, fact) not in told]
        told |= {(path, fact) for _, fact in leaks}
        yield from _told(f"{label} {path}", new, AGAIN)
    for home in sorted({folder, common.resolve()}):
        for file in sorted(home.rglob("*")):
            name = file.relative_to(home).as_posix()
            if not name.startswith("objects/"):
                in_it = _in_file(hidden, file, tab=b"\r")  # in a reflog a tab comes before the message
                yield from _told(f"{place}/{name}", [*hidden.leaks(name.encode()), *in_it], AGAIN)
