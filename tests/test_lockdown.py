"""A locked child can compute and talk over its channel; everything else is refused to it, one test per attempt."""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import errno
import json
import mmap
import os
import random
import re
import resource
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.sandbox import lockdown, seccomp
from autograder.sandbox.kernel import SYSCALL_NUMBERS, this_kernel

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is for Linux"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),  # fork beside BLAS threads, Python 3.12
]

np.random.default_rng()  # imports the standard library's secrets, the first time
NOBODY = 65534
MEMORY = 256 << 20
ROOT = Path(__file__).parent.parent
REFUSE = Path(__file__).with_name("refuse_syscalls.py")
take_away = runpy.run_path(str(REFUSE))["take_away"]


@dataclass(frozen=True)
class Outcome:
    """What came over the channel of a child, and how the child ended."""

    answer: Any
    status: int


@dataclass
class Sandbox:
    """Locks children down under a uid."""

    uid: int
    between: Callable[[], object] | None = None
    before: Callable[[], object] = field(default=lambda: None)

    def run(self, action: Callable[[], object], descriptors: bool = False) -> Outcome:
        """Run action in a locked child of a process of this uid. `descriptors`: hand it the channel's number."""
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            with contextlib.suppress(BaseException):
                os._exit(self._be_zygote(action, writer))
            os._exit(99)
        os.close(writer)
        with open(reader, "rb") as channel:
            answer = channel.read()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return Outcome(json.loads(answer) if answer else None, status)

    def _be_zygote(self, action: Callable[[], object], channel: int) -> int:
        if os.getuid() != self.uid:
            os.setgroups([])
            os.setresgid(self.uid, self.uid, self.uid)
            os.setresuid(self.uid, self.uid, self.uid)
        prepared = lockdown.prepare()
        zygote = os.getpid()
        pid = os.fork()
        if pid:
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            return code if code >= 0 else 128 - code
        with contextlib.suppress(BaseException):
            os.write(channel, json.dumps(self._answer(action, prepared, channel, zygote)).encode())
        os._exit(0)

    def _answer(self, action: Callable[[], object], prepared: lockdown.Prepared, channel: int, zygote: int) -> object:
        self.before()
        try:
            layers = lockdown.lock_down(
                prepared, channel_fd=channel, parent_pid=zygote, memory_bytes=MEMORY, between=self.between
            )
        except lockdown.LockdownUnavailable as error:
            return f"LockdownUnavailable: {error}"
        if action is report_layers:
            return layers
        try:
            return action()
        except OSError as error:
            return errno.errorcode[error.errno or 0]
        except BaseException as error:
            return type(error).__name__


def report_layers() -> None:
    """Stands for: answer with the layers that hold."""


