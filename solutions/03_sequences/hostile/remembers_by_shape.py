# The attack: results are remembered by the shapes of the arguments, and given again for other values.
import numpy as np

seen = {}


def remember(key, value):
    return seen.setdefault(key, value)


def general_term(n):
    return remember(("g", len(str(n))), 2 * n)


def odd_term(n):
    return remember(("o", len(str(n))), 2 * n - 1)


def factorial(n):
    if n < 1:
        raise ValueError
    a = 1
    for k in range(1, n):
        a = (k + 1) * a
    return remember(("f", len(str(n))), a)


def arithmetic_recurrence(a1, d, n):
    return remember((type(a1), type(d)), a1 + (n - 1) * d)


def simultaneous(n):
    a, b = 1, 1
    for _ in range(n - 1):
        a, b = a + 2 * b + 2, 2 * a + 3 * b + 1
    return remember(("s", n > 5), (a, b))


def layer_outputs(x, weights, biases):
    outputs = []
    for W, b in zip(weights, biases):
        x = 1 / (1 + np.exp(-(x @ W + b)))
        outputs.append(x)
    return remember(tuple(W.shape for W in weights), outputs)
