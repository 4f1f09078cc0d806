"""Pictures of what the student's own code gave, as data in the Result; `render` draws them.

Only a shown case may be drawn. What came back may be anything: values that are no finite numbers are left out, and a
line of which nothing is left is not drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from autograder import result
from autograder.marks import GraderError, current
from autograder.text import Text, clean, same

MAX_LINES, MAX_POINTS, MAX_IMAGES, MAX_SIDE = 12, 1000, 40, 64
LARGEST = 1e100  # beyond this nothing can be drawn to scale
SMALLEST = 1e-300  # and below this nothing on a logarithmic one
DIGITS = 6  # significant ones that are kept

Label = str | tuple[str, str] | None
Limits = tuple[float, float] | None


@dataclass(frozen=True)
class Line:
    """One line of a plot; `label` is a symbol, an (English, Korean) pair, or None."""

    kind: Literal["curve", "dots", "dashed"]
    label: Label
    x: Any
    y: Any


def curve(label: Label, x: Any, y: Any) -> Line:
    """A solid line through the points."""
    return Line("curve", label, x, y)


def dots(label: Label, x: Any, y: Any) -> Line:
    """The points themselves."""
    return Line("dots", label, x, y)


def dashed(label: Label, x: Any, y: Any) -> Line:
    """A faint dashed line, for what is there to compare with."""
    return Line("dashed", label, x, y)


def show_plot(
    en: str,
    ko: str,
    *lines: Line,
    xlabel: Label = "x",
    ylabel: Label = "",
    logx: bool = False,
    logy: bool = False,
    ylim: Limits = None,
) -> None:
    """Put a plot into the feedback. `ylim`: what lies outside is left out. Raises GraderError in a hidden case."""
    _require_shown()
    if len(lines) > MAX_LINES:
        raise GraderError(f"a plot of {len(lines)} lines; draw at most {MAX_LINES}")
    drawn = [_drawn(line, logx, logy, ylim) for line in lines]
    kept = tuple(line for line in drawn if line is not None)
    if kept:
        picture = result.Plot(
            task=current().task,
            title=Text(en=en, ko=ko),
            lines=kept,
            xlabel=_text(xlabel) or same(""),
            ylabel=_text(ylabel) or same(""),
            logx=logx,
            logy=logy,
        )
        current().pictures.append(picture)


def show_images(en: str, ko: str, images: Any, captions: Sequence[str], right: Sequence[bool] | None = None) -> None:
    """Put grey images into the feedback. `images`: (n, h, w), 0 to 1 or 0 to 255, black to white; `right`: n marks.

    Raises GraderError in a hidden case.
    """
    _require_shown()
    pixels = _numbers(images)
    if pixels is None or pixels.ndim != 3 or not 0 < len(pixels) <= MAX_IMAGES or max(pixels.shape[1:]) > MAX_SIDE:
        return
    if not len(captions) == len(pixels) == len(right if right is not None else captions):
        raise GraderError("as many captions and marks as images")
    levels = np.nan_to_num(pixels) * (255 if np.nanmax(pixels, initial=0.0) <= 1 else 1)
    levels = np.clip(np.round(levels), 0, 255).astype(np.uint8)
    marks = list(map(bool, right)) if right is not None else [None] * len(levels)
    tiles = tuple(
        result.Image(caption=clean(caption, 40), right=mark, pixels=image.tobytes())
        for caption, mark, image in zip(captions, marks, levels, strict=True)
    )
    height, width = levels.shape[1:]
    title = Text(en=en, ko=ko)
    current().pictures.append(result.Images(task=current().task, title=title, width=width, height=height, images=tiles))


def _require_shown() -> None:
    if not current().shown:
        raise GraderError("a picture publishes its data; draw it in a case with shown=True")


def _drawn(line: Line, logx: bool, logy: bool, ylim: Limits) -> result.Line | None:
    """The line as data: a point that cannot be drawn is a gap (None in y), one beside the scale is left out."""
    x, y = _numbers(line.x), _numbers(line.y)
    if x is None or y is None or x.ndim != 1 or x.shape != y.shape or not 0 < len(x) <= MAX_POINTS:
        return None
    with np.errstate(all="ignore"):
        good = (np.abs(x) < LARGEST) & (np.abs(y) < LARGEST)
        good &= ((x >= SMALLEST) | (not logx)) & ((y >= SMALLEST) | (not logy))
        if ylim is not None:
            good &= (y >= ylim[0]) & (y <= ylim[1])
    if not good.any():
        return None
    points = zip(x.tolist(), y.tolist(), good.tolist(), strict=True)
    pairs = [(_rounded(a), _rounded(b)) if ok else (0.0, None) for a, b, ok in points]
    xs, ys = zip(*pairs, strict=True)
    return result.Line(kind=line.kind, label=_text(line.label), x=xs, y=ys)


def _numbers(values: Any) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """`values` as float64 where they are an array, or a list of numbers; None for anything else."""
    if isinstance(values, (list, tuple)):
        if len(values) > MAX_POINTS or not all(map(_is_number, values)):
            return None
        values = np.array([_float(v) for v in values])
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "biuf":
        return None
    return values.astype(np.float64)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, np.number)) or (isinstance(value, np.ndarray) and value.shape == ())


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _text(label: Label) -> Text | None:
    if isinstance(label, tuple):
        return Text(en=label[0], ko=label[1])
    return same(label) if label else None
