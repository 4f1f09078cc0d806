"""Hidden grader of 03_sequences: layer_outputs, the outputs of all layers of a network."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from terms import LONGEST

from autograder import Handle, agrees, assert_unchanged, credit, fail, named, numbers, same

Rows = list[np.ndarray[Any, Any]]
X = np.array([0.6, 0.5])
WEIGHTS = [np.array([[2.0, 1.0], [3.0, -1.0]]), np.array([[1.0], [-2.0]])]
BIASES = [np.array([-1.0, -1.0]), np.array([0.5])]


def sigmoid(x: Any) -> Any:
    """By tanh, which cannot overflow: σ(x) = (1 + tanh(x/2)) / 2."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def run(x: Any, weights: Any, biases: Any, step: Callable[..., Any] | None = None) -> Rows:
    """Every layer's output; `step(signal, W, b, layer, layers, x)` gives that of a layer."""
    rows: Rows = []
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        signal = rows[-1] if rows else x
        rows.append(step(signal, W, b, layer, len(weights), x) if step else sigmoid(signal @ W + b))
    return rows


def other(step: Callable[..., Any]) -> Callable[..., Rows | None]:
    """A mistake made in every layer; None where the shapes of this network do not let it happen."""

    def rows(x: Any, weights: Any, biases: Any) -> Rows | None:
        try:
            with np.errstate(all="ignore"):
                return run(x, weights, biases, step)
        except ValueError:
            return None

    return rows


MISTAKES: dict[str, Callable[..., Rows | None]] = {
    "layers.no-sigmoid": other(lambda s, W, b, k, n, x: s @ W + b),
    "layers.sigmoid-not-passed-on": lambda x, w, b: [
        sigmoid(row) for row in run(x, w, b, lambda s, W, b, *_: s @ W + b)
    ],
    "layers.identity-last": other(lambda s, W, b, k, n, x: s @ W + b if k == n - 1 else sigmoid(s @ W + b)),
    "layers.sums": lambda x, w, b: sums(x, w, b),
    "layers.no-bias": other(lambda s, W, b, k, n, x: sigmoid(s @ W)),
    "layers.bias-subtracted": other(lambda s, W, b, k, n, x: sigmoid(s @ W - b)),
    "layers.bias-outside": other(lambda s, W, b, k, n, x: sigmoid(s @ W) + b),
    "layers.transposed": other(lambda s, W, b, k, n, x: sigmoid(W @ s + b)),
    "layers.exponent": other(lambda s, W, b, k, n, x: 1 - sigmoid(s @ W + b)),
    "layers.brackets": other(lambda s, W, b, k, n, x: 1 + np.exp(-(s @ W + b))),
    "layers.tanh": other(lambda s, W, b, k, n, x: np.tanh(s @ W + b)),
    "layers.relu": other(lambda s, W, b, k, n, x: np.maximum(s @ W + b, 0)),
    "layers.elementwise": other(lambda s, W, b, k, n, x: sigmoid(s * W + b)),
    "layers.always-x": other(lambda s, W, b, k, n, x: sigmoid(x @ W + b)),
    "layers.with-x": lambda x, w, b: [x, *run(x, w, b)],
    "layers.x-for-the-last": lambda x, w, b: [x, *run(x, w, b)[:-1]],
    "layers.only-last": lambda x, w, b: run(x, w, b)[-1:],
    "layers.only-first": lambda x, w, b: run(x, w, b)[:1],
    "layers.two-only": lambda x, w, b: run(x, w, b)[:2],
    "layers.last-missing": lambda x, w, b: run(x, w, b)[:-1],
    "layers.reversed": lambda x, w, b: run(x, w, b)[::-1],
    "layers.one-row": lambda x, w, b: list(np.concatenate(run(x, w, b))),
    "layers.step": other(lambda s, W, b, k, n, x: (s @ W + b > 0) * 1.0),
}


def sums(x: Any, weights: Any, biases: Any) -> Rows:
    """The weighted sums of all layers, each from the right outputs of the layer before."""
    signals = [x, *run(x, weights, biases)[:-1]]
    return [signal @ W + b for signal, W, b in zip(signals, weights, biases, strict=True)]


def rows_of(got: Any) -> Rows | None:
    """What came back as one array of floats per layer, or None where it is no sequence of rows of numbers."""
    if not isinstance(got, (list, tuple, np.ndarray)) or (isinstance(got, np.ndarray) and not got.ndim):
        return None
    if len(got) > LONGEST:
        return None
    rows = [numbers(item, lists=True) for item in got]
    return None if any(row.ndim > 3 for row in rows) else rows


def are_right(rows: Sequence[Any], wanted: Sequence[Any]) -> bool:
    """Whether these are the outputs of all layers."""
    return len(rows) == len(wanted) and all(map(agrees, rows, wanted))


def alike(rows: Sequence[Any], wanted: Sequence[Any], rtol: float = 1e-6) -> bool:
    """Whether the rows have the same number, the same shapes and the same values: to guess at what was meant."""
    return len(rows) == len(wanted) and all(
        same(row, value, rtol, 1e-9) for row, value in zip(rows, wanted, strict=True)
    )


