"""What the graders of this folder share: IDX and npz files made for the purpose, the network's formula, comparisons."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from autograder import Finding, Raise, assert_close, same

Array = np.ndarray[Any, Any]
Network = dict[str, Array]
Pairs = list[tuple[Array, Array]]
FILES = tuple(f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1"))
WEIGHTS = "mnist_784_50_100_10" + ".npz"
SHAPES = {"W1": (784, 50), "b1": (50,), "W2": (50, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}


# ---- files ----


def idx(magic: int, numbers: Array) -> bytes:
    """An IDX file, not yet packed: magic and sizes as big-endian 32-bit integers, then the bytes."""
    header = b"".join(int(n).to_bytes(4, "big") for n in (magic, *numbers.shape))
    return header + numbers.astype(np.uint8).tobytes()


def image_file(pixels: Array) -> bytes:
    return gzip.compress(idx(2051, pixels), 1, mtime=0)


def label_file(labels: Array) -> bytes:
    return gzip.compress(idx(2049, labels), 1, mtime=0)


def weight_file(network: Network) -> bytes:
    file = io.BytesIO()
    np.savez(file, **network)  # type: ignore[arg-type]
    return file.getvalue()


@cache
def unpacked(packed: bytes, axes: int) -> Array:
    """The numbers of a sound IDX file."""
    data = gzip.decompress(packed)
    shape = [int.from_bytes(data[4 * n : 4 * n + 4], "big") for n in range(1, axes + 1)]
    return np.frombuffer(data, np.uint8, offset=4 * (axes + 1)).reshape(shape)


def reader(files: Mapping[str, bytes]) -> Callable[..., bytes]:
    """A `read_bytes` that knows these files only."""

    def read_bytes(name: object) -> bytes:
        if not isinstance(name, str) or name not in files:
            raise Raise("FileNotFoundError", "there is no such file; its name stands in FILES or WEIGHTS")
        return files[name]

    return read_bytes


# ---- the network ----


def sigmoid(a: Array) -> Array:
    return 1 / (1 + np.exp(-a))


def softmax(a: Array) -> Array:
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def scores(network: Network, x: Array, hidden: Any = (sigmoid, sigmoid), biases: tuple[int, ...] = (1, 1, 1)) -> Array:
    """What reaches the output layer. `hidden`: the activations; `biases`: 0 leaves that layer's bias out."""
    z = x
    for layer, activation in enumerate((*hidden, lambda a: a), start=1):
        z = activation(z @ network[f"W{layer}"] + biases[layer - 1] * network[f"b{layer}"])
    return np.asarray(z)


def forward(network: Network, x: Array) -> Array:
    """The probabilities of the ten digits, shape (10,) or (N, 10)."""
    return softmax(scores(network, x))


def random_network(rng: np.random.Generator) -> Network:
    """A network whose hidden sums lie around ±3, so that no activation and no bias goes unnoticed."""
    sizes = {"W1": 0.2, "b1": 1.0, "W2": 0.4, "b2": 1.0, "W3": 0.4, "b3": 1.0}
    return {key: rng.normal(scale=size, size=SHAPES[key]) for key, size in sizes.items()}


def network_of(weights: bytes) -> Network:
    """The network in an npz file."""
    with np.load(io.BytesIO(weights)) as file:
        return {key: np.asarray(file[key]) for key in SHAPES}


# ---- batches ----


def slices(x: Array, t: Array, size: int) -> Pairs:
    return [(x[start : start + size], t[start : start + size]) for start in range(0, len(x), size)]


def same_pair(got: Any, pair: tuple[Array, Array]) -> bool:
    """Whether `got` is this pair; lists of numbers do where arrays are meant."""
    if not isinstance(got, (list, tuple)) or len(got) != 2:
        return False
    for part, expected in zip(got, pair, strict=True):
        try:
            assert_close(part, expected, sequence=True)
        except Finding:
            return False
    return True


def place(images: Array, x: Array) -> list[int]:
    """Which rows of x these are; -1 for none. All rows of x differ."""
    rows = {row.astype(float).tobytes(): n for n, row in enumerate(x)}
    return [rows.get(row.astype(float).tobytes(), -1) for row in images if images.dtype.kind in "biuf"]


# ---- comparisons ----


def any_of(*values: Any, rtol: float = 1e-6, atol: float = 1e-9) -> Callable[[Any], bool]:
    """A predicate for `mistaken`: what came back is one of these."""
    return lambda got: any(same(got, value, rtol, atol) for value in values)


def compare(
    got: Any, expected: Any, mistaken: Callable[[], Mapping[str, Any]], rtol: float = 1e-6, atol: float = 1e-8
) -> None:
    """assert_close for arrays that are too large to be quoted; what mistakes give is computed where one was made."""
    try:
        assert_close(got, expected, rtol=rtol, atol=atol)
    except Finding:
        explain(got, expected, mistaken(), rtol, atol)


def explain(got: Any, expected: Any, mistaken: Mapping[str, Any], rtol: float, atol: float) -> None:
    """The finding for a wrong array, without the arrays: nobody learns from "an array gave an array"."""
    try:
        assert_close(got, expected, mistaken=mistaken, rtol=rtol, atol=atol)
    except Finding as finding:
        if finding.key != "value" and finding.key not in mistaken:
            raise
        params = {name: value for name, value in finding.params.items() if name not in ("call", "got", "expected")}
        raise Finding(finding.key, params, finding.verdict, finding.line) from None
