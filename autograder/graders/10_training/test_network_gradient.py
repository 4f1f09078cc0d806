"""Hidden grader of 10_training, the network backwards: gradient and numerical_gradient.

Values agree to 1e-6, absolute and relative, where the sizes are about 0.1 to 1: backpropagation is exact to 1e-15, and
central differences with the steps that 04 allows to some 1e-7, so a gradient by differences earns the values' credit.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import two_layer_oracle as oracle
from network_case import (
    SIZES,
    Case,
    activation_of,
    asked,
    building_on_predict,
    case,
    example,
    network,
    parameters,
    place,
)
from sandbox_side import WATCH, close_to, count, generator, only_number
from two_layer_oracle import SHAPES, Activation

from autograder import assert_unchanged, credit, fail, named, numbers

SECONDS = 1.0  # for 784-50-10; backpropagation needs about a hundredth, differences many times as much


def gradients(got: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The four gradients. Raises Finding where they are not there or do not have the shapes of the parameters."""
    if got is None:
        fail("none")
    if not isinstance(got, dict) or not set(SHAPES) <= set(got):
        fail("gradient.not-a-dict")
    for key in ("b2", "W2", "b1", "W1"):
        array = numbers(got[key], lists=True)
        if key.startswith("b") and array.shape != wanted[key].shape and array.shape[1:] == wanted[key].shape:
            fail("gradient.bias-not-summed", name=key)
        if array.shape != wanted[key].shape:
            fail("gradient.shape", name=key)
    return {key: numbers(got[key], lists=True) for key in SHAPES}


def fits(got: Mapping[str, Any], wanted: Mapping[str, Any], tolerance: float = 1e-6) -> bool:
    return all(close_to(got[key], wanted[key], tolerance, tolerance) for key in wanted)


def check_gradient(it: Case, t: Any) -> Activation:
    with building_on_predict(it):
        return require_gradient(it, t)


def require_gradient(it: Case, t: Any) -> Activation:
    """`gradient` gives the gradient of the mean cross-entropy error of this network. Raises Finding."""
    activation = activation_of(it)
    wanted = oracle.gradient(it.params, it.x, it.labels, activation)
    got = gradients(asked(it, "gradient", t), wanted)
    if fits(got, wanted):
        return activation
    for key, wrong in oracle.wrong_gradients(it.params, it.x, it.labels, activation):
        if fits(got, wanted | wrong):
            fail(key)
    for key in ("b2", "W2", "b1", "W1"):
        if not close_to(got[key], wanted[key], 1e-6, 1e-6):
            fail("gradient.parameter", name=key)
    return activation


@credit(4, task="TwoLayerNet")
def test_gradient(student, part, rng):
    """gradient is the gradient of the loss, for every parameter

    gradient는 모든 매개변수에 대한 손실의 기울기이다
    """
    with part("the network of the handout", "교재의 신경망", points=1, shown=True):
        it = example(student)
        check_gradient(it, it.labels)
    with part("one-hot rows", "원-핫 행", points=1):
        for n in (7, 7, 3):
            it = case(student, rng, n)
            check_gradient(it, it.one_hot)
    with part("labels", "레이블", points=1):
        for n in (7, 7, 3):
            it = case(student, rng, n)
            check_gradient(it, it.labels)
    with part("x, t and params stay as they were", "x, t, params는 그대로 남는다", points=1):
        it = case(student, rng)
        wanted = oracle.gradient(it.params, it.x, it.labels, activation_of(it))
        got = it.net.gradient(it.x, it.one_hot)
        assert_unchanged()
        got = gradients(got, wanted)
        if not fits(parameters(it.net, SIZES), it.params):
            fail("gradient.changes-params")
        if not fits(got, wanted):
            check_gradient(it, it.one_hot)


