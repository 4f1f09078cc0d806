"""How an optimizer keeps its books: whose state is whose, which gradient belongs to whom, what the clock counts.

A rule takes the memory of one parameter, its values, its gradient and the number of the step, and gives the new
values. A habit is a rule and the way in which its books are kept; each switch of a habit is a misconception.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Params = dict[str, Any]
Memory = dict[str, Any]
Rule = Callable[[Memory, Any, Any, int], Any]
Maker = Callable[..., Rule]


@dataclass(frozen=True)
class Case:
    """What one optimizer is asked: hyperparameters, the parameters at the start, the gradients of every step."""

    settings: tuple[float, ...]
    starts: Params
    gradients: tuple[Params, ...]


@dataclass(frozen=True)
class Habit:
    """A rule with its books. The defaults are right; each switch is a misconception."""

    make: Maker
    by_order: bool = False  # the gradients are taken in their order, not by name
    one_memory: bool = False  # all parameters share one state
    one_object: bool = False  # all optimizers share their state
    ticks: bool = False  # the clock runs on with every parameter
    late: int = 0  # how far the clock is behind: 1 if it starts at 0, negative if it went on from another optimizer


def simulate(habit: Habit, cases: Sequence[Case]) -> list[list[Params]] | None:
    """The parameters after each step, for every case; the optimizers take turns. None where shapes do not fit."""
    rules = [habit.make(*case.settings) for case in cases]
    memories: list[Any] = [defaultdict(dict) for _ in cases]
    params = [dict(case.starts) for case in cases]
    tracks: list[list[Params]] = [[] for _ in cases]
    for step in range(len(cases[0].gradients)):
        for n, case in enumerate(cases):
            grads = case.gradients[step]
            paired = zip(
                params[n], grads.values() if habit.by_order else map(grads.__getitem__, params[n]), strict=True
            )
            for place, (name, g) in enumerate(paired):
                memory = memories[0 if habit.one_object else n]["" if habit.one_memory else name]
                clock = step * len(params[n]) + place + 1 if habit.ticks else step + 1
                try:
                    with np.errstate(all="ignore"):
                        w = rules[n](memory, params[n][name], g, clock - habit.late)
                except ValueError:
                    return None
                if np.shape(w) != np.shape(params[n][name]):
                    return None
                params[n][name] = w
            tracks[n].append(dict(params[n]))
    return tracks
