"""Starts the zygote, has it fork workers, and reaps them. One zygote serves one grader process.

A worker is forked ahead: while one computes, the next is locked down already.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder import wire
from autograder.result import Limits
from autograder.sandbox.cgroup import Groups
from autograder.sandbox.client import HELLO_SECONDS, Death, Failure, Fork, SandboxUnavailable, Worker

START_SECONDS = 30.0
ZYGOTE_MB = 512  # what a zygote with Matplotlib needs, and room for what is being reaped
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ALONE = ("-P", "-s", "-S", "-B")  # no path of the machine, no site; the environment is made (`_environment`)
BOOTSTRAP = (
    "import sys; sys.path[:0] = sys.argv.pop(1).split(':'); from autograder.sandbox import zygote; zygote.main()"
)


class Zygote:
    """A running zygote. Close it, or use it as a context manager.

    `ahead`: it is not waited for until it is first used. Raises SandboxUnavailable once it is waited for.
    """

    def __init__(self, limits: Limits, plots: bool = False, ahead: bool = False) -> None:
        if sys.platform != "linux":
            raise SandboxUnavailable(f"there is no lock-down on {sys.platform}; grade on Linux 5.13 or newer")
        self.limits = limits
        self._spare: Fork | None = None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._scratch = tempfile.TemporaryDirectory(prefix="autograder-")
        with theirs:
            arguments = (theirs.fileno(), limits.memory_mb << 20, limits.output_kb << 10, int(plots))
            self._process = subprocess.Popen(
                [sys.executable, *ALONE, "-c", BOOTSTRAP, ":".join(_import_paths()), *map(str, arguments)],
                pass_fds=[theirs.fileno()],
                env=_environment(self._scratch.name),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        self._groups = Groups(self._process.pid, (2 * limits.memory_mb + ZYGOTE_MB) << 20)
        self._control = ours
        self._ready = False
        if not ahead:
            self._await_ready()

    def _await_ready(self) -> None:
        self._ready = True
        self._control.settimeout(START_SECONDS)
        try:
            answer = self._control.recv(4096)
        except TimeoutError:
            answer = b""
        self._scratch.cleanup()
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
    def alive(self) -> bool:
        return self._process.poll() is None

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
        if not self._ready:
            self._process.kill()  # nobody will use it
        if self._process.stderr:
            self._process.stderr.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._groups.remove()
        self._scratch.cleanup()

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
        if not self._ready:
            self._await_ready()
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


def _environment(scratch: str) -> dict[str, str]:
    """What the zygote's environment is made of; nothing is inherited. `scratch` is gone before the first worker."""
    matplotlib = {"MPLCONFIGDIR": scratch, "MPL_IGNORE_SYSTEM_FONTS": "1"}
    return {"LC_ALL": "C.UTF-8", "HOME": "/", "PYTHONHASHSEED": "0", **matplotlib, **dict.fromkeys(THREADS, "1")}


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
