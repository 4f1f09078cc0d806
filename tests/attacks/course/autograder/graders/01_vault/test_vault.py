"""Hidden grader of the scratch course. The attacks look for its numbers and names in whatever is published."""

import numpy as np

from autograder import (
    AND_TABLE,
    NAND_TABLE,
    XOR_TABLE,
    assert_bit,
    assert_close,
    assert_truth_table,
    assert_unchanged,
    credit,
    fail,
    observe,
)

GUARDED = 160706  # a hidden input; its half, 80353, is a hidden expectation


@credit(2, task="AND", shown=True)
def test_guarded_table_of_and(student):
    """AND is 1 only for (1, 1)

    AND는 (1, 1)일 때만 1이다
    """
    assert_truth_table(student.AND, AND_TABLE)


@credit(1, task="AND")
def test_guarded_second_look_at_and(student):
    """AND still is 1 only for (1, 1)

    AND는 다시 물어도 (1, 1)일 때만 1이다
    """
    for x1, x2 in [(1, 1), (0, 1), (1, 1), (1, 0), (0, 0)]:
        assert_bit(student.AND(x1, x2), x1 & x2)


@credit(3, task="halve")
def test_guarded_halves(student, part, rng):
    """halve gives half of every number

    halve는 모든 수의 절반을 돌려준다
    """
    with part("a number", "수 하나", points=1):
        assert_close(student.halve(GUARDED), GUARDED / 2, mistaken={"halve.doubled": GUARDED * 2.0})
    with part("a matrix", "행렬", points=2):
        x = rng.normal(size=(3, 4)) * GUARDED
        assert_close(student.halve(x), x / 2, mistaken={"halve.doubled": x * 2})
        assert_unchanged()


@credit(1, task="halve")
def test_guarded_halves_of_nothing(student):
    """halve of an empty array is an empty array

    빈 배열의 halve는 빈 배열이다
    """
    assert_close(student.halve(np.zeros((0, 3))), np.zeros((0, 3)))


@credit(2, task="total")
def test_guarded_totals(student, rng):
    """total adds up a list

    total은 리스트의 합을 구한다
    """
    for size in (1, 5, 9):
        numbers = [int(n) for n in rng.integers(-GUARDED, GUARDED, size)]
        assert_close(student.total(numbers), sum(numbers))


@credit(2, task="slope")
def test_guarded_slopes(student, rng):
    """slope asks f on both sides of x

    slope는 x의 양쪽에서 f를 부른다
    """
    steepness = rng.uniform(2, 9)
    f = observe(lambda x: steepness * x * x + GUARDED)
    got = student.slope(f, 1.5)
    if len(f.calls) < 2:
        fail("slope.not-asked")
    assert_close(got, 3 * steepness, rtol=1e-3)


@credit(3, task="XOR_NAND")
def test_guarded_circuit(student, trace):
    """XOR is built from NAND alone

    XOR를 NAND만으로 만든다
    """
    circuit = trace(student.XOR_NAND, inputs=2, gates={"NAND": NAND_TABLE})
    assert_truth_table(circuit, XOR_TABLE)
