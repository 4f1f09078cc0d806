"""Hidden grader of 02_activations, the plots: read from the figure's data, never from pixels.

A curve is right if it runs over the asked x and its y are the function's values there. Where the student's own function
is wrong, the picture is drawn with a right one. What x and limits have to be is in the handout: nothing here is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import numpy as np
from elementwise import GRID, is_sound, sigmoid

from autograder import Figure, Finding, agrees, assert_close, credit, fail, same

Formula = Callable[[Any], Any]
UNIT = (-0.1, 1.1)
RELU = (-1.0, 5.5)
# Rounding of a float64 near 5 is a billionth of this; the nearest wrong formula, e = 2.718, is off by ten times it.
CLOSE = 1e-6
WRONG_GRIDS: Mapping[str, Callable[[Any], bool]] = {
    "plot.inclusive": lambda x: near(x, np.linspace(-5, 5, 101)),
    "plot.linspace": lambda x: near(x, np.linspace(-5, 5, 100)),
    "plot.whole-steps": lambda x: near(x, np.arange(-5.0, 5.0)) or near(x, np.arange(-5.0, 6.0)),
    "plot.index": lambda x: near(x, np.arange(len(x), dtype=float)),
    "plot.positive-only": lambda x: bool(x.min() >= 0),
}


def step(x: Any) -> Any:
    return np.where(np.asarray(x) > 0, 1, 0)


def relu(x: Any) -> Any:
    return np.maximum(x, 0)


DRAWN = {"plot.step-drawn": step, "plot.sigmoid-drawn": sigmoid, "plot.relu-drawn": relu}


def near(a: Any, b: Any) -> bool:
    return same(np.asarray(a, dtype=float), b, 0.0, CLOSE)


# ---- from what came back to curves ----


def drawn_by(student: Any, plot: str, functions: Mapping[str, Formula]) -> Figure:
    """The figure of `plot`. It draws `functions`; those of the student that are wrong are replaced."""
    wrong = {name: right for name, right in functions.items() if not is_sound(getattr(student, name), right)}
    return draw(getattr(student.replacing(**wrong), plot))


def draw(function: Any) -> Figure:
    """The figure that a plot function returns; what else it may return has a sentence of its own."""
    value = function()
    if isinstance(value, Figure):
        return value
    if value is None:
        fail("plot.none")
    if isinstance(value, tuple) and any(isinstance(item, Figure) for item in value):
        fail("plot.tuple")
    kind = str(getattr(value[0] if isinstance(value, list) and value else value, "type", ""))
    if kind == "Line2D":
        fail("plot.lines")
    if kind.startswith("Axes"):
        fail("plot.axes")
    fail("plot.module" if kind == "module" else "plot.no-figure", got_type=kind or type(value).__name__)
    raise AssertionError


def axes_of(figure: Figure) -> Any:
    """The axes that have the curves."""
    drawn = [axes for axes in figure.axes if curves(axes)]
    if not drawn:
        fail("plot.no-lines" if figure.axes else "plot.empty")
    return drawn[0]


def curves(axes: Any) -> list[Any]:
    """The lines with more than two points: axhline and its like are no curves."""
    return [line for line in axes.lines if line.x.ndim == 1 and line.x.size > 2 and line.x.shape == line.y.shape]


def follows(line: Any, formula: Formula) -> bool:
    """Whether the curve has the values of `formula` at its own x, or at the asked x (if x was left out)."""
    return (near(line.y, formula(line.x)) and bool(np.ptp(line.x) > 1)) or near(line.y, formula(GRID))


# ---- what is asked of a curve ----


def check_x(line: Any) -> None:
    """The points run from -5 to 4.9 in steps of 0.1."""
    if agrees(line.x, GRID, rtol=0, atol=CLOSE):
        return
    if near(line.y, GRID):
        fail("plot.swapped")
    for key, fits in WRONG_GRIDS.items():
        if fits(line.x):
            fail(key)
    fail("plot.x", points=line.x.size, first=float(line.x[0]), last=float(line.x[-1]))


def check_y(line: Any, formula: Formula) -> None:
    """The curve has the values of `formula`, at its own x or at the asked x (if x was left out)."""
    x = line.x if near(line.y, formula(line.x)) and np.ptp(line.x) > 1 else GRID
    if agrees(line.y, formula(x), rtol=0, atol=CLOSE):
        return
    if near(line.y, GRID):
        fail("plot.swapped")
    for key, other in DRAWN.items():
        if near(line.y, other(line.x)):
            fail(key)
    assert_close(line.y, formula(GRID if near(line.y, formula(line.x)) else line.x), rtol=0, atol=CLOSE)


def check_known(lines: list[Any], formula: Formula) -> None:
    """One of the curves is one of the functions; else what surrounds it is no picture of anything."""
    if not any(follows(line, known) for line in lines for known in DRAWN.values()):
        check_y(lines[0], formula)


def check_limits(student: Any, axes: Any, wanted: tuple[float, float]) -> None:
    low, high = axes.ylim
    if agrees((low, high), wanted, rtol=0, atol=CLOSE, sequence=True):
        return
    params = {"low": low, "high": high, "wanted_low": wanted[0], "wanted_high": wanted[1]}
    values = np.concatenate([line.y for line in curves(axes)])
    margin = 0.05 * np.ptp(values)
    if near(axes.xlim, wanted):
        fail("plot.xlim", **params)
    if near((low, high), (wanted[1], wanted[0])):
        fail("plot.limits-turned-round", **params)
    if isinstance(pyplot(student, "ylim"), (list, tuple)):
        fail("plot.ylim-overwritten", **params)
    if near((low, high), (values.min() - margin, values.max() + margin)):
        fail("plot.no-limits", **params)
    if near((low, high), UNIT) or near((low, high), RELU):
        fail("plot.limits-of-another", **params)
    fail("plot.limits", **params)


def pyplot(student: Any, name: str) -> Any:
    """An attribute of the student's `plt`, or None where there is none."""
    with suppress(Finding, AttributeError):
        return student.get("plt").get(name)
    return None


