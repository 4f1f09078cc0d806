"""The class on a terminal: as many columns as fit.

Wide: points and sign under each task's name. Narrower: one sign per task under a number, with a key. Narrower still:
how many tasks of each sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from autograder.render import labels
from autograder.render.labels import State
from autograder.render.outline import Outline, TaskOutline, label, outline, trouble
from autograder.render.tables import task_names
from autograder.result import Result
from autograder.text import Lang

STYLES: dict[State, str] = {
    "pass": "green",
    "partial": "yellow",
    "fail": "red",
    "todo": "dim",
    "error": "red",
    "timeout": "red",
    "memory": "red",
    "crashed": "red",
    "blocked": "dim",
    "manual": "cyan",
    "internal": "magenta",
}
_NAME_ROOM = 24


@dataclass(frozen=True)
class ClassTable:
    """A renderable that looks at the width it gets."""

    results: Sequence[Result]
    lang: Lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pages = [outline(result, self.lang) for result in self.results]
        tasks = [label(name) for name in task_names(self.results)]
        fixed = self._fixed_width(pages)
        numbers = [str(number) for number, _ in enumerate(tasks, 1)]
        if fixed + sum(max(cell_len(task), 5) + 2 for task in tasks) <= options.max_width:
            yield self._table(pages, tasks, tasks, _points)
        elif fixed + sum(len(number) + 2 for number in numbers) <= options.max_width:
            yield self._table(pages, tasks, numbers, _sign)
            yield Text(
                "   ".join(f"{n}\N{NO-BREAK SPACE}{task}" for n, task in zip(numbers, tasks, strict=True)), "dim"
            )
        else:
            yield self._sums(pages)
        yield self._key(pages)
        for page, result in zip(pages, self.results, strict=True):
            if page.withheld:
                yield Text(f"! {page.student}: {trouble(result, self.lang)}", STYLES["internal"], overflow="fold")

    def _fixed_width(self, pages: Sequence[Outline]) -> int:
        names = max((cell_len(page.student) for page in pages), default=0)
        words = max(cell_len(word.in_(self.lang)) for word in (labels.GRADED, labels.WITHHELD))
        return min(names, _NAME_ROOM) + max((cell_len(page.points) for page in pages), default=0) + words + 8

    def _table(
        self, pages: Sequence[Outline], tasks: list[str], heads: list[str], shown: Callable[[TaskOutline], Text]
    ) -> Table:
        table = self._columns([(Text(head), "right") for head in heads])
        table.add_column(Text(labels.STATUS.in_(self.lang)), no_wrap=True)
        for page in pages:
            found = {task.name: task for task in page.tasks}
            cells = [shown(found[task]) if task in found else Text() for task in tasks]
            table.add_row(Text(page.student), *cells, Text(page.points, "bold"), self._status(page))
        return table

    def _sums(self, pages: Sequence[Outline]) -> Table:
        table = self._columns([(Text(labels.TASKS.in_(self.lang)), "left")])
        for page in pages:
            total = self._status(page) if page.withheld else Text(page.points, "bold")
            table.add_row(Text(page.student), _tally(page), total)
        return table

    def _columns(self, middle: Sequence[tuple[Text, Literal["left", "right"]]]) -> Table:
        """An empty table: the student, `middle`, the total."""
        table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="bold")
        table.add_column(Text(labels.STUDENT.in_(self.lang)), overflow="fold", max_width=_NAME_ROOM)
        for head, side in middle:
            table.add_column(head, justify=side, no_wrap=True)
        table.add_column(Text(labels.TOTAL.in_(self.lang)), justify="right", no_wrap=True)
        return table

    def _status(self, page: Outline) -> Text:
        word = labels.WITHHELD if page.withheld else labels.GRADED
        return Text(word.in_(self.lang), "magenta" if page.withheld else "")

    def _key(self, pages: Sequence[Outline]) -> Text:
        """What the signs that occur mean; the red ones share one."""
        seen = {task.state for page in pages for task in page.tasks}
        words: dict[str, str] = {}
        for state in labels.SIGNS:
            if state in seen:
                word = labels.WORDS["fail" if labels.SIGNS[state] == labels.SIGNS["fail"] else state]
                words.setdefault(labels.SIGNS[state], word.in_(self.lang))
        return Text("   ".join(f"{sign} {word}" for sign, word in words.items()), "dim")


def _points(task: TaskOutline) -> Text:
    return Text(f"{task.points.partition(' /')[0]} {task.sign}".strip(), STYLES[task.state])


def _sign(task: TaskOutline) -> Text:
    return Text(task.sign, STYLES[task.state])


def _tally(page: Outline) -> Text:
    """`✓7 ~1 ✗2`: how many tasks went how."""
    counts = Counter(task.sign for task in page.tasks)
    signs = {labels.SIGNS[state]: STYLES[state] for state in reversed(labels.SIGNS)}
    parts = [
        Text(f"{sign}{counts[sign]}", signs[sign]) for sign in dict.fromkeys(labels.SIGNS.values()) if counts[sign]
    ]
    return Text(" ").join(parts)
