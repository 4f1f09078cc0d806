"""GitHub as a test sees it: repositories, pull requests, pushes, tokens, events; the stand-in server is behind it."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.github import events
from tests.github.events import Event
from tests.github.faults import Fault
from tests.github.git import Bare, File
from tests.github.server import Request, Server
from tests.github.state import BOT, Comment, Pull, Repository, Token


class GitHub:
    """A little GitHub with its bare repositories under `root`. Close it, or use it as a context."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.server = Server()
        self._ids = itertools.count(501)

    def __enter__(self) -> GitHub:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self.server.close()

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def api_url(self) -> str:
        return f"{self.server.url}/api/v3"

    @property
    def repositories(self) -> dict[str, Repository]:
        return self.server.api.repositories

    @property
    def requests(self) -> list[Request]:
        """Every call that came, in order."""
        return self.server.requests

    @property
    def unknown(self) -> list[str]:
        """Calls that the stand-in does not know; a test asserts that there are none."""
        return self.server.api.unknown

    def repository(
        self, full_name: str, files: Mapping[str, File | None] | Bare | None = None, **settings: Any
    ) -> Repository:
        """A repository: of these files, or the bare one that is there already. `settings`: see Repository."""
        bare = files if isinstance(files, Bare) else Bare.make(self.root / f"{full_name}.git")
        if files and not isinstance(files, Bare):
            bare.commit(files)
        repository = Repository(next(self._ids), full_name, bare, **settings)
        self.repositories[full_name] = repository
        return repository

    def fork(self, repository: Repository, owner: str) -> Repository:
        """A fork that belongs to `owner`: an id of its own, the objects shared."""
        full_name = f"{owner}/{repository.full_name.split('/')[1]}"
        bare = Bare.make(self.root / f"{full_name}.git", like=repository.bare)
        fork = Repository(next(self._ids), full_name, bare, repository.private, parent=repository)
        self.repositories[full_name] = fork
        return fork

    def push(
        self,
        repository: Repository,
        files: Mapping[str, File | None] | None = None,
        branch: str = "main",
        message: str = "work",
        parent: str | None = "",
        commit: str | None = None,
    ) -> str:
        """A push to a branch: of a commit made of `files`, or of `commit`, forced if need be. Pull requests follow."""
        bare = repository.bare
        if commit:
            bare.git("update-ref", f"refs/heads/{branch}", commit)
        else:
            start = bare.resolve(f"refs/heads/{branch}") or bare.resolve(f"refs/heads/{repository.default_branch}")
            commit = bare.commit(files or {}, branch, message, start if parent == "" else parent)
        if repository.parent:  # at GitHub the objects of forks are in the repository's own store
            repository.parent.bare.fetch(bare, commit, f"refs/network/{repository.id}/{branch}")
        for base in self.repositories.values():
            for pull in base.pulls.values():
                if pull.state == "open" and pull.head_repository is repository and pull.branch == branch:
                    self._follow(pull, commit)
                elif pull.state == "open" and base is repository and branch == base.default_branch:
                    self._follow(pull, pull.head_sha)
        return commit

    def open_pull(
        self,
        base: Repository,
        head: Repository,
        branch: str,
        author: str | None = None,
        title: str = "My work",
        body: str = "",
        draft: bool = False,
    ) -> Pull:
        """A pull request of a branch, which must be there. `author`: the owner of the head, unless told."""
        pull = Pull(
            next(base.numbers),
            author or head.owner,
            title,
            body,
            base=base,
            head_repository=head,
            head_owner=head.owner,
            branch=branch,
            draft=draft,
        )
        sha = head.bare.resolve(f"refs/heads/{branch}")
        assert sha is not None, f"{head.full_name} has no branch {branch}"
        if head is not base:
            base.bare.fetch(head.bare, sha, f"refs/network/{head.id}/{branch}")
        base.issues[pull.number] = pull
        self._follow(pull, sha)
        return pull

    def delete_fork(self, fork: Repository) -> None:
        """Its pull requests stay, without a head repository."""
        del self.repositories[fork.full_name]
        for base in self.repositories.values():
            for pull in base.pulls.values():
                if pull.head_repository is fork:
                    pull.head_repository = None

    def comment(self, pull: Pull, author: str, body: str) -> Comment:
        """Somebody writes below a pull request."""
        comment = Comment(next(self.server.api.comment_ids), pull.number, author, "User", body)
        pull.base.comments[comment.id] = comment
        return comment

    def _follow(self, pull: Pull, sha: str) -> None:
        """refs/pull/N/head and …/merge of a new head; the latter is not there where the two conflict."""
        bare, ref = pull.base.bare, f"refs/pull/{pull.number}"
        bare.git("update-ref", f"{ref}/head", sha)
        merged = bare.merge(pull.base.head, sha)
        bare.git("update-ref", f"{ref}/merge", merged) if merged else bare.git("update-ref", "-d", f"{ref}/merge")

    # tokens

    def person(self, login: str, **grants: dict[str, str]) -> str:
        """A personal token. `grants`: repository, with `__` for its slash, or in a dict → scope → level."""
        return self.token(login, {name.replace("__", "/"): scopes for name, scopes in grants.items()})

    def token(self, login: str, grants: dict[str, dict[str, str]], is_app: bool = False) -> str:
        value = f"{'ghs' if is_app else 'github_pat'}_{secrets.token_hex(18)}"
        self.server.api.tokens[value] = Token(value, login, grants, is_app)
        return value

    def job_token(self, repository: Repository, permissions: dict[str, str]) -> str:
        """A workflow job's own token, for the job's time."""
        return self.token(BOT, {repository.full_name: permissions}, is_app=True)

    def expire(self, token: str) -> None:
        self.server.api.tokens.pop(token, None)

    def of_token(self, token: str) -> list[Request]:
        """What was asked for with a token."""
        return [request for request in self.requests if request.token == token]

    # faults

    def fail(self, method: str, path: str, **what: Any) -> Fault:
        """The next call of this method whose path fits the pattern (of `re`) goes wrong; see Fault for how."""
        return self.server.faults.add(method, path, **what)

    @contextmanager
    def stranger(self) -> Iterator[Server]:
        """Another host, where a redirect may lead; its `requests` tell whether a token came along."""
        server = Server()
        try:
            yield server
        finally:
            server.close()

    # events

    def event_pull_request(self, pull: Pull, action: str = "opened", name: str = "pull_request") -> Event:
        return events.of_pull_request(self.url, pull, action, name)

    def event_workflow_run(self, pull: Pull, conclusion: str = "success", **other: Any) -> Event:
        """Stage 1 was completed for the pull request's newest commit, whether or not the harness ran it."""
        told: dict[str, Any] = {
            "number": next(self._ids) + 100_000,
            "attempt": 1,
            "workflow": "examples",
            "head_sha": pull.head_sha,
        }
        told = {"path": ".github/workflows/examples.yml"} | told | other
        return events.of_workflow_run(self.url, pull, conclusion=conclusion, **told)

    def event_dispatch(
        self, repository: Repository, workflow: str = "feedback", actor: str = "instructor", **inputs: str
    ) -> Event:
        path = workflow if re.search(r"\.ya?ml$", workflow) else f".github/workflows/{workflow}.yml"
        return events.of_dispatch(self.url, repository, path, inputs, actor)

    def event_schedule(self, repository: Repository, cron: str) -> Event:
        return events.of_schedule(self.url, repository, cron)
