"""What else lies in the folder of a student who hands in a notebook: nbgrader would copy it, and formgrader serve it.

nbgrader follows links on its way, reads devices and waits for pipes. So it is kept from all but its own two files, and
those are copied here, from plain files.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

KEPT = ("timestamp.txt", "submission_secret.txt")  # nbgrader's own, beside a submission
MOST = 4096  # bytes of one of those


def unfit(folder: Path) -> str:
    """Why nbgrader must not even look at a folder, if it must not: it would read what is no file of the student."""
    if folder.is_symlink():
        return "is a symbolic link"
    stamp = folder / KEPT[0]
    return "" if _is_small(stamp) or not os.path.lexists(stamp) else f"{KEPT[0]} is no plain file of a few bytes"


def are_in(folder: Path) -> bool:
    """Whether there is more than notebooks and what belongs to nbgrader."""
    with os.scandir(folder) as entries:
        return any(
            not entry.is_file(follow_symlinks=False) or not (entry.name in KEPT or entry.name.endswith(".ipynb"))
            for entry in entries
        )


def take_away(copied: Path, given: Path) -> None:
    """Leave of what nbgrader has copied what the source folder `given` has, and the notebooks that it has made."""
    for path in sorted(copied.rglob("*"), reverse=True):
        name = path.relative_to(copied)
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif not (given / name).exists() and (path.suffix != ".ipynb" or len(name.parts) > 1):
            path.unlink()


def keep(folder: Path, copied: Path) -> None:
    """Copy nbgrader's own files."""
    for name in KEPT:
        if _is_small(folder / name):
            copied.mkdir(parents=True, exist_ok=True)
            (copied / name).write_bytes((folder / name).read_bytes())


def _is_small(path: Path) -> bool:
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size <= MOST
