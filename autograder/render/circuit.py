"""A traced circuit for readers: the netlist as text, the drawing as SVG.

Gates are numbered from 1 in the order in which they were called, as in the data: `g1` is the first.
"""

from __future__ import annotations

from markupsafe import escape

from autograder.render import labels, layers, shapes, wiring
from autograder.render.outline import label
from autograder.result import Circuit
from autograder.text import Lang

LARGEST_DRAWING = 60  # gates; beyond it a drawing says less than a netlist
_LONGEST_NETLIST = 100
_PAD = 12


def text(circuit: Circuit, lang: Lang = "en") -> str:
    """The netlist, one gate a line: `g1 = NAND(x1, x2)` … `y = g4`."""
    used = layers.reachable(circuit)
    lines = [
        f"g{number} = {label(gate.name, 30)}({', '.join(label(ref, 30) for ref in gate.inputs)})"
        + ("" if f"g{number}" in used else f"   ({labels.UNUSED.in_(lang)})")
        for number, gate in enumerate(circuit.gates[:_LONGEST_NETLIST], 1)
    ]
    if len(circuit.gates) > _LONGEST_NETLIST:
        lines.append(labels.more(len(circuit.gates) - _LONGEST_NETLIST).in_(lang))
    return "\n".join([*lines, f"y = {label(circuit.output, 30)}"])


def svg(circuit: Circuit, lang: Lang = "en") -> str:
    """The drawing as an `<svg>` element in the colour of the text around it; no style, script or reference in it."""
    plan = wiring.wire(circuit)
    first = 8 * max((len(shapes.short(c.name)) for c in plan.layers[0]), default=1) + 8
    top, bottom = plan.extent
    left, width, height = -first - _PAD, first + plan.width + 24 + 2 * _PAD, bottom - top + 2 * _PAD
    box = f"{left} {top - _PAD} {width} {height}"
    title = f"{label(circuit.task)}: {labels.gates(len(circuit.gates)).in_(lang)}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}"'
            ' role="img" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"'
            ' font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(text(circuit, lang))}</desc>",
            *(shapes.run(run) for run in plan.runs),
            *(shapes.cell(cell) for cell in plan.cells),
            "</svg>",
        ]
    )
