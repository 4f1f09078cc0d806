"""Hidden grader of 08_losses, the line that is fitted by gradient descent (Lab 1), and the picture of it.

The history is known in closed form: with m = mean(x^2) and the best slope w* = mean(x y) / m, the error of w shrinks
by the same factor in every step, w_k - w* = (w_0 - w*) (1 - 2 lr m)^k, and the cost is m (w - w*)^2 + the rest at w*.
With x = 1..5, y = 2x, w_0 = 0.057967 and lr = 0.01 that gives the lecture's numbers: see LECTURE.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from loss_checks import ATOL, RTOL, call, close, row

from autograder import (
    Figure,
    Finding,
    Raise,
    agrees,
    assert_unchanged,
    credit,
    curve,
    dots,
    fail,
    forget_warnings,
    named,
    numbers,
    show_plot,
)

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
Y = 2 * X
W0, LR, STEPS = 0.057967, 0.01, 20
EVERY = 5
LECTURE = {  # step: cost, w, gradient, as the lecture prints them
    0: (41.4864, 0.4852, -42.7247),
    5: (3.4582, 1.5627, -12.3354),
    10: (0.2883, 1.8737, -3.5614),
    15: (0.0240, 1.9635, -1.0282),
}
TEXT_OF_STEP = r"(?<![\d.]){}(?!\d|\.\d)"  # the number by itself: not the 0 of 0.024


def expected_history(x: Any, y: Any, w: float, lr: float, steps: int) -> Any:
    """The rows (w after, cost before, gradient before) of the steps, in closed form."""
    m, mixed = np.mean(np.square(x, dtype=float)), np.mean(np.multiply(x, y, dtype=float))
    best, left = mixed / m, np.mean(np.square(y, dtype=float)) - mixed**2 / m
    before = best + (w - best) * (1 - 2 * lr * m) ** np.arange(steps + 1)
    return np.column_stack([before[1:], (m * (before - best) ** 2 + left)[:-1], (2 * m * (before - best))[:-1]])


def lecture_agrees() -> bool:
    """Whether the closed form gives the lecture's numbers, to the digits that it prints."""
    rows = np.round(expected_history(X, Y, W0, LR, STEPS), 4)
    return all(tuple(rows[step]) == (w, cost, gradient) for step, (cost, w, gradient) in LECTURE.items())


def first_of(got: float, wrong: dict[str, Any], right: float) -> None:
    """Fail with the first key one of whose values is `got`; values equal to the right one tell nothing."""
    for key, values in wrong.items():
        if any(close(got, value) and not close(right, value) for value in np.atleast_1d(values)):
            fail(key)


# ---- one step ----


def step_of(function: Any, w: float, x: Any, y: Any, lr: float) -> Any:
    """The three numbers that a step gives back."""
    got = call(function, w, x, y, lr)
    found = row(got, 3)
    if found is None:
        forget_warnings()
        fail("none" if got is None else shape_of_step(got, x.size), function=function.label)
    if not np.all(np.isfinite(found)):
        forget_warnings()
        fail("nonfinite", function=function.label)
    assert_unchanged()
    return found


def shape_of_step(got: Any, samples: int) -> str:
    """The key for something that is no three numbers."""
    if isinstance(got, (tuple, list)) and len(got) == 3 and any(numbers(item).size == samples for item in got):
        return "step.per-sample"
    return "step.no-triple"


def check_order(found: Any, right: Any) -> None:
    """The three right numbers in another order."""
    if not close(found, right) and close(np.sort(found), np.sort(right)):
        fail("step.order")


def check_cost(found: Any, w: float, x: Any, y: Any, lr: float) -> None:
    after, cost, _ = expected_history(x, y, w, lr, 1)[0]
    if agrees(found[1], cost, rtol=RTOL, atol=ATOL):
        return
    n = x.size
    wrong = {
        "step.cost-after": [np.mean((v * x - y) ** 2) for v in (after, found[0])],
        "step.five": cost * n / 5,
        "step.cost-half": [cost / 2, cost * n / 2],
        "step.cost-sum": cost * n,
    }
    first_of(found[1], wrong, cost)
    fail("step.cost")


