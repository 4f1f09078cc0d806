"""Frames: how messages travel over a descriptor, with a cap on their length and a deadline on their time.

frame    4 bytes big-endian length, then one message of `wire`
"""

from __future__ import annotations

import math
import os
import select
import struct
import time

import msgspec

from autograder.wire import WireError, encoder


class TooLarge(WireError):
    """A frame is longer than what was agreed on."""


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The deadline passed."""


def send(fd: int, message: msgspec.Struct, deadline: float | None = None) -> None:
    """Write one frame. Raises Closed, or Late when `deadline` (time.monotonic) passes on a non-blocking descriptor."""
    payload = encoder.encode(message)
    view = memoryview(struct.pack(">I", len(payload)) + payload)
    while view:
        try:
            view = view[os.write(fd, view) :]
        except BlockingIOError:
            _wait(fd, select.POLLOUT, deadline)
        except (BrokenPipeError, ConnectionResetError):
            raise Closed from None


def receive(fd: int, cap: int, deadline: float | None = None) -> bytes:
    """Read one frame of at most `cap` bytes. Raises Closed, Late, WireError."""
    if deadline is not None and time.monotonic() >= deadline:
        raise Late  # also where the other side keeps the descriptor always ready
    (length,) = struct.unpack(">I", _read(fd, 4, deadline))
    if length > cap:
        raise TooLarge(f"a frame of {length} bytes; at most {cap} are allowed")
    return _read(fd, length, deadline)


def _read(fd: int, count: int, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    while count:
        try:
            part = os.read(fd, min(count, 1 << 20))
        except BlockingIOError:
            _wait(fd, select.POLLIN, deadline)
            continue
        except ConnectionResetError:
            raise Closed from None
        if not part:
            raise Closed
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _wait(fd: int, event: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(fd, event)
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and (left <= 0 or not poll.poll(math.ceil(left * 1000))):
        raise Late
    if left is None:
        poll.poll()
