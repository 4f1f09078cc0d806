"""Golden reports: what a labelled submission must get, as text whose diff can be read.

Points, verdicts and the very sentences that the student reads, in both languages; what earned full marks is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from autograder.manifest import Manifest
from autograder.result import Part, Remark, Result, Task
from autograder.text import Text

QUIET = ("pass", "manual")  # nothing is lost


def report(result: Result) -> str:
    """The golden report of a Result; free of times, digests and seeds."""
    bonus = f" (bonus {result.bonus:g})" if result.bonus else ""
    waiting = f" (outstanding {result.outstanding:g})" if result.outstanding else ""
    lines = [f"{result.status}  {result.score:g} / {result.max_score:g}{bonus}{waiting}"]
    for remark in result.remarks:
        lines += _remark(remark)
    for task in result.tasks:
        if any(part.verdict not in QUIET for part in task.parts):
            lines += _task(task)
    return "\n".join(lines) + "\n"


def _remark(remark: Remark) -> Iterator[str]:
    where = f"  line {remark.line}" if remark.line is not None else ""
    yield f"\n{remark.kind}  {remark.task or 'file'}  {remark.key}{where}"
    yield from _text(remark.message)


def _task(task: Task) -> Iterator[str]:
    yield f"\n{task.name}  {task.score:g} / {task.max_score:g}"
    for part in task.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if part.verdict in QUIET:
        return
    where = f"  line {part.line}" if part.line is not None else ""
    yield f"  {part.verdict}  {part.key}  -{part.max_score:g}{' bonus' if part.bonus else ''}{where}  {part.title.en}"
    if part.message is not None:
        yield from _text(part.message)


def _text(text: Text) -> Iterator[str]:
    for name, body in (("en", text.en), ("ko", text.ko)):
        first, *rest = body.split("\n")
        yield f"    {name}  {first}"
        yield from (f"        {line}" for line in rest)


def hints(manifest: Manifest) -> str:
    """Tasks, points and hints of an assignment, so that a change to a hint is a change to a reviewed file."""
    lines = [f"{manifest.title.en} · {manifest.title.ko}"]
    for task in manifest.tasks:
        bonus = f" + {task.bonus:g}" if task.bonus else ""
        lines += [f"\n{task.name}  {task.points:g}{bonus}  needs: {', '.join(task.needs) or '-'}"]
        for number, hint in enumerate(task.hints, start=1):
            lines += [f"  {number}  en  {hint.en}", f"     ko  {hint.ko}"]
    return "\n".join(lines) + "\n"
