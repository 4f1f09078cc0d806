"""A pull request as GitHub describes it, and the language that its author reads."""

from __future__ import annotations

import re

import msgspec

from autograder.text import Lang

_LINE = r"^[^\S\n]*(?:language|언어)[^\S\n]*[:：][^\S\n]*(en|ko|english|korean|영어|한국어)\b"
_CHOICE = re.compile(_LINE, re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_KOREAN = ("ko", "korean", "한국어")


class Owner(msgspec.Struct):
    login: str
    id: int = 0


class Repo(msgspec.Struct):
    id: int
    full_name: str
    owner: Owner


class Head(msgspec.Struct):
    sha: str
    ref: str
    repo: Repo | None = None  # None: the fork is gone


class Pull(msgspec.Struct):
    """As much of a pull request as is looked at."""

    number: int
    state: str
    user: Owner | None  # None: the account is gone
    head: Head
    base: Head
    draft: bool = False
    title: str = ""
    body: str | None = None

    @property
    def name(self) -> str:
        """What its files are called in the inbox and among the answers."""
        return f"pull-{self.number}"

    @property
    def student(self) -> str:
        return self.user.login if self.user else "ghost"  # as GitHub shows it

    def lang(self, default: Lang) -> Lang:
        """The student's language: a line `Language: ko` in the description, else the one that they write in."""
        body = _COMMENT.sub("", self.body or "")
        if choice := _CHOICE.search(body):
            return "ko" if choice[1].lower() in _KOREAN else "en"
        return "ko" if re.search("[가-힣]", self.title + body) else default
