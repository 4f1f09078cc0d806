import sys

import numpy as np

sys.setrecursionlimit(5000)


class TooSmall(ValueError):
    pass


def general_term(n):
    if n == 1:
        return 2
    return general_term(n - 1) + 2


def odd_term(n):
    return 1 if n == 1 else odd_term(n - 1) + 2


def factorial(n):
    if n < 1:
        raise TooSmall("n must be 1 or more")
    if n == 1:
        return 1
    return factorial(n - 1) * n


def arithmetic_recurrence(a1, d, n):
    return a1 if n == 1 else d + arithmetic_recurrence(a1, d, n - 1)


def simultaneous(n):
    if n == 1:
        return 1, 1
    a, b = simultaneous(n - 1)
    return a + 2 * b + 2, 2 * a + 3 * b + 1


def layer_outputs(x, weights, biases):
    if len(weights) == 0:
        return []
    a = 1 / (1 + np.exp(-(x @ weights[0] + biases[0])))
    return [a] + layer_outputs(a, weights[1:], biases[1:])
