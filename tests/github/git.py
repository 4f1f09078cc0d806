"""Bare repositories made quickly, without a checkout: commits of any files, forks, merges as GitHub makes them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FOR_GIT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_AUTHOR_DATE": "2026-03-02T09:00:00Z",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_DATE": "2026-03-02T09:00:00Z",
}
WHO = b"Somebody <somebody@example.org> 1772442000 +0000\n"


class GitError(Exception):
    """git refused."""


@dataclass(frozen=True)
class Link:
    """A symbolic link in a commit."""

    target: str


@dataclass(frozen=True)
class Submodule:
    """A submodule entry in a commit."""

    commit: str


@dataclass(frozen=True)
class Zeros:
    """A file of so many zero bytes, for sizes that nobody wants to type."""

    size: int


File = str | bytes | Link | Submodule | Zeros


class Bare:
    """A bare repository at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def make(cls, path: Path, like: Bare | None = None) -> Bare:
        """A new one; `like`: a fork of this one, which has its objects and branches."""
        bare = cls(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True, env=FOR_GIT)
        # What GitHub's servers allow: any commit by its id, and partial clones.
        settings = "[uploadpack]\n\tallowAnySHA1InWant = true\n\tallowFilter = true\n[gc]\n\tauto = 0\n"
        with (path / "config").open("a") as file:
            file.write(settings)
        if like:
            (path / "objects/info/alternates").write_text(f"{like.path.resolve() / 'objects'}\n")
            for branch, sha in like.branches().items():
                bare.git("update-ref", f"refs/heads/{branch}", sha)
        return bare

    def git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What git prints. Raises GitError."""
        done = subprocess.run(
            ["git", f"--git-dir={self.path}", *arguments], input=stdin, capture_output=True, check=False, env=FOR_GIT
        )
        if done.returncode:
            raise GitError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    def resolve(self, name: str) -> str | None:
        """The id of what is called `name`, or None."""
        try:
            return self.git("rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
        except GitError:
            return None

    def branches(self) -> dict[str, str]:
        lines = self.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads").decode().splitlines()
        return {(parts := line.split())[0].removeprefix("refs/heads/"): parts[1] for line in lines}

    def read(self, commit: str, path: str) -> bytes | None:
        """The file at `path` of a commit, or None."""
        try:
            return self.git("cat-file", "blob", f"{commit}:{path}")
        except GitError:
            return None

    def files(self, commit: str, folder: str) -> list[str]:
        """The paths below `folder`."""
        listed = self.git("ls-tree", "-r", "-z", "--name-only", commit, f"{folder}/").decode(errors="replace")
        return [path for path in listed.split("\0") if path]

    def commit(
        self,
        files: Mapping[str, File | None],
        branch: str = "main",
        message: str = "work",
        parent: str | None = "",
    ) -> str:
        """A commit on `branch` that writes these files (None removes one); its id.

        `parent`: a commit id; the branch itself unless told; None starts a history of its own.
        """
        if parent == "":
            parent = self.resolve(f"refs/heads/{branch}")
        scratch = "refs/scratch/commit"
        text = message.encode()
        parts = [b"commit %s\n" % scratch.encode(), b"committer " + WHO, b"data %d\n%s\n" % (len(text), text)]
        if parent:
            parts.append(b"from %s\n" % parent.encode())
        for path, file in files.items():
            parts += _change(path, file)
        self.git("-c", "core.compression=1", "fast-import", "--quiet", "--force", stdin=b"".join(parts) + b"\ndone\n")
        sha = self.resolve(scratch)
        assert sha is not None
        self.git("update-ref", "-d", scratch)
        self.git("update-ref", f"refs/heads/{branch}", sha)
        return sha

    def tree_of(self, entries: Iterable[tuple[str, str, str]]) -> str:
        """A tree of (mode, name, id), whatever the names: `..`, `.git` and others that git itself refuses."""
        raw = b"".join(mode.encode() + b" " + name.encode() + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries)
        return self.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=raw).decode().strip()

    def blob(self, data: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", stdin=data).decode().strip()

    def commit_tree(self, tree: str, branch: str, parent: str | None = None, message: str = "work") -> str:
        """A commit of a tree, as the new head of `branch`."""
        parents = ("-p", parent) if parent else ()
        sha = self.git("commit-tree", tree, *parents, "-m", message).decode().strip()
        self.git("update-ref", f"refs/heads/{branch}", sha)
        return sha

    def merge(self, base: str, head: str) -> str | None:
        """The merge of two commits, or None where they conflict (or share nothing)."""
        try:
            tree = self.git("merge-tree", "--write-tree", base, head).decode().split()[0]
        except GitError:
            return None
        return self.git("commit-tree", tree, "-p", base, "-p", head, "-m", "Merge").decode().strip()

    def fetch(self, source: Bare, commit: str, ref: str) -> None:
        """Take a commit of another repository, under a ref of this one."""
        self.git("fetch", "-q", "--no-tags", source.path.resolve().as_uri(), f"+{commit}:{ref}")


def _change(path: str, file: File | None) -> list[bytes]:
    name = b'"%s"' % path.encode("utf-8", "surrogateescape").replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(
        b"\n", b"\\n"
    )
    if file is None:
        return [b"D %s\n" % name]
    if isinstance(file, Submodule):
        return [b"M 160000 %s %s\n" % (file.commit.encode(), name)]
    mode, data = b"100644", b""
    if isinstance(file, Link):
        mode, data = b"120000", file.target.encode()
    elif isinstance(file, Zeros):
        data = bytes(file.size)
    else:
        data = file.encode() if isinstance(file, str) else file
    return [b"M %s inline %s\ndata %d\n" % (mode, name, len(data)), data, b"\n"]
