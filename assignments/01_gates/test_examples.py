"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

from unittest.mock import patch

import gates
import numpy as np

AND_TABLE = {(0, 0): 0, (1, 0): 0, (0, 1): 0, (1, 1): 1}
NAND_TABLE = {(0, 0): 1, (1, 0): 1, (0, 1): 1, (1, 1): 0}
OR_TABLE = {(0, 0): 0, (1, 0): 1, (0, 1): 1, (1, 1): 1}
NOR_TABLE = {(0, 0): 1, (1, 0): 0, (0, 1): 0, (1, 1): 0}
XOR_TABLE = {(0, 0): 0, (1, 0): 1, (0, 1): 1, (1, 1): 0}
NOT_TABLE = {(0,): 1, (1,): 0}

NOTHING = "gave back None: is `return` missing? (None을 돌려주었습니다. `return`이 빠지지 않았나요?)"


def returned(name, value):
    if value is None:
        raise AssertionError(f"{name} {NOTHING}")
    return value


def check_table(name, gate, table):
    for row, expected in table.items():
        call = f"{name}({', '.join(str(x) for x in row)})"
        got = returned(call, gate(*row))
        if got != expected:
            shown = repr(got) if isinstance(got, str) else got
            raise AssertionError(f"{call} gave {shown}, expected {expected} ({call}의 값은 {expected}이어야 합니다)")


def three_numbers(name, weights):
    if weights is None:
        raise NotImplementedError(f"{name} is still None ({name}의 값이 아직 None입니다)")
    kinds = (int, float, np.number, np.bool, np.ndarray)
    items = weights.tolist() if isinstance(weights, np.ndarray) else weights
    three = isinstance(items, (tuple, list)) and len(items) == 3
    if not three or not all(isinstance(item, kinds) and np.ndim(item) == 0 for item in items):
        raise AssertionError(f"{name} must be three numbers (w1, w2, b), not {weights!r} (수 세 개를 나란히 쓰세요)")
    return items


def check_weights(name, weights, table):
    w1, w2, b = three_numbers(name, weights)
    for (x1, x2), expected in table.items():
        a = w1 * x1 + w2 * x2 + b
        if (a > 0) != expected:
            wanted = "be above 0 (합이 0보다 커야 합니다)" if expected else "not be above 0 (합이 0보다 크면 안 됩니다)"
            raise AssertionError(f"{name}: at ({x1}, {x2}) the sum w1*x1 + w2*x2 + b is {a:.6g}, but should {wanted}")


def check_off_the_line(name, weights):
    w1, w2, b = three_numbers(name, weights)
    for x1, x2 in [(0, 0), (1, 0), (0, 1), (1, 1)]:
        a = w1 * x1 + w2 * x2 + b
        if not abs(a) > 1e-9:
            row = f"({x1}, {x2})"
            raise AssertionError(f"{name}: {row} lies on the line, its sum is {a:.2g} (입력 {row}이 직선 위에 놓입니다)")


class Wire:
    """A wire has no value that you could look at: whatever is not a gate refuses it.

    신호에는 들여다볼 값이 없다. 정해진 게이트에만 넣을 수 있다.
    """

    def __init__(self, gate):
        self.gate = gate

    def __repr__(self):
        return "<wire>"

    def refuse(self, *_):
        raise TypeError(
            f"a wire has no value, it can only go into {self.gate}: no if, no comparison, no + - *, no ^ & |, no other gate"
            f" (신호에는 값이 없습니다. {self.gate}에만 넣을 수 있고 if, 비교, + - *, ^ & |, 다른 게이트에는 쓸 수 없습니다)"
        )

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = refuse
    __neg__ = __pos__ = __abs__ = __round__ = __invert__ = refuse
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = refuse
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = refuse
    __bool__ = __int__ = __float__ = __index__ = refuse
    __iter__ = __array__ = refuse
    __hash__ = object.__hash__


