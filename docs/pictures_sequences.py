"""The pictures of assignment 03, for `draw_pictures.py`: terms, the factorial's growth, two sequences, a network.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

BLUE, RED, GREEN, GREY, PALE = "#1f5fa8", "#c8442e", "#2e8b57", "#777777", "#dbe8f6"
Place = tuple[float, float]


def terms() -> Figure:
    """The even and the odd numbers over their positions; a step of the recurrence is an arrow."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.2), sharey=True)
    n = np.arange(1, 6)
    for ax, values, colour, title in ((axes[0], 2 * n, BLUE, "2, 4, 6, …"), (axes[1], 2 * n - 1, RED, "1, 3, 5, …")):
        for k, value in zip(n[:-1], values, strict=False):
            ax.annotate(
                "", (k + 1, value + 2), (k, value), arrowprops={"arrowstyle": "->", "color": GREY, "shrinkB": 6}
            )
            ax.text(k + 0.42, value + 1.3, "+2", ha="right", color=GREY, fontsize=11)
        ax.plot(n, values, "o", color=colour, ms=10, zorder=3)
        for k, value in zip(n, values, strict=True):
            ax.text(k + 0.12, value - 0.9, f"$a_{k} = {value}$", fontsize=11)
        ax.set(xlim=(0.5, 6), ylim=(-0.8, 11.5), xticks=n, title=title)
        ax.set_xlabel("$n$")
        ax.grid(alpha=0.25)
    return fig


def growth() -> Figure:
    """The number of digits of n!, and where 64 bits and a float end."""
    fig, ax = plt.subplots(figsize=(9, 3.4))
    n = np.arange(1, 1001)
    digits = np.floor(np.cumsum(np.log10(n))) + 1
    ax.loglog(n, digits, color=BLUE, lw=2.5, label="len(str(n!))")
    # 2^63 has 19 digits, the largest float64 has 309.
    for limit, last, colour, name in ((19, 20, RED, "int64"), (309, 170, GREEN, "float64")):
        ax.axhline(limit, color=colour, lw=1.2, ls="--", label=f"{name}: $n \\leq {last}$")
        ax.plot(last, digits[last - 1], "o", color=colour, ms=7, zorder=4)
    ax.plot(1000, digits[-1], "o", color=BLUE, ms=8)
    ax.annotate(
        "1000!",
        (1000, digits[-1]),
        (10, -14),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=12,
        color=BLUE,
    )
    ax.set(xlim=(2, 1400), ylim=(0.7, 6000), xticks=(2, 5, 20, 170, 1000), yticks=(1, 19, 309, 2568))
    ax.set_xticklabels(["2", "5", "20", "170", "1000"])
    ax.set_yticklabels(["1", "19", "309", "2568"])
    ax.minorticks_off()
    ax.set_xlabel("$n$")
    ax.set_ylabel("len(str(n!))")
    ax.grid(alpha=0.25)
    ax.legend(loc="upper left")
    return fig


def circle(ax: Axes, place: Place, text: str, colour: str = "white", below: str = "") -> None:
    """A node with its name inside, and a value below it."""
    ax.add_patch(Circle(place, 0.33, fc=colour, ec="black", lw=1.2, zorder=4))
    ax.text(*place, text, ha="center", va="center", fontsize=13, zorder=5)
    if below:
        ax.text(place[0], place[1] - 0.46, below, ha="center", va="top", fontsize=11, color=BLUE)


def arrow(ax: Axes, start: Place, end: Place, text: str, at: float = 0.3, colour: str = GREY) -> None:
    """An arrow between two nodes with its factor beside it."""
    style = {"arrowstyle": "->", "color": colour, "shrinkA": 20, "shrinkB": 20, "lw": 1.4}
    ax.annotate("", end, start, arrowprops=style)
    x, y = (a + at * (b - a) for a, b in zip(start, end, strict=True))
    box = {"fc": "white", "ec": "none", "pad": 1.0}
    ax.text(x, y, text, ha="center", va="center", fontsize=11, color=colour, bbox=box, zorder=3.5)


def bare(figsize: tuple[float, float], right: float, top: float) -> tuple[Figure, Axes]:
    """Axes without axes, one unit as long as the other."""
    fig, ax = plt.subplots(figsize=figsize)
    ax.set(xlim=(-0.6, right), ylim=(-1.0, top), aspect="equal")
    ax.axis("off")
    return fig, ax


def crossing() -> Figure:
    """Two sequences at once, three terms of them: every new value needs both old ones."""
    fig, ax = bare((9.5, 3.4), 6.7, 2.9)
    values = ((1, 1), (5, 6), (19, 29))
    for n, (a, b) in enumerate(values):
        x = 2.9 * n
        circle(ax, (x, 2), f"$a_{n + 1}$", PALE)
        circle(ax, (x, 0), f"$b_{n + 1}$", PALE)
        ax.text(x, 2.44, str(a), ha="center", fontsize=12, color=BLUE)
        ax.text(x, -0.46, str(b), ha="center", va="top", fontsize=12, color=BLUE)
        if n == 2:
            break
        arrow(ax, (x, 2), (x + 2.9, 2), "1", 0.5)
        arrow(ax, (x, 0), (x + 2.9, 2), "2", 0.27, RED)
        arrow(ax, (x, 2), (x + 2.9, 0), "2", 0.27, RED)
        arrow(ax, (x, 0), (x + 2.9, 0), "3", 0.5)
        ax.text(x + 2.4, 2.5, "+2", ha="center", color=GREEN, fontsize=12)
        ax.text(x + 2.4, -0.62, "+1", ha="center", color=GREEN, fontsize=12)
    return fig


def network() -> Figure:
    """The network of the worked example with its numbers."""
    fig, ax = bare((9.5, 3.6), 7.0, 2.9)
    x1, x2, a1, a2, out = (0.0, 2.0), (0.0, 0.0), (3.0, 2.0), (3.0, 0.0), (6.0, 1.0)
    arrow(ax, x1, a1, "2", 0.5)
    arrow(ax, x2, a1, "3", 0.27)
    arrow(ax, x1, a2, "1", 0.27)
    arrow(ax, x2, a2, "$-1$", 0.5)
    arrow(ax, a1, out, "1", 0.45)
    arrow(ax, a2, out, "$-2$", 0.45)
    circle(ax, x1, "$x_1$", below="0.6")
    circle(ax, x2, "$x_2$", below="0.5")
    circle(ax, a1, "$a^1_1$", PALE, "0.8455")
    circle(ax, a2, "$a^1_2$", PALE, "0.2891")
    circle(ax, out, "$a^2_1$", PALE, "0.6830")
    for place, bias in ((a1, "-1"), (a2, "-1"), (out, "0.5")):
        ax.text(place[0], place[1] + 0.45, f"$b = {bias}$", ha="center", color=GREEN, fontsize=11)
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "terms": terms,
    "growth": growth,
    "crossing": crossing,
    "network": network,
}
