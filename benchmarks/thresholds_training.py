"""How far the thresholds of 10_training lie from right and from wrong code: `python benchmarks/thresholds_training.py`.

    python benchmarks/thresholds_training.py                     the reference over 200 seeds, every variant over fewer
    python benchmarks/thresholds_training.py --seeds 400 NAME…   some of them over more

For every submission of solutions/10_training: the test accuracy on the digits, for the lesson of the handout and for
the hidden one (training and test images, order of pixels and classes, and the generator drawn anew for every seed); and
the smallest margin of a gate, (w·x + b) with the sign that it should have, over all tables that are asked, after as
many epochs as a hidden case takes.

What is said about the probability to fail: `3/n`, the 95 % bound from n runs without a failure, which assumes nothing;
and the tail of a normal and of a Gumbel distribution fitted to the runs, which assumes a shape. Neither is proof.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib.util
import io
import math
import os
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # as in the sandbox

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions" / "10_training"
GRADER = ROOT / "autograder" / "graders" / "10_training"
Array = np.ndarray[Any, Any]


class SGD:
    """The optimizer that the grader hands over."""

    def __init__(self, lr: float) -> None:
        self.lr = lr

    def update(self, params: dict[str, Array], grads: dict[str, Array]) -> None:
        for key in params:
            params[key] -= self.lr * grads[key]


def load(path: Path, name: str) -> ModuleType:
    """The module in a file."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: cannot be imported; name a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


def digits(prefix: str) -> tuple[Array, Array]:
    """Images (n, 784) and labels of the embedded set."""
    folder = ROOT / "datasets" / "digits"
    images = gzip.decompress((folder / f"{prefix}-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / f"{prefix}-labels-idx1-ubyte.gz").read_bytes())
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 784)
    return pixels, np.frombuffer(labels, np.uint8, offset=8).astype(int)


def accuracies(code: ModuleType, limits: ModuleType, seeds: Iterable[int], lesson: Any) -> Array:
    """The test accuracy that the submission reaches, seed by seed; 0 where it breaks."""
    (x, t), (x_test, t_test) = digits("train"), digits("t10k")
    if lesson.pixels < 784:
        x, x_test = limits.halved(x), limits.halved(x_test)
    reached = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        pixels, classes = rng.permutation(lesson.pixels), rng.permutation(10)
        chosen = rng.choice(len(t), lesson.train_images, replace=False)
        asked = rng.choice(len(t_test), lesson.unseen, replace=False)
        train = x[chosen][:, pixels] / 255.0, classes[t[chosen]]
        test = x_test[asked][:, pixels] / 255.0, classes[t_test[asked]]
        own = np.random.default_rng(int(rng.integers(2**31)))
        try:
            net = code.TwoLayerNet(lesson.pixels, lesson.hidden, 10, lesson.std, own)
            code.train(net, (train, test), SGD(lesson.rate), lesson.rounds, lesson.batch, own)
            reached.append(float(np.mean(np.asarray(net.predict(test[0])).argmax(axis=1) == test[1])))
        except Exception:
            reached.append(0.0)
    return np.array(reached)


def margins(code: ModuleType, limits: ModuleType, seeds: Iterable[int]) -> Array:
    """The smallest margin over the gates, seed by seed; -inf where the submission breaks."""
    found = []
    for seed in seeds:
        smallest = math.inf
        for outputs in (*limits.GATES.values(), *limits.OTHERS):
            try:
                w, b = code.train_gate(limits.table(outputs), limits.LR, limits.FEWER, np.random.default_rng(seed))
                sums = limits.CORNERS @ np.reshape(w, 2) + float(np.reshape(b, ()))
                smallest = min(smallest, float(np.min(np.where(np.array(outputs) == 1, sums, -sums))))
            except Exception:
                smallest = -math.inf
        found.append(smallest)
    return np.array(found)


def below(values: Array, threshold: float) -> tuple[float, float]:
    """The probability of a value below the threshold by a normal and by a Gumbel (minimum) fit to mean and spread."""
    spread = float(values.std(ddof=1))
    if spread == 0:
        return (0.0, 0.0) if values[0] > threshold else (1.0, 1.0)
    z = (threshold - float(values.mean())) / spread
    scale = math.sqrt(6) / math.pi  # of a Gumbel distribution with spread 1; its mean is Euler's constant times that
    return 0.5 * math.erfc(-z / math.sqrt(2)), -math.expm1(-math.exp(min(z / scale, 700.0) - 0.5772156649))


def told(label: str, values: Array, threshold: float, seconds: float) -> str:
    """One line about one submission."""
    quantiles = " ".join(f"{q:7.3f}" for q in np.quantile(values, (0, 0.01, 0.05, 0.5, 1)))
    failed = int(np.sum(values <= threshold))
    bound = f"3/n {3 / len(values):.1e}" if failed == 0 else f"{failed} below"
    tails = "  ".join(f"{name} {p:.0e}" for name, p in zip(("normal", "Gumbel"), below(values, threshold), strict=True))
    return f"{label:44s} {len(values):4d} {quantiles}  {bound:11s} {tails}  {seconds:.2f} s"


def report(
    title: str, files: list[Path], measure: Callable[..., Array], limits: ModuleType, args: Any, at: float
) -> None:
    """A table of all submissions against one threshold."""
    print(f"\n{title}\n{'':44s}    n     min      1%      5%     50%     max")
    for path in files:
        code = load(path, path.stem)
        count = args.seeds if path.stem in ("training", *args.names) else args.others
        began = time.perf_counter()
        with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
            values = measure(code, limits, range(count))
        print(told(f"{path.parent.name}/{path.stem}", values, at, (time.perf_counter() - began) / count), flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="margins of the stochastic thresholds of 10_training")
    parser.add_argument("names", nargs="*", help="only these, with as many seeds as the reference")
    parser.add_argument("--seeds", type=int, default=200, help="for the reference")
    parser.add_argument("--others", type=int, default=20, help="for every other submission")
    args = parser.parse_args()
    sys.path[:0] = [str(GRADER), str(ROOT)]
    train, gates = load(GRADER / "test_train.py", "test_train"), load(GRADER / "test_one_neuron.py", "test_one_neuron")
    files = [SOLUTIONS / "training.py", *sorted(SOLUTIONS.glob("accepted/*.py"))]
    files += sorted(SOLUTIONS.glob("mistakes/train*.py")) + sorted(SOLUTIONS.glob("mistakes/gate*.py"))
    files = [path for path in files if not args.names or path.stem in args.names]
    on_digits = [path for path in files if not path.stem.startswith(("gate_", "train_gate_"))]
    for name, lesson in (("of the handout", train.HANDOUT), ("that is hidden", train.HALVED)):
        measure = partial(accuracies, lesson=lesson)
        title = f"test accuracy, the lesson {name}, threshold {lesson.accuracy}"
        report(title, on_digits, measure, train, args, lesson.accuracy)
    on_gates = [path for path in files if not path.stem.startswith("train_") or path.stem.startswith("train_gate_")]
    report("smallest margin of a gate, threshold 0", on_gates, margins, gates, args, 0.0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
