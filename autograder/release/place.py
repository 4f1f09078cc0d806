"""Where a release goes: what is there already, in the folder and on the remote, and what is refused."""

from __future__ import annotations

import os
import shlex
import tempfile
from pathlib import Path

from autograder.course import Course
from autograder.release.listing import ReleaseError
from autograder.release.record import NAME as RECORD
from autograder.release.repository import BRANCH, HEAD, GitError, Repository, git
from autograder.text import clean

LOST = "nothing was changed"


class Place:
    """DEST and its remote; `there`: the repository that DEST already is. Reads only. Raises ReleaseError."""

    def __init__(self, course: Course, dest: Path, remote: str | None) -> None:
        self.shown = str(dest)
        self.folder = dest.resolve()
        self.there: Repository | None = None
        root = course.root.resolve()
        if root == self.folder or root in self.folder.parents:
            raise ReleaseError(f"{dest}: in the course itself; choose a folder outside of {root}")
        if self.folder in root.parents:
            raise ReleaseError(f"{dest}: has the course in it; choose a folder outside of {self.folder}")
        if self.folder.exists() and not self.folder.is_dir():
            raise ReleaseError(f"{dest}: a file; choose a folder")
        try:
            if self.folder.is_dir() and any(self.folder.iterdir()):
                self.there = self._repository()
        except OSError as error:
            raise ReleaseError(f"{dest}: {error.strerror}; choose a folder that can be read and written") from error
        self.remote = self._address(remote)
        self.published = self._published() if self.remote else ""

    @property
    def as_typed(self) -> str:
        return shlex.quote(self.shown)

    def _repository(self) -> Repository:
        """The repository of an earlier release, or one without a commit; clean, and on its branch."""
        repository = Repository(self.folder)
        if repository.is_bare:
            raise ReleaseError(
                f"{self.shown}: a bare repository: give it with --remote, and choose a new folder as DEST ({LOST})"
            )
        if not (self.folder / ".git").exists():
            raise ReleaseError(f"{self.shown}: not empty, and no release; choose a new folder ({LOST})")
        for place in (self.folder, self.folder / ".git"):
            if not os.access(place, os.W_OK):
                raise ReleaseError(f"{self.shown}: cannot be written; make it yours, or choose another folder")
        at = repository.line("symbolic-ref", "--quiet", "HEAD")
        if at != HEAD:
            now = f"on branch {clean(at.removeprefix('refs/heads/'))}" if at else "on no branch"
            command = f"git -C {self.as_typed} switch {'' if repository.head else '-c '}{BRANCH}"
            raise ReleaseError(f"{self.shown}: {now}, and a release goes to {BRANCH}; {command} ({LOST})")
        try:
            status = repository.git("status", "--porcelain", "-z", "--untracked-files=normal")
        except GitError as error:
            raise ReleaseError(f"{self.shown}: git cannot read it ({error}); repair it first") from None
        if status:
            name = clean(status.split(b"\0")[0][3:].decode("utf-8", "replace"))
            raise ReleaseError(
                f"{self.shown}: has changes that are not committed ({name}); commit or stash them first ({LOST})"
            )
        if repository.head and RECORD not in repository.entries():
            raise ReleaseError(f"{self.shown}: a repository that no release made; choose a new folder ({LOST})")
        return repository

    def _address(self, remote: str | None) -> str:
        """The remote that is meant; a folder's whole path, for git reads others from within DEST."""
        if remote is None:
            return ""
        if not remote.strip():
            raise ReleaseError(f"--remote: is empty; name the address of a repository, or leave out --remote ({LOST})")
        address = str(Path(remote).resolve()) if Path(remote).exists() else remote
        origin = self.there.origin if self.there else ""
        if origin and origin not in (address, remote):
            raise ReleaseError(
                f"{self.shown}: its origin is {clean(origin)}, not {clean(remote)}; leave out --remote, or change it"
                f" with git -C {self.as_typed} remote set-url origin URL ({LOST})"
            )
        return address

    def _published(self) -> str:
        """The commit that the remote's branch is at; empty where the remote is."""
        try:
            return self._tip()
        except GitError as error:
            raise ReleaseError(
                f"{clean(self.remote)}: {error}; check the address and that you may write there ({LOST})"
            ) from None

    def _tip(self) -> str:
        listed = git("ls-remote", "--heads", "--", self.remote).decode("utf-8", "replace").split()
        heads = dict(zip(listed[1::2], listed[::2], strict=True))
        if heads and HEAD not in heads:
            raise ReleaseError(
                f"{clean(self.remote)}: has branches but no {BRANCH}; name an empty one, or one that release made"
            )
        at = heads.get(HEAD, "")
        if self.there and at and not self._has(at):
            raise ReleaseError(f"{self.shown}: {self._difference(self.there)} ({LOST})")
        return at

    def _has(self, commit: str) -> bool:
        assert self.there is not None
        return bool(self.there.head) and self.there.line("merge-base", HEAD, commit) == commit

    def _difference(self, here: Repository) -> str:
        """What there is to do where the remote has commits that are not here."""
        remote = clean(self.remote)
        with tempfile.TemporaryDirectory(prefix="autograder-release-") as name:
            both = Repository.init(Path(name))
            both.git("fetch", "--quiet", "--no-tags", "--", self.remote, f"{HEAD}:refs/both/there")
            if here.head:
                both.git("fetch", "--quiet", "--no-tags", "--", str(self.folder), f"{HEAD}:refs/both/here")
            ours = both.line("rev-parse", "--verify", "--quiet", "refs/both/here")
            common = both.line("merge-base", "refs/both/here", "refs/both/there")
        if ours == common:  # or nothing is here yet
            command = f"git -C {self.as_typed} pull --ff-only {shlex.quote(self.remote)} {BRANCH}"
            return f"lacks commits that {remote} has; {command}, then release again"
        fact = "have gone different ways" if common else "are two different releases"
        return f"this and {remote} {fact}; release into a new folder with --remote"
