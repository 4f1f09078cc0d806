"""From what the tests found to tasks with points: added up, told once, and blocked where another task is the cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from autograder.attempt import Outcome
from autograder.manifest import Manifest, TaskSpec
from autograder.marks import GraderError
from autograder.messages import Catalogue
from autograder.result import Part, Task
from autograder.text import Text


def add_up(manifest: Manifest, outcomes: list[Outcome], catalogue: Catalogue) -> list[Task]:
    """The outcomes of all tests as tasks, in the manifest's order. Raises GraderError where points do not add up."""
    tasks: list[Task] = []
    for spec in manifest.tasks:
        parts = [part for outcome in outcomes if outcome.credit.task == spec.name for part in outcome.parts]
        regular = sum(part.max_score for part in parts if not part.bonus)
        bonus = sum(part.max_score for part in parts if part.bonus)
        if abs(regular - spec.points) > 1e-9 or abs(bonus - spec.bonus) > 1e-9:
            fact = f"task {spec.name!r} has tests for {regular:g} + {bonus:g} points"
            raise GraderError(f"{fact}; assignment.toml says {spec.points:g} + {spec.bonus:g}")
        tasks.append(_task(spec, list(_unlearned(parts, catalogue))))
    failed = {task.name for task in tasks if any(_lost(part) for part in task.parts)}
    return [_blocked(task, _roots(manifest, task.name, failed), catalogue) for task in tasks]


def _lost(part: Part) -> bool:
    return part.verdict not in ("pass", "manual") and not part.bonus


def _task(spec: TaskSpec, parts: list[Part]) -> Task:
    return Task(
        name=spec.name,
        score=sum(part.score for part in parts),
        max_score=spec.points,
        bonus=sum(part.score for part in parts if part.bonus),
        outstanding=sum(part.max_score for part in parts if part.verdict == "manual"),
        parts=tuple(_told_once(parts)),
    )


def _unlearned(parts: Sequence[Part], catalogue: Catalogue) -> Iterator[Part]:
    """Published cases count as soon as one hidden case is right; until then their answers may be written down.

    A task without hidden cases is one whose every input is published: whoever is right there is right.
    """
    hidden = [part for part in parts if not part.shown and not part.bonus and part.written is None]
    learned = not hidden or any(part.verdict == "pass" for part in hidden)
    message: Text | None = catalogue.render("published", {})
    for part in parts:
        if part.shown and part.verdict == "pass" and not learned:
            yield msgspec.structs.replace(part, score=0.0, verdict="blocked", key="published", message=message)
            message = None
        else:
            yield part


def _told_once(parts: Sequence[Part]) -> Iterator[Part]:
    """What cost a task its points is not told again for the bonus, nor an idea for every part that misses it."""
    failed = any(_lost(part) for part in parts)
    told: set[str] = set()
    for part in parts:
        if part.bonus and failed and part.verdict not in ("pass", "todo"):
            yield _waiting(part)
        elif part.key is not None and part.key in told and not _generic(part):
            yield msgspec.structs.replace(part, message=None)
        else:
            yield part
        told.add(part.key or "")


def _waiting(part: Part, message: Text | None = None) -> Part:
    return msgspec.structs.replace(part, verdict="blocked", key="blocked", message=message, line=None)


def _roots(manifest: Manifest, name: str, failed: set[str]) -> list[str]:
    """The failed tasks that `name` builds on and that build on no failed task themselves, in the manifest's order."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        needs = [need for need in manifest.task(waiting.pop()).needs if need in failed and need not in seen]
        seen.update(needs)
        waiting += needs
    return [t.name for t in manifest.tasks if t.name in seen and not seen.intersection(t.needs)]


# Keys (up to the first dot) that say what is wrong and not why; another task's mistake may be the reason.
GENERIC = frozenset("bits value table error nonfinite none shape dtype type timeout crashed".split())


def _generic(part: Part) -> bool:
    return str(part.key).partition(".")[0] in GENERIC


def _blocked(task: Task, roots: list[str], catalogue: Catalogue) -> Task:
    """Parts that failed for no reason of their own, while a task they need failed, become `blocked`, told once."""
    if not roots or {part.verdict for part in task.parts} <= {"pass", "todo", "manual"}:
        return task
    message: Text | None = catalogue.render("blocked", {"function": task.name, "needs": ", ".join(roots)})
    parts = []
    for part in task.parts:
        if part.verdict != "pass" and part.message is not None and _generic(part):
            parts.append(_waiting(part, message))
            message = None
        else:
            parts.append(part)
    return msgspec.structs.replace(task, parts=tuple(parts))
