"""Attempts on the lock-down, each harmless where it succeeds: what the self-test requires to be refused.

Run in a locked child that runs no student code. Some attempts have arguments that the kernel finds invalid if it comes
to look at them: then they were not refused.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from functools import partial

from autograder.sandbox import landlock
from autograder.sandbox.kernel import Kernel, this_kernel

Attempts = dict[str, Callable[[], object]]

_REFUSALS = (errno.EPERM, errno.EACCES)


def probe() -> dict[str, str]:
    """Try everything in a locked child: {attempt: "refused EPERM" | "refused EACCES" | "ALLOWED" | "ALLOWED E..."}.

    "ALLOWED E..." names the error of an attempt that came through to the kernel and failed there.
    """
    kernel = this_kernel()
    return _outcomes(_on_files() | _on_network() | _on_processes(kernel) | _on_memory(kernel) | _on_the_kernel(kernel))


def probe_landlock() -> dict[str, str]:
    """Try, while seccomp does not hide it, what Landlock refuses by itself; for the `between` of lock_down."""
    abi = landlock.version(this_kernel())
    attempts = _on_files()
    del attempts["look at a file"]  # Landlock does not hide that a file exists
    if abi >= 4:
        attempts["connect over TCP"] = _connect
    if abi >= 6:
        attempts["signal the parent"] = _signal_parent
    return _outcomes(attempts)


def _outcomes(attempts: Attempts) -> dict[str, str]:
    return {name: _outcome(attempt) for name, attempt in attempts.items()}


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "?")
        return f"refused {code}" if error.errno in _REFUSALS else f"ALLOWED {code}"
    return "ALLOWED"


def _on_files() -> Attempts:
    return {
        "open a file": lambda: _open("/etc/passwd", os.O_RDONLY),
        "open a file for writing": lambda: _open("/dev/null", os.O_WRONLY),
        "list a folder": lambda: os.listdir("/"),
        "look at a file": lambda: os.stat("/"),
        "open own memory": lambda: _open("/proc/self/mem", os.O_RDWR),
        "open shared memory": lambda: _open("/dev/shm", os.O_RDONLY | os.O_DIRECTORY),
    }


def _on_network() -> Attempts:
    return {
        "open a socket": lambda: socket.socket().close(),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX).close(),
        "open a socket pair": socket.socketpair,
    }


def _on_processes(kernel: Kernel) -> Attempts:
    parent = os.getppid()
    return {
        "fork": _fork,
        "start a thread": lambda: kernel.call("clone3"),  # EFAULT or EINVAL if it comes through
        "execute a program": lambda: kernel.call("execve"),  # EFAULT if it comes through
        "signal the parent": _signal_parent,
        "signal itself": lambda: os.kill(os.getpid(), 0),
        "trace the parent": lambda: kernel.call("ptrace", 17, parent),  # PTRACE_DETACH: ESRCH if it comes through
        "read the parent's memory": lambda: kernel.call("process_vm_readv", parent),
        "get a handle of the parent": lambda: os.close(kernel.call("pidfd_open", parent)),
    }


def _on_memory(kernel: Kernel) -> Attempts:
    return {
        "map executable memory": lambda: kernel.call("mmap", 0, 4096, 0b111, 0x22, -1),  # private, anonymous
        "make a memory file": lambda: os.close(os.memfd_create("probe")),
        "make shared memory": lambda: kernel.call("shmget", 0, 0, 0o600),  # EINVAL if it comes through: no size
        "handle page faults": lambda: kernel.call("userfaultfd", -1),  # EINVAL if it comes through
    }


def _on_the_kernel(kernel: Kernel) -> Attempts:
    """No setuid(0) from a set-uid program or a new user namespace, and none of the calls known for their holes."""
    attempts: Attempts = {
        "ask for or change a limit": lambda: kernel.call("prlimit64"),
        "ask about itself": lambda: kernel.call("prctl", 3),  # PR_GET_DUMPABLE
        "duplicate a descriptor": lambda: os.close(os.dup(0)),
        "use another descriptor": lambda: os.write(1000, b""),  # EBADF if it comes through
        "become root": lambda: os.setuid(0),
        "make a user namespace": lambda: kernel.call("unshare", 0x10000000),
    }
    for name in ("bpf", "io_uring_setup", "keyctl", "mount", "perf_event_open"):
        attempts[f"call {name}"] = partial(kernel.call, name)
    return attempts


def _open(path: str, flags: int) -> None:
    os.close(os.open(path, flags))


def _connect() -> None:
    with socket.socket() as client:
        client.connect(("127.0.0.1", 9))


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _signal_parent() -> None:
    os.kill(os.getppid(), 0)
