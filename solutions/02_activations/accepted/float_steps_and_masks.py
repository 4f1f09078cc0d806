# Float results of the step (a remark), piecewise sigmoid and ELU with masks, arrays that are filled.
import numpy as np
import matplotlib.pyplot as plt


def step_function(x):
    result = np.zeros(x.shape)
    result[x > 0] = 1.0
    return result


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    result = np.empty(x.shape)
    positive = x >= 0
    result[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    result[~positive] = e / (1 + e)
    return result


def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y


def tanh(x):
    # the definition, by e^(-2|x|), which cannot overflow
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


def leaky_relu(x, alpha=0.01):
    y = x.astype(float)
    mask = y < 0
    y[mask] = alpha * y[mask]
    return y


def elu(x, alpha=1.0):
    y = x.astype(float)
    mask = y < 0
    y[mask] = alpha * (np.exp(y[mask]) - 1)
    return y


def maxout(x, W1, b1, W2, b2):
    z = np.stack([x.dot(W1) + b1, x.dot(W2) + b2])
    return z.max(axis=0)


def identity_function(x):
    return x.copy()


def sigmoid_grad(x):
    s = sigmoid(x)
    return s - s ** 2


def tanh_grad(x):
    t = tanh(x)
    return (1 - t) * (1 + t)


def relu_grad(x):
    g = np.ones(x.shape)
    g[x <= 0] = 0
    return g


def max_gradient_after(layers):
    g = 1.0
    for i in range(layers):
        g = g * 0.25
    return g


def axes(low, high):
    fig = plt.figure()
    ax = fig.add_subplot(111)
    ax.set_ylim(low, high)
    return fig, ax, np.arange(-5.0, 5.0, 0.1)


def plot_step():
    fig, ax, x = axes(-0.1, 1.1)
    ax.plot(x, step_function(x), linestyle="--", color="red")
    return fig


def plot_sigmoid():
    fig, ax, x = axes(-0.1, 1.1)
    ax.plot(x, sigmoid(x))
    return fig


def plot_relu():
    fig, ax, x = axes(-1.0, 5.5)
    ax.plot(x, relu(x))
    return fig


def plot_comparison():
    fig, ax, x = axes(-0.1, 1.1)
    for f in (step_function, sigmoid):
        ax.plot(x, f(x), label=f.__name__)
    ax.legend(loc="upper left")
    return fig
