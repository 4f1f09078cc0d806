"""GitHub's REST API: JSON over HTTPS, with bounds on size, time and patience.

The standard library does: the job that may write to the repository installs one package (msgspec) and trusts no more.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from autograder.text import clean

PUBLIC = "https://api.github.com"
MAX_ANSWER = 16 << 20  # bytes; a blob of 1 MiB comes as 1.4 MB
SECONDS = 30.0
TRIES = 4
MAX_WAIT = 60.0  # seconds; who is told to wait longer gives up
MAX_PAGES = 300
PAGE = 30  # items; each may have a text of 65,536 letters, four bytes a letter

T = TypeVar("T")


class ApiError(Exception):
    """GitHub did not answer as it should; the text says which call, what it said, and what to do."""

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.status = status


class NotAllowed(ApiError):
    """The token is none, or what is asked for is not there for it."""


class Api:
    """Calls on behalf of `token`. Raises ApiError."""

    def __init__(self, base: str, token: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._base = base.rstrip("/")
        self._token = token
        self._sleep = sleep
        self._opener = urllib.request.build_opener(_OwnHostOnly())

    def get(self, path: str, form: type[T], **query: str | int) -> T:
        """The JSON at `path`, which must have the form."""
        return self._decoded(path, self._call("GET", _with(path, query))[0], form)

    def pages(self, path: str, form: type[T], **query: str | int) -> Iterator[T]:
        """The items of a list that comes in pages."""
        url: str | None = _with(path, {**query, "per_page": PAGE})
        for _ in range(MAX_PAGES):
            if url is None:
                return
            data, url = self._call("GET", url)
            yield from self._decoded(path, data, list[form])  # type: ignore[valid-type]
        raise ApiError(f"GET {path}: more than {MAX_PAGES} pages; narrow down what is asked for")

    def send(self, method: str, path: str, body: object, form: type[T]) -> T:
        """POST or PATCH `body`; what GitHub made of it."""
        return self._decoded(path, self._call(method, path, msgspec.json.encode(body))[0], form)

    def delete(self, path: str) -> None:
        """What is gone already is as good."""
        try:
            self._call("DELETE", path)
        except ApiError as error:
            if error.status != 404:
                raise

    def _decoded(self, path: str, data: bytes, form: type[T]) -> T:
        try:
            return msgspec.json.decode(data, type=form)
        except msgspec.MsgspecError as error:
            raise ApiError(f"{path}: an answer of another form ({error})") from error

    def _call(self, method: str, path: str, body: bytes | None = None) -> tuple[bytes, str | None]:
        """The answer, and where its next page is."""
        url = path if path.startswith(f"{self._base}/") else self._base + path
        for last in (*[False] * (TRIES - 1), True):
            request = urllib.request.Request(url, body, self._headers(), method=method)
            try:
                with self._opener.open(request, timeout=SECONDS) as answer:
                    data = answer.read(MAX_ANSWER + 1)
                    if len(data) > MAX_ANSWER:
                        raise ApiError(f"{method} {path}: an answer of more than {MAX_ANSWER >> 20} MiB")
                    return data, _next(answer.headers.get("Link", ""))
            except urllib.error.HTTPError as error:
                with error:
                    wait = _wait(error) if error.code in (403, 429) else 1.0 if error.code >= 500 else None
                    if last or wait is None or wait > MAX_WAIT:
                        raise self._refused(method, path, error) from None
            except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
                # What was sent may have arrived: only what changes nothing is sent again.
                if last or method != "GET":
                    raise ApiError(f"{method} {path}: no answer ({error}); run this again") from error
                wait = 1.0
            self._sleep(wait)
        raise AssertionError("unreachable")

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        headers |= {"User-Agent": "nand2mnist", "Content-Type": "application/json"}
        return headers | ({"Authorization": f"Bearer {self._token}"} if self._token else {})

    def _refused(self, method: str, path: str, error: urllib.error.HTTPError) -> ApiError:
        said = clean(error.read(400).decode("utf-8", "replace"))
        ways = {
            401: "give a valid GITHUB_TOKEN",
            403: "the token lacks a permission, or the rate limit is used up",
            404: "it is not there, or the token may not see it",
        }
        kind = NotAllowed if error.code in (401, 404) else ApiError
        way_out = ways.get(error.code, "GitHub refused it")
        return kind(f"{method} {path}: {error.code}; {way_out} ({said})", error.code)


class _OwnHostOnly(urllib.request.HTTPRedirectHandler):
    """A redirect to another host would take the token along."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        old, new = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if req.get_method() != "GET" or (old.scheme, old.netloc) != (new.scheme, new.netloc):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def quoted(part: str) -> str:
    """A name from outside as one part of a path."""
    return urllib.parse.quote(part, safe="")


def _with(path: str, query: dict[str, str | int]) -> str:
    return f"{path}?{urllib.parse.urlencode(query)}" if query else path


def _next(link: str) -> str | None:
    match = re.search(r'<([^>]*)>; *rel="next"', link)
    return match[1] if match else None


def _wait(error: urllib.error.HTTPError) -> float | None:
    """Seconds to wait where the refusal is about the rate; None where it is about permission."""
    after = error.headers.get("Retry-After", "")
    if after.isdigit():
        return float(after)
    if error.headers.get("X-RateLimit-Remaining") == "0":
        reset = error.headers.get("X-RateLimit-Reset", "")
        return max(1.0, float(reset) - time.time()) if reset.isdigit() else MAX_WAIT
    return 5.0 if error.code == 429 else None
