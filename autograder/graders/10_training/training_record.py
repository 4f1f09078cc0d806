"""One run of `train` on a network that writes down what it is asked, and what has to be true of such a run.

The network and the optimizer are the grader's (sandbox_side.RECORDER), and so are the batches that a `train` gets which
builds on the student's minibatches. What they wrote down is computed again here, step by step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import two_layer_oracle as oracle
from sandbox_side import RECORDER, close_to, generator, only_number

from autograder import NOTHING, fail, numbers

KEYS = ("loss", "train_accuracy", "test_accuracy")

N, TESTS, FEATURES, CLASSES, SIZE, EPOCHS, LR = 23, 9, 4, 3, 5, 3, 0.5
PER_EPOCH = -(-N // SIZE)


def small_data(rng: np.random.Generator) -> tuple[Any, Any, Any, Any]:
    """Training and test data whose labels follow from a linear rule, and the rule."""
    rule = rng.normal(size=(FEATURES, CLASSES))
    x = rng.normal(size=(N + TESTS, FEATURES))
    return x, (x @ rule).argmax(axis=1), rule, np.zeros(CLASSES)


class Recording:
    """One run of `train` on the recording network, and what it wrote down."""

    def __init__(self, student: Any, rng: np.random.Generator) -> None:
        self.x, self.t, rule, b = small_data(rng)
        self._calls = 0
        view = student.replacing(minibatches=self._minibatches, iterations_per_epoch=lambda n, size: -(-n // size))
        W = -rule / np.abs(rule).max()  # the opposite of the rule: everything is still to be learned
        self.start = {"W": W, "b": b}
        net = student.make("Net(W, b, Log())", given=RECORDER, W=W, b=b)
        optimizer = student.make("Optimizer(net, lr)", given=RECORDER, net=net, lr=LR)
        log = student.make("(net).log", net=net)
        data = (self.x[:N], self.t[:N]), (self.x[N:], self.t[N:])
        self.history = view.train(net, data, optimizer, EPOCHS, SIZE, generator(student, int(rng.integers(2**31))))
        self.batches = [self._numbers(pair) for pair in items(log.get("batches"))]
        self.states = [self.start, *map(state_of, items(log.get("states")))]

    def _minibatches(self, x: Any, t: Any, size: Any, rng: Any) -> list[Any]:
        """Right batches, for a `train` that builds on the student's minibatches. Another order on every call."""
        self._calls += 1
        order = np.argsort(np.arange(1, len(x) + 1) * (self._calls + 2) * 7919 % 10007)
        return [(x[order[i : i + size]], t[order[i : i + size]]) for i in range(0, len(x), size)]

    def _numbers(self, pair: Any) -> Any:
        """Which samples a recorded batch has."""
        pair = pair if isinstance(pair, (list, tuple)) and len(pair) == 2 else (NOTHING, NOTHING)
        x, t = (numbers(item, lists=True) for item in pair)
        if x.ndim != 2 or x.shape[1] != FEATURES or t.shape != x.shape[:1]:
            fail("train.not-once")
        distances = np.abs(x[:, None] - self.x[None]).sum(axis=2)
        if distances.min(axis=1).max(initial=0) > 1e-9:
            fail("train.not-once")
        chosen = distances.argmin(axis=1)
        if not close_to(t, self.t[chosen]):
            fail("train.not-once")
        return chosen

    def figures(self, state: Any) -> dict[str, float]:
        """The three figures of the history for the network in this state."""
        y = oracle.softmax(self.x @ state["W"] + state["b"])
        right = y.argmax(axis=1) == self.t
        loss = oracle.cross_entropy(y[:N], self.t[:N])
        return dict(zip(KEYS, (loss, float(right[:N].mean()), float(right[N:].mean())), strict=True))

    def loss(self, state: Any, chosen: Any) -> float:
        return oracle.cross_entropy(oracle.softmax(self.x[chosen] @ state["W"] + state["b"]), self.t[chosen])


def items(got: Any) -> list[Any]:
    return list(got) if isinstance(got, (list, tuple)) else []


def state_of(got: Any) -> dict[str, Any]:
    state = {key: numbers(got.get(key), lists=True) for key in ("W", "b")} if isinstance(got, dict) else {}
    shapes = {"W": (FEATURES, CLASSES), "b": (CLASSES,)}
    finite = all(np.isfinite(value).all() for value in state.values())
    if not finite or {key: value.shape for key, value in state.items()} != shapes:
        fail("train.other-update")
    return state


