"""The pictures of assignment 09, for `draw_pictures.py`: a descent, the zigzag, the five paths, Adam's correction.

Text in a picture is language-neutral (symbols, numbers, names of optimizers), because both handouts share it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

BLUE, RED, GREEN, GREY = "#1f5fa8", "#c8442e", "#2e8b57", "#777777"
ORANGE, VIOLET = "#c98a1b", "#7a4fa3"
Array = NDArray[np.float64]
Step = Callable[[dict[str, Any], Array, int], Array]
START = np.array([-7.0, 2.0])


def path(step: Step, start: Array, steps: int, slope: Array) -> Array:
    """Return the points of a walk on a quadratic bowl whose gradient is slope * point, shape (steps + 1, 2)."""
    memory: dict[str, Any] = {"v": 0.0, "h": 0.0, "m": 0.0}
    points = [start]
    for t in range(1, steps + 1):
        points.append(points[-1] + step(memory, slope * points[-1], t))
    return np.array(points)


def sgd(lr: float) -> Step:
    return lambda memory, g, t: -lr * g


def momentum(lr: float, alpha: float = 0.9) -> Step:
    def step(memory: dict[str, Any], g: Array, t: int) -> Array:
        memory["v"] = alpha * memory["v"] - lr * g
        return np.asarray(memory["v"])

    return step


def adagrad(lr: float) -> Step:
    def step(memory: dict[str, Any], g: Array, t: int) -> Array:
        memory["h"] = memory["h"] + g * g
        return -lr * g / np.sqrt(memory["h"] + 1e-12)

    return step


def rmsprop(lr: float, gamma: float = 0.99) -> Step:
    def step(memory: dict[str, Any], g: Array, t: int) -> Array:
        memory["h"] = gamma * memory["h"] + (1 - gamma) * g * g
        return -lr * g / np.sqrt(memory["h"] + 1e-12)

    return step


def adam(lr: float, beta1: float = 0.9, beta2: float = 0.999) -> Step:
    def step(memory: dict[str, Any], g: Array, t: int) -> Array:
        memory["m"] = beta1 * memory["m"] + (1 - beta1) * g
        memory["h"] = beta2 * memory["h"] + (1 - beta2) * g * g
        m, v = memory["m"] / (1 - beta1**t), memory["h"] / (1 - beta2**t)
        return -lr * m / np.sqrt(v + 1e-16)

    return step


VALLEY = np.array([0.1, 2.0])  # the gradient of x²/20 + y² is (x/10, 2y)
FIVE = {
    "SGD": (sgd(0.95), BLUE),
    "Momentum": (momentum(0.1), RED),
    "AdaGrad": (adagrad(1.5), GREEN),
    "RMSProp": (rmsprop(0.1), ORANGE),
    "Adam": (adam(0.3), VIOLET),
}


def rings(ax: Axes, slope: Array, levels: tuple[float, ...]) -> None:
    """Draw the ellipses on which slope[0] x²/2 + slope[1] y²/2 has these values, and mark the lowest point."""
    angle = np.linspace(0, 2 * np.pi, 91)
    for level in levels:
        a, b = np.sqrt(2 * level / slope)
        ax.plot(a * np.cos(angle), b * np.sin(angle), color=GREY, lw=0.6)
    ax.plot(0, 0, "+", color="black", ms=9)


def valley(ax: Axes, name: str) -> None:
    """Draw the contour lines of x²/20 + y² and the path of one of the five."""
    rings(ax, VALLEY, (0.05, 0.3, 1, 2, 4, 6.45))
    step, colour = FIVE[name]
    ax.plot(*path(step, START, 30, VALLEY).T, "o-", color=colour, ms=3, lw=1.2)
    ax.set(xlim=(-8.5, 8.5), ylim=(-2.8, 2.8))
    ax.set_title(name, fontsize=12)


def descent() -> Figure:
    """Ten steps on x₀² + x₁² with the learning rates 0.1 and 0.9, and how x₀ goes on."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.6))
    bowl = np.array([2.0, 2.0])
    rings(axes[0], bowl, (1, 4, 9, 16, 25))
    for lr, colour in ((0.1, BLUE), (0.9, RED)):
        points = path(sgd(lr), np.array([-3.0, 4.0]), 10, bowl)
        axes[0].plot(*points.T, "o-", color=colour, ms=4, lw=1.3, label=rf"$\eta = {lr}$")
        axes[1].plot(points[:, 0], "o-", color=colour, ms=4, lw=1.3, label=rf"$\eta = {lr}$")
    axes[0].set(aspect="equal", xlabel="$x_0$", ylabel="$x_1$", xlim=(-5, 5), ylim=(-5, 5))
    axes[1].axhline(0, color="black", lw=0.8)
    axes[1].set(xlabel="$t$", ylabel="$x_0$", xticks=range(0, 11, 2))
    for ax in axes:
        ax.legend()
        ax.grid(alpha=0.25)
    return fig


