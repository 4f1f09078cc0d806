"""assignment.toml: what an assignment is, as inert data. Unknown keys are refused."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.result import Limits
from autograder.text import Text


class ManifestError(Exception):
    """A manifest cannot be used; the text says file, place and what to do."""


class TaskSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One public name that students complete. `needs`: tasks whose failure explains a failure of this one.

    `closed`: every input is published, so a right answer to what is published is a right answer.
    """

    name: str
    points: float
    hints: tuple[Text, ...]
    bonus: float = 0.0
    needs: tuple[str, ...] = ()
    closed: bool = False


class WrittenSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A written answer: the text constant `name` of the module, worth `points` of those of `task`."""

    name: str
    task: str
    points: float
    question: Text


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    module: str
    tasks: tuple[TaskSpec, ...]
    written: tuple[WrittenSpec, ...] = ()
    plots: bool = False
    limits: Limits = Limits()

    @property
    def max_score(self) -> float:
        return sum(task.points for task in self.tasks)

    def written_points(self, task: str) -> float:
        """How many of a task's points are for written answers."""
        return sum(spec.points for spec in self.written if spec.task == task)

    def task(self, name: str) -> TaskSpec:
        return next(task for task in self.tasks if task.name == name)


def load(path: Path) -> Manifest:
    """The manifest at `path`. Raises ManifestError."""
    try:
        manifest = msgspec.toml.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}; an assignment needs an assignment.toml") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: {error}; see CONTRIBUTING.md for the fields") from error
    for problem in problems(manifest):
        raise ManifestError(f"{path}: {problem}")
    return manifest


def problems(manifest: Manifest) -> list[str]:
    """What is wrong with a manifest that has the right form."""
    names = [task.name for task in manifest.tasks]
    found = [f"task {name!r} is there twice; rename one" for name in sorted({n for n in names if names.count(n) > 1})]
    if not names:
        found.append("no task; add a [[tasks]] table")
    if not manifest.module.isidentifier():
        found.append(f"module {manifest.module!r} is no Python name")
    for spec in manifest.written:
        task_points = sum(task.points for task in manifest.tasks if task.name == spec.task)
        if not spec.name.isidentifier() or spec.name in names:
            found.append(f"written answer {spec.name!r}: its name must be a Python name of its own")
        if not 0 < spec.points <= task_points:
            found.append(
                f"written answer {spec.name!r}: {spec.points:g} of the {task_points:g} points of {spec.task!r}"
            )
    for task in manifest.tasks:
        if task.points <= 0 or task.bonus < 0:
            found.append(f"task {task.name!r}: points must be above 0, bonus not below")
        found += [f"task {task.name!r} needs {need!r}, which is no task" for need in task.needs if need not in names]
        if len(task.hints) < 2:
            found.append(
                f"task {task.name!r} has {len(task.hints)} hints; write at least two, from vague to nearly there"
            )
    return found
