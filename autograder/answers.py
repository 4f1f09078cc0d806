"""What `check` asks its child process for, and what comes back: one order, a line per event, the answers in the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from autograder.text import Text

Outcome = Literal["pass", "fail", "error", "todo", "missing", "skip", "timeout", "crashed", "untried"]


class Found(msgspec.Struct, frozen=True):
    """How one example (or the loading of the file) went. `key`, `params`: a sentence of the catalogue, else `text`."""

    outcome: Outcome
    key: str = ""
    params: dict[str, str | int | float | Text] = {}
    name: str = ""
    asserted: list[str] = []
    where: list[str] = []
    got: str | None = None
    expected: str | None = None
    came_to: str = ""
    text: str = ""
    line: int | None = None
    source: str = ""
    printed: str = ""


class Test(msgspec.Struct, frozen=True):
    """One example: pytest's id for it, its function's name and docstring."""

    test: str
    name: str
    doc: str


class Lost(msgspec.Struct, frozen=True):
    """A code cell or a statement of one that failed by itself, and the names that are not defined for it."""

    found: Found
    names: list[str] = []


class Event(msgspec.Struct, frozen=True):
    """One line of the child; which fields count depends on `kind`."""

    kind: Literal["loading", "statement", "loaded", "collected", "running", "done", "slow", "broken", "end"]
    line: int = 0
    names: list[str] = []
    problem: Found | None = None
    lost: list[Lost] = []
    tests: list[Test] = []
    test: str = ""
    found: Found | None = None
    slow: bool = False
    text: str = ""


@dataclass
class Answers:
    """What one run of the examples brought. `problem`: what stopped the student's file from loading.

    `lost`: what failed by itself among the cells of a notebook.
    """

    problem: Found | None = None
    lost: list[Lost] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    tests: list[Test] = field(default_factory=list)
    found: dict[str, Found] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        return sum(found.outcome == "pass" for found in self.found.values())

    @property
    def counted(self) -> int:
        """How many examples there are, those not counted that skip themselves."""
        return sum(found.outcome != "skip" for found in self.found.values())

    @property
    def all_right(self) -> bool:
        return self.problem is None and 0 < self.counted == self.passed


@dataclass(frozen=True)
class Order:
    """What to run: the module's name, file and text, and the examples' file and text.

    `cells`: the first line of each code cell, where the text is a notebook's; then only the names `tasks` and what
    they need is run. `only`: the one task whose examples are asked.
    """

    module: str
    file: Path
    source: str
    examples: Path
    text: str
    cells: tuple[int, ...] = ()
    tasks: tuple[str, ...] = ()
    only: str | None = None

    def line(self, skip: Sequence[str], without: Sequence[int] = ()) -> bytes:
        """The order as the child reads it. `skip`: examples, `without`: statements that have had their answer."""
        record: dict[str, object] = {"module": self.module, "file": str(self.file), "source": self.source}
        record |= {"examples": str(self.examples), "text": self.text, "skip": [*skip], "without": [*without]}
        record |= {"cells": self.cells, "tasks": self.tasks, "only": self.only}
        return json.dumps(record).encode() + b"\n"
