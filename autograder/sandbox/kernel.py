"""System calls by number, for x86-64 and aarch64: what glibc has no wrapper for, and what the seccomp filter names."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from functools import cache

SYSCALL_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    # name: (x86-64, aarch64) as in asm/unistd_64.h and asm-generic/unistd.h; None: the architecture has no such call
    "bpf": (321, 280),
    "brk": (12, 214),
    "capset": (126, 91),
    "clock_getres": (229, 114),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "clone": (56, 220),
    "clone3": (435, 435),
    "close_range": (436, 436),
    "execve": (59, 221),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "futex": (202, 98),
    "getegid": (108, 177),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "gettid": (186, 178),
    "gettimeofday": (96, 169),
    "getuid": (102, 174),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "landlock_create_ruleset": (444, 444),
    "landlock_restrict_self": (446, 446),
    "lseek": (8, 62),
    "madvise": (28, 233),
    "mmap": (9, 222),
    "mount": (165, 40),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "munmap": (11, 215),
    "nanosleep": (35, 101),
    "perf_event_open": (298, 241),
    "pidfd_open": (434, 434),
    "poll": (7, None),
    "ppoll": (271, 73),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "process_vm_readv": (310, 270),
    "ptrace": (101, 117),
    "read": (0, 63),
    "readv": (19, 65),
    "restart_syscall": (219, 128),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_getaffinity": (204, 123),
    "sched_yield": (24, 124),
    "seccomp": (317, 277),
    "shmget": (29, 194),
    "sigaltstack": (131, 132),
    "socket": (41, 198),
    "sysinfo": (99, 179),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "write": (1, 64),
    "writev": (20, 66),
}

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH_* of linux/audit.h


class LockdownUnavailable(Exception):
    """This machine cannot hold student code; says what is missing and what to do about it."""

    def __init__(self, fact: str, what_to_do: str) -> None:
        super().__init__(f"{fact}; {what_to_do}")
        self.fact = fact
        self.what_to_do = what_to_do


@dataclass(frozen=True)
class Kernel:
    """The running kernel: its architecture's numbers, and a way to call it by name."""

    audit_arch: int
    numbers: dict[str, int]
    libc: ctypes.CDLL

    def call(self, name: str, *arguments: int) -> int:
        """Make one system call with integer arguments (addresses included); raises OSError."""
        result: int = self.libc.syscall(self.numbers[name], *arguments, *(0,) * (6 - len(arguments)))
        if result == -1:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), name)
        return result


@cache
def this_kernel() -> Kernel:
    """Return the running kernel; ask once before lock-down, afterwards the answer is remembered.

    Raises LockdownUnavailable on another operating system or architecture.
    """
    if sys.platform != "linux":
        raise LockdownUnavailable(f"there is no lock-down on {sys.platform}", "grade on Linux 5.13 or newer")
    machine = os.uname().machine
    if machine not in _MACHINES or sys.maxsize < 2**32:
        bits = 64 if sys.maxsize > 2**32 else 32
        raise LockdownUnavailable(
            f"there is no lock-down for {bits}-bit Python on {machine}", "grade on x86-64 or aarch64 with 64-bit Python"
        )
    column, audit_arch = _MACHINES[machine]
    numbers = {name: row[column] for name, row in SYSCALL_NUMBERS.items()}
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.argtypes = [ctypes.c_long] * 7
    libc.syscall.restype = ctypes.c_long
    return Kernel(audit_arch, {name: number for name, number in numbers.items() if number is not None}, libc)
