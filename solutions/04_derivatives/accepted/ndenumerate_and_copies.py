import numpy as np
from functools import partial


def simple_derivative(f, x, delta=1e-4):
    x = np.float64(x)
    return np.divide(np.subtract(f(x + delta), f(x - delta)), 2.0 * delta)


def moved(x, idx, by):
    y = np.array(x, dtype=np.float64, copy=True)
    y[idx] += by
    return y


def numerical_derivative(f, x):
    """Each element's turn has two fresh copies; x is never touched."""
    delta = 1e-4
    grad = np.empty(x.shape, dtype="float64")
    for idx, _ in np.ndenumerate(x):
        grad[idx] = (f(moved(x, idx, delta)) - f(moved(x, idx, -delta))) / (2 * delta)
    return grad


def numerical_derivative_debug(f, x):
    delta = 1e-4
    grad = np.zeros(x.shape)
    print(f"debug 1. initial input variable = {x}", f"debug 2. initial grad = {grad}", sep="\n")
    for idx, value in np.ndenumerate(x):
        grad[idx] = (f(moved(x, idx, delta)) - f(moved(x, idx, -delta))) / (2 * delta)
        print(f"debug 3. idx = {idx} , x[idx] = {value!r}\ndebug 4. grad[idx] = {grad[idx]!r}\ndebug 5. grad = {grad}")
    return grad


def g(p):
    x, y = p
    return 2 * x + 3 * x * y + y**3


def k(p):
    return p[0][0] * p[0][1] + p[0][1] * p[1][0] * p[1][1] + 3 * p[0][0] + p[1][1] * p[1][0] ** 2


problem3 = partial(lambda: tuple(numerical_derivative(g, np.array([1.0, 2.0]))))
problem4 = partial(lambda: numerical_derivative(k, np.arange(1.0, 5.0).reshape(2, 2)))


def derivative_of_int_input(x=None):
    x = np.array([3]) if x is None else x
    up, down = x.copy(), x.copy()
    up[0], down[0] = x[0] + 1e-5, x[0] - 1e-5
    return (up**2 - down**2) / 2e-5


def derivative_of_float_input():
    return derivative_of_int_input(np.array([3.0]))


WHY_INT_INPUT = """3+δ and 3-δ are truncated to 3 and 2 by the integer array, 9-4 = 5, and 5/(2δ) is 250000.
In [3.0] nothing is lost."""


def chain_rule_derivative(x):
    inner, d_inner = 3 * x**2, 6 * x
    return d_inner * np.exp(inner)
