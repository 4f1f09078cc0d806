# The attack: everything that a function should not give back, to find what the grader trips over.
import itertools

import numpy as np
from matplotlib.figure import Figure


class Liar(np.ndarray):
    shape = (3, 10)


class Odd:
    def __iter__(self):
        return iter([1, "two", None])

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


def figures():
    empty, lines, small, broken = Figure(), Figure(), Figure(), Figure()
    lines.subplots().plot([1, 2])
    small.subplots().imshow([[1, 2], [3, 4]])
    broken.subplots().imshow(np.full((28, 28), np.nan))
    return [empty, lines, small, broken]


def kinds():
    x = np.arange(6.0)
    return [
        None, True, 10**400, -1, 2.5, float("nan"), 1j, "text", b"bytes", [], (), {}, {1: 2}, [[1], [2, 3]], [None] * 4,
        x, x.reshape(2, 3), np.zeros((0, 784)), np.zeros((3, 0)), np.array(3), np.array("a"), np.array([None, 1]),
        np.array([1 + 2j]), np.array([True]), np.full((3, 10), np.nan), x.view(Liar), Odd(), Odd, len, iter([x]),
        ((x, x), (x, x)), ((x, 1), (None, "a")), [([1], 2), ([3], 4)], [(x, x)], [(x, "a")], ((x,), (x,)), [x] * 4,
        [(np.zeros(()), np.zeros(())), (np.zeros((2, 2, 2)), None)], {"W1": x, "b1": None}, {"W1": "a", "b1": 1, "W2": [],
        "b2": {}, "W3": Odd(), "b3": 1j}, zip([x], [x]), range(10**9), memoryview(b"abc"), slice(1), Ellipsis, print,
        [(np.ones((3, 784)), np.array(["a", "b", "c"])), (Odd(), x)], (i for i in [1, [2], (3, 4)]),
        [(np.ones((3, 2), dtype="U3"), np.ones(3, dtype=object))],
    ]


counter = itertools.count()
WORKERS = 0


def nonsense(start):
    choices = kinds() + (figures() if start == 1 else [])
    return choices[(start * 7 + next(counter)) % len(choices)]


def load_mnist(*args, **kwargs):
    return nonsense(0)


def show_image(image):
    return nonsense(1)


def init_network():
    return nonsense(2)


def predict(network, x):
    return nonsense(3)


def batches(x, t, batch_size):
    return nonsense(4)


def accuracy(network, x, t, batch_size=100):
    predict(network, x)
    return nonsense(5)
