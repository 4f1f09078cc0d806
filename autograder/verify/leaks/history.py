"""Every object of a git repository, reachable or not: what hidden things it has, and which commit brought them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder import lonegit
from autograder.verify.leaks.hidden import Hidden, Leak
from autograder.verify.leaks.readable import LIMIT, TOO_LARGE


@dataclass
class History:
    """What the objects of a repository say, reachable or not: every object is read once, one at a time."""

    order: list[str] = field(default_factory=list)  # ids of the commits that a ref or reflog reaches, oldest first
    commits: dict[str, str] = field(default_factory=dict)  # id: id of its tree
    trees: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # id: name and id of each entry
    leaks: dict[str, list[Leak]] = field(default_factory=dict)

    def read(self, git: list[str], hidden: Hidden) -> None:
        """Raises OSError where git is not there or finds the repository broken."""
        self.order = ask(git, "rev-list", "--all", "--reflog", "--topo-order", "--reverse").split()
        order = [*git, "cat-file", "--batch", "--batch-all-objects"]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(order, env=lonegit.environment(), stdout=subprocess.PIPE, stderr=quiet) as process:
            assert process.stdout is not None
            while header := process.stdout.readline().split():
                id, kind, size = header[0].decode(), header[1], int(header[2])
                if size > LIMIT:
                    for begin in range(0, size, 1 << 20):
                        process.stdout.read(min(1 << 20, size - begin))
                    self.leaks[id] = [(1, TOO_LARGE)]
                else:
                    self._take(id, kind, process.stdout.read(size), hidden)
                process.stdout.read(1)
        if process.returncode:
            raise OSError(f"cat-file ends with {process.returncode}")

    def _take(self, id: str, kind: bytes, data: bytes, hidden: Hidden) -> None:
        if kind == b"tree":
            self.trees[id] = list(_entries(data, len(id) // 2))
            return
        if kind == b"commit":
            self.commits[id] = data[5 : 5 + len(id)].decode()
        head, _, text = data.partition(b"\n\n") if kind in (b"commit", b"tag") else (b"", b"", data)
        if leaks := [*hidden.leaks(head), *hidden.leaks(text)]:
            self.leaks[id] = leaks

    def places(self) -> Iterator[tuple[str, str, str]]:
        """Id, whereabouts and path of every object, each with the oldest commit that has it."""
        met: set[str] = set()
        commits = dict.fromkeys([*self.order, *sorted(self.commits)])
        roots = [(f"commit {id[:7]}", self.commits.get(id, "")) for id in commits]
        for label, root in [*roots, *((f"object {id[:7]}", id) for id in sorted(self.trees))]:
            waiting = [(root, "")]
            while waiting:
                tree, path = waiting.pop()
                if tree in met:
                    continue
                met.add(tree)
                for name, id in self.trees.get(tree, ()):
                    yield id, label, f"{path}{name}"
                    waiting.append((id, f"{path}{name}/"))
        for id in commits:
            yield id, f"commit {id[:7]}", "message"
        yield from [(id, f"object {id[:7]}", "content") for id in sorted(self.leaks)]


def _entries(data: bytes, size: int) -> Iterator[tuple[str, str]]:
    """Name and id of every entry of a tree object; `size`: bytes of an id."""
    at = 0
    while at < len(data):
        end = data.index(b"\0", at)
        name = data[at:end].partition(b" ")[2].decode("utf-8", "replace")
        at = end + 1 + size
        yield name, data[end + 1 : at].hex()


def ask(git: list[str], *command: str) -> str:
    asked = subprocess.run([*git, *command], capture_output=True, env=lonegit.environment())
    if asked.returncode:
        raise OSError(asked.stderr.decode("utf-8", "replace").strip())
    return asked.stdout.decode("utf-8", "surrogateescape")