def check_gradient(found: Any, w: float, x: Any, y: Any, lr: float) -> None:
    _, _, gradient = expected_history(x, y, w, lr, 1)[0]
    if agrees(found[2], gradient, rtol=RTOL, atol=ATOL):
        return
    n, error = x.size, w * x - y
    wrong = {
        "step.gradient-sign": [-gradient, -gradient / 2, -gradient * n],
        "step.gradient-half": gradient / 2,  # before the 5: with the five points of Lab 1 it is the same
        "step.five": [gradient * n / 5, gradient * n / 10],
        "step.gradient-sum": [gradient * n, gradient * n / 2],
        "step.gradient-without-x": [2 * np.mean(error), np.mean(error), 2 * np.sum(error)],
    }
    first_of(found[2], wrong, gradient)
    fail("step.gradient")


def check_update(found: Any, w: float, lr: float) -> None:
    """w - lr * gradient, with the gradient that the student gives: a wrong one costs its own part only."""
    gradient = found[2]
    right = w - lr * gradient
    if agrees(found[0], right, rtol=RTOL, atol=ATOL):
        return
    wrong = {
        "step.w-before": w,
        "step.uphill": w + lr * gradient,
        "step.without-lr": [w - gradient, w + gradient],
    }
    first_of(found[0], wrong, right)
    fail("step.update")


@credit(2, task="linear_regression_step", shown=True)
def test_step_of_the_lab(student, part):
    """linear_regression_step gives the cost and the gradient of Lab 1

    linear_regression_step은 실습 1의 비용과 기울기를 돌려준다
    """
    function = student.linear_regression_step
    with part("the cost at w = 0.057967", "w = 0.057967에서의 비용", points=1):
        found = step_of(function, W0, X, Y, LR)
        check_order(found, expected_history(X, Y, W0, LR, 1)[0])
        check_cost(found, W0, X, Y, LR)
    with part("the gradient there", "같은 곳의 기울기", points=1):
        found = step_of(function, W0, X, Y, LR)
        check_order(found, expected_history(X, Y, W0, LR, 1)[0])
        check_gradient(found, W0, X, Y, LR)


@credit(3, task="linear_regression_step")
def test_linear_regression_step(student, part, rng):
    """linear_regression_step gives (w after, cost before, gradient before)

    linear_regression_step은 (갱신한 w, 갱신 전의 비용, 갱신 전의 기울기)를 돌려준다
    """
    function = student.linear_regression_step
    cases = [start(rng, n, whole) for n, whole in ((7, False), (7, False), (9, True))]
    with part("the cost of other data, also whole numbers", "다른 데이터와 정수 데이터의 비용", points=1):
        for w, x, y, lr in cases:
            found = step_of(function, w, x, y, lr)
            check_order(found, expected_history(x, y, w, lr, 1)[0])
            check_cost(found, w, x, y, lr)
    with part("their gradient", "그 데이터의 기울기", points=1):
        for w, x, y, lr in cases:
            found = step_of(function, w, x, y, lr)
            check_order(found, expected_history(x, y, w, lr, 1)[0])
            check_gradient(found, w, x, y, lr)
    with part("w after the step", "갱신한 w", points=1):
        for w, x, y, lr in cases:
            found = step_of(function, w, x, y, lr)
            check_order(found, expected_history(x, y, w, lr, 1)[0])
            check_update(found, w, lr)


def start(rng: np.random.Generator, n: int, whole: bool) -> tuple[float, Any, Any, float]:
    """What a step is asked for: w, x, y, lr."""
    return float(rng.uniform(-1, 0.5)), *data(rng, n, whole), float(rng.uniform(0.005, 0.02))


