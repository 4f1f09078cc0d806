"""Hidden grader of 09_optimizers, trajectory: asked with optimizers of the grader's own.

They are made in the sandbox from the source below, so that a mistake in the student's own costs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from bookkeeping import Rule
from paths import FIVE, START, own_paths, slope, walk
from stepping import telling
from update_rules import momentum

from autograder import NOTHING, assert_close, credit, curve, dashed, dots, fail, named, numbers, same, show_plot

SOURCE = """
class Downhill:
    def __init__(self, lr, keep):
        self.lr, self.keep, self.v = lr, keep, {}

    def update(self, params, grads):
        for name in params:
            self.v[name] = self.keep * self.v.get(name, 0.0) - self.lr * grads[name]
            params[name] += self.v[name]
"""
ERRORS = {
    "trajectory.dict": r"^error\S* .*\.update\(",
}
WRONG_SLOPES: tuple[Callable[[Any], Any], ...] = (
    lambda p: np.array([p[0] / 20, 2 * p[1]]),
    lambda p: np.array([p[0] / 10, p[1]]),
    lambda p: np.array([p[0] / 20, p[1]]),
    lambda p: np.array([2 * p[0], 2 * p[1]]),
    lambda p: np.array([p[0] / 40, 2 * p[1]]),
    lambda p: np.array([p[0] ** 2 / 20, p[1] ** 2]),
    lambda p: np.array([2 * p[1], p[0] / 10]),
)


def mistakes(rule: Rule, start: Any, steps: int) -> dict[str, Any]:
    """What each misconception gives in place of the path."""
    path, further = walk(rule, start, steps), walk(rule, start, steps + 1)
    moved, repeated = path.copy(), np.tile(path[-1], (steps + 1, 1))
    moved[0], repeated[0] = path[-1], path[0]
    slopes = [walk(rule, start, steps, gradient) for gradient in WRONG_SLOPES]
    return {
        "trajectory.same-point": lambda got: near(got, repeated) or near(got, np.tile(path[-1], (steps + 1, 1))),
        "trajectory.first-moved": moved,
        "trajectory.without-start": lambda got: near(got, path[1:]) or near(got, further[1:]),
        "trajectory.step-count": path[:-1],
        "trajectory.step-count#more": further,
        "trajectory.end-only": path[-1],
        "trajectory.columns": path.T,
        "trajectory.stands": np.tile(path[0], (steps + 1, 1)),
        "trajectory.slope": lambda got: any(near(got, wrong) for wrong in slopes),
        "trajectory.uphill": walk(rule, start, steps, lambda p: -slope(p)),
        "trajectory.shape": lambda got: numbers(got, lists=True).shape not in (NOTHING.shape, path.shape),
    }


def near(got: Any, path: Any) -> bool:
    """`same`, as closely as a path by difference quotients is; a list of points will do."""
    return same(got, path, 1e-6, 1e-4, lists=True)


def check(student: Any, start: Any, steps: int, lr: float, keep: float = 0.0) -> None:
    optimizer = student.make("Downhill(lr, keep)", given=SOURCE, lr=lr, keep=keep)
    with telling(), named(ERRORS):
        got = student.trajectory(optimizer, start, steps)
    expected = walk(momentum(lr, keep), start, steps)
    wrong = {} if near(got, expected) else mistakes(momentum(lr, keep), start, steps)
    wrong = {key: value for key, value in wrong.items() if callable(value) or not near(value, expected)}
    with telling():  # 1e-4: the gradient may be a difference quotient
        assert_close(got, expected, mistaken=wrong, rtol=1e-6, atol=1e-4, sequence=True)


@credit(2, task="trajectory", shown=True)
def test_trajectory(student, part):
    """trajectory lists the points that an optimizer visits on x²/20 + y²

    trajectory는 x²/20 + y² 위에서 옵티마이저가 지나는 점을 모두 돌려준다
    """
    with part("three steps of SGD, as in the handout", "교재에 나온 SGD의 세 걸음", points=1):
        show_paths(student)
        check(student, START, 3, 0.95)
    with part("start stays where it was", "start는 제자리에 남는다", points=1):
        check_start(student)


@credit(2, task="trajectory")
def test_trajectory_elsewhere(student, part, rng):
    """trajectory lists the points from other starts too, and with any optimizer

    trajectory는 다른 출발점, 다른 옵티마이저에서도 지나는 점을 모두 돌려준다
    """
    with part("other starts, other learning rates", "다른 출발점, 다른 학습률", points=1):
        for steps in (4, 4, 7):
            check(student, place(rng), steps, float(rng.uniform(0.2, 0.8)))
    with part("an optimizer that remembers", "기억이 있는 옵티마이저", points=1):
        for steps in (5, 5, 9):
            check(student, place(rng), steps, float(rng.uniform(0.1, 0.3)), 0.8)


def place(rng: np.random.Generator) -> Any:
    return rng.uniform(2.0, 8.0, 2) * rng.choice([-1.0, 1.0], 2)


def check_start(student: Any) -> None:
    """The start is as it was, although the optimizer works in place; and it is not for lack of a path."""
    optimizer = student.make("Downhill(lr, keep)", given=SOURCE, lr=0.5, keep=0.0)
    with named(ERRORS):
        got = student.trajectory(optimizer, START, 4)
    changed = 1 in student.last.changed
    array = numbers(got, lists=True)
    if array.ndim != 2 or not np.all(np.isfinite(array)) or not np.any(array != array[:1]):
        check(student, START, 4, 0.5)
    if changed:
        fail("trajectory.start-changed")


def show_paths(student: Any) -> None:
    """Draw the paths of the student's own five optimizers over contour lines of f."""
    lines = [curve(name, path[:, 0], path[:, 1]) for name, path in own_paths(student, FIVE).items()]
    if not lines:
        return
    angle = np.linspace(0, 2 * np.pi, 121)
    rings = [dashed(None, np.sqrt(20 * c) * np.cos(angle), np.sqrt(c) * np.sin(angle)) for c in (0.1, 0.5, 1.5, 3.0)]
    show_plot(
        "Your optimizers on f(x, y) = x²/20 + y², from (-7, 2): 30 steps; dashed: where f is 0.1, 0.5, 1.5 and 3",
        "f(x, y) = x²/20 + y² 위에서 (-7, 2)에서 출발한 여러분의 옵티마이저: 30걸음. 점선은 f가 0.1, 0.5, 1.5, 3인 곳",
        *rings,
        *lines,
        dots(None, START[:1], START[1:]),
        ylabel="y",
        ylim=(-3.0, 3.0),
    )
