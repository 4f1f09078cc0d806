"""GitHub's REST API without its calls: who may ask for what, pages, refusals; `calls` says what is answered."""

from __future__ import annotations

import re
import threading
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.github.state import Repository, Token


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "documentation_url": "https://docs.github.com/rest", **more}


@dataclass
class Call:
    """One request, as its handler sees it."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    token: Token
    server: str
    links: dict[str, str] = field(default_factory=dict)  # rel → page

    def page(self, items: Iterable[Any]) -> list[Any]:
        """The page that is asked for; what comes before and after goes into the Link header."""
        everything = list(items)
        size = min(max(_whole(self.query.get("per_page"), 30), 1), 100)
        page, last = max(_whole(self.query.get("page"), 1), 1), max(1, -(-len(everything) // size))
        for rel, number in (("prev", page - 1), ("next", page + 1), ("first", 1), ("last", last)):
            if number != page and 1 <= number <= last:
                query = urllib.parse.urlencode(self.query | {"page": str(number)})
                self.links[rel] = f"{self.server}/api/v3{self.path}?{query}"
        return everything[(page - 1) * size : page * size]


@dataclass(frozen=True)
class Route:
    method: str
    path: re.Pattern[str]
    scopes: tuple[str, ...]  # one of these is needed; "" where the handler looks
    handler: Callable[..., Any]


ROUTES: list[Route] = []


def route(method: str, path: str, *scopes: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path.replace("{repo}", "(?P<repo>[^/]+/[^/]+)"))

    def register(handler: Callable[..., Any]) -> Callable[..., Any]:
        ROUTES.append(Route(method, re.compile(pattern), scopes, handler))
        return handler

    return register


class Api:
    """Answers calls from the state. `call` → (status, JSON, headers); `unknown`: calls that nobody foresaw."""

    def __init__(self, server: str, routes: list[Route]) -> None:
        self.server, self.routes = server, routes
        self.repositories: dict[str, Repository] = {}
        self.tokens: dict[str, Token] = {}
        self.unknown: list[str] = []
        self.comment_ids = iter(range(50_001, 10**9))
        self.check_ids = iter(range(80_001, 10**9))
        self.lock = threading.RLock()

    def call(self, method: str, path: str, query: dict[str, str], token: str | None, body: Any) -> tuple[int, Any, Any]:
        try:
            if token is None:
                raise Refusal(401, "Requires authentication")
            if token not in self.tokens:
                raise Refusal(401, "Bad credentials")
            call = Call(method, path, query, body, self.tokens[token], self.server)
            with self.lock:
                status, answer = self._answer(call)
        except Refusal as refusal:
            return refusal.status, refusal.body, {}
        link = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in call.links.items())
        return status, answer, ({"Link": link} if link else {})

    def _answer(self, call: Call) -> tuple[int, Any]:
        for each in self.routes:
            match = each.path.fullmatch(call.path)
            if match and each.method == call.method:
                parts: dict[str, Any] = {name: urllib.parse.unquote(part) for name, part in match.groupdict().items()}
                if "repo" in parts:
                    parts["repo"] = self.visible(call, parts["repo"], each.scopes)
                answer = each.handler(self, call, **parts)
                return answer if isinstance(answer, tuple) else (200, answer)
        self.unknown.append(f"{call.method} {call.path}")
        raise Refusal(404, "Not Found")

    def visible(self, call: Call, full_name: str, scopes: tuple[str, ...]) -> Repository:
        """The repository that is asked for, if the token may do this there."""
        found = {name.lower(): one for name, one in self.repositories.items()}.get(full_name.lower())
        write = call.method != "GET"
        if found is None:
            raise Refusal(404, "Not Found")
        if any(call.token.may(found.full_name, scope, write) for scope in scopes):
            return found
        granted = call.token.grants.get(found.full_name)
        if granted is None and found.private:
            raise Refusal(404, "Not Found")
        if granted is None and not write:
            return found  # anybody reads what is public
        raise forbidden(call)


def forbidden(call: Call) -> Refusal:
    return Refusal(403, f"Resource not accessible by {'integration' if call.token.is_app else 'personal access token'}")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else otherwise
