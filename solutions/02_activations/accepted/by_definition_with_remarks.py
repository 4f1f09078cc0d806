# Formulas by the book. Where the warning is not the exercise, it is a remark and costs nothing.
import matplotlib.pyplot as plt
import numpy as np


def step_function(x):
    y = x > 0
    return y.astype(np.int32)


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-x))


def relu(x):
    return np.fmax(x, 0)


def tanh(x):
    e = np.exp(2 * np.clip(x, -300, 300))
    return (e - 1) / (e + 1)


def leaky_relu(x, alpha=0.01):
    return np.where(x >= 0, 1, alpha) * x


def elu(x, alpha=1.0):
    return np.piecewise(np.asarray(x, dtype=float), [x > 0], [lambda v: v, lambda v: alpha * (np.exp(v) - 1)])


def maxout(x, W1, b1, W2, b2):
    first = x @ W1 + b1
    second = x @ W2 + b2
    first[second > first] = second[second > first]
    return first


def identity_function(x):
    return np.array(x)


def sigmoid_grad(x):
    return 1 / (2 + np.exp(x) + np.exp(-x))


def tanh_grad(x):
    return 1 / np.cosh(x) ** 2


def relu_grad(x):
    return np.select([x > 0], [1.0], 0.0)


def max_gradient_after(layers):
    return np.exp(layers * np.log(0.25))


def finish(low, high):
    plt.ylim(low, high)
    return plt.gcf()


def plot_step():
    plt.figure()
    x = np.arange(-5.0, 5.0, 0.1)
    plt.plot(x, step_function(x), marker=".")
    plt.title("Step function")
    plt.xlabel("x")
    return finish(-0.1, 1.1)


def plot_sigmoid():
    plt.figure()
    x = np.linspace(-5, 4.9, 100)
    plt.plot(x, sigmoid(x))
    plt.grid()
    return finish(-0.1, 1.1)


def plot_relu():
    plt.figure()
    x = np.linspace(-5, 5, 100, endpoint=False)
    plt.plot(x, relu(x))
    plt.axvline(0)
    return finish(-1.0, 5.5)


def plot_comparison():
    plt.figure()
    x = np.arange(-5.0, 5.0, 0.1)
    plt.plot(x, sigmoid(x), label="sigmoid")
    plt.plot(x, step_function(x), label="step", linestyle="dashed")
    plt.legend(loc="best")
    return finish(-0.1, 1.1)
