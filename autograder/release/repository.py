"""A git repository, by plumbing: objects and trees are made from bytes, and only git itself writes the work tree.

So a tree depends on the files alone (no umask, no line ends, no filter, no hook, no template, no signature of the
user's), and a link in the work tree is never followed. What reaches a remote is the user's git: its keys and addresses.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from autograder import lonegit
from autograder.release.listing import ReleaseError
from autograder.release.update import Entry
from autograder.text import clean, one_line

BRANCH = "main"
HEAD = f"refs/heads/{BRANCH}"
NOBODY = "nand2mnist release", "release@nand2mnist.invalid"  # where git knows no name
# What would send git to another repository, as inside of a hook.
ELSEWHERE = """
GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_PREFIX
GIT_NAMESPACE
""".split()
NOTHING: Mapping[str, str] = {}
NO_GIT = "git: not there; install git, a release is a commit"
REASON = 600  # characters of what git said
STATUS = ("--porcelain", "-z", "--untracked-files=all", "--no-renames")
OURS = ("-c", f"core.hooksPath={os.devnull}", "-c", "i18n.commitEncoding=utf-8", "-c", "core.fsmonitor=false")


class GitError(ReleaseError):
    """git said no; the text is its reason."""


def git(*command: str, input: bytes = b"", more: Mapping[str, str] = NOTHING) -> bytes:
    """What git prints; `more`: variables of its environment. Raises GitError; ReleaseError where there is no git."""
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    try:
        asked = subprocess.run(
            ["git", *OURS, *command], input=input, capture_output=True, env=kept | {"LC_ALL": "C"} | dict(more)
        )
    except FileNotFoundError:
        raise ReleaseError(NO_GIT) from None
    if asked.returncode:
        raise GitError(_reason(asked.stderr.decode("utf-8", "replace")))
    return asked.stdout


def _reason(said: str) -> str:
    """All that git says but its hints, on one line: the reason may be ssh's or the server's, before git's own words."""
    lines = [line for line in said.splitlines() if not line.startswith("hint: ")]
    return clean(one_line(" ".join(lines)), REASON) or "git says nothing"


def uncommitted(folder: Path) -> set[str]:
    """The paths below a folder of what is not as in the last commit; none where there is no git work tree."""
    work = Repository(folder)
    try:
        work.git("rev-parse", "--verify", "--quiet", "HEAD")
        above = work.git("rev-parse", "--show-prefix").removesuffix(b"\n")
        listed = work.git("--no-optional-locks", "status", *STATUS, "--", ".")
    except GitError:
        return set()
    return {os.fsdecode(row[3:].removeprefix(above)) for row in listed.split(b"\0") if row}


def known(folder: Path) -> set[str] | None:
    """The paths below a folder that git has, or is told to have; None where there is no git work tree.

    Reads the index alone, with nothing of the user's. Raises ReleaseError where git cannot tell.
    """
    order = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--", "."]
    try:
        asked = subprocess.run(order, capture_output=True, env=lonegit.environment({"safe.directory": "*"}))
    except FileNotFoundError:
        raise ReleaseError(NO_GIT) from None
    if not asked.returncode:
        return {os.fsdecode(path) for path in asked.stdout.split(b"\0") if path}
    said = asked.stderr.decode("utf-8", "replace")
    if "not a git repository" in said and not os.path.lexists(folder / ".git"):
        return None
    raise ReleaseError(f"{folder}: git cannot tell what belongs to the course ({_reason(said)}); repair it first")


