"""A plot for readers: SVG for pages, a grid of signs for a terminal.

Drawn here and not by Matplotlib, whose SVG needs inline styles (a feedback page allows none), takes some 50 ms a plot
and has no Hangul without a font for it: here a label is text, set by the reader's own browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from markupsafe import escape

from autograder.render import labels, scale
from autograder.render.outline import label
from autograder.render.scale import Axis
from autograder.result import Line, Plot
from autograder.text import Lang, Text

_WIDTH, _HEIGHT = 460, 260  # of the field
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 26, 14, 44
_ROW = 18  # of the legend
_COLUMNS, _ROWS = 56, 12  # on a terminal
CANNOT = Text(en="(this picture cannot be drawn)", ko="(이 그림은 그릴 수 없습니다)")
_SIGNS = {"curve": "+×*o#%@&=~^-", "dots": "●◆■▲▼★◼◉◈▪◘◙", "dashed": "·"}


def svg(plot: Plot, lang: Lang) -> str:
    """The plot as an `<svg>` element, or a paragraph that says that it cannot be drawn."""
    return _drawn(_svg, plot, lang) or f"<p>{escape(CANNOT.in_(lang))}</p>"


def text(plot: Plot, lang: Lang) -> str:
    """The plot as lines of text, a sign for each line of it; or one line that says that it cannot be drawn."""
    return _drawn(_text_lines, plot, lang) or CANNOT.in_(lang)


def _drawn(draw: Callable[[Plot, Lang], str], plot: Plot, lang: Lang) -> str:
    """Nothing where a student's numbers cannot be drawn: that costs this picture, not the pages of the class."""
    try:
        return draw(plot, lang)
    except (ArithmeticError, ValueError, LookupError):
        return ""


def _svg(plot: Plot, lang: Lang) -> str:
    """Colours are classes of the page's style sheet."""
    x, y = _axes(plot)
    named = [line for line in plot.lines if line.label is not None]
    height = _TOP + _HEIGHT + _BOTTOM + _ROW * len(named)
    width = _LEFT + _WIDTH + _RIGHT
    return "\n".join(
        [
            f'<svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}" role="img" fill="none" font-size="12">',
            f"<title>{escape(label(plot.title.in_(lang)))}</title>",
            *_frame(x, y),
            *(piece for line in plot.lines for piece in _line(line, _colour(line, named), x, y)),
            _text(_LEFT + _WIDTH / 2, _TOP + _HEIGHT + 36, plot.xlabel.in_(lang), "middle"),
            _text(_LEFT, _TOP - 10, plot.ylabel.in_(lang), "start"),
            *(piece for row, line in enumerate(named) for piece in _legend(row, line, lang)),
            "</svg>",
        ]
    )


def _text_lines(plot: Plot, lang: Lang) -> str:
    x, y = _axes(plot)
    field = [[" "] * _COLUMNS for _ in range(_ROWS)]
    signs = _signs(plot)
    for sign, line in zip(signs, plot.lines, strict=True):
        for a, b in _points(line):
            if b is not None:
                column, row = round(x.place(a) * (_COLUMNS - 1)), round((1 - y.place(b)) * (_ROWS - 1))
                field[row][column] = sign
    told = [f"{sign} {label(line.label.in_(lang))}" for sign, line in zip(signs, plot.lines, strict=True) if line.label]
    told += [_axis_text(name, axis, lang) for name, axis in ((plot.xlabel, x), (plot.ylabel, y))]
    (low, high), (left, right) = _ends(y), _ends(x)
    edge = max(len(low), len(high))
    names = {0: high, _ROWS - 1: low}
    rows = [f"{names.get(number, ''):>{edge}} │{''.join(row).rstrip()}" for number, row in enumerate(field)]
    below = f"{'':>{edge}} └{'─' * _COLUMNS}\n{'':>{edge}}  {left}{right:>{_COLUMNS - len(left)}}"
    return "\n".join([*rows, below, "   ".join(filter(None, told))])


def _signs(plot: Plot) -> list[str]:
    """A sign for each line; a dot is for what is drawn as dots, as captions call it."""
    seen: Counter[str] = Counter()
    signs = []
    for line in plot.lines:
        signs.append(_SIGNS[line.kind][seen[line.kind] % len(_SIGNS[line.kind])])
        seen[line.kind] += 1
    return signs


def _axis_text(name: Text, axis: Axis, lang: Lang) -> str:
    """What runs along an axis, where there is a name; and whether it is a logarithmic one."""
    said = label(name.in_(lang))
    return f"{said} ({labels.LOGARITHMIC.in_(lang)})" if said and axis.log else said


def _ends(axis: Axis) -> tuple[str, str]:
    """The ends of an axis in words; powers of ten as such."""
    low, high = (10**end if axis.log else end for end in (axis.low, axis.high))
    return f"{low:.2g}", f"{high:.2g}"


def _axes(plot: Plot) -> tuple[Axis, Axis]:
    points = [(a, b) for line in plot.lines for a, b in _points(line) if b is not None]
    return scale.axis((a for a, _ in points), plot.logx), scale.axis((b for _, b in points), plot.logy)


def _points(line: Line) -> Iterator[tuple[float, float | None]]:
    return zip(line.x, line.y, strict=False)


def _frame(x: Axis, y: Axis) -> Iterator[str]:
    """The grid and the numbers along it."""
    for value, name in x.ticks():
        place = _LEFT + _WIDTH * x.place(value)
        yield f'<path class="grid" d="M{place:.1f} {_TOP}v{_HEIGHT}"/>'
        yield _text(place, _TOP + _HEIGHT + 17, name, "middle")
    for value, name in y.ticks():
        place = _TOP + _HEIGHT * (1 - y.place(value))
        yield f'<path class="grid" d="M{_LEFT} {place:.1f}h{_WIDTH}"/>'
        yield _text(_LEFT - 7, place + 4, name, "end")
    yield f'<rect class="edge" x="{_LEFT}" y="{_TOP}" width="{_WIDTH}" height="{_HEIGHT}"/>'


def _line(line: Line, colour: str, x: Axis, y: Axis) -> Iterator[str]:
    places = [
        None if b is None else (_LEFT + _WIDTH * x.place(a), _TOP + _HEIGHT * (1 - y.place(b)))
        for a, b in _points(line)
    ]
    if line.kind == "dots":
        yield from (f'<circle class="dot {colour}" cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="3"/>' for p in places if p)
        return
    steps, pen = [], "M"
    for place in places:
        steps.append(f"{pen}{place[0]:.1f} {place[1]:.1f}" if place else "")
        pen = "L" if place else "M"
    yield f'<path class="{line.kind} {colour}" d="{"".join(steps)}"/>'


def _colour(line: Line, named: list[Line]) -> str:
    """The class of a line's colour; what has no name is there to compare with, and stays grey."""
    return f"c{named.index(line)}" if line in named else "plain"


def _legend(row: int, line: Line, lang: Lang) -> Iterator[str]:
    assert line.label is not None
    level = _TOP + _HEIGHT + _BOTTOM + _ROW * row + 10
    sample = f'<path class="{line.kind} c{row}" d="M{_LEFT} {level}h24"/>'
    yield sample if line.kind != "dots" else f'<circle class="dot c{row}" cx="{_LEFT + 12}" cy="{level}" r="3"/>'
    yield _text(_LEFT + 32, level + 4, line.label.in_(lang), "start")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor">{escape(label(text))}</text>'
