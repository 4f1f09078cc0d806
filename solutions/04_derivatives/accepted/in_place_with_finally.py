import numpy as np

SMALL = 1e-3
TINY = 1e-7


def simple_derivative(f, x):
    middle = f(x)  # not needed
    right = (f(x + SMALL) - middle) / SMALL
    left = (middle - f(x - SMALL)) / SMALL
    return (left + right) / 2


def numerical_derivative(f, x):
    if x.dtype != np.float64:
        x = x.astype(np.float64)
    grad = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        kept = x[idx]
        try:
            x[idx] = kept + TINY
            above = f(x)
            x[idx] = kept - TINY
            below = f(x)
        finally:
            x[idx] = kept
        grad[idx] = (above - below) / (2 * TINY)
    return grad


class Debug:
    def __init__(self):
        self.count = 0

    def say(self, number, text):
        print(f"debug {number}. {text}")


def numerical_derivative_debug(f, x):
    debug = Debug()
    grad = np.zeros_like(x)
    debug.say(1, f"initial input variable = {x}")
    debug.say(2, f"initial grad = {grad}")
    for idx in np.ndindex(x.shape):
        kept = x[idx]
        debug.say(3, f"idx = {idx}, x[idx] = {kept}")
        x[idx] = kept + TINY
        above = f(x)
        x[idx] = kept - TINY
        below = f(x)
        x[idx] = kept
        grad[idx] = (above - below) / (2 * TINY)
        debug.say(4, f"grad[idx] = {grad[idx]}")
        debug.say(5, f"grad = {grad}")
    return grad


def problem3():
    return numerical_derivative(lambda p: 2 * p[0] + 3 * p[0] * p[1] + p[1] ** 3, np.array([1, 2]))


def problem4():
    f = lambda m: m[0, 0] * m[0, 1] + m[0, 1] * m[1, 0] * m[1, 1] + 3 * m[0, 0] + m[1, 1] * m[1, 0] ** 2
    return numerical_derivative(f, np.array([[1.0, 2.0], [3.0, 4.0]]))


def unconverted(f, x, d):
    grad = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        kept = x[idx]
        x[idx] = kept + d
        above = f(x)
        x[idx] = kept - d
        grad[idx] = (above - f(x)) / (2 * d)
        x[idx] = kept
    return grad


def derivative_of_int_input():
    return int(round(unconverted(lambda x: x.sum() ** 2, np.array([3]), 1e-5)[0]))


def derivative_of_float_input():
    return unconverted(lambda x: x.sum() ** 2, np.array([3.0]), 1e-5)


WHY_INT_INPUT = "The dtype of the array decides: int64 truncates toward zero."


def chain_rule_derivative(x):
    x = np.asarray(x, dtype=float)
    return 2 * 3 * x * np.exp(x**2) ** 3
