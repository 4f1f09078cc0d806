"""`autograder hint`: one nudge for a task, and the next one when it is asked again.

Which nudge comes next is kept in `.autograder/hints.json` of the course. A state that cannot be read or written costs
its memory, never the hint.
"""

from __future__ import annotations

import contextlib
import json
import os
from difflib import get_close_matches
from pathlib import Path

from autograder.course import Assignment, CourseError
from autograder.manifest import TaskSpec
from autograder.text import Lang, Text

STATE = Path(".autograder", "hints.json")

TASKS = Text(
    en="{id} has hints for: {tasks}\nName one: autograder hint {id} TASK",
    ko="{id}에서 힌트를 볼 수 있는 문제: {tasks}\n하나를 골라 실행하세요: autograder hint {id} TASK",
)
HINT = Text(en="{task}, hint {number} of {count}: {hint}", ko="{task} 힌트 {number}/{count}: {hint}")
MORE = Text(en="Ask again for the next one.", ko="같은 명령을 다시 실행하면 다음 힌트가 나옵니다.")
LAST = Text(
    en="That was the last one. Ask again and they start over.",
    ko="마지막 힌트입니다. 다시 실행하면 처음부터 보여 줍니다.",
)
FORGOTTEN = Text(
    en="({path} cannot be read ({reason}), so this is the first hint again.)",
    ko="({path} 파일을 읽을 수 없어({reason}) 첫 힌트부터 다시 보여 줍니다.)",
)
UNSAVED = Text(
    en="({path} cannot be written ({reason}), so the same hint will come again.)",
    ko="({path} 파일에 쓸 수 없어({reason}) 다음에도 같은 힌트가 나옵니다.)",
)


def next_hint(assignment: Assignment, task: str, lang: Lang) -> str:
    """The next hint of a task, with its number, and what to know about the one after it. Raises CourseError."""
    spec = _task(assignment, task)
    path = assignment.course.root / STATE
    state, forgotten = _read(path)
    key = f"{assignment.id}/{spec.name}"
    given = state.get(key, 0) % len(spec.hints)
    values = {"task": spec.name, "number": given + 1, "count": len(spec.hints), "hint": spec.hints[given].in_(lang)}
    lines = [HINT.in_(lang).format(**values)]
    lines.append((MORE if given + 1 < len(spec.hints) else LAST).in_(lang))
    if forgotten:
        lines.append(FORGOTTEN.in_(lang).format(path=STATE.as_posix(), reason=forgotten))
    if unsaved := _write(path, {**state, key: (given + 1) % len(spec.hints)}):
        lines[1] = UNSAVED.in_(lang).format(path=STATE.as_posix(), reason=unsaved)
    return "\n".join(lines)


def tasks(assignment: Assignment, lang: Lang) -> str:
    """What there are hints for."""
    names = ", ".join(task.name for task in assignment.manifest.tasks)
    return TASKS.in_(lang).format(id=assignment.id, tasks=names)


def _task(assignment: Assignment, name: str) -> TaskSpec:
    """The task of that name, in any mixture of capitals where only one fits."""
    tasks = assignment.manifest.tasks
    name = next((spec.task for spec in assignment.manifest.written if spec.name == name), name)
    fitting = [task for task in tasks if task.name == name] or [
        task for task in tasks if task.name.casefold() == name.casefold()
    ]
    if len(fitting) == 1:
        return fitting[0]
    folded = {task.name.casefold(): task.name for task in tasks}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    if near:
        meant = folded[near[0]]
        raise CourseError(
            f"{assignment.id} has no task {name!r}; did you mean {meant}?",
            f"{assignment.id}에 {name!r} 문제가 없습니다. 혹시 {meant}인가요?",
        )
    there = ", ".join(task.name for task in tasks)
    raise CourseError(
        f"{assignment.id} has no task {name!r}; there are: {there}",
        f"{assignment.id}에 {name!r} 문제가 없습니다. 있는 문제: {there}",
    )


def _read(path: Path) -> tuple[dict[str, int], str]:
    """How many hints of each task were given, and why that is not known, if it is not."""
    try:
        state = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, error.strerror or "I/O error"
    except (ValueError, RecursionError):
        return {}, "no JSON"
    if not isinstance(state, dict) or not all(type(given) is int and given >= 0 for given in state.values()):
        return {}, "no table of numbers"
    return state, ""


def _write(path: Path, state: dict[str, int]) -> str:
    """Replace the state as a whole; returns why it could not be."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_text(json.dumps(state, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        return error.strerror or "I/O error"
    return ""
