"""Hidden grader of 04_derivatives: the derivative that tells what it does. The printout is graded line by line."""

from __future__ import annotations

import numpy as np
from printout import debug_lines, require_order, require_start, require_steps, require_totals
from quotient import check, check_elsewhere
from stencil import cubic, somewhere

from autograder import credit, numbers


@credit(5, task="numerical_derivative_debug", shown=True)
def test_the_printout_of_the_lecture(student, part):
    """numerical_derivative_debug(f, [3.0]) prints the five lines for f(x) = x²

    numerical_derivative_debug(f, [3.0])은 f(x) = x²에 대해 다섯 줄을 출력한다
    """
    x = np.array([3.0])
    function = student.numerical_derivative_debug
    with part("the gradient comes back", "기울기를 돌려준다", points=1):
        check(function, lambda x: np.sum(x**2), x, 2 * x)
    printed = student.last.stdout
    with part("debug 1 and 2", "debug 1과 2", points=1):
        require_start(debug_lines(printed), x)
    with part("debug 3 and 4", "debug 3과 4", points=2):
        require_steps(debug_lines(printed), x, 2 * x)
    with part("debug 5", "debug 5", points=1):
        require_totals(debug_lines(printed), x, 2 * x)


@credit(2, task="numerical_derivative_debug")
def test_the_printout_of_other_arrays(student, part, rng):
    """numerical_derivative_debug prints lines 3 to 5 once for each element

    numerical_derivative_debug는 원소마다 debug 3~5를 한 번씩 출력한다
    """
    for name, shapes in ((("a vector", "벡터"), ((3,), (3,))), (("a matrix", "행렬"), ((2, 2), (2, 2)))):
        with part(*name, points=1):
            for shape in shapes:
                x = somewhere(rng, shape)
                formula, gradient = cubic(rng, shape)
                given = numbers(check_elsewhere(student.numerical_derivative_debug, formula, x, gradient(x)))
                lines = debug_lines(student.last.stdout)
                require_start(lines, x)
                require_steps(lines, x, given)
                require_totals(lines, x, given)
                require_order(lines, x.size)
