"""The seccomp allow-list: the few system calls that a computing CPython with NumPy makes; all others fail with EPERM.

The program is a binary search over the call's number with the argument checks at its leaves: the kernel walks it once
for every number it has when a filter is installed (its action cache), so depth is what a fork pays for.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.sandbox.kernel import Kernel, LockdownUnavailable


@dataclass(frozen=True)
class Rule:
    """Allow a call if `argument & mask` is one of `values`. Only the low 32 bits are looked at: use it where the
    kernel itself reads no more (int arguments) or where the mask needs no more.
    """

    argument: int
    mask: int
    values: tuple[int, ...]


_CHANNEL = 0x7FFF_FFFF  # stands for the channel's descriptor until a child knows it
_OWN_DESCRIPTORS = Rule(0, 0xFFFF_FFFF, (0, 1, 2, _CHANNEL))
_NOT_EXECUTABLE = Rule(2, 0x4, (0,))  # PROT_EXEC
_WAIT_OR_WAKE = Rule(1, 0xFFFF_FFFF & ~0x180, (0, 1, 9, 10))  # no requeueing, no priority inheritance: CPython has none

ALLOWED: dict[str, Rule | None] = {
    "read": _OWN_DESCRIPTORS,
    "readv": _OWN_DESCRIPTORS,
    "write": _OWN_DESCRIPTORS,
    "writev": _OWN_DESCRIPTORS,
    "lseek": _OWN_DESCRIPTORS,
    "poll": None,
    "ppoll": None,
    # memory
    "brk": None,
    "madvise": None,
    "mmap": _NOT_EXECUTABLE,
    "mprotect": _NOT_EXECUTABLE,
    "mremap": None,
    "munmap": None,
    # time
    "clock_getres": None,
    "clock_gettime": None,
    "clock_nanosleep": None,
    "gettimeofday": None,
    "nanosleep": None,
    "restart_syscall": None,
    # locks and signals inside the process
    "futex": _WAIT_OR_WAKE,
    "rt_sigaction": None,
    "rt_sigprocmask": None,
    "rt_sigreturn": None,
    "sched_yield": None,
    "sigaltstack": None,
    # who and what am I
    "getegid": None,
    "geteuid": None,
    "getgid": None,
    "getpid": None,
    "getppid": None,
    "getrandom": None,
    "getrusage": None,
    "gettid": None,
    "getuid": None,
    "sched_getaffinity": None,
    "sysinfo": None,  # glibc's qsort does not check whether it failed
    "exit": None,
    "exit_group": None,
}

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06  # linux/bpf_common.h
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little-endian
_ALLOW, _REFUSE, _KILL_PROCESS = 0x7FFF_0000, 0x0005_0000 | errno.EPERM, 0x8000_0000
_X32_BIT = 0x4000_0000
_SET_MODE_FILTER, _GET_ACTION_AVAIL = 1, 2
_WAY_OUT = "grade where the kernel has CONFIG_SECCOMP_FILTER and the container lets seccomp(2) pass"


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one struct sock_filter; jumps are counted in instructions after this one."""
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _leaf(number: int, rule: Rule | None) -> bytes:
    if rule is None:
        return _op(_EQUAL, number, 0, 1) + _op(_RETURN, _ALLOW) + _op(_RETURN, _REFUSE)
    count = len(rule.values)
    comparisons = [_op(_EQUAL, value, count - at) for at, value in enumerate(rule.values)]
    return b"".join([
        _op(_EQUAL, number, 0, 2 + count),
        _op(_LOAD, _FIRST_ARGUMENT + 8 * rule.argument),
        _op(_AND, rule.mask),
        *comparisons,
        _op(_RETURN, _REFUSE),
        _op(_RETURN, _ALLOW),
    ])  # fmt: skip


def _search(entries: Sequence[tuple[int, Rule | None]]) -> bytes:
    if len(entries) == 1:
        return _leaf(*entries[0])
    middle = len(entries) // 2
    low, high = _search(entries[:middle]), _search(entries[middle:])
    return _op(_AT_LEAST, entries[middle][0], len(low) // 8) + low + high


def assemble(audit_arch: int, numbers: dict[str, int]) -> bytes:
    """Return the BPF program for an architecture: its AUDIT_ARCH_* value and its system call numbers by name."""
    entries = sorted((numbers[name], rule) for name, rule in ALLOWED.items() if name in numbers)
    return b"".join([
        _op(_LOAD, _ARCH),
        _op(_EQUAL, audit_arch, 1),
        _op(_RETURN, _KILL_PROCESS),
        _op(_LOAD, _NUMBER),
        _op(_AT_LEAST, _X32_BIT, 0, 1),  # other numbers for the same calls, on x86-64
        _op(_RETURN, _KILL_PROCESS),
        _search(entries),
    ])  # fmt: skip


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


@dataclass(frozen=True)
class Filter:
    """The assembled program in the form that the kernel takes, and where the channel's number goes in it."""

    code: ctypes.Array[ctypes.c_char]
    program: _Program
    channel_offsets: tuple[int, ...]


def make_filter(kernel: Kernel) -> Filter:
    """Return the allow-list, ready to be installed. Raises LockdownUnavailable where there is no seccomp."""
    action = ctypes.c_uint32(_KILL_PROCESS)
    try:
        kernel.call("seccomp", _GET_ACTION_AVAIL, 0, ctypes.addressof(action))
    except OSError as error:
        raise LockdownUnavailable(f"seccomp is not available ({error.strerror})", _WAY_OUT) from None
    assembled = assemble(kernel.audit_arch, kernel.numbers)
    code = ctypes.create_string_buffer(assembled, len(assembled))
    offsets = tuple(
        at + 4
        for at in range(0, len(assembled), 8)
        if struct.unpack_from("<HBBI", assembled, at)[::3] == (_EQUAL, _CHANNEL)
    )
    return Filter(code, _Program(len(assembled) // 8, ctypes.addressof(code)), offsets)


def install(kernel: Kernel, allow_list: Filter, channel_fd: int) -> None:
    """Put this process under the allow-list for good, with this one channel; needs no_new_privs. Raises OSError."""
    for offset in allow_list.channel_offsets:
        struct.pack_into("<I", allow_list.code, offset, channel_fd)
    kernel.call("seccomp", _SET_MODE_FILTER, 0, ctypes.addressof(allow_list.program))
