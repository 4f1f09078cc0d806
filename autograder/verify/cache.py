"""What trials showed, kept by the digests of all that it depends on: code, grader, engine, environment, submission."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TypeVar

import msgspec

from autograder import course
from autograder.course import Assignment

T = TypeVar("T")


class Cache:
    """One assignment's trials on disk."""

    def __init__(self, assignment: Assignment, fresh: bool = False) -> None:
        digests = course.digests(assignment, "")
        reference = hashlib.sha256(assignment.reference.read_bytes()).hexdigest()
        self._base = "\0".join((digests.grader, digests.engine, digests.environment, reference))
        self._path = assignment.course.root / ".autograder" / "verify" / f"{assignment.id}.msgpack"
        self._held = {} if fresh else self._read()
        self._used: dict[str, bytes] = {}

    def key(self, *parts: object) -> str:
        """The name of what `parts` lead to."""
        data = self._base.encode() + msgspec.msgpack.encode(parts)
        return hashlib.sha256(data).hexdigest()

    def get(self, key: str, type: type[T]) -> T | None:
        """What is known, or None."""
        data = self._held.get(key)
        if data is None:
            return None
        try:
            value = msgspec.msgpack.decode(data, type=type)
        except msgspec.MsgspecError:
            return None
        self._used[key] = data
        return value

    def put(self, key: str, value: object) -> None:
        """Remember a value."""
        self._used[key] = msgspec.msgpack.encode(value)

    def save(self, whole: bool) -> None:
        """Write what was used; unless that is the `whole`, also the rest. Where it cannot be written, it costs time."""
        kept = self._used if whole else self._held | self._used
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(msgspec.msgpack.encode(kept))
            os.replace(beside, self._path)

    def _read(self) -> dict[str, bytes]:
        try:
            return msgspec.msgpack.decode(self._path.read_bytes(), type=dict[str, bytes])
        except (OSError, msgspec.MsgspecError):
            return {}
