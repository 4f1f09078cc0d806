"""The parent's end of `check`: starts the process that runs the examples, listens to it, and keeps the clock.

An example that does not answer in time is killed with its process; those after it run in a new one. Whatever the child
sends is decoded against its type.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Literal

import msgspec

from autograder.answers import Answers, Event, Found, Lost, Order
from autograder.course import PACKAGE
from autograder.marks import GraderError
from autograder.result import Limits
from autograder.text import Text

READER_SECONDS = 0.5
MAX_LEFT_OUT = 3  # statements of a notebook that hang or end the process, each of which costs a new start
START_SECONDS = 60.0  # interpreter, pytest, NumPy; Matplotlib's first import ever builds a font cache

Ended = Literal["done", "died", "late"]
Progress = Callable[[str], None]  # told the example that is asked now


class Child:
    """One process of `autograder.checking.examples`; it imports pytest and NumPy while it waits for its order."""

    def __init__(self) -> None:
        unwanted = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONDONTWRITEBYTECODE")
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [environment.get("PYTHONPATH")])])
        environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "MPLBACKEND": "agg", "PYTHONPATH": path}
        command = [sys.executable, "-P", "-m", "autograder.checking.examples"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, start_new_session=True
        )
        self._ended: str | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in stream:
                self._lines.put(line)
        self._lines.put(b"")

    def give(self, order: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # a child that died says so to `next`
            self._process.stdin.write(order)
            self._process.stdin.flush()

    def next(self, deadline: float) -> Event | None:
        """The next event; None when the process ended. Raises TimeoutError at `deadline` (time.monotonic)."""
        try:
            line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        try:
            return msgspec.json.decode(line, type=Event) if line else None
        except msgspec.MsgspecError:
            return None

    def close(self, patience: float = 0.0) -> str:
        """End the process and all that it started; how it ended by itself, if it does so within `patience` seconds."""
        if self._ended is not None:
            return self._ended
        code: int | None = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(patience)
        with contextlib.suppress(OSError):
            if sys.platform != "win32":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        self._ended = self._last_words() or ("" if code is None else _ending(code))
        return self._ended

    def _last_words(self) -> str:
        """What Python printed if it could not even start; the student's code has no way to this stream."""
        assert self._process.stderr is not None
        words = self._process.stderr.read().decode("utf-8", "replace").strip()
        self._reader.join(READER_SECONDS)
        own = self._process.stdout if not self._reader.is_alive() else None  # somebody who got away still holds it
        for stream in (self._process.stdin, self._process.stderr, own):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        return words.rpartition("\n")[2]


def _ending(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code if code < 2**31 else hex(code)}"


