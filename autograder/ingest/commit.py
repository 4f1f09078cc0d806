"""One module out of a commit, as data: its tree says what it is and how large, before a byte of it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from autograder.ingest.collect import MAX_SOURCE
from autograder.ingest.submission import (
    Submission,
    SubmissionError,
    no_module,
    not_a_file,
    of_bytes,
    of_refusal,
    too_large,
    visible,
)

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


def read_commit(commit: Commit, student: str, folder: str, file: str, limit: int = MAX_SOURCE) -> Submission:
    """The submission that `folder/file` of `commit` is. Raises what `commit` raises where objects cannot be had."""
    path = visible(f"{folder}/{file}")
    entries = commit.folder(folder)
    entry = entries.get(file)
    if entry is None:
        return of_refusal(student, path, no_module(file, _some(entries)))
    try:
        if entry.kind != "file":
            raise not_a_file(file, entry.kind)
        if entry.size > limit:
            raise too_large(entry.size, limit)
    except SubmissionError as refusal:
        return of_refusal(student, path, refusal)
    return of_bytes(student, path, commit.read(entry))


def _some(entries: dict[str, Entry]) -> list[str]:
    return [name for name, entry in list(entries.items())[:1000] if entry.kind == "file"]
