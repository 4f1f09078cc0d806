"""The submission that is graded in the benchmark: every function right."""

import numpy as np


def scale(x):
    return 2 * x


def square(x):
    return x**2


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(0, x)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def affine(x):
    return x @ np.ones((3, 2)) + 1
