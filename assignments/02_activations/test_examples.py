"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import os
import sys
import types
import warnings

os.environ["MPLBACKEND"] = "agg"  # draw into memory: no window opens, plt.show() does not wait

import activations
import numpy as np

# ---- numbers and arrays ----


def expect(name, arguments, expected, quiet=False, unchanged=False):
    """The function of that name gives `expected`; lists among the arguments become arrays.

    그 이름의 함수가 `expected`를 돌려주는지 확인한다. 인수로 적은 리스트는 배열로 바꾸어 넣는다.

    quiet: without a warning of NumPy. unchanged: and the arguments stay as they were.
    """
    __tracebackhide__ = True
    given = [np.array(value) if isinstance(value, list) else value for value in arguments]
    before = [np.copy(value) for value in given]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        got = getattr(activations, name)(*given)
    call = f"{name}({', '.join(text(value) for value in before)})"
    if problem := difference(got, expected):
        raise AssertionError(f"{call} {problem}")
    told = [one for one in warned if issubclass(one.category, RuntimeWarning)]
    if quiet and told:
        raise AssertionError(f"{call} is right, but NumPy warned / 값은 맞지만 NumPy가 경고했습니다: {told[0].message}")
    for old, new in zip(before, given, strict=True):
        if unchanged and not np.array_equal(old, new):
            said = f"{call} changed its input / 입력을 바꾸었습니다"
            raise AssertionError(f"{said}: {text(old)} → {text(new)}")


def expect_any_shape(name, expected):
    """`expected`: what -1, 0, 1, 2 become. Asked as a matrix, as integers, and -1 as a single number.

    -1, 0, 1, 2의 결과가 `expected`인지 행렬로, 정수 배열로, 수 하나(-1)로 확인한다.
    """
    __tracebackhide__ = True
    matrix = [expected[:2], expected[2:]]
    expect(name, [[[-1.0, 0.0], [1.0, 2.0]]], matrix, unchanged=True)
    expect(name, [[-1, 0, 1, 2]], expected, unchanged=True)
    expect(name, [np.array(-1.0)], expected[0], unchanged=True)


def difference(got, expected):
    """What is wrong with the result, or None."""
    if got is None:
        return "gave back None: is `return` missing? / None을 돌려주었습니다: `return`이 빠지지 않았나요?"
    if not isinstance(got, (np.ndarray, np.generic, bool, int, float)):
        wanted = ("an array", "배열") if np.ndim(expected) else ("a number", "수")
        kind = type(got).__name__
        return f"gave back a value of type {kind}, not {wanted[0]} / {wanted[1]} 대신 {kind} 값을 돌려주었습니다"
    array = np.asarray(got)
    if array.dtype.kind == "b":
        return "gave True and False, expected numbers / 수가 아니라 True, False를 돌려주었습니다"
    if array.dtype.kind not in "iuf":
        return f"gave values of type {array.dtype}, expected numbers / 수가 아니라 {array.dtype} 값을 돌려주었습니다"
    if array.shape != np.shape(expected):
        return f"gave {text(got)} of shape {array.shape}, expected {text(expected)} of shape {np.shape(expected)}"
    if not np.allclose(array, expected, rtol=1e-6, atol=1e-8):
        digits = 4 if text(got) != text(expected) else 10
        return f"gave {text(got, digits)}, expected {text(expected, digits)}"
    return None


def text(value, digits=4):
    """Numbers to four digits, or as they are if they are short; arrays as lists."""

    def written(part):
        if isinstance(part, list):
            return f"[{', '.join(map(written, part))}]"
        exact = f"{part + 0:.10g}"
        return exact if len(exact) <= 8 else f"{part + 0:.{digits}g}"

    said = written(np.asarray(value).tolist())
    return said if len(said) <= 200 else f"{said[:200]}…"


# ---- pictures ----


def axes_of(name):
    """The axes with the curves in the Figure that the plot function returns.

    그래프 함수가 돌려준 Figure에서 곡선이 있는 축을 찾는다.
    """
    __tracebackhide__ = True
    if "matplotlib.figure" in sys.modules and "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")  # what was drawn before is not in this picture
    figure = getattr(activations, name)()
    if figure is None:
        raise AssertionError(f"{name}() {difference(None, None)}")
    kind = "module" if isinstance(figure, types.ModuleType) else type(figure).__name__
    if kind != "Figure":
        article = "an" if kind[0] in "AEIOUaeiou" else "a"
        said = f"Figure가 아니라 {kind} 값을 돌려주었습니다"
        raise AssertionError(f"{name} gave back {article} {kind}, not a Figure: return fig / {said}: return fig")
    for axes in figure.axes:
        if curves(axes):
            return axes
    raise AssertionError(f"{name}: no curve is drawn / 그려진 곡선이 없습니다")