class Repository:
    """The repository in a folder, and its branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def init(cls, folder: Path) -> Repository:
        git("init", "--quiet", "--template=", f"--initial-branch={BRANCH}", "--object-format=sha1", str(folder))
        return cls(folder)

    @classmethod
    def clone(cls, url: str, folder: Path) -> Repository:
        git("clone", "--quiet", "--template=", "--origin=origin", f"--branch={BRANCH}", "--", url, str(folder))
        return cls(folder)

    @property
    def is_bare(self) -> bool:
        return (self.folder / "HEAD").is_file() and (self.folder / "objects").is_dir()

    def git(self, *command: str, input: bytes = b"", more: Mapping[str, str] = NOTHING) -> bytes:
        return git("-C", str(self.folder), *command, input=input, more=more)

    def line(self, *command: str) -> str:
        """One line that git prints, or nothing where it ends with an error."""
        try:
            return self.git(*command).decode("utf-8", "surrogateescape").strip()
        except GitError:
            return ""

    @property
    def head(self) -> str:
        """The commit that the branch is at; empty before the first."""
        return self.line("rev-parse", "--verify", "--quiet", HEAD)

    @property
    def origin(self) -> str:
        return self.line("config", "--get", "remote.origin.url")

    def entries(self) -> dict[str, Entry]:
        """The files, links and submodules of the branch."""
        listed = self.git("ls-tree", "-r", "-z", HEAD) if self.head else b""
        rows = (row.partition(b"\t") for row in listed.split(b"\0") if row)
        return {
            path.decode("utf-8", "surrogateescape"): Entry(about.split()[0].decode(), about.split()[2].decode())
            for about, _, path in rows
        }

    def in_the_way(self, paths: Iterable[str]) -> list[str]:
        """The ignored files that git would write over to put files at these paths."""
        wanted = {path: PurePosixPath(path) for path in paths}
        folders = {str(parent) for path in wanted.values() for parent in path.parents}
        listed = self.git("ls-files", "--others", "--ignored", "--exclude-standard", "-z").split(b"\0")
        ignored = [PurePosixPath(os.fsdecode(name)) for name in listed if name]
        hit = wanted.keys() | folders
        return [str(each) for each in ignored if str(each) in hit or any(str(p) in wanted for p in each.parents)]

    def contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Id -> content, of those that are files or links."""
        wanted = sorted(set(ids))
        answer = self.git("cat-file", "--batch", input="".join(f"{id}\n" for id in wanted).encode())
        found: dict[str, bytes] = {}
        at = 0
        for id in wanted:
            end = answer.index(b"\n", at)
            header = answer[at:end].split()
            at = end + 1
            if len(header) == 3:  # else: `ID missing`, as of a submodule
                found[id] = answer[at : at + int(header[2])]
                at += int(header[2]) + 1
        return found

    def store(self, paths: Iterable[Path]) -> list[str]:
        """The ids of the contents of these files, which become objects, byte by byte."""
        order = "".join(f"{path}\n" for path in paths)
        asked = self.git("hash-object", "-w", "--no-filters", "--stdin-paths", input=os.fsencode(order))
        return asked.decode().split()

    def commit(self, entries: Mapping[str, Entry], message: str, scratch: Path) -> str:
        """Make a commit of these on top of the branch, and move branch and work tree to it. Returns its id.

        `scratch`: a file that is not there yet, for an index that is not the user's.
        """
        index = {"GIT_INDEX_FILE": str(scratch)}
        lines = (f"{mode} {id} 0\t{path}\0" for path, (mode, id) in sorted(entries.items()))
        listed = os.fsencode("".join(lines))
        self.git("update-index", "-z", "--index-info", input=listed, more=index)
        tree = self.git("write-tree", more=index).decode().strip()
        head = self.head
        parents = ("-p", head) if head else ()
        made = self.git("commit-tree", "--no-gpg-sign", *parents, "-m", message, tree, more=self._author())
        commit = made.decode().strip()
        self.git("read-tree", "-m", "-u", *((head,) if head else ()), tree)
        self.git("update-ref", "-m", "release", HEAD, commit, head)
        return commit

    def _author(self) -> dict[str, str]:
        """Variables that give a commit an author where the user's git would have to guess one from the machine."""
        if self.line("config", "--get", "user.name") and self.line("config", "--get", "user.email"):
            return {}
        told = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in zip(("NAME", "EMAIL"), NOBODY, strict=True)
        }
        return {name: os.environ.get(name) or value for name, value in told.items()}
