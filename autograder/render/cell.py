"""What `check()` shows below a notebook's cell: HTML that fits into a light and a dark page, without a script.

Notebooks take a style sheet away from outputs that they do not trust; then the plain elements have to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from autograder.render.account import Account, Block, Detail, Item
from autograder.text import Lang, Text

NUDGE = Text(en="A nudge for {task}, in a terminal: {command}", ko="터미널에서 {task} 힌트 보기: {command}")

_KINDS = {"✓": "right", "✗": "wrong", "○": "todo"}


def html(account: Account) -> str:
    """All of an account."""
    width = max(len(task.name) for task in account.manifest.tasks) + 2
    return _framed("".join(_parts(account)), account.lang, f' style="--n2m-name: {width}ch"')


def message(said: str, lang: Lang) -> str:
    """A sentence in place of an account."""
    return _framed(f"<p>{escape(said)}</p>", lang)


@cache
def _style() -> str:
    return Path(__file__).with_name("cell.css").read_text(encoding="utf-8")


def _framed(inner: str, lang: Lang, attributes: str = "") -> str:
    return f'<div class="n2m-check" lang="{lang}"{attributes}><style>{_style()}</style>{inner}</div>'


def _parts(account: Account) -> Iterator[str]:
    yield f'<p class="n2m-title"><b>{escape(account.title)}</b></p>'
    for where, said in account.problems():
        yield f'<div class="n2m-problem"><p>{_sign("✗")} <b>{escape(where)}</b></p>{_sentence(said)}</div>'
    yield from map(_block, account.blocks())
    if account.answers.tests:
        yield f'<p class="n2m-summary"><b>{escape(account.summary())}</b></p>'
        if following := account.next_task():
            task, command = (f"<code>{escape(one)}</code>" for one in following)
            yield f"<p>{NUDGE.in_(account.lang).format(task=task, command=command)}</p>"


def _sentence(lines: Sequence[str]) -> str:
    """Lines of words; one with a caret points at a place in the line above it."""
    caret = next((number for number, line in enumerate(lines) if number and line.strip() == "^"), None)
    if caret is None:
        return f"<p>{'<br>'.join(map(escape, lines))}</p>"
    before, after = lines[: caret - 1], lines[caret + 1 :]
    return f"{_sentence(before)}{_pre(lines[caret - 1 : caret + 1])}{_sentence(after)}"


def _block(block: Block) -> str:
    remark = f'<p class="n2m-remark">{escape(block.remark)}</p>' if block.remark else ""
    items = "".join(map(_item, block.items))
    label = f'<div class="n2m-name"><code>{escape(block.label)}</code></div>'
    return f'<div class="n2m-task">{label}<div>{items}{remark}</div></div>'


def _item(item: Item) -> str:
    details = "".join(map(_detail, item.details))
    inner = f'<div class="n2m-details">{details}</div>' if details else ""
    return f'<div class="n2m-item"><p>{_sign(item.sign)} {escape(item.title)}</p>{inner}</div>'


def _sign(sign: str) -> str:
    return f'<span class="n2m-sign n2m-{_KINDS.get(sign, "other")}">{sign}</span>'


def _detail(detail: Detail) -> str:
    if detail.kind == "rows":
        rows = (f"<tr><th>{escape(label)}</th><td>{_pre(lines)}</td></tr>" for label, lines in detail.rows)
        return f"<table>{''.join(rows)}</table>"
    if detail.kind == "code":
        place = f'<p class="n2m-place"><b>{escape(detail.place)}</b></p>' if detail.place else ""
        return place + _pre(detail.lines)
    return _sentence(detail.lines)


def _pre(lines: Sequence[str]) -> str:
    return f"<pre>{escape(chr(10).join(lines))}</pre>"
