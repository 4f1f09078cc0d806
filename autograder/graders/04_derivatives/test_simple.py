"""Hidden grader of 04_derivatives: the derivative of a function of one number.

Any step gives 6 for x² at 3, so the step is judged by the points at which f is asked, and the value by a cubic.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from quotient import ask, check, check_elsewhere, compare, compare_nonfinite, judge
from stencil import Formula, Probe, require_central, somewhere

from autograder import Finding, assert_unchanged, credit, curve, dots, forget_warnings, numbers, show_plot

SPIKE = 5.0
DELTAS = np.logspace(-13, 0, 131)


@credit(3, task="simple_derivative", shown=True)
def test_simple_derivative_of_the_lecture(student, part):
    """simple_derivative(f, x) looks a little to the right and a little to the left

    simple_derivative(f, x)는 x의 조금 오른쪽과 조금 왼쪽을 본다
    """
    with part("x² at 3.0", "x²의 x = 3.0에서의 미분값", points=1):
        check_value(student.simple_derivative)
    with part("x³ at 2.0, and where f is asked", "x³의 x = 2.0에서의 미분값과 f를 부른 자리", points=2):
        f = Probe(lambda x: x**3, 2.0)
        got = ask(student.simple_derivative, f, 2.0)
        draw_error(got, f)
        judge(got, 12.0, f)


def check_value(function: Any) -> None:
    """6, by whatever points; where the value alone does not say what is wrong, the points do."""
    f = Probe(lambda x: x**2, 3.0)
    got = ask(function, f, 3.0)
    try:
        compare(got, 6.0, f)
    except Finding as finding:
        if finding.key == "value":
            require_central(f)
        raise


def draw_error(got: Any, f: Probe) -> None:
    """The error of the quotients of x³ at 2 over δ, and on it the student's own δ and error."""
    x = 2.0
    central = ((x + DELTAS) ** 3 - (x - DELTAS) ** 3) / (2 * DELTAS)
    forward = ((x + DELTAS) ** 3 - x**3) / DELTAS
    offsets = [abs(float(point) - x) for point in f.points if point != x]
    error = abs(float(numbers(got)) - 12.0) if numbers(got).shape == () else np.nan
    show_plot(
        "x³ at 2: how far the quotient is from 12, for every δ. The dot is your function.",
        "x = 2에서 x³의 미분값 12와의 차이를 δ마다 그린 것. 점이 여러분의 함수입니다.",
        curve(("central difference", "중심 차분"), DELTAS, np.maximum(abs(central - 12), 1e-14)),
        curve(("forward difference", "전진 차분"), DELTAS, np.maximum(abs(forward - 12), 1e-14)),
        dots(("yours", "내 함수"), np.array([min(offsets, default=np.nan)]), np.array([max(error, 1e-14)])),
        xlabel="δ",
        ylabel=("error", "오차"),
        logx=True,
        logy=True,
    )


@credit(3, task="simple_derivative")
def test_simple_derivative_of_other_functions(student, part, rng):
    """simple_derivative works for any function at any place

    simple_derivative는 어떤 함수, 어떤 x에서도 통한다
    """
    with part("nan and inf are passed on", "nan과 inf는 그대로 나온다", points=1, shown=True):
        check_nonfinite(student.simple_derivative)
    with part("cubics and others", "삼차함수와 다른 함수들", points=1):
        for _ in range(3):
            x = float(somewhere(rng, ()))
            formula, expected = cubic_of(x, rng)
            check(student.simple_derivative, formula, x, expected, spike=SPIKE)
        x = float(somewhere(rng, ()))
        check(student.simple_derivative, np.exp, x, np.exp(x), spike=SPIKE)
        check(student.simple_derivative, np.sin, x, np.cos(x), spike=SPIKE)
    with part("whole numbers, NumPy numbers", "정수와 NumPy의 수", points=1):
        whole = int(rng.integers(2, 6))
        for x in (whole, np.int64(whole + 1), np.float64(somewhere(rng, ())), somewhere(rng, ()), np.array(-whole)):
            formula, expected = cubic_of(x, rng)
            check_elsewhere(student.simple_derivative, formula, x, expected)
            assert_unchanged()


def cubic_of(x: Any, rng: np.random.Generator) -> tuple[Formula, Any]:
    """A random cubic, and its derivative at x."""
    a, b, c = somewhere(rng, (3,)) * (1, 1, 0.5)
    return lambda x: a * x + b * x**2 + c * x**3, a + 2 * b * x + 3 * c * x**2


def check_nonfinite(function: Any) -> None:
    """What f has no ordinary value for has no ordinary derivative."""
    check_elsewhere(function, lambda x: x**3, 1.0, 3.0)
    cases = (
        (lambda x: np.where(x == 1, x, np.nan), 1.0, np.nan),
        (lambda x: np.where(x == 1, x, np.copysign(np.inf, x - 1)), 1.0, np.inf),
        (lambda x: x**2, np.nan, np.nan),
    )
    for formula, x, expected in cases:
        f = Probe(formula, x)
        got = ask(function, f, x)
        compare_nonfinite(got, expected, f)
    forget_warnings()  # they are about what the grader's f gave
