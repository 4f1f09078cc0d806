"""What `check` says in a terminal: plain text with a little colour. See `account` for what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.render.account import Account, Block, Detail
from autograder.render.account import task_of as task_of
from autograder.text import Text

NUDGE = Text(en="A nudge for {task}: {command}", ko="{task} 힌트 보기: {command}")

_COLOURS = {"✓": "32", "✗": "31", "○": "33", "dim": "2", "bold": "1"}


@dataclass(frozen=True)
class Report:
    """An account as lines of text."""

    account: Account
    colour: bool = False
    nudge: Text = NUDGE

    def head(self) -> list[str]:
        """The title, and what stopped the file from loading."""
        lines = [self._paint("bold", self.account.title)]
        for where, said in self.account.problems():
            lines += ["", f"{self._paint('✗', '✗')} {self._paint('bold', where)}", *(f"    {line}" for line in said)]
        return [*lines, ""] if len(lines) > 1 and self.account.answers.tests else lines

    def tasks(self) -> Iterator[list[str]]:
        """The lines of each task, in the manifest's order, up to the first one that is not answered yet."""
        width = max(len(task.name) for task in self.account.manifest.tasks)
        return (list(self._block(block, width)) for block in self.account.blocks())

    def tail(self) -> list[str]:
        """How many examples pass, and the command that helps with the first task that is not done."""
        account = self.account
        if not account.answers.tests:
            return []
        lines = [self._line("○", name, said, 0) for name, said in account.empty_answers()]
        lines += ["", account.summary()]
        if following := account.next_task():
            task, command = following
            lines.append(self.nudge.in_(account.lang).format(task=task, command=self._paint("bold", command)))
        return lines

    def lines(self) -> list[str]:
        """All of it."""
        return [*self.head(), *(line for task in self.tasks() for line in task), *self.tail()]

    def _block(self, block: Block, width: int) -> Iterator[str]:
        indent = " " * (width + 6)
        for number, item in enumerate(block.items):
            yield self._line(item.sign, "" if number else block.label, item.title, width)
            for detail in item.details:
                yield from (indent + line for line in self._detail(detail))
        if block.remark:
            yield indent + block.remark

    def _line(self, sign: str, label: str, said: str, width: int) -> str:
        return f"{self._paint(sign, sign)} {self._paint('bold', label.ljust(width))}  {said}"

    def _detail(self, detail: Detail) -> Iterator[str]:
        if detail.kind == "code":
            place = f"{detail.place}  " if detail.place else ""
            yield from (place + self._paint("dim", line) for line in detail.lines)
        elif detail.kind == "rows":
            yield from self._rows(detail.rows)
        else:
            yield from detail.lines

    def _rows(self, rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
        """Label and lines in two columns; a Korean letter is two columns wide."""
        width = max(_columns(label) for label, _ in rows)
        for label, lines in rows:
            for number, line in enumerate(lines):
                head = " " * width if number else label + " " * (width - _columns(label))
                yield f"{self._paint('dim', head)}  {line}"

    def _paint(self, style: str, text: str) -> str:
        code = _COLOURS.get(style)
        return f"\033[{code}m{text}\033[0m" if self.colour and code and text.strip() else text


def _columns(text: str) -> int:
    return sum(2 if "가" <= char <= "힣" else 1 for char in text)
