"""What GitHub knows: repositories, pull requests, comments, issues, checks, tokens; and how its API says it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.github.git import Bare

ZERO_TIME = "2026-03-02T09:00:00Z"
BOT = "github-actions[bot]"


@dataclass(frozen=True)
class Token:
    """Whose it is, and what it may do: repository → scope → "read" or "write"."""

    value: str
    login: str
    grants: dict[str, dict[str, str]]
    is_app: bool = False  # a workflow's own: acts as a bot, and is no user

    @property
    def kind(self) -> str:
        return "Bot" if self.is_app else "User"

    def may(self, repository: str, scope: str, write: bool) -> bool:
        level = self.grants.get(repository, {}).get(scope)
        return level == "write" or (level == "read" and not write)


@dataclass
class Comment:
    id: int
    issue: int
    author: str
    kind: str
    body: str
    edits: int = 0

    def shown(self, place: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "body": self.body,
            "user": {"login": self.author, "id": number_of(self.author), "type": self.kind},
            "html_url": f"{place}/issues/{self.issue}#issuecomment-{self.id}",
            "created_at": ZERO_TIME,
            "updated_at": ZERO_TIME,
        }


@dataclass
class Issue:
    number: int
    author: str
    title: str
    body: str
    kind: str = "User"
    state: str = "open"

    def shown(self, place: str) -> dict[str, Any]:
        shown = {
            "id": 7_000_000 + self.number,
            "number": self.number,
            "title": self.title,
            "body": self.body,
            "state": self.state,
            "user": {"login": self.author, "id": number_of(self.author), "type": self.kind},
            "html_url": f"{place}/issues/{self.number}",
        }
        # GitHub lists pull requests as issues too, and tells them apart by this key.
        is_pull = isinstance(self, Pull)
        return shown | ({"pull_request": {"url": f"{place}/pulls/{self.number}"}} if is_pull else {})


@dataclass
class Environment:
    """Secrets and variables for the jobs that name it. Without `branches`, of any branch."""

    secrets: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    branches: tuple[str, ...] | None = ("main",)


@dataclass
class Repository:
    """One repository. `default_token`: what a workflow's token may do where the workflow does not say."""

    id: int
    full_name: str
    bare: Bare
    private: bool = False
    parent: Repository | None = None
    default_branch: str = "main"
    default_token: str = "read"
    variables: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    environments: dict[str, Environment] = field(default_factory=dict)
    deploy_keys: set[str] = field(default_factory=set)
    issues: dict[int, Issue] = field(default_factory=dict)  # pull requests are among them
    comments: dict[int, Comment] = field(default_factory=dict)
    checks: list[dict[str, Any]] = field(default_factory=list)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def owner(self) -> str:
        return self.full_name.split("/")[0]

    @property
    def pulls(self) -> dict[int, Pull]:
        return {number: issue for number, issue in self.issues.items() if isinstance(issue, Pull)}

    @property
    def head(self) -> str:
        """The head commit of the default branch."""
        sha = self.bare.resolve(f"refs/heads/{self.default_branch}")
        assert sha is not None, f"{self.full_name} is empty"
        return sha

    def comments_of(self, number: int) -> list[Comment]:
        return [comment for comment in self.comments.values() if comment.issue == number]

    def shown(self, server: str) -> dict[str, Any]:
        name = self.full_name.split("/")[1]
        return {
            "id": self.id,
            "name": name,
            "full_name": self.full_name,
            "private": self.private,
            "fork": self.parent is not None,
            "default_branch": self.default_branch,
            "owner": {"login": self.owner, "id": number_of(self.owner), "type": "User"},
            "html_url": f"{server}/{self.full_name}",
            "url": f"{server}/api/v3/repos/{self.full_name}",
            "clone_url": f"{server}/{self.full_name}.git",
        }


@dataclass
class Pull(Issue):
    """A pull request: the issue of its number, and what it would merge. `head_repository` is None once deleted."""

    base: Repository = field(kw_only=True)
    head_repository: Repository | None = field(kw_only=True)
    head_owner: str = field(kw_only=True)
    branch: str = field(kw_only=True)
    draft: bool = False

    @property
    def head_sha(self) -> str:
        sha = self.base.bare.resolve(f"refs/pull/{self.number}/head")
        assert sha is not None
        return sha

    @property
    def merge_sha(self) -> str | None:
        return self.base.bare.resolve(f"refs/pull/{self.number}/merge")

    @property
    def is_from_fork(self) -> bool:
        return self.head_repository is not self.base

    @property
    def comments(self) -> list[Comment]:
        return self.base.comments_of(self.number)

    @property
    def checks(self) -> list[dict[str, Any]]:
        """The check runs on its newest commit."""
        return [check for check in self.base.checks if check["head_sha"] == self.head_sha]

    def shown_as_pull(self, server: str) -> dict[str, Any]:
        base, head = self.base, self.head_repository
        place = f"{server}/{base.full_name}"
        return {
            "id": 9_000_000 + self.number,
            "number": self.number,
            "state": self.state,
            "draft": self.draft,
            "title": self.title,
            "body": self.body,
            "user": {"login": self.author, "id": number_of(self.author), "type": self.kind},
            "html_url": f"{place}/pull/{self.number}",
            "merge_commit_sha": self.merge_sha,
            "head": {
                "label": f"{self.head_owner}:{self.branch}",
                "ref": self.branch,
                "sha": self.head_sha,
                "user": {"login": self.head_owner, "id": number_of(self.head_owner), "type": "User"},
                "repo": head.shown(server) if head else None,
            },
            "base": {
                "label": f"{base.owner}:{base.default_branch}",
                "ref": base.default_branch,
                "sha": base.head,
                "user": {"login": base.owner, "id": number_of(base.owner), "type": "User"},
                "repo": base.shown(server),
            },
        }


def number_of(login: str) -> int:
    """A person's numeric id: the same for a login in every test."""
    return 1000 + sum(place * ord(letter) for place, letter in enumerate(login, 1))