def data(rng: np.random.Generator, n: int, whole: bool = False) -> tuple[Any, Any]:
    """Points around a line through the origin whose slope is between 1.5 and 3; x from -1 to 5, all different."""
    if whole:
        x = rng.permutation(np.arange(-1, 9))[:n]
        return x, 3 * x + rng.integers(-2, 3, n)
    x = rng.permutation(np.linspace(-1, 5, n))
    return x, rng.uniform(1.5, 3) * x + rng.normal(scale=0.5, size=n)


# ---- many steps ----


def right_step(w: Any, x: Any, y: Any, lr: Any) -> tuple[float, float, float]:
    """The step that stands in for the student's own, so that the loop is judged by itself."""
    if max(np.size(w), np.size(lr)) != 1 or np.shape(x) != np.shape(y) or not 1 <= np.size(x) <= 100:
        raise Raise("ValueError", "a step takes one number w, arrays x and y of equal shape, and one number lr")
    with np.errstate(all="ignore"):
        after, cost, gradient = expected_history(np.ravel(x), np.ravel(y), float(np.ravel(w)[0]), float(lr), 1)[0]
    return float(after), float(cost), float(gradient)


def table(got: Any, steps: int) -> Any:
    """A history as an array (steps, 3), or None where it is something else."""
    if not isinstance(got, (list, tuple, np.ndarray)) or (isinstance(got, np.ndarray) and got.ndim == 0):
        return None
    if len(got) != steps:
        return None
    rows = [row(item, 3) for item in got]
    return None if any(item is None for item in rows) else np.array(rows)


def check_history(function: Any, x: Any, y: Any, w: float, lr: float, steps: int) -> None:
    with named({"history.append": r"^error\.(none|attribute)\S* .*append"}):
        got = call(function, x, y, w, lr, steps)
    right = expected_history(x, y, w, lr, steps)
    found = table(got, steps)
    if found is None:
        forget_warnings()
        fail(shape_of_history(got, right), function=function.label)
    if agrees(found, right, rtol=RTOL, atol=ATOL):
        assert_unchanged()
        return
    fail(name_of_history(found, right), function=function.label)


def shape_of_history(got: Any, right: Any) -> str:
    """The key for something that is no list of as many triples as there were steps."""
    if got is None:
        return "none"
    single = row(got, 3)
    if single is not None and close(single, right[-1]):
        return "history.last-only"
    if single is not None and close(single, right[0]):
        return "history.returned-inside"
    if table(got, 1) is not None:
        return "history.returned-inside"
    if columns(got, len(right)):
        return "history.columns"
    if any(table(got, len(right) + extra) is not None for extra in (1, -1)):
        return "history.length"
    return "history.no-list"


def columns(got: Any, steps: int) -> bool:
    """Whether there are three lists, one for each kind of number, in place of one triple per step."""
    if not isinstance(got, (list, tuple, np.ndarray)) or (isinstance(got, np.ndarray) and got.ndim != 2):
        return False
    return len(got) == 3 and all(row(item, steps) is not None for item in got)


def name_of_history(found: Any, right: Any) -> str:
    """The key for triples that are not the right ones."""
    if close(found, np.broadcast_to(right[0], found.shape)):
        return "history.same-w"
    if close(found[:, 1:], right[:, 1:]):
        return "history.w-before"
    return "history.values"


@credit(2, task="linear_regression", shown=True)
def test_twenty_steps(student):
    """linear_regression gives the 20 steps of Lab 1

    linear_regression은 실습 1의 20걸음을 돌려준다
    """
    if not lecture_agrees():
        raise ArithmeticError("the oracle of this test is not the lecture's")
    show_lab(student.linear_regression)
    check_history(student.replacing(linear_regression_step=right_step).linear_regression, X, Y, W0, LR, STEPS)


@credit(2, task="linear_regression")
def test_linear_regression(student, rng):
    """linear_regression repeats the step and keeps what every step gave

    linear_regression은 걸음을 반복하면서 걸음마다 나온 값을 모은다
    """
    function = student.replacing(linear_regression_step=right_step).linear_regression
    for n, steps in ((6, 7), (6, 7), (8, 12)):
        x, y = data(rng, n)
        check_history(function, x, y, float(rng.uniform(-1, 0.5)), float(rng.uniform(0.01, 0.03)), steps)


