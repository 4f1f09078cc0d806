"""The pictures of assignment 02, for `draw_pictures.py`: the functions, their derivatives, vanishing and overflow.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

BLUE, RED, GREEN, GREY = "#1f5fa8", "#c8442e", "#2e8b57", "#777777"
LARGEST = np.log10(np.finfo(np.float64).max)  # 308.25: e^x is inf above x = 709.78
Array = NDArray[np.float64]
X = np.linspace(-5, 5, 1001)


def sigmoid(x: Array) -> Array:
    """Return the sigmoid of moderate x, any shape."""
    return 1 / (1 + np.exp(-x))


def grid(ax: Axes, title: str = "") -> None:
    """Give a panel thin axes through the origin, a light grid and a title."""
    ax.axhline(0, color="black", lw=0.8)
    ax.axvline(0, color="black", lw=0.8)
    ax.grid(alpha=0.25)
    ax.set_title(title, fontsize=12)


def jump(ax: Axes, high: float = 1.0) -> None:
    """Draw 0 up to and including x = 0, then high: the open circle is the value that is not taken."""
    ax.plot([-5, 0], [0, 0], color=BLUE, lw=2.5)
    ax.plot([0, 5], [high, high], color=BLUE, lw=2.5)
    ax.plot(0, 0, "o", color=BLUE, ms=7, zorder=4)
    ax.plot(0, high, "o", mfc="white", mec=BLUE, mew=2, ms=7, zorder=4)


def functions() -> Figure:
    """Step, sigmoid, tanh and ReLU side by side."""
    fig, axes = plt.subplots(1, 4, figsize=(12, 3))
    for ax, title in zip(axes, ("step", "sigmoid", "tanh", "ReLU"), strict=True):
        grid(ax, title)
        ax.set(xlim=(-5, 5), ylim=(-1.2, 1.2))
    jump(axes[0])
    axes[1].plot(X, sigmoid(X), color=BLUE, lw=2.5)
    axes[2].plot(X, np.tanh(X), color=BLUE, lw=2.5)
    axes[3].plot(X, np.maximum(X, 0), color=BLUE, lw=2.5)
    axes[3].set_ylim(-1, 5.5)
    return fig


def steeper() -> Figure:
    """sigma(kx) for growing k: the sigmoid is a soft step."""
    fig, ax = plt.subplots(figsize=(7, 3))
    grid(ax)
    for k, colour in ((1, "#a9c7e8"), (2, "#6fa0d6"), (5, BLUE), (20, RED)):
        ax.plot(X, sigmoid(k * X), color=colour, lw=2.2, label=rf"$\sigma({k if k > 1 else ''}x)$")
    ax.plot(0, 0.5, "o", color="black", ms=6)
    ax.text(0.25, 0.47, r"$\sigma(0)=\frac{1}{2}$", fontsize=13, va="top")
    ax.set(xlim=(-5, 5), ylim=(-0.1, 1.1), yticks=(0, 0.5, 1))
    ax.legend(loc="upper left")
    return fig


def negative_side() -> Figure:
    """What ReLU, leaky ReLU (two slopes) and ELU do below zero."""
    fig, axes = plt.subplots(1, 3, figsize=(10, 3))
    for ax, title in zip(axes, ("ReLU", "leaky ReLU", "ELU"), strict=True):
        grid(ax, title)
        ax.set(xlim=(-5, 2), ylim=(-1.2, 2))
    axes[0].plot(X, np.maximum(X, 0), color=BLUE, lw=2.5)
    for alpha, colour in ((0.01, BLUE), (0.1, RED)):
        axes[1].plot(X, np.where(X > 0, X, alpha * X), color=colour, lw=2.2, label=rf"$\alpha = {alpha}$")
    for alpha, colour in ((1.0, BLUE), (0.5, RED)):
        axes[2].plot(
            X,
            np.where(X > 0, X, alpha * np.expm1(np.minimum(X, 0))),
            color=colour,
            lw=2.2,
            label=rf"$\alpha = {alpha}$",
        )
        axes[2].axhline(-alpha, color=colour, lw=1, ls=":")
    for ax in axes[1:]:
        ax.legend(loc="upper left")
    return fig


def maxout() -> Figure:
    """Two straight lines and the larger of the two."""
    fig, axes = plt.subplots(1, 2, figsize=(9, 3))
    pairs = (("$-0.5x - 1$", -0.5 * X - 1, "$x + 0.5$", X + 0.5), ("$x$", X, "$0$", 0 * X))
    for ax, (name1, line1, name2, line2) in zip(axes, pairs, strict=True):
        grid(ax)
        ax.plot(X, np.maximum(line1, line2), color=BLUE, lw=6, alpha=0.45, label=r"$\max$")
        ax.plot(X, line1, color=RED, lw=1.6, ls="--", label=name1)
        ax.plot(X, line2, color=GREEN, lw=1.6, ls="--", label=name2)
        ax.set(xlim=(-5, 5), ylim=(-3, 5))
        ax.legend(loc="upper center")
    return fig


def derivatives() -> Figure:
    """The derivatives of step, sigmoid, tanh and ReLU, on one scale."""
    fig, axes = plt.subplots(1, 4, figsize=(12, 3))
    for ax, title in zip(
        axes, ("step$'$", r"$\sigma' = \sigma\,(1-\sigma)$", r"$\tanh' = 1-\tanh^2$", "ReLU$'$"), strict=True
    ):
        grid(ax, title)
        ax.set(xlim=(-5, 5), ylim=(-0.1, 1.2), yticks=(0, 0.25, 0.5, 0.75, 1))
    axes[0].plot([-5, 5], [0, 0], color=BLUE, lw=2.5)
    axes[0].plot(0, 0, "o", mfc="white", mec=BLUE, mew=2, ms=7, zorder=4)
    s, t = sigmoid(X), np.tanh(X)
    axes[1].plot(X, s * (1 - s), color=BLUE, lw=2.5)
    axes[1].axhline(0.25, color=RED, lw=1.2, ls="--")
    axes[2].plot(X, 1 - t * t, color=BLUE, lw=2.5)
    axes[2].axhline(1, color=RED, lw=1.2, ls="--")
    jump(axes[3])
    return fig


def vanishing() -> Figure:
    """The product of n sigmoid derivatives at its best, (1/4)^n, on a plain and on a logarithmic scale."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.2))
    n = np.arange(0, 21)
    axes[0].bar(n[:9], 0.25 ** n[:9], color=BLUE)
    axes[1].semilogy(n, 0.25**n, "o-", color=BLUE, ms=4, label=r"$\left(\frac{1}{4}\right)^n$")
    axes[1].semilogy(n, 1.0**n, "s-", color=GREEN, ms=3, label=r"$1^n$")
    for layers, label in ((5, "0.00098"), (10, r"$9.5\times10^{-7}$"), (20, r"$9.1\times10^{-13}$")):
        axes[1].annotate(
            label,
            (layers, 0.25**layers),
            (-8, -4),
            textcoords="offset points",
            ha="right",
            va="top",
            color=RED,
            fontsize=11,
        )
    for ax in axes:
        ax.set_xlabel("$n$")
        ax.grid(alpha=0.25)
    axes[0].set_ylabel(r"$(1/4)^n$", fontsize=12)
    axes[1].set(ylim=(1e-14, 20), xticks=(0, 5, 10, 15, 20))
    axes[1].legend(loc="lower left")
    return fig


