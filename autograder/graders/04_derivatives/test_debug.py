"""Hidden grader of 04_derivatives: the derivative that tells what it does. The printout is graded line by line.

Each kind of line has a part of its own, in the lecture's case and in others, so that one wrong line costs its own.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from printout import Line, debug_lines, require_order, require_start, require_steps, require_totals
from quotient import ask, check, derived, judge, require_unchanged
from stencil import Array, Formula, Probe, cubic, offsets, somewhere

from autograder import credit, numbers

SHAPES = ((3,), (2, 2))
Printout = tuple[Array, list[Line], Array]  # x, the lines, and the gradient that they should have


@credit(3, task="numerical_derivative_debug", shown=True)
def test_the_printout_of_the_lecture(student, part):
    """numerical_derivative_debug(f, [3.0]) prints the five lines for f(x) = x²

    numerical_derivative_debug(f, [3.0])은 f(x) = x²에 대해 다섯 줄을 출력한다
    """
    x = np.array([3.0])
    function = student.numerical_derivative_debug
    with part("the gradient comes back", "기울기를 돌려준다", points=1):
        check(function, square, x, 2 * x)
    with part("debug 1 and 2", "debug 1과 2", points=1):
        require_start(lines_of(function, square, x), x)
    with part("debug 3, 4 and 5", "debug 3, 4, 5", points=1):
        lines = lines_of(function, square, x)
        require_steps(lines, x, 2 * x)
        require_totals(lines, x, 2 * x)


@credit(4, task="numerical_derivative_debug")
def test_the_printout_of_other_arrays(student, part, rng):
    """numerical_derivative_debug does the same for vectors and matrices

    numerical_derivative_debug는 벡터와 행렬에서도 같은 일을 한다
    """
    function = student.numerical_derivative_debug
    told = cache(lambda: printouts(function, rng))
    with part("the gradient of a vector, of a matrix", "벡터와 행렬에서의 기울기", points=1):
        for shape in SHAPES * 2:
            check_gradient(function, shape, rng)
    with part("debug 1 and 2, once", "debug 1과 2는 한 번씩", points=1):
        for x, lines, _ in told():
            require_start(lines, x)
    with part("debug 3 and 4 for each element", "원소마다 debug 3과 4", points=1):
        for x, lines, gradient in told():
            require_steps(lines, x, gradient)
    with part("debug 5 for each element, in its turn", "원소마다 차례를 지켜 debug 5", points=1):
        for x, lines, gradient in told():
            require_totals(lines, x, gradient)
            require_order(lines, x.size)


def square(x: Array) -> Any:
    return np.sum(x**2)


def lines_of(function: Any, formula: Formula, x: Array) -> list[Line]:
    """What is printed at x. What comes back is judged elsewhere."""
    ask(function, Probe(formula, x), x)
    return debug_lines(function.student.last.stdout)


def check_gradient(function: Any, shape: tuple[int, ...], rng: np.random.Generator) -> None:
    """The gradient of f, one element at a time; δ and the quotient are judged in the lecture's case."""
    x = somewhere(rng, shape)
    formula, gradient = cubic(rng, shape)
    f = Probe(formula, x)
    got = ask(function, f, x)
    if not derived(got, gradient(x), f):
        judge(got, gradient(x), f)
    offsets(f)
    require_unchanged(function, x, "restore.changed")


def printouts(function: Any, rng: np.random.Generator) -> list[Printout]:
    """A printout for each shape. The lines have to agree with the gradient that came back, if one did."""
    found = []
    for shape in SHAPES:
        x = somewhere(rng, shape)
        formula, gradient = cubic(rng, shape)
        f = Probe(formula, x)
        got = ask(function, f, x)
        right = gradient(x)
        found.append((x, debug_lines(function.student.last.stdout), numbers(got) if derived(got, right, f) else right))
    return found
