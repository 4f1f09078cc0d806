"""The pictures of assignment 10, for `draw_pictures.py`: epochs, learned gates, the way back, a learning curve.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, RED, GREEN, GREY = "#1f5fa8", "#c8442e", "#2e8b57", "#777777"
TINTS = ("#a9c7e8", "#f0b7ab", "#b5dcc3")
ORDERS = ((0, 1, 2, 3, 4, 5, 6), (4, 0, 6, 2, 5, 1, 3), (3, 6, 1, 0, 2, 4, 5))
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
# What train_gate of the reference finds with lr = 1, 1000 epochs and default_rng(1).
LEARNED = {"AND": (7.423, 7.423, -11.307), "OR": (8.675, 8.675, -3.872), "NAND": (-7.407, -7.407, 11.283)}
OUTPUTS = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}
# The reference on the digits as the handout has it (1000 and 500 images, default_rng(1) for weights and batches):
# written down, because the last digits of a training differ from machine to machine.
LOSS = (2.15, 1.191, 0.787, 0.521, 0.394, 0.32, 0.264, 0.237, 0.183, 0.153)
TRAIN = (0.297, 0.651, 0.695, 0.888, 0.916, 0.933, 0.946, 0.94, 0.961, 0.977)
TEST = (0.306, 0.65, 0.702, 0.868, 0.898, 0.898, 0.91, 0.896, 0.918, 0.92)


def epochs() -> Figure:
    """Seven samples: in their order, and shuffled and cut into batches of three for two epochs."""
    fig, ax = plt.subplots(figsize=(8, 3.2))
    for row, (order, label) in enumerate(zip(ORDERS, ("x, t", "1", "2"), strict=True)):
        y = -1.5 * row
        for place, sample in enumerate(order):
            batch = place // 3 if row else None
            x = 1.2 * place + (0.5 * batch if batch is not None else 0.5)
            tint = "white" if batch is None else TINTS[batch]
            ax.add_patch(plt.Rectangle((x, y), 1, 1, fc=tint, ec="black", lw=1.2))
            ax.text(x + 0.5, y + 0.5, str(sample), ha="center", va="center", fontsize=14)
        ax.text(-0.5, y + 0.5, label, ha="right", va="center", fontsize=14, color=GREY if row == 0 else "black")
    ax.set(xlim=(-2, 10), ylim=(-3.3, 1.3), aspect="equal")
    ax.axis("off")
    return fig


def gates() -> Figure:
    """The lines w1 x1 + w2 x2 + b = 0 that were learned, and XOR, for which there is none."""
    fig, axes = plt.subplots(1, 4, figsize=(12, 3))
    x = np.linspace(-0.5, 1.5, 101)
    for ax, (name, outputs) in zip(axes, OUTPUTS.items(), strict=True):
        _corners(ax, outputs)
        ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=(0, 1), yticks=(0, 1), aspect="equal")
        ax.set_title(name, fontsize=12)
        ax.set_xlabel("$x_1$")
        if name in LEARNED:
            w1, w2, b = LEARNED[name]
            boundary = -(w1 * x + b) / w2
            ax.plot(x, boundary, color=BLUE, lw=2.2)
            ax.fill_between(x, boundary, 2 if w2 > 0 else -2, color=BLUE, alpha=0.12, lw=0)
        else:
            for offset in (0.5, 1.5):
                ax.plot(x, offset - x, color=GREY, lw=1.4, ls="--")
            ax.text(0.5, 0.5, "?", ha="center", va="center", fontsize=26, color=GREY)
    axes[0].set_ylabel("$x_2$")
    return fig


def _corners(ax: Axes, outputs: tuple[int, ...]) -> None:
    for (x1, x2), y in zip(CORNERS, outputs, strict=True):
        ax.plot(x1, x2, "o", ms=11, mfc=RED if y else "white", mec=RED, mew=2, zorder=4)


def backprop() -> Figure:
    """The way forwards (above) and the way back (below), with what is multiplied where."""
    fig, ax = plt.subplots(figsize=(11, 3.6))
    above = ("$x$", "$A_1$", "$H$", "$A_2$", "$Y$", "$E$")
    arrows = ("$W_1,\\ b_1$", "$\\sigma$", "$W_2,\\ b_2$", "softmax", "$-\\log$")
    below = (None, "$D_1$", "$D_2\\,W_2^T$", "$D_2=\\frac{Y-T}{N}$", None, None)
    back = ("", "$\\odot\\,H(1-H)$", "$W_2^T$")
    for place, name in enumerate(above):
        _box(ax, 2 * place, 1.6, name, "white")
        if below[place] is not None:
            _box(ax, 2 * place, 0, str(below[place]), TINTS[1])
    for place, name in enumerate(arrows):
        _arrow(ax, (2 * place + 0.62, 1.6), (2 * place + 1.38, 1.6), BLUE)
        ax.text(2 * place + 1, 1.78, name, ha="center", va="bottom", fontsize=12, color=BLUE)
    for place in (2, 1):
        _arrow(ax, (2 * place + 1.38, 0), (2 * place + 0.62, 0), RED)
        ax.text(2 * place + 1, 0.14, back[place], ha="center", va="bottom", fontsize=11, color=RED)
    _arrow(ax, (8, 1.25), (6.62, 0.2), RED)
    for place, gradients in ((1, "$x^T D_1,\\ \\ \\sum D_1$"), (3, "$H^T D_2,\\ \\ \\sum D_2$")):
        _arrow(ax, (2 * place, -0.35), (2 * place, -0.85), RED)
        ax.text(2 * place, -1.1, gradients, ha="center", va="center", fontsize=13, color=RED)
    ax.set(xlim=(-0.8, 10.8), ylim=(-1.5, 2.3))
    ax.axis("off")
    return fig


def _box(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    style = {"boxstyle": "round,pad=0.35", "fc": colour, "ec": "black", "lw": 1.2}
    ax.text(x, y, text, ha="center", va="center", fontsize=13, bbox=style)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.6})


def learning() -> Figure:
    """Loss on the left, accuracies on the right, epoch by epoch."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.2))
    epoch = np.arange(1, len(LOSS) + 1)
    axes[0].plot(epoch, LOSS, "o-", color=BLUE, lw=2, ms=4, label="loss")
    axes[1].plot(epoch, TRAIN, "o-", color=BLUE, lw=2, ms=4, label="train_accuracy")
    axes[1].plot(epoch, TEST, "s-", color=RED, lw=2, ms=4, label="test_accuracy")
    axes[1].axhline(0.8, color=GREY, lw=1.2, ls="--")
    axes[1].set(ylim=(0, 1.02), yticks=(0, 0.2, 0.4, 0.6, 0.8, 1))
    axes[0].set_ylim(0, 2.4)
    for ax in axes:
        ax.set_xticks(epoch)
        ax.set_xlabel("epoch")
        ax.grid(alpha=0.25)
        ax.legend(loc="upper right" if ax is axes[0] else "lower right")
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {
    "epochs": epochs,
    "gates": gates,
    "backprop": backprop,
    "learning": learning,
}
