"""What a feedback remembers of itself, and what is different from the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from autograder.render.outline import points
from autograder.result import Result
from autograder.text import Text

MARK = "<!-- nand2mnist:feedback "
_MARKED = re.compile(re.escape(MARK) + r"(\{.*\}) -->")


class Kept(msgspec.Struct, frozen=True):
    """What stands in a comment's first line, for the next run: nothing that a student wrote."""

    commit: str = ""
    graded: str = ""
    graders: dict[str, str] = {}  # digest by assignment
    tasks: dict[str, dict[str, tuple[float, float]]] = {}  # score and maximum by assignment and task

    @classmethod
    def of(cls, commit: str, results: Sequence[Result], before: Kept | None = None) -> Kept:
        """A withheld grade is not remembered: what came before it stands."""
        graded = {result.assignment: result for result in results if result.status == "graded"}
        held = {result.assignment for result in results} - graded.keys()
        graders = {id: result.digests.grader[:12] for id, result in graded.items()}
        tasks = {id: {task.name: (task.score, task.max_score) for task in r.tasks} for id, r in graded.items()}
        if before is not None:
            graders |= {id: digest for id, digest in before.graders.items() if id in held}
            tasks |= {id: points for id, points in before.tasks.items() if id in held}
        return cls(commit, max((result.started for result in results), default=""), graders, tasks)

    def line(self) -> str:
        """As a comment in HTML, which GitHub keeps and shows to nobody."""
        text = msgspec.json.encode(self).decode().replace("-", "\\u002d").replace(">", "\\u003e")
        return f"{MARK}{text} -->"


def kept(body: str) -> Kept | None:
    """What a feedback remembers; None where `body` is none of ours."""
    first = body.split("\n", 1)[0].rstrip("\r")
    if not first.startswith(MARK):
        return None
    match = _MARKED.fullmatch(first)
    try:
        return msgspec.json.decode(match[1], type=Kept) if match else Kept()
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return Kept()  # of another version, or spoilt by whoever may edit it: overwritten, not repeated


@dataclass(frozen=True)
class Change:
    """A task whose points are others than before."""

    assignment: str
    task: str
    before: str
    after: str
    better: bool


def changes(before: Kept, now: Kept) -> Iterator[Change]:
    for assignment, tasks in now.tasks.items():
        for task, (score, most) in tasks.items():
            old, old_most = before.tasks.get(assignment, {}).get(task, (score, most))
            if (old, old_most) != (score, most):
                yield Change(assignment, task, points(old, old_most), points(score, most), score > old)


def reason(before: Kept, now: Kept) -> Text:
    """Why points changed: other code, other graders, or both were as they are and the machine was not."""
    if before.commit != now.commit:
        since = before.commit[:7]
        return Text(
            en=f"Since the last graded commit (<code>{since}</code>)",
            ko=f"지난번에 채점한 커밋(<code>{since}</code>) 이후 바뀐 점수",
        )
    if any(before.graders.get(id) not in (None, digest) for id, digest in now.graders.items()):
        return Text(
            en="The graders were corrected; your code is the same", ko="채점기를 고친 뒤 같은 코드를 다시 채점한 결과"
        )
    return Text(en="Graded once more; your code is the same", ko="같은 코드를 다시 채점한 결과")