@pytest.fixture(params=["root", "nobody"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """A sandbox started by root and one started by an ordinary user."""
    if os.getuid() == 0:
        return Sandbox(0 if request.param == "root" else NOBODY)
    if request.param == "root":
        pytest.skip("not root")
    return Sandbox(os.getuid())


# What is refused ----------------------------------------------------------------------------------------------------

CLONE_NEWUSER, PTRACE_TRACEME = 0x10000000, 0
ATTEMPTS: dict[str, Callable[[], object]] = {
    "open": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "open for writing": lambda: os.open("/tmp/new", os.O_WRONLY | os.O_CREAT),
    "open own memory": lambda: os.open("/proc/self/mem", os.O_RDWR),
    "open own environment": lambda: os.open("/proc/self/environ", os.O_RDONLY),
    "list": lambda: os.listdir("/"),
    "stat": lambda: os.stat("/etc/passwd"),
    "remove": lambda: os.unlink("/proc/none"),
    "ask for the folder": os.getcwd,
    "change the folder": lambda: os.chdir("/"),
    "socket": socket.socket,
    "local socket": lambda: socket.socket(socket.AF_UNIX),
    "socket pair": socket.socketpair,
    "pipe": os.pipe,
    "duplicate": lambda: os.dup(1),
    "duplicate onto": lambda: os.dup2(0, 1),
    "close": lambda: os.close(0),
    "use another descriptor": lambda: os.write(77, b"x"),
    "fork": os.fork,
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "execute": lambda: os.execv("/bin/true", ["true"]),
    "kill the parent": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "signal everybody": lambda: os.kill(-1, 0),
    "stop itself": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "set an alarm": lambda: signal.setitimer(signal.ITIMER_REAL, 1),
    "another session": os.setsid,
    "become root": lambda: os.setuid(0),
    "more priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -10),
    "executable memory": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "memory file": lambda: os.memfd_create("x"),
    "trace": lambda: this_kernel().call("ptrace", PTRACE_TRACEME),
    "read another's memory": lambda: this_kernel().call("process_vm_readv", os.getppid()),
    "user namespace": lambda: this_kernel().call("unshare", CLONE_NEWUSER),
    "set dumpable": lambda: this_kernel().call("prctl", 4, 1),
    "no death with the parent": lambda: this_kernel().call("prctl", 1, 0),
    "make memory executable": lambda: this_kernel().call("mprotect", 0, 0, mmap.PROT_EXEC),
    "requeue a futex": lambda: this_kernel().call("futex", 0, 3),
    "raw clone": lambda: this_kernel().call("clone", 0x800),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_refuses_to(attempt: str, sandbox: Sandbox) -> None:
    assert sandbox.run(ATTEMPTS[attempt]) == Outcome("EPERM", 0)


def test_refuses_a_thread(sandbox: Sandbox) -> None:
    def start() -> None:
        _thread.start_new_thread(time.sleep, (0,))

    assert sandbox.run(start).answer == "RuntimeError"


@pytest.mark.parametrize("limit", ["RLIMIT_AS", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"])
def test_refuses_to_raise_a_limit(limit: str, sandbox: Sandbox) -> None:
    number = getattr(resource, limit)
    assert sandbox.run(lambda: resource.setrlimit(number, (1 << 40, 1 << 40))).answer == "ValueError"


def test_a_descriptor_of_the_zygote_is_gone(sandbox: Sandbox, tmp_path: Path) -> None:
    """Seen before seccomp refuses to use it: it is closed, not merely refused."""
    seen: dict[str, object] = {}
    secret = os.open(tmp_path / "secret", os.O_RDWR | os.O_CREAT)

    def look() -> None:
        try:
            seen["fstat"] = str(os.fstat(secret))
        except OSError as error:
            seen["fstat"] = error.errno

    sandbox.between = look
    try:
        assert sandbox.run(lambda: seen).answer == {"fstat": 9}
    finally:
        os.close(secret)


def test_only_the_channel_and_null_are_open(sandbox: Sandbox) -> None:
    """The three standard descriptors are /dev/null: reading ends at once, writing goes nowhere."""
    assert sandbox.run(lambda: [os.read(0, 10).decode(), os.write(1, b"lost"), os.write(2, b"lost")]).answer == [
        "",
        4,
        4,
    ]


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is of x86-64")
def test_an_x32_call_kills(sandbox: Sandbox) -> None:
    x32_getpid = 0x40000000 | 39
    assert sandbox.run(lambda: this_kernel().libc.syscall(x32_getpid, *[0] * 6)) == Outcome(None, 128 + signal.SIGSYS)


def test_an_abort_still_ends_the_child(sandbox: Sandbox) -> None:
    assert sandbox.run(os.abort).status > 128


# What goes on working -----------------------------------------------------------------------------------------------


def recurse(depth: int = 0) -> int:
    return recurse(depth + 1)


def survive_a_signal_handler() -> int:
    previous = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, previous)
    return 1


def print_to_nobody() -> None:
    with open(1, "w", closefd=False) as standard_output:  # sys.stdout is pytest's
        print("lost", file=standard_output)


def wait_for_a_lock() -> bool:
    lock = _thread.allocate_lock()
    lock.acquire()
    return lock.acquire(timeout=0.01)


def sleep() -> bool:
    start = time.perf_counter()
    time.sleep(0.02)
    return time.perf_counter() - start >= 0.02


WORK: dict[str, tuple[Callable[[], object], object]] = {
    "a hundred megabytes": (lambda: int(np.ones(100 << 17).sum()), 100 << 17),
    "an array that grows": (lambda: len(bytearray(1 << 20) * 64), 64 << 20),
    "many small objects": (lambda: len([str(n) for n in range(200_000)]), 200_000),
    "an array beyond the limit": (lambda: np.ones(1 << 28).size, "MemoryError"),
    "bytes beyond the limit": (lambda: len(bytearray(1 << 30)), "MemoryError"),
    "too deep a recursion": (recurse, "RecursionError"),
    "sleep": (sleep, True),
    "a lock": (wait_for_a_lock, False),
    "random numbers": (lambda: 0 <= random.SystemRandom().random() < 1 and 0 <= random.random() < 1, True),
    "a NumPy generator": (lambda: np.random.default_rng().normal(size=5).shape, [5]),
    "a large integer": (lambda: len(str(3**5000)), 2386),
    "print": (print_to_nobody, None),
    "a signal handler": (survive_a_signal_handler, 1),
    "sort": (lambda: int(np.sort(np.arange(1_000_000)[::-1])[0]), 0),
    "compile": (lambda: eval("sum(i * i for i in range(10))"), 285),
    "the number of CPUs": (lambda: len(os.sched_getaffinity(0)) > 0, True),
    "an import that is not there": (lambda: __import__("no_such_module"), "ModuleNotFoundError"),
    "a floating-point error": (lambda: float(np.float64(1) / 3 * 3), 1.0),
    "exit": (lambda: sys.exit(3), "SystemExit"),
}


@pytest.mark.parametrize("work", WORK)
def test_survives(work: str, sandbox: Sandbox) -> None:
    action, expected = WORK[work]
    sandbox.before = lambda: sys.path.__setitem__(slice(None), [path for path in sys.path if path])
    assert sandbox.run(action) == Outcome(expected, 0)


MATMUL = """
import os
import numpy as np, numpy.fft, numpy.linalg
from autograder.sandbox import lockdown
prepared, zygote, (reader, writer) = lockdown.prepare(), os.getpid(), os.pipe()
if os.fork() == 0:
    lockdown.lock_down(prepared, channel_fd=writer, parent_pid=zygote, memory_bytes=1 << 28)
    a = np.arange(90_000.0).reshape(300, 300) % 7
    b = a + 99 * np.eye(300)
    same = [(a @ a == (a.astype(int) @ a.astype(int))).all()]
    same += [np.allclose(np.linalg.solve(b, a), np.linalg.inv(b) @ a), np.allclose(np.fft.ifft(np.fft.fft(a)), a)]
    os.write(writer, b"same" if all(same) else b"different")
    os._exit(0)
os.close(writer)
print(os.read(reader, 100).decode())
"""


def test_survives_linear_algebra() -> None:
    """In an interpreter of its own, because BLAS must have been told to start no thread."""
    environment = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", MATMUL]
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == "same\n"


# The layers ---------------------------------------------------------------------------------------------------------


def test_names_the_layers_that_hold(sandbox: Sandbox) -> None:
    layers = sandbox.run(report_layers).answer
    assert ("own-uid" in layers) == (sandbox.uid == 0)
    assert [re.sub(r"\d+$", "", layer) for layer in layers if layer != "own-uid"] == [
        "descriptors", "session", "rlimits", "no-capabilities", "parent-death-signal", "not-dumpable",
        "no-new-privileges", "landlock-abi", "no-new-descriptors", "seccomp",
    ]  # fmt: skip


def test_every_probe_is_refused(sandbox: Sandbox) -> None:
    probes = sandbox.run(lockdown.probe).answer
    assert len(probes) > 25
    assert set(probes.values()) == {"refused EPERM"}


def test_landlock_refuses_without_seccomp(sandbox: Sandbox) -> None:
    seen: dict[str, str] = {}
    sandbox.between = lambda: seen.update(lockdown.probe_landlock())
    probes = sandbox.run(lambda: seen).answer
    assert probes["open a file"] == probes["list a folder"] == "refused EACCES"
    assert all(outcome.startswith("refused") for outcome in probes.values())


def test_probes_see_what_is_allowed() -> None:
    """Without lock-down, in a child: a probe that calls everything refused would prove nothing."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        with contextlib.suppress(BaseException):
            os.write(writer, json.dumps(lockdown.probe()).encode())
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as channel:
        probes = json.load(channel)
    os.wait()
    allowed = {name for name, outcome in probes.items() if outcome.startswith("ALLOWED")}
    assert allowed >= {"open a file", "list a folder", "look at a file", "open a socket", "fork", "start a thread"}
    assert allowed >= {"execute a program", "signal itself", "use another descriptor", "map executable memory"}


def test_root_becomes_somebody_without_capabilities_or_groups() -> None:
    if os.getuid() != 0:
        pytest.skip("not root")
    seen: list[Any] = []

    def look() -> None:
        seen.extend([os.getresuid(), os.getresgid(), os.getgroups(), this_kernel().libc.capget(header, capabilities)])

    header, capabilities = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[7] * 6)
    uids, gids, groups, result, held = Sandbox(0, between=look).run(lambda: [*seen, list(capabilities)]).answer
    assert len({*uids, *gids}) == 1
    assert 61184 <= uids[0] <= 65519
    assert (groups, result, held) == ([], 0, [0] * 6)


def test_a_given_uid_is_taken() -> None:
    if os.getuid() != 0:
        pytest.skip("not root")
    prepared, zygote, (reader, writer) = lockdown.prepare(), os.getpid(), os.pipe()
    if os.fork() == 0:
        with contextlib.suppress(BaseException):
            lockdown.lock_down(prepared, channel_fd=writer, parent_pid=zygote, memory_bytes=MEMORY, file_uid=60_000)
            os.write(writer, str(os.getuid()).encode())
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as channel:
        assert channel.read() == b"60000"
    os.wait()


def test_a_channel_among_the_standard_descriptors_is_an_error() -> None:
    with pytest.raises(ValueError, match="use a higher one"):
        lockdown.lock_down(lockdown.prepare(), channel_fd=2, parent_pid=0, memory_bytes=0)


def test_namespaces_never_fail() -> None:
    reader, writer = os.pipe()
    if os.fork() == 0:
        with contextlib.suppress(BaseException):
            os.write(writer, json.dumps(lockdown.namespaces()).encode())
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as channel:
        names = json.load(channel)
    os.wait()
    assert names in ([], ["netns", "ipcns", "utsns"], ["userns", "netns", "ipcns", "utsns"])


# The parent ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def orphan(sandbox: Sandbox) -> Iterator[tuple[int, int]]:
    """A zygote with a locked, sleeping child: the zygote's pid, and the reading end of the child's channel."""
    reader, writer = os.pipe()

    def sleep_long() -> None:
        os.write(writer, b"ready")
        time.sleep(60)

    zygote = os.fork()
    if zygote == 0:
        with contextlib.suppress(BaseException):
            sandbox._be_zygote(sleep_long, writer)
        os._exit(0)
    os.close(writer)
    yield zygote, reader
    os.close(reader)


def test_the_child_dies_with_its_parent(orphan: tuple[int, int]) -> None:
    zygote, reader = orphan
    assert os.read(reader, 5) == b"ready"
    os.kill(zygote, signal.SIGKILL)
    os.waitpid(zygote, 0)
    assert select.select([reader], [], [], 10)[0], "the child lives on"
    assert os.read(reader, 1) == b""


def test_a_child_whose_parent_died_before_exits_at_once() -> None:
    prepared = lockdown.prepare()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            lockdown.lock_down(prepared, channel_fd=9, parent_pid=os.getpid(), memory_bytes=MEMORY)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


# Machines that have less --------------------------------------------------------------------------------------------

PREPARE = "from autograder.sandbox import lockdown; lockdown.prepare()"


@pytest.mark.parametrize(
    ("feature", "message"),
    [
        ("landlock", "Landlock is not available (Function not implemented); grade on Linux 5.13 or newer"),
        ("seccomp", "seccomp is not available (Invalid argument); grade where the kernel has"),
    ],
)
def test_a_machine_without_it_is_told_so(feature: str, message: str) -> None:
    command = [sys.executable, str(REFUSE), feature, "--", sys.executable, "-c", PREPARE]
    environment = {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert f"LockdownUnavailable: {message}" in result.stderr


def test_a_layer_that_fails_in_the_child_is_reported_over_the_channel(sandbox: Sandbox) -> None:
    sandbox.before = lambda: take_away("seccomp")
    answer = sandbox.run(report_layers).answer
    assert answer.startswith("LockdownUnavailable: seccomp cannot be put on")


def test_refuse_syscalls_explains_its_usage() -> None:
    result = subprocess.run([sys.executable, REFUSE, "landlock"], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "usage:" in result.stderr


# The tables ---------------------------------------------------------------------------------------------------------


def header_numbers(path: str) -> dict[str, int]:
    if not Path(path).exists():
        pytest.skip(f"no {path}: install the kernel's user-space headers")
    defines = re.findall(r"^#define __NR(?:3264)?_(\w+) (\d+)$", Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    return {name: int(number) for name, number in defines}


@pytest.mark.parametrize(
    ("column", "path"),
    [(0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), (1, "/usr/include/asm-generic/unistd.h")],
    ids=["x86_64", "aarch64"],
)
def test_the_numbers_are_those_of_the_kernel_headers(column: int, path: str) -> None:
    known = header_numbers(path)
    assert {name: row[column] for name, row in SYSCALL_NUMBERS.items()} == {n: known.get(n) for n in SYSCALL_NUMBERS}


def test_the_allow_list_holds_only_known_names() -> None:
    assert set(seccomp.ALLOWED) <= set(SYSCALL_NUMBERS)
    assert {name for name in seccomp.ALLOWED if None in SYSCALL_NUMBERS[name]} == {"poll"}


def decide(program: bytes, arch: int, number: int, arguments: tuple[int, ...] = ()) -> str:
    """Run a BPF program on one system call, as the kernel would."""
    data = struct.pack("<IIQ6Q", number, arch, 0, *arguments, *[0] * (6 - len(arguments)))
    at = accumulator = 0
    while True:
        code, if_true, if_false, value = struct.unpack_from("<HBBI", program, at * 8)
        at += 1
        if code == 0x20:
            accumulator = struct.unpack_from("<I", data, value)[0]
        elif code == 0x54:
            accumulator &= value
        elif code == 0x06:
            return {0x7FFF0000: "allow", 0x00050001: "refuse", 0x80000000: "kill"}[value]
        else:
            at += if_true if {0x15: accumulator == value, 0x35: accumulator >= value}[code] else if_false


@pytest.mark.parametrize(("column", "arch"), [(0, 0xC000003E), (1, 0xC00000B7)], ids=["x86_64", "aarch64"])
def test_the_filter_allows_exactly_the_list(column: int, arch: int) -> None:
    numbers = {name: number for name, row in SYSCALL_NUMBERS.items() if (number := row[column]) is not None}
    program = seccomp.assemble(arch, numbers)
    allowed = {number for number in range(600) if decide(program, arch, number) == "allow"}
    assert allowed == {numbers[name] for name in seccomp.ALLOWED if name in numbers}
    assert decide(program, arch ^ 1, numbers["getpid"]) == "kill"
    assert decide(program, arch, numbers["getpid"] | 0x40000000) == "kill"
    assert decide(program, arch, numbers["write"], (3,)) == "refuse"
    assert decide(program, arch, numbers["mmap"], (0, 4096, 4)) == "refuse"
    assert decide(program, arch, numbers["mprotect"], (0, 4096, 3)) == "allow"
    assert decide(program, arch, numbers["futex"], (0, 128 | 1)) == "allow"
    assert decide(program, arch, numbers["futex"], (0, 128 | 3)) == "refuse"
