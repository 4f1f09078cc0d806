# Loops over single elements, for every shape, with math.exp; results are collected in arrays.
import math

import matplotlib.pyplot as plt
import numpy as np


def each(f, x, dtype=float):
    result = np.zeros(x.shape, dtype=dtype)
    for index in np.ndindex(x.shape):
        result[index] = f(float(x[index]))
    return result


def one_sigmoid(v):
    if v < 0:
        return math.exp(v) / (1 + math.exp(v))
    return 1 / (1 + math.exp(-v))


def one_elu(v, alpha):
    if v > 0:
        return v
    return alpha * (math.exp(v) - 1)


def step_function(x):
    return each(lambda v: 1 if v > 0 else 0, x, int)


def sigmoid(x):
    return each(one_sigmoid, x)


def relu(x):
    return each(lambda v: max(0.0, v), x)


def tanh(x):
    return each(math.tanh, x)


def leaky_relu(x, alpha=0.01):
    return each(lambda v: v if v > 0 else alpha * v, x)


def elu(x, alpha=1.0):
    return each(lambda v: one_elu(v, alpha), x)


def maxout(x, W1, b1, W2, b2):
    rows = np.atleast_2d(x)
    result = np.zeros((rows.shape[0], W1.shape[1]))
    for i, row in enumerate(rows):
        for j in range(W1.shape[1]):
            first = sum(row[k] * W1[k, j] for k in range(len(row))) + b1[j]
            second = sum(row[k] * W2[k, j] for k in range(len(row))) + b2[j]
            result[i, j] = first if first > second else second
    return result[0] if x.ndim == 1 else result


def identity_function(x):
    return each(lambda v: v, x)


def sigmoid_grad(x):
    return each(lambda v: one_sigmoid(v) * (1 - one_sigmoid(v)), x)


def tanh_grad(x):
    return each(lambda v: 1 - math.tanh(v) ** 2, x)


def relu_grad(x):
    return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)


def max_gradient_after(layers):
    if layers == 0:
        return 1
    return max_gradient_after(layers - 1) / 4


def plot_step():
    x = [i / 10 for i in range(-50, 50)]
    y = [1 if v > 0 else 0 for v in x]
    fig = plt.figure()
    plt.plot(x, y)
    plt.ylim(-0.1, 1.1)
    return fig


def plot_sigmoid():
    x = [i / 10 for i in range(-50, 50)]
    fig = plt.figure()
    plt.plot(x, [one_sigmoid(v) for v in x])
    plt.ylim(-0.1, 1.1)
    return fig


def plot_relu():
    x = [i / 10 for i in range(-50, 50)]
    fig = plt.figure()
    plt.plot(x, [max(0, v) for v in x])
    plt.axis((-5, 5, -1.0, 5.5))
    return fig


def plot_comparison():
    x = [i / 10 for i in range(-50, 50)]
    fig = plt.figure()
    plt.plot(x, [1 if v > 0 else 0 for v in x], "r--", x, [one_sigmoid(v) for v in x], "b")
    plt.ylim(-0.1, 1.1)
    plt.legend(["step", "sigmoid"], loc="upper left")
    return fig
