"""The files of a commit, without a checkout: from GitHub's API, or from plain git."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder import lonegit
from autograder.ci.api import Api, ApiError
from autograder.course import Course
from autograder.ingest import MAX_COMMITTED, Entry
from autograder.text import clean, one_line

FETCH_SECONDS = 120
MAX_FETCH = 256 << 20  # bytes of a pack
MAX_OUTPUT = 16 << 20  # bytes that git may say
MAX_MEMORY = 4 << 30  # bytes of git's address space
SIZES = "--batch-check=%(objectname) %(objectsize)"


class Node(msgspec.Struct):
    path: str
    mode: str
    sha: str
    size: int = 0


class Tree(msgspec.Struct):
    tree: list[Node]
    truncated: bool = False


class Blob(msgspec.Struct):
    content: str
    encoding: str


class _Trees:
    """A commit whose folders are found from its root downwards, each asked for once."""

    def __init__(self, sha: str) -> None:
        self.sha = sha
        self._known: dict[str, dict[str, Entry]] = {}

    def folder(self, path: str) -> dict[str, Entry]:
        entries = self._entries(self.sha)
        for name in filter(None, path.split("/")):
            entry = entries.get(name)
            if entry is None or entry.kind != "folder":
                return {}
            entries = self._entries(entry.id)
        return entries

    def _entries(self, id: str) -> dict[str, Entry]:
        if id not in self._known:
            self._known[id] = self._tree(id)
        return self._known[id]

    def _tree(self, id: str) -> dict[str, Entry]:
        raise NotImplementedError


class ApiCommit(_Trees):
    """A commit of a repository, or of a fork whose pull request it has. Raises ApiError."""

    def __init__(self, api: Api, repository: str, sha: str) -> None:
        super().__init__(sha)
        self._api = api
        self._where = f"/repos/{repository}/git"

    def read(self, file: Entry) -> bytes:
        blob = self._api.get(f"{self._where}/blobs/{file.id}", Blob)
        try:
            if blob.encoding != "base64":
                raise ValueError(f"in {blob.encoding}")
            data = base64.b64decode(blob.content)
        except (ValueError, binascii.Error) as error:
            raise ApiError(f"blob {file.id}: cannot be decoded ({error})") from error
        if len(data) != file.size:
            raise ApiError(f"blob {file.id}: {len(data)} bytes, but its tree says {file.size}")
        return data

    def _tree(self, id: str) -> dict[str, Entry]:
        tree = self._api.get(f"{self._where}/trees/{id}", Tree)
        if tree.truncated:
            raise ApiError(f"tree {id}: has more files than GitHub tells; ask for a commit without them")
        return {node.path: Entry(node.mode, node.sha, node.size) for node in tree.tree}


class GitError(Exception):
    """git did not do as it was asked; the text says what it said."""


class GitCommit(_Trees):
    """A commit in a bare repository of ours, which lacks the files that are too large. Raises GitError."""

    def __init__(self, repository: Path, sha: str) -> None:
        super().__init__(sha)
        self._repository = repository
        self._sizes = dict(line.split() for line in self._ask("cat-file", "--batch-all-objects", SIZES).splitlines())

    def read(self, file: Entry) -> bytes:
        return git(self._repository, "cat-file", "blob", file.id)

    def _tree(self, id: str) -> dict[str, Entry]:
        lines = self._ask("ls-tree", "-z", id).split("\0")
        return dict(self._entry(line) for line in lines if line)

    def _entry(self, line: str) -> tuple[str, Entry]:
        """From `mode type id\tname`."""
        about, _, name = line.partition("\t")
        mode, _, id = about.split()
        return name, Entry(mode, id, int(self._sizes.get(id, MAX_COMMITTED + 1)))

    def _ask(self, *command: str) -> str:
        return git(self._repository, *command).decode("utf-8", "surrogateescape")


@contextlib.contextmanager
def fetched(url: str, branch: str = "HEAD", token: str = "") -> Iterator[GitCommit]:
    """The tip of a branch of the repository at `url`, for as long as the block lasts. Raises GitError.

    One commit without its history, and no file that is larger than a notebook may be.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        folder = Path(name)
        git(folder, "init", "--quiet", "--bare", ".")
        git(folder, "remote", "add", "--", "origin", url)
        blobs = f"--filter=blob:limit={MAX_COMMITTED + 1}"
        git(
            folder,
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            blobs,
            "--end-of-options",
            "origin",
            branch,
            token=token,
        )
        git(folder, "remote", "set-url", "origin", os.devnull)  # else what was left out would be fetched when asked for
        yield GitCommit(folder, git(folder, "rev-parse", "--verify", "FETCH_HEAD^{commit}").decode().strip())


class Stubs:
    """What a student starts from, as a commit: the stubs of the assignments that `head` has a folder for."""

    def __init__(self, course: Course, head: dict[str, Entry]) -> None:
        self._course = course
        self._head = head

    def folder(self, path: str) -> dict[str, Entry]:
        if path == "assignments":
            return {id: Entry("040000", "the stubs") for id in self._course.ids if id in self._head}
        folder, _, name = path.rpartition("/")
        if folder != "assignments" or name not in self._course.ids:
            return {}
        assignment = self._course.assignment(name)
        return {path.name: _entry(path.read_bytes()) for path in (assignment.stub, assignment.notebook)}

    def read(self, file: Entry) -> bytes:
        raise NotImplementedError("only compared with")


def _entry(data: bytes) -> Entry:
    id = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return Entry("100644", id, len(data))


def git(folder: Path, *command: str, token: str = "") -> bytes:
    """What git says in the bare repository `folder`, within bounds of time and size. Raises GitError."""
    settings = {"protocol.version": "2"}
    server = os.environ.get("GITHUB_SERVER_URL") or "https://github.com"
    if token:
        basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings[f"http.{server}/.extraHeader"] = f"Authorization: Basic {basic}"  # no other host gets it
    with tempfile.TemporaryFile() as said:
        try:
            ended = subprocess.run(
                ["git", "-C", str(folder), *command],
                env=lonegit.environment(settings, server.partition(":")[0]) | {"HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.PIPE,
                timeout=FETCH_SECONDS,
                preexec_fn=_limited,
            )
        except FileNotFoundError:
            raise GitError("git is not there; install it") from None
        except subprocess.TimeoutExpired:
            raise GitError(f"git {command[0]}: no end after {FETCH_SECONDS} s") from None
        if ended.returncode:
            raise GitError(f"git {command[0]}: {clean(one_line(ended.stderr.decode('utf-8', 'replace')))}")
        if said.tell() > MAX_OUTPUT:
            raise GitError(f"git {command[0]}: more than {MAX_OUTPUT >> 20} MiB; a repository has fewer files")
        said.seek(0)
        return said.read()


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FETCH, MAX_FETCH))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