def overflow() -> Figure:
    """The sizes of e^x and e^-x as powers of ten, the ceiling of float64, and the harmless half of each in bold."""
    fig, ax = plt.subplots(figsize=(8, 3.4))
    x = np.array([-1000.0, 0.0, 1000.0])
    for sign, colour, name in ((1, BLUE, "$e^{x}$"), (-1, RED, "$e^{-x}$")):
        size = sign * x / np.log(10)
        ax.plot(x, size, color=colour, lw=1.2, ls="--")
        ax.plot(x[size <= 0], size[size <= 0], color=colour, lw=4, label=name)
    ax.axhspan(LARGEST, 460, color=GREY, alpha=0.25, lw=0)
    ax.axhline(LARGEST, color="black", lw=1)
    ax.text(0, 375, "inf", ha="center", va="center", fontsize=14)
    for edge in (-709.78, 709.78):
        ax.plot([edge, edge], [-460, LARGEST], color=GREY, lw=1, ls=":")
        ax.text(edge, -450, f" ${edge}$ ", ha="left" if edge < 0 else "right", va="bottom", color=GREY)
    ax.set(xlim=(-1000, 1000), ylim=(-460, 460), yticks=(-300, 0, LARGEST))
    ax.set_yticklabels(["$10^{-300}$", "$1$", r"$1.8\times10^{308}$"], fontsize=12)
    ax.set_xlabel("$x$")
    ax.legend(loc="center right")
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "functions": functions,
    "steeper": steeper,
    "negative_side": negative_side,
    "maxout": maxout,
    "derivatives": derivatives,
    "vanishing": vanishing,
    "overflow": overflow,
}
