"""Hidden grader of 02_activations, the functions: step, sigmoid, ReLU, tanh, leaky ReLU, ELU, maxout, identity.

Every wrong formula that students of this material write is computed beside the right one and has a key of its own.
Hidden inputs stay at least 0.1 away from 0, where many wrong formulas agree with the right one.
"""

from __future__ import annotations

from typing import Any

import elementwise as shared
import numpy as np
from elementwise import OTHER_SHAPES, VECTORS, check, check_other_shapes, check_vectors, sigmoid

from autograder import (
    assert_bit,
    assert_bits,
    assert_quiet,
    assert_unchanged,
    credit,
    fail,
    has_nan,
    named,
    numbers,
    same,
)

MACHINE_PRECISION = 1e-15  # a few roundings of a float64 near 1


# ---- step ----

STEP = {
    "step.at-zero": lambda x: (x >= 0).astype(int),
    "step.half-at-zero": lambda x: np.heaviside(x, 0.5),
    "step.minus-one": lambda x: np.where(x > 0, 1, -1),
    "step.sign": np.sign,
    "step.turned-round": lambda x: (x < 0).astype(int),
    "step.relu": lambda x: np.maximum(x, 0),
    "step.filtered": lambda x: x[x > 0],
    "step.filtered-ones": lambda x: np.ones(np.sum(x > 0)),
    "single-number": lambda x: lambda got: isinstance(got, (int, float, np.generic)),
}


def check_step(function: Any, x: Any) -> None:
    with named(shared.ERRORS):
        got = function(x)
    if got is None and function.student.last.stdout:
        fail("printed")
    expected = (x > 0).astype(int)
    values = {key: value(x) for key, value in STEP.items()}
    assert_bits(got, expected, mistaken={k: v for k, v in values.items() if callable(v) or not same(v, expected)})


@credit(4, task="step_function")
def test_step_function(student, part, rng):
    """step_function gives 1 above 0, else 0, for every element

    step_function은 원소마다 0보다 크면 1, 아니면 0을 돌려준다
    """
    with part("the example of the lecture", "강의 예제", points=1, shown=True):
        check_step(student.step_function, np.array([-1.0, 1.0, 2.0]))
    with part("at 0 itself", "정확히 0일 때", points=1, shown=True):
        check_step(student.step_function, np.array([-0.5, 0.0, 0.5]))
    with part(*VECTORS, points=1):
        for first in (-1, 1):
            check_step(student.step_function, shared.sums(rng, (6,), first))
            assert_unchanged()
            check_step(student.step_function, shared.sums(rng, (5,), first, whole=True))
    with part(*OTHER_SHAPES, points=1):
        check_other_steps(student.step_function, rng)


def check_other_steps(function: Any, rng: np.random.Generator) -> None:
    for shape in shared.SHAPES:
        for first in (-1, 1):
            check_step(function, shared.sums(rng, shape, first))
    with named({"zero-d": r"^(error\S*|bits\.not-a-bit) "}):
        assert_bit(function(shared.sums(rng, (), -1)), 0)
        assert_bit(function(shared.sums(rng, (), 1)), 1)
    with named({"empty": r"^(error\S*|type\.list|shape) "}):
        assert_bits(function(np.zeros(0)), np.zeros(0, dtype=int))


# ---- sigmoid ----

SIGMOID = {
    "sigmoid.brackets": lambda x: 1 / 1 + np.exp(-x),
    "sigmoid.sign": lambda x: sigmoid(-x),
    "sigmoid.tanh": np.tanh,
    "sigmoid.scaled": lambda x: sigmoid(2 * x),
    "sigmoid.minus-below": lambda x: 1 / (1 - np.exp(-x)),
    "sigmoid.gradient": lambda x: sigmoid(x) * sigmoid(-x),
    "sigmoid.e": lambda x: lambda got: has_rounded_e(got, x),
}


def has_rounded_e(got: Any, x: Any) -> bool:
    """Whether `got` is the sigmoid with 2.7, 2.72 or the like in place of e."""
    array = numbers(got)
    near = np.abs(x) < 30  # farther out every base gives 0 and 1
    if array.shape != x.shape or not np.all((array[near] > 0) & (array[near] < 1)):
        return False
    bases = ((1 - array[near]) / array[near]) ** (-1 / x[near])
    return any(np.all(np.abs(bases - base) < 1e-6) for base in (2.7, 2.71, 2.72, 2.718, 2.7182, 2.7183, 2.71828))


