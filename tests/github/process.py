"""One step's process: in a session of its own, its output in a file, interrupted when its time is up."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MARK = "RUNNER_TRACKING_ID"  # in the environment of all that a job begins, at GitHub too
GRACE = 0.5  # seconds between the interruption of a step and its end; GitHub gives it ten


class Process:
    """A command that has begun. Standard output and error go to `output`, in the order in which they come."""

    def __init__(self, command: list[str], folder: Path, environment: Mapping[str, str], output: Path) -> None:
        with output.open("ab") as file:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self, patience: float, cancelled: threading.Event) -> int:
        """The exit code, at the latest a little after `patience` seconds or after the run is cancelled."""
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(over, time.monotonic() + patience, cancelled), daemon=True)
        watch.start()
        self._process.wait()
        over.set()
        watch.join()
        return self._process.returncode

    def _watch(self, over: threading.Event, ends: float, cancelled: threading.Event) -> None:
        while not over.wait(0.05):
            if cancelled.is_set() or time.monotonic() >= ends:
                for sign in (signal.SIGINT, signal.SIGKILL):
                    self.kill(sign)
                    if over.wait(GRACE):
                        return

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """Signal all that the command has begun and left in its group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, sign)


def kill_strays(mark: str) -> None:
    """End what a job left running, in whatever session it hides."""
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"{MARK}={mark}".encode() in environment.read_bytes().split(b"\0"):
                os.kill(int(environment.parent.name), signal.SIGKILL)
