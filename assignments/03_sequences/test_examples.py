"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import math

import numpy as np
import pytest
import sequences

# The network of the handout: two inputs, a layer of two neurons, a layer of one.
X = np.array([0.6, 0.5])
WEIGHTS = [np.array([[2.0, 1.0], [3.0, -1.0]]), np.array([[1.0], [-2.0]])]
BIASES = [np.array([-1.0, -1.0]), np.array([0.5])]


def test_general_term_of_the_even_numbers():
    """general_term gives 2, 4, 6, 8 for n = 1, 2, 3, 4

    general_term은 n = 1, 2, 3, 4에서 2, 4, 6, 8이다
    """
    assert [sequences.general_term(n) for n in (1, 2, 3, 4)] == [2, 4, 6, 8]


def test_odd_term_of_the_odd_numbers():
    """odd_term gives 1, 3, 5, 7 for n = 1, 2, 3, 4

    odd_term은 n = 1, 2, 3, 4에서 1, 3, 5, 7이다
    """
    assert [sequences.odd_term(n) for n in (1, 2, 3, 4)] == [1, 3, 5, 7]


def test_factorial_of_small_numbers():
    """factorial gives 1, 2, 6, 24, 120 for n = 1 to 5

    factorial은 n = 1부터 5까지에서 1, 2, 6, 24, 120이다
    """
    assert [sequences.factorial(n) for n in (1, 2, 3, 4, 5)] == [1, 2, 6, 24, 120]


def test_factorial_of_a_thousand():
    """factorial(1000) has all its 2568 digits right

    factorial(1000)은 2568자리가 모두 맞다
    """
    got, right = sequences.factorial(1000), str(math.factorial(1000))
    assert got is not None, "gave back None: is `return` missing? / None을 돌려주었습니다: `return`이 빠지지 않았나요?"
    if type(got) is not int:
        kind = type(got).__name__
        raise AssertionError(
            f"factorial(1000) gave a value of type {kind}, not int / int 대신 {kind} 값을 돌려주었습니다"
        )
    digits = str(got)
    if len(digits) != len(right):
        said = f"{len(right)}자리여야 하는데 {len(digits)}자리입니다"
        raise AssertionError(f"factorial(1000) has {len(digits)} digits, expected {len(right)} / {said}")
    wrong = [place for place in range(len(right)) if digits[place] != right[place]]
    if wrong:
        said = f"앞에서 {wrong[0] + 1}번째 자리부터 다릅니다"
        raise AssertionError(f"factorial(1000) differs from digit {wrong[0] + 1} on / {said}")


def test_factorial_below_one_is_an_error():
    """factorial(0) and factorial(-3) raise ValueError

    factorial(0)과 factorial(-3)은 ValueError를 일으킨다
    """
    for n in (0, -3):
        with pytest.raises(ValueError):
            sequences.factorial(n)


def test_arithmetic_recurrence_of_the_handout():
    """arithmetic_recurrence gives 3, 7, 11, 15 when it starts at 3 and grows by 4

    arithmetic_recurrence는 첫째항이 3이고 4씩 커질 때 3, 7, 11, 15이다
    """
    assert [sequences.arithmetic_recurrence(3, 4, n) for n in (1, 2, 3, 4)] == [3, 7, 11, 15]


def test_simultaneous_starts_with_the_given_values():
    """simultaneous(1) is (1, 1)

    simultaneous(1)은 (1, 1)이다
    """
    assert list(sequences.simultaneous(1)) == [1, 1]


def test_simultaneous_of_the_lecture():
    """simultaneous(2) is (5, 6) and simultaneous(3) is (19, 29)

    simultaneous(2)는 (5, 6), simultaneous(3)은 (19, 29)이다
    """
    assert list(sequences.simultaneous(2)) == [5, 6]
    assert list(sequences.simultaneous(3)) == [19, 29]


def test_layer_outputs_has_one_item_per_layer():
    """layer_outputs gives a list with the outputs of both layers, of 2 and of 1 neuron

    layer_outputs는 뉴런 2개짜리 층과 1개짜리 층의 출력이 든 리스트를 돌려준다
    """
    assert [len(outputs) for outputs in sequences.layer_outputs(X, WEIGHTS, BIASES)] == [2, 1]


def test_layer_outputs_of_the_handout():
    """layer_outputs gives 0.8455, 0.2891 for layer 1 and 0.6830 for layer 2

    layer_outputs는 1층에서 0.8455와 0.2891, 2층에서 0.6830이다
    """
    first, second = sequences.layer_outputs(X, WEIGHTS, BIASES)
    assert np.round(first, 4).tolist() == [0.8455, 0.2891]
    assert np.round(second, 4).tolist() == [0.683]