def curves(axes):
    """The curves as (x, y) pairs of arrays. One or two points are no curve."""
    pairs = [(np.asarray(line.get_xdata()), np.asarray(line.get_ydata())) for line in axes.get_lines()]
    return [(x, y) for x, y in pairs if len(x) > 2]


def expect_curves(name, axes, *expected):
    """For each list of values at x = -1, 1, 2 there is a curve; it has 100 points from -5 to 4.9.

    x = -1, 1, 2에서 그 값을 갖는 곡선이 있고, 점 100개가 -5부터 4.9까지 이어지는지 확인한다.
    """
    __tracebackhide__ = True
    drawn = curves(axes)
    if len(drawn) < len(expected):
        raise AssertionError(f"{name}: curves / 곡선: {len(drawn)}, expected {len(expected)}")
    for values in expected:
        problems = [misdrawn(x, y, values) for x, y in drawn]
        if None not in problems:
            others = [not any(misdrawn(x, y, other) is None for other in expected) for x, y in drawn]
            raise AssertionError(f"{name}: {problems[others.index(True) if True in others else 0]}")


def misdrawn(x, y, values):
    """What is wrong with a curve, or None."""
    if len(x) != 100 or not np.allclose(x[[0, -1]], [-5, 4.9], rtol=0, atol=1e-6):
        ends = f"x from {text(x[0])} to {text(x[-1])}, {len(x)} points"
        return f"the curve has / 곡선: {ends}, expected x from -5 to 4.9, 100 points"
    places = [40, 60, 70]
    if not np.allclose(x[places], [-1, 1, 2], rtol=0, atol=1e-6):
        return f"the curve has / 곡선: x = {text(x[places])} at points 40, 60, 70, expected [-1, 1, 2]"
    if not np.allclose(y[places], values, rtol=0, atol=1e-6):
        digits = 4 if text(y[places]) != text(values) else 10
        found = f"at x = [-1, 1, 2] the curve has / 곡선의 값: y = {text(y[places], digits)}"
        return f"{found}, expected {text(values, digits)}"
    return None


def expect_limits(name, axes, low, high):
    __tracebackhide__ = True
    if not np.allclose(axes.get_ylim(), [low, high], rtol=0, atol=1e-6):
        found = text(axes.get_ylim())
        raise AssertionError(f"{name}: limits of the y axis / y축의 범위: {found}, expected [{low}, {high}]")


def expect_legend(name, axes, count):
    __tracebackhide__ = True
    if axes.get_legend() is None:
        raise AssertionError(f"{name}: there is no legend / 범례가 없습니다")
    texts = [one.get_text().strip() for one in axes.get_legend().get_texts()]
    if len([one for one in texts if one]) < count:
        raise AssertionError(f"{name}: texts in the legend / 범례의 이름: {texts}, expected {count}")


# ---- examples ----

WEIGHTS = [[1.0, 0.0], [-1.0, 1.0]], [0.0, 1.0], [[0.0, 2.0], [1.0, -1.0]], [0.5, 0.0]  # W1, b1, W2, b2


def test_step_function_on_an_array():
    """step_function gives the number 0 or 1 for every element, not True and False

    step_function은 원소마다 True, False가 아니라 수 0이나 1을 돌려준다
    """
    expect("step_function", [[-1.0, 1.0, 2.0]], [0, 1, 1])


def test_step_function_of_any_shape():
    """step_function takes a matrix, integers or a single number, and does not change its input

    step_function은 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("step_function", [0, 0, 1, 1])


def test_sigmoid_on_an_array():
    """sigmoid of -1, 1, 2 has the values of the handout

    sigmoid(-1), sigmoid(1), sigmoid(2)의 값이 교재와 같다
    """
    expect("sigmoid", [[-1.0, 1.0, 2.0]], [0.26894142, 0.73105858, 0.88079708])


def test_sigmoid_of_any_shape():
    """sigmoid takes a matrix, integers or a single number, and does not change its input

    sigmoid는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("sigmoid", [0.26894142, 0.5, 0.73105858, 0.88079708])


