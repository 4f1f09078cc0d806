"""Run a command on a machine without Landlock or without seccomp, simulated by a small seccomp filter.

    python tests/refuse_syscalls.py landlock -- command args...     landlock_create_ruleset fails with ENOSYS
    python tests/refuse_syscalls.py seccomp -- command args...      seccomp and prctl(PR_SET_SECCOMP) fail with EINVAL

Independent of the code that it tests, and needs no privilege.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

_LANDLOCK_CREATE_RULESET = 444
_SECCOMP, _PRCTL = {"x86_64": (317, 157), "aarch64": (277, 167)}.get(os.uname().machine, (-1, -1))
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER_MODE = 22, 38, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF_0000, 0x0005_0000
_NUMBER, _FIRST_ARGUMENT = 0, 16  # offsets in struct seccomp_data

_Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, value
_WITHOUT: dict[str, list[_Instruction]] = {
    "landlock": [
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 0, 1, _LANDLOCK_CREATE_RULESET),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
        (_RETURN, 0, 0, _ALLOW),
    ],
    "seccomp": [
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 3, 0, _SECCOMP & 0xFFFF_FFFF),
        (_EQUAL, 0, 3, _PRCTL & 0xFFFF_FFFF),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _PR_SET_SECCOMP),
        (_RETURN, 0, 0, _ERRNO | errno.EINVAL),
        (_RETURN, 0, 0, _ALLOW),
    ],
}


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def take_away(feature: str) -> None:
    """Make "landlock" or "seccomp" unavailable to this process and all that it starts, for good. Raises OSError."""
    code = b"".join(struct.pack("<HBBI", *instruction) for instruction in _WITHOUT[feature])
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def main(arguments: list[str]) -> None:
    """Replace this process by the command, run without the feature."""
    if len(arguments) < 3 or arguments[0] not in _WITHOUT or arguments[1] != "--":
        sys.exit(f"usage: refuse_syscalls.py {'|'.join(_WITHOUT)} -- command args...")
    take_away(arguments[0])
    os.execvp(arguments[2], arguments[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
