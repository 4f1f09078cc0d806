"""What a release changes in a tree in which others have worked, decided on names and digests alone.

A student's module that was changed and files that no release wrote are left alone; all else of ours becomes as it is
in the course, whoever changed it; what an earlier release wrote and this one does not is removed.

The record of the last release lies in a tree that others write to, so it may be forged: it takes away no file that
is not as it says, and none at a place where no release writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from autograder.release.listing import is_module, may_write
from autograder.release.record import NAME as RECORD


class Entry(NamedTuple):
    """What a tree has at a path: git's mode, and the id of the object."""

    mode: str
    id: str


FILE = "100644"
Digest = Callable[[Entry], str]


@dataclass
class Update:
    """The new tree, and what there is to tell of it. `left`: files that no release wrote."""

    entries: dict[str, Entry]
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)  # somebody had changed these, or put something in their place
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # ours, but others have changed them
    left: list[str] = field(default_factory=list)


def plan(old: Mapping[str, Entry], was: Mapping[str, str], new: Mapping[str, str], digest: Digest) -> Update:
    """From a tree `old`, of which the last release wrote `was` (path -> digest), to a release `new` (path -> id)."""
    made = Update(dict(old))

    def is_students(path: str) -> bool:
        return is_module(path) and was.get(path) != digest(old[path])

    for path in sorted(was.keys() & old.keys() - new.keys()):
        if not may_write(path):
            continue
        if was[path] != digest(old[path]):
            made.kept.append(path)
        else:
            made.removed.append(path)
            del made.entries[path]
    for path, id in sorted(new.items()):
        _make_room(made, path)
        entry = Entry(FILE, id)
        if path not in made.entries:
            made.added.append(path)
        elif made.entries[path] == entry:
            continue
        elif made.entries[path].id != id and is_students(path):
            made.kept.append(path)
            continue
        elif path == RECORD or (path in was and was[path] == digest(old[path])):
            made.changed.append(path)
        else:
            made.replaced.append(path)
        made.entries[path] = entry
    made.left = sorted(made.entries.keys() - new.keys() - set(made.kept))
    return made


def _make_room(made: Update, path: str) -> None:
    """Where `path` needs a folder no file or link stays, and where it needs a file no folder."""
    above = {str(parent) for parent in PurePosixPath(path).parents}
    for other in [other for other in made.entries if other in above or other.startswith(f"{path}/")]:
        made.replaced.append(other)
        del made.entries[other]