def text(rows: Rows | np.ndarray[Any, Any]) -> str:
    """Rows as a student would write them, four digits each; only for shown cases."""
    items = [f"{item + 0:.4g}" if np.ndim(item) == 0 else text(item) for item in rows[:8]]
    return f"[{', '.join(items)}]"


def shapes(rows: Rows) -> str:
    return f"[{', '.join(str(row.shape) for row in rows[:8])}]"


SHAPES_DO_NOT_FIT = {
    "layers.in-place": r"^\S+ .*(\[:\] =|\[\.\.\.\] =|\+= ).*\nValueError: ",
    "layers.elementwise": r"^error\.shapes (?=.*\*)(?!.*@).*\nValueError: ",
    "layers.order": r"^error\.shapes .*\nValueError: ",
}


def check(student: Any, x: Any, weights: Any, biases: Any, shown: bool = False) -> None:
    """All layers' outputs are right, layer by layer."""
    with named(SHAPES_DO_NOT_FIT):
        got = student.layer_outputs(x, weights, biases)
    if got is None:
        fail("printed" if student.last.stdout else "none")
    if isinstance(got, Handle):
        fail("layers.generator" if got.type in ("generator", "map", "zip") else "layers.no-list")
    expected, rows = run(x, weights, biases), rows_of(got)
    if rows is None:
        fail("layers.no-list")
    if are_right(rows, expected):
        return
    call = {"call": "layer_outputs(x, weights, biases)", "got": text(rows), "expected": text(expected)} if shown else {}
    for key, mistake in MISTAKES.items():
        value = mistake(x, weights, biases)
        if value is not None and not alike(value, expected) and alike(rows, value):
            fail(key, **call)
    if alike(rows, expected[-1]):  # the last array itself, not in a list
        fail("layers.only-last", **call)
    if any(alike(rows, [np.round(row, digits) for row in expected], 1e-12) for digits in range(2, 6)):
        fail("layers.rounded")
    if len(rows) > 1 and alike(rows, rows[:1] * len(rows)):
        fail("layers.same-object", **call)
    if len(rows) != len(expected):
        few = len(rows) < len(expected)
        fail("layers.too-few" if few else "layers.count", **call)
    first = next(k for k in range(len(rows)) if not are_right(rows[k : k + 1], expected[k : k + 1]))
    if rows[first].shape != expected[first].shape:
        if shown:  # the values may be right, so they would not show what is meant
            called = "[a.shape for a in layer_outputs(x, weights, biases)]"
            call = {"call": called, "got": shapes(rows), "expected": shapes(expected)}
        fail("layers.shape", layer=first + 1, **call)
    fail("layers.first" if first == 0 else "layers.from", layer=first + 1, **call)


def network(rng: np.random.Generator, *sizes: int) -> tuple[Any, list[Any], list[Any]]:
    """An input, weights and biases; the sums are about 1 in size, so that no sigmoid is flat."""
    weights = [rng.normal(size=(m, n)) * 1.5 / np.sqrt(m) for m, n in itertools.pairwise(sizes)]
    biases = [rng.uniform(0.3, 1.0, n) * rng.choice([-1, 1], n) for n in sizes[1:]]
    return rng.uniform(0.3, 1.5, sizes[0]) * rng.choice([-1, 1], sizes[0]), weights, biases


def check_unchanged(student: Any, x: Any, weights: list[Any], biases: list[Any]) -> None:
    """The arguments stay as they were. Whether the outputs are right is asked elsewhere.

    But they have to come from x and the weights, and from nothing else: who computes nothing has nothing to change,
    and is judged by them.
    """
    cases = [(x, weights, biases), (-x, weights, biases), (x, [-W for W in weights], biases)]
    answers = []
    for case in (*cases, cases[0]):
        with named(SHAPES_DO_NOT_FIT):
            answers.append(rows_of(student.layer_outputs(*case)))
        assert_unchanged()
    first, *others, again = answers
    if not all(map(is_finite, answers)) or any(alike(first, other) for other in others) or not alike(first, again):
        for case in cases:
            check(student, *case)


def is_finite(rows: Rows | None) -> bool:
    """Whether there are numbers, and nothing else."""
    return bool(rows) and all(row.size and np.all(np.isfinite(row)) for row in rows)


@credit(8, task="layer_outputs")
def test_layer_outputs(student, part, rng):
    """layer_outputs hands the signal on from layer to layer and keeps every output

    layer_outputs는 신호를 층에서 층으로 넘기면서 모든 층의 출력을 모은다
    """
    with part("the network of the handout", "교재의 신경망", points=2, shown=True):
        check(student, X, WEIGHTS, BIASES, shown=True)
    with part("two layers", "층 두 개", points=2):
        for sizes in ((4, 4, 4), (3, 4, 2), (3, 4, 2)):
            check(student, *network(rng, *sizes))
    with part("any number of layers", "층이 몇 개든", points=3):
        for sizes in ((3, 4, 2, 4, 2), (3, 4, 2, 4, 2), (2, 3, 3, 2), (3, 5, 2, 4, 1, 3), (3, 2)):
            check(student, *network(rng, *sizes))
    with part("x, weights and biases stay as they were", "x, weights, biases는 그대로", points=1):
        for sizes in ((3, 3, 3), (4, 4, 4)):  # square: an order that is wrong fits as well
            check_unchanged(student, *network(rng, *sizes))
