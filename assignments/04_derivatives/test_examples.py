"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import contextlib
import io

import derivatives
import numpy as np


def close(got, expected, digits=1e-5):
    """A result has the shape of `expected` and nearly its values.

    결과의 모양이 `expected`와 같고 값이 거의 같은지 확인한다.
    """
    __tracebackhide__ = True
    if got is None:
        raise AssertionError(
            "gave back None: is `return` missing? / None을 돌려주었습니다: `return`이 빠지지 않았나요?"
        )
    if np.shape(got) != np.shape(expected):
        raise AssertionError(f"shape / 모양: {np.shape(got)}, expected / 기대: {np.shape(expected)}")
    if not np.allclose(got, expected, rtol=digits, atol=digits):
        raise AssertionError(f"got / 결과: {got}, expected / 기대: {expected}")


# ---- simple_derivative ----


def test_simple_derivative_of_x_squared():
    """simple_derivative of x² at 3.0 is 6

    x²의 x = 3.0에서의 미분값은 6이다
    """
    close(derivatives.simple_derivative(lambda x: x**2, 3.0), 6.0)


def test_simple_derivative_of_x_cubed():
    """simple_derivative of x³ at 2.0 is 12, and a large step would show here

    x³의 x = 2.0에서의 미분값은 12이다. δ가 크면 여기서 드러난다
    """
    close(derivatives.simple_derivative(lambda x: x**3, 2.0), 12.0)


# ---- numerical_derivative ----


def test_numerical_derivative_of_a_vector():
    """numerical_derivative of the sum of x² at [3.0, -1.0] is [6, -2]

    x²의 합의 [3.0, -1.0]에서의 편미분 값은 [6, -2]이다
    """
    x = np.array([3.0, -1.0])
    close(derivatives.numerical_derivative(lambda x: np.sum(x**2), x), [6.0, -2.0])
    assert np.array_equal(x, [3.0, -1.0]), f"x was changed / x가 바뀌었습니다: {x}"


def test_numerical_derivative_of_a_matrix_and_of_a_single_number():
    """numerical_derivative keeps the shape: (2, 2), and () for a 0-d array

    numerical_derivative의 결과는 x와 모양이 같다: (2, 2), 0차원 배열이면 ()
    """
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    close(derivatives.numerical_derivative(lambda x: np.sum(x**3), matrix), 3 * matrix**2)
    close(derivatives.numerical_derivative(lambda x: x**3, np.array(2.0)), 12.0)


def test_numerical_derivative_of_whole_numbers():
    """numerical_derivative at the integer array [3] is 6 as well

    정수 배열 [3]에서도 미분값은 6이다
    """
    close(derivatives.numerical_derivative(lambda x: x[0] ** 2, np.array([3])), [6.0])


# ---- numerical_derivative_debug ----


def test_numerical_derivative_debug_prints_five_lines():
    """numerical_derivative_debug gives the gradient and prints debug 1 to debug 5

    numerical_derivative_debug는 기울기를 돌려주고 debug 1~5를 출력한다
    """
    with contextlib.redirect_stdout(io.StringIO()) as output:
        close(derivatives.numerical_derivative_debug(lambda x: x[0] ** 2, np.array([3.0])), [6.0])
    printed = output.getvalue()
    for number in range(1, 6):
        assert f"debug {number}." in printed, f"debug {number} is missing / 문장이 없습니다:\n{printed}"


# ---- problems 3 to 5 ----


def test_problem3_has_one_number_per_variable():
    """problem3 gives [8, 15]

    problem3은 [8, 15]를 돌려준다
    """
    close(derivatives.problem3(), [8.0, 15.0])


def test_problem4_keeps_the_shape_of_the_matrix():
    """problem4 gives [[5, 13], [32, 15]]

    problem4는 [[5, 13], [32, 15]]를 돌려준다
    """
    close(derivatives.problem4(), [[5.0, 13.0], [32.0, 15.0]])


def test_derivative_of_int_input_is_far_off():
    """derivative_of_int_input gives 250000, far away from 6

    derivative_of_int_input은 6과 거리가 먼 250000을 돌려준다
    """
    close(np.sum(derivatives.derivative_of_int_input()), 250000.0)


def test_derivative_of_float_input_is_6():
    """derivative_of_float_input gives 6

    derivative_of_float_input은 6을 돌려준다
    """
    close(np.sum(derivatives.derivative_of_float_input()), 6.0)


# ---- the chain rule ----


def test_chain_rule_derivative_agrees_with_the_numerical_one():
    """chain_rule_derivative at 1.0 is 6e³, which is about 120.51

    chain_rule_derivative(1.0)은 6e³으로 약 120.51이다
    """
    close(derivatives.chain_rule_derivative(np.array([0.0, 0.5, 1.0])), [0.0, 6.35100005, 120.51322154])
