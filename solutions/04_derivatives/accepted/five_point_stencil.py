import numpy as np


def slope(f, h):
    """The symmetric stencil of fourth order: f(x - 2h) - 8 f(x - h) + 8 f(x + h) - f(x + 2h), over 12 h."""
    return (f(-2 * h) - 8 * f(-h) + 8 * f(h) - f(2 * h)) / (12 * h)


def simple_derivative(f, x):
    return slope(lambda by: f(x + by), 1e-4)


def numerical_derivative(f, x):
    x = np.asarray(x, dtype=float)
    grad = np.zeros(x.shape)
    for idx in np.ndindex(*x.shape):
        one = np.zeros(x.shape)
        one[idx] = 1.0
        grad[idx] = slope(lambda by: f(np.where(one == 1.0, x + by, x)), 1e-4)
    return grad


def numerical_derivative_debug(f, x):
    grad = np.zeros(x.shape)
    print('debug 1. initial input variable =', x)
    print('debug 2. initial grad =', grad)
    for idx in np.ndindex(*x.shape):
        print('debug 3. idx =', idx, ', x[idx] =', x[idx])
        half, full = (central(f, x, idx, h) for h in (5e-4, 1e-3))
        grad[idx] = (4 * half - full) / 3  # Richardson
        print('debug 4. grad[idx] =', grad[idx])
        print('debug 5. grad =', grad)
    return grad


def central(f, x, idx, h):
    values = []
    for by in (h, -h):
        y = x.copy()
        y[idx] += by
        values.append(f(y))
    return (values[0] - values[1]) / (2 * h)


def problem3():
    return numerical_derivative(lambda p: 2 * p[0] + 3 * np.prod(p) + p[1] ** 3, np.array([1.0, 2.0]))


def problem4():
    f = lambda m: m[0, 0] * m[0, 1] + m[0, 1] * m[1, 0] * m[1, 1] + 3 * m[0, 0] + m[1, 1] * m[1, 0] ** 2
    return numerical_derivative(f, np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()


def derivative_of_int_input():
    x = np.array([3])
    x[0] = 3 + 1e-5
    plus = int(x[0]) ** 2
    x[0] = 3 - 1e-5
    minus = int(x[0]) ** 2
    return np.array([(plus - minus) / (2 * 1e-5)])


def derivative_of_float_input():
    return np.array([simple_derivative(lambda x: x**2, 3.0)])


WHY_INT_INPUT = "Integer arrays cannot hold 3.00001; f gets 3 and 2."


def chain_rule_derivative(x):
    return np.multiply(np.multiply(6, x), np.exp(np.multiply(3, np.square(x))))
