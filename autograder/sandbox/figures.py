"""What a Matplotlib figure shows, as data: lines, limits, legend, labels, images. Never pixels."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from autograder import arrays, wire

FIGURE: tuple[type, ...] = ()


def preload() -> None:
    """Import Matplotlib with the Agg canvas and let figures be recognised. Called once, in the zygote.

    What Matplotlib would read from disk later (fonts, styles) is read now; `savefig` writes nothing in the sandbox.
    """
    global FIGURE
    import io

    import matplotlib

    matplotlib.use("agg", force=True)
    import matplotlib.pylab
    import matplotlib.pyplot as plt
    from matplotlib import ft2font
    from matplotlib.figure import Figure

    faces: dict[Any, Any] = {}

    def get_font(paths: Any, hinting_factor: Any = None) -> Any:
        key = tuple(map(str, paths)) if isinstance(paths, (list, tuple)) else (str(paths),)
        if key not in faces:
            with open(key[0], "rb") as file:
                faces[key] = ft2font.FT2Font(io.BytesIO(file.read()))
        return faces[key]

    for module in [module for name, module in sys.modules.items() if name.startswith("matplotlib.")]:
        if hasattr(module, "get_font"):
            setattr(module, "get_font", get_font)  # noqa: B010
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], label="a")
    axes.set_title("a")
    axes.legend()
    axes.clabel(axes.contour([[0, 1], [1, 2]]))
    figure.colorbar(axes.contourf([[0, 1], [1, 2]]))
    axes.quiver([0], [0], [1], [1])
    axes.scatter([0], [0])
    axes.bar([0], [1])
    axes.hist([0, 1])
    axes.imshow([[0, 1], [1, 2]])
    figure.tight_layout()
    figure.canvas.draw()
    plt.close(figure)
    Figure.savefig = lambda *_args, **_kwargs: None  # type: ignore[method-assign]
    plt.show = lambda *_args, **_kwargs: None
    for chooser in (matplotlib.use, plt.switch_backend):  # there is no window to choose
        setattr(sys.modules[chooser.__module__], chooser.__name__, lambda *_args, **_kwargs: None)
    FIGURE = (Figure,)


def describe(figure: Any) -> wire.Figure:
    """The data of every axes of `figure`."""
    common = figure.legends[0] if figure.legends else None
    return wire.Figure(tuple(_axes(axes, common) for axes in figure.axes))


def _axes(axes: Any, common: Any) -> wire.Axes:
    """One axes; the figure's `common` legend counts for an axes that has none of its own."""
    legend = axes.get_legend() or common
    return wire.Axes(
        lines=tuple(_line(line) for line in axes.get_lines()),
        xlim=_pair(axes.get_xlim()),
        ylim=_pair(axes.get_ylim()),
        legend=None if legend is None else tuple(str(text.get_text())[:200] for text in legend.get_texts()),
        title=str(axes.get_title())[:200],
        xlabel=str(axes.get_xlabel())[:200],
        ylabel=str(axes.get_ylabel())[:200],
        images=tuple(_floats(image.get_array()) for image in axes.get_images()),
        shown=tuple(_floats(_colours(axes, image)) for image in axes.get_images()),
        points=tuple(_floats(np.ma.filled(group.get_offsets(), np.nan)) for group in _scattered(axes)),
    )


def _colours(axes: Any, image: Any) -> Any:
    """An image as it lies on the page: the first row at the top, the first column at the left."""
    colours = image.to_rgba(image.get_array())[..., :3]
    left, right, bottom, top = image.get_extent()
    upwards = axes.get_ylim()[0] < axes.get_ylim()[1]
    rightwards = axes.get_xlim()[0] < axes.get_xlim()[1]
    first_row, last_row = (top, bottom) if image.origin == "upper" else (bottom, top)
    if (first_row > last_row) != upwards:
        colours = colours[::-1]
    return colours if (left < right) == rightwards else colours[:, ::-1]


def _scattered(axes: Any) -> list[Any]:
    from matplotlib.collections import PathCollection

    return [group for group in axes.collections if isinstance(group, PathCollection)]


def _line(line: Any) -> wire.Line:
    return wire.Line(_floats(line.get_xdata()), _floats(line.get_ydata()), str(line.get_label())[:200])


def _floats(values: Any) -> wire.Array:
    array = arrays.from_array(np.asarray(values, dtype=np.float64))
    assert array is not None
    return array


def _pair(limits: Any) -> tuple[float, float]:
    low, high = limits
    return float(low), float(high)
