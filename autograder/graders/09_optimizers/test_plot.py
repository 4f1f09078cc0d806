"""Hidden grader of 09_optimizers, plot_trajectories: read from the figure's data, never from pixels.

What has to be drawn is in the handout, so these messages name what was found.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from paths import FIVE, own_paths, right_path

from autograder import Figure, Finding, agrees, credit, fail

NEAR = 2e-3  # ε of 1e-6 inside the root moves RMSProp's path by 2e-4; a wrong learning rate moves a path by 0.1


def drawn(function: Any) -> Figure:
    """The figure that came back."""
    value = function()
    if isinstance(value, Figure):
        return value
    if value is None:
        fail("plot.none")
    fail("plot.tuple" if isinstance(value, tuple) else "plot.no-figure")
    raise AssertionError


def curves(figure: Figure) -> list[Any]:
    """All lines with more than two points: a single marker is no path."""
    lines = [line for axes in figure.axes for line in axes.lines]
    return [line for line in lines if line.x.ndim == 1 and line.x.size > 2 and line.x.shape == line.y.shape]


def lies_on(line: Any, path: Any) -> bool:
    """Whether a line has the points of a path."""
    return line.x.size == len(path) and agrees(np.stack([line.x, line.y], axis=1), path, rtol=0, atol=NEAR)


def check_paths(student: Any, lines: list[Any], names: tuple[str, ...]) -> None:
    for name in names:
        path = right_path(name)
        if any(lies_on(line, path) for line in lines):
            continue
        own = own_paths(student, [name]).get(name)
        if own is None or not np.max(np.abs(own - path)) <= NEAR:  # a path as wrong as the optimizer that made it
            raise untold()
        explain(lines, name, path)


def untold() -> Finding:
    """The generic finding: what this task builds on is wrong and tells the reason."""
    return Finding("value", {"function": "plot_trajectories", "wrong": len(FIVE), "size": len(FIVE)})


def explain(lines: list[Any], name: str, path: Any) -> None:
    """The finding for a path that is not drawn, although the optimizer is right."""
    longer = right_path(name, 200)
    for line in lines:
        if lies_on(line, path[:, ::-1]):
            fail("plot.exchanged", name=name)
        if line.x.size <= len(longer) and lies_on(line, longer[: line.x.size]):
            fail("plot.steps", name=name, points=int(line.x.size))
    if len(lines) < len(FIVE):
        fail("plot.few", count=len(lines))
    fail("plot.other-path", name=name, rate=FIVE[name][0])


def require_a_path(student: Any, lines: list[Any]) -> None:
    """A line is a path: a right one, if of another length or with x and y exchanged, or one of the student's own."""
    ways = [way for name in FIVE for path in [right_path(name, 200)] for way in (path, path[:, ::-1])]
    if any(lies_on(line, way[: line.x.size]) for line in lines for way in ways):
        return
    own = [path for path in own_paths(student, FIVE).values() if np.ptp(path) > 0]
    if not any(lies_on(line, path) for line in lines for path in own):
        raise untold()


def check_names(figure: Figure, lines: list[Any]) -> None:
    """Every path has a name: in a legend, or as the title of its axes; and it is its own."""
    if len(lines) < len(FIVE):
        fail("plot.few", count=len(lines))
    for name in FIVE:
        for line in lines:
            label = line.label.strip().casefold()
            others = {other.casefold() for other in FIVE if other != name}
            if label in others and lies_on(line, right_path(name)):
                fail("plot.label-of-another", name=name, label=line.label.strip()[:20])
    texts = {text.strip() for axes in figure.axes for text in (*(axes.legend or ()), axes.title) if text.strip()}
    if len(texts) < len(FIVE):
        labelled = [line for line in lines if line.label.strip() and not line.label.startswith("_")]
        waiting = len(labelled) >= len(FIVE) and all(axes.legend is None for axes in figure.axes)
        fail("plot.legend-not-called" if waiting else "plot.names", count=len(texts))


@credit(4, task="plot_trajectories", plots=True, shown=True)
def test_plot_trajectories(student, part):
    """plot_trajectories draws the five paths, each with its name

    plot_trajectories는 다섯 경로를 이름과 함께 그린다
    """
    figure = drawn(student.plot_trajectories)
    lines = curves(figure)
    if not lines and not own_paths(student, ["SGD"]):
        raise untold()
    if not lines:
        fail("plot.empty")
    with part("the paths of SGD and Momentum", "SGD와 Momentum의 경로", points=1):
        check_paths(student, lines, ("SGD", "Momentum"))
    with part("the paths of AdaGrad, RMSProp and Adam", "AdaGrad, RMSProp, Adam의 경로", points=2):
        check_paths(student, lines, ("AdaGrad", "RMSProp", "Adam"))
    with part("a name for every path", "경로마다 이름", points=1):
        require_a_path(student, lines)
        check_names(figure, lines)