# ---- one curve ----


def check_plot(student: Any, part: Any, name: str, formula: Formula, wanted: tuple[float, float]) -> None:
    plot = {"step_function": "plot_step"}.get(name, f"plot_{name}")
    axes = axes_of(drawn_by(student, plot, {name: formula}))
    line = next((line for line in curves(axes) if follows(line, formula)), curves(axes)[0])
    with part("x from -5 to 5 in steps of 0.1", "x는 -5부터 5까지 0.1 간격", points=1):
        check_x(line)
        check_known([line], formula)
    with part("the values of the curve", "곡선의 값", points=1):
        check_y(line, formula)
    with part("the limits of the y axis", "y축의 범위", points=1):
        check_limits(student, axes, wanted)


@credit(3, task="plot_step", shown=True, plots=True)
def test_plot_step(student, part):
    """plot_step draws the step function and returns the figure

    plot_step은 계단 함수를 그리고 Figure를 돌려준다
    """
    check_plot(student, part, "step_function", step, UNIT)


@credit(3, task="plot_sigmoid", shown=True, plots=True)
def test_plot_sigmoid(student, part):
    """plot_sigmoid draws the sigmoid and returns the figure

    plot_sigmoid는 시그모이드를 그리고 Figure를 돌려준다
    """
    check_plot(student, part, "sigmoid", sigmoid, UNIT)


@credit(3, task="plot_relu", shown=True, plots=True)
def test_plot_relu(student, part):
    """plot_relu draws ReLU and returns the figure

    plot_relu는 ReLU를 그리고 Figure를 돌려준다
    """
    check_plot(student, part, "relu", relu, RELU)


# ---- two curves ----


@credit(3, task="plot_comparison", shown=True, plots=True)
def test_plot_comparison(student, part):
    """plot_comparison draws step and sigmoid in one picture, with a legend

    plot_comparison은 계단 함수와 시그모이드를 한 그림에 그리고 범례를 단다
    """
    figure = drawn_by(student, "plot_comparison", {"step_function": step, "sigmoid": sigmoid})
    axes = axes_of(figure)
    with part("both curves", "두 곡선", points=1):
        check_both(student, figure, axes)
    with part("the limits of the y axis", "y축의 범위", points=1):
        check_limits(student, axes, UNIT)
    with part("a legend with two texts", "두 항목이 있는 범례", points=1):
        check_count(student, axes)
        check_legend(axes)
        check_known(curves(axes), step)


def check_both(student: Any, figure: Figure, axes: Any) -> None:
    if sum(bool(curves(other)) for other in figure.axes) > 1:
        fail("plot_comparison.two-axes")
    check_count(student, axes)
    lines = curves(axes)
    if all(follows(line, step) for line in lines) or all(follows(line, sigmoid) for line in lines):
        fail("plot_comparison.same-curve")
    for formula in (step, sigmoid):
        right = [line for line in lines if follows(line, formula)]
        others = [line for line in lines if not follows(line, step) and not follows(line, sigmoid)]
        line = (right or others or lines)[0]
        check_y(line, formula)
        check_x(line)


def check_count(student: Any, axes: Any) -> None:
    if len(curves(axes)) < 2:
        opened = pyplot(student, "get_fignums")
        several = opened is not None and np.size(opened()) > 1
        fail("plot_comparison.two-figures" if several else "plot_comparison.one-curve")


def check_legend(axes: Any) -> None:
    if axes.legend is None:
        labelled = [line for line in curves(axes) if line.label and not line.label.startswith("_")]
        fail("plot.legend-not-called" if labelled else "plot.no-legend")
    texts = [text.strip() for text in axes.legend]
    if len(texts) < 2:
        fail("plot.legend-short", count=len(texts))
    if not all(texts[:2]):
        fail("plot.legend-blank")
