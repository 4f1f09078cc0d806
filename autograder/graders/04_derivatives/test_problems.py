"""Hidden grader of 04_derivatives: problems 3 and 4, problem 5 with whole numbers and with floats.

Problems 3 and 4 run with a right numerical_derivative in place of the student's own, so that they do not depend on it;
it also says whether it was called. In problem 5 a tracer says whether anything was computed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from quotient import ERRORS

from autograder import agrees, assert_close, credit, fail, named, numbers, remark, same

DIGITS = 1e-7  # a central difference of x² is right to 1e-10, a forward difference to 2e-6
RIGHT = """
def watched(gave, scale):
    def numerical_derivative(*args, **kwargs):
        f, x, *_ = [*args, *sorted(kwargs.values(), key=callable, reverse=True)]
        if callable(x) and not callable(f):
            raise TypeError("the place before the function")
        x = np.array(x, dtype=float)
        grad = np.zeros_like(x)
        for idx in np.ndindex(x.shape):
            value = x[idx]
            x[idx] = value + 1e-5
            above = f(x)
            x[idx] = value - 1e-5
            below = f(x)
            x[idx] = value
            grad[idx] = (above - below) / 2e-5
        gave(scale * grad)
        return scale * grad
    return numerical_derivative
"""


# Python's steps in the student's file: a number written down takes 2 to 9 of them, in an array, by a formula or as
# 5 / (2 * h) up to 11; the shortest honest solutions found take 18 (a float) and 21 (the integer array).
FEWEST, MANY = 13, 1000
COUNT = """
import sys

def steps(name, many):
    '''How many opcodes of derivatives.py a call executes, at most `many`; 0 where that cannot be told.'''
    try:
        function = getattr(sys.modules["derivatives"], name)
        return (monitored if hasattr(sys, "monitoring") else traced)(function, many)
    except Exception:
        return 0

def monitored(function, many):
    '''From Python 3.12 on, where tracing misses opcodes.'''
    found, watch, tool = 0, sys.monitoring, sys.monitoring.PROFILER_ID
    instruction = watch.events.INSTRUCTION

    def step(code, offset):
        nonlocal found
        if code.co_filename != "derivatives.py":
            return watch.DISABLE
        found += 1
        if found >= many:
            watch.set_events(tool, 0)

    watch.use_tool_id(tool, "steps")
    watch.register_callback(tool, instruction, step)
    watch.set_events(tool, instruction)
    try:
        function()
    finally:
        watch.set_events(tool, 0)
        watch.free_tool_id(tool)
    return found

def traced(function, many):
    found = 0

    def step(frame, event, arg):
        nonlocal found
        found += event == "opcode"
        if found >= many:
            sys.settrace(None)
            return None
        return step

    def enter(frame, event, arg):
        if frame.f_code.co_filename != "derivatives.py":
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    sys.settrace(enter)
    try:
        function()
    finally:
        sys.settrace(None)
    return found
