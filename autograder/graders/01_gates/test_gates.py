"""Hidden grader of 01_gates, the truth tables of AND, NAND, OR, NOR, NOT and XOR.

Every wrong truth table has its own sentence. Where a gate would be right if what it is built on were right, its table
is left without a name: then the failure of the other task explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder import (
    AND_TABLE,
    NAND_TABLE,
    NOR_TABLE,
    NOT_TABLE,
    OR_TABLE,
    XOR_TABLE,
    TruthTable,
    assert_bit,
    assert_truth_table,
    bit,
    credit,
)

EVERY_TABLE = {
    "always-0": TruthTable.of(lambda a, b: 0),
    "and": AND_TABLE,
    "only-first": TruthTable.of(lambda a, b: a and not b),
    "first": TruthTable.of(lambda a, b: a),
    "only-second": TruthTable.of(lambda a, b: b and not a),
    "second": TruthTable.of(lambda a, b: b),
    "xor": XOR_TABLE,
    "or": OR_TABLE,
    "nor": NOR_TABLE,
    "xnor": TruthTable.of(lambda a, b: a == b),
    "not-second": TruthTable.of(lambda a, b: not b),
    "first-or-not-second": TruthTable.of(lambda a, b: a or not b),
    "not-first": TruthTable.of(lambda a, b: not a),
    "not-first-or-second": TruthTable.of(lambda a, b: not a or b),
    "nand": NAND_TABLE,
    "always-1": TruthTable.of(lambda a, b: 1),
}
# The wrong tables that students of this material really build have a sentence of their own: `and.or`, `nand.always-0` …
NAMED = {
    "and": ("or", "nand", "xnor"),
    "nand": ("always-0", "always-1", "and", "nor", "only-second"),
    "or": ("always-1", "and", "nor", "xor", "not-first-or-second"),
    "nor": ("xor", "not-first-or-second", "or", "nand", "always-0"),
    "xor": ("and", "or", "xnor", "only-first", "only-second", "always-1", "nand"),
}
# Answers that are no bits at all, by sentence.
ODD: tuple[tuple[str, Callable[..., int]], ...] = (
    ("gates.sum", lambda a, b: a + b),
    ("gates.difference", lambda a, b: a - b),
    ("gates.bits-flipped", lambda a, b: ~(a & b)),
    ("gates.bits-flipped", lambda a, b: ~(a | b)),
)
ODD_NOT: tuple[tuple[str, Callable[..., int]], ...] = (
    ("gates.bits-flipped", lambda a: ~a),
    ("not.minus", lambda a: -a),
    ("not.minus-one", lambda a: a - 1),
)
MISTAKEN_NOT = {
    "not.always-0": TruthTable.of(lambda a: 0, inputs=1),
    "not.always-1": TruthTable.of(lambda a: 1, inputs=1),
    "not.same": TruthTable.of(lambda a: a, inputs=1),
}
BUILT_ON = {
    "AND": ("perceptron",),
    "NAND": ("perceptron", "AND", "NOT"),
    "OR": ("perceptron",),
    "NOR": ("perceptron", "OR", "NOT"),
    "NOT": ("perceptron",),
    "XOR": ("perceptron", "AND", "NAND", "OR", "NOR", "NOT"),
}


def right_perceptron(*args: Any, **kwargs: Any) -> int:
    """What a right perceptron answers; 0 to what is no case (a student's code may hand over anything)."""
    try:
        x, w, b = (np.asarray(value, dtype=float) for value in (*args, *kwargs.values()))
        return int(np.dot(x, w) + b > 0)
    except (TypeError, ValueError, ArithmeticError):
        return 0


def right_gate(table: TruthTable) -> Callable[..., int]:
    """What a right gate answers; 0 to what is no row."""

    def answer(*args: Any, **kwargs: Any) -> int:
        row = tuple(bit(value) for value in (*args, *kwargs.values()))
        return next((table[known] for known in table if known == row), 0)

    return answer


RIGHT = {
    "perceptron": right_perceptron,
    "AND": right_gate(AND_TABLE),
    "NAND": right_gate(NAND_TABLE),
    "OR": right_gate(OR_TABLE),
    "NOR": right_gate(NOR_TABLE),
    "NOT": right_gate(NOT_TABLE),
}


def assert_gate(student: Any, name: str, table: TruthTable, mistaken: Mapping[str, TruthTable]) -> None:
    """The student's gate has this table. A failure that the tasks it is built on explain gets no name of its own."""
    gate = getattr(student, name)
    answers = [gate(*row) for row in table]
    if not is_right(answers, table):
        repaired = getattr(student.replacing(**{need: RIGHT[need] for need in BUILT_ON[name]}), name)
        if is_right([repaired(*row) for row in table], table):
            mistaken = {}
        elif None in map(bit, answers):
            assert_bits_by_row(gate, answers, table)
    assert_truth_table(gate, table, mistaken=mistaken)


def is_right(answers: list[Any], table: TruthTable) -> bool:
    return [bit(answer) for answer in answers] == [table[row] for row in table]


def assert_bits_by_row(gate: Any, answers: list[Any], table: TruthTable) -> None:
    """Each answer is right, those that are no bits first, with their name where it has one."""
    key = odd_answers(answers, table)
    mistaken = {key: lambda _: True} if key else {}
    for row in sorted(table, key=lambda row: bit(answers[table.inputs.index(row)]) is not None):
        assert_bit(gate(*row), table[row], mistaken=mistaken)


def odd_answers(answers: list[Any], table: TruthTable) -> str | None:
    """The key for answers that are not all bits, where it is known how they come about."""
    if any(isinstance(answer, str) for answer in answers):
        return "gates.string"
    if {answer is None for answer in answers} == {True, False}:
        return "gates.no-answer"
    if not all(isinstance(answer, (int, float, np.number)) for answer in answers):
        return None
    formulas = ODD_NOT if table is NOT_TABLE else ODD
    return next((key for key, formula in formulas if answers == [formula(*row) for row in table]), None)


def mistaken_gate(name: str) -> dict[str, TruthTable]:
    """Every wrong table of a two-input gate by its sentence."""
    named = NAMED[name]
    wrong = {key: table for key, table in EVERY_TABLE.items() if key != name}
    return {f"{name}.{key}" if key in named else f"gates.{key}": table for key, table in wrong.items()}


@credit(2, task="AND", shown=True)
def test_and_is_1_only_if_both_inputs_are_1(student: Any) -> None:
    """AND is 1 only if both inputs are 1

    AND는 두 입력이 모두 1일 때만 1이다
    """
    assert_gate(student, "AND", AND_TABLE, mistaken_gate("and"))


@credit(2, task="NAND", shown=True)
def test_nand_is_0_only_if_both_inputs_are_1(student: Any) -> None:
    """NAND is 0 only if both inputs are 1

    NAND는 두 입력이 모두 1일 때만 0이다
    """
    assert_gate(student, "NAND", NAND_TABLE, mistaken_gate("nand"))


@credit(2, task="OR", shown=True)
def test_or_is_1_if_any_input_is_1(student: Any) -> None:
    """OR is 1 if at least one input is 1

    OR은 입력이 하나라도 1이면 1이다
    """
    assert_gate(student, "OR", OR_TABLE, mistaken_gate("or"))


@credit(2, task="NOR", shown=True)
def test_nor_is_1_only_if_no_input_is_1(student: Any) -> None:
    """NOR is 1 only if no input is 1

    NOR은 두 입력이 모두 0일 때만 1이다
    """
    assert_gate(student, "NOR", NOR_TABLE, mistaken_gate("nor"))


@credit(1, task="NOT", shown=True)
def test_not_turns_its_input_round(student: Any) -> None:
    """NOT turns 0 into 1 and 1 into 0

    NOT은 0을 1로, 1을 0으로 바꾼다
    """
    assert_gate(student, "NOT", NOT_TABLE, MISTAKEN_NOT)


@credit(3, task="XOR", shown=True)
def test_xor_is_1_if_the_inputs_differ(student: Any) -> None:
    """XOR is 1 if exactly one input is 1

    XOR은 두 입력 중 하나만 1일 때 1이다
    """
    assert_gate(student, "XOR", XOR_TABLE, mistaken_gate("xor"))