@credit(2, task="TwoLayerNet")
def test_gradient_is_backpropagation(student, rng):
    """gradient is backpropagation: it does not call loss, and answers for 784-50-10 within a second

    gradient는 역전파이다. loss를 부르지 않고 784-50-10에서도 1초 안에 답한다
    """
    it = case(student, rng)
    watch = student.make("Watch(type(net), 'loss')", given=WATCH, net=it.net)
    activation = check_gradient(it, it.one_hot)
    times = count(watch.get("calls"))
    if times:
        fail("gradient.forward-by-loss" if times < len(SHAPES) else "gradient.calls-loss")
    sizes = (784, 50, 10)
    net = network(student, sizes, 0.1, generator(student, int(rng.integers(2**31))))
    images, labels = rng.uniform(0, 1, size=(20, 784)), rng.integers(0, 10, size=20)
    params = parameters(net, sizes)
    big = Case(net, params, student.make("x", x=images), labels, sizes)
    began = time.monotonic()
    with named({"gradient.slow": r"\Atimeout"}):
        got = asked(big, "gradient", labels)
    if time.monotonic() - began > SECONDS:
        fail("gradient.slow")
    wanted = oracle.gradient(params, images, labels, activation)
    got = gradients(got, wanted)
    exact = SHAPES if activation in oracle.KNOWN.values() else ("b2", "W2")  # the slope of an unusual one is only near
    for key in exact:
        if not close_to(got[key], wanted[key], 1e-6, 1e-6):
            fail("gradient.parameter", name=key)


def check_numerical(student: Any, it: Case, t: Any) -> None:
    with building_on_predict(it):
        require_differences(student, it, t)


def require_differences(student: Any, it: Case, t: Any) -> None:
    """Differences of the loss agree to a thousandth of the largest slope: every sensible step is that good."""
    wanted = oracle.gradient(it.params, it.x, it.labels, activation_of(it))
    got = gradients(asked(it, "numerical_gradient", t), wanted)
    largest = max(float(np.abs(value).max()) for value in wanted.values())
    tolerance = 1e-3 * largest
    if not fits(parameters(it.net, it.sizes), it.params, 1e-9):
        fail("numerical.not-restored")
    if fits(got, wanted, tolerance):
        return
    if follows_loss(student, it, t, got, largest):
        fail("numerical.loss-first")
    if fits(got, {key: 2 * value for key, value in wanted.items()}, tolerance):
        fail("numerical.doubled")
    if all(np.abs(value).max() < 1e-3 * largest for value in got.values()):
        fail("numerical.brackets")
    for key in ("W1", "b1", "W2", "b2"):
        if not close_to(got[key], wanted[key], tolerance, tolerance):
            fail("gradient.parameter", name=key)


def follows_loss(student: Any, it: Case, t: Any, got: Mapping[str, Any], largest: float) -> bool:
    """Whether `got` is the slope of the student's own loss, at one place of each parameter."""
    for key, value in it.params.items():
        index = np.unravel_index(int(np.abs(got[key]).argmax()), value.shape)
        sides = []
        for step in (1e-4, -1e-4):
            moved = value.copy()
            moved[index] += step
            place(student, it.net, it.sizes, it.params | {key: moved})
            sides.append(only_number(it.net.loss(it.x, t)))
        place(student, it.net, it.sizes, it.params)
        if None in sides or abs((sides[0] - sides[1]) / 2e-4 - got[key][index]) > 1e-3 * max(largest, 1.0):
            return False
    return True


@credit(2, task="TwoLayerNet")
def test_numerical_gradient(student, part, rng):
    """numerical_gradient differentiates the loss, and leaves params as it was

    numerical_gradient는 손실을 수치 미분하고 params를 그대로 둔다
    """
    with part("one-hot rows", "원-핫 행", points=1):
        for n in (7, 3):
            it = case(student, rng, n)
            check_numerical(student, it, it.one_hot)
    with part("labels", "레이블", points=1):
        for n in (7, 3):
            it = case(student, rng, n)
            check_numerical(student, it, it.labels)
