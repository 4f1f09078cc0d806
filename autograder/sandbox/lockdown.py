"""Lock a freshly forked child down, so that it can compute and talk over one descriptor, and nothing else.

    zygote   prepare()                      once: everything that must not be paid per fork
             namespaces()                   once, where available: no network, no shared IPC
       fork
    child    lock_down(prepared, ...)       descriptors, session, rlimits, uid, parent, Landlock, seccomp: in this order
             student code                   from here on

The zygote must be single-threaded, have no "" in sys.path (a failing import would ask for the working folder), and have
preloaded what student code may import: nothing is opened after lock-down. The child reads and writes its channel with
os.read, os.readv, os.write and os.writev, and leaves by os._exit.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass

from autograder.sandbox import landlock, seccomp
from autograder.sandbox.kernel import Kernel, LockdownUnavailable, this_kernel
from autograder.sandbox.probes import probe, probe_landlock

__all__ = ["LockdownUnavailable", "Prepared", "lock_down", "namespaces", "prepare", "probe", "probe_landlock"]

_FIRST_UID, _UIDS, _NOBODY = 61184, 65519 - 61184 + 1, 65534  # systemd's range for ids that own nothing
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9
_NO_LIMIT = resource.RLIM_INFINITY
_NOTHING_OF = (
    resource.RLIMIT_CORE,
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_MEMLOCK,
    resource.RLIMIT_MSGQUEUE,
    resource.RLIMIT_NPROC,
    resource.RLIMIT_RTPRIO,
    resource.RLIMIT_SIGPENDING,
)
_NAMESPACES = {"netns": 0x40000000, "ipcns": 0x08000000, "utsns": 0x04000000}
_NEW_USER = 0x10000000


class _Capabilities(ctypes.Structure):
    """struct __user_cap_header_struct, version 3, for this process; and two empty struct __user_cap_data_struct."""

    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int), ("none", ctypes.c_uint32 * 6)]


@dataclass(frozen=True)
class Prepared:
    """What the zygote made ready: its children inherit the two descriptors and give both up while locking down."""

    kernel: Kernel
    null_fd: int
    ruleset: landlock.Ruleset
    allow_list: seccomp.Filter
    no_capabilities: _Capabilities
    page_bytes: int


def prepare() -> Prepared:
    """Make everything ready that a child needs to lock itself down; called once, before the first fork.

    Raises LockdownUnavailable on another operating system or architecture, and without Landlock or seccomp.
    """
    kernel = this_kernel()
    allow_list = seccomp.make_filter(kernel)
    ruleset = landlock.make_ruleset(kernel)
    return Prepared(
        kernel,
        _above_standard(os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)),
        landlock.Ruleset(_above_standard(ruleset.fd), ruleset.abi),
        allow_list,
        _Capabilities(0x20080522, 0),
        os.sysconf("SC_PAGE_SIZE"),
    )


def lock_down(
    prepared: Prepared,
    *,
    channel_fd: int,
    parent_pid: int,
    memory_bytes: int,
    file_uid: int | None = None,
    between: Callable[[], object] | None = None,
) -> list[str]:
    """Lock this process down for good and return the layers that hold, in the order in which they were put on.

    channel_fd (above 2) is the one descriptor that stays, under its number. memory_bytes come on top of what is
    mapped now. file_uid is the id to take where root, instead of one of its own. `between` runs when all but seccomp
    holds: it shows what Landlock refuses by itself. A child whose parent is not parent_pid exits at once.
    Raises LockdownUnavailable, with the channel still usable, when a layer cannot be put on.
    """
    if channel_fd <= 2:
        raise ValueError(f"channel_fd is {channel_fd}; 0, 1 and 2 become /dev/null, use a higher one")
    kernel = prepared.kernel
    limit = _address_space_limit(prepared, memory_bytes)
    layers: list[str] = []
    steps: list[tuple[str, Callable[[], object]]] = [
        ("descriptors", lambda: _keep_one_descriptor(prepared, channel_fd)),
        ("session", _own_session),
        ("rlimits", lambda: _limit_resources(limit)),
        ("own-uid", lambda: _leave_root(file_uid)),
        ("no-capabilities", lambda: kernel.call("capset", *_halves(prepared.no_capabilities))),
        ("parent-death-signal", lambda: _die_with_parent(kernel, parent_pid)),
        ("not-dumpable", lambda: kernel.call("prctl", _PR_SET_DUMPABLE, 0)),
        ("no-new-privileges", lambda: kernel.call("prctl", _PR_SET_NO_NEW_PRIVS, 1)),
        (f"landlock-abi{prepared.ruleset.abi}", lambda: landlock.restrict_self(kernel, prepared.ruleset)),
        ("no-new-descriptors", lambda: _seal_descriptors(prepared, between)),
        ("seccomp", lambda: seccomp.install(kernel, prepared.allow_list, channel_fd)),
    ]
    for layer, put_on in steps:
        try:
            if put_on() is not _NotNeeded:
                layers.append(layer)
        except (OSError, ValueError) as error:  # ValueError: from resource.setrlimit
            raise LockdownUnavailable(
                f"{layer} cannot be put on ({error})", _WAY_OUT.get(layer, _OTHER_WAY_OUT)
            ) from None
    return layers


def namespaces() -> list[str]:
    """Move this process into namespaces of its own and return their names; [] where that is not allowed.

    Root keeps its user namespace, for lock_down to leave root in; anybody else gets a new one that maps only
    themselves. Must be called by a single-threaded process; never fails.
    """
    uid, gid = os.geteuid(), os.getegid()
    wanted = sum(_NAMESPACES.values())
    try:
        kernel = this_kernel()
        kernel.call("unshare", wanted if uid == 0 else wanted | _NEW_USER)
    except (LockdownUnavailable, OSError):
        return []
    if uid == 0:
        return [*_NAMESPACES]
    try:
        for name, text in (
            ("setgroups", b"deny"),
            ("uid_map", b"%d %d 1" % (uid, uid)),
            ("gid_map", b"%d %d 1" % (gid, gid)),
        ):
            with open(f"/proc/self/{name}", "wb", buffering=0) as file:
                file.write(text)
    except OSError:
        pass  # an unmapped user is as powerless as a mapped one
    return ["userns", *_NAMESPACES]


class _NotNeeded:
    """Returned, as itself, by a step that had nothing to do."""


_OTHER_WAY_OUT = "grade on Linux 5.13 or newer, in a container (if any) that lets this call pass"
_WAY_OUT = {
    "own-uid": "run as an ordinary user, or give root CAP_SETUID and CAP_SETGID",
    "rlimits": "raise the hard limits that the grader was started with",
}


def _above_standard(fd: int) -> int:
    """Return fd, or a copy of it if it would be overwritten as standard input, output or error."""
    if fd > 2:
        return fd
    copy = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 3)
    os.close(fd)
    return copy


def _halves(capabilities: _Capabilities) -> tuple[int, int]:
    """Return the addresses of the header and of the data."""
    header = ctypes.addressof(capabilities)
    return header, header + 8


def _address_space_limit(prepared: Prepared, memory_bytes: int) -> int:
    try:
        fd = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise LockdownUnavailable(
            f"/proc/self/statm cannot be read ({error.strerror})", "mount /proc where the grader runs"
        ) from None
    mapped_pages = int(os.read(fd, 100).split()[0])
    os.close(fd)
    return mapped_pages * prepared.page_bytes + memory_bytes


def _keep_one_descriptor(prepared: Prepared, channel_fd: int) -> None:
    for standard in (0, 1, 2):
        os.dup2(prepared.null_fd, standard)
    first, second = sorted((channel_fd, prepared.ruleset.fd))
    for low, high in ((3, first - 1), (first + 1, second - 1), (second + 1, 0xFFFF_FFFF)):
        if low <= high:
            prepared.kernel.call("close_range", low, high)


def _own_session() -> None:
    os.setsid()
    os.umask(0o077)


def _limit_resources(address_space: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != _NO_LIMIT:
        address_space = min(address_space, hard)
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    for limit in _NOTHING_OF:
        resource.setrlimit(limit, (0, 0))


def _leave_root(file_uid: int | None) -> type[_NotNeeded] | None:
    """Become somebody who owns nothing. Root of a user namespace without other ids is an ordinary user already."""
    if os.geteuid() != 0 and os.getuid() != 0:
        return _NotNeeded
    for uid in (_FIRST_UID + os.getpid() % _UIDS, _NOBODY) if file_uid is None else (file_uid,):
        try:
            os.setresgid(uid, uid, uid)  # before setgroups, which such a namespace may deny
            os.setgroups([])
            os.setresuid(uid, uid, uid)
        except OSError as error:
            if error.errno != errno.EINVAL:  # EINVAL: the user namespace does not map this id
                raise
        else:
            return None
    return _NotNeeded


def _die_with_parent(kernel: Kernel, parent_pid: int) -> None:
    """Ask to be killed when the parent dies, and check that it has not died before; leaving root clears the request."""
    kernel.call("prctl", _PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(1)


def _seal_descriptors(prepared: Prepared, between: Callable[[], object] | None) -> None:
    """Give up the ruleset; then, with 0, 1 and 2 taken, there is no number left that a new descriptor could get."""
    os.close(prepared.ruleset.fd)
    if between is not None:
        between()
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
