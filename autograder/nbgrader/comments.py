"""What a student reads beside each solution cell: the findings of its tasks, as Markdown that can be read as it is.

nbgrader turns a comment into HTML and lets raw HTML pass (`markdown2html`), and shows the same text unrendered in
formgrader. So what could begin HTML, a link, a formula or a list is escaped by a backslash, as little as will do, and
nothing by a character reference, which would be read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.nbgrader.scheme import Scheme
from autograder.render import labels
from autograder.render.outline import Finding, Lost, Note, Outline, TaskOutline, outline
from autograder.result import Result
from autograder.text import Lang, Text, clean

_ACTIVE = re.compile(r"[\\`*<|~$]|(?<=\\)[(\[]|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[:])|&(?=[#\w])|:(?=//)")
_BLOCK_START = re.compile(r"^(\d*)([-+.):#>=])")
_COMMENT_CAP = 20_000
MORE = Text(en="… more in the report of `autograder grade`.", ko="… 나머지는 `autograder grade`의 보고서에 있습니다.")


def comments(result: Result, scheme: Scheme, lang: Lang) -> dict[str, str | None]:
    """A comment for each solution cell that has something to say. What is about the whole file is at the first."""
    page = outline(result, lang)
    found: dict[str, list[str]] = {}
    first = next(iter(scheme.comments.values()), None)
    names = [task for task in scheme.tests if task in scheme.comments]
    shared = {cell for cell in scheme.comments.values() if [scheme.comments[n] for n in names].count(cell) > 1}
    if first is not None:
        found[first] = list(_about_the_file(page, set(scheme.tests), lang))
    for task in page.tasks:
        cell = scheme.comments.get(task.name, first)
        if cell is not None:
            said = list(_task(task, cell in shared))
            said += [_remark(note) for note in page.remarks if note.task == task.name]
            found.setdefault(cell, []).extend(said)
    return {cell: _capped("\n".join(lines), lang) if lines else None for cell, lines in found.items()}


def _about_the_file(page: Outline, tasks: set[str], lang: Lang) -> Iterator[str]:
    if page.withheld:
        yield plain(f"{labels.WITHHELD.in_(lang)}: {labels.WITHHELD_NOTICE.in_(lang)}")
    for note in page.findings:
        yield f"- {labels.SIGNS['error']} {_note(note)}"
    for note in page.remarks:
        if note.task not in tasks:
            yield _remark(note)


def _task(task: TaskOutline, named: bool) -> Iterator[str]:
    """`named`: the cell is that of several tasks."""
    name = f"{_code(task.name)}: " if named else ""
    if task.findings:
        for finding in task.findings:
            yield from _finding(finding, name)
    elif task.state not in ("pass", "manual"):
        yield f"- {task.sign} {name}{plain(task.word)}"


def _finding(finding: Finding, name: str) -> Iterator[str]:
    lines = [_lost(part, finding.message) for part in finding.parts]
    lines += [_coded(line) for line in finding.message.split("\n") if line.strip()]
    head, *rest = lines or [""]
    sign = "" if finding.parts else f"{labels.SIGNS[finding.state]} "
    yield f"- {sign}{name}{head}  "
    yield from (f"  {line}  " for line in rest)


def _lost(part: Lost, message: str) -> str:
    notes = ", ".join(filter(None, [part.points, _unsaid(part.where, message)]))
    return f"{part.sign} {_coded(part.title)}{f' ({plain(notes)})' if notes else ''}"


def _remark(note: Note) -> str:
    return f"- {_note(note)}"


def _note(note: Note) -> str:
    name = f"{_code(note.task)} " if note.task else ""
    place = _unsaid(note.where, note.message)
    where = f" ({plain(place)})" if place else ""
    told = "  \n  ".join(_coded(line) for line in note.message.split("\n") if line.strip(" ^"))
    return f"{name}{told}{where}"


def _unsaid(where: str, message: str) -> str:
    """The place, unless the message names it."""
    return "" if re.search(rf"{re.escape(where)}(?!\d)", message, re.IGNORECASE) else where


def _coded(text: str) -> str:
    """One line of text with what stands between backticks as code."""
    pieces = " ".join(text.split()).split("`")
    if len(pieces) % 2 == 0:
        return plain(text)
    made = "".join(_code(piece) if place % 2 else _escaped(piece) for place, piece in enumerate(pieces))
    return _begun(made.strip())  # an empty code span before it leaves a blank


def _code(piece: str) -> str:
    """A code span; its text has no backtick. One that begins or ends in blanks, or is empty, is none."""
    return f"`{piece}`" if piece.strip() == piece and piece and "$" not in piece else _escaped(piece)


def plain(text: str) -> str:
    """`text` as Markdown that shows just that, line by line."""
    shown = clean(text, cap=_COMMENT_CAP, newlines=True)
    return "  \n".join(_begun(_escaped(line.strip())) for line in shown.split("\n"))


def _begun(line: str) -> str:
    """A line that begins no list, heading or quotation."""
    return _BLOCK_START.sub(r"\1\\\2", line)


def _escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


def _capped(text: str, lang: Lang) -> str:
    if len(text) <= _COMMENT_CAP:
        return text
    whole = text[:_COMMENT_CAP].rpartition("\n")[0]  # a line that is cut could be live
    return f"{whole}\n{MORE.in_(lang)}"
