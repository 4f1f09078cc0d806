"""Landlock with no rule at all: no file, folder, TCP port or outside process is reachable any more.

Which rights exist is asked of the kernel, bit by bit, instead of kept in a table: a right that a later kernel learns to
refuse is refused from then on. See https://docs.kernel.org/userspace-api/landlock.html.
"""

from __future__ import annotations

import ctypes
import errno
import os
from dataclasses import dataclass

from autograder.sandbox.kernel import Kernel, LockdownUnavailable

_ASK_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_WAY_OUT = {
    errno.ENOSYS: "grade on Linux 5.13 or newer with CONFIG_SECURITY_LANDLOCK",
    errno.EOPNOTSUPP: "add landlock to the lsm= boot parameter and restart",
    errno.EPERM: "let the container's seccomp profile pass the landlock_* system calls",
}


class _RulesetAttr(ctypes.Structure):
    """struct landlock_ruleset_attr: a mask of handled rights per kind; zero where the kernel does not know the kind."""

    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


@dataclass(frozen=True)
class Ruleset:
    """An open ruleset without rules, and the Landlock version it was made for."""

    fd: int
    abi: int


def version(kernel: Kernel) -> int:
    """Return the kernel's Landlock ABI version. Raises OSError where there is no Landlock."""
    return kernel.call("landlock_create_ruleset", 0, 0, _ASK_VERSION)


def make_ruleset(kernel: Kernel) -> Ruleset:
    """Return a ruleset that refuses everything this kernel's Landlock can refuse.

    Raises LockdownUnavailable where there is no Landlock.
    """
    try:
        abi = version(kernel)
        everything = _RulesetAttr()
        for kind in ("fs", "net", "scoped"):
            setattr(everything, kind, _known_rights(kernel, kind))
        return Ruleset(_create(kernel, everything), abi)
    except OSError as error:
        way_out = _WAY_OUT.get(error.errno or 0, "grade on a machine or container that has it")
        raise LockdownUnavailable(f"Landlock is not available ({error.strerror})", way_out) from None


def restrict_self(kernel: Kernel, ruleset: Ruleset) -> None:
    """Put this process under the ruleset for good; needs no_new_privs. Raises OSError."""
    kernel.call("landlock_restrict_self", ruleset.fd)


def _known_rights(kernel: Kernel, kind: str) -> int:
    """Return the mask of the rights of a kind ("fs", "net", "scoped") that the kernel knows: bits without gaps."""
    mask = 0
    for bit in range(64):
        attempt = _RulesetAttr()
        setattr(attempt, kind, 1 << bit)
        try:
            os.close(_create(kernel, attempt))
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.E2BIG):  # an unknown right; a kind younger than the kernel
                break
            raise
        mask |= 1 << bit
    return mask


def _create(kernel: Kernel, attr: _RulesetAttr) -> int:
    return kernel.call("landlock_create_ruleset", ctypes.addressof(attr), ctypes.sizeof(attr))
