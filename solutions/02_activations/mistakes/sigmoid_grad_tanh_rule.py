# The mistake: the rules of the two derivatives are exchanged.
import matplotlib.pyplot as plt
import numpy as np


def step_function(x):
    return np.array(x > 0, dtype=int)


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def relu(x):
    return np.maximum(0, x)


def tanh(x):
    return np.tanh(x)


def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))


def maxout(x, W1, b1, W2, b2):
    return np.maximum(x @ W1 + b1, x @ W2 + b2)


def identity_function(x):
    return x


def sigmoid_grad(x):
    return 1 - sigmoid(x) ** 2


def tanh_grad(x):
    return tanh(x) * (1 - tanh(x))


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)


def max_gradient_after(layers):
    return 0.25**layers


def plot_step():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, step_function(x))
    ax.set_ylim(-0.1, 1.1)
    return fig


def plot_sigmoid():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, sigmoid(x))
    ax.set_ylim(-0.1, 1.1)
    return fig


def plot_relu():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, relu(x))
    ax.set_ylim(-1.0, 5.5)
    return fig


def plot_comparison():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, step_function(x), label="step")
    ax.plot(x, sigmoid(x), label="sigmoid")
    ax.set_ylim(-0.1, 1.1)
    ax.legend()
    return fig
