"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import os

os.environ["MPLBACKEND"] = "agg"  # draw into memory: no window opens, plt.show() does not wait

import activations
import numpy as np

X = np.array([-1.0, 1.0, 2.0])


def close(got, expected):
    return np.shape(got) == np.shape(expected) and np.allclose(got, expected, rtol=1e-6, atol=1e-8)


def curves(figure):
    """The curves of a figure as (x, y) pairs of arrays."""
    return [(np.array(line.get_xdata()), np.array(line.get_ydata())) for line in figure.axes[0].get_lines()]


def test_step_function_on_an_array():
    """step_function gives 0 or 1 for every element

    step_function은 원소마다 0이나 1을 돌려준다
    """
    assert close(activations.step_function(X), [0, 1, 1])


def test_step_function_gives_integers():
    """step_function gives 0 and 1 as integers, not as True and False

    step_function의 결과는 True, False가 아니라 정수 0과 1이다
    """
    assert activations.step_function(X).dtype != bool


def test_sigmoid_on_an_array():
    """sigmoid of -1, 1, 2 has the values of the lecture

    sigmoid(-1), sigmoid(1), sigmoid(2)의 값이 강의와 같다
    """
    assert close(activations.sigmoid(X), [0.26894142, 0.73105858, 0.88079708])


def test_relu_on_an_array():
    """relu keeps positive values and gives 0 for the others

    relu는 양수는 그대로, 나머지는 0으로 만든다
    """
    assert close(activations.relu(np.array([-1.0, 0.0, 3.0])), [0, 0, 3])


def test_tanh_on_an_array():
    """tanh of -0.3 and 1.7 has the values of the handout

    tanh(-0.3)과 tanh(1.7)의 값이 안내서와 같다
    """
    assert close(activations.tanh(np.array([-0.3, 1.7])), [-0.29131261, 0.93540907])


def test_leaky_relu_has_slope_001_by_default():
    """leaky_relu of -1 is -0.01, and -0.1 with alpha = 0.1

    leaky_relu(-1)은 -0.01이고, alpha가 0.1이면 -0.1이다
    """
    x = np.array([-1.0, 3.0])
    assert close(activations.leaky_relu(x), [-0.01, 3])
    assert close(activations.leaky_relu(x, 0.1), [-0.1, 3])


def test_elu_levels_off():
    """elu of -1 is e^-1 - 1

    elu(-1)은 e^-1 - 1이다
    """
    assert close(activations.elu(np.array([-1.0, 3.0])), [-0.63212056, 3])


def test_maxout_of_one_sample():
    """maxout gives (2.5, 3) in the example of the handout

    안내서의 예제에서 maxout은 (2.5, 3)이다
    """
    W1, b1 = np.array([[1.0, 0.0], [-1.0, 1.0]]), np.array([0.0, 1.0])
    W2, b2 = np.array([[0.0, 2.0], [1.0, -1.0]]), np.array([0.5, 0.0])
    assert close(activations.maxout(np.array([1.0, 2.0]), W1, b1, W2, b2), [2.5, 3])


def test_identity_function_changes_nothing():
    """identity_function gives back what it is given

    identity_function은 받은 것을 그대로 돌려준다
    """
    assert close(activations.identity_function(X), X)


def test_sigmoid_grad_peaks_at_a_quarter():
    """sigmoid_grad of 0 is 0.25

    sigmoid_grad(0)은 0.25이다
    """
    assert close(activations.sigmoid_grad(np.array([0.0, 1.0])), [0.25, 0.19661193])


def test_tanh_grad_peaks_at_one():
    """tanh_grad of 0 is 1

    tanh_grad(0)은 1이다
    """
    assert close(activations.tanh_grad(np.array([0.0, 1.0])), [1, 0.41997434])


def test_relu_grad_is_zero_or_one():
    """relu_grad is 1 for positive values, else 0

    relu_grad는 양수이면 1, 아니면 0이다
    """
    assert close(activations.relu_grad(np.array([-2.0, 0.0, 3.0])), [0, 0, 1])


def test_max_gradient_after_two_layers():
    """max_gradient_after of two layers is 0.25 * 0.25

    층이 두 개이면 max_gradient_after는 0.25 * 0.25이다
    """
    assert close(activations.max_gradient_after(2), 0.0625)


def test_plot_step_has_100_points():
    """plot_step returns a figure whose curve has 100 points

    plot_step이 돌려준 Figure에는 점 100개짜리 곡선이 있다
    """
    x, y = curves(activations.plot_step())[-1]
    assert len(x) == len(y) == 100


def test_plot_sigmoid_starts_at_minus_5():
    """plot_sigmoid draws from x = -5

    plot_sigmoid는 x = -5부터 그린다
    """
    x, y = curves(activations.plot_sigmoid())[-1]
    assert close(x[0], -5.0)
    assert close(y[0], 0.00669285)


def test_plot_relu_sets_the_limits_of_y():
    """plot_relu shows y from -1.0 to 5.5

    plot_relu의 y축은 -1.0부터 5.5까지이다
    """
    assert close(activations.plot_relu().axes[0].get_ylim(), [-1.0, 5.5])


def test_plot_comparison_has_a_legend():
    """plot_comparison draws two curves and a legend

    plot_comparison은 두 곡선과 범례를 그린다
    """
    figure = activations.plot_comparison()
    assert len(curves(figure)) >= 2
    assert figure.axes[0].get_legend() is not None
