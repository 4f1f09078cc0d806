"""The pictures of assignment 01, for `draw_pictures.py`: neuron, half-planes, XOR, blocks of NAND gates.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
No picture gives a task away: no coefficients on the lines of the gates, and no finished XOR circuit.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

BLUE, RED, GREY, PALE = "#1f5fa8", "#c8442e", "#777777", "#dbe8f6"
CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))
GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}
# Two points of a separating line and a point on its 1-side. Drawn uneven on purpose: any line that separates will do.
LINES = {
    "AND": ((-0.35, 1.65), (1.5, 0.3), (1, 1)),
    "OR": ((-0.35, 0.7), (1.3, -0.5), (1, 1)),
    "NAND": ((0.2, 1.5), (1.5, 0.1), (0, 0)),
}
Array = NDArray[np.float64]


def sigmoid(x: Array) -> Array:
    """Return the sigmoid of moderate x, any shape."""
    return 1 / (1 + np.exp(-x))


def plane(ax: Axes, outputs: tuple[int, ...], title: str) -> None:
    """Show the four inputs of a gate: a full dot where it is 1, an empty one where it is 0."""
    for (x1, x2), y in zip(CORNERS, outputs, strict=True):
        ax.plot(x1, x2, "o", ms=13, mfc=BLUE if y else "white", mec=BLUE, mew=2, zorder=3)
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=(0, 1), yticks=(0, 1), aspect="equal")
    ax.set_xlabel("$x_1$", labelpad=1)
    ax.set_ylabel("$x_2$", labelpad=1)
    ax.set_title(title, fontsize=12)


def shade(ax: Axes, a: Callable[[Array, Array], Array]) -> None:
    """Tint the half-plane in which the weighted sum a(x1, x2) is positive."""
    x1, x2 = np.meshgrid([-0.5, 1.5], [-0.5, 1.5])
    ax.contourf(x1, x2, a(x1, x2), levels=[0, 1e9], colors=[PALE], zorder=0)


def arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], label: str = "") -> None:
    """Draw an arrow with a label above its middle."""
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": GREY, "lw": 1.5, "shrinkA": 0, "shrinkB": 0})
    ax.text((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 0.1, label, ha="center", va="bottom", fontsize=13)


def neuron() -> Figure:
    """Inputs, weights, sum, bias, activation, output."""
    fig, ax = plt.subplots(figsize=(7.2, 2.7))
    nodes = {"$x_1$": (0, 1), "$x_2$": (0, -1), "$1$": (2, -1.45), r"$\Sigma$": (2, 0), "$h$": (4, 0)}
    for label, (x, y) in nodes.items():
        inner = label in (r"$\Sigma$", "$h$")
        ax.add_patch(Circle((x, y), 0.36, fc=PALE if inner else "white", ec=BLUE, lw=2))
        ax.text(x, y, label, ha="center", va="center", fontsize=16)
    arrow(ax, (0.34, 0.83), (1.68, 0.16), "$w_1$")
    arrow(ax, (0.34, -0.83), (1.68, -0.16), "$w_2$")
    arrow(ax, (2, -1.09), (2, -0.37))
    ax.text(2.12, -0.75, "$b$", ha="left", va="center", fontsize=13)
    arrow(ax, (2.36, 0), (3.63, 0), "$a$")
    arrow(ax, (4.36, 0), (5.5, 0), "$y$")
    ax.text(2.7, 1.15, "$a = w_1x_1 + w_2x_2 + b$", fontsize=13, ha="center")
    ax.text(4.95, -0.75, "$y = h(a)$", fontsize=13, ha="center")
    ax.set(xlim=(-0.5, 5.8), ylim=(-1.9, 1.5), aspect="equal")
    ax.axis("off")
    return fig


def bias() -> Figure:
    """The same weights (1, -1) with three biases: the line slides; ringed inputs lie on it."""
    fig, axes = plt.subplots(1, 3, figsize=(9, 3.2))
    for ax, b in zip(axes, (-0.5, 0.0, 0.5), strict=True):
        outputs = tuple(int(x1 - x2 + b > 0) for x1, x2 in CORNERS)
        plane(ax, outputs, f"$x_1 - x_2 {b:+.1f} > 0$" if b else "$x_1 - x_2 > 0$")
        shade(ax, lambda x1, x2, b=b: x1 - x2 + b)  # type: ignore[misc]
        ax.axline((0, b), (1, 1 + b), color=RED, lw=2)
        ax.annotate("", (0.8, 0.2 + b), (0.5, 0.5 + b), arrowprops={"arrowstyle": "-|>", "color": RED, "lw": 1.5})
        if b == 0:
            ax.plot([0, 1], [0, 1], "o", ms=24, mfc="none", mec=RED, mew=2)
    return fig


def gates() -> Figure:
    """AND, OR and NAND, each with one of its many separating lines."""
    fig, axes = plt.subplots(1, 3, figsize=(9, 3.2))
    for ax, name in zip(axes, ("AND", "OR", "NAND"), strict=True):
        p, q, inside = LINES[name]
        plane(ax, GATES[name], name)
        normal = np.array([p[1] - q[1], q[0] - p[0]])
        normal *= np.sign(normal @ (np.array(inside) - p))
        shade(ax, lambda x1, x2, n=normal, p=p: n[0] * (x1 - p[0]) + n[1] * (x2 - p[1]))  # type: ignore[misc]
        ax.axline(p, q, color=RED, lw=2)
    return fig


def xor() -> Figure:
    """Three lines that miss a corner each, and the two diagonals that share their middle."""
    fig, axes = plt.subplots(1, 4, figsize=(12, 3.2))
    tries = (((0, 0.5), (0.5, 0), (1, 1)), ((0, 0.6), (0.4, 1), (1, 0)), ((0.5, 1), (1, 0.5), (0, 0)))
    for ax, (p, q, wrong) in zip(axes, tries, strict=False):
        plane(ax, GATES["XOR"], "XOR")
        ax.axline(p, q, color=RED, lw=2)
        ax.plot(*wrong, "o", ms=24, mfc="none", mec=RED, mew=2)
    plane(axes[3], GATES["XOR"], "XOR")
    axes[3].plot([0, 1], [1, 0], color=BLUE, lw=2, zorder=1)
    axes[3].plot([0, 1], [0, 1], color=BLUE, lw=2, ls=(0, (3, 2)), zorder=1)
    axes[3].plot(0.5, 0.5, "s", color=RED, ms=9)
    axes[3].text(0.5, 0.72, r"$(\frac{1}{2},\frac{1}{2})$", color=RED, ha="center", va="bottom", fontsize=13)
    return fig


def nand(ax: Axes, x: float, y: float) -> tuple[float, float]:
    """Draw a NAND gate whose inputs are at (x, y +- 0.2); return the point of its output."""
    k = 0.2761  # Bezier constant of a quarter circle of radius 0.5
    corners = [
        (x, y - 0.4),
        (x + 0.4, y - 0.4),
        (x + 0.4 + k, y - 0.4),
        (x + 0.85, y - k),
        (x + 0.85, y),
        (x + 0.85, y + k),
        (x + 0.4 + k, y + 0.4),
        (x + 0.4, y + 0.4),
        (x, y + 0.4),
        (x, y - 0.4),
    ]
    codes = [Outline.MOVETO, Outline.LINETO, *[Outline.CURVE4] * 6, Outline.LINETO, Outline.CLOSEPOLY]
    ax.add_patch(PathPatch(Outline(corners, codes), fc=PALE, ec=BLUE, lw=2, zorder=2))
    ax.add_patch(Circle((x + 0.93, y), 0.08, fc="white", ec=BLUE, lw=2, zorder=2))
    return x + 1.01, y


def wire(ax: Axes, *points: tuple[float, float]) -> None:
    """Draw a wire along the points."""
    ax.plot(*zip(*points, strict=True), color="black", lw=1.4, zorder=1, solid_joinstyle="miter")


def negation(ax: Axes, start: tuple[float, float], x: float) -> tuple[float, float]:
    """Lead the wire from start into both inputs of a NAND at x; return its output."""
    _, y = start
    wire(ax, start, (x - 0.25, y))
    wire(ax, (x, y + 0.2), (x - 0.25, y + 0.2), (x - 0.25, y - 0.2), (x, y - 0.2))
    ax.plot(x - 0.25, y, "o", color="black", ms=4)
    return nand(ax, x, y)


def nand_blocks() -> Figure:
    """NOT, AND and OR out of NAND gates."""
    fig, axes = plt.subplots(1, 3, figsize=(10, 2.6), width_ratios=(2.3, 3.4, 3.4))
    left, middle, right = axes
    end = {left: negation(left, (0, 0), 0.7)}
    wire(middle, (0, 0.2), (0.5, 0.2))
    wire(middle, (0, -0.2), (0.5, -0.2))
    end[middle] = negation(middle, nand(middle, 0.5, 0), 2.1)
    for y, side in ((0.55, 0.2), (-0.55, -0.2)):
        out = negation(right, (0, y), 0.7)
        wire(right, out, (2.0, y), (2.0, side), (2.25, side))
    end[right] = nand(right, 2.25, 0)
    for ax, names, heights in (
        (left, ("$x$",), (0,)),
        (middle, ("$x_1$", "$x_2$"), (0.2, -0.2)),
        (right, ("$x_1$", "$x_2$"), (0.55, -0.55)),
    ):
        for name, y in zip(names, heights, strict=True):
            ax.text(-0.08, y, name, ha="right", va="center", fontsize=13)
        wire(ax, end[ax], (end[ax][0] + 0.35, 0))
        ax.text(end[ax][0] + 0.43, 0, "$y$", ha="left", va="center", fontsize=13)
        ax.set(xlim=(-0.4, end[ax][0] + 0.65), ylim=(-1.1, 1.1), aspect="equal")
        ax.axis("off")
    for ax, title in zip(axes, ("NOT", "AND", "OR"), strict=True):
        ax.set_title(title, fontsize=13)
    return fig


def sigmoid_neuron() -> Figure:
    """The two worked examples on the sigmoid, with the step behind it."""
    fig, ax = plt.subplots(figsize=(7, 3.2))
    a = np.linspace(-5, 5, 401)
    ax.plot([-5, 0], [0, 0], color=GREY, lw=2, ls="--")
    ax.plot([0, 5], [1, 1], color=GREY, lw=2, ls="--", label="step")
    ax.plot(a, sigmoid(a), color=BLUE, lw=2.5, label=r"$\sigma$")
    for value in (-0.3, 1.7):
        y = float(sigmoid(np.array(value)))
        ax.plot([value, value, -5], [0, y, y], color=RED, lw=1, ls=":")
        ax.plot(value, y, "o", color=RED, ms=8)
        ax.text(-4.8, y + 0.02, rf"$\sigma({value}) = {y:.4f}$", color=RED, va="bottom", fontsize=12)
    ax.set(xlim=(-5, 5), ylim=(-0.05, 1.1), xticks=(-4, -2, 0, 2, 4), yticks=(0, 0.5, 1))
    ax.set_xlabel("$a$")
    ax.legend(loc="lower right")
    ax.grid(alpha=0.25)
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "neuron": neuron,
    "bias": bias,
    "gates": gates,
    "xor": xor,
    "nand_blocks": nand_blocks,
    "sigmoid_neuron": sigmoid_neuron,
}
