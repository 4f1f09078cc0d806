"""The pictures of assignment 06, for `draw_pictures.py`: the network, its shapes, a batch, the normal distribution.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

BLUE, RED, GREEN, GREY, PALE = "#1f5fa8", "#c8442e", "#2e8b57", "#777777", "#dbe8f6"
Place = tuple[float, float]


def bare(figsize: tuple[float, float], x: Place, y: Place) -> tuple[Figure, Axes]:
    """Axes without axes, one unit as long as the other."""
    fig, ax = plt.subplots(figsize=figsize)
    ax.set(xlim=x, ylim=y, aspect="equal")
    ax.axis("off")
    return fig, ax


def column(count: int, x: float) -> list[Place]:
    """Places of the nodes of a layer, centred."""
    return [(x, 1.2 * ((count - 1) / 2 - k)) for k in range(count)]


def node(ax: Axes, place: Place, text: str, colour: str, below: str = "") -> None:
    """A circle with a name, and a number below it."""
    ax.add_patch(Circle(place, 0.33, fc=colour, ec="black", lw=1.2, zorder=3))
    ax.text(*place, text, ha="center", va="center", fontsize=13, zorder=4)
    if below:
        ax.text(place[0], place[1] - 0.38, below, ha="center", va="top", fontsize=10, color=BLUE, zorder=4)


def network() -> Figure:
    """Two inputs, hidden layers of three and two neurons, two outputs, with the signals of the worked example."""
    fig, ax = bare((11, 4), (-0.7, 9.7), (-2.3, 2.2))
    names = ("x", "z^{1}", "z^{2}", "y")
    signals = (("1.0", "0.5"), ("0.5744", "0.6682", "0.7503"), ("0.6262", "0.7710"), ("0.3168", "0.6963"))
    layers = [column(len(values), 3.0 * k) for k, values in enumerate(signals)]
    for left, right in itertools.pairwise(layers):
        for start in left:
            for end in right:
                style = {"arrowstyle": "->", "color": GREY, "shrinkA": 18, "shrinkB": 18, "lw": 1.0}
                ax.annotate("", end, start, arrowprops=style)
    for name, places, values in zip(names, layers, signals, strict=True):
        for k, (place, value) in enumerate(zip(places, values, strict=True), start=1):
            node(ax, place, f"${name}_{k}$", "white" if name == "x" else PALE, value)
    for k, h in ((1, r"\sigma"), (2, r"\sigma"), (3, r"\mathrm{id}")):
        ax.text(3.0 * k - 1.5, 1.9, f"$W^{{{k}}},\\ b^{{{k}}}$", ha="center", fontsize=14, color=RED)
        ax.text(3.0 * k, -2.15, f"${h}$", ha="center", fontsize=16, color=GREEN)
    return fig


def box(ax: Axes, x: float, rows: int, columns: int, colour: str, name: str, shape: str) -> float:
    """A matrix as a grid of squares, its name above and its shape below; returns the right edge."""
    size = 0.5
    for row in range(rows):
        for k in range(columns):
            corner = (x + size * k, size * (rows / 2 - row - 1))
            ax.add_patch(Rectangle(corner, size, size, fc=colour, ec="black", lw=1))
    middle = x + size * columns / 2
    ax.text(middle, size * rows / 2 + 0.15, name, ha="center", va="bottom", fontsize=14)
    ax.text(middle, -size * rows / 2 - 0.15, shape, ha="center", va="top", fontsize=11, color=BLUE)
    return x + size * columns


def sign(ax: Axes, x: float, text: str) -> float:
    """A sign between two matrices; returns where the next one begins."""
    ax.text(x + 0.4, 0, text, ha="center", va="center", fontsize=16)
    return x + 0.8


def shapes() -> Figure:
    """One step as boxes: x @ W + b for one input, the inner lengths marked."""
    fig, ax = bare((9, 2.4), (-0.3, 8.3), (-1.1, 1.2))
    edge = box(ax, 0.0, 1, 2, "#f6dcd6", "$x$", "(2,)")
    edge = sign(ax, edge, "@")
    edge = box(ax, edge, 2, 3, "#f6dcd6", "$W^1$", "(2, 3)")
    edge = sign(ax, edge, "+")
    edge = box(ax, edge, 1, 3, PALE, "$b^1$", "(3,)")
    edge = sign(ax, edge, "=")
    box(ax, edge, 1, 3, PALE, "$a^1$", "(3,)")
    return fig


def batch() -> Figure:
    """The same step for a batch: four rows, the bias is added to every one."""
    fig, ax = bare((9, 3), (-0.3, 8.3), (-1.6, 1.7))
    edge = box(ax, 0.0, 4, 2, "#f6dcd6", "$X$", "(4, 2)")
    edge = sign(ax, edge, "@")
    edge = box(ax, edge, 2, 3, "#f6dcd6", "$W^1$", "(2, 3)")
    edge = sign(ax, edge, "+")
    edge = box(ax, edge, 1, 3, PALE, "$b^1$", "(3,)")
    edge = sign(ax, edge, "=")
    box(ax, edge, 4, 3, PALE, "$A^1$", "(4, 3)")
    return fig


def normal() -> Figure:
    """The density with its minus sign, and without it; draws of a normal and of a uniform distribution."""
    fig, axes = plt.subplots(1, 3, figsize=(12, 3.2))
    x = np.linspace(-4, 4, 401)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    axes[0].plot(x, density, color=BLUE, lw=2.5)
    inside = np.abs(x) <= 1
    axes[0].fill_between(x[inside], density[inside], color=PALE)
    axes[0].text(0, 0.12, "68 %", ha="center", fontsize=13)
    axes[0].set(title=r"$\dfrac{1}{\sqrt{2\pi}\,\sigma}\,e^{-(x-\mu)^2/2\sigma^2}$", ylim=(0, 0.45))
    axes[1].plot(x, np.exp(x**2 / 2) / np.sqrt(2 * np.pi), color=RED, lw=2.5)
    axes[1].set(title=r"$\dfrac{1}{\sqrt{2\pi}\,\sigma}\,e^{+(x-\mu)^2/2\sigma^2}$", ylim=(0, 60))
    # Quantiles in place of draws: the same picture every time, and no random number.
    steps = (np.arange(490) + 0.5) / 490  # 35 in each of the 14 bins of the uniform ones
    flat = np.sqrt(12) * (steps - 0.5)
    crowded = np.interp(steps, np.cumsum(density) * (x[1] - x[0]), x)
    bins = (np.sqrt(3) / 7 * np.arange(-17, 18)).tolist()  # the uniform numbers end at ±√3, at edges of bins
    axes[2].hist(crowded, bins=bins, color=BLUE, alpha=0.6, label="normal")
    axes[2].hist(flat, bins=bins, histtype="step", color=RED, lw=2, label="uniform")
    axes[2].legend()
    for ax in axes:
        ax.set(xlim=(-4, 4), xticks=(-3, -2, -1, 0, 1, 2, 3))
        ax.grid(alpha=0.25)
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {"network": network, "shapes": shapes, "batch": batch, "normal": normal}