def zigzag() -> Figure:
    """SGD's path over the valley, with -gradient arrows that do not point at the lowest point; Momentum beside it."""
    fig, axes = plt.subplots(1, 2, figsize=(11, 2.9))
    for ax, name in zip(axes, ("SGD", "Momentum"), strict=True):
        valley(ax, name)
    for at in ((-7.0, 2.0), (-6.335, -1.8)):
        g = VALLEY * np.array(at)
        axes[0].annotate(
            "", np.array(at) - 0.32 * g, at, arrowprops={"arrowstyle": "-|>", "color": "black", "lw": 1.4}, zorder=5
        )
        axes[0].plot([at[0], 0], [at[1], 0], color="black", lw=0.9, ls=":")
    return fig


def five() -> Figure:
    """The five paths over the contour lines, 30 steps each."""
    fig, axes = plt.subplots(2, 3, figsize=(11, 5))
    for ax, name in zip(axes.flat, FIVE, strict=False):
        valley(ax, name)
    last = axes.flat[5]
    for name, (step, colour) in FIVE.items():
        points = path(step, START, 30, VALLEY)
        last.semilogy(points[:, 0] ** 2 / 20 + points[:, 1] ** 2, color=colour, lw=1.6, label=name)
    last.set(xlabel="$t$", title="$f(x, y)$", ylim=(1e-4, 10))
    last.legend(fontsize=8, loc="lower left")
    last.grid(alpha=0.25)
    return fig


def memories() -> Figure:
    """What AdaGrad's and RMSProp's h make of the same gradients, and Adam's m with and without correction."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.2))
    t = np.arange(1, 61)
    g = np.where(t <= 20, 2.0, 0.5)
    total, fading, h = np.cumsum(g * g), [], 0.0
    for value in g:
        h = 0.9 * h + 0.1 * value * value
        fading.append(h)
    axes[0].plot(t, g, color="black", lw=1.2, ls=":", label="$|g|$")
    axes[0].plot(t, 1 / np.sqrt(total), color=GREEN, lw=2, label=r"AdaGrad: $1/\sqrt{h}$")
    axes[0].plot(t, 1 / np.sqrt(fading), color=ORANGE, lw=2, label=r"RMSProp: $1/\sqrt{h}$ ($\gamma = 0.9$)")
    axes[0].set(xlabel="$t$", ylim=(0, 4))
    t = np.arange(1, 41)
    axes[1].axhline(1, color="black", lw=0.8, ls=":")
    axes[1].plot(t, 1 - 0.9**t, color=BLUE, lw=2, label=r"$m$ ($g = 1$)")
    axes[1].plot(t, 1 - 0.999**t, color=RED, lw=2, label=r"$v$ ($g = 1$)")
    axes[1].plot(t, np.ones(40), color=VIOLET, lw=2, ls="--", label=r"$\hat{m},\ \hat{v}$")
    axes[1].set(xlabel="$t$", ylim=(0, 1.15))
    for ax in axes:
        ax.legend(loc="upper right" if ax is axes[0] else "center right", fontsize=9)
        ax.grid(alpha=0.25)
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "descent": descent,
    "zigzag": zigzag,
    "five": five,
    "memories": memories,
}
