"""The parts of a circuit drawing as SVG elements: gates, pins, rails and wires."""

from __future__ import annotations

from collections import Counter

from markupsafe import escape

from autograder.render.layers import Cell
from autograder.render.outline import label
from autograder.render.wiring import GATE_WIDTH, Run

_BODY = 50  # width of a gate's body; bubble and lead fill the rest of GATE_WIDTH
_LEAD = 6
_BUBBLE = 4
_CONCAVE = 10  # depth of the bow at the input side of a NOR


def short(name: str) -> str:
    """A name that fits a shape."""
    name = label(name)
    return name if len(name) <= 7 else name[:6] + "…"


def cell(cell: Cell) -> str:
    """A cell as one group; what the output does not depend on is pale and dashed."""
    faint = "" if cell.used else ' opacity="0.5" stroke-dasharray="3 3"'
    return f"<g{faint}>{''.join(_drawn(cell))}</g>"


def run(run: Run) -> str:
    """One net in one channel, with a dot wherever it branches."""
    faint = "" if run.used else ' opacity="0.5" stroke-dasharray="3 3"'
    if run.straight:
        return f'<path d="M{run.left} {run.level}H{run.right}"{faint}/>'
    low, high = run.span
    ends = "".join(f"M{run.track} {level}H{run.right}" for level in run.targets)
    dots = "".join(
        f'<circle cx="{run.track}" cy="{level}" r="3" fill="currentColor" stroke="none"/>' for level in _branches(run)
    )
    return f'<path d="M{run.left} {run.level}H{run.track}M{run.track} {low}V{high}{ends}"{faint}/>{dots}'


def _branches(run: Run) -> list[int]:
    """The levels at which three or more ends of a net meet on its track."""
    low, high = run.span
    sides = Counter([run.level, *set(run.targets)])
    return sorted(level for level, count in sides.items() if count + (level > low) + (level < high) > 2)


def _drawn(cell: Cell) -> list[str]:
    if cell.kind == "lane":
        return [f'<path d="M{cell.x} {cell.y}h{GATE_WIDTH}"/>']
    if cell.kind == "gate":
        return _gate(cell)
    if cell.kind == "output":
        return [f'<path d="M{cell.x} {cell.y}h6"/>', _text(cell.x + 11, cell.y + 4, cell.name, "start", 600)]
    if cell.kind == "constant":
        rail = f'<path d="M{cell.x} {cell.y - 7}v14" stroke-width="3"/>'
        return [rail, _text(cell.x - 8, cell.y + 4, cell.name, "end", 600)]
    return [f'<path d="M{cell.x - 6} {cell.y}h6"/>', _text(cell.x - 10, cell.y + 4, cell.name, "end", 600)]


def _gate(cell: Cell) -> list[str]:
    x, middle, half = cell.x + _LEAD, cell.y, cell.height // 2
    bubbled = cell.name in ("NAND", "NOR")
    body = {"NAND": _d_shape, "NOR": _shield}.get(cell.name, _box)(x, middle, half)
    parts = [f'<path d="M{cell.x} {y}H{x + _inset(cell, y)}"/>' for _, y in cell.targets()]
    parts.append(f'<path d="{body}"/>')
    lead = x + _BODY
    if bubbled:
        parts.append(f'<circle cx="{lead + _BUBBLE}" cy="{middle}" r="{_BUBBLE}"/>')
        lead += 2 * _BUBBLE
    if lead < cell.x + GATE_WIDTH:
        parts.append(f'<path d="M{lead} {middle}H{cell.x + GATE_WIDTH}"/>')
    centre = x + _BODY / 2 + (2 if cell.name == "NOR" else -2 if cell.name == "NAND" else 0)
    parts.append(_text(centre, middle + 4, short(cell.name), "middle", 400, 11))
    parts.append(_text(x + _BODY / 2 - 2, middle - half - 4, cell.net, "middle", 400, 10))
    return parts


def _inset(cell: Cell, level: int) -> float:
    """How far right of the body's left edge the input at `level` meets the shape."""
    if cell.name != "NOR":
        return 0
    along = (level - cell.y + cell.height / 2) / cell.height
    return round(2 * along * (1 - along) * _CONCAVE, 2)


def _d_shape(x: int, middle: int, half: int) -> str:
    bow = _BODY - 28
    return f"M{x} {middle - half}h28a{bow} {half} 0 0 1 0 {2 * half}h-28z"


def _shield(x: int, middle: int, half: int) -> str:
    tip = f"{x + _BODY} {middle}"
    return (
        f"M{x} {middle - half}Q{x + 34} {middle - half} {tip}Q{x + 34} {middle + half} {x} {middle + half}"
        f"Q{x + _CONCAVE} {middle} {x} {middle - half}z"
    )


def _box(x: int, middle: int, half: int) -> str:
    return f"M{x} {middle - half}h{_BODY}v{2 * half}h-{_BODY}z"


def _text(x: float, y: int, text: str, anchor: str, weight: int, size: int = 13) -> str:
    return (
        f'<text x="{x:g}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" font-size="{size}"'
        f' fill="currentColor" stroke="none">{escape(label(text))}</text>'
    )
