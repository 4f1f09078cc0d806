"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import gates
import numpy as np

ROWS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def table(gate):
    return [gate(x1, x2) for x1, x2 in ROWS]


def decisions(weights):
    w1, w2, b = weights
    return [int(w1 * x1 + w2 * x2 + b > 0) for x1, x2 in ROWS]


def test_perceptron_decides_by_the_sign_of_the_sum():
    """perceptron is 0 for the sum -0.3 and 1 for the sum 1.7

    perceptron은 합이 -0.3이면 0, 1.7이면 1이다
    """
    w = np.array([2.0, 3.0])
    assert gates.perceptron(np.array([0.2, 0.1]), w, -1) == 0
    assert gates.perceptron(np.array([0.6, 0.5]), w, -1) == 1


def test_perceptron_takes_three_inputs():
    """perceptron takes more than two inputs

    perceptron은 입력이 두 개보다 많아도 된다
    """
    w = np.array([1.0, 1.0, 1.0])
    assert gates.perceptron(np.array([1.0, 1.0, 1.0]), w, -2.5) == 1
    assert gates.perceptron(np.array([1.0, 1.0, 0.0]), w, -2.5) == 0


def test_perceptron_is_0_on_the_boundary():
    """perceptron is 0 where the sum is exactly 0

    perceptron은 합이 정확히 0이면 0이다
    """
    assert gates.perceptron(np.array([1.0, 2.0]), np.array([0.5, 0.25]), -1.0) == 0


def test_AND_truth_table():
    """AND is 1 only for (1, 1)

    AND는 (1, 1)일 때만 1이다
    """
    assert table(gates.AND) == [0, 0, 0, 1]


def test_AND_weights():
    """AND_WEIGHTS = (w1, w2, b) make one perceptron the AND gate

    AND_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 AND 게이트로 만든다
    """
    assert decisions(gates.AND_WEIGHTS) == [0, 0, 0, 1]


def test_NAND_truth_table():
    """NAND is 0 only for (1, 1)

    NAND는 (1, 1)일 때만 0이다
    """
    assert table(gates.NAND) == [1, 1, 1, 0]


def test_NAND_weights():
    """NAND_WEIGHTS = (w1, w2, b) make one perceptron the NAND gate

    NAND_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 NAND 게이트로 만든다
    """
    assert decisions(gates.NAND_WEIGHTS) == [1, 1, 1, 0]


def test_OR_truth_table():
    """OR is 0 only for (0, 0)

    OR는 (0, 0)일 때만 0이다
    """
    assert table(gates.OR) == [0, 1, 1, 1]


def test_OR_weights():
    """OR_WEIGHTS = (w1, w2, b) make one perceptron the OR gate

    OR_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 OR 게이트로 만든다
    """
    assert decisions(gates.OR_WEIGHTS) == [0, 1, 1, 1]


def test_NOR_truth_table():
    """NOR is 1 only for (0, 0)

    NOR는 (0, 0)일 때만 1이다
    """
    assert table(gates.NOR) == [1, 0, 0, 0]


def test_NOR_weights():
    """NOR_WEIGHTS = (w1, w2, b) make one perceptron the NOR gate

    NOR_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 NOR 게이트로 만든다
    """
    assert decisions(gates.NOR_WEIGHTS) == [1, 0, 0, 0]


def test_NOT_truth_table():
    """NOT turns 0 into 1 and 1 into 0

    NOT은 0을 1로, 1을 0으로 바꾼다
    """
    assert [gates.NOT(x) for x in (0, 1)] == [1, 0]


def test_XOR_truth_table():
    """XOR is 1 if exactly one input is 1

    XOR는 두 입력 중 하나만 1일 때 1이다
    """
    assert table(gates.XOR) == [0, 1, 1, 0]


def test_XOR_NAND_truth_table():
    """XOR_NAND answers like XOR (the grader also looks at how it is wired)

    XOR_NAND는 XOR와 같은 답을 낸다 (채점기는 어떻게 이었는지도 본다)
    """
    assert table(gates.XOR_NAND) == [0, 1, 1, 0]


def test_XOR_NOR_truth_table():
    """XOR_NOR answers like XOR (the grader also looks at how it is wired)

    XOR_NOR는 XOR와 같은 답을 낸다 (채점기는 어떻게 이었는지도 본다)
    """
    assert table(gates.XOR_NOR) == [0, 1, 1, 0]


def test_neuron_gives_the_values_of_the_lecture():
    """neuron gives 0.4256 and 0.8455 with weights 2, 3 and bias -1

    가중치가 2, 3이고 편향이 -1이면 neuron은 0.4256과 0.8455이다
    """
    w = np.array([2.0, 3.0])
    assert abs(gates.neuron(np.array([0.2, 0.1]), w, -1) - 0.4256) < 1e-4
    assert abs(gates.neuron(np.array([0.6, 0.5]), w, -1) - 0.8455) < 1e-4
