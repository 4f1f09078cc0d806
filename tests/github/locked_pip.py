"""What `python -m pip` is in a job of the harness: installs nothing that is not locked, and that without a download.

Copied to the job's environment as pip/__main__.py, with the place of the tests' own packages beside it in source.txt.
It knows one command, `install --require-hashes -r FILE`, and links what FILE names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).parent
LOCKED = re.compile(r"([A-Za-z0-9._-]+)(\[[^]]*\])?==\S+?(\s*;.*?)?(\s+--hash=sha256:[0-9a-f]{64})+")


def main(arguments: list[str]) -> None:
    path = locked_file(arguments)
    here = distributions()
    for line in requirements(path):
        match = LOCKED.fullmatch(line)
        if not match:
            refuse(f"{line[:80]}: not pinned with its hashes")
        name = plain(match[1])
        if name in here:
            link(here[name])
        elif not match[3]:  # with a marker it may be for another platform
            refuse(f"{name} is not in the environment of the tests")
        with (HERE / "installed.txt").open("a") as file:
            file.write(f"{name}\n")


def refuse(text: str) -> NoReturn:
    sys.exit(f"pip of the harness: {text}")


def locked_file(arguments: list[str]) -> Path:
    command, *rest = arguments or [""]
    if command != "install":
        refuse(f"{command}: only install is known")
    if "--require-hashes" not in rest:
        refuse("--require-hashes is missing")
    rest.remove("--require-hashes")
    if len(rest) != 2 or rest[0] not in ("-r", "--requirement"):
        refuse(f"{' '.join(rest)}: give -r FILE, and nothing else")
    path = Path(rest[1])
    if not path.is_file():
        refuse(f"{path} is not there")
    return path


def requirements(path: Path) -> Iterator[str]:
    """The logical lines of the file, without comments."""
    for line in re.sub(r"\\\n", " ", path.read_text(encoding="utf-8")).splitlines():
        if bare := re.sub(r"(^|\s)#.*", "", line).strip():
            yield bare


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def distributions() -> dict[str, PathDistribution]:
    places = Path((HERE / "source.txt").read_text()).glob("*.dist-info")
    found = {place: PathDistribution(place) for place in places}
    return {plain(place.name.split("-")[0]): distribution for place, distribution in found.items()}


def link(distribution: PathDistribution) -> None:
    tops = {Path(str(file)).parts[0] for file in distribution.files or () if not str(file).startswith("..")}
    for top in tops - {"__pycache__"}:
        place = HERE.parent / top
        if not place.exists():
            place.symlink_to(str(distribution.locate_file(top)))


if __name__ == "__main__":
    main(sys.argv[1:])
