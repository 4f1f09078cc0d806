"""The pictures of assignment 07, for `draw_pictures.py`: the bytes of an IDX file, one image as numbers, a batch.

Text in a picture is language-neutral (symbols, numbers, function names), because both handouts share it.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

BLUE, RED, GREEN, GREY = "#1f5fa8", "#c8442e", "#2e8b57", "#777777"
DIGITS = Path(__file__).resolve().parent.parent / "datasets" / "digits" / "t10k-images-idx3-ubyte.gz"
Pixels = NDArray[np.uint8]


def first_digit() -> Pixels:
    """Return the first image of the embedded test set, shape (28, 28)."""
    return np.frombuffer(gzip.decompress(DIGITS.read_bytes()), np.uint8, 784, offset=16).reshape(28, 28)


def bare(ax: Axes, **limits: Any) -> None:
    """Leave nothing of a panel but what is drawn into it."""
    ax.set(xticks=(), yticks=(), **limits)
    ax.set_frame_on(False)


def cells(ax: Axes, row: float, groups: list[tuple[str, str, str]]) -> None:
    """Draw bytes in boxes of four, with what they mean below."""
    place = 0.0
    for text, meaning, colour in groups:
        count = len(text.split())
        for k, byte in enumerate(text.split()):
            ax.add_patch(Rectangle((place + k, row), 1, 1, fc="white", ec=colour, lw=1.2))
            ax.text(place + k + 0.5, row + 0.5, byte, ha="center", va="center", family="monospace", fontsize=11)
        ax.plot([place + 0.1, place + count - 0.1], [row - 0.15] * 2, color=colour, lw=2.5)
        ax.text(place + count / 2, row - 0.35, meaning, ha="center", va="top", color=colour, fontsize=12)
        place += count + 0.25


def header() -> Figure:
    """The first bytes of the two kinds of files, those of the 10,000 test images of MNIST."""
    fig, ax = plt.subplots(figsize=(11, 3.3))
    bare(ax, xlim=(-0.2, 23.5), ylim=(-1.2, 4.6))
    sizes = [("00 00 27 10", "$N$ = 10000", BLUE), ("00 00 00 1c", "28", GREEN), ("00 00 00 1c", "28", GREEN)]
    ax.text(0, 4.0, "t10k-images-idx3-ubyte", family="monospace", fontsize=11, color=GREY)
    cells(ax, 2.8, [("00 00 08 03", "2051", RED), *sizes, ("00 00 00 00 00 …", "$N$ × 28 × 28", GREY)])
    ax.text(0, 1.2, "t10k-labels-idx1-ubyte", family="monospace", fontsize=11, color=GREY)
    cells(ax, 0.0, [("00 00 08 01", "2049", RED), sizes[0], ("07 02 01 00 04 01 …", "$N$", GREY)])
    return fig


def one_image() -> Figure:
    """One digit: as a picture, a piece of it as numbers, and the same rows one behind the other."""
    image = first_digit()
    rows, columns = slice(8, 16), slice(9, 17)
    fig, axes = plt.subplots(1, 3, figsize=(11, 3.6), width_ratios=(1, 1.25, 1.5))
    axes[0].imshow(image, cmap="gray")
    axes[0].add_patch(Rectangle((columns.start - 0.5, rows.start - 0.5), 8, 8, fill=False, ec=RED, lw=2))
    axes[0].set(xticks=(0, 27), yticks=(0, 27))
    axes[0].set_title("(28, 28)", family="monospace")
    axes[1].imshow(image[rows, columns], cmap="gray", vmin=0, vmax=255)
    for (i, j), value in np.ndenumerate(image[rows, columns]):
        axes[1].text(j, i, value, ha="center", va="center", fontsize=8, color="black" if value > 127 else "white")
    axes[1].set(xticks=range(8), yticks=range(8))
    axes[1].set_xticklabels(range(columns.start, columns.stop))
    axes[1].set_yticklabels(range(rows.start, rows.stop))
    for spine in axes[1].spines.values():
        spine.set(color=RED, lw=2)
    axes[1].set_title("image[8:16, 9:17]", family="monospace")
    axes[2].imshow(np.repeat(image.reshape(1, 784), 90, axis=0), cmap="gray")
    axes[2].set(yticks=(), xticks=(0, 28 * 10, 28 * 20, 783))
    axes[2].set_title("(784,)", family="monospace")
    return fig


def batch() -> Figure:
    """The shapes on the way of one image and of a batch of a hundred."""
    fig, ax = plt.subplots(figsize=(11, 3.6))
    bare(ax, xlim=(-0.5, 30.5), ylim=(-0.7, 6.4))
    widths = {784: 6.5, 50: 2.4, 100: 3.4, 10: 1.2}
    for row, (count, height, colour) in enumerate((("100", 2.6, BLUE), ("", 0.28, RED))):
        bottom, place = (0.6, 0.0) if row == 0 else (5.2, 0.0)
        for n, width in widths.items():
            ax.add_patch(Rectangle((place, bottom), width, height, fc=colour, alpha=0.3, ec=colour, lw=1.5))
            shape = f"({count}, {n})" if count else f"({n},)"
            ax.text(place + width / 2, bottom - 0.25, shape, ha="center", va="top", family="monospace", fontsize=11)
            place += width
            if n != 10:
                x, y = place + 0.35, bottom + height / 2
                ax.annotate("", (x + 4.3, y), (x, y), arrowprops={"arrowstyle": "->", "lw": 1.6})
                layer = list(widths).index(n) + 1
                end = r"\mathrm{softmax}" if layer == 3 else r"\sigma"
                ax.text(x + 2.15, y + 0.18, f"${end}(zW_{layer}+b_{layer})$", ha="center", va="bottom", fontsize=12)
                place += 5.0
    return fig


PICTURES: dict[str, Callable[[], Figure]] = {"header": header, "one_image": one_image, "batch": batch}
