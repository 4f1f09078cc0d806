"""Side-by-side timing: the sides take turns in one run, so that a busy machine slows all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def compare(sides: Mapping[str, Callable[[], object]], rounds: int, warm: int = 2) -> dict[str, list[float]]:
    """Milliseconds per call of every side, `rounds` of them after `warm` unmeasured ones, interleaved."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(warm + rounds):
        for name, run in sides.items():
            began = time.perf_counter()
            run()
            if turn >= warm:
                times[name].append((time.perf_counter() - began) * 1e3)
    return times


def show(times: Mapping[str, list[float]], baseline: str, per: int = 1) -> None:
    """Print median, middle half, and the ratio to `baseline`: of the medians, and the middle half over rounds."""
    base = times[baseline]
    for name, values in times.items():
        low, middle, high = _quartiles([value / per for value in values])
        ratios = _quartiles([value / other for value, other in zip(values, base, strict=True)])
        ratio = f"{statistics.median(values) / statistics.median(base):6.2f} x  ({ratios[0]:.2f} .. {ratios[2]:.2f})"
        print(f"  {name:48s} {middle:9.2f} ms  ({low:.2f} .. {high:.2f})  {ratio}")


def _quartiles(values: list[float]) -> tuple[float, float, float]:
    low, middle, high = statistics.quantiles(values, n=4)
    return low, middle, high
