"""`.release.json` in the student repository: which files the last release wrote, and their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

import msgspec

from autograder.release.listing import ReleaseError

NAME = ".release.json"


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Path -> SHA-256, in hex."""

    schema: Literal["autograder/release/1"]
    files: dict[str, str]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def of(files: Mapping[str, bytes]) -> bytes:
    """The record of a release of these files; a line per file, so that a diff of it can be read."""
    made = Record("autograder/release/1", {path: digest(files[path]) for path in sorted(files)})
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def read(data: bytes) -> dict[str, str]:
    """Raises ReleaseError."""
    try:
        return msgspec.json.decode(data, type=Record).files
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ReleaseError(
            f"{NAME}: not what a release wrote ({error}); restore the file from the repository's history"
        ) from None
