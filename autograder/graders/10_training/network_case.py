"""A network of the student's with parameters of the grader's, and a batch: what the tests of TwoLayerNet ask about.

The grader writes its parameters into the arrays of `params`, as an optimizer does, and computes what follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import two_layer_oracle as oracle
from sandbox_side import PLACE, close_to, generator, handle
from two_layer_oracle import KNOWN, SHAPES, SIGMOID, Activation

from autograder import Finding, fail, named, numbers

CAUSELESS = frozenset("error value shape type none nonfinite".split())
SIZES = (6, 4, 5)  # more inputs than hidden units, more classes than hidden units: see two_layer_oracle


def network(student: Any, sizes: tuple[int, ...], *rest: Any) -> Any:
    return handle(student.TwoLayerNet(*sizes, *rest), "params.missing")


def parameters(net: Any, sizes: tuple[int, ...]) -> dict[str, Any]:
    """What `params` holds, as arrays of the right shapes. Raises Finding."""
    with named({"params.missing": r"\Amissing\.value"}):
        held = net.get("params")
    if not isinstance(held, dict) or set(held) != set(SHAPES):
        fail("params.missing")
    for key, axes in SHAPES.items():
        array, shape = held[key], tuple(sizes[axis] for axis in axes)
        if isinstance(array, np.ndarray) and array.shape == shape[::-1] and len(set(shape)) > 1:
            fail("params.transposed", name=key)
        floats = isinstance(array, np.ndarray) and array.dtype.kind == "f"
        if not floats or array.shape != shape or not np.isfinite(array).all():
            fail("params.shape", name=key)
    return {key: held[key].astype(float) for key in SHAPES}


def place(student: Any, net: Any, sizes: tuple[int, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Write `values` into the arrays of `params`, as an optimizer does; returns what is there then."""
    parameters(net, sizes)
    params = student.make("(net).params", net=net)
    with named({"params.not-in-place": r"\Aerror"}):
        student.make("place(params, values)", given=PLACE, params=params, values=dict(values))
    now = parameters(net, sizes)
    if not all(close_to(now[key], values[key], 1e-6, 1e-6) for key in SHAPES):
        fail("params.not-in-place")
    return now


@dataclass
class Case:
    """A network with known parameters and a batch."""

    net: Any
    params: dict[str, Any]
    x: Any
    labels: Any
    sizes: tuple[int, ...]

    @property
    def one_hot(self) -> Any:
        return oracle.one_hot(self.labels, self.sizes[2])


def case(student: Any, rng: np.random.Generator, n: int = 7) -> Case:
    """Random parameters and inputs; no sum of a hidden unit lies within 0.1 of 0, where ReLU has its corner.

    No probability is small either, whatever the activation, and without any: the 1e-7 that a loss may add against log 0
    would show in the loss and in its differences.
    """
    inputs, _, classes = SIZES
    scale = {"W1": 1.0, "b1": 1.0, "W2": 0.6, "b2": 0.3}
    x = np.zeros((0, inputs))
    while len(x) < n:
        values = {key: scale[key] * rng.normal(size=[SIZES[axis] for axis in axes]) for key, axes in SHAPES.items()}
        x = rng.uniform(-1.5, 1.5, size=(8 * n, inputs))
        formulas = (np.array, *(activation.h for activation in KNOWN.values()))  # the first: no activation at all
        each = [oracle.softmax(oracle.layers(values, x, h)[1]) for h in formulas]
        rarest = np.min(each, axis=(0, 2))
        x = x[(np.abs(x @ values["W1"] + values["b1"]).min(axis=1) > 0.1) & (rarest > 0.02)][:n]
    labels = rng.permutation(np.arange(n) % classes)
    net = network(student, SIZES, 0.01, generator(student, int(rng.integers(2**31))))
    return Case(net, place(student, net, SIZES, values), x, labels, SIZES)


def example(student: Any) -> Case:
    """The network that the handout computes by hand."""
    values = {
        "W1": np.array([[1.0, -1.0], [0.5, 2.0]]),
        "b1": np.array([0.0, -1.0]),
        "W2": np.array([[1.0, 0.0, -1.0], [-1.0, 2.0, 0.5]]),
        "b2": np.array([0.0, -0.5, 0.5]),
    }
    net = network(student, (2, 2, 3), 0.01, generator(student, 1))
    x = np.array([[1.0, 0.0], [2.0, 1.0]])
    return Case(net, place(student, net, (2, 2, 3), values), x, np.array([2, 0]), (2, 2, 3))


def found_out(it: Case) -> Activation | None:
    """Another activation, where the sizes allow to find it out."""
    inputs, hidden, classes = it.sizes
    return oracle.found_out(it.net.predict, it.params, it.x) if inputs >= hidden < classes else None


def activation_of(it: Case) -> Activation:
    """The activation of the network; where `predict` is not right, the sigmoid, as the exercise has it."""
    return right_activation(it) or SIGMOID


def right_activation(it: Case) -> Activation | None:
    """The activation with which `predict` is right, or None where it is right with none."""
    return oracle.known(it.net.predict(it.x), it.params, it.x) or found_out(it)


@contextmanager
def building_on_predict(it: Case) -> Iterator[None]:
    """A finding that says only that something is wrong is told as that of `predict`, where `predict` is wrong."""
    try:
        yield
    except Finding as finding:
        finding.params.setdefault("function", it.net.predict.student.last.name)  # before predict is asked
        if finding.key.partition(".")[0] in CAUSELESS or finding.key == "gradient.parameter":
            try:
                wrong = right_activation(it) is None
            except Finding:
                wrong = True
            if wrong:
                raise Finding("net.predict-first") from None
        raise


def asked(it: Case, method: str, t: Any) -> Any:
    """What the method gives. An exception that only one kind of t brings about is told as that. Raises Finding."""
    call = getattr(it.net, method)
    try:
        return call(it.x, t)
    except Finding as finding:
        if not finding.key.startswith("error"):
            raise
        try:
            call(it.x, it.one_hot if t.ndim == 1 else it.labels)
        except Finding:
            raise finding from None
        key = "t.labels" if t.ndim == 1 else "t.one-hot"
        raise Finding(key, finding.params, finding.verdict, finding.line) from None


def predicted(it: Case) -> Any:
    """What `predict` gives, as probabilities; where that is nothing to compute with, what it should give."""
    got = numbers(it.net.predict(it.x), lists=True)
    if got.shape != (len(it.x), it.sizes[2]) or not np.isfinite(got).all():
        got = oracle.layers(it.params, it.x, SIGMOID.h)[1]
    return oracle.probabilities(got)
