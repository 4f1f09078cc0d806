"""How the predictions of fit_parabola answer to tiny steps: whether each of W1, b1, W2, b2 moves along its gradient.

Nothing is known of the activation and of how the weights begin, but where all hidden units are alike nothing has to be,
and they are if the generator draws the same number again and again. The network is p(x) = H v φ(w x + b) + c. A step of
gradient descent so small that it is linear moves p(x) by κ Σ_i K(x, x_i) (y_i - p(x_i)), where K adds up the products
of p's derivatives by the weights,

    K(x, x') = 1 + H φ(x) φ(x') + H v² φ'(x) φ'(x') + H x x' v² φ'(x) φ'(x'),

and with H φ = (p - c) / v and H v φ' = p' / w all of it is a combination of products of p and p', which can be
measured. The coefficients say which weights moved: 1/(H v²) belongs to W2, 1/(H w²) to b1 and W1, the same for both.
Momentum and half the gradient change κ alone. Optimizers that go by the sign of the gradient (Adam) do not answer to
the size of the error at all; these are recognized and left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import agrees, fail, forget_warnings

Array = np.ndarray[Any, np.dtype[np.float64]]
Fit = Callable[[Array, Array, float, int], Array]  # x, y, lr and the word of `repeating` -> predictions after STEPS

UNITS, N, STEPS, LR = 2, 41, 3, 1e-7
X = np.linspace(-3.9, 4.1, N)  # not 1 and not -1: with w = b a ReLU bends there
NEXT = 1e-6  # the distance at which the slope of p is measured; its rounding error is 1e-10
DIRECTIONS, BEGINNINGS = 3, 20
CLEAR = 300.0  # the condition number up to which the four terms can be told apart
# The parts of κ that each weight must have at least. W2's is 1/(H v²), b1's and W1's 1/(H w²), and weights are below
# 10; b2's is 1 (half the gradient: 0.5; momentum that averages: 0.14; a mean over 41 samples, not the sum: 0.024).
LEAST, LEAST_OF_B2, STILL = 1e-3, 0.06, 1e-3


def check_small_steps(fit: Fit, rng: np.random.Generator) -> None:
    """Every weight moves along its gradient, and as far as lr says."""
    y, errors = rng.normal(size=N), rng.normal(scale=3, size=(DIRECTIONS, N))
    for word in (repeating(rng) for _ in range(BEGINNINGS)):
        p, slope, smooth = beginning(fit, y, word)
        if smooth and condition(terms(p, slope, errors)) < CLEAR:
            break
    else:
        fail("parabola.beginning")
    if not agrees(fit(X, -3 * y, 0.0, word), p, rtol=1e-9, atol=1e-9):
        fail("parabola.lr-ignored")
    unit = LR * STEPS * 2 / N
    moved = np.array([fit(X, p + error, LR, word) - p for error in errors]) / unit
    if not np.all(np.isfinite(moved)):
        forget_warnings()
        fail("parabola.diverged")
    if np.max(np.abs(moved)) < STILL:
        fail("parabola.steps-ignored")
    most = int(np.argmax(np.max(np.abs(moved), axis=1)))
    twice, limit = (fit(X, p + 2 * errors[most], LR, word) - p) / unit, 0.01 * float(np.max(np.abs(moved)))
    if agrees(twice, moved[most], rtol=0, atol=limit):
        return  # an error twice as large makes no larger step: Adam and its like
    # tolerance: what is compared is a choice between two ways of moving, once and twice as far; whoever does neither
    # may come as near to one of them as he likes
    if not agrees(twice, 2 * moved[most], rtol=0, atol=limit):
        fail("parabola.b2-gradient")
    judge(terms(p, slope, errors), moved.ravel())


def words(word: int) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """The state of a Mersenne twister whose outputs are all the same, as long as it is not mixed anew."""
    return np.full(624, word, dtype=np.uint32)


def repeating(rng: np.random.Generator) -> int:
    """A word from which `normal` takes its number at the first attempt: a second one would fail likewise, for ever."""
    while True:
        word, bits = int(rng.integers(2**32)), np.random.MT19937()
        state = words(word)
        state[2:] = rng.integers(2**32, size=622)
        bits.state = {"bit_generator": "MT19937", "state": {"key": state, "pos": 0}}
        np.random.Generator(bits).normal()
        if bits.state["state"]["pos"] == 2:
            return word


def beginning(fit: Fit, y: Array, word: int) -> tuple[Array, Array, bool]:
    """The predictions before any step and their slope, and whether the slope is the same on both sides of each x."""
    every = np.concatenate([X, X - NEXT, X + NEXT])
    p, before, after = np.split(fit(every, np.resize(y, every.size), 0.0, word), 3)
    with np.errstate(all="ignore"):
        bent = np.max(np.abs(after - 2 * p + before)) / NEXT
        slope = (after - before) / (2 * NEXT)
        steady = bent < 1e-4 and 1e-3 < np.ptp(p) < 20  # with more, who stops early might call p + error good enough
    return p, slope, bool(steady)


def terms(p: Array, slope: Array, errors: Array) -> Array:
    """What the errors move through each term of K; the columns: 1, p + p', p p', b1 and W1 together."""
    d, total = slope * X, errors.sum(axis=1)[:, None]
    columns = [
        np.broadcast_to(total, errors.shape),
        p * total + (errors @ p)[:, None],
        p * (errors @ p)[:, None],
        slope * (errors @ slope)[:, None] + d * (errors @ d)[:, None],
    ]
    return np.column_stack([np.ravel(column) for column in columns])


def condition(columns: Array) -> float:
    """How hard the columns are to tell apart, whatever their lengths are."""
    lengths = np.linalg.norm(columns, axis=0)
    return float(np.linalg.cond(columns / lengths)) if np.all(lengths > 0) else np.inf


def judge(columns: Array, moved: Array) -> None:
    """Compare the movements with the best that gradient descent could mean by them."""
    parts = np.linalg.lstsq(columns, moved, rcond=None)[0]
    # tolerance: a right one is off by 1e-6 at most; how far off a wrong one is, is a matter of how wrong it is
    if not agrees(columns @ parts, moved, rtol=0, atol=1e-4 * float(np.max(np.abs(moved)))):
        fail("parabola.hidden-gradient")
    if parts[2] < LEAST:
        fail("parabola.W2-gradient")
    if parts[3] < LEAST:
        fail("parabola.hidden-gradient")
    if parts[0] - parts[1] ** 2 / parts[2] < LEAST_OF_B2:
        fail("parabola.b2-gradient")
