"""One module or notebook out of a commit, as data: its tree says what and how large it is before it is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from autograder.ingest.submission import (
    Submission,
    SubmissionError,
    no_module,
    not_a_file,
    of_refusal,
    too_large,
    visible,
)
from autograder.ingest.wanted import Wanted

MAX_COMMITTED = 8 << 20  # bytes of a notebook with its outputs

_MODES = {"120000": "symbolic link", "160000": "submodule", "040000": "folder", "40000": "folder"}


@dataclass(frozen=True)
class Entry:
    """One name in a folder of a commit: git's mode and object id; `size` in bytes where it is a file."""

    mode: str
    id: str
    size: int = 0

    @property
    def kind(self) -> str:
        """ "file", or a word of `submission.not_a_file`."""
        return "file" if self.mode.startswith("100") else _MODES.get(self.mode, "special file")


class Commit(Protocol):
    """The files of a commit. Links in it are entries like others and are followed nowhere."""

    def folder(self, path: str) -> dict[str, Entry]:
        """What lies in the folder at `path` ("": the root), by name; nothing where there is no such folder."""

    def read(self, file: Entry) -> bytes:
        """The bytes of a file, which are as many as its entry says."""


def read_commit(
    commit: Commit, student: str, folder: str, wanted: Wanted, names: Collection[str] | None = None
) -> Submission:
    """The submission in a folder of `commit`: its module or its notebook, or of both the one that was changed.

    `names`: which of the two are looked at. Raises what `commit` raises where objects cannot be had.
    """
    entries = commit.folder(folder)
    limits = {wanted.file: wanted.limit, wanted.notebook: MAX_COMMITTED}
    found = {
        name: _read(commit, student, visible(f"{folder}/{name}"), wanted, name, entries[name], limit)
        for name, limit in limits.items()
        if name in entries and (names is None or name in names)
    }
    if not found:
        missing = no_module(wanted.file, _some(entries))
        return of_refusal(student, visible(f"{folder}/{wanted.file}"), missing)
    return wanted.chosen(found)


def _read(commit: Commit, student: str, path: str, wanted: Wanted, name: str, entry: Entry, limit: int) -> Submission:
    try:
        if entry.kind != "file":
            raise not_a_file(name, entry.kind)
        if entry.size > limit:
            raise too_large(entry.size, limit)
    except SubmissionError as refusal:
        return of_refusal(student, path, refusal)
    return wanted.read(student, path, name, commit.read(entry))


def _some(entries: dict[str, Entry]) -> list[str]:
    return [name for name, entry in list(entries.items())[:1000] if entry.kind == "file"]
