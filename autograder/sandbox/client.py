"""The grader's side of the boundary: starts the zygote, forks workers, asks them, and keeps the clock.

Whatever a worker says is data: it is decoded against its type, compared with what was asked, counted and timed here.
Every way in which a worker can fail ends in a `Failure`, never in an exception of the grader's own.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeVar

import msgspec

from autograder import wire
from autograder.result import Limits
from autograder.sandbox.cgroup import Groups

Kind = Literal["timeout", "memory", "crashed", "exit", "protocol", "callbacks", "too-large"]
NAMES = {int(number): number.name for number in signal.Signals}
START_SECONDS = 30.0
HELLO_SECONDS = 10.0
ZYGOTE_MB = 512  # what a zygote with Matplotlib needs, and room for what is being reaped
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
BOOTSTRAP = (
    "import sys; sys.path[:0] = sys.argv.pop(1).split(':'); from autograder.sandbox import zygote; zygote.main()"
)

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


class Zygote:
    """A running zygote. Close it, or use it as a context manager."""

    def __init__(self, limits: Limits, plots: bool = False) -> None:
        if sys.platform != "linux":
            raise SandboxUnavailable(f"there is no lock-down on {sys.platform}; grade on Linux 5.13 or newer")
        self.limits = limits
        self._spare: Fork | None = None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, tempfile.TemporaryDirectory(prefix="autograder-") as scratch:
            arguments = (theirs.fileno(), limits.memory_mb << 20, limits.output_kb << 10, int(plots))
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", BOOTSTRAP, ":".join(_import_paths()), *map(str, arguments)],
                pass_fds=[theirs.fileno()],
                env=_environment(scratch),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            theirs.close()
            self._groups = Groups(self._process.pid, (2 * limits.memory_mb + ZYGOTE_MB) << 20)
            self._control = ours
            self._control.settimeout(START_SECONDS)
            self._await_ready()

    def _await_ready(self) -> None:
        try:
            answer = self._control.recv(4096)
        except TimeoutError:
            answer = b""
        if answer != b"+":
            self._process.kill()
            errors = self._process.stderr.read().decode(errors="replace") if self._process.stderr else ""
            self.close()
            reason = answer[1:].decode(errors="replace") or f"the sandbox did not start: {errors.strip()[-500:]}"
            raise SandboxUnavailable(reason)
        self._control.settimeout(HELLO_SECONDS)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers around the zygote itself; a worker's own come on top."""
        return self._groups.layers

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the zygote, and with it every worker. Idempotent."""
        if self._spare is not None:
            self._spare.discard()
            self._spare = None
        self._control.close()
        if self._process.stderr:
            self._process.stderr.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._groups.remove()

    def fork(self) -> Worker:
        """A locked-down worker that has not seen any code yet. Raises SandboxUnavailable.

        The next one is forked while this one works.
        """
        fork = self._spare or self._request(b"f")
        self._spare = None
        self._answered(fork)
        try:
            self._spare = self._request(b"f")
        except SandboxUnavailable:
            fork.discard()
            raise
        return Worker(self, fork)

    def probe(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """The layers of a worker, and what a worker that only tries forbidden things was refused."""
        if self._spare is not None:
            self._answered(self._spare)
        with Worker(self, self._answered(self._request(b"p"))) as worker:
            try:
                response = worker.receive(time.monotonic() + HELLO_SECONDS)
            except Failure as failed:
                raise SandboxUnavailable(f"the sandbox's self-test broke off ({failed}); run it again") from None
            if not isinstance(response, wire.Probed):
                raise SandboxUnavailable("the sandbox's self-test gave no answer; run it again")
            return worker.layers, response.attempts

    def _request(self, kind: bytes) -> Fork:
        """Ask for a fork; it is there once it is `_answered`."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [kind], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise SandboxUnavailable(f"the zygote is gone ({error}); grade again") from error
        return Fork(ours)

    def _answered(self, fork: Fork) -> Fork:
        """Wait for the zygote's answer to a request, if it was not read yet. Answers come in the order of requests."""
        if fork.pidfd < 0:
            try:
                message, (fork.pidfd,), _, _ = socket.recv_fds(self._control, 8, 1)
            except (OSError, ValueError) as error:
                fork.channel.close()
                raise SandboxUnavailable(f"the zygote is gone ({error}); grade again") from error
            (fork.pid,) = struct.unpack(">q", message)
        return fork

    def forget(self, pid: int) -> None:
        """Let the zygote reap a killed worker when it next wakes up."""
        with contextlib.suppress(OSError):
            self._control.sendall(b"x" + struct.pack(">q", pid))

    def reap(self, pid: int) -> Death:
        """Wait for the end of a killed worker. Raises SandboxUnavailable."""
        if self._spare is not None:
            self._answered(self._spare)
        try:
            self._control.sendall(b"w" + struct.pack(">q", pid))
            status, peak_kb = struct.unpack(">qq", self._control.recv(16))
        except (OSError, struct.error) as error:
            raise SandboxUnavailable(f"the zygote is gone ({error}); grade again") from error
        return Death(os.waitstatus_to_exitcode(status), peak_kb / 1024)


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


class Worker:
    """One locked-down process. Any Failure ends it; close it, or use it as a context manager."""

    def __init__(self, zygote: Zygote, fork: Fork) -> None:
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
            frame = wire.receive(fd, self._zygote.limits.frame_mb << 20, deadline)
            self._received += len(frame)
            response: wire.Response = wire.responses.decode(frame)
            return response
        except wire.Late:
            self.close()
            raise Failure("timeout") from None
        except wire.Closed:
            raise self._ended() from None
        except wire.TooLarge:
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
            wire.send(self._channel.fileno(), message, deadline)
        except wire.Late:
            self.close()
            raise Failure("timeout") from None
        except wire.Closed:
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


def _environment(scratch: str) -> dict[str, str]:
    """What the zygote's environment is made of; nothing is inherited. `scratch` is gone before the first worker."""
    matplotlib = {"MPLCONFIGDIR": scratch, "MPL_IGNORE_SYSTEM_FONTS": "1"}
    return {"LC_ALL": "C.UTF-8", "HOME": "/", **matplotlib, **dict.fromkeys(THREADS, "1")}


def _import_paths() -> list[str]:
    """Where this package, NumPy and msgspec (and Matplotlib with its own imports) are imported from."""
    paths = [str(Path(__file__).parents[2])]
    for name in ("numpy", "msgspec", "matplotlib", "dateutil", "PIL"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            path = str(Path(spec.origin).parents[1])
            if path not in paths:
                paths.append(path)
    return paths