def recorder(name):
    """A gate for wires: it takes wires (or the constants 0 and 1) and gives back a wire.

    신호용 게이트. 신호나 상수 0, 1을 받아 신호를 돌려준다.
    """

    def gate(x1, x2):
        for signal in (x1, x2):
            if not isinstance(signal, Wire) and signal not in (0, 1):
                raise TypeError(f"{name} was given {signal!r}: neither a wire nor 0 or 1 (신호도, 0이나 1도 아닙니다)")
        return Wire(name)

    return gate


def check_wire(name, output):
    if not isinstance(returned(name, output), Wire):
        raise AssertionError(f"{name} gave back {output!r}, not the output of a gate (게이트의 출력을 돌려주어야 합니다)")


def test_perceptron_decides_by_the_sign_of_the_sum():
    """perceptron is 0 for the sum -0.3 and 1 for the sum 1.7

    perceptron은 합이 -0.3이면 0, 1.7이면 1이다
    """
    w = np.array([2.0, 3.0])
    assert returned("perceptron", gates.perceptron(np.array([0.2, 0.1]), w, -1)) == 0
    assert returned("perceptron", gates.perceptron(np.array([0.6, 0.5]), w, -1)) == 1


def test_perceptron_takes_three_inputs():
    """perceptron takes more than two inputs

    perceptron은 입력이 두 개보다 많아도 된다
    """
    w = np.array([1.0, 1.0, 1.0])
    assert returned("perceptron", gates.perceptron(np.array([1.0, 1.0, 1.0]), w, -2.5)) == 1
    assert returned("perceptron", gates.perceptron(np.array([1.0, 1.0, 0.0]), w, -2.5)) == 0


def test_perceptron_is_0_on_the_boundary():
    """perceptron is 0 where the sum is exactly 0

    perceptron은 합이 정확히 0이면 0이다
    """
    assert returned("perceptron", gates.perceptron(np.array([1.0, 2.0]), np.array([0.5, 0.25]), -1.0)) == 0


def test_AND_truth_table():
    """AND is 1 only for (1, 1)

    AND는 (1, 1)일 때만 1이다
    """
    check_table("AND", gates.AND, AND_TABLE)


def test_AND_weights():
    """AND_WEIGHTS = (w1, w2, b) make one perceptron the AND gate

    AND_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 AND 게이트로 만든다
    """
    check_weights("AND_WEIGHTS", gates.AND_WEIGHTS, AND_TABLE)


def test_AND_weights_keep_off_the_line():
    """With AND_WEIGHTS no input lies exactly on the line

    AND_WEIGHTS로 그은 직선 위에 놓이는 입력이 없다
    """
    check_off_the_line("AND_WEIGHTS", gates.AND_WEIGHTS)


def test_NAND_truth_table():
    """NAND is 0 only for (1, 1)

    NAND는 (1, 1)일 때만 0이다
    """
    check_table("NAND", gates.NAND, NAND_TABLE)


def test_NAND_weights():
    """NAND_WEIGHTS = (w1, w2, b) make one perceptron the NAND gate

    NAND_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 NAND 게이트로 만든다
    """
    check_weights("NAND_WEIGHTS", gates.NAND_WEIGHTS, NAND_TABLE)


def test_NAND_weights_keep_off_the_line():
    """With NAND_WEIGHTS no input lies exactly on the line

    NAND_WEIGHTS로 그은 직선 위에 놓이는 입력이 없다
    """
    check_off_the_line("NAND_WEIGHTS", gates.NAND_WEIGHTS)


def test_OR_truth_table():
    """OR is 0 only for (0, 0)

    OR은 (0, 0)일 때만 0이다
    """
    check_table("OR", gates.OR, OR_TABLE)


def test_OR_weights():
    """OR_WEIGHTS = (w1, w2, b) make one perceptron the OR gate

    OR_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 OR 게이트로 만든다
    """
    check_weights("OR_WEIGHTS", gates.OR_WEIGHTS, OR_TABLE)


