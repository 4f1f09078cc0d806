"""Control groups around a zygote, where this user may make them: one total for all its workers.

An extra: each worker's own limits hold without it. Works with both versions of the kernel's interface (see cgroups(7));
a group is made below the group of this process, so limits from outside keep holding.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PREFIX = "autograder-"
PROCESSES = 64  # the zygote, a worker, a spare, and those that wait to be reaped
FILES = {"memory.max": "memory", "memory.limit_in_bytes": "memory", "pids.max": "pids"}


class Groups:
    """The groups that were made for one zygote; `layers` names what they limit."""

    def __init__(self, pid: int, memory_bytes: int) -> None:
        self._folders: list[Path] = []
        limits = {"memory": memory_bytes, "pids": PROCESSES}
        held: set[str] = set()
        for parent in _parents():
            _sweep(parent)
            held |= self._confine(parent / f"{PREFIX}{pid}", pid, limits)
        self.layers = tuple(f"cgroup-{controller}" for controller in sorted(held))

    def _confine(self, folder: Path, pid: int, limits: dict[str, int]) -> set[str]:
        """Make one group, limit it, move the zygote in; returns the controllers that hold."""
        held = set()
        with contextlib.suppress(OSError):
            folder.mkdir()
            self._folders.append(folder)
            for name, controller in FILES.items():
                if (folder / name).exists():
                    (folder / name).write_text(str(limits[controller]))
                    held.add(controller)
            (folder / "cgroup.procs").write_text(str(pid))
            return held
        return set()

    def remove(self) -> None:
        """Delete the groups; their processes must have ended, and are waited for a moment."""
        for folder in self._folders:
            for _ in range(50):
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    break
                time.sleep(0.01)
        self._folders.clear()


def _parents() -> Iterator[Path]:
    """The groups of this process in which a group with limits can be made."""
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(",") if controllers else [""]:
            folder = ROOT / controller / path.lstrip("/")
            wanted = controller in FILES.values() or (not controller and _delegates(folder))
            if wanted and (folder / "cgroup.procs").exists():
                yield folder


def _delegates(folder: Path) -> bool:
    """Whether a version 2 group hands the memory controller on to its children."""
    try:
        return "memory" in (folder / "cgroup.subtree_control").read_text().split()
    except OSError:
        return False


def _sweep(parent: Path) -> None:
    """Delete groups whose grader was killed before it could. One of a living zygote may still be empty: it stays."""
    for folder in parent.glob(f"{PREFIX}*"):
        if not Path("/proc", folder.name.removeprefix(PREFIX)).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()
