"""Lets an optimizer of the student's take steps, and has its track judged.

The arrays and the dict are made in the sandbox and stay there from step to step, as in a real training: so it shows
whether the caller's own arrays have changed, or only the dict, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from bookkeeping import Case
from tracks import Track, equal, judge
from update_rules import OPTIMIZERS

from autograder import Finding, Handle, fail, forget_warnings, named, remark

NAMES = ("W1", "b1", "W2", "b2", "gamma", "beta", "kernel", "offset", "theta", "가중치", "편향")
FIRST = 2  # the position of grads among the arguments of update, counted from 1
# Exceptions with a sentence of their own, for `named`.
ERRORS = {
    "state.shapes": r"^error\.shapes ",
    "state.is-none": r"^error\.none-\w+ ",
    "adam.clock-zero": r"^error\.zero-division .*(beta|\*\*)",
    "state.missing-key": r"^error\.key ",
    "update.scalar-loop": r"^error(\.shown|\.index|\.scalar-only)? .*(len\(|\brange\(|math\.)",
}
STATELESS = {"update.scalar-loop": ERRORS["update.scalar-loop"]}


# ---- what is asked ----


def gradients(rng: np.random.Generator, shape: tuple[int, ...], still: bool = False) -> Any:
    """Gradients of both signs, 0.5 to 3 in size, so that ε cannot matter; `still`: the last element is exactly 0."""
    g = np.asarray(rng.uniform(0.5, 3.0, size=shape) * rng.choice([-1.0, 1.0], size=shape))
    if still and g.size > 1:
        g.flat[-1] = 0.0
    return g


def names_for(rng: np.random.Generator, count: int) -> list[str]:
    """Names that no other case has: a state that outlives its optimizer shows only where that is asked."""
    return [f"{name}{rng.integers(10**6)}" for name in rng.permutation(NAMES)[:count]]


def draw(rng: np.random.Generator, settings: tuple[float, ...], shapes: Sequence[tuple[int, ...]], steps: int) -> Case:
    """Parameters of these shapes under random names."""
    shape_of = dict(zip(names_for(rng, len(shapes)), shapes, strict=True))
    starts = {name: np.asarray(rng.normal(0, 2, size=shape)) for name, shape in shape_of.items()}
    slopes = [{name: gradients(rng, shape, True) for name, shape in shape_of.items()} for _ in range(steps)]
    return Case(settings, starts, tuple(slopes))


# ---- what is done ----


def made(student: Any, name: str, settings: tuple[float, ...]) -> Handle:
    """The student's optimizer, made with these hyperparameters."""
    optimizer = getattr(student, name)(*settings)
    if not isinstance(optimizer, Handle):
        fail("optimizer.no-object", name=name)
    return optimizer


def play(student: Any, name: str, cases: Sequence[Case]) -> list[Track]:
    """Let one optimizer per case take its steps, in turns."""
    players = []
    for case in cases:
        arrays = student.make("arrays", arrays=case.starts)
        params = student.make("dict(arrays)", arrays=arrays)
        players.append((Track(case), made(student, name, case.settings), arrays, params))
    for step in range(len(cases[0].gradients)):
        for track, optimizer, _, params in players:
            with named(ERRORS if name != "SGD" else STATELESS):
                track.returned = optimizer.update(params, track.case.gradients[step])
            track.grads = student.last.changed.get(FIRST - 1, track.grads)
            track.seen.append(params.fetch())
    for track, _, arrays, _ in players:
        track.arrays = arrays.fetch()
    return [track for track, *_ in players]


# ---- what is told ----


def check(student: Any, name: str, cases: Sequence[Case], shown: bool = False) -> list[Track]:
    """Every optimizer of `cases` goes the way that its rule says."""
    with telling():
        tracks = play(student, name, cases)
        judge(OPTIMIZERS[name], tracks, shown)
    if any(not equal(track.arrays, track.seen[-1]) for track in tracks):
        remark("update.rebound")
    return tracks


@contextmanager
def telling() -> Iterator[None]:
    """A finding loses the variant after a #, and what NumPy warned of: a remark would say that this costs nothing."""
    try:
        yield
    except Finding as finding:
        forget_warnings()
        finding.key = finding.key.partition("#")[0]
        raise