def show_lab(function: Any) -> None:
    """Two pictures by the student's own code: the line every fifth step, and the cost."""
    try:
        found = table(function(X, Y, W0, LR, STEPS), STEPS)
    except Finding:
        forget_warnings()
        return
    forget_warnings()
    if found is None:
        return
    ends = np.array([0.0, 6.0])
    with np.errstate(all="ignore"):
        lines = [curve(f"{k}: w = {found[k, 0]:.4g}", ends, found[k, 0] * ends) for k in range(0, STEPS, EVERY)]
    show_plot(
        "Your line after steps 0, 5, 10, 15", "0, 5, 10, 15번째 걸음 뒤의 직선", dots(None, X, Y), *lines, ylabel="y"
    )
    show_plot(
        "Your cost, step by step",
        "걸음마다의 비용",
        curve(None, np.arange(STEPS), found[:, 1]),
        dots(None, np.arange(0, STEPS, EVERY), found[::EVERY, 1]),
        xlabel="step",
        ylabel="cost",
        logy=True,
    )


# ---- the picture ----


def draw(function: Any, x: Any, y: Any, history: Any) -> list[Any]:
    """The axes of the figure (or of several) that came back."""
    got = function(x, y, history)
    figures = list(got) if isinstance(got, (list, tuple)) else [got]
    if figures and all(isinstance(figure, Figure) for figure in figures):
        return [axes for figure in figures for axes in figure.axes]
    if any(isinstance(item, Figure) for item in figures):
        fail("plot_fit.tuple")
    if got is None:
        fail("plot_fit.none")
    kind = str(getattr(figures[0] if figures else got, "type", ""))
    fail("plot_fit.no-figure", got_type=kind or type(got).__name__)
    raise AssertionError


def curves(axes: Any) -> list[Any]:
    """The lines of one axes that have as many finite x as y, at least two."""
    return [
        line
        for line in axes.lines
        if line.x.ndim == 1 and line.x.size >= 2 and line.x.shape == line.y.shape and np.all(np.isfinite(line.y))
    ]


def has_slope(line: Any, w: float) -> bool:
    with np.errstate(all="ignore"):
        if not close(line.y[-1], w * line.x[-1]):  # most lines are others: their last point says so at once
            return False
        return bool(np.ptp(line.x) > 0) and agrees(line.y, w * line.x)


def where_drawn(panels: list[Any], w: float) -> list[tuple[Any, Any]]:
    """The axes and lines that show w * x."""
    return [(axes, line) for axes in panels for line in curves(axes) if has_slope(line, w)]


def is_data(x: Any, y: Any, points: Any, values: Any) -> bool:
    order, other = np.lexsort((y, x)), np.lexsort((values, points))
    return np.shape(x) == np.shape(points) and (
        agrees(x[order], points[other].astype(float)) and agrees(y[order], values[other].astype(float))
    )


def has_points(axes: Any, x: Any, y: Any) -> bool:
    """Whether the data points are in this axes, by plot or by scatter."""
    found = [(line.x, line.y) for line in curves(axes)] + [(p[:, 0], p[:, 1]) for p in axes.points if p.ndim == 2]
    return any(is_data(px, py, x, y) for px, py in found)


def label_of(axes: Any, line: Any) -> str:
    """Every text that says which step a line belongs to: title, axis, and its label if there is a legend.

    `legend(["step 0", ...])` leaves the lines without a label; then the whole legend counts.
    """
    legend = axes.legend or []
    return f"{axes.title} {axes.xlabel} {' '.join(legend) if line.label.startswith('_') else line.label * bool(legend)}"


def check_lines(panels: list[Any], history: list[Any]) -> None:
    """Every fifth entry of the history has its line."""
    slopes = [entry[0] for entry in history]
    drawn = [k for k, w in enumerate(slopes) if where_drawn(panels, w)]
    wanted = list(range(0, len(history), EVERY))
    if set(wanted) <= set(drawn):
        if len(drawn) == len(history):
            fail("plot_fit.every-step")
        return
    if not any(curves(axes) for axes in panels):
        fail("plot_fit.empty")
    fail(name_of_lines(panels, history, drawn, wanted))


