"""The pictures of assignment 08, for `draw_pictures.py`: cross entropy, the way downhill, the line, the parabola.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

BLUE, RED, GREEN, GREY = "#1f5fa8", "#c8442e", "#2e8b57", "#777777"
Array = NDArray[np.float64]
X = np.arange(1.0, 6.0)
Y = 2 * X
START, RATE = 0.057967, 0.01


def weights(steps: int) -> list[float]:
    """w at the beginning and after each step of Lab 1."""
    found = [START]
    for _ in range(steps):
        found.append(found[-1] - RATE * 2 * float(np.mean((found[-1] * X - Y) * X)))
    return found


def cross_entropy() -> Figure:
    """-log y where t = 1 and -log(1 - y) where t = 0."""
    fig, ax = plt.subplots(figsize=(7, 3.2))
    y = np.linspace(0.001, 0.999, 999)
    ax.plot(y, -np.log(y), color=BLUE, lw=2.5, label=r"$t = 1:\ -\log y$")
    ax.plot(y, -np.log(1 - y), color=RED, lw=2.5, label=r"$t = 0:\ -\log(1 - y)$")
    for p, colour, loss, up in ((0.9, BLUE, 0.1054, 9), (0.2, RED, 0.2231, 9), (0.6, BLUE, 0.5108, -16)):
        ax.plot(p, loss, "o", color=colour, ms=7)
        ax.annotate(f"{loss}", (p, loss), (0, up), textcoords="offset points", ha="center", fontsize=11)
    ax.set(xlim=(0, 1), ylim=(0, 5), xlabel="$y$")
    ax.grid(alpha=0.25)
    ax.legend(loc="upper center")
    return fig


def downhill() -> Figure:
    """The cost of Lab 1 over w, with the first steps."""
    fig, ax = plt.subplots(figsize=(7, 3.2))
    w = np.linspace(-0.2, 4.2, 400)
    ax.plot(w, 11 * (w - 2) ** 2, color=BLUE, lw=2)
    path = weights(8)
    for before, after in pairwise(path):
        ax.annotate(
            "",
            (after, 11 * (after - 2) ** 2),
            (before, 11 * (before - 2) ** 2),
            arrowprops={"arrowstyle": "->", "color": RED, "lw": 1.6, "shrinkA": 0, "shrinkB": 0},
        )
    costs = [11 * (v - 2) ** 2 for v in path]
    ax.plot(path, costs, "o", color=RED, ms=5)
    ax.text(path[0] + 0.12, costs[0], r"$w = 0.058,\ C = 41.49$", fontsize=11, va="bottom")
    ax.text(path[1] + 0.12, costs[1], "$w = 0.485$", fontsize=11, va="bottom")
    ax.plot(2, 0, "o", color=GREEN, ms=7)
    ax.set(xlim=(-0.2, 4.2), ylim=(-2, 50), xlabel="$w$", ylabel="$C(w)$")
    ax.grid(alpha=0.25)
    return fig


def fit() -> Figure:
    """Points and line after steps 0, 5, 10, 15."""
    fig, axes = plt.subplots(1, 4, figsize=(12, 3), sharey=True)
    path = weights(20)
    ends = np.array([0.0, 5.6])
    for ax, step in zip(axes, (0, 5, 10, 15), strict=True):
        ax.plot(ends, path[step + 1] * ends, color=RED, lw=2.2)
        ax.plot(X, Y, "o", color=BLUE, ms=6)
        ax.set_title(f"{step}:  $w = {path[step + 1]:.4f}$", fontsize=12)
        ax.set(xlim=(0, 5.6), ylim=(0, 11), xlabel="$x$")
        ax.grid(alpha=0.25)
    return fig


def network(seed: int, hidden: int, steps: int) -> tuple[Array, Array, Array, float]:
    """W1, b1, W2 (flat) and b2 of a tanh network that learned y = x^2 between -2 and 2."""
    rng = np.random.default_rng(seed)
    x = np.linspace(-2, 2, 21)[:, None]
    W1, b1, W2, b2 = rng.normal(size=(1, hidden)), rng.normal(size=hidden), rng.normal(size=(hidden, 1)), np.zeros(1)
    for _ in range(steps):
        h = np.tanh(x @ W1 + b1)
        d = 2 * (h @ W2 + b2 - x**2) / len(x)
        e = d @ W2.T * (1 - h**2)
        W2, b2 = W2 - 0.02 * h.T @ d, b2 - 0.02 * d.sum(axis=0)
        W1, b1 = W1 - 0.02 * x.T @ e, b1 - 0.02 * e.sum(axis=0)
    return W1.ravel(), b1, W2.ravel(), float(b2[0])


def parabola() -> Figure:
    """The best line, the bent pieces of three tanh units, and their sum."""
    fig, axes = plt.subplots(1, 3, figsize=(11, 3.2), sharey=True)
    x = np.linspace(-2, 2, 201)
    places = np.linspace(-2, 2, 21)
    W1, b1, W2, b2 = network(4, 3, 6000)
    pieces = np.tanh(x[:, None] * W1 + b1) * W2
    axes[0].axhline(np.mean(places**2), color=RED, lw=2.2, label="$xW + b$")
    for k, colour in enumerate((GREEN, "#8a6fb5", GREY)):
        axes[1].plot(x, pieces[:, k], color=colour, lw=2.2, label=rf"$w_{k + 1}\tanh(a_{k + 1})$")
    axes[1].axhline(b2, color="black", lw=1, ls="--", label="$b$")
    axes[2].plot(x, pieces.sum(axis=1) + b2, color=RED, lw=2.2, label=r"$\hat y$")
    for ax in (axes[0], axes[2]):
        ax.plot(places, places**2, "o", color=BLUE, ms=4, label="$x^2$")
    for ax in axes:
        ax.set(xlim=(-2.1, 2.1), ylim=(-3.5, 6.5), xlabel="$x$")
        ax.grid(alpha=0.25)
        ax.legend(loc="upper center", ncols=2, fontsize=9)
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "cross_entropy": cross_entropy,
    "downhill": downhill,
    "fit": fit,
    "parabola": parabola,
}
