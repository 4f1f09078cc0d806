"""What goes wrong on the way: the server answers late, refuses, sends elsewhere, or the world changes in between."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """What happens to the next `times` calls that fit, after `skip` of them were answered as usual.

    `before` is called first (a push between two calls); then comes the `delay`; with a `status` that is the answer;
    without one the usual answer, as `alter` changes it. `cut`: the connection breaks off in the middle of the answer.
    """

    method: str
    path: re.Pattern[str]
    status: int | None = None
    times: int = 1
    skip: int = 0
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    before: Callable[[], object] | None = None
    alter: Callable[[Any], Any] | None = None
    cut: bool = False


class Faults:
    """The faults that wait for their call."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, method: str, path: str, **what: Any) -> Fault:
        fault = Fault(method, re.compile(path), **what)
        with self._lock:
            self._waiting.append(fault)
        return fault

    def of(self, method: str, path: str) -> Fault | None:
        """The fault of this call, which is counted; its `before` and `delay` have happened."""
        with self._lock:
            fault = self._next(method, path)
        if fault:
            if fault.before:
                fault.before()
            time.sleep(fault.delay)
        return fault

    def _next(self, method: str, path: str) -> Fault | None:
        for fault in self._waiting:
            if fault.method == method and fault.path.search(path):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
