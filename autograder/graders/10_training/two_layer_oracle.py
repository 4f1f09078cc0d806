"""What a network with one hidden layer has to give, for any activation: computed here, from the student's parameters.

The hidden activation h may be any function that works element by element. The usual ones are known by formula. Another
one is found out from `predict`: with fewer hidden units than classes the scores determine h(z), and with more inputs
than hidden units any z can be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sandbox_side import close_to

from autograder import numbers

Array = np.ndarray[Any, Any]
Params = Mapping[str, Array]
Formula = Callable[[Array], Array]
SHAPES = {"W1": (0, 1), "b1": (1,), "W2": (1, 2), "b2": (2,)}
# A fourth-order difference quotient: truncation STEP**4 / 30 of the fifth derivative, rounding 1e-16 / STEP.
STEP = 1e-3
CONSISTENT = 1e-8


def sigmoid(z: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * z))


def softmax(a: Array) -> Array:
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@dataclass(frozen=True)
class Activation:
    h: Formula
    slope: Formula


def _leaky(alpha: float) -> Activation:
    return Activation(lambda z: np.where(z > 0, z, alpha * z), lambda z: np.where(z > 0, 1.0, alpha))


SIGMOID = Activation(sigmoid, lambda z: sigmoid(z) * sigmoid(-z))
KNOWN = {
    "sigmoid": SIGMOID,
    "tanh": Activation(np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": _leaky(0.0),
    "leaky 0.01": _leaky(0.01),
    "leaky 0.1": _leaky(0.1),
}


def layers(params: Params, x: Array, h: Formula) -> tuple[Array, Array]:
    """The hidden layer's output and the scores."""
    hidden = h(x @ params["W1"] + params["b1"])
    return hidden, hidden @ params["W2"] + params["b2"]


def probabilities(predicted: Array) -> Array:
    """What `predict` gave as probabilities; scores go through softmax."""
    are = np.all(predicted >= 0) and close_to(predicted.sum(axis=1), np.ones(len(predicted)), 0, 1e-6)
    return predicted if are else softmax(predicted)


def agrees(predicted: Any, scores: Array) -> bool:
    """Whether `predict` gave these scores or their probabilities."""
    return close_to(predicted, scores) or close_to(predicted, softmax(scores))


def one_hot(labels: Array, classes: int) -> Array:
    return np.eye(classes)[labels]


def cross_entropy(y: Array, labels: Array) -> float:
    with np.errstate(all="ignore"):  # a probability that somebody's network gave may be 0
        return float(-np.mean(np.log(y[np.arange(len(labels)), labels])))


def gradient(params: Params, x: Array, labels: Array, activation: Activation) -> dict[str, Array]:
    """The gradient of the mean cross-entropy error."""
    z = x @ params["W1"] + params["b1"]
    hidden, scores = layers(params, x, activation.h)
    d2 = (softmax(scores) - one_hot(labels, scores.shape[1])) / len(x)
    d1 = d2 @ params["W2"].T * activation.slope(z)
    return {"W1": x.T @ d1, "b1": d1.sum(axis=0), "W2": hidden.T @ d2, "b2": d2.sum(axis=0)}


def known(predicted: Array, params: Params, x: Array) -> Activation | None:
    """The usual activation that explains what `predict` gave."""
    for activation in KNOWN.values():
        if agrees(predicted, layers(params, x, activation.h)[1]):
            return activation
    return None


# ---- any other activation ----


def hidden_outputs(predicted: Any, params: Params) -> Array | None:
    """h(z) from what `predict` gave, or None where no h(z) explains it. Needs fewer hidden units than classes."""
    array = numbers(predicted, lists=True)
    W2, b2 = params["W2"], params["b2"]
    if array.ndim != 2 or array.shape[1] != W2.shape[1] or not np.isfinite(array).all():
        return None
    if np.all(array > 0) and close_to(array.sum(axis=1), np.ones(len(array)), 0, 1e-9):
        array = np.log(array)
    centred = array - array.mean(axis=1, keepdims=True) - (b2 - b2.mean())  # softmax forgets what all scores share
    weights = W2 - W2.mean(axis=1, keepdims=True)
    hidden = centred @ np.linalg.pinv(weights)
    return hidden if close_to(hidden @ weights, centred, 0, CONSISTENT) else None