def test_OR_weights_keep_off_the_line():
    """With OR_WEIGHTS no input lies exactly on the line

    OR_WEIGHTS로 그은 직선 위에 놓이는 입력이 없다
    """
    check_off_the_line("OR_WEIGHTS", gates.OR_WEIGHTS)


def test_NOR_truth_table():
    """NOR is 1 only for (0, 0)

    NOR은 (0, 0)일 때만 1이다
    """
    check_table("NOR", gates.NOR, NOR_TABLE)


def test_NOR_weights():
    """NOR_WEIGHTS = (w1, w2, b) make one perceptron the NOR gate

    NOR_WEIGHTS = (w1, w2, b)는 퍼셉트론 하나를 NOR 게이트로 만든다
    """
    check_weights("NOR_WEIGHTS", gates.NOR_WEIGHTS, NOR_TABLE)


def test_NOR_weights_keep_off_the_line():
    """With NOR_WEIGHTS no input lies exactly on the line

    NOR_WEIGHTS로 그은 직선 위에 놓이는 입력이 없다
    """
    check_off_the_line("NOR_WEIGHTS", gates.NOR_WEIGHTS)


def test_NOT_truth_table():
    """NOT turns 0 into 1 and 1 into 0

    NOT은 0을 1로, 1을 0으로 바꾼다
    """
    check_table("NOT", gates.NOT, NOT_TABLE)


def test_XOR_truth_table():
    """XOR is 1 if exactly one input is 1

    XOR은 두 입력 중 하나만 1일 때 1이다
    """
    check_table("XOR", gates.XOR, XOR_TABLE)


def test_XOR_NAND_truth_table():
    """XOR_NAND answers like XOR, with a right NAND in place of yours

    XOR_NAND는 XOR과 같은 답을 낸다. 여러분의 NAND 대신 올바른 NAND를 넣어 확인한다
    """
    with patch.object(gates, "NAND", lambda x1, x2: NAND_TABLE[x1, x2], create=True):
        check_table("XOR_NAND", gates.XOR_NAND, XOR_TABLE)


def test_XOR_NAND_calls_nothing_but_NAND():
    """XOR_NAND calls nothing but NAND: its inputs are wires, and only NAND takes a wire

    XOR_NAND는 NAND만 부른다. 입력으로 신호를 넣는데, 신호는 NAND에만 넣을 수 있다
    """
    with patch.object(gates, "NAND", recorder("NAND"), create=True):
        check_wire("XOR_NAND", gates.XOR_NAND(Wire("NAND"), Wire("NAND")))


def test_XOR_NOR_truth_table():
    """XOR_NOR answers like XOR, with a right NOR in place of yours

    XOR_NOR은 XOR과 같은 답을 낸다. 여러분의 NOR 대신 올바른 NOR을 넣어 확인한다
    """
    with patch.object(gates, "NOR", lambda x1, x2: NOR_TABLE[x1, x2], create=True):
        check_table("XOR_NOR", gates.XOR_NOR, XOR_TABLE)


def test_XOR_NOR_calls_nothing_but_NOR():
    """XOR_NOR calls nothing but NOR: its inputs are wires, and only NOR takes a wire

    XOR_NOR은 NOR만 부른다. 입력으로 신호를 넣는데, 신호는 NOR에만 넣을 수 있다
    """
    with patch.object(gates, "NOR", recorder("NOR"), create=True):
        check_wire("XOR_NOR", gates.XOR_NOR(Wire("NOR"), Wire("NOR")))


def test_neuron_gives_the_values_of_the_lecture():
    """neuron gives 0.4256 and 0.8455 with weights 2, 3 and bias -1

    가중치가 2, 3이고 편향이 -1이면 neuron은 0.4256과 0.8455이다
    """
    w = np.array([2.0, 3.0])
    assert abs(returned("neuron", gates.neuron(np.array([0.2, 0.1]), w, -1)) - 0.4256) < 1e-4
    assert abs(returned("neuron", gates.neuron(np.array([0.6, 0.5]), w, -1)) - 0.8455) < 1e-4
