"""A local HTTP server in GitHub's place: the API at /api/v3, and repositories to clone with git, read-only."""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import sys
import threading
import urllib.parse
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.github import calls
from tests.github.api import Api
from tests.github.faults import Fault, Faults
from tests.github.git import FOR_GIT

GIT_PATH = re.compile(r"/([^/]+/[^/]+?)(?:\.git)?/(info/refs|git-upload-pack)")


@dataclass(frozen=True)
class Request:
    """One call that came: `token` is its value, `status` how it was answered."""

    method: str
    path: str
    query: dict[str, str]
    token: str | None
    body: Any
    headers: dict[str, str]
    status: int

    @property
    def is_writing(self) -> bool:
        return self.method not in ("GET", "HEAD")


class Server(ThreadingHTTPServer):
    """`requests`: all that came, in order. `api.unknown`: calls of the API that nobody foresaw."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.api = Api(self.url, calls.ROUTES)
        self.faults = Faults()
        self.requests: list[Request] = []
        # A short poll: the tests wait for its end.
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients are killed in tests; anything else is told where the tests look."""
        error = sys.exc_info()[1]
        if not isinstance(error, BrokenPipeError | ConnectionError):
            self.api.unknown.append(f"the server failed: {error!r}")

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Answer(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if match := GIT_PATH.fullmatch(parts.path):
            status, body, headers = self._git(match[1], match[2], parts.query, data)
            self._note(parts, None, status)
            self._send(status, body, headers)
        else:
            self._rest(parts, data)

    do_POST = do_GET  # noqa: N815 (the names that http.server calls)
    do_PATCH = do_GET  # noqa: N815
    do_DELETE = do_GET  # noqa: N815
    do_PUT = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _rest(self, parts: urllib.parse.SplitResult, data: bytes) -> None:
        if not parts.path.startswith("/api/v3/"):
            self.server.api.unknown.append(f"{self.command} {parts.path}")
            self._note(parts, None, 404)
            self._send(404, b"{}", {})
            return
        path = parts.path.removeprefix("/api/v3")
        fault = self.server.faults.of(self.command, path)
        headers: dict[str, str]
        body = json.loads(data) if data else {}
        if fault and fault.status is not None:
            status, answer, headers = fault.status, fault.body or {"message": "a fault of the test"}, {}
        else:
            query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
            status, answer, headers = self.server.api.call(self.command, path, query, self._token(), body)
            if fault and fault.alter:
                answer = fault.alter(answer)
        self._note(parts, body, status)
        text = b"" if status == 204 else json.dumps(answer).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"} | headers
        self._send(status, text, headers, fault)

    def _token(self) -> str | None:
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "basic":  # what git sends
            value = base64.b64decode(value).decode("utf-8", "replace").partition(":")[2]
        return value if kind.lower() in ("bearer", "token", "basic") and value else None

    def _note(self, parts: urllib.parse.SplitResult, body: Any, status: int) -> None:
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        path = parts.path.removeprefix("/api/v3")
        headers = dict(self.headers.items())
        self.server.requests.append(Request(self.command, path, query, self._token(), body, headers, status))

    def _send(self, status: int, body: bytes, headers: dict[str, str], fault: Fault | None = None) -> None:
        self.send_response(status)
        for name, value in (headers | (fault.headers if fault else {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault and fault.cut:
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(body)

    def _git(self, full_name: str, service: str, query: str, data: bytes) -> tuple[int, bytes, dict[str, str]]:
        """The smart HTTP protocol, for reading."""
        api = self.server.api
        repository = api.repositories.get(full_name)
        token = api.tokens.get(self._token() or "")
        if self._token() and token is None:
            return 401, b"", {}
        if repository is None or (repository.private and token is None):
            return 401, b"", {"WWW-Authenticate": 'Basic realm="GitHub"'}
        if repository.private and not (token and token.may(full_name, "contents", False)):
            return 404, b"", {}
        if service == "info/refs" and query != "service=git-upload-pack":
            return 403, b"", {}  # nobody pushes
        protocol = self.headers.get("Git-Protocol", "")
        advertise = ("--advertise-refs",) if service == "info/refs" else ()
        if self.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        command = ["git", "upload-pack", "--stateless-rpc", *advertise, str(repository.bare.path)]
        done = subprocess.run(
            command, input=data, capture_output=True, check=False, env=FOR_GIT | {"GIT_PROTOCOL": protocol}
        )
        announced = b"001e# service=git-upload-pack\n0000" if advertise and "version=2" not in protocol else b""
        kind = "advertisement" if advertise else "result"
        return 200, announced + done.stdout, {"Content-Type": f"application/x-git-upload-pack-{kind}"}
