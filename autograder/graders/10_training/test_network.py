"""Hidden grader of 10_training, the network forwards: parameters, predict, loss and accuracy."""

from __future__ import annotations

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
    found_out,
    network,
    parameters,
    place,
    predicted,
)
from sandbox_side import close_to, generator, only_number
from two_layer_oracle import SHAPES, SIGMOID, Activation

from autograder import assert_close, credit, fail, numbers


@credit(4, task="TwoLayerNet")
def test_parameters(student, part, rng):
    """params holds weights drawn from a normal distribution, and the biases

    params에는 정규분포에서 뽑은 가중치와 편향이 들어 있다
    """
    with part("four arrays, the weights random", "배열 네 개, 가중치는 난수", points=1, shown=True):
        require_random(parameters(network(student, (5, 4, 3)), (5, 4, 3)))
    sizes, std = (784, 50, 10), float(rng.uniform(0.05, 0.6))
    seeds = rng.choice(2**31, size=2, replace=False).tolist()
    with part("weight_init_std is the standard deviation", "weight_init_std가 표준편차이다", points=1):
        require_normal(parameters(network(student, sizes, std, generator(student, seeds[0])), sizes), std)
        require_normal(parameters(network(student, sizes), sizes), 0.01)
    with part("normal numbers, as many different ones as weights", "정규분포를 따르고 서로 다른 난수", points=1):
        drawn = parameters(network(student, sizes, std, generator(student, seeds[0])), sizes)
        require_normal(drawn, std)
        require_bell(drawn, std)
    with part("the generator decides the weights", "가중치는 난수 생성기가 정한다", points=1):
        nets = [network(student, (30, 8, 5), std, generator(student, seed)) for seed in (seeds[0], seeds[0], seeds[1])]
        one, again, other = (parameters(net, (30, 8, 5)) for net in nets)
        require_random(one)
        if not all(close_to(one[key], again[key]) for key in SHAPES):
            fail("rng.ignored")
        if any(close_to(one[key], other[key]) for key in ("W1", "W2")):
            fail("rng.fixed")


def require_random(params: Mapping[str, Any]) -> None:
    for key in ("W1", "W2"):
        if len(np.unique(params[key])) < params[key].size:
            fail("params.alike", name=key)


def require_normal(params: Mapping[str, Any], std: float) -> None:
    """Mean and spread. Over 39200 numbers the spread is known to 0.4 %, over 500 to 3 %; 9 times that is allowed."""
    require_random(params)
    for key, margin in (("W1", 0.035), ("W2", 0.28)):
        if abs(params[key].std() / std - 1) > margin or abs(params[key].mean()) > margin * std:
            fail("params.not-normal", name=key)


def require_bell(params: Mapping[str, Any], std: float) -> None:
    """68.3 % lie within one standard deviation (57.7 % of a uniform distribution); 0.24 % is the error of the share."""
    within = float(np.mean(np.abs(params["W1"]) < std))
    if abs(within - 0.683) > 0.025:
        fail("params.not-normal", name="W1")


# ---- predict ----


def told(values: list[Any]) -> Any:
    return lambda got: any(oracle.agrees(got, scores) for scores in values)


def one_of(values: list[Any]) -> Any:
    return lambda got: any(close_to(got, value) for value in values)


def roughly_one(values: list[float]) -> Any:
    return lambda got: any(close_to(got, value, 1e-4, 1e-6) for value in values if np.isfinite(value))


def check_predict(it: Case) -> Activation:
    """`predict` gives scores or probabilities for some activation. Raises Finding."""
    got = it.net.predict(it.x)
    activation = oracle.known(got, it.params, it.x)
    if activation is not None:
        return activation
    scores = oracle.layers(it.params, it.x, SIGMOID.h)[1]
    as_scores = {key: told(values) for key, values in oracle.wrong_predictions(it.params, it.x).items()}
    as_values = {key: one_of(values) for key, values in oracle.wrong_finals(it.params, it.x).items()}
    with np.errstate(all="ignore"):
        wrong = as_scores | as_values
        if not any(fits(got) for fits in wrong.values()) and close_to(np.shape(numbers(got, lists=True)), scores.shape):
            other = found_out(it)
            if other is not None:
                return other
        got = it.net.predict(it.x)  # the call that the finding tells of
        assert_close(got, oracle.softmax(scores), mistaken=wrong)
    return SIGMOID


@credit(3, task="TwoLayerNet")
def test_predict(student, part, rng):
    """predict gives a score or a probability for every class, from the present params

    predict는 지금의 params로 클래스마다 점수나 확률을 낸다
    """
    with part("the network of the handout", "교재의 신경망", points=1, shown=True):
        check_predict(example(student))
    with part("other networks and batches", "다른 신경망과 배치", points=1):
        for n in (7, 7, 1):
            check_predict(case(student, rng, n))
    with part("after params has changed", "params가 바뀐 뒤", points=1):
        it = case(student, rng)
        check_predict(it)
        before = it.net.predict(it.x)
        it.params = place(student, it.net, SIZES, {key: -0.5 * value for key, value in it.params.items()})
        if close_to(it.net.predict(it.x), before):
            fail("params.not-in-place")
        check_predict(it)


