"""The pictures of assignment 04, for `draw_pictures.py`: secants, the error over δ, one element at a time.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, RED, GREEN, GREY = "#1f5fa8", "#c8442e", "#2e8b57", "#777777"


def secant(ax: Axes, left: float, right: float, colour: str, label: str) -> None:
    """The curve x³, its tangent at 2, and the secant through two points of the curve."""
    x = np.linspace(0.9, 3.1, 221)
    ax.plot(x, x**3, color="black", lw=1.6)
    ax.plot(x, 8 + 12 * (x - 2), color=GREY, lw=1.4, ls="--")
    slope = (right**3 - left**3) / (right - left)
    ax.plot(x, left**3 + slope * (x - left), color=colour, lw=2.2, label=f"{label} = {slope:g}")
    ax.plot([left, right], [left**3, right**3], "o", color=colour, ms=7, zorder=4)
    ax.plot(2, 8, "o", mfc="white", mec="black", ms=6, zorder=5)
    ax.set(xlim=(0.9, 3.1), ylim=(-6, 29), xticks=(1.2, 2, 2.8), yticks=(0, 8, 20))
    ax.set_xticklabels([r"$x-\delta$", "$x$", r"$x+\delta$"], fontsize=12)
    ax.grid(alpha=0.25)
    ax.legend(loc="upper left", fontsize=12)


def secants() -> Figure:
    """Forward, backward and central difference of x³ at 2 with a large δ of 0.8; the tangent dashed."""
    fig, axes = plt.subplots(1, 3, figsize=(12, 3.4))
    secant(axes[0], 2.0, 2.8, RED, r"$\frac{f(x+\delta)-f(x)}{\delta}$")
    secant(axes[1], 1.2, 2.0, GREEN, r"$\frac{f(x)-f(x-\delta)}{\delta}$")
    secant(axes[2], 1.2, 2.8, BLUE, r"$\frac{f(x+\delta)-f(x-\delta)}{2\delta}$")
    return fig


def error() -> Figure:
    """The error of both differences of x³ at 2 over δ, from 1 down to where δ drowns in rounding."""
    fig, ax = plt.subplots(figsize=(8.5, 4))
    delta = 10.0 ** np.arange(-17, 0.05, 0.1)
    right, left = (2 + delta) ** 3, (2 - delta) ** 3
    ax.axvspan(1e-7, 1e-3, color=GREEN, alpha=0.12, lw=0)
    for value, colour, name in (
        ((right - 8) / delta, RED, r"$\frac{f(x+\delta)-f(x)}{\delta}$"),
        ((right - left) / (2 * delta), BLUE, r"$\frac{f(x+\delta)-f(x-\delta)}{2\delta}$"),
    ):
        ax.loglog(delta, np.maximum(np.abs(value - 12), 1e-12), ".-", color=colour, lw=1.2, ms=4, label=name)
    for x, label in ((np.exp(-4), "$e^{-4}$"), (1.0, "$1$")):
        ax.plot(x, x**2, "s", color="black", ms=7, zorder=4)
        ax.annotate(label, (x, x**2), (8, -16), textcoords="offset points", fontsize=12)
    ax.axhline(12, color=GREY, lw=1, ls=":")
    ax.text(2e-17, 17, "12", color=GREY, fontsize=11)
    ax.set(xlim=(1e-17, 5), ylim=(1e-12, 100), xticks=10.0 ** np.arange(-17, 1, 2))
    ax.set_xlabel(r"$\delta$", fontsize=13)
    ax.grid(alpha=0.25)
    ax.legend(loc="lower left", fontsize=13)
    return fig


def one_at_a_time() -> Figure:
    """Six turns through a (2, 3) array: the element that is moved, and its index."""
    fig, axes = plt.subplots(1, 6, figsize=(12, 2))
    for ax, idx in zip(axes, np.ndindex(2, 3), strict=True):
        for row, column in np.ndindex(2, 3):
            here = (row, column) == idx
            place = (column, 1 - row)
            ax.add_patch(plt.Rectangle(place, 1, 1, facecolor="#f6d5cc" if here else "white", edgecolor="black"))
            ax.text(column + 0.5, 1.5 - row, r"$\pm\delta$" if here else "", ha="center", va="center", fontsize=13)
        ax.set(xlim=(-0.05, 3.05), ylim=(-0.05, 2.05), xticks=(), yticks=(), aspect="equal")
        ax.set_title(f"idx = {idx}", fontsize=11)
        ax.set_frame_on(False)
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "secants": secants,
    "error": error,
    "one_at_a_time": one_at_a_time,
}