class Examination:
    """One run of an assignment's examples, in as many processes as it takes."""

    def __init__(self, limits: Limits, answers: Answers, progress: Progress) -> None:
        self.answers = answers
        self._limits, self._progress = limits, progress
        self._examples: Path | None = None
        self._until = time.monotonic() + START_SECONDS + limits.total_seconds
        self._reached: Literal["nothing", "loading", "loaded", "collected"] = "nothing"
        self._running: str | None = None
        self._loading_ends = 0.0
        self._statement: Event | None = None  # of a notebook: the one that is run now
        self._without: dict[int, Lost] = {}
        self._lines: list[str] = []

    def run(self, order: Order, child: Child) -> None:
        """Fill in the answers. Raises GraderError where the examples themselves are broken."""
        self._examples, self._lines = order.examples, order.source.split("\n")
        while True:
            self._reached, self._running, self._statement = "nothing", None, None
            try:
                child.give(order.line(list(self.answers.found), list(self._without)))
                ended = self._listen(child)
            except BaseException:
                child.close()
                raise
            ending = child.close(patience=1.0 if ended == "died" else 0.0)
            if not self._goes_on(self._stopped(ended, ending), ending):
                return
            child = Child()

    def _listen(self, child: Child) -> Ended:
        """Follow the child to its end."""
        seconds = START_SECONDS
        while True:
            try:
                event = child.next(time.monotonic() + seconds)
            except TimeoutError:
                return "late"
            if event is None:
                return "died"
            if event.kind == "end":
                return "done"
            seconds = self._take(event)

    def _take(self, event: Event) -> float:
        """Note one event; returns how many seconds the next may take."""
        answers = self.answers
        match event.kind:
            case "loading":
                self._reached = "loading"
                self._until = min(self._until, time.monotonic() + self._limits.total_seconds)
                self._loading_ends = time.monotonic() + self._limits.load_seconds
            case "statement":
                self._statement = event
                return self._loading_ends - time.monotonic()
            case "loaded":
                self._reached, answers.problem, answers.names = "loaded", event.problem, frozenset(event.names)
                left_out = [lost for lost in self._without.values() if lost.names]  # the others were done again later
                answers.lost = sorted([*left_out, *event.lost], key=lambda lost: lost.found.line or 0)
            case "broken" if answers.problem is None:
                raise GraderError(f"{self._examples}: the examples cannot be collected: {event.text}")
            case "collected":
                self._reached = "collected"
                answers.tests = answers.tests or event.tests
            case "running":
                self._running = event.test
                self._progress(event.test.partition("::")[2])
            case "done":
                answers.found[event.test] = event.found or Found("crashed", "crashed", {"signal": "?"})
                self._running = None
            case "slow" if event.slow:
                return START_SECONDS
            case "slow":
                self._loading_ends = time.monotonic() + self._limits.load_seconds
        return self._limits.seconds if self._running else self._limits.load_seconds

    def _goes_on(self, stopped: Found, ending: str) -> bool:
        """Settle what the child left open; whether there are examples that a new process should be asked for."""
        answers = self.answers
        if self._reached == "nothing":
            raise GraderError(f"the examples cannot be run: {ending or 'no answer'}; reinstall the environment")
        if self._reached == "loading" and self._leaves_out(stopped):
            return True
        if self._reached != "collected":
            answers.problem = answers.problem or self._not_loaded(stopped)
            return False
        left = [test.test for test in answers.tests if test.test not in answers.found]
        if self._running is not None:
            answers.found[self._running] = stopped
            left.remove(self._running)
        late = time.monotonic() > self._until
        if late or self._running is None:
            answers.found |= dict.fromkeys(left, Found("untried") if late else stopped)
            return False
        return bool(left)

    def _leaves_out(self, stopped: Found) -> bool:
        """Whether a notebook is tried again without the statement that its process did not survive."""
        if self._statement is None or len(self._without) == MAX_LEFT_OUT or time.monotonic() > self._until:
            return False
        line = self._statement.line
        params: dict[str, str | int | float | Text] = {"line": line, "source": self._lines[line - 1].strip()[:160]}
        key = "cell.timeout" if stopped.outcome == "timeout" else "cell.crashed"
        params |= {"seconds": self._limits.load_seconds}
        self._without[line] = Lost(Found(stopped.outcome, key, params, line=line), self._statement.names)
        return True

    def _stopped(self, ended: Ended, ending: str) -> Found:
        """What is said of an example that its process did not survive."""
        if ended == "late":
            return Found("timeout", "timeout", {"seconds": self._limits.seconds})
        by_itself = ended == "done" or ending.startswith("exit code")
        return Found("crashed", "exit" if by_itself else "crashed", {"signal": ending})

    def _not_loaded(self, stopped: Found) -> Found:
        if self._reached == "loaded" and stopped.key == "exit":
            raise GraderError(f"{self._examples}: the examples cannot be collected; run pytest on them")
        if stopped.outcome == "timeout":
            return Found("timeout", "load.timeout", {"seconds": self._limits.load_seconds})
        return Found("crashed", f"load.{stopped.key}", stopped.params)