"""


def require_computed(student: Any, name: str) -> None:
    """The function does more than to hand over a number. Where the tracer does not work nothing is said."""
    found = student.make("steps(name, many)", given=COUNT, name=name, many=MANY).fetch()
    if isinstance(found, int) and 0 < found < FEWEST:
        fail("problem5.written-down")


NOT_CALLED_SO = {"problem.array-of-one": r"^error\.array-element", "problem.order": r"^TypeError: the place before"}


def ask(student: Any, name: str, gave: Any, scale: float = 1.0) -> Any:
    """What that function gives with a right numerical_derivative; its gradients, times `scale`, go to `gave` too."""
    right = student.make("watched(gave, scale)", given=RIGHT, gave=gave, scale=scale)
    function = getattr(student.replacing(numerical_derivative=right), name)
    with named(ERRORS | NOT_CALLED_SO):
        got = function()
    if got is None and student.last.stdout:
        fail("printed")
    return got


def require_used(student: Any, name: str) -> None:
    """Every number that came back is one of numerical_derivative, which gives twice the right ones: none is known."""
    gradients: list[Any] = []
    got = ask(student, name, gradients.append, scale=2.0)
    if not gradients:
        fail("problem.not-called")
    known = np.concatenate([numbers(gradient).ravel() for gradient in gradients])
    values = numbers(got, lists=True).ravel()
    if not values.size or not known.size:
        fail("problem.not-used")
    if not all(agrees(value, known[np.argmin(np.abs(known - value))]) for value in values):
        fail("problem.not-used")


# ---- problems 3 and 4 ----

PROBLEM3 = {
    "problem3.turned-round": [15.0, 8.0],
    "problem3.place": [5.0, 9.0],
    "problem3.square": [8.0, 7.0],
    "problem3.no-cube": [8.0, 3.0],
    "problem3.no-product": [2.0, 12.0],
    "problem.value": lambda got: same(got, 16.0, 1e-6),
    "problem3.sum": lambda got: same(got, 23.0, 1e-6),
}
PROBLEM4 = {
    "problem4.flat": [5.0, 13.0, 32.0, 15.0],
    "problem4.letters": [[6.0, 28.0], [9.0, 10.0]],
    "problem4.transposed": [[5.0, 32.0], [13.0, 15.0]],
    "problem4.square": [[5.0, 13.0], [16.0, 12.0]],
    "problem4.square-of-product": [[5.0, 13.0], [104.0, 78.0]],
    "problem4.no-3w": [[2.0, 13.0], [32.0, 15.0]],
    "problem.value": lambda got: same(got, 65.0, 1e-6),
}


@credit(2, task="problem3", shown=True)
def test_problem3(student, part):
    """problem3 gives [8, 15], the partial derivatives of 2x + 3xy + y³ at (1, 2)

    problem3은 2x + 3xy + y³의 (1, 2)에서의 편미분 값 [8, 15]를 돌려준다
    """
    with part("the value", "값", points=1):
        got = ask(student, "problem3", lambda gradient: None)
        assert_close(got, [8.0, 15.0], mistaken=PROBLEM3, sequence=True)
    with part("by numerical_derivative", "numerical_derivative로 구한다", points=1):
        require_used(student, "problem3")


@credit(2, task="problem4", shown=True)
def test_problem4(student, part):
    """problem4 gives [[5, 13], [32, 15]]: a matrix goes in, a matrix comes out

    problem4는 [[5, 13], [32, 15]]를 돌려준다. 행렬이 들어가면 행렬이 나온다
    """
    with part("the value", "값", points=1):
        got = ask(student, "problem4", lambda gradient: None)
        assert_close(got, [[5.0, 13.0], [32.0, 15.0]], mistaken=PROBLEM4, sequence=True)
    with part("by numerical_derivative", "numerical_derivative로 구한다", points=1):
        require_used(student, "problem4")


# ---- problem 5 ----

TRUNCATED = 249999.0  # 249999.99999999997 written into an integer array of gradients


def single(got: Any) -> Any:
    """The number in an array or sequence of one; anything else as it is."""
    array = numbers(got, lists=True)
    return float(array.item()) if array.shape in ((), (1,)) else got


@credit(2, task="derivative_of_int_input", shown=True)
def test_derivative_of_int_input(student):
    """derivative_of_int_input gives 250000, what comes out if x² is derived by writing into [3]

    derivative_of_int_input은 [3]에 그대로 써넣으며 x²을 미분할 때 나오는 값 250000을 돌려준다
    """
    with named(ERRORS | {"problem.array-of-one": r"^error\.array-element"}):
        got = student.derivative_of_int_input()
    deltas = [5 / (2 * 10.0**-power) for power in range(2, 8) if power != 5]
    wrong = {
        "int-input.converted": lambda got: same(got, 6.0, 1e-4),
        "int-input.zero": 0.0,
        "int-input.one-place": lambda got: same(got, 500000.0, 1e-4),
        "int-input.delta": lambda got: any(same(got, value, 1e-4) for value in deltas),
        "int-input.numerator": 5.0,
        "quotient.turned-round": -250000.0,
        "quotient.precedence": 2.5e-5,
    }
    if got is None and student.last.stdout:
        fail("printed")
    truncated = agrees(single(got), TRUNCATED, rtol=1e-9, atol=0)
    if truncated:
        remark("int-input.gradient-too")
    assert_close(single(got), TRUNCATED if truncated else 250000.0, mistaken=wrong, rtol=1e-6, atol=0)
    require_computed(student, "derivative_of_int_input")


@credit(1, task="derivative_of_float_input", shown=True)
def test_derivative_of_float_input(student):
    """derivative_of_float_input gives 6, the derivative of x² at [3.0]

    derivative_of_float_input은 [3.0]에서의 x²의 미분값 6을 돌려준다
    """
    gradients: list[Any] = []
    got = ask(student, "derivative_of_float_input", gradients.append)
    wrong = {
        "float-input.integer": lambda got: same(got, 250000.0, 1e-4),
        "float-input.forward": lambda got: same(got, 6 + 1e-5, 1e-9) or same(got, 6 - 1e-5, 1e-9),
        "float-input.value": 9.0,
        "quotient.delta-only": 12.0,
        "quotient.precedence": lambda got: same(got, 6e-10, 1e-3),
        "quotient.two-only": lambda got: same(got, 6e-5, 1e-3),
        "quotient.undivided": lambda got: same(got, 1.2e-4, 1e-3),
        "quotient.brackets": lambda got: same(got, 9.00006 - 8.99994 / 2e-5, 1e-6),
        "quotient.turned-round": -6.0,
    }
    assert_close(single(got), 6.0, mistaken=wrong, rtol=DIGITS, atol=0)
    if not gradients:
        require_computed(student, "derivative_of_float_input")