def test_sigmoid_far_from_zero():
    """sigmoid of -1000 and 1000 is 0 and 1, without a warning

    sigmoid(-1000)은 0, sigmoid(1000)은 1이고 경고가 나지 않는다
    """
    expect("sigmoid", [[-1000.0, 1000.0]], [0, 1], quiet=True)


def test_relu_on_an_array():
    """relu keeps positive values and gives 0 for the others

    relu는 양수는 그대로, 나머지는 0으로 만든다
    """
    expect("relu", [[-1.0, 0.0, 3.0]], [0, 0, 3])


def test_relu_of_any_shape():
    """relu takes a matrix, integers or a single number, and does not change its input

    relu는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("relu", [0, 0, 1, 2])


def test_tanh_on_an_array():
    """tanh of -0.3 and 1.7 has the values of the handout

    tanh(-0.3)과 tanh(1.7)의 값이 교재와 같다
    """
    expect("tanh", [[-0.3, 1.7]], [-0.29131261, 0.93540907])


def test_tanh_of_any_shape():
    """tanh takes a matrix, integers or a single number, and does not change its input

    tanh는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("tanh", [-0.76159416, 0, 0.76159416, 0.96402758])


def test_tanh_far_from_zero():
    """tanh of -1000 and 1000 is -1 and 1, not nan

    tanh(-1000)은 -1, tanh(1000)은 1이고 nan이 아니다
    """
    expect("tanh", [[-1000.0, 1000.0]], [-1, 1])


def test_leaky_relu_has_slope_001_by_default():
    """leaky_relu of -1 is -0.01, and -0.1 with alpha = 0.1

    leaky_relu(-1)은 -0.01이고, alpha가 0.1이면 -0.1이다
    """
    expect("leaky_relu", [[-1.0, 3.0]], [-0.01, 3])
    expect("leaky_relu", [[-1.0, 3.0], 0.1], [-0.1, 3])


def test_leaky_relu_of_any_shape():
    """leaky_relu takes a matrix, integers or a single number, and does not change its input

    leaky_relu는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("leaky_relu", [-0.01, 0, 1, 2])


def test_elu_levels_off():
    """elu of -1 is e^-1 - 1

    elu(-1)은 e^-1 - 1이다
    """
    expect("elu", [[-2.0, -1.0, 3.0]], [-0.86466472, -0.63212056, 3])


def test_elu_with_alpha_05():
    """elu of -1 is -0.3161 with alpha = 0.5

    alpha가 0.5이면 elu(-1)은 -0.3161이다
    """
    expect("elu", [[-2.0, -1.0, 3.0], 0.5], [-0.43233236, -0.31606028, 3])


def test_elu_of_any_shape():
    """elu takes a matrix, integers or a single number, and does not change its input

    elu는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("elu", [-0.63212056, 0, 1, 2])


def test_elu_far_from_zero():
    """elu of -1000 and 1000 is -1 and 1000, without a warning

    elu(-1000)은 -1, elu(1000)은 1000이고 경고가 나지 않는다
    """
    expect("elu", [[-1000.0, 1000.0]], [-1, 1000], quiet=True)


def test_maxout_of_one_sample():
    """maxout gives (2.5, 3) in the example of the handout

    교재의 예제에서 maxout은 (2.5, 3)이다
    """
    expect("maxout", [[1.0, 2.0], *WEIGHTS], [2.5, 3])


def test_maxout_of_a_batch():
    """maxout takes one sample per row, and does not change its inputs

    maxout은 한 행에 하나씩 여러 표본도 받고, 입력은 그대로 둔다
    """
    expect("maxout", [[[1.0, 2.0], [0.0, 0.0], [1.0, 0.0]], *WEIGHTS], [[2.5, 3], [0.5, 1], [1, 2]], unchanged=True)


def test_identity_function_changes_nothing():
    """identity_function gives back what it is given

    identity_function은 받은 것을 그대로 돌려준다
    """
    expect("identity_function", [[-0.3, 1.7]], [-0.3, 1.7])


def test_identity_function_of_any_shape():
    """identity_function takes a matrix, integers or a single number, and does not change its input

    identity_function은 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("identity_function", [-1, 0, 1, 2])


def test_sigmoid_grad_peaks_at_a_quarter():
    """sigmoid_grad of 0 is 0.25

    sigmoid_grad(0)은 0.25이다
    """
    expect("sigmoid_grad", [[0.0, 1.0]], [0.25, 0.19661193])


def test_sigmoid_grad_of_any_shape():
    """sigmoid_grad takes a matrix, integers or a single number, and does not change its input

    sigmoid_grad는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("sigmoid_grad", [0.19661193, 0.25, 0.19661193, 0.10499359])


