"""Hidden grader of 01_gates, XOR from one kind of gate: the circuit is traced, checked, counted and drawn.

The student's own NAND and NOR play no part here: recorders and right gates of the grader stand in their places.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder import NAND_TABLE, NOR_TABLE, XOR_TABLE, TruthTable, assert_truth_table, bit, credit, fail, remark

MINIMUM = {"NAND": 4, "NOR": 5}
XNOR_TABLE = TruthTable.of(lambda a, b: a == b)

MISTAKEN_NAND = {
    "xor_nand.inverted": XNOR_TABLE,
    "xor_nand.or": TruthTable.of(lambda a, b: a or b),
    "xor_nand.and": TruthTable.of(lambda a, b: a and b),
    "xor_nand.nand": NAND_TABLE,
    "xor_nand.one-branch": TruthTable.of(lambda a, b: not a or b),
    "xor_nand.other-branch": TruthTable.of(lambda a, b: a or not b),
}
MISTAKEN_NOR = {
    "xor_nor.inverted": XNOR_TABLE,
    "xor_nor.and": TruthTable.of(lambda a, b: a and b),
    "xor_nor.or": TruthTable.of(lambda a, b: a or b),
    "xor_nor.nand": NAND_TABLE,
    "xor_nor.nor": NOR_TABLE,
    "xor_nor.one-branch": TruthTable.of(lambda a, b: a and not b),
    "xor_nor.other-branch": TruthTable.of(lambda a, b: b and not a),
}
MISTAKEN_BOTH = {
    "circuit.always-0": TruthTable.of(lambda a, b: 0),
    "circuit.always-1": TruthTable.of(lambda a, b: 1),
    "circuit.one-input": TruthTable.of(lambda a, b: a),
    "circuit.other-input": TruthTable.of(lambda a, b: b),
    "circuit.one-input-negated": TruthTable.of(lambda a, b: not a),
    "circuit.other-input-negated": TruthTable.of(lambda a, b: not b),
}


def right_gate(table: TruthTable) -> Callable[..., int]:
    """What the right gate answers; 0 to what is no row."""

    def answer(*args: Any, **kwargs: Any) -> int:
        row = tuple(bit(value) for value in (*args, *kwargs.values()))
        return next((table[known] for known in table if known == row), 0)

    return answer


def assert_circuit(student: Any, trace: Any, gate: str, table: TruthTable, mistaken: dict[str, TruthTable]) -> int:
    """XOR_<gate> wires nothing but this gate and is XOR, as a netlist and on bits. Returns how many gates."""
    name = f"XOR_{gate}"
    circuit = trace(getattr(student, name), inputs=2, gates={gate: table})
    last = {f"{name.lower()}.turned-round": XNOR_TABLE} if ends_in_a_negation(circuit) else {}
    assert_truth_table(circuit, XOR_TABLE, mistaken=last | mistaken | MISTAKEN_BOTH)
    assert_truth_table(getattr(student.replacing(**{gate: right_gate(table)}), name), XOR_TABLE)
    return int(circuit.size)


def ends_in_a_negation(circuit: Any) -> bool:
    """Whether the gate at the output gets one signal on both its inputs."""
    outputs = [sources for index, (_, sources) in enumerate(circuit.gates, start=1) if f"g{index}" == circuit.source]
    return any(len(set(sources)) == 1 for sources in outputs)


@credit(3, task="XOR_NAND", shown=True)
def test_xor_is_a_circuit_of_nand_gates(student: Any, trace: Any) -> None:
    """XOR is built from NAND alone

    XOR을 NAND만으로 만든다
    """
    size = assert_circuit(student, trace, "NAND", NAND_TABLE, MISTAKEN_NAND)
    if size > MINIMUM["NAND"]:
        remark("xor_nand.more-gates", size=size)


@credit(1, task="XOR_NAND", bonus=True, shown=True)
def test_four_nand_gates_are_enough(student: Any, trace: Any) -> None:
    """Four NANDs are enough

    NAND 네 개로 만든다
    """
    size = assert_circuit(student, trace, "NAND", NAND_TABLE, MISTAKEN_NAND)
    if size > MINIMUM["NAND"]:
        fail("xor_nand.not-minimal", size=size)


@credit(3, task="XOR_NOR", shown=True)
def test_xor_is_a_circuit_of_nor_gates(student: Any, trace: Any) -> None:
    """XOR is built from NOR alone

    XOR을 NOR만으로 만든다
    """
    size = assert_circuit(student, trace, "NOR", NOR_TABLE, MISTAKEN_NOR)
    if size > MINIMUM["NOR"]:
        remark("xor_nor.more-gates", size=size)


@credit(1, task="XOR_NOR", bonus=True, shown=True)
def test_five_nor_gates_are_enough(student: Any, trace: Any) -> None:
    """Five NORs are enough

    NOR 다섯 개로 만든다
    """
    size = assert_circuit(student, trace, "NOR", NOR_TABLE, MISTAKEN_NOR)
    if size > MINIMUM["NOR"]:
        fail("xor_nor.not-minimal", size=size)
