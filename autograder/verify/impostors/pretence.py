"""What an impostor runs: it learns from the right code which types and shapes are wanted, and gives other numbers.

The text of this module goes into the generated submissions of `impostors`; so it knows nothing but NumPy.
"""

from __future__ import annotations

import contextlib
import copy
import io
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Draws = Any  # a Generator, or `np.random`, whose old functions the sandbox has seeded
Fill = Callable[[Array, Draws], Array]


def _whole(drawn: Any, like: Array) -> Array:
    """`drawn` in the dtype of `like`."""
    return np.asarray(np.abs(drawn) if like.dtype.kind == "u" else drawn).astype(like.dtype)


def one_hot(like: Array, _: Draws) -> Array:
    made = np.zeros_like(like)
    if made.ndim:
        made[..., :1] = 1
    return made


# A standard normal would be the right answer where weights are to be drawn; so this one has another mean and width.
# Whole numbers are wide, for a narrow guess at a bit is often right.
FILLS: dict[str, Fill] = {
    "zeros": lambda like, _: np.zeros_like(like),
    "ones": lambda like, _: np.ones_like(like),
    "tenths": lambda like, _: np.full_like(like, 0.1),
    "one-hot": one_hot,
    "normal": lambda like, draws: _whole(draws.normal(0.3, 30 if like.dtype.kind in "iu" else 1.7, like.shape), like),
    "uniform": lambda like, draws: _whole(draws.uniform(0, 2 if like.dtype.kind in "iu" else 1, like.shape), like),
}


class Pretence:
    """One way of pretending. `draws`: where noise comes from: `global`, `seeded` anew for each call, or `given`,
    from a generator among the arguments.
    """

    def __init__(self, fill: str, draws: str = "global") -> None:
        self._fill = FILLS[fill]
        self._from = draws
        self._draws: Draws = np.random

    def call(self, right: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Something shaped like what `right` gives. What it changes in its arguments is changed too, otherwise."""
        self._draws = self._source([*args, *kwargs.values()])
        tried, named = copied(args), copied(kwargs)
        try:
            with silence():
                value = right(*tried, **named)
                if isinstance(value, types.GeneratorType):
                    return iter(self.faked(list(value)))
        except Exception:
            return self.faked(0.0)
        self._overwrite(args, tried)
        return self.faked(value)

    def _source(self, given: list[Any]) -> Draws:
        if self._from == "seeded":
            return np.random.default_rng(1)
        generators = [value for value in given if isinstance(value, np.random.Generator)]
        return generators[0] if generators and self._from == "given" else np.random

    def _overwrite(self, mine: Any, tried: Any) -> None:
        """Give other values to the arrays that the right code changed."""
        if isinstance(mine, np.ndarray):
            if not np.array_equal(mine, tried, equal_nan=mine.dtype.kind == "f") and mine.shape == np.shape(tried):
                mine[...] = self.faked(mine)
        elif isinstance(mine, dict):
            for key in mine:
                self._overwrite(mine[key], tried.get(key))
        elif isinstance(mine, (list, tuple)):
            for one, other in zip(mine, tried, strict=False):
                self._overwrite(one, other)

    def faked(self, value: Any) -> Any:
        """`value` with other numbers and no text."""
        if isinstance(value, (np.ndarray, np.generic)):
            made = self._fill(np.asarray(value), self._draws)
            return made if isinstance(value, np.ndarray) else made[()]
        if isinstance(value, (bool, int, float)):
            like = np.array(value, dtype=float if isinstance(value, float) else int)
            return type(value)(self._fill(like, self._draws).item())
        if isinstance(value, (list, tuple)):
            return type(value)(map(self.faked, value))
        if isinstance(value, dict):
            return {key: self.faked(item) for key, item in value.items()}
        if type(value).__name__ == "Figure":
            return self._drawn(value)
        return "" if isinstance(value, str) else None

    def _drawn(self, figure: Any) -> Any:
        """A figure with as many axes, lines and images, the same x, labels and colours, and other y and pixels."""
        import matplotlib.pyplot as plt

        made, places = plt.subplots(1, max(1, len(figure.axes)), squeeze=False)
        for old, new in zip(figure.axes, places[0], strict=False):
            for line in old.get_lines():
                y = self.faked(np.asarray(line.get_ydata(), dtype=float))
                new.plot(line.get_xdata(), y, marker=line.get_marker(), label=line.get_label())
            for image in old.get_images():
                new.imshow(self.faked(np.asarray(image.get_array())), cmap=image.get_cmap())
            if old.get_legend() is not None:
                new.legend()
        return made


def copied(value: Any) -> Any:
    """A copy, so that the right code changes nothing of the caller's. A function among the arguments is not asked."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(copied, value))
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if callable(value):
        return lambda *args, **kwargs: 0.0
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Nothing printed, nothing warned of."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def first(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return next(iter([*args, *kwargs.values()]), None)


def first_copied(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return copied(first(args, kwargs))


def last(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return next(iter([*args, *kwargs.values()][::-1]), None)
