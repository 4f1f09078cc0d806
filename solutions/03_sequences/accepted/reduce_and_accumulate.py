from functools import reduce
from itertools import accumulate, islice, repeat

import numpy as np


def general_term(n):
    return np.arange(2, 2 * n + 2, 2)[-1]


def odd_term(n):
    return np.int64(2 * n - 1)


def factorial(n):
    if n < 1:
        raise ValueError("factorial is defined for n >= 1 here")
    return reduce(lambda a, k: (k + 1) * a, range(1, n), 1)


def arithmetic_recurrence(a1, d, n):
    return list(accumulate(repeat(d, n - 1), initial=a1))[-1]


def pairs():
    a, b = 1, 1
    while True:
        yield a, b
        a, b = a + 2 * b + 2, 2 * a + 3 * b + 1


def simultaneous(n):
    return next(islice(pairs(), n - 1, None))


def layer_outputs(x, weights, biases):
    step = lambda a, layer: 1 / (1 + np.exp(-a @ layer[0] - layer[1]))
    return list(accumulate(zip(weights, biases), step, initial=x))[1:]