def name_of_lines(panels: list[Any], history: list[Any], drawn: list[int], wanted: list[int]) -> str:
    """The key for lines that are not those of every fifth step."""
    later = [k for k in drawn if k]
    if later and later == [k - 1 for k in wanted if k][: len(later)]:
        return "plot_fit.one-early"
    if drawn and drawn == wanted[: len(drawn)]:
        return "plot_fit.first-only" if len(drawn) == 1 else "plot_fit.fixed-number"
    if drawn == [len(history) - 1] or drawn == wanted[-1:]:
        return "plot_fit.last-only"
    if drawn:
        return "plot_fit.other-steps"
    return "plot_fit.no-line"


def check_points(panels: list[Any], history: list[Any], x: Any, y: Any) -> None:
    """Beside each line that is there the data points are to be seen."""
    found = [where_drawn(panels, history[k][0]) for k in range(0, len(history), EVERY)]
    if not any(found):
        fail("plot_fit.points-without-line")
    if not all(any(has_points(axes, x, y) for axes, _ in places) for places in found if places):
        fail("plot_fit.no-points")


def check_names(panels: list[Any], history: list[Any]) -> None:
    """Each line that is there says to which step it belongs."""
    missing, shifted = [], []
    for k in range(0, len(history), EVERY):
        texts = [label_of(axes, line) for axes, line in where_drawn(panels, history[k][0])]
        if texts and not any(re.search(TEXT_OF_STEP.format(k), text) for text in texts):
            missing.append(k)
            shifted.append(any(re.search(TEXT_OF_STEP.format(k + 1), text) for text in texts))
    if not any(where_drawn(panels, history[k][0]) for k in range(0, len(history), EVERY)):
        fail("plot_fit.points-without-line")
    if not missing:
        return
    if all(shifted):
        fail("plot_fit.counted-from-1")
    if any(axes.legend is None and not line.label.startswith("_") for axes in panels for line in curves(axes)):
        fail("plot_fit.legend-not-called")
    fail("plot_fit.no-names" if len(missing) == len(range(0, len(history), EVERY)) else "plot_fit.names-overwritten")


@credit(1, task="plot_fit", plots=True, shown=True)
def test_picture_of_the_lab(student):
    """plot_fit draws the lines of steps 0, 5, 10, 15 of Lab 1

    plot_fit은 실습 1의 0, 5, 10, 15번째 걸음의 직선을 그린다
    """
    lab = [tuple(map(float, entry)) for entry in expected_history(X, Y, W0, LR, STEPS)]
    panels = draw(student.plot_fit, X, Y, lab)
    check_lines(panels, lab)
    assert_unchanged()


@credit(3, task="plot_fit", plots=True)
def test_plot_fit(student, part, rng):
    """plot_fit draws the points, the line of every fifth step, and which step it is

    plot_fit은 데이터 점과 다섯 걸음마다의 직선을 그리고, 몇 번째 걸음인지 적는다
    """
    x, y = data(rng, 8)
    steps = int(rng.choice([21, 26]))  # five lines or six, not four; the last entry has one
    rows = expected_history(x, y, float(rng.uniform(-1, 0.5)), float(rng.uniform(0.008, 0.012)), steps)
    history = [tuple(map(float, entry)) for entry in rows]
    panels: list[Any] = []
    with part("the lines of another history, which is longer", "더 긴 다른 history의 직선", points=1):
        panels = draw(student.plot_fit, x, y, history)
        check_lines(panels, history)
    with part("the data points", "데이터 점", points=1):
        check_points(panels or draw(student.plot_fit, x, y, history), history, x, y)
    with part("the number of each step", "걸음 번호", points=1):
        check_names(panels or draw(student.plot_fit, x, y, history), history)
