"""One text that is updated and never repeated: a comment on a pull request, or an issue.

GitHub has no "update if unchanged". So whoever writes looks again afterwards: of several texts that runs at the same
time have made, each of them keeps the same one and takes the others away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import msgspec

from autograder.ci.api import Api, ApiError
from autograder.ci.changes import Kept, kept
from autograder.ci.feedback import Feedback
from autograder.ci.pull import Pull

BOT = "github-actions[bot]"  # no person can be called so: logins have no brackets
ISSUE = "nand2mnist: feedback / 피드백"
CHECK = "nand2mnist"


class Author(msgspec.Struct):
    login: str
    type: str = "User"


class Item(msgspec.Struct):
    """A comment or an issue."""

    id: int
    user: Author | None = None
    body: str | None = None
    html_url: str = ""
    number: int = 0
    pull_request: object = None


@dataclass(frozen=True)
class Ours:
    """A text that we wrote earlier."""

    item: Item
    kept: Kept


class Place(Protocol):
    """Where such texts are, and whose are ours. `may_add`: whether a first one may be written."""

    authors: Sequence[str]
    may_add: bool

    def all(self) -> list[Item]: ...
    def add(self, body: str) -> Item: ...
    def change(self, item: Item, body: str) -> Item: ...
    def remove(self, item: Item) -> None: ...


class Comments:
    """The comments of a pull request."""

    def __init__(self, api: Api, repository: str, number: int, authors: Sequence[str], may_add: bool = True) -> None:
        self.authors = authors
        self.may_add = may_add
        self._api = api
        self._one = f"/repos/{repository}/issues/comments"
        self._list = f"/repos/{repository}/issues/{number}/comments"

    def all(self) -> list[Item]:
        return list(self._api.pages(self._list, Item))

    def add(self, body: str) -> Item:
        return self._api.send("POST", self._list, {"body": body}, Item)

    def change(self, item: Item, body: str) -> Item:
        return self._api.send("PATCH", f"{self._one}/{item.id}", {"body": body}, Item)

    def remove(self, item: Item) -> None:
        self._api.delete(f"{self._one}/{item.id}")


class Issues:
    """Issues of a student's repository: one that is kept open, in which the feedback stands."""

    def __init__(self, api: Api, repository: str, author: str) -> None:
        self.authors: Sequence[str] = [author]
        self.may_add = True
        self._api = api
        self._list = f"/repos/{repository}/issues"

    def all(self) -> list[Item]:
        found = self._api.pages(self._list, Item, state="all", creator=self.authors[0])
        return [item for item in found if item.pull_request is None]

    def add(self, body: str) -> Item:
        return self._api.send("POST", self._list, {"title": ISSUE, "body": body}, Item)

    def change(self, item: Item, body: str) -> Item:
        return self._api.send("PATCH", f"{self._list}/{item.number}", {"body": body, "state": "open"}, Item)

    def remove(self, item: Item) -> None:
        self._api.send("PATCH", f"{self._list}/{item.number}", {"state": "closed", "body": "–"}, Item)


def own_login(api: Api) -> str | None:
    """Who the token belongs to; None for a workflow's token, which may not ask."""
    try:
        return api.get("/user", Author).login
    except ApiError as error:
        if error.status != 403:
            raise
        return None


def ours(place: Place) -> list[Ours]:
    """Our texts, oldest first. A text of somebody else's counts for nothing, whatever stands in it."""
    found = []
    for item in place.all():
        is_ours = item.user is not None and item.user.login in place.authors
        remembered = kept(item.body or "") if is_ours else None
        if remembered is not None:
            found.append(Ours(item, remembered))
    return sorted(found, key=lambda each: each.item.id)


Done = Literal["added", "updated", "unchanged", "left to a later run", "left to the workflow, which writes the first"]
WRITTEN: tuple[Done, ...] = ("added", "updated", "unchanged")


def keep(place: Place, there: list[Ours], new: Feedback) -> tuple[Done, str]:
    """Make `new` the one text at `place`, where `there` are those that were found; what was done, and its address."""
    done: Done
    if there and _is_later(there[0].kept, new.kept):
        done, item = "left to a later run", there[0].item
    elif there and there[0].item.body == new.comment:
        done, item = "unchanged", there[0].item
    elif there:
        done, item = "updated", place.change(there[0].item, new.comment)
    elif place.may_add:
        done, item = "added", place.add(new.comment)
    else:
        return "left to the workflow, which writes the first", ""
    everyone = ours(place)
    if len(everyone) > 1:
        # Every run chooses alike: the one for the commit at hand, then the latest grading, then the oldest text.
        best = max(everyone, key=lambda each: (each.kept.commit == new.kept.commit, each.kept.graded, -each.item.id))
        for other in everyone:
            if other.item.id != best.item.id:
                place.remove(other.item)
        item = best.item
    return done, item.html_url


def _is_later(there: Kept, new: Kept) -> bool:
    """Whether the same commit was graded after this, say by a re-run with corrected graders."""
    return there.commit == new.commit and there.graded > new.graded


def check(api: Api, repository: str, pull: Pull, new: Feedback, details: str) -> None:
    """A conclusion beside the commit, with the findings at the student's own lines.

    Checks belong to commits, and two pull requests may have the same: each has a check of its own name.
    """
    annotations = [
        {"path": a.path, "start_line": a.line, "end_line": a.line, "annotation_level": a.level}
        | {"title": a.title[:250], "message": a.message}
        for a in new.annotations
    ]
    output = {"title": new.title, "summary": new.check, "annotations": annotations}
    name = f"{CHECK} (pull request {pull.number})"
    body = {
        "name": name,
        "head_sha": pull.head.sha,
        "status": "completed",
        "conclusion": new.conclusion,
        "output": output,
    }
    api.send("POST", f"/repos/{repository}/check-runs", body | ({"details_url": details} if details else {}), object)
