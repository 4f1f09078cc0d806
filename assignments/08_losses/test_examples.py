"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import os

os.environ["MPLBACKEND"] = "agg"  # draw into memory: no window opens, plt.show() does not wait

import losses
import numpy as np

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
Y = 2 * X
START, RATE = 0.057967, 0.01
PROBABILITIES = np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])


def expect(call, got, expected, rtol=1e-4, atol=1e-6):
    """`got` has the values of `expected`; `call` says what was asked.

    `got`의 값이 `expected`와 같은지 확인한다. `call`은 무엇을 물었는지 알려 준다.
    """
    __tracebackhide__ = True
    if got is None:
        raise AssertionError(f"{call} gave back None: is `return` missing? / None을 돌려주었습니다: `return`이 빠지지 않았나요?")
    array = np.asarray(got, dtype=float)
    if array.shape != np.shape(expected):
        raise AssertionError(f"{call} gave shape {array.shape}, expected / 모양: {np.shape(expected)}")
    if not np.allclose(array, expected, rtol=rtol, atol=atol):
        raise AssertionError(f"{call} gave {array.tolist()}, expected {np.asarray(expected).tolist()}")


def test_mean_squared_error_of_four_numbers():
    """mean_squared_error is 5.25 in the example of the handout

    교재의 예제에서 mean_squared_error는 5.25이다
    """
    got = losses.mean_squared_error(np.array([1.0, 3.0, 4.0, 7.0]), np.array([2.0, 1.0, 4.0, 3.0]))
    expect("mean_squared_error([1, 3, 4, 7], [2, 1, 4, 3])", got, 5.25)


def test_mean_squared_error_of_a_matrix():
    """mean_squared_error averages over all elements of a matrix

    mean_squared_error는 행렬의 모든 원소로 평균을 구한다
    """
    got = losses.mean_squared_error(np.array([[1.0, 3.0], [4.0, 7.0]]), np.array([[2.0, 1.0], [4.0, 3.0]]))
    expect("mean_squared_error([[1, 3], [4, 7]], [[2, 1], [4, 3]])", got, 5.25)


def test_binary_cross_entropy_of_three_samples():
    """binary_cross_entropy is 0.2798 in the example of the handout

    교재의 예제에서 binary_cross_entropy는 0.2798이다
    """
    got = losses.binary_cross_entropy(np.array([0.9, 0.2, 0.6]), np.array([1, 0, 1]))
    expect("binary_cross_entropy([0.9, 0.2, 0.6], [1, 0, 1])", got, 0.27977656)


def test_binary_cross_entropy_is_finite():
    """binary_cross_entropy is finite where y is exactly 0 or 1

    y가 정확히 0이나 1이어도 binary_cross_entropy는 유한하다
    """
    got = losses.binary_cross_entropy(np.array([1.0, 0.0]), np.array([1, 1]))
    assert np.isfinite(got), f"binary_cross_entropy([1, 0], [1, 1]) gave {got}"


def test_cross_entropy_error_with_one_hot_rows():
    """cross_entropy_error is 0.9831 in the example of the handout, one-hot

    교재의 예제에서 원-핫일 때 cross_entropy_error는 0.9831이다
    """
    got = losses.cross_entropy_error(PROBABILITIES, np.array([[0, 1, 0], [0, 0, 1]]))
    expect("cross_entropy_error(y, one-hot)", got, 0.98305611)


def test_cross_entropy_error_with_labels():
    """cross_entropy_error is 0.9831 in the example of the handout, labels

    교재의 예제에서 레이블일 때 cross_entropy_error는 0.9831이다
    """
    expect("cross_entropy_error(y, [1, 2])", losses.cross_entropy_error(PROBABILITIES, np.array([1, 2])), 0.98305611)


