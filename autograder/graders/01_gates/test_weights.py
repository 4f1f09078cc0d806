"""Hidden grader of 01_gates, the constants AND_WEIGHTS, NAND_WEIGHTS, OR_WEIGHTS, NOR_WEIGHTS = (w1, w2, b).

The grader computes w1*x1 + w2*x2 + b itself and asks for a margin; then the student's `perceptron` decides with the
same numbers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder import AND_TABLE, NAND_TABLE, NOR_TABLE, OR_TABLE, TruthTable, assert_bit, credit, fail

MARGIN = 1e-9
TABLES = {"AND": AND_TABLE, "NAND": NAND_TABLE, "OR": OR_TABLE, "NOR": NOR_TABLE}
CONSTANT_TABLES = {"always-0": TruthTable.of(lambda a, b: 0), "always-1": TruthTable.of(lambda a, b: 1)}


def assert_weights(student: Any, gate: str) -> None:
    """`<gate>_WEIGHTS` makes one neuron the gate, clear of the boundary, also in the student's `perceptron`."""
    constant, table = f"{gate}_WEIGHTS", TABLES[gate]
    weights = three_numbers(student.get(constant), constant)
    sums = {row: float(np.dot(weights, (*row, 1))) for row in table}
    wrong = [row for row in table if (sums[row] > 0) != bool(table[row])]
    near = [row for row in table if abs(sums[row]) <= MARGIN]
    if near and set(wrong) <= set(near):
        fail("weights.boundary", name=constant, row=str(near[0]))
    if wrong:
        name_weights(weights, gate, table, wrong)
    for row in table:
        x, w, b = np.array(row, dtype=float), weights[:2].copy(), float(weights[2])
        assert_bit(student.perceptron(x, w, b), table[row])


def three_numbers(value: Any, constant: str) -> Any:
    """The constant as a float array (w1, w2, b)."""
    if value is None:
        fail("weights.none", name=constant)
    if not isinstance(value, (list, tuple, np.ndarray)) or (isinstance(value, np.ndarray) and value.ndim == 0):
        fail("weights.not-numbers", name=constant)
    if any(isinstance(item, (list, tuple)) or (isinstance(item, np.ndarray) and item.ndim) for item in value):
        fail("weights.nested", name=constant)
    if not all(is_number(item) for item in value):
        fail("weights.not-numbers", name=constant)
    if len(value) == 2:
        fail("weights.no-bias", name=constant)
    if len(value) != 3:
        fail("weights.not-three", name=constant, count=len(value))
    if not all(math.isfinite(item) for item in value):
        fail("weights.not-finite", name=constant)
    return np.array(value, dtype=float)


def is_number(item: Any) -> bool:
    """Whether an item is a real number that a float can hold."""
    if isinstance(item, np.ndarray):
        return item.shape == () and item.dtype.kind in "biuf"
    if isinstance(item, int):
        return abs(item) < 1 << 1000
    return isinstance(item, (float, np.floating, np.integer, np.bool))


def name_weights(weights: Any, gate: str, table: TruthTable, wrong: list[tuple[int, ...]]) -> None:
    """Fail with what is wrong with three numbers that are not this gate."""
    w1, w2, b = weights
    params: dict[str, Any] = {"name": f"{gate}_WEIGHTS", "gate": gate, "rows": ", ".join(map(str, wrong))}
    if neuron_table(w1, w2, -b) == table:
        fail("weights.bias-sign", **params)
    if neuron_table(w2, b, w1) == table:
        fail("weights.bias-first", **params)
    found = neuron_table(w1, w2, b)
    for other, its_table in TABLES.items():
        if found == its_table:
            fail("weights.other-gate", other=other, **params)
    for key, its_table in CONSTANT_TABLES.items():
        if found == its_table:
            fail(f"weights.{key}", **params)
    fail("weights.wrong", **params)


def neuron_table(w1: float, w2: float, b: float) -> TruthTable:
    return TruthTable.of(lambda x1, x2: w1 * x1 + w2 * x2 + b > 0)


@credit(1, task="AND", shown=True)
def test_and_weights_make_one_neuron_the_gate(student: Any) -> None:
    """AND_WEIGHTS make one neuron the AND gate

    AND_WEIGHTS는 뉴런 하나를 AND 게이트로 만든다
    """
    assert_weights(student, "AND")


@credit(1, task="NAND", shown=True)
def test_nand_weights_make_one_neuron_the_gate(student: Any) -> None:
    """NAND_WEIGHTS make one neuron the NAND gate

    NAND_WEIGHTS는 뉴런 하나를 NAND 게이트로 만든다
    """
    assert_weights(student, "NAND")


@credit(1, task="OR", shown=True)
def test_or_weights_make_one_neuron_the_gate(student: Any) -> None:
    """OR_WEIGHTS make one neuron the OR gate

    OR_WEIGHTS는 뉴런 하나를 OR 게이트로 만든다
    """
    assert_weights(student, "OR")


@credit(1, task="NOR", shown=True)
def test_nor_weights_make_one_neuron_the_gate(student: Any) -> None:
    """NOR_WEIGHTS make one neuron the NOR gate

    NOR_WEIGHTS는 뉴런 하나를 NOR 게이트로 만든다
    """
    assert_weights(student, "NOR")
