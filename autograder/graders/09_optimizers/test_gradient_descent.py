"""Hidden grader of 09_optimizers, gradient_descent: where the steps lead, and what becomes of the start.

The functions are polynomials of degree 4 whose exact gradient is known here. How the student differentiates is the
business of assignment 04: any quotient that agrees to about 1e-3 leads to the same place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from stepping import telling

from autograder import NOTHING, Finding, assert_close, credit, fail, numbers, same

ATOL = 1e-3  # a forward quotient with h = 1e-4 ends some 2e-4 beside the right place; a step more is 1e-2
START = np.array([-3.0, 4.0])


@dataclass(frozen=True)
class Valley:
    """f(x) = Σ a/2 (x - m)² + k/4 (x - m)⁴ + c x₀ x₁, with its gradient."""

    a: Any
    m: Any
    k: float
    c: float

    def __call__(self, x: Any) -> float:
        x = np.asarray(x, dtype=float)
        if x.shape != self.m.shape:
            raise ValueError("one point of the shape of init_x")
        u = x - self.m
        with np.errstate(all="ignore"):
            return float(np.sum(self.a / 2 * u**2 + self.k / 4 * u**4) + self.c * x[0] * x[-1])

    def gradient(self, x: Any) -> Any:
        u = x - self.m
        g = self.a * u + self.k * u**3
        g[0] += self.c * x[-1]
        g[-1] += self.c * x[0]
        return g


BOWL = Valley(np.array([2.0, 2.0]), np.zeros(2), 0.0, 0.0)  # x₀² + x₁²: the example of the handout


def draw(rng: np.random.Generator, size: int) -> Valley:
    return Valley(rng.uniform(0.5, 2, size), rng.uniform(-1, 1, size), 0.02, float(rng.uniform(0.05, 0.2)))


def place(rng: np.random.Generator, f: Valley) -> Any:
    """A start that is away from the bottom in every coordinate, so that every step counts."""
    return f.m + rng.uniform(1.5, 3, f.m.size) * rng.choice([-1.0, 1.0], f.m.size)


def walk(f: Valley, x: Any, lr: float, steps: int, change: Callable[..., Any] | None = None) -> list[Any]:
    """The points of the descent, the start included. `change(g)` in place of -g is a misconception."""
    path = [np.array(x, dtype=float)]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            g = f.gradient(path[-1])
            path.append(path[-1] + lr * (-g if change is None else change(g)))
    return path


def only(g: Any, place: int) -> Any:
    out = np.zeros_like(g)
    out[place] = g[place]
    return out


def mistakes(f: Valley, x: Any, lr: float, steps: int) -> dict[str, Any]:
    """What each misconception gives."""
    path = walk(f, x, lr, steps + 1)
    wrong = {
        "gd.tuple": lambda got: isinstance(got, (tuple, list)) and len(got) == 2 and np.ndim(got[0]) == 1,
        "gd.tuple#history": lambda got: np.ndim(got) == 2 and len(got) in (steps, steps + 1),
        "gd.value": lambda got: numbers(got).shape == (),
        "gd.stands": lambda got: np.array_equal(got, path[0]),
        "gd.uphill": walk(f, x, lr, steps, lambda g: g)[-1],
        "gd.one-step": path[1],
        "gd.step-count": path[steps - 1],
        "gd.step-count#more": path[steps + 1],
        "gd.fixed-lr": walk(f, x, 0.01, steps)[-1],
        "gd.fixed-lr#steps": walk(f, x, lr, 100)[-1],
        "gd.fixed-lr#none": walk(f, x, 1.0, steps)[-1],
        "gd.doubled": walk(f, x, 2 * lr, steps)[-1],
        "gd.one-coordinate": lambda got: any(
            ends(got, walk(f, x, lr, steps, lambda g, n=n: -only(g, n))[-1]) for n in (0, -1)
        ),
        "gd.hardly-moves": lambda got: 0 < np.max(np.abs(got - path[0])) < 1e-3 * np.max(np.abs(path[steps] - path[0])),
        "gd.far": lambda got: np.shape(got) == np.shape(path[0]) and not np.all(np.abs(got) < 1e4),
        "gd.shape": lambda got: numbers(got, lists=True).shape not in (NOTHING.shape, path[0].shape),
    }
    return {
        key: value
        for key, value in wrong.items()
        if callable(value) or (np.all(np.abs(value) < 1e4) and not ends(value, path[steps]))
    }


def ends(got: Any, point: Any) -> bool:
    """`same`, as closely as a descent by difference quotients is; a list will do."""
    return same(got, point, 1e-6, ATOL, lists=True)


def check(student: Any, f: Valley, x: Any, *settings: Any, lr: float = 0.01, steps: int = 100) -> None:
    with telling():
        got = student.gradient_descent(lambda point: f(point), x, *settings)
        expected = walk(f, x, lr, steps)[-1]
        wrong = {} if ends(got, expected) else mistakes(f, x, lr, steps)
        assert_close(got, expected, mistaken=wrong, rtol=1e-6, atol=ATOL, sequence=True)


@credit(3, task="gradient_descent", shown=True)
def test_gradient_descent(student, part):
    """gradient_descent goes step_num steps against the gradient

    gradient_descent는 기울기의 반대 방향으로 step_num번 나아간다
    """
    right = False
    with part("the worked example of the handout", "교재의 계산 예", points=1):
        check(student, BOWL, START, 0.1, 3, lr=0.1, steps=3)
        right = True
    with part("init_x stays where it was", "init_x는 제자리에 남는다", points=1):
        check_start(student)
    with part("a start in whole numbers", "정수로 된 출발점", points=1):
        check_integers(student, right)


@credit(2, task="gradient_descent")
def test_gradient_descent_elsewhere(student, part, rng):
    """gradient_descent finds its way on other functions, and without being told lr and step_num

    gradient_descent는 다른 함수에서도, lr과 step_num을 생략해도 제대로 나아간다
    """
    with part("other functions, learning rates and numbers of steps", "다른 함수, 다른 학습률, 다른 걸음 수", points=1):
        for size in (2, 2, 1, 3):
            lr, steps = float(rng.uniform(0.05, 0.12)), int(rng.integers(4, 7))
            valley = draw(rng, size)
            check(student, valley, place(rng, valley), lr, steps, lr=lr, steps=steps)
    with part("with the usual learning rate and number of steps", "학습률과 걸음 수를 생략했을 때", points=1):
        check_defaults(student, rng)


def check_defaults(student: Any, rng: np.random.Generator) -> None:
    """A hundred steps; with one coordinate they take the fewest calls. The last one still goes 1e-2."""
    valley = Valley(rng.uniform(0.7, 1.3, 1), rng.uniform(-1, 1, 1), 0.0, 0.05)
    try:
        check(student, valley, valley.m + rng.uniform(3.5, 4.5, 1) * rng.choice([-1.0, 1.0]))
    except Finding as finding:
        if finding.key in ("value", "arguments", "gd.fixed-lr", "gd.step-count"):
            raise Finding("gd.defaults", {}, finding.verdict) from None
        raise


def check_start(student: Any) -> None:
    """The start that was handed over is as it was, and it is not for lack of a descent."""
    got = student.gradient_descent(lambda point: BOWL(point), START, 0.1, 3)
    end = numbers(got)
    if end.shape != START.shape or not BOWL(end) < BOWL(START):
        check(student, BOWL, START, 0.1, 3, lr=0.1, steps=3)
    student.gradient_descent(lambda point: BOWL(point), START, 0.1, 3)
    if 1 in student.last.changed:
        fail("gd.start-changed")


def check_integers(student: Any, right: bool) -> None:
    try:
        check(student, BOWL, START.astype(int), 0.1, 3, lr=0.1, steps=3)
    except Finding as finding:
        if right and finding.key != "todo":
            raise Finding("gd.integers", {"function": "gradient_descent"}, finding.verdict, finding.line) from None
        raise
