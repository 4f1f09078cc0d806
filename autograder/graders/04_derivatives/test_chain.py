"""Hidden grader of 04_derivatives: e^(3x²) by the chain rule. A numerical derivative is told by its last digits."""

from __future__ import annotations

from typing import Any

import numpy as np
from quotient import ERRORS
from stencil import Array, somewhere

from autograder import assert_close, assert_unchanged, credit, curve, dots, fail, named, numbers, same, show_plot

EXACT = 1e-11  # the formula is right to 1e-14, the best numerical derivative to 1e-10


def formula(x: Array) -> Array:
    return np.asarray(6 * x * np.exp(3 * x**2))


def factors(x: Array) -> list[Array]:
    """What stands before e^(3x²) where the inner derivative went wrong."""
    return [3 * x, 2 * x, np.full(x.shape, 6.0), 3 * x**2, 6 * x**2, np.full(x.shape, 3.0)]


def check(function: Any, x: Any, rtol: float = 1e-5) -> None:
    with named(ERRORS):
        got = function(x)
    if got is None and function.student.last.stdout:
        fail("printed")
    x = np.asarray(x, dtype=float)
    power = np.exp(3 * x**2)
    wrong = {
        "chain.inner": power,
        "chain.outer": 6 * x,
        "chain.exponent": 6 * x * np.exp(6 * x),
        "chain.exponent-only": np.exp(6 * x),
        "chain.power-rule": lambda got: same(got, 3 * x**2 * np.exp(3 * x**2 - 1), 1e-6),
        "chain.brackets": lambda got: same(got, 6 * x * np.exp(9 * x**2), 1e-6),
        "chain.factor": lambda got: any(same(got, factor * power, 1e-6) for factor in factors(x)),
        "chain.sign": lambda got: same(-numbers(got), formula(x), 1e-6) or same(got, 6 * x / power, 1e-6),
        "chain.numerical": lambda got: same(got, formula(x), 1e-4, 1e-4),
    }
    assert_close(got, formula(x), mistaken=wrong, rtol=rtol, atol=rtol if rtol > EXACT else 0.0)
    assert_unchanged()


@credit(4, task="chain_rule_derivative")
def test_chain_rule_derivative(student, part, rng):
    """chain_rule_derivative(x) is the derivative of e^(3x²) by formula

    chain_rule_derivative(x)는 e^(3x²)의 미분값을 공식으로 구한다
    """
    function = student.chain_rule_derivative
    with part("the example of the handout", "교재의 예제", points=1, shown=True):
        draw(function)
        check(function, np.array([0.0, 0.5, 1.0]))
    with part("other places, vectors, matrices", "다른 x, 벡터와 행렬", points=1):
        for shape in ((4,), (4,), (2, 3), (0,)):
            check(function, somewhere(rng, shape) * 0.7)
    with part("single numbers, whole numbers", "수 하나와 정수", points=1):
        for x in (float(somewhere(rng, ())), somewhere(rng, ()), np.array([-1, 2, 1]), 1):
            check(function, x)
    with part("by formula, to the last digit", "마지막 자리까지 맞는 공식의 값", points=1):
        for _ in range(2):
            check(function, somewhere(rng, (5,)) * 0.7, rtol=EXACT)


def draw(function: Any) -> None:
    """The derivative by formula as a curve, what the student's function gives as dots."""
    wide, x = np.linspace(-1.0, 1.0, 81), np.linspace(-0.95, 0.95, 20)
    show_plot(
        "The derivative of e^(3x²): the curve is right, the dots are your chain_rule_derivative.",
        "e^(3x²)의 미분값: 곡선이 맞는 값이고, 점이 여러분의 chain_rule_derivative입니다.",
        curve("6x e^(3x²)", wide, formula(wide)),
        dots("chain_rule_derivative", x, numbers(function(x))),
        ylim=(-250.0, 250.0),
    )