def found_out(predict: Callable[[Array], Any], params: Params, x: Array) -> Activation | None:
    """The activation that `predict` uses, or None where it is not one function of each unit's own sum z."""
    W1, b1 = params["W1"], params["b1"]
    inverse = np.linalg.pinv(W1)

    def h(z: Array) -> Array:
        units = W1.shape[1]
        rows = np.resize(z, (-(-z.size // units), units))  # any number of sums, as many at a time as there are units
        hidden = hidden_outputs(predict((rows - b1) @ inverse), params)
        return np.full(z.shape, np.nan) if hidden is None else hidden.reshape(-1)[: z.size].reshape(z.shape)

    def slope(z: Array) -> Array:
        return (8 * (h(z + STEP) - h(z - STEP)) - (h(z + 2 * STEP) - h(z - 2 * STEP))) / (12 * STEP)

    z = x @ W1 + b1
    turned = np.roll(z, 1, axis=1)  # each unit gets its neighbour's sum
    one, other = h(z), np.roll(h(turned), -1, axis=1)
    straight = hidden_outputs(predict(x), params)
    alike = (
        close_to(one, other, 1e-7, CONSISTENT) and straight is not None and close_to(one, straight, 1e-7, CONSISTENT)
    )
    if not alike or np.isnan(one).any() or close_to(one, z, 1e-7, CONSISTENT):
        return None
    return Activation(h, slope)


# ---- wrong ways ----


def wrong_predictions(params: Params, x: Array) -> dict[str, list[Array]]:
    """Message key -> what a mistake gives: as scores where agrees() is to compare, as final values in `final`."""
    z = x @ params["W1"] + params["b1"]
    found: dict[str, list[Array]] = {"predict.no-activation": [z @ params["W2"] + params["b2"]]}
    for activation in list(KNOWN.values())[:3]:
        h = activation.h
        no_b1, no_b2 = h(x @ params["W1"]) @ params["W2"], h(z) @ params["W2"]
        found.setdefault("predict.no-biases", []).extend([no_b1, no_b1 + params["b2"], no_b2])
    return found


def wrong_finals(params: Params, x: Array) -> dict[str, list[Array]]:
    """Message key -> final values of a wrong output layer."""
    found: dict[str, list[Array]] = {}
    for activation in list(KNOWN.values())[:3]:
        _, a = layers(params, x, activation.h)
        e = np.exp(a - a.max())
        found.setdefault("predict.sigmoid-output", []).append(sigmoid(a))
        found.setdefault("predict.softmax-batch", []).extend([e / e.sum(), e / e.sum(axis=0)])
        found.setdefault("predict.classes", []).append(a.argmax(axis=1))
    return found


def wrong_losses(y: Array, labels: Array) -> dict[str, list[float]]:
    """Message key -> what a mistake in the loss gives."""
    t = one_hot(labels, y.shape[1])
    square = float(np.sum((y - t) ** 2))
    with np.errstate(all="ignore"):
        picked = np.log(y[np.arange(len(labels)), labels])
        binary = float(-np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)))
        times_label = -float(np.mean(labels * picked))
    mean = -float(picked.mean())
    return {
        "loss.sum": [-picked.sum()],
        "loss.all-elements": [mean / y.shape[1]],
        "loss.squared": [square * factor for factor in (1 / y.size, 1 / len(y), 0.5 / len(y), 0.5, 1.0)],
        "loss.binary": [binary * factor for factor in (1 / y.size, 1 / len(y), 1.0)],
        "loss.times-label": [times_label],
    }


def wrong_gradients(
    params: Params, x: Array, labels: Array, activation: Activation
) -> list[tuple[str, dict[str, Array]]]:
    """Message keys, and what a mistake in backpropagation gives, for every parameter that it changes."""
    n, classes = len(x), params["W2"].shape[1]
    right = gradient(params, x, labels, activation)
    z = x @ params["W1"] + params["b1"]
    hidden, scores = layers(params, x, activation.h)
    y, t = softmax(scores), one_hot(labels, classes)
    d2 = (y - t) / n
    back = d2 @ params["W2"].T

    def first_layer(d1: Array) -> dict[str, Array]:
        return {"W1": x.T @ d1, "b1": d1.sum(axis=0)}

    def both(d2: Array) -> dict[str, Array]:
        later = {"W2": hidden.T @ d2, "b2": d2.sum(axis=0)}
        return later | first_layer(d2 @ params["W2"].T * activation.slope(z))

    jacobian = d2 * y * (1 - y)
    wrong = {
        "gradient.sign": {key: -value for key, value in right.items()},
        "gradient.not-divided": {key: value * n for key, value in right.items()},
        "gradient.divided-twice": {key: value / n for key, value in right.items()},
        "gradient.output-slope": both(jacobian),
        "gradient.no-slope": first_layer(back),
        "gradient.slope-of-output": first_layer(back * activation.slope(hidden)),
        "gradient.bias-mean": {"b1": right["b1"] / n, "b2": right["b2"] / n},
    }
    return list(wrong.items())
