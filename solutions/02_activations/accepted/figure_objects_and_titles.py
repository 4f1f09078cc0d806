# Figure objects without pyplot, extra lines, titles, grids, annotations, saved files.
import numpy as np
from matplotlib.figure import Figure

X = np.arange(-50, 50) / 10


def step_function(x):
    return np.heaviside(x, 0).astype(int)


def sigmoid(x):
    return (np.tanh(x / 2) + 1) / 2


def relu(x):
    return (np.abs(x) + x) / 2


def tanh(x):
    return np.tanh(x)


def leaky_relu(x, alpha=0.01):
    return relu(x) - alpha * relu(-x)


def elu(x, alpha=1.0):
    return relu(x) + alpha * (np.exp(-relu(-x)) - 1)


def maxout(x, W1, b1, W2, b2):
    a, b = x @ W1 + b1, x @ W2 + b2
    return (a + b + abs(a - b)) / 2


def identity_function(x):
    return +x


def sigmoid_grad(x):
    return 0.25 * (1 - np.tanh(x / 2) ** 2)


def tanh_grad(x):
    h = 1e-5
    return (np.tanh(x + h) - np.tanh(x - h)) / (2 * h)


def relu_grad(x):
    return np.sign(relu(x))


def max_gradient_after(layers):
    return float(sigmoid_grad(0.0)) ** layers


def canvas(title):
    fig = Figure(figsize=(5, 4), dpi=100)
    ax = fig.subplots()
    ax.set_title(title)
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    ax.axhline(0, color="black", linewidth=0.5)
    ax.axvline(0, color="black", linewidth=0.5)
    ax.grid(linestyle=":")
    return fig, ax


def plot_step():
    fig, ax = canvas("step")
    ax.step(X, step_function(X), where="post")
    ax.set_ylim(-0.1, 1.1)
    return fig


def plot_sigmoid():
    fig, ax = canvas(r"$\sigma(x)$")
    ax.plot(X, sigmoid(X), "k-", lw=2)
    ax.set_ylim(bottom=-0.1, top=1.1)
    ax.annotate("0.5", (0, 0.5))
    return fig


def plot_relu():
    fig, ax = canvas("ReLU")
    ax.plot(X, relu(X))
    ax.set(xlim=(-5, 5), ylim=(-1.0, 5.5))
    return fig


def plot_comparison():
    fig, ax = canvas("step and sigmoid")
    lines = ax.plot(X, np.column_stack([step_function(X), sigmoid(X)]))
    ax.legend(lines, ["계단 함수", "시그모이드"])
    ax.set_ylim(-0.1, 1.1)
    return fig