# ---- loss and accuracy ----


def check_loss(it: Case, t: Any) -> None:
    with building_on_predict(it):
        require_loss(it, t)


def require_loss(it: Case, t: Any) -> None:
    """Tolerance: a small number that is added against log 0 may change the loss by 1e-4 of it."""
    y = predicted(it)
    if np.ptp(y) < 1e-3:  # every class as probable as every other: whatever the labels, the loss is the same
        fail("net.predict-first")
    got = asked(it, "loss", t)
    single = only_number(got)
    wrong = {key: roughly_one(values) for key, values in oracle.wrong_losses(y, it.labels).items()}
    wanted = oracle.cross_entropy(y, it.labels)
    assert_close(got if single is None else single, wanted, mistaken=wrong, rtol=1e-4, atol=1e-6)


@credit(3, task="TwoLayerNet")
def test_loss(student, part, rng):
    """loss is the mean cross-entropy error, for labels and for one-hot rows

    loss는 레이블이든 원-핫 행이든 교차 엔트로피 오차의 평균이다
    """
    with part("the network of the handout", "교재의 신경망", points=1, shown=True):
        it = example(student)
        check_loss(it, it.labels)
    with part("one-hot rows", "원-핫 행", points=1):
        for _ in range(2):
            it = case(student, rng)
            check_loss(it, it.one_hot)
    with part("labels", "레이블", points=1):
        for _ in range(2):
            it = case(student, rng)
            check_loss(it, it.labels)


def check_accuracy(it: Case, t: Any, right: int) -> None:
    with building_on_predict(it):
        require_accuracy(it, t, right)


def require_accuracy(it: Case, t: Any, right: int) -> None:
    n = len(it.x)
    wrong = {
        "accuracy.of-inputs": lambda got: close_to(got, np.mean(it.x.argmax(axis=1) == it.labels)),
        "accuracy.count": lambda got: close_to(got, right),
        "accuracy.percent": lambda got: close_to(got, 100 * right / n),
    }
    got = asked(it, "accuracy", t)
    single = only_number(got)
    assert_close(got if single is None else single, right / n, mistaken=wrong)


def aim(it: Case, wrong: int) -> int:
    """Make the labels such that `predict` is wrong for that many samples; returns how many are right."""
    it.labels = predicted(it).argmax(axis=1)
    it.labels[:wrong] = (it.labels[:wrong] + 1 + it.x[:wrong].argmax(axis=1)) % it.sizes[2]
    return int(np.sum(it.labels == predicted(it).argmax(axis=1)))


@credit(2, task="TwoLayerNet")
def test_accuracy(student, part, rng):
    """accuracy is the share of right answers, for labels and for one-hot rows

    accuracy는 레이블이든 원-핫 행이든 맞힌 비율이다
    """
    for en, ko, hot in (("labels", "레이블", False), ("one-hot rows", "원-핫 행", True)):
        with part(en, ko, points=1):
            for missed in (4, 2):
                it = case(student, rng, 11)
                right = aim(it, missed)
                check_accuracy(it, it.one_hot if hot else it.labels, right)


@credit(1, task="TwoLayerNet", bonus=True)
def test_loss_of_hopeless_scores(student, rng):
    """loss and gradient are numbers even where the right class has the probability 0

    정답 클래스의 확률이 0이 되어도 loss와 gradient는 보통 수이다
    """
    it = case(student, rng)
    hidden = activation_of(it).h(it.x @ it.params["W1"] + it.params["b1"])
    scores = hidden @ it.params["W2"] + it.params["b2"]
    last, *_, second, first = np.sort(scores, axis=1).T
    # Every sample is decided, by at least 60: an activation that was found out from predict is only known to 1e-8. And
    # the smallest probability is 0 in float64, where exp(-746) is.
    factor = max(600.0, 60 / float(np.min(first - second)), 800 / float(np.min(first - last)))
    far = {key: value * (factor if key in ("W2", "b2") else 1) for key, value in it.params.items()}
    it.params = place(student, it.net, SIZES, far)
    scores = hidden @ it.params["W2"] + it.params["b2"]
    it.labels = scores.argmin(axis=1)
    loss = only_number(it.net.loss(it.x, it.labels))
    if loss is None or loss < 10:  # log 1e-7 is -16
        fail("loss.not-finite")
    got = it.net.gradient(it.x, it.labels)
    wanted = hidden.T @ (oracle.softmax(scores) - it.one_hot) / len(hidden)
    if not isinstance(got, dict) or not close_to(got.get("W2"), wanted):
        fail("loss.not-finite")