def test_cross_entropy_error_of_one_sample():
    """cross_entropy_error of a single sample is -log 0.7, one-hot and with a label

    표본 하나의 cross_entropy_error는 원-핫이든 레이블이든 -log 0.7이다
    """
    y = np.array([0.1, 0.7, 0.2])
    expect("cross_entropy_error([0.1, 0.7, 0.2], [0, 1, 0])", losses.cross_entropy_error(y, np.array([0, 1, 0])), 0.35667494)
    expect("cross_entropy_error([0.1, 0.7, 0.2], 1)", losses.cross_entropy_error(y, np.int64(1)), 0.35667494)


def test_linear_regression_step_of_lab_1():
    """linear_regression_step gives w 0.4852, cost 41.4864, gradient -42.7247

    linear_regression_step은 w 0.4852, 비용 41.4864, 기울기 -42.7247을 돌려준다
    """
    got = losses.linear_regression_step(START, X, Y, RATE)
    expect("linear_regression_step(0.057967, x, y, 0.01)", got, [0.4852143, 41.4864139, -42.724726])


def test_linear_regression_of_lab_1():
    """linear_regression gives the numbers of the lecture at steps 0, 5, 10, 15

    linear_regression의 0, 5, 10, 15번째 걸음이 강의의 수와 같다
    """
    got = losses.linear_regression(X, Y, START, RATE, 20)
    assert len(got) == 20, f"linear_regression: {len(got)} entries, expected / 항목의 수: 20"
    printed = {0: [0.4852, 41.4864, -42.7247], 5: [1.5627, 3.4582, -12.3354], 15: [1.9635, 0.0240, -1.0282]}
    for step, expected in printed.items():
        expect(f"linear_regression, step {step}", got[step], expected, atol=1e-4)


def test_plot_fit_returns_a_figure():
    """plot_fit returns a figure with a line

    plot_fit은 선이 있는 Figure를 돌려준다
    """
    history = [(2 - 2 * 0.78**k, 44 * 0.78 ** (2 * k), -44 * 0.78**k) for k in range(1, 12)]
    figure = losses.plot_fit(X, Y, history)
    figures = figure if isinstance(figure, (list, tuple)) else [figure]
    for one in figures:
        assert hasattr(one, "axes"), f"plot_fit gave {type(one).__name__}, expected a Figure / Figure를 돌려주세요"
    assert any(ax.get_lines() for one in figures for ax in one.axes), "plot_fit: no line / 선이 없습니다"


def test_collapse_of_the_handout():
    """collapse gives W = (4, -1) and b = 1 in the example of the handout

    교재의 예제에서 collapse는 W = (4, -1), b = 1을 돌려준다
    """
    W1, b1 = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([1.0, 3.0])
    W2, b2 = np.array([[2.0], [1.0]]), np.array([-4.0])
    got = losses.collapse(W1, b1, W2, b2)
    assert isinstance(got, (tuple, list)) and len(got) == 2, "collapse: return W, b"
    expect("W of collapse", got[0], [[4.0], [-1.0]])
    expect("b of collapse", got[1], [1.0])


def test_fit_parabola_beats_the_line():
    """fit_parabola is at least 20 times better than the best line

    fit_parabola는 가장 좋은 직선보다 20배 이상 좋다
    """
    x = np.linspace(-2, 2, 21)[:, None]
    got = losses.fit_parabola(x, x**2, 32, 5000, 0.02, np.random.default_rng(1))
    assert np.shape(got) in ((21, 1), (21,)), f"fit_parabola: shape {np.shape(got)}, expected / 모양: (21, 1)"
    error = np.mean((np.reshape(got, (21, 1)) - x**2) ** 2)
    assert error <= np.var(x**2) / 20, f"fit_parabola: {np.var(x**2) / error:.3g} times better, expected 20 / 20배 이상"


def test_output_and_loss_of_regression():
    """output_and_loss for regression is identity and mse

    회귀의 output_and_loss는 identity와 mse이다
    """
    assert tuple(losses.output_and_loss("regression")) == ("identity", "mse")
