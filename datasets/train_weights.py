"""Make weights/mnist_784_50_100_10.npz: a network 784-50-100-10, trained with the code that the course itself writes.

Everything that computes comes from the reference solutions: `sigmoid` of 02, `load_mnist`, `predict` and `accuracy` of
07, `cross_entropy_error` of 08, `Adam` of 09, `TwoLayerNet` and `train` (with its `minibatches`) of 10. TwoLayerNet has
one hidden layer, the network here has two. So it is trained in two halves, each of them a TwoLayerNet:

    784 - 50 - 10         on the pictures; its first layer is kept, as W1 and b1
          50 - 100 - 10   on what those 50 neurons say about the pictures; both layers are kept, as W2 b2 and W3 b3

    python datasets/train_weights.py                 # real MNIST out of NAND2MNIST_DATA or ~/.cache/nand2mnist
    python datasets/train_weights.py --from FOLDER
    python datasets/train_weights.py --check         # writes nothing, says whether the file is what this script makes

Exit codes: 0 done; 1 the file differs (--check); 2 the real MNIST or the solutions are not there.
"""

from __future__ import annotations

import os

# Before NumPy is loaded. One thread: then the sums are added in the same order every time.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import hashlib
import importlib.util
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np

HERE = Path(__file__).resolve().parent
SOLUTIONS = HERE.parent / "solutions"
WEIGHTS = HERE / "weights" / "mnist_784_50_100_10.npz"
DEFAULT_FOLDER = Path(os.environ.get("NAND2MNIST_DATA") or "~/.cache/nand2mnist").expanduser()
SEED = 784
BATCH = 100
INITIAL_STD = {"first": 0.01, "second": 0.1}  # 50 inputs need larger weights than 784 to say anything at all
STAGES = ((0.003, 10), (0.001, 10))  # learning rate of Adam, epochs: long steps first, then short ones
SHIFTS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))  # pixels; the epochs take turns, so no pixel is learned by heart
# Each weight is stored as a multiple of this. Machines add floats in different orders and agree to some 12 digits only;
# rounded that coarsely, they make the same file. It costs no accuracy.
STEP = 2.0**-12

Arrays = dict[str, np.ndarray]


class Missing(Exception):
    """What is not there, and what to do about it."""


def solution(folder: str, name: str) -> ModuleType:
    """The reference solution `solutions/FOLDER/NAME.py` as a module."""
    path = SOLUTIONS / folder / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"solution_{name}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise Missing(f"{path}: no such file; the weights are trained with the reference solutions")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def real_mnist(folder: Path) -> Callable[[str], bytes]:
    """A `read_bytes` for the solution of 07 that hands over the real files and nothing else."""
    sys.path.insert(0, str(HERE))
    from fetch_mnist import FILES

    def read_bytes(name: str) -> bytes:
        path = folder / name
        if not path.is_file():
            raise Missing(f"{path}: no such file; run python datasets/fetch_mnist.py, or say --from FOLDER")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != FILES[name].sha256:
            raise Missing(f"{path}: not the real MNIST, its sha256 differs; run python datasets/fetch_mnist.py")
        return data

    return read_bytes


def shifted(x: np.ndarray, by: tuple[int, int]) -> np.ndarray:
    """The pictures, shape (N, 784), moved by whole pixels; the border of MNIST is empty."""
    return np.roll(x.reshape(-1, 28, 28), by, axis=(1, 2)).reshape(-1, 784)


def train_half(name: str, sizes: tuple[int, int, int], data: tuple, see: Callable, rng: np.random.Generator) -> Arrays:
    """The parameters of a TwoLayerNet. `data`: ((x, t), (x, t)) of pictures; `see`: what the half is shown of them."""
    optimizers, training = solution("09_optimizers", "optimizers"), solution("10_training", "training")
    (x_train, t_train), (x_test, t_test) = data
    network = training.TwoLayerNet(*sizes, weight_init_std=INITIAL_STD[name], rng=rng)
    for rate, epochs in STAGES:
        optimizer = optimizers.Adam(lr=rate)
        for epoch in range(epochs):
            turn = (see(shifted(x_train, SHIFTS[epoch % len(SHIFTS)])), t_train), (see(x_test), t_test)
            reached = training.train(network, turn, optimizer, 1, BATCH, rng)[-1]
        accuracies = f"{reached['train_accuracy']:.4f} (train), {reached['test_accuracy']:.4f} (test)"
        print(f"{name} half, {epochs} epochs with learning rate {rate}: accuracy {accuracies}", flush=True)
    return network.params


def train_weights(data: tuple) -> Arrays:
    """The six arrays, float32. The test part is looked at, but chooses nothing: every number above was fixed before."""
    sigmoid = solution("02_activations", "activations").sigmoid
    rng = np.random.default_rng(SEED)
    first = train_half("first", (784, 50, 10), data, lambda x: x, rng)
    second = train_half("second", (50, 100, 10), data, lambda x: sigmoid(x @ first["W1"] + first["b1"]), rng)
    kept = {"W1": first["W1"], "b1": first["b1"]}
    kept |= {"W2": second["W1"], "b2": second["b1"], "W3": second["W2"], "b3": second["b2"]}
    return {name: (np.round(array / STEP) * STEP).astype(np.float32) for name, array in kept.items()}


def npz(arrays: Arrays) -> bytes:
    """The arrays as an .npz file. Not compressed, and NumPy dates what is inside 1980: same arrays, same bytes."""
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description="Train the shipped weights with the reference solutions.")
    parser.add_argument(
        "--from", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER", help="the real MNIST"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if the file differs")
    options = parser.parse_args()
    start = time.monotonic()
    try:
        mnist, losses = solution("07_mnist", "mnist"), solution("08_losses", "losses")
        mnist.read_bytes = real_mnist(options.folder)
        data = mnist.load_mnist()
        arrays = train_weights(data)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    x, t = data[1]
    loss = losses.cross_entropy_error(mnist.predict(arrays, x), t)
    print(f"as stored, on the real test part: accuracy {mnist.accuracy(arrays, x, t):.4f}, cross-entropy {loss:.4f}")
    packed = npz(arrays)
    print(f"sha256 {hashlib.sha256(packed).hexdigest()}, {len(packed)} bytes, {time.monotonic() - start:.0f} s")
    if not options.check:
        WEIGHTS.parent.mkdir(exist_ok=True)
        WEIGHTS.write_bytes(packed)
    elif not WEIGHTS.is_file() or WEIGHTS.read_bytes() != packed:
        print(f"{WEIGHTS}: not what this script makes; run it without --check", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
