import numpy as np


def sigmoid(x):
    return 0.5 * (np.tanh(0.5 * x) + 1)


def general_term(n):
    return 2.0 * n


def odd_term(n):
    return np.array(2.0 * n - 1.0)


def factorial(n):
    if not n >= 1:
        raise ValueError
    return np.prod(np.arange(1, n + 1, dtype=object))


def arithmetic_recurrence(a1, d, n):
    return np.linspace(a1, a1 + (n - 1) * d, n)[-1]


def simultaneous(n):
    state = np.array([1.0, 1.0, 1.0])
    step = np.array([[1.0, 2.0, 2.0], [2.0, 3.0, 1.0], [0.0, 0.0, 1.0]])
    for _ in range(1, n):
        state = step.dot(state)
    return state[0], state[1]


def layer_outputs(x, weights, biases):
    outputs = []
    a = np.array([x])
    for W, b in zip(weights, biases):
        a = sigmoid(np.matmul(a, W) + b)
        outputs.append(a[0])
    return outputs