@credit(3, task="sigmoid")
def test_sigmoid(student, part, rng):
    """sigmoid is 1 / (1 + e^-x), element by element

    sigmoid는 원소마다 1 / (1 + e^-x)를 구한다
    """
    with part("the example of the lecture", "강의 예제", points=1, shown=True):
        check(student.sigmoid, sigmoid, SIGMOID, np.array([-1.0, 1.0, 2.0]))
    with part(*VECTORS, points=1):
        check_vectors(student.sigmoid, sigmoid, SIGMOID, rng)
    with part(*OTHER_SHAPES, points=1):
        check_other_shapes(student.sigmoid, sigmoid, SIGMOID, rng)


@credit(1, task="sigmoid", shown=True)
def test_sigmoid_far_from_zero(student):
    """sigmoid of -1000 and 1000 is 0 and 1, without an overflow

    sigmoid(-1000)은 0, sigmoid(1000)은 1이고 오버플로가 나지 않는다
    """
    far = {
        "sigmoid.nan": lambda x: has_nan,
        "sigmoid.clipped": lambda x: lambda got: same(got, sigmoid(x), 1e-4, 1e-3),
    }
    with named({"sigmoid.overflow": r"^floating-point\.overflow"}):
        for x in (shared.FAR, shared.FAR / 2):
            check(student.sigmoid, sigmoid, lambda x=x: shared.telling(SIGMOID, x) | far, x, atol=MACHINE_PRECISION)
        assert_quiet()


# ---- ReLU ----

RELU = {
    "relu.minimum": lambda x: np.minimum(x, 0),
    "relu.absolute": np.abs,
    "relu.step": lambda x: x > 0,
    "relu.mirrored": lambda x: np.maximum(-x, 0),
    "relu.filtered": lambda x: x[x > 0],
    "relu.one": lambda x: np.maximum(x, 1),
    "relu.leaky": lambda x: np.maximum(x, 0.01 * x),
}


@credit(3, task="relu")
def test_relu(student, part, rng):
    """relu lets positive values pass and gives 0 for all others

    relu는 양수는 그대로 내보내고 나머지는 0으로 만든다
    """
    right = lambda x: np.maximum(x, 0)  # noqa: E731
    with part("the example of the handout", "교재 예제", points=1, shown=True):
        check(student.relu, right, RELU, np.array([-1.0, 0.0, 3.0]))
    with part(*VECTORS, points=1):
        check_vectors(student.relu, right, RELU, rng)
    with part(*OTHER_SHAPES, points=1):
        check_other_shapes(student.relu, right, RELU, rng)


# ---- tanh ----

TANH = {
    "tanh.denominator": lambda x: np.where(x == 0, np.nan, 1.0),
    "tanh.numerator": lambda x: np.ones(x.shape),
    "tanh.upside-down": lambda x: 1 / np.tanh(x),
    "tanh.moved-sigmoid": lambda x: sigmoid(x) - 0.5,
    "tanh.half-speed": lambda x: 2 * sigmoid(x) - 1,
    "tanh.brackets": lambda x: np.exp(x) - np.exp(-x) / np.exp(x) + np.exp(-x),
    "tanh.numerator-only": lambda x: np.exp(x) - np.exp(-x),
    "tanh.sinh": np.sinh,
    "tanh.tan": np.tan,
    "tanh.sign": lambda x: -np.tanh(x),
}


@credit(3, task="tanh")
def test_tanh(student, part, rng):
    """tanh is (e^x - e^-x) / (e^x + e^-x), element by element

    tanh는 원소마다 (e^x - e^-x) / (e^x + e^-x)를 구한다
    """
    with part("a worked example", "계산 예제", points=1, shown=True):
        check(student.tanh, np.tanh, TANH, np.array([-0.3, 0.0, 1.7]))
    with part(*VECTORS, points=1):
        check_vectors(student.tanh, np.tanh, TANH, rng)
    with part(*OTHER_SHAPES, points=1):
        check_other_shapes(student.tanh, np.tanh, TANH, rng)


@credit(1, task="tanh", shown=True)
def test_tanh_far_from_zero(student):
    """tanh of -1000 and 1000 is -1 and 1

    tanh(-1000)은 -1, tanh(1000)은 1이다
    """
    for x in (shared.FAR, shared.FAR / 2):
        check(student.tanh, np.tanh, lambda x=x: shared.telling(TANH, x) | {"tanh.nan": lambda x: has_nan}, x)
