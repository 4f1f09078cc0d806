"""What is known of one assignment's graders, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.course import Assignment

EQUIVALENT = "equivalent.toml"


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """equivalent.toml: what looks wrong and is right, each with a reason that a reader can check.

    `mutants`: name of a mutant -> reason. `impostors`: `kind task` -> reason.
    """

    mutants: dict[str, str] = {}
    impostors: dict[str, str] = {}


class Fate(msgspec.Struct, frozen=True):
    """What became of a mutant: the part that it lost first, or the reason why it is none, or neither."""

    name: str
    operator: str
    line: int
    diff: str
    killed_by: tuple[str, str] | None = None
    reason: str | None = None

    @property
    def survived(self) -> bool:
        """Whether no hidden test noticed it and nobody says that it is right."""
        return self.killed_by is None and self.reason is None


class Tolerance(msgspec.Struct, frozen=True):
    """A numeric comparison of a grader: its tolerance, and errors as multiples of it.

    `accepted`: the worst error of a right submission; `rejected`: the best of a wrong one; None where there was none.
    """

    place: str
    tolerance: float
    accepted: float | None
    rejected: float | None
    reason: str | None = None


@dataclass
class Proof:
    """The findings on one assignment. Counts come in the order in which they are printed."""

    assignment: Assignment
    problems: list[str] = field(default_factory=list)
    counts: dict[str, int | str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    mutants: list[Fate] = field(default_factory=list)
    pairs: list[Fate] = field(default_factory=list)
    tolerances: list[Tolerance] = field(default_factory=list)
    seconds: float = 0.0

    def require(self, holds: bool, problem: str) -> None:
        """Note `problem` where something does not hold."""
        if not holds:
            self.problems.append(problem)

    def told(self, path: Path) -> str:
        """A path as it is told: from the course's folder on."""
        root = self.assignment.course.root
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)

    @property
    def line(self) -> str:
        """The one line that is printed of it."""
        counts = " · ".join(f"{name} {count}" for name, count in self.counts.items())
        verdict = "ok" if not self.problems else f"{len(self.problems)} problems"
        return f"{self.assignment.id}  {counts} · {self.seconds:.1f} s  {verdict}"


def declared(assignment: Assignment) -> Declared:
    """What the assignment declares to be right. Raises ValueError with file and fact."""
    path = assignment.solutions / EQUIVALENT
    if not path.is_file():
        return Declared()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Declared)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(f'{path}: {error}; it has [mutants] and [impostors], each name = "reason"') from error


def indented(text: str) -> str:
    """Below a problem."""
    return "\n".join(f"      {line}" for line in text.rstrip().splitlines())