def test_sigmoid_grad_far_from_zero():
    """sigmoid_grad of -1000 and 1000 is 0, not nan

    sigmoid_grad(-1000)과 sigmoid_grad(1000)은 0이고 nan이 아니다
    """
    expect("sigmoid_grad", [[-1000.0, 1000.0]], [0, 0])


def test_tanh_grad_peaks_at_one():
    """tanh_grad of 0 is 1

    tanh_grad(0)은 1이다
    """
    expect("tanh_grad", [[0.0, 1.0]], [1, 0.41997434])


def test_tanh_grad_of_any_shape():
    """tanh_grad takes a matrix, integers or a single number, and does not change its input

    tanh_grad는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("tanh_grad", [0.41997434, 1, 0.41997434, 0.07065082])


def test_tanh_grad_far_from_zero():
    """tanh_grad of -1000 and 1000 is 0, not nan

    tanh_grad(-1000)과 tanh_grad(1000)은 0이고 nan이 아니다
    """
    expect("tanh_grad", [[-1000.0, 1000.0]], [0, 0])


def test_relu_grad_is_zero_or_one():
    """relu_grad is 1 for positive values, else 0

    relu_grad는 양수이면 1, 아니면 0이다
    """
    expect("relu_grad", [[-2.0, 0.0, 3.0]], [0, 0, 1])


def test_relu_grad_of_any_shape():
    """relu_grad takes a matrix, integers or a single number, and does not change its input

    relu_grad는 행렬도 정수도 수 하나도 받고, 입력은 그대로 둔다
    """
    expect_any_shape("relu_grad", [0, 0, 1, 1])


def test_max_gradient_after_two_layers():
    """max_gradient_after of two layers is 0.25 * 0.25, of three 0.25 * 0.25 * 0.25

    max_gradient_after는 층이 두 개이면 0.25 * 0.25, 세 개이면 0.25 * 0.25 * 0.25이다
    """
    expect("max_gradient_after", [2], 0.0625)
    expect("max_gradient_after", [3], 0.015625)


def test_plot_step_curve_and_limits():
    """plot_step draws the step function at 100 points and shows y from -0.1 to 1.1

    plot_step은 계단 함수를 점 100개로 그리고 y축의 범위를 -0.1부터 1.1까지로 한다
    """
    axes = axes_of("plot_step")
    expect_curves("plot_step", axes, [0, 1, 1])
    expect_limits("plot_step", axes, -0.1, 1.1)


def test_plot_sigmoid_curve_and_limits():
    """plot_sigmoid draws the sigmoid at 100 points and shows y from -0.1 to 1.1

    plot_sigmoid는 시그모이드를 점 100개로 그리고 y축의 범위를 -0.1부터 1.1까지로 한다
    """
    axes = axes_of("plot_sigmoid")
    expect_curves("plot_sigmoid", axes, [0.26894142, 0.73105858, 0.88079708])
    expect_limits("plot_sigmoid", axes, -0.1, 1.1)


def test_plot_relu_curve_and_limits():
    """plot_relu draws ReLU at 100 points and shows y from -1.0 to 5.5

    plot_relu는 ReLU를 점 100개로 그리고 y축의 범위를 -1.0부터 5.5까지로 한다
    """
    axes = axes_of("plot_relu")
    expect_curves("plot_relu", axes, [0, 1, 2])
    expect_limits("plot_relu", axes, -1.0, 5.5)


def test_plot_comparison_curves_and_limits():
    """plot_comparison draws both functions in one picture and shows y from -0.1 to 1.1

    plot_comparison은 두 함수를 한 그림에 그리고 y축의 범위를 -0.1부터 1.1까지로 한다
    """
    axes = axes_of("plot_comparison")
    expect_curves("plot_comparison", axes, [0, 1, 1], [0.26894142, 0.73105858, 0.88079708])
    expect_limits("plot_comparison", axes, -0.1, 1.1)


def test_plot_comparison_has_a_legend():
    """plot_comparison has a legend with a text for each curve

    plot_comparison에는 곡선마다 이름이 하나씩 적힌 범례가 있다
    """
    expect_legend("plot_comparison", axes_of("plot_comparison"), 2)
