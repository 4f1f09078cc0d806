"""The forward passes that students write by mistake: message key -> what it gives. Computed beside the right one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from threelayers import LECTURE, Network, sigmoid, through

from autograder import same

CLOSE = (1e-6, 1e-8)  # rtol and atol, as in assert_close


def layers(activation: Callable[..., Any], output: Callable[..., Any] = lambda a: a) -> Callable[..., Any]:
    """The forward pass with other activations: `activation(sum, layer)` in the hidden layers."""
    return lambda n, x: through(n, x, lambda s, W, b, k: output(s @ W + b) if k == 3 else activation(s @ W + b, k))


def without_bias(*missing: int) -> Callable[..., Any]:
    return lambda n, x: through({k: v * (k[0] == "W" or int(k[1]) not in missing) for k, v in n.items()}, x)


def with_weights(change: Callable[..., Any]) -> Callable[..., Any]:
    """The forward pass with another product of signal and weights."""
    return lambda n, x: through(n, x, lambda s, W, b, k: change(s, W) + b if k == 3 else sigmoid(change(s, W) + b))


def softmax(a: Any) -> Any:
    e = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def mixed_up(*pairs: str) -> Callable[..., Any]:
    """The forward pass with one array taken for another: "b2=b1"."""

    def run(network: Network, x: Any) -> Any:
        return through(network | {pair[:2]: network[pair[3:]] for pair in pairs}, x)

    return run


def skipping(network: Network, x: Any) -> Any:
    """The output layer is given the signal of the first layer instead of the second."""
    seen: list[Any] = []

    def step(signal: Any, W: Any, b: Any, layer: int) -> Any:
        seen.append(seen[0] @ W + b if layer == 3 else sigmoid(signal @ W + b))
        return seen[-1]

    return through(network, x, step)


def weights_first_in(swapped: int) -> Callable[..., Any]:
    def step(signal: Any, W: Any, b: Any, layer: int) -> Any:
        total = (W @ signal if layer == swapped else signal @ W) + b
        return total if layer == 3 else sigmoid(total)

    return lambda network, x: through(network, x, step)


MISTAKES: dict[str, Callable[..., Any] | tuple[Callable[..., Any], ...]] = {
    "forward.sigmoid-output": layers(lambda a, k: sigmoid(a), sigmoid),
    "forward.softmax-output": layers(lambda a, k: sigmoid(a), softmax),
    "forward.softmax-batch": layers(lambda a, k: sigmoid(a), lambda a: np.exp(a) / np.sum(np.exp(a))),
    "forward.no-activation": layers(lambda a, k: a),
    "forward.only-output-activated": layers(lambda a, k: a, sigmoid),
    "forward.layer-1": layers(lambda a, k: a if k == 1 else sigmoid(a)),
    "forward.layer-2": layers(lambda a, k: a if k == 2 else sigmoid(a)),
    "forward.relu": layers(lambda a, k: np.maximum(a, 0)),
    "forward.tanh": layers(lambda a, k: np.tanh(a)),
    "forward.step": layers(lambda a, k: (a > 0) * 1.0),
    "forward.exponent": layers(lambda a, k: 1 - sigmoid(a)),
    "forward.brackets": layers(lambda a, k: 1 + np.exp(-a)),
    "forward.no-bias": without_bias(1, 2, 3),
    "forward.bias-1": without_bias(1),
    "forward.bias-2": without_bias(2),
    "forward.bias-3": without_bias(3),
    "forward.bias-subtracted": lambda n, x: through({k: v if k[0] == "W" else -v for k, v in n.items()}, x),
    "forward.bias-outside": lambda n, x: through(n, x, lambda s, W, b, k: s @ W + b if k == 3 else sigmoid(s @ W) + b),
    "forward.order": with_weights(lambda s, W: W @ s if s.ndim == 1 else s @ W.T),
    "forward.order-once": tuple(map(weights_first_in, (1, 2, 3))),
    "forward.mixed-up": (*map(mixed_up, ("W3=W2", "b2=b1", "b3=b2", "b3=b1", "W2=W1", "b1=b2")), skipping),
    "forward.elementwise": with_weights(lambda s, W: s * W),
    "forward.stopped": lambda n, x: hidden(n, x),
    "forward.class": lambda n, x: np.argmax(through(n, x), axis=-1),
    "forward.own-network": lambda n, x: through(LECTURE, x),
    "forward.first-row": lambda n, x: through(n, x)[0] if np.ndim(x) == 2 else None,
    "forward.one-number": lambda n, x: np.sum(through(n, x)),
    "forward.averaged": lambda n, x: np.mean(through(n, x), axis=0) if np.ndim(x) == 2 else None,
}


def hidden(network: Network, x: Any) -> Any:
    """What the second layer gives out."""
    seen: list[Any] = []
    through(network, x, lambda s, W, b, k: seen.append(sigmoid(s @ W + b)) or seen[-1])
    return seen[1]


def mistaken_values(network: Network, x: Any, expected: Any) -> Iterator[tuple[str, list[Any]]]:
    """Message keys, and what these mistakes give here; where ReLU and no activation are the same, one key for both."""
    plain = {key: np.asarray(value) for key, value in network.items()}
    found: dict[str, list[Any]] = {}
    for key, mistakes in MISTAKES.items():
        for mistake in mistakes if isinstance(mistakes, tuple) else (mistakes,):
            try:
                with np.errstate(all="ignore"):
                    value = mistake(plain, np.asarray(x))
            except ValueError:
                continue  # the shapes of this network do not let it happen
            if value is not None and not same(value, expected, *CLOSE):
                found.setdefault(key, []).append(value)
    if same(found["forward.no-activation"][0], found["forward.relu"][0], *CLOSE):
        found["forward.no-activation-or-relu"] = found.pop("forward.no-activation")
        del found["forward.relu"]
    yield from found.items()


def among(got: Any, values: list[Any]) -> bool:
    """Whether `got` is one of these values."""
    return any(same(got, value, *CLOSE) for value in values)
