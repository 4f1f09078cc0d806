"""Drawings of circuits are true to the netlist, and no wire runs through a gate or along another wire."""

from __future__ import annotations

import random
from itertools import combinations
from xml.etree import ElementTree

import pytest

from autograder.render import circuit, layers, wiring
from autograder.result import Circuit, Gate


def drawn(inputs: int, *gates: str, output: str, task: str = "XOR") -> Circuit:
    """`drawn(2, "NAND x1 x2", output="g1")`"""
    parts = [gate.split() for gate in gates]
    return Circuit(
        task=task,
        inputs=tuple(f"x{n}" for n in range(1, inputs + 1)),
        gates=tuple(Gate(name=name, inputs=tuple(pins)) for name, *pins in parts),
        output=output,
    )


def anything(seed: int) -> Circuit:
    """A random circuit: constants, fan-out, double inputs, unused gates, one to four inputs per gate."""
    draw = random.Random(seed)
    nets = ["0", "1", *(f"x{n}" for n in range(1, draw.randint(1, 4) + 1))]
    inputs, gates = len(nets) - 2, []
    for number in range(1, draw.randint(1, 14) + 1):
        gates.append(" ".join([draw.choice(["NAND", "NOR", "MAJ"]), *draw.choices(nets, k=draw.randint(1, 4))]))
        nets.append(f"g{number}")
    return drawn(inputs, *gates, output=draw.choice(nets))


SAMPLES = {
    "4 NAND": drawn(2, "NAND x1 x2", "NAND x1 g1", "NAND g1 x2", "NAND g2 g3", output="g4"),
    "5 NOR": drawn(2, "NOR x1 x1", "NOR x2 x2", "NOR x1 x2", "NOR g1 g2", "NOR g3 g4", output="g5"),
    "9 gates": drawn(
        2,
        *("NAND x1 x1", "NAND x2 x2", "NAND x1 g2", "NAND g1 x2", "NAND g3 g3"),
        *("NAND g4 g4", "NAND g5 g5", "NAND g6 g6", "NAND g7 g8"),
        output="g9",
    ),
    "one feeds many": drawn(2, "NAND x1 x2", *["NAND g1 x1"] * 6, "MAJ g2 g3 g4 g5 g6 g7", output="g8"),
    "output is an input": drawn(2, output="x1"),
    "output is a constant": drawn(2, output="1"),
    "unused gates": drawn(2, "NAND x1 x2", "NOR x1 1", "NAND g2 0", output="g1"),
    "loose ends": drawn(1, "NAND g2 g1", "NAND x9 g7", output="g5"),
} | {f"random {seed}": anything(seed) for seed in range(60)}
every = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)

Segment = tuple[str, int, int, int, int]


def segments(plan: wiring.Wiring) -> list[Segment]:
    """Every straight piece of every net: net, x from and to, y from and to."""
    found = []
    for run in plan.runs:
        if run.straight:
            found.append((run.net, run.left, run.right, run.level, run.level))
            continue
        found.append((run.net, run.left, run.track, run.level, run.level))
        found.append((run.net, run.track, run.track, *run.span))
        found += [(run.net, run.track, run.right, level, level) for level in run.targets]
    lanes = [(c.net, c.x, c.x + wiring.GATE_WIDTH, c.y, c.y) for c in plan.cells if c.kind == "lane"]
    return found + lanes


@every
def test_no_wire_runs_through_a_gate(sample: Circuit) -> None:
    plan = wiring.wire(sample)
    for cell in (cell for cell in plan.cells if cell.kind == "gate"):
        top, bottom = cell.y - cell.height / 2, cell.y + cell.height / 2
        for _, left, right, low, high in segments(plan):
            beside = right <= cell.x or left >= cell.x + wiring.GATE_WIDTH
            assert beside or high < top or low > bottom


@every
def test_two_nets_may_cross_but_never_touch_or_share_a_run(sample: Circuit) -> None:
    for (a, *one), (b, *two) in combinations(segments(wiring.wire(sample)), 2):
        across = min(one[1], two[1]) - max(one[0], two[0])
        along = min(one[3], two[3]) - max(one[2], two[2])
        if a != b and across >= 0 and along >= 0:
            upright, flat = (one, two) if one[0] == one[1] else (two, one)
            assert flat[0] < upright[0] == upright[1] < flat[1]
            assert upright[2] < flat[2] == flat[3] < upright[3]


@every
def test_every_pin_is_reached_by_its_own_net(sample: Circuit) -> None:
    plan = wiring.wire(sample)
    reached = {(run.net, run.right, level) for run in plan.runs for level in run.targets}
    for cell in plan.cells:
        assert all((net, cell.x, level) in reached for net, level in cell.targets())


@every
def test_the_drawing_is_well_formed_inside_its_box_and_the_same_twice(sample: Circuit) -> None:
    text = circuit.svg(sample)
    root = ElementTree.fromstring(text)
    left, top, width, height = map(int, root.attrib["viewBox"].split())
    plan = wiring.wire(sample)
    assert all(left <= s[1] and s[2] <= left + width and top <= s[3] and s[4] <= top + height for s in segments(plan))
    assert sum(element.text == "y" for element in root.iter("{http://www.w3.org/2000/svg}text")) == 1
    assert circuit.svg(sample) == text


def test_the_netlist_numbers_gates_from_one_and_marks_the_unused() -> None:
    assert circuit.text(SAMPLES["4 NAND"]).splitlines() == [
        "g1 = NAND(x1, x2)",
        "g2 = NAND(x1, g1)",
        "g3 = NAND(g1, x2)",
        "g4 = NAND(g2, g3)",
        "y = g4",
    ]
    assert circuit.text(SAMPLES["unused gates"], "ko").splitlines()[1] == "g2 = NOR(x1, 1)   (쓰이지 않음)"
    assert layers.reachable(SAMPLES["unused gates"]) == {"g1", "x1", "x2"}


def test_nand_and_nor_have_their_shapes_and_others_a_labelled_box() -> None:
    bubbles = circuit.svg(drawn(2, "NAND x1 x2", output="g1")).count('r="4"')
    assert bubbles == circuit.svg(drawn(2, "NOR x1 x2", output="g1")).count('r="4"') == 1
    box = circuit.svg(drawn(2, "MAJ x1 x2", output="g1"))
    assert 'r="4"' not in box
    assert ">MAJ</text>" in box


def test_a_gate_name_cannot_break_out_of_the_drawing() -> None:
    gate = Gate(name="<script>", inputs=('"><x', "x1"))
    text = circuit.svg(Circuit(task="</title><b>", inputs=("x1",), gates=(gate,), output="g1"))
    assert {element.tag.partition("}")[2] for element in ElementTree.fromstring(text).iter()} <= {
        *("svg", "title", "desc", "g", "path", "circle", "text")
    }


def test_a_circuit_of_a_thousand_gates_is_a_short_netlist() -> None:
    text = circuit.text(drawn(1, *["NAND x1 x1"] * 1000, output="g1000"))
    assert len(text.splitlines()) == 102
