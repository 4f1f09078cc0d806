"""What the graders of this folder put into the sandbox, and how they read what comes back.

The sources below run beside the student's code: none of them is a secret, and none of them judges. A verdict comes
from numbers that are computed here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import Handle, fail, numbers, same

SGD = """
class SGD:
    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
"""

PLACE = """
def place(params, values):
    for key, value in values.items():
        params[key][...] = value
"""

# Counts how often `name` is called, on any object of the class, also from within its other methods.
WATCH = """
class Watch:
    def __init__(self, kind, name):
        self.calls = 0
        original = getattr(kind, name, None)

        def counted(*args, **kwargs):
            self.calls += 1
            return original(*args, **kwargs)

        if original is not None:
            setattr(kind, name, counted)
"""

# A network without a hidden layer that writes down what `train` asks of it, and an optimizer that does the same.
RECORDER = """
class Log:
    def __init__(self):
        self.batches, self.updates, self.states, self.foreign = [], 0, [], 0


class Net:
    def __init__(self, W, b, log):
        self.params, self.log, self.given = {"W": W, "b": b}, log, []

    def predict(self, x):
        a = x @ self.params["W"] + self.params["b"]
        e = np.exp(a - a.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, x, t):
        return -np.mean(np.log(self.predict(x)[np.arange(len(t)), t]))

    def accuracy(self, x, t):
        return np.mean(self.predict(x).argmax(axis=1) == t)

    def gradient(self, x, t):
        d = self.predict(x)
        d[np.arange(len(t)), t] -= 1
        self.log.batches.append((np.array(x), np.array(t)))
        self.given.append({"W": x.T @ d / len(t), "b": d.mean(axis=0)})
        return self.given[-1]

    numerical_gradient = gradient


class Optimizer:
    def __init__(self, net, lr):
        self.net, self.log, self.lr = net, net.log, lr

    def update(self, params, grads):
        self.log.updates += 1
        self.log.foreign += not any(grads is own for own in self.net.given[-1:]) or params is not self.net.params
        for key in params:
            params[key] -= self.lr * grads[key]
        self.log.states.append({key: value.copy() for key, value in params.items()})
"""


def generator(student: Any, seed: int) -> Any:
    """A generator in the sandbox that keeps its state from call to call."""
    return student.make("np.random.default_rng(seed)", seed=seed)


def only_number(got: Any) -> float | None:
    """`got` as one finite number (an array with a single element counts), else None."""
    array = numbers(got, lists=True)
    return float(array.reshape(-1)[0]) if array.size == 1 and array.ndim <= 1 and np.isfinite(array).all() else None


def close_to(got: Any, wanted: Any, rtol: float = 1e-6, atol: float = 1e-8) -> bool:
    """The engine's `same` with the tolerances of assert_close, and for lists too."""
    return same(got, wanted, rtol, atol, lists=True)


def count(got: Any) -> int:
    """`got` as a count that the sandbox kept; -1 where it is none."""
    return got if isinstance(got, int) and not isinstance(got, bool) else -1


def handle(got: Any, key: str) -> Handle:
    """`got` if it is an object of the student's; else the finding `key`."""
    if not isinstance(got, Handle):
        fail(key)
    return got
