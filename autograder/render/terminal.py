"""Reports on a terminal. Only `Text` objects, never markup strings: what a student wrote cannot style anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.manifest import Manifest
from autograder.render import labels, mistakes, picture
from autograder.render.class_table import STYLES, ClassTable
from autograder.render.outline import Finding, Lost, Note, Outline, TaskOutline, label, outline
from autograder.render.tables import Class
from autograder.result import Picture, Result
from autograder.text import Lang

_BAR = 24
_FULL, _EMPTY = "█", "░"
_MARK = "bold"


def report(result: Result, lang: Lang, manifest: Manifest | None = None) -> RenderableType:
    """One student's report: score, whole-file findings, a line and the findings for each task, remarks."""
    page = outline(result, lang, manifest)
    blocks: list[RenderableType] = [_header(page, lang)]
    blocks += [_prominent(note, lang) for note in page.findings]
    width = max((cell_len(task.name) for task in page.tasks), default=0)
    points = max((cell_len(task.points) for task in page.tasks), default=0)
    for task in page.tasks:
        blocks += [_task_line(task, width, points), *(_finding(finding, lang) for finding in task.findings)]
        blocks += [_drawing(drawn, lang) for drawn in task.pictures]
    blocks += [_drawing(drawn, lang) for drawn in page.pictures]
    if page.all_right and page.tasks:
        blocks += [Text(), Text(labels.all_right(page.outstanding != "").in_(lang), "green")]
    if page.remarks:
        blocks += [Text(), Text(labels.REMARKS.in_(lang), _MARK), *map(_remark, page.remarks)]
    return Group(*blocks)


def class_table(results: Sequence[Result], lang: Lang) -> RenderableType:
    """The class: student, a column per task as far as the terminal is wide, total, status; why grades are withheld."""
    return ClassTable(results, lang)


def course_table(rows: Sequence[Class], lang: Lang) -> RenderableType:
    """A row per assignment: how the class did."""
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="bold")
    table.add_column(labels.ASSIGNMENT.in_(lang), no_wrap=True)
    table.add_column("", overflow="fold")
    for head in (labels.STUDENTS, labels.MEAN, labels.POINTS):
        table.add_column(head.in_(lang), justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, (row.id, row.title, str(row.students), row.mean, row.maximum)))
    return table


def common_mistakes(
    results: Sequence[Result], lang: Lang, n: int = 3
) -> tuple[tuple[mistakes.Mistake, ...], RenderableType]:
    """The commonest mistakes of a class: as data, and to print."""
    found = mistakes.commonest(results, n)
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for mistake in found:
        line = Text(label(mistake.task), _MARK)
        line.append(f"{'  ' if mistake.task else ''}{mistake.heading(lang)}", "not bold")
        line.append(f"\n{mistake.sentence(lang)}" if mistake.sentence(lang) else "", "not bold dim")
        table.add_row(Text(labels.students(mistake.students).in_(lang)), line)
    body = table if found else Text(labels.NO_MISTAKES.in_(lang))
    return found, Group(Text(labels.MISTAKES.in_(lang), _MARK), body)


def _header(page: Outline, lang: Lang) -> RenderableType:
    head = Text(page.heading, _MARK)
    head.append(f"\n{page.student}", "not bold")
    if page.withheld:
        notice = Text(f"! {labels.WITHHELD_NOTICE.in_(lang)}", "yellow")
        return Group(head, Padding(notice, (1, 0), expand=False))
    done = round(_BAR * page.fraction)
    score = Text(_FULL * done, "green")
    score.append(_EMPTY * (_BAR - done), "dim")
    score.append(f"  {page.points}", "default bold")
    score.append("".join(f"  {more}" for more in (page.bonus, page.outstanding) if more), "default not bold")
    return Group(head, score, Text())


def _prominent(note: Note, lang: Lang) -> RenderableType:
    """A finding about the whole file, its line breaks and columns kept."""
    title = " · ".join(filter(None, [labels.FIRST.in_(lang), note.task, note.where]))
    body = Text(note.message, overflow="fold")
    return Group(Text(f"✗ {title}", "bold red"), _indented(body, 2), Text())


def _task_line(task: TaskOutline, width: int, points: int) -> Text:
    line = Text.assemble((f"{task.sign} ", STYLES[task.state]), (task.name, _MARK))
    line.append(" " * (width - cell_len(task.name)))
    word = "" if task.state == "pass" else task.word
    line.append(f"  {task.points:>{points}}")
    for extra in filter(None, [word, task.bonus]):
        line.append(f"  {extra}", STYLES[task.state])
    return line


def _finding(finding: Finding, lang: Lang) -> RenderableType:
    """The parts with what they cost, then the message, indented under them."""
    lines: list[RenderableType] = [_indented(_lost(finding, part, lang), 4) for part in finding.parts]
    if finding.message:
        lines.append(_indented(Text(finding.message, overflow="fold"), 6 if finding.parts else 4))
    return Group(*lines)


def _lost(finding: Finding, part: Lost, lang: Lang) -> RenderableType:
    text = Text(part.title)
    bonus = labels.BONUS.in_(lang) if part.bonus else ""
    for extra, style in ((bonus, ""), (part.points, ""), (part.where, "cyan")):
        text.append(f"  {extra}" if extra else "", style)
    return _hanging(Text(part.sign, STYLES["partial" if part.bonus else finding.state]), text)


def _hanging(sign: Text, text: Text) -> RenderableType:
    """`text` with all its lines right of `sign`."""
    row = Table.grid(padding=(0, 1))
    row.add_column(no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(sign, text)
    return row


def _indented(body: RenderableType, by: int, below: int = 0) -> Padding:
    return Padding(body, (0, 0, below, by), expand=False)


def _drawing(drawn: Picture, lang: Lang) -> RenderableType:
    lines = Text(picture.text(drawn, lang), "dim", overflow="fold")
    return _indented(Group(Text(picture.caption(drawn, lang), "dim"), _indented(lines, 2)), 4)


def _remark(note: Note) -> RenderableType:
    return _hanging(Text("-"), Text("  ").join(_remark_texts(note)))


def _remark_texts(note: Note) -> Iterator[Text]:
    if note.task:
        yield Text(note.task, _MARK)
    yield Text(note.message)
    if note.where:
        yield Text(note.where, "cyan")
