"""Names what a track shows: which rule it follows, right or wrong, or where it leaves the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from bookkeeping import Case, Habit, Params, simulate
from update_rules import Optimizer

from autograder import agrees, fail, numbers, same

NOTHING = numbers(None).shape


@dataclass
class Track:
    """What one optimizer did: the parameters after each step, and what else became of the caller's things."""

    case: Case
    seen: list[Any] = field(default_factory=list)
    arrays: Any = None  # the caller's own arrays after the last step
    returned: Any = None  # what the last update gave back
    grads: Any = None  # what a step made of the gradients that it was given, where it changed them


def judge(optimizer: Optimizer, tracks: Sequence[Track], shown: bool) -> None:
    cases = [track.case for track in tracks]
    right = simulate(Habit(optimizer.right), cases)
    assert right is not None
    for track in tracks:
        require_numbers(track)
    if all(goes(track, expected, optimizer.rtol) for track, expected in zip(tracks, right, strict=True)):
        return
    for track in tracks:
        require_motion(track)
    for key, habit in optimizer.wrong.items():
        wrong = simulate(habit, cases)
        if wrong is not None and follows(tracks, wrong, optimizer.rtol) and not alike(cases, wrong, right, optimizer):
            fail(key)
    for track, expected in zip(tracks, right, strict=True):
        tell_values(track, expected, optimizer.rtol, shown)


def require_numbers(track: Track) -> None:
    """After every step the dict has the same names, and numbers of the same shapes."""
    for seen in track.seen:
        if not isinstance(seen, dict) or set(seen) != set(track.case.starts):
            fail("params.names")
        for name, start in track.case.starts.items():
            shape = numbers(seen[name]).shape
            if shape != start.shape:
                fail("params.no-numbers" if shape == NOTHING else "params.shape")


def equal(found: Any, right: Params) -> bool:
    """Whether what was found is a dict with the very numbers of `right`; it may be anything."""
    if not isinstance(found, dict) or set(found) != set(right):
        return False
    return all(same(found[name], array, rtol=0) for name, array in right.items())


def require_motion(track: Track) -> None:
    """The parameters have moved at all."""
    still = [name for name, start in track.case.starts.items() if all(same(s[name], start, rtol=0) for s in track.seen)]
    if not still:
        return
    if len(still) < len(track.case.starts):
        fail("update.some-stand", wrong=len(still), size=len(track.case.starts))
    if track.grads is not None:
        fail("update.gradients")
    fail("update.nothing" if track.returned is None else "update.returned")


def moves(case: Case, params: Sequence[Params]) -> list[tuple[Any, Any]]:
    """For every step and name: the way from the start, and how long it was, step by step."""
    before = {name: np.asarray(start, dtype=float) for name, start in case.starts.items()}
    length = {name: np.zeros(np.shape(start)) for name, start in case.starts.items()}
    found = []
    with np.errstate(all="ignore"):
        for after in params:
            for name, start in case.starts.items():
                length[name] = length[name] + np.abs(after[name] - before[name])
                before[name] = after[name]
                found.append((after[name] - start, length[name]))
    return found


def near(case: Case, got: Sequence[Params], expected: Sequence[Params], rtol: float) -> list[Any]:
    """For every step and name: which elements agree, up to a share `rtol` of the way that they had to go."""
    pairs = zip(moves(case, got), moves(case, expected), strict=True)
    with np.errstate(all="ignore"):
        return [
            (np.abs(have - want) <= rtol * length + 1e-9) | (np.isnan(have) & np.isnan(want)) | (have == want)
            for (have, _), (want, length) in pairs
        ]


def floats(track: Track) -> list[Params]:
    return [{name: numbers(value) for name, value in seen.items()} for seen in track.seen]


def goes(track: Track, expected: Sequence[Params], rtol: float) -> bool:
    """Whether a track is the right one: every parameter after every step."""
    got = np.concatenate([np.ravel(way) for way, _ in moves(track.case, floats(track))])
    pairs = moves(track.case, expected)
    want, length = (np.concatenate([np.ravel(pair[n]) for pair in pairs]) for n in (0, 1))
    # tolerance: an accepted ε of 1e-6 inside the root moves a step of Adam by 2e-3 of its length
    return agrees(got, want, rtol=0, atol=rtol * length + 1e-9)


def follows(tracks: Sequence[Track], expected: Sequence[Sequence[Params]], rtol: float) -> bool:
    pairs = zip(tracks, expected, strict=True)
    return all(np.all(good) for t, want in pairs for good in near(t.case, floats(t), want, rtol))


def alike(
    cases: Sequence[Case], wrong: Sequence[Sequence[Params]], right: Sequence[Sequence[Params]], optimizer: Optimizer
) -> bool:
    """Whether a misconception gives the right values for these cases, so that it explains nothing."""
    each = zip(cases, wrong, right, strict=True)
    return all(np.all(good) for case, a, b in each for good in near(case, a, b, optimizer.rtol))


def tell_values(track: Track, expected: Sequence[Params], rtol: float, shown: bool) -> None:
    """The finding for a track that no known misconception explains."""
    got = floats(track)
    agree = near(track.case, got, expected, rtol)
    if all(map(np.all, agree)):
        return
    per_step = len(track.case.starts)
    step = next(n for n, good in enumerate(agree) if not np.all(good)) // per_step
    if any(np.max(length, initial=0.0) > 1e4 for _, length in moves(track.case, got[: step + 1])):
        fail("update.far")
    name = next(iter(expected[0]))
    if shown:
        found, wanted = text(got[step][name]), text(expected[step][name])
        fail("update.shown-value", step=step + 1, name=name, found=found, wanted=wanted)
    if any(not np.all(np.isfinite(value)) for value in got[step].values()):
        fail("update.not-finite")
    fail("update.first-step" if step == 0 else "update.later-step")


def text(values: Any) -> str:
    """A few numbers as the handout writes them."""
    return "(" + ", ".join(f"{value:.4f}" if abs(value) < 1e4 else f"{value:.3g}" for value in np.ravel(values)) + ")"
