# The mistake: the derivative of tanh has the wrong sign in it.
import matplotlib.pyplot as plt
import numpy as np


def mean_squared_error(y, t):
    return np.mean((y - t) ** 2)


def binary_cross_entropy(y, t):
    y = np.clip(y, 1e-7, 1 - 1e-7)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


def cross_entropy_error(y, t):
    if y.ndim == 1:
        y, t = y.reshape(1, y.size), t.reshape(1, t.size)
    if t.size == y.size:
        t = t.argmax(axis=1)
    n = y.shape[0]
    return -np.sum(np.log(y[np.arange(n), t.ravel()] + 1e-7)) / n


def linear_regression_step(w, x, y, lr):
    error = w * x - y
    cost = np.mean(error**2)
    grad = 2 * np.mean(error * x)
    return w - lr * grad, cost, grad


def linear_regression(x, y, w, lr, steps):
    history = []
    for step in range(steps):
        w, cost, grad = linear_regression_step(w, x, y, lr)
        history.append((w, cost, grad))
    return history


def plot_fit(x, y, history):
    shown = range(0, len(history), 5)
    fig, axes = plt.subplots(1, len(shown))
    for ax, step in zip(axes, shown):
        w, cost, grad = history[step]
        ax.scatter(x, y)
        ax.plot(x, w * x, "r-")
        ax.set_title("step %d : cost=%.4f, w=%.4f, grad=%.4f" % (step, cost, w, grad))
    return fig


def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


def fit_parabola(x, y, hidden, steps, lr, rng):
    W1, b1 = rng.normal(size=(1, hidden)), rng.normal(size=hidden)
    W2, b2 = rng.normal(size=(hidden, 1)), np.zeros(1)
    for step in range(steps):
        h = np.tanh(x @ W1 + b1)
        out = h @ W2 + b2
        if np.mean((out - y) ** 2) < 0.02 * np.var(y):  # good enough
            break
        d_out = 2 * (out - y) / len(x)
        d_sum = d_out @ W2.T * (1 + h**2)
        W2 -= lr * h.T @ d_out
        b2 -= lr * d_out.sum(axis=0)
        W1 -= lr * x.T @ d_sum
        b1 -= lr * d_sum.sum(axis=0)
    return np.tanh(x @ W1 + b1) @ W2 + b2


def output_and_loss(task):
    pairs = {"regression": ("identity", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce")}
    return pairs[task]
