"""The pictures of assignment 05, for `draw_pictures.py`: the steps of softmax, the shift, batches, the decision at 0.5.

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
Array = NDArray[np.float64]
LECTURE = np.array([0.3, 2.9, 4.0])
BATCH = np.array([[0.3, 2.9, 4.0], [2.0, 1.0, 0.0]])
LARGEST_EXPONENT = float(np.log(np.finfo(np.float64).max))  # 709.78


def softmax(a: Array) -> Array:
    """Return the softmax of a along its last axis."""
    e = np.exp(a - np.max(a, axis=-1, keepdims=True))
    total: Array = np.sum(e, axis=-1, keepdims=True)
    return e / total


def bars(ax: Axes, values: Array, title: str, colour: str, form: str) -> None:
    """Draw one bar per class with its value above."""
    ax.bar([1, 2, 3], values, color=colour, width=0.6)
    top = float(np.max(values))
    for place, value in enumerate(values, start=1):
        ax.text(place, value + 0.03 * top, format(value, form), ha="center", fontsize=11)
    ax.set_title(title, fontsize=14)
    ax.set(xticks=(1, 2, 3), xlim=(0.4, 3.6), ylim=(0, 1.18 * top))


def steps() -> Figure:
    """From the sums a to e^a to the probabilities y, for the example of the lecture."""
    fig, axes = plt.subplots(1, 3, figsize=(10, 3))
    e = np.exp(LECTURE)
    bars(axes[0], LECTURE, "$a_k$", GREY, ".1f")
    bars(axes[1], e, "$e^{a_k}$", GREEN, ".2f")
    bars(axes[2], e / e.sum(), r"$y_k = e^{a_k}\,/\,\sum_i e^{a_i}$", BLUE, ".3f")
    axes[2].set_ylim(0, 1)
    return fig


def shift() -> Figure:
    """The exponents 1010, 1000, 990 above the ceiling of float64, and the same after 1010 is subtracted."""
    fig, ax = plt.subplots(figsize=(9, 2.6))
    ax.axvspan(LARGEST_EXPONENT, 1130, color=GREY, alpha=0.25, lw=0)
    ax.axvline(LARGEST_EXPONENT, color="black", lw=1)
    ax.text(LARGEST_EXPONENT - 8, 0.93, "$709.78$", ha="right", va="top", fontsize=12)
    ax.text(1115, 0.93, "$e^{a} = $ inf", ha="right", va="top", fontsize=13)
    for places, height, colour in (((1010, 1000, 990), 0.6, RED), ((0, -10, -20), 0.3, BLUE)):
        ax.plot(places, [height] * 3, "o", color=colour, ms=7)
    ax.text(LARGEST_EXPONENT + 15, 0.42, r"$1010,\ 1000,\ 990$", color=RED, ha="left", va="center", fontsize=13)
    ax.text(40, 0.3, r"$0,\ -10,\ -20$", color=BLUE, ha="left", va="center", fontsize=13)
    ax.annotate(
        "",
        xy=(8, 0.37),
        xytext=(975, 0.64),
        arrowprops={"arrowstyle": "->", "color": "black", "connectionstyle": "arc3,rad=0.12"},
    )
    ax.text(470, 0.72, "$-\\,1010$", ha="center", fontsize=13)
    ax.set(xlim=(-130, 1130), ylim=(0.1, 1), yticks=(), xticks=(0, 200, 400, 600, 800, 1000))
    ax.set_xlabel("$a$")
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    return fig


def breaking() -> Figure:
    """The first entry of [c, c - 1, c - 2]: softmax for every c, the formula as it stands only in the middle."""
    fig, ax = plt.subplots(figsize=(8, 2.8))
    c = np.arange(-1000.0, 1001.0)
    a = np.stack([c, c - 1, c - 2], axis=-1)
    with np.errstate(all="ignore"):
        naive = np.exp(a) / np.sum(np.exp(a), axis=-1, keepdims=True)
    ax.plot(c, softmax(a)[:, 0], color=BLUE, lw=7, alpha=0.35, label="softmax")
    inside = c[np.isfinite(naive[:, 0])]
    ax.plot(c, naive[:, 0], color=RED, lw=2, label="softmax_naive")
    for edge, side in ((inside[0], "right"), (inside[-1], "left")):
        ax.text(edge, 0.45, "  nan  ", color=RED, ha=side, fontsize=13)
        ax.axvline(edge, color=GREY, lw=0.8, ls=":")
    ax.set(xlim=(-1000, 1000), ylim=(0, 1.05), xticks=(-1000, inside[0], 0, inside[-1], 1000))
    ax.set_xlabel("$c$")
    ax.set_ylabel("$y_1$", rotation=0, labelpad=12, fontsize=12)
    ax.legend(loc="lower center", ncols=2)
    return fig


def table(ax: Axes, values: Array, title: str, colour: str) -> None:
    """Write the batch as a grid of numbers, its row sums on the right."""
    rows, columns = values.shape
    for r in range(rows):
        for c in range(columns):
            ax.add_patch(
                plt.Rectangle((c, rows - 1 - r), 1, 1, fc=colour, alpha=0.15 + 0.75 * values[r, c], ec="white")
            )
            ax.text(c + 0.5, rows - r - 0.5, f"{values[r, c]:.3f}", ha="center", va="center", fontsize=12)
        ax.text(columns + 0.12, rows - r - 0.5, rf"$\Sigma = {values[r].sum():.3f}$", va="center", fontsize=12)
    for c in range(columns):
        ax.text(c + 0.5, -0.12, f"${values[:, c].sum():.3f}$", ha="center", va="top", fontsize=11, color=GREY)
    ax.set(xlim=(0, columns + 1.35), ylim=(-0.5, rows), aspect="equal")
    ax.set_title(title, fontsize=12)
    ax.axis("off")


def batch() -> Figure:
    """One batch three times: summed along the last axis, over everything, and down the columns."""
    fig, axes = plt.subplots(1, 3, figsize=(12, 2.6))
    e = np.exp(BATCH)
    table(axes[0], e / e.sum(axis=-1, keepdims=True), "axis = -1", BLUE)
    table(axes[1], e / e.sum(), "axis = None", RED)
    table(axes[2], e / e.sum(axis=0), "axis = 0", RED)
    return fig


def decision() -> Figure:
    """The sigmoid, the limit 0.5, and the place a = 0 where it is reached."""
    fig, ax = plt.subplots(figsize=(8, 2.9))
    a = np.linspace(-5, 5, 501)
    ax.axvspan(-5, 0, color=GREY, alpha=0.12, lw=0)
    ax.axvspan(0, 5, color=GREEN, alpha=0.15, lw=0)
    ax.plot(a, 1 / (1 + np.exp(-a)), color=BLUE, lw=2.5)
    ax.axhline(0.5, color="black", lw=0.8, ls="--")
    ax.plot(0, 0.5, "o", color="black", ms=7)
    ax.plot([0.3, 0.3], [0, 1 / (1 + np.exp(-0.3))], color=RED, lw=1.2, ls=":")
    ax.plot(0.3, 1 / (1 + np.exp(-0.3)), "o", color=RED, ms=6)
    ax.text(0.45, 0.6, r"$\sigma(0.3) = 0.574$", color=RED, va="top", fontsize=12)
    ax.text(-2.5, 0.8, "0", ha="center", va="center", fontsize=22, color=GREY)
    ax.text(3.6, 0.3, "1", ha="center", va="center", fontsize=22, color=GREEN)
    ax.set(xlim=(-5, 5), ylim=(0, 1.05), yticks=(0, 0.5, 1))
    ax.set_xlabel("$a$")
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "steps": steps,
    "shift": shift,
    "breaking": breaking,
    "batch": batch,
    "decision": decision,
}
