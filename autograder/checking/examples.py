"""The child process of `check`: runs an assignment's visible examples on the student's own code.

It reads one order (a line of JSON) from standard input and writes a line of JSON for every event to standard output:
loading, statement, loaded, collected, running, done, slow, broken, end. The clock is the parent's. What the student's
code prints goes elsewhere, and when the parent is gone, so is this process.
"""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from typing import Any, BinaryIO

import numpy  # noqa: F401  so that its import is not on the student's clock
import pytest

from autograder.checking import lazy_plots, loading
from autograder.checking.evidence import Observer, Record
from autograder.checking.loading import Send

PRINTED, OUTPUT = 2_000, 1 << 20  # characters of a test's output that are reported, and that are kept at all
_UNUSED = (
    "cacheprovider terminal doctest junitxml logging warnings faulthandler pastebin unittest setuponly setupplan "
    "stepwise legacypath threadexception unraisableexception debugging"
).split()
CONFIGURATION = os.path.join(os.path.dirname(__file__), "examples.toml")


def main() -> None:
    orders, send = _channels()
    line = orders.readline()
    if not line:
        return
    order = json.loads(line)
    threading.Thread(target=_end_with_parent, args=(orders,), daemon=True).start()
    lazy_plots.install(lambda slow: send("slow", slow=slow))
    sys.dont_write_bytecode = True  # two saves within a second would leave stale bytecode
    observer = Observer(order["module"], order["file"], order["source"], order["examples"], order["text"])
    if loading.load(order, observer, send):
        _run(order, observer, send)
    send("end")
    os._exit(0)  # a thread that the student's code left behind keeps nobody waiting


def _channels() -> tuple[BinaryIO, Send]:
    """Take standard input and output away from the student's code: input() finds its end, print() goes nowhere."""
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    lock = threading.Lock()

    def send(kind: str, **fields: Any) -> None:
        data = json.dumps({"kind": kind, **fields}).encode() + b"\n"
        with lock:
            while data:
                data = data[os.write(answers, data) :]

    return orders, send


def _end_with_parent(orders: BinaryIO) -> None:
    orders.read()
    os._exit(1)


def _run(order: Record, observer: Observer, send: Send) -> None:
    examples = order["examples"]
    options = ["-c", CONFIGURATION, "--rootdir", os.path.dirname(examples), "--noconftest", "--capture=sys"]
    unused = [part for name in _UNUSED for part in ("-p", f"no:{name}")]
    pytest.main([*options, *unused, examples], plugins=[Reporter(order, observer, send)])


class Reporter:
    """The pytest plugin that sends what happens."""

    def __init__(self, order: Record, observer: Observer, send: Send) -> None:
        self._skip = set(order["skip"])
        self._tasks, self._only = order["tasks"], order["only"]
        self._observer = observer
        self._send = send
        self._found: Record = {}
        self._printed: Printed | None = None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid not in self._skip]
        if self._only is not None:
            from autograder.render.account import task_of

            items[:] = [item for item in items if task_of(item.name, self._tasks) == self._only]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        tests = [{"test": item.nodeid, "name": item.name, "doc": _docstring(item)} for item in session.items]
        self._send("collected", tests=tests)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._send("broken", text=str(report.longrepr)[-2000:])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        self._found, self._printed, self._observer.compared = {"outcome": "pass"}, None, None
        self._send("running", test=item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Any:
        streams = sys.stdin, sys.stdout
        sys.stdin, sys.stdout = io.StringIO(), Printed(sys.stdout)  # input() finds its end, as it will with the grader
        self._printed = sys.stdout
        try:
            return (yield)
        finally:
            sys.stdin, sys.stdout = streams

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A report without pytest's own text, which takes longer to write than most examples to run."""
        error = call.excinfo.value if call.excinfo else None
        skipped = isinstance(error, (pytest.skip.Exception, pytest.xfail.Exception))
        if error is not None and self._found["outcome"] == "pass":
            self._found = {"outcome": "skip"} if skipped else self._observer.failure(error)
        outcome: Any = "passed" if error is None else "skipped" if skipped else "failed"
        when: Any = call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        self._observer.compared = (left, right)

    def pytest_runtest_logfinish(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        printed = self._printed.text if self._printed else ""
        self._send("done", test=nodeid, found={**self._found, "printed": printed[:PRINTED]})


class Printed:
    """A text stream that remembers its beginning and drops what is beyond reason; the rest is the real stream's."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._written = 0
        self.text = ""

    def write(self, text: str) -> int:
        if len(self.text) < PRINTED:
            self.text += text[:PRINTED]
        if self._written < OUTPUT:
            self._stream.write(text[:OUTPUT])
        self._written += len(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _docstring(item: pytest.Item) -> str:
    return (getattr(getattr(item, "function", None), "__doc__", None) or "")[:2000]


if __name__ == "__main__":
    main()
