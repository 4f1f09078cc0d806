"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import os

os.environ["MPLBACKEND"] = "agg"  # draw into memory: no window opens, plt.show() does not wait

import numpy as np
import optimizers

GRADIENTS = [1.0, -2.0], [1.0, 2.0], [1.0, -1.0]  # of the worked example, for w = (1, 3)


def bowl(x):
    """x₀² + x₁²"""
    return x[0] ** 2 + x[1] ** 2


def written(values):
    return "(" + ", ".join(f"{value:.4f}" for value in np.ravel(values)) + ")"


def expect_steps(optimizer, *expected, rtol=1e-4):
    """Three steps with the gradients of the worked example lead to the points of the table in the handout.

    계산 예의 기울기로 세 걸음을 가면 교재의 표와 같은 점을 지난다.
    """
    __tracebackhide__ = True
    params = {"w": np.array([1.0, 3.0])}
    for number, (gradient, point) in enumerate(zip(GRADIENTS, expected, strict=True), start=1):
        optimizer.update(params, {"w": np.array(gradient)})
        if not np.allclose(params["w"], point, rtol=rtol, atol=1e-4):
            said = f"after step {number} w is {written(params['w'])}, expected {written(point)}"
            raise AssertionError(f"{said} / {number}번째 걸음 뒤의 w가 다릅니다")


def expect_own_memory(make):
    """Two parameters of different shapes and two optimizers do not disturb one another.

    모양이 다른 매개변수 두 개와 옵티마이저 두 개가 서로 영향을 주지 않는다.
    """
    __tracebackhide__ = True
    alone = {"W": np.ones((2, 2))}
    first = make()
    for _ in range(2):
        first.update(alone, {"W": np.full((2, 2), 3.0)})
    other, second = make(), make()
    params, more = {"W": np.ones((2, 2)), "b": np.zeros(3)}, {"W": np.ones((2, 2)), "b": np.zeros(3)}
    for _ in range(2):
        other.update(params, {"W": np.full((2, 2), 3.0), "b": np.full(3, -1.0)})
        second.update(more, {"W": np.full((2, 2), -5.0), "b": np.full(3, 2.0)})
    if not np.allclose(params["W"], alone["W"]):
        said = "another parameter or another optimizer has changed the steps of W"
        raise AssertionError(f"{said} / 다른 매개변수나 다른 옵티마이저 때문에 W의 걸음이 달라졌습니다")


# ---- gradient descent ----


def test_gradient_descent_three_steps():
    """gradient_descent goes from (-3, 4) to (-1.536, 2.048) in three steps

    gradient_descent는 (-3, 4)에서 세 걸음 만에 (-1.536, 2.048)로 간다
    """
    got = optimizers.gradient_descent(bowl, np.array([-3.0, 4.0]), lr=0.1, step_num=3)
    assert np.allclose(got, [-1.536, 2.048], atol=1e-3), f"got {got}"


def test_gradient_descent_leaves_its_start():
    """gradient_descent does not change init_x

    gradient_descent는 init_x를 바꾸지 않는다
    """
    start = np.array([-3.0, 4.0])
    optimizers.gradient_descent(bowl, start, lr=0.1, step_num=3)
    assert start.tolist() == [-3.0, 4.0], "init_x has changed / init_x가 바뀌었습니다"


# ---- optimizers ----


def test_SGD_of_the_worked_example():
    """SGD takes the three steps of the table

    SGD는 표와 같은 세 걸음을 간다
    """
    expect_steps(optimizers.SGD(lr=0.1), [0.9, 3.2], [0.8, 3.0], [0.7, 3.1])


def test_SGD_changes_the_array_itself():
    """SGD works in the caller's array, and leaves the gradients alone

    SGD는 넘겨받은 배열 자체를 바꾸고, 기울기는 그대로 둔다
    """
    w, g = np.array([1.0, 3.0]), np.array([1.0, -2.0])
    params = {"w": w}
    optimizers.SGD(lr=0.1).update(params, {"w": g})
    assert np.allclose(params["w"], [0.9, 3.2]), f"params['w'] is {params['w']}"
    assert g.tolist() == [1.0, -2.0], "the gradient has changed / 기울기가 바뀌었습니다"


def test_Momentum_of_the_worked_example():
    """Momentum takes the three steps of the table

    Momentum은 표와 같은 세 걸음을 간다
    """
    expect_steps(optimizers.Momentum(lr=0.1, momentum=0.8), [0.9, 3.2], [0.72, 3.16], [0.476, 3.228])


