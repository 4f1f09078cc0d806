"""A report as GitHub-flavoured Markdown, for a pull request's comment.

Everything that came from outside is written in character references, which start no Markdown, HTML or workflow command.
GitHub looks for mentions, issue references, emoji codes, links, formulas and commit ids in the *finished* text, where a
reference is a character again; an empty one (zero-width space) breaks those, as the well-known update bots do it.
"""

from __future__ import annotations

import re

from autograder.manifest import Manifest
from autograder.render import labels, picture
from autograder.render.outline import Finding, Lost, Note, Outline, TaskOutline, outline
from autograder.result import Picture, Result
from autograder.text import Lang, clean, one_line

_BREAK = "&#8203;"
_MARK = "\ue000"  # stands for _BREAK until the rest is escaped; `clean` lets none of these through
_LIVE = re.compile(
    r"(?<=[@#])"  # mentions, issues
    r"|(?<=\$)|(?=\$)"  # formulas: a sign with nothing but a break at either side opens none and closes none
    r"|(?<=:)(?=\S)"  # emoji codes, addresses
    r"|(?<=www)(?=\.)"
    r"|(?<=gh)(?=-\d)",
    re.IGNORECASE | re.ASCII,
)
_ID = re.compile(r"(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])", re.IGNORECASE | re.ASCII)  # a commit's, or its beginning
_ACTIVE = re.compile(r"[^\w\s,;.?!'()+=/%\u0080-\U0010ffff-]|_")
_LIST_START = re.compile(r"^(\d*)([-+=.)])")


def report(result: Result, lang: Lang, manifest: Manifest | None = None, details: bool = True) -> str:
    """One student's report: a table of tasks, the findings of each folded below, remarks at the end.

    Without `details` nothing comes after the table.
    """
    page = outline(result, lang, manifest)
    blocks = [f"## {escape(page.heading)}", _summary(page, lang)]
    blocks += [_prominent(note, lang) for note in page.findings]
    blocks += [_table(page, lang)] if page.tasks else []
    if not details:
        return "\n\n".join(blocks) + "\n"
    blocks += [_to_do(page, lang)] if _to_do(page, lang) else []
    worth = [task for task in page.tasks if task.state != "todo" and (task.findings or task.pictures)]
    first = next((task for task in worth if task.findings), None)
    blocks += [_details(task, lang, is_open=task is first) for task in worth]
    blocks += [_drawing(drawn, lang) for drawn in page.pictures]
    if page.all_right and page.tasks:
        blocks.append(labels.all_right(page.outstanding != "").in_(lang))
    if page.remarks:
        remarks = "\n".join(f"- {_remark(note)}" for note in page.remarks)
        blocks.append(f"### {labels.REMARKS.in_(lang)}\n\n{remarks}")
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """`text` as one line of plain text, in Markdown and in HTML alike."""
    line = _ID.sub(_in_fours, one_line(clean(text, cap=len(text), newlines=True)))
    marked = _LIVE.sub(_MARK, line)
    inert = _LIST_START.sub(lambda m: f"{m[1]}&#{ord(m[2])};", _ACTIVE.sub(_reference, marked))
    return inert.replace(_MARK, _BREAK)


def preformatted(text: str) -> str:
    """`text` with its lines and columns kept."""
    return f"<pre>{_ACTIVE.sub(_reference, clean(text, cap=len(text), newlines=True))}</pre>"


def _in_fours(match: re.Match[str]) -> str:
    """Broken so often that no piece is long enough for an id."""
    return _MARK.join(match[0][at : at + 4] for at in range(0, len(match[0]), 4))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _summary(page: Outline, lang: Lang) -> str:
    if page.withheld:
        return f"{escape(page.student)}\n\n> **{labels.WITHHELD.in_(lang)}**: {labels.WITHHELD_NOTICE.in_(lang)}"
    more = ", ".join(escape(text) for text in (page.bonus, page.outstanding) if text)
    return f"{escape(page.student)}: **{escape(page.points)}**{f' ({more})' if more else ''}"


def _prominent(note: Note, lang: Lang) -> str:
    title = " · ".join(filter(None, [labels.FIRST.in_(lang), escape(note.task), note.where]))
    excerpt = f"\n\n{preformatted(note.excerpt)}" if note.excerpt else ""
    return f"### ✗ {title}\n\n{_coded(note.sentence)}{excerpt}"


def _table(page: Outline, lang: Lang) -> str:
    heads = [" ", labels.TASK.in_(lang), *([] if page.withheld else [labels.POINTS.in_(lang)]), labels.STATUS.in_(lang)]
    rule = ["---", "---", *([] if page.withheld else ["---:"]), "---"]
    rows = [heads, rule]
    for task in page.tasks:
        points = [] if page.withheld else [escape(task.points)]
        rows.append([escape(task.sign), f"<code>{escape(task.name)}</code>", *points, task.word])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _to_do(page: Outline, lang: Lang) -> str:
    names = ", ".join(f"<code>{escape(task.name)}</code>" for task in page.tasks if task.state == "todo")
    return f"{labels.SIGNS['todo']} {labels.WORDS['todo'].in_(lang)}: {names}" if names else ""


def _details(task: TaskOutline, lang: Lang, is_open: bool) -> str:
    head = " ".join(filter(None, [escape(task.sign), f"<code>{escape(task.name)}</code>", escape(task.points)]))
    found = "\n".join(_finding(finding, lang) for finding in task.findings)
    body = "\n\n".join(filter(None, [found, *(_drawing(drawn, lang) for drawn in task.pictures)]))
    return f"<details{' open' if is_open else ''}>\n<summary>{head}: {task.word}</summary>\n\n{body}\n\n</details>"


def _finding(finding: Finding, lang: Lang) -> str:
    lines = [_lost(part, lang) for part in finding.parts]
    lines += [_coded(line) for line in finding.message.split("\n") if line.strip()]
    return f"- {'<br>'.join(lines)}"


def _lost(part: Lost, lang: Lang) -> str:
    bonus = labels.BONUS.in_(lang) if part.bonus else ""
    notes = ", ".join(filter(None, [bonus, escape(part.points), part.where]))
    return f"**{_coded(part.title)}**{f' ({notes})' if notes else ''}"


def _coded(text: str) -> str:
    """`text` with what stands between backticks as code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    return "".join(
        f"<code>{_inner(piece)}</code>" if place % 2 else _inner(piece) for place, piece in enumerate(pieces)
    )


def _inner(piece: str) -> str:
    """`escape`, with the blanks at both ends kept."""
    left, right = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return f"{' ' if left else ''}{escape(piece)}{' ' if right and piece.strip() else ''}"


def _drawing(drawn: Picture, lang: Lang) -> str:
    return f"{escape(picture.caption(drawn, lang))}\n\n{preformatted(picture.text(drawn, lang))}"


def _remark(note: Note) -> str:
    task = f"<code>{escape(note.task)}</code> " if note.task else ""
    said = "<br>".join(_coded(line) for line in note.message.split("\n"))
    return f"{task}{said}{f' ({note.where})' if note.where else ''}"
