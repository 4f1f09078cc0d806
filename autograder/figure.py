"""A student's figure as a grader sees it: the data of its axes, never pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import arrays, wire

FloatArray = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Line:
    """One drawn line: x and y of shape (points,)."""

    x: FloatArray
    y: FloatArray
    label: str


@dataclass(frozen=True)
class Axes:
    """What one axes shows; see wire.Axes."""

    lines: list[Line]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    legend: list[str] | None
    title: str
    xlabel: str
    ylabel: str
    images: list[FloatArray]
    shown: list[FloatArray]
    points: list[FloatArray]


@dataclass(frozen=True)
class Figure:
    axes: list[Axes]


def from_wire(figure: wire.Figure) -> Figure:
    return Figure([_axes(axes) for axes in figure.axes])


def _axes(axes: wire.Axes) -> Axes:
    return Axes(
        lines=[Line(arrays.to_array(line.x), arrays.to_array(line.y), line.label) for line in axes.lines],
        xlim=axes.xlim,
        ylim=axes.ylim,
        legend=None if axes.legend is None else list(axes.legend),
        title=axes.title,
        xlabel=axes.xlabel,
        ylabel=axes.ylabel,
        images=[arrays.to_array(image) for image in axes.images],
        shown=[arrays.to_array(image) for image in axes.shown],
        points=[arrays.to_array(group) for group in axes.points],
    )