def test_Momentum_has_a_velocity_for_each_name():
    """Momentum keeps one velocity for each name, in each object

    Momentum은 객체마다, 이름마다 속도를 따로 기억한다
    """
    expect_own_memory(optimizers.Momentum)


def test_AdaGrad_of_the_worked_example():
    """AdaGrad takes the three steps of the table

    AdaGrad는 표와 같은 세 걸음을 간다
    """
    expect_steps(optimizers.AdaGrad(lr=0.1), [0.9, 3.1], [0.8293, 3.0293], [0.7716, 3.0626])


def test_AdaGrad_has_an_h_for_each_name():
    """AdaGrad keeps one h for each name, in each object

    AdaGrad는 객체마다, 이름마다 h를 따로 기억한다
    """
    expect_own_memory(optimizers.AdaGrad)


def test_RMSProp_of_the_worked_example():
    """RMSProp takes the three steps of the table

    RMSProp은 표와 같은 세 걸음을 간다
    """
    expect_steps(optimizers.RMSProp(lr=0.1, decay_rate=0.8), [0.7764, 3.2236], [0.6097, 3.0569], [0.4666, 3.1429])


def test_RMSProp_has_an_h_for_each_name():
    """RMSProp keeps one h for each name, in each object

    RMSProp은 객체마다, 이름마다 h를 따로 기억한다
    """
    expect_own_memory(optimizers.RMSProp)


def test_Adam_of_the_worked_example():
    """Adam takes the three steps of the table

    Adam은 표와 같은 세 걸음을 간다
    """
    expect_steps(optimizers.Adam(lr=0.1), [0.9, 3.1], [0.8, 3.0947], [0.7, 3.1122])


def test_Adam_has_its_averages_for_each_name():
    """Adam keeps its averages for each name, in each object, and counts calls of update

    Adam은 객체마다, 이름마다 평균을 따로 기억하고, update를 부른 횟수를 센다
    """
    expect_own_memory(optimizers.Adam)


# ---- paths ----


class Halve:
    """The strangest of all optimizers: it halves every parameter, whatever the gradient is, and notes the gradients.

    기울기와 상관없이 매개변수를 절반으로 줄이고, 받은 기울기를 적어 두는 이상한 옵티마이저.
    """

    def __init__(self):
        self.seen = []

    def update(self, params, grads):
        self.seen.append(np.concatenate([np.ravel(grads[name]) for name in params]))
        for name in params:
            params[name] *= 0.5


def test_trajectory_lists_the_start_and_every_step():
    """trajectory gives the start and the point after each update, one in each row

    trajectory는 출발점과 update마다 바뀐 점을 한 행에 하나씩 돌려준다
    """
    start = np.array([-8.0, 2.0])
    path = np.asarray(optimizers.trajectory(Halve(), start, 3))
    expected = [[-8, 2], [-4, 1], [-2, 0.5], [-1, 0.25]]
    assert path.shape == (4, 2), f"shape {path.shape}, expected (4, 2)"
    assert np.allclose(path, expected), f"got {path.tolist()}, expected {expected}"
    assert start.tolist() == [-8.0, 2.0], "start has changed / start가 바뀌었습니다"


def test_trajectory_hands_over_the_gradient():
    """trajectory gives the optimizer the gradient of x²/20 + y² at every point

    trajectory는 점마다 x²/20 + y²의 기울기를 옵티마이저에 넘긴다
    """
    optimizer = Halve()
    optimizers.trajectory(optimizer, np.array([-8.0, 2.0]), 2)
    expected = [[-0.8, 4.0], [-0.4, 2.0]]  # at (-8, 2) and at (-4, 1)
    assert np.allclose(optimizer.seen, expected, atol=1e-4), f"got {optimizer.seen}, expected {expected}"


def test_plot_trajectories_draws_five_paths():
    """plot_trajectories returns a Figure with five paths of 31 points

    plot_trajectories는 점이 31개인 경로 다섯 개를 그린 Figure를 돌려준다
    """
    figure = optimizers.plot_trajectories()
    assert type(figure).__name__ == "Figure", f"got {type(figure).__name__}, expected Figure"
    lines = [line for axes in figure.axes for line in axes.get_lines() if len(line.get_xdata()) == 31]
    assert len(lines) >= 5, f"{len(lines)} curves have 31 points, expected 5 / 점이 31개인 곡선이 {len(lines)}개입니다"
