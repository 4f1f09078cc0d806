"""Measure what the data and the weights are good for, with the code of the reference solutions: README.md's figures.

    python datasets/measure.py                  # real MNIST out of NAND2MNIST_DATA or ~/.cache/nand2mnist
    python datasets/measure.py --from FOLDER

Prints a table: what was trained on what, and its accuracy on the test part of the embedded digits and of the real ones.
Without the real MNIST its figures are left out. Exit codes: 0 done; 2 the solutions or the embedded digits are not
there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from train_weights import DEFAULT_FOLDER, HERE, WEIGHTS, Arrays, Missing, real_mnist, solution  # isort: skip
import numpy as np  # after train_weights, which has it use one thread

SEED = 10
SIZES = (784, 50, 10)
RATE, BATCH = 1.0, 50  # plain gradient descent, SGD(lr=1.0)
EPOCHS = {"embedded": 16, "real": 3}  # 2,560 and 3,600 steps


def embedded_digits(name: str) -> bytes:
    path = HERE / "digits" / name
    if not path.is_file():
        raise Missing(f"{path}: no such file; run python datasets/make_digits.py")
    return path.read_bytes()


def read_sets(mnist: ModuleType, folder: Path) -> dict[str, tuple]:
    """By name, ((x, t), (x, t)) as `load_mnist` gives it; "real" is left out if it is not there."""
    sets = {}
    for name, read_bytes in (("embedded", embedded_digits), ("real", real_mnist(folder))):
        mnist.read_bytes = read_bytes
        try:
            sets[name] = mnist.load_mnist()
        except Missing as missing:
            if name == "embedded":
                raise
            print(f"{missing}; the figures of the real MNIST are left out", file=sys.stderr)
    return sets


def shipped_weights() -> Arrays:
    with np.load(WEIGHTS) as file:
        return dict(file)


def trained_on(name: str, data: tuple) -> Any:
    """A TwoLayerNet that was trained on `data`."""
    optimizers, training = solution("09_optimizers", "optimizers"), solution("10_training", "training")
    rng = np.random.default_rng(SEED)
    network = training.TwoLayerNet(*SIZES, rng=rng)
    training.train(network, data, optimizers.SGD(lr=RATE), EPOCHS[name], BATCH, rng)
    return network


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the figures of datasets/README.md.")
    parser.add_argument("--from", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER")
    options = parser.parse_args()
    try:
        mnist = solution("07_mnist", "mnist")
        sets = read_sets(mnist, options.folder)

        def row(what: str, accuracy: Callable[..., float]) -> None:
            cells = (f"{accuracy(*sets[name][1]):.4f}" if name in sets else "–" for name in EPOCHS)
            print(f"| {what} |", " | ".join(cells), "|", flush=True)

        print("| | embedded test part | real test part |\n| --- | ---: | ---: |", flush=True)
        weights = shipped_weights()
        row("the shipped weights, 784-50-100-10", lambda x, t: mnist.accuracy(weights, x, t))
        for name, data in sets.items():
            row(f"784-50-10, {EPOCHS[name]} epochs on the {name} training part", trained_on(name, data).accuracy)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
