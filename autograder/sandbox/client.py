"""The grader's side of the boundary: asks workers, and keeps the clock. `launcher` gets them from the zygote.

Whatever a worker says is data: it is decoded against its type, compared with what was asked, counted and timed here.
Every way in which a worker can fail ends in a `Failure`, never in an exception of the grader's own.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, TypeVar

import msgspec

from autograder import frames, wire
from autograder.result import Limits

Kind = Literal["timeout", "memory", "crashed", "exit", "protocol", "callbacks", "too-large"]
NAMES = {int(number): number.name for number in signal.Signals}
HELLO_SECONDS = 10.0

R = TypeVar("R", wire.Reply, wire.Loaded)
CallbackHandler = Callable[[wire.Callback], wire.Answer]


class SandboxUnavailable(Exception):
    """Student code cannot be held here; the text says what is missing and what to do."""


class Failure(Exception):
    """A worker did not answer a request. `kind` says how it ended; it is the submission's doing, and it is over."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind: Kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Death:
    """How a worker ended: its wait status and peak memory in MiB."""

    status: int
    peak_mb: float


@dataclass
class Fork:
    """A forked process as the zygote hands it over: the channel to it, its pid, and a descriptor that means it."""

    channel: socket.socket
    pid: int = 0
    pidfd: int = -1

    def discard(self) -> None:
        self.channel.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)


class Host(Protocol):
    """What a worker asks of the zygote that it came from."""

    limits: Limits

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers around the zygote itself; a worker's own come on top."""

    def forget(self, pid: int) -> None:
        """Nobody waits for this killed worker."""

    def reap(self, pid: int) -> Death:
        """Wait for the end of a killed worker."""


class Worker:
    """One locked-down process. Any Failure ends it; close it, or use it as a context manager."""

    def __init__(self, zygote: Host, fork: Fork) -> None:
        self._zygote = zygote
        self._fork = fork
        self._channel = fork.channel
        self._channel.setblocking(False)
        self._open = True
        self._received = 0
        try:
            hello = self.receive(time.monotonic() + HELLO_SECONDS)
        except Failure as failed:
            raise SandboxUnavailable(f"a worker did not start ({failed}); grade again") from None
        if not isinstance(hello, wire.Hello) or hello.problem:
            self.close()
            problem = hello.problem if isinstance(hello, wire.Hello) else None
            raise SandboxUnavailable(problem or "a worker did not say hello; grade again")
        self.layers = (*zygote.layers, *hello.layers)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Kill the worker. Idempotent."""
        if self._kill():
            self._zygote.forget(self._fork.pid)

    def end(self) -> Death | None:
        """Kill the worker, wait for its end, and say how it ended; None if it was closed before."""
        return self._zygote.reap(self._fork.pid) if self._kill() else None

    def _kill(self) -> bool:
        if not self._open:
            return False
        self._open = False
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._fork.pidfd, signal.SIGKILL)
        self._fork.discard()
        return True

    def receive(self, deadline: float) -> wire.Response:
        """One response. Raises Failure; the worker is then dead."""
        fd = self._channel.fileno()
        try:
            frame = frames.receive(fd, self._zygote.limits.frame_mb << 20, deadline)
            self._received += len(frame)
            response: wire.Response = wire.responses.decode(frame)
            return response
        except frames.Late:
            self.close()
            raise Failure("timeout") from None
        except frames.Closed:
            raise self._ended() from None
        except frames.TooLarge:
            self.close()
            raise Failure("too-large", str(self._zygote.limits.frame_mb)) from None
        except (wire.WireError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            self.close()
            raise Failure("protocol", str(error)) from None

    def ask(self, request: wire.Request, expect: type[R], seconds: float, on_callback: CallbackHandler) -> R:
        """Send `request` and return its response; callbacks are answered meanwhile. Raises Failure."""
        deadline = time.monotonic() + seconds
        most = self._zygote.limits.frame_mb << 20 << 2  # in bytes; a grader may keep what its functions were asked
        calls = self._received = 0
        self._send(request, deadline)
        while True:
            response = self.receive(deadline)
            if isinstance(response, wire.Callback) and response.id == request.id:
                calls += 1
                if calls > self._zygote.limits.callbacks or self._received > most:
                    self.close()
                    raise Failure("callbacks", str(self._zygote.limits.callbacks))
                self._send(self._answered(on_callback, response), deadline)
            elif isinstance(response, expect) and response.id == request.id:
                return response
            else:
                self.close()
                raise Failure("protocol", "an answer to a question that was not asked")

    def _answered(self, on_callback: CallbackHandler, callback: wire.Callback) -> wire.Answer:
        try:
            return on_callback(callback)
        except BaseException:
            self.close()
            raise

    def _send(self, message: wire.Request | wire.Answer, deadline: float) -> None:
        try:
            frames.send(self._channel.fileno(), message, deadline)
        except frames.Late:
            self.close()
            raise Failure("timeout") from None
        except frames.Closed:
            raise self._ended() from None

    def _ended(self) -> Failure:
        """What the end of a worker that hung up by itself means."""
        poll = select.poll()
        poll.register(self._fork.pidfd, select.POLLIN)
        gone = bool(poll.poll(200))
        death = self.end()
        if not gone or death is None:
            return Failure("protocol", "the connection was closed")
        if death.status >= 0:
            return Failure("exit", str(death.status))
        return Failure("crashed", NAMES.get(-death.status, f"signal {-death.status}"))


def request_id() -> int:
    """A random number that a reply must repeat."""
    return secrets.randbits(62)
