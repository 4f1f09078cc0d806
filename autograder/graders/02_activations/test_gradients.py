"""Hidden grader of 02_activations, the derivatives, and how fast a gradient vanishes.

Whether the student's `sigmoid`, `tanh` and `relu` are right is asked elsewhere, and costs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import elementwise as shared
import numpy as np
from elementwise import OTHER_SHAPES, VECTORS, check, check_other_shapes, check_vectors, sigmoid

from autograder import Finding, credit, forget_warnings, has_nan


def check_slope(
    student: Any, part: Any, rng: np.random.Generator, base: str, right: Any, formula: Any, wrong: shared.Wrong
) -> None:
    """The three parts of `<base>_grad`, whose `formula` is the derivative of `right`, which `base` should be."""
    name = f"{base}_grad"
    own, repaired = getattr(student, name), getattr(student.replacing(**{base: right}), name)
    nan = {f"{name}.nan": lambda x: has_nan}

    def check_known(function: Any) -> None:
        check(function, formula, wrong, np.array([-1.0, 0.0, 2.0]))
        for x in (shared.FAR, shared.FAR / 2):
            check(function, formula, lambda x=x: shared.telling(wrong, x) | nan, x)

    with part("the peak and its neighbours, -1000 and 1000", "꼭대기와 그 옆, -1000과 1000", points=1, shown=True):
        if not shared.is_sound(getattr(student, base), right):
            own = repaired
        with_either(own, repaired, check_known)
    with part(*VECTORS, points=1):
        with_either(own, repaired, lambda function: check_vectors(function, formula, wrong, rng))
    with part(*OTHER_SHAPES, points=1):
        with_either(own, repaired, lambda function: check_other_shapes(function, formula, wrong, rng))


def with_either(own: Any, repaired: Any, ask: Callable[[Any], None]) -> None:
    """What fails as it is may fail because of what it is built on; it is asked again where that is right."""
    try:
        ask(own)
    except Finding:
        forget_warnings()
        ask(repaired)


# ---- sigmoid' ----

SIGMOID_GRAD = {
    "sigmoid_grad.sigmoid": sigmoid,
    "sigmoid_grad.of-output": lambda x: x * (1 - x),
    "sigmoid_grad.mixed": lambda x: sigmoid(x) * (1 - x),
    "sigmoid_grad.tanh-rule": lambda x: 1 - sigmoid(x) ** 2,
    "sigmoid_grad.plus": lambda x: sigmoid(x) * (1 + sigmoid(x)),
    "sigmoid_grad.brackets": lambda x: sigmoid(x) * 1 - sigmoid(x),
    "sigmoid_grad.one-minus": lambda x: 1 - sigmoid(x),
    "sigmoid_grad.sign": lambda x: -sigmoid(x) * sigmoid(-x),
    "sigmoid_grad.twice": lambda x: slope(sigmoid(x)),
}


def slope(x: Any) -> Any:
    return sigmoid(x) * sigmoid(-x)


@credit(3, task="sigmoid_grad")
def test_sigmoid_grad(student, part, rng):
    """sigmoid_grad is the derivative of the sigmoid, which peaks at 0.25

    sigmoid_grad는 시그모이드의 도함수이고 최댓값은 0.25이다
    """
    check_slope(student, part, rng, "sigmoid", sigmoid, slope, SIGMOID_GRAD)


# ---- tanh' ----

TANH_GRAD = {
    "tanh_grad.tanh": np.tanh,
    "tanh_grad.no-square": lambda x: 1 - np.tanh(x),
    "tanh_grad.plus": lambda x: 1 + np.tanh(x) ** 2,
    "tanh_grad.doubled": lambda x: 1 - 2 * np.tanh(x),
    "tanh_grad.sigmoid-rule": lambda x: np.tanh(x) * (1 - np.tanh(x)),
    "tanh_grad.of-output": lambda x: 1 - x**2,
    "tanh_grad.square-inside": lambda x: 1 - np.tanh(x**2),
    "tanh_grad.square-outside": lambda x: (1 - np.tanh(x)) ** 2,
    "tanh_grad.sign": lambda x: np.tanh(x) ** 2 - 1,
    "tanh_grad.square-only": lambda x: np.tanh(x) ** 2,
}


def tanh_slope(x: Any) -> Any:
    return 1 - np.tanh(x) ** 2


@credit(3, task="tanh_grad")
def test_tanh_grad(student, part, rng):
    """tanh_grad is the derivative of tanh, 1 - tanh²

    tanh_grad는 tanh의 도함수 1 - tanh²이다
    """
    check_slope(student, part, rng, "tanh", np.tanh, tanh_slope, TANH_GRAD)


# ---- ReLU' ----

RELU_GRAD = {
    "relu_grad.relu": lambda x: np.maximum(x, 0),
    "relu_grad.at-zero": lambda x: (x >= 0).astype(int),
    "relu_grad.half-at-zero": lambda x: np.heaviside(x, 0.5),
    "relu_grad.minus-one": lambda x: np.where(x > 0, 1, -1),
    "relu_grad.sign": np.sign,
    "relu_grad.turned-round": lambda x: x < 0,
    "relu_grad.ones": lambda x: np.ones(x.shape),
    "relu_grad.filtered": lambda x: np.ones(np.sum(x > 0)),
    "relu_grad.leaky": lambda x: np.where(x > 0, 1, 0.01),
    "relu_grad.nan": lambda x: has_nan,
    "relu_grad.bool": lambda x: lambda got: isinstance(got, np.ndarray) and got.dtype.kind == "b",
}


def relu_slope(x: Any) -> Any:
    return np.where(x > 0, 1.0, 0.0)


@credit(3, task="relu_grad")
def test_relu_grad(student, part, rng):
    """relu_grad is 1 above 0, else 0

    relu_grad는 0보다 크면 1, 아니면 0이다
    """
    own, repaired = student.relu_grad, student.replacing(relu=lambda x: np.maximum(x, 0)).relu_grad

    def check_known(function: Any) -> None:
        for x in ([-2.0, 0.0, 3.0], [0.0, 0.0, 0.0], [-2.0, 0.5, 3.0]):
            check(function, relu_slope, RELU_GRAD, np.array(x))

    with part("both sides, and 0 itself", "양쪽, 그리고 정확히 0일 때", points=1, shown=True):
        with_either(own, repaired, check_known)
    with part(*VECTORS, points=1):
        with_either(own, repaired, lambda function: check_vectors(function, relu_slope, RELU_GRAD, rng))
    with part(*OTHER_SHAPES, points=1):
        with_either(own, repaired, lambda function: check_other_shapes(function, relu_slope, RELU_GRAD, rng))


# ---- the vanishing gradient ----

VANISHING = {
    "max_gradient_after.times": lambda layers: 0.25 * layers,
    "max_gradient_after.swapped": lambda layers: layers**0.25,
    "max_gradient_after.half": lambda layers: 0.5**layers,
    "max_gradient_after.one-less": lambda layers: 0.25 ** (layers - 1),
    "max_gradient_after.one-more": lambda layers: 0.25 ** (layers + 1),
    "max_gradient_after.once": lambda layers: 0.25,
    "max_gradient_after.reciprocal": lambda layers: 1 / (4 * layers),
    "max_gradient_after.grows": lambda layers: 4.0**layers,
    "max_gradient_after.list": lambda layers: (
        lambda got: isinstance(got, (list, tuple)) or getattr(got, "shape", ()) != ()
    ),
}


@credit(2, task="max_gradient_after")
def test_max_gradient_after(student, part, rng):
    """every sigmoid layer keeps at most a quarter of the gradient

    시그모이드 층을 하나 지날 때마다 기울기는 많아야 4분의 1이 남는다
    """

    def ask(layers: int) -> None:
        check(student.max_gradient_after, lambda n: 0.25**n, VANISHING, layers, rtol=1e-9, atol=0)

    with part("two and three layers", "층 두 개와 세 개", points=1, shown=True):
        ask(3)
        ask(2)
    with part("deep networks", "깊은 신경망", points=1):
        for layers in rng.choice(np.arange(4, 25), 4, replace=False):
            ask(int(layers))
        ask(1)
