"""From data to places on a sheet: linear and logarithmic axes, with ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROOM = 0.04  # of the axis, left free at both ends
LEAST, MOST = 1e-300, 1e300  # an axis and its ticks stay between these, well within what a float can say
_POWERS = 300.0


@dataclass(frozen=True)
class Axis:
    """A range of data from `low` to `high`; powers of ten where `log`."""

    low: float
    high: float
    log: bool

    def place(self, value: float) -> float:
        """Where `value` lies: 0 at the lower end, 1 at the upper."""
        return (_scaled(value, self.log) - self.low) / (self.high - self.low)

    def ticks(self, about: int = 5) -> list[tuple[float, str]]:
        """Round numbers within the axis, about as many as asked for, with their labels."""
        if self.log:
            every = max(1, math.ceil((self.high - self.low) / about))
            powers = range(math.ceil(self.low), math.floor(self.high) + 1)
            return [(10.0**power, f"10{str(power).translate(_SUPERSCRIPT)}") for power in powers if power % every == 0]
        step = _round_step((self.high - self.low) / about)
        numbers = range(math.ceil(self.low / step), math.floor(self.high / step) + 1)
        return [(number * step, _number(number * step, step)) for number in numbers]


def axis(values: Iterable[float], log: bool) -> Axis:
    """The axis that holds `values` (above 0 where `log`) with some room around them."""
    scaled = [_scaled(value, log) for value in values]
    end = _POWERS if log else MOST
    low, high = min(scaled), max(scaled)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
    room = _ROOM * (high - low)
    return Axis(max(low - room, -end), min(high + room, end), log)


def _scaled(value: float, log: bool) -> float:
    """The value, or its power of ten, with what is too small or too large for an axis brought to its ends."""
    if log:
        return math.log10(min(max(value, LEAST), MOST))
    return 0.0 if abs(value) < LEAST else min(max(value, -MOST), MOST)


def _round_step(wanted: float) -> float:
    """The first of 1, 2, 5 times a power of ten that is no smaller than `wanted`."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted * (1 - 1e-9))


def _number(value: float, step: float) -> str:
    text = f"{value:.4g}" if abs(value) >= step / 2 else "0"
    return text.replace("-", "−")
