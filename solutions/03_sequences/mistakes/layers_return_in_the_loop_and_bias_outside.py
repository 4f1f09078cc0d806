import numpy as np


def general_term(n):
    return 2 * n


def odd_term(n):
    return 2 * n - 1


def factorial(n):
    if n < 1:
        raise ValueError("n must be 1 or more")
    a = 1
    for k in range(1, n):
        a = (k + 1) * a
    return a


def arithmetic_recurrence(a1, d, n):
    a = a1
    for _ in range(n - 1):
        a = a + d
    return a


def simultaneous(n):
    a, b = 1, 1
    for _ in range(n - 1):
        a, b = a + 2 * b + 2, 2 * a + 3 * b + 1
    return a, b


def layer_outputs(x, weights, biases):
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    outputs = []
    a = x
    for W, b in zip(weights, biases):
        a = sigmoid(a @ W) + b
        outputs.append(a)
        return outputs