def problem(history: Any, epochs: int) -> str | None:
    """Why the history is not one dict of three finite numbers per epoch: a message key, or None where it is."""
    if history is None:
        return "none"
    if isinstance(history, dict):
        return "history.dict"
    if not isinstance(history, (list, tuple)) or any(not isinstance(row, dict) for row in history):
        return "history.form"
    if len(history) != epochs:
        every_batch = len(history) > epochs and len(history) % epochs == 0
        return "history.per-batch" if every_batch else "history.length"
    if any(only_number(row.get(key)) is None for row in history for key in KEYS):
        return "history.form"
    return None


def rows(history: Any, epochs: int) -> list[dict[str, Any]]:
    """The history as one dict of three finite numbers per epoch. Raises Finding."""
    key = problem(history, epochs)
    if key is not None:
        fail(key)
    return [{key: only_number(row[key]) for key in KEYS} for row in history]


def require_epochs(run: Recording) -> None:
    """Every epoch shows every training sample once, in batches, and each batch is followed by one update."""
    asked, updates = run.batches, len(run.states) - 1
    if not asked:
        fail("train.never-asks")
    if any((chosen >= N).any() for chosen in asked):
        fail("train.on-test-data")
    if not updates:
        fail("train.no-update")
    if max(map(len, asked)) == N:
        fail("train.no-batches")
    if len(asked) > updates and updates <= EPOCHS:
        fail("train.one-update-per-epoch")
    if updates == PER_EPOCH and len(asked) == PER_EPOCH:
        fail("train.one-epoch")
    epochs = [asked[i : i + PER_EPOCH] for i in range(0, len(asked), PER_EPOCH)]
    counts = [np.bincount(np.concatenate(epoch), minlength=N) for epoch in epochs]
    if any(count.max() > 1 for count in counts):
        fail("train.with-replacement" if len(asked) == len(epochs) * PER_EPOCH else "train.not-once")
    if len(epochs) != EPOCHS or any((count != 1).any() for count in counts):
        fail("train.not-once")
    if updates != len(asked):
        fail("train.other-update")
    if all(np.array_equal(np.concatenate(epoch), np.concatenate(epochs[0])) for epoch in epochs):
        fail("train.same-order")
    if not _follows(run):
        fail("train.other-update")


def _follows(run: Recording) -> bool:
    """Whether every recorded state follows from the one before and the gradient of its batch."""
    for before, after, chosen in zip(run.states[:-1], run.states[1:], run.batches, strict=True):
        y = oracle.softmax(run.x[chosen] @ before["W"] + before["b"])
        d = (y - oracle.one_hot(run.t[chosen], CLASSES)) / len(chosen)
        wanted = {"W": before["W"] - LR * run.x[chosen].T @ d, "b": before["b"] - LR * d.sum(axis=0)}
        if not all(close_to(after[key], wanted[key]) for key in wanted):
            return False
    return True


def require_figures(run: Recording, history: list[dict[str, float]]) -> None:
    """Each row says what was so after its epoch."""
    ends = [run.states[min((e + 1) * PER_EPOCH, len(run.states) - 1)] for e in range(EPOCHS)]
    begins = [run.states[min(e * PER_EPOCH, len(run.states) - 1)] for e in range(EPOCHS)]
    after, before = ([run.figures(state) for state in states] for states in (ends, begins))
    for name in KEYS[1:]:
        got, wanted = ([row[name] for row in figures] for figures in (history, after))
        if close_to(got, wanted):
            continue
        if close_to(got, [row[name] for row in before]):
            fail("history.before", name=name)
        if close_to(got, [wanted[-1]] * EPOCHS) and all(row == history[-1] for row in history):
            fail("history.same-row", name=name)
        fail("history.other", name=name)
    require_losses(run, [row["loss"] for row in history], after, ends)


def require_losses(run: Recording, got: list[float], after: Any, ends: Any) -> None:
    """The loss of the epoch: on all training data after it, or a mean over its batches; the last batch's will do."""
    allowed = [row["loss"] for row in after]
    for e in range(EPOCHS):
        steps = range(e * PER_EPOCH, min((e + 1) * PER_EPOCH, len(run.batches)))
        sizes = [len(run.batches[i]) for i in steps]
        befores = [run.loss(run.states[i], run.batches[i]) for i in steps]
        afters = [run.loss(run.states[i + 1], run.batches[i]) for i in steps]
        kinds = [allowed[e], befores[-1], afters[-1], run.loss(ends[e], run.batches[steps[-1]])]
        kinds += [np.average(values, weights=w) for values in (befores, afters) for w in (None, sizes)]
        if close_to(got[e], run.figures(run.states[steps[0]])["loss"], 1e-3):
            fail("history.before", name="loss")
        if not any(close_to(got[e], kind, 1e-3) for kind in kinds):
            fail("history.same-row" if close_to(got, [got[-1]] * EPOCHS) else "history.other", name="loss")
