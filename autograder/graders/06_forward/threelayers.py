"""What the graders of this folder share: networks of three layers, and numbers in whatever the student handed back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder import Finding, fail, numbers

Network = dict[str, Any]
KEYS = ("W1", "b1", "W2", "b2", "W3", "b3")
LECTURE: Network = {
    "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    "b1": np.array([0.1, 0.2, 0.3]),
    "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    "b2": np.array([0.1, 0.2]),
    "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
    "b3": np.array([0.1, 0.2]),
}


def array(value: Any) -> np.ndarray[Any, Any] | None:
    """`value` as np.asarray makes it, in floats; None where it holds anything but real numbers. A bool is none."""
    made = numbers(value, lists=True)
    if made.shape == numbers(None).shape or np.asarray(value).dtype.kind not in "iuf":
        return None
    return made


def wanted_shapes(sizes: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """The shapes of a network of these four sizes."""
    found: dict[str, tuple[int, ...]] = {}
    for layer in (1, 2, 3):
        found[f"W{layer}"] = (sizes[layer - 1], sizes[layer])
        found[f"b{layer}"] = (sizes[layer],)
    return found


def entry(got: Any, key: str, shape: tuple[int, ...], printed: bool = False) -> np.ndarray[Any, Any]:
    """The array under `key` of what came back as a network. Raises Finding where it is not there or no such array."""
    if got is None:
        fail("printed" if printed else "none")
    if not isinstance(got, Mapping):
        fail("network.no-dict")
    if key not in got:
        near = [k for k in got if isinstance(k, str) and k.strip().lower() == key.lower()]
        fail("network.key-case" if near else "network.missing-key", name=key)
    made = array(got[key])
    if made is None or not np.all(np.isfinite(made)):
        raise Finding("network.no-numbers", {"name": key})
    if made.shape != shape:
        wrong_shape(key, made, shape)
    return made


def wrong_shape(key: str, made: np.ndarray[Any, Any], shape: tuple[int, ...]) -> None:
    """Say what a wrong shape looks like; the numbers in it are told nowhere."""
    if key.startswith("W"):
        fail("network.transposed" if made.shape == shape[::-1] else "network.weight-shape", name=key)
    flat = made.ndim == 2 and made.size == shape[0] and 1 in made.shape
    fail("network.bias-matrix" if flat else "network.bias-shape", name=key)


def mention_extra_keys(got: Any) -> list[str]:
    """Keys besides the six; where one of the six is missing, another is that one misspelt."""
    whole = isinstance(got, Mapping) and all(key in got for key in KEYS)
    return [key for key in got if key not in KEYS] if whole else []


def sigmoid(x: Any) -> Any:
    """By tanh, which cannot overflow: σ(x) = (1 + tanh(x/2)) / 2."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def drawn(rng: np.random.Generator, sizes: tuple[int, ...]) -> Network:
    """A network whose weighted sums are about 1 in size and whose biases all matter."""
    made: Network = {}
    for key, shape in wanted_shapes(sizes).items():
        if key.startswith("W"):
            made[key] = rng.normal(size=shape) * 1.5 / np.sqrt(shape[0])
        else:
            made[key] = rng.uniform(0.3, 1.0, shape) * rng.choice([-1, 1], shape)
    return made


def inputs(rng: np.random.Generator, *shape: int) -> np.ndarray[Any, Any]:
    """Inputs of both signs, away from 0."""
    return rng.uniform(0.4, 1.6, shape) * rng.choice([-1, 1], shape)


def through(network: Network, x: Any, step: Callable[..., Any] | None = None) -> Any:
    """The output of the network; `step(signal, W, b, layer)` is another way to compute a layer."""
    signal = np.asarray(x)
    for layer in (1, 2, 3):
        W, b = np.asarray(network[f"W{layer}"]), np.asarray(network[f"b{layer}"])
        if step is not None:
            signal = step(signal, W, b, layer)
        else:
            total = signal @ W + b
            signal = total if layer == 3 else sigmoid(total)
    return signal
