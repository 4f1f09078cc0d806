"""How far from the bar are right fits of a parabola (08_losses)? `python benchmarks/thresholds_parabola.py [SEEDS]`

The fit begins at random, so a right solution could miss the bar (20 times better than the best line) by bad luck. Every
accepted variant is run here for many seeds at once, on the grader's hidden parabolas, and its log10 of the gain is
printed: the lowest, quantiles, and two estimates of the chance to fall below log10 20 = 1.301. "normal" is a normal
fit; it is too optimistic where the left tail is heavy. "tail" is an exponential fit to the lowest 5 %. "3/n" is what n
seeds without a single failure prove with 95 % confidence, and no more. CHECKED seeds of every variant are run through
the submission itself, which must agree: what is measured here is what students hand in.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "autograder" / "graders" / "08_losses"))

import parabola_case as case  # noqa: E402

CHECKED = 1
CHUNK = 25  # seeds at once: their arrays stay in the cache
H = case.HIDDEN
Array = np.ndarray[Any, np.dtype[np.float64]]
Draw = Callable[[np.random.Generator], tuple[Array, ...]]  # W1, b1, W2, b2


@dataclass(frozen=True)
class Style:
    """How one accepted variant learns."""

    path: str
    activation: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]  # of the sums and what the activation made of them
    draw: Draw
    factor: float = 2.0  # of the gradient: 1 is the gradient of half the MSE
    momentum: float = 0.0
    adam_until: float = 0.0  # Adam, until the MSE is this part of the variance


def leaky(a: Array, below: float) -> Array:
    return np.maximum(a, below * a)


STYLES = {
    "tanh, normal (reference, plain loops)": Style(
        "losses.py",
        np.tanh,
        lambda _, h: 1 - h * h,
        lambda g: (g.normal(size=(1, H)), g.normal(size=H), g.normal(size=(H, 1)), np.zeros(1)),
    ),
    "ReLU, He (lecture code)": Style(
        "accepted/lecture_code.py",
        lambda a: leaky(a, 0.0),
        lambda a, _: np.where(a > 0, 1.0, 0.0),
        lambda g: (g.normal(0, 2**0.5, (1, H)), g.normal(0, 1, H), g.normal(0, (2 / H) ** 0.5, (H, 1)), np.zeros(1)),
    ),
    "sigmoid, normal, b = 0 (Korean names)": Style(
        "accepted/korean_names_bom_and_tabs.py",
        lambda a: 1 / (1 + np.exp(-a)),
        lambda _, h: h * (1 - h),
        lambda g: (g.standard_normal((1, H)), np.zeros(H), g.standard_normal((H, 1)), np.zeros(1)),
    ),
    "tanh, uniform, half the gradient (import *)": Style(
        "accepted/from_numpy_import_star.py",
        np.tanh,
        lambda _, h: 1 - h * h,
        lambda g: (g.uniform(-1, 1, (1, H)), g.uniform(-1, 1, H), g.uniform(-1, 1, (H, 1)), np.zeros(1)),
        factor=1.0,
    ),
    "tanh, Xavier, momentum 0.5 (classes)": Style(
        "accepted/classes_and_momentum.py",
        np.tanh,
        lambda _, h: 1 - h * h,
        lambda g: (
            g.normal(size=(1, H)),
            g.normal(size=(1, H))[0] * 0.5,
            g.normal(size=(H, 1)) / H**0.5,
            g.normal(size=(1, 1))[0] * 0.5,
        ),
        momentum=0.5,
    ),
    "ELU, Adam, stops early": Style(
        "accepted/stops_early_with_adam.py",
        lambda a: np.where(a > 0, a, np.expm1(np.minimum(a, 0))),
        lambda a, h: np.where(a > 0, 1.0, h + 1),
        lambda g: (g.normal(size=(1, H)), g.normal(size=H), g.normal(size=(H, 1)), g.normal(size=1)),
        adam_until=1e-3,
    ),
    "leaky ReLU 0.1, half the size (other style)": Style(
        "accepted/swaps_nothing_but_style.py",
        lambda a: leaky(a, 0.1),
        lambda a, _: np.where(a > 0, 1.0, 0.1),
        lambda g: tuple(0.5 * g.normal(size=shape) for shape in ((1, H), (H,), (H, 1), (1,))),
    ),
}


def gains(style: Style, seeds: range) -> Array:
    """The gains for these seeds, all at once: every array has the seed as its first axis."""
    drawn = [style.draw(np.random.default_rng(seed)) for seed in seeds]
    W1, b1, W2, b2 = (np.stack([d[k] for d in drawn]) for k in range(4))
    p = [W1, b1[:, None, :], W2, b2[:, None, :]]
    pairs = [case.another(np.random.default_rng([seed, 1])) for seed in seeds]
    x, y = (np.stack([pair[k] for pair in pairs]) for k in range(2))
    v, m = [np.zeros_like(q) for q in p], [np.zeros_like(q) for q in p]
    variance, running = y.var(axis=(1, 2)), np.ones(len(seeds), dtype=bool)

    def forward() -> tuple[Array, Array, Array]:
        a = x @ p[0] + p[1]
        h = style.activation(a)
        return a, h, h @ p[2] + p[3]

    for step in range(1, case.STEPS + 1):
        a, h, out = forward()
        if style.adam_until:
            running &= np.mean((out - y) ** 2, axis=(1, 2)) >= style.adam_until * variance
            if not running.any():
                break
        d = style.factor * (out - y) / case.SAMPLES
        e = d @ p[2].mT * style.slope(a, h)
        grads = [x.mT @ e, e.sum(1, keepdims=True), h.mT @ d, d.sum(1, keepdims=True)]
        for k, g in enumerate(grads):
            if style.adam_until:
                m[k] = 0.9 * m[k] + 0.1 * g
                v[k] = 0.999 * v[k] + 0.001 * g * g
                move = -case.LR * (m[k] / (1 - 0.9**step)) / (np.sqrt(v[k] / (1 - 0.999**step)) + 1e-8)
                move *= running[:, None, None]
            else:
                v[k] = style.momentum * v[k] - case.LR * g
                move = v[k]
            p[k] = p[k] + move
    return np.array([case.gain(out, *pair) for out, pair in zip(forward()[2], pairs, strict=True)])


def submitted(path: str, seed: int) -> float:
    """The gain of the submission itself for this seed."""
    file = ROOT / "solutions" / "08_losses" / path
    spec = importlib.util.spec_from_file_location(f"submission_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    x, y = case.another(np.random.default_rng([seed, 1]))
    fitted = module.fit_parabola(x, y, case.HIDDEN, case.STEPS, case.LR, np.random.default_rng(seed))
    return case.gain(fitted, x, y)


def below(logs: Array, bar: float) -> tuple[float, float]:
    """log10 of the chance to fall below the bar: by a normal fit, and by an exponential fit to the lowest 5 %."""
    z = (logs.mean() - bar) / logs.std()
    normal = math.log10(0.5 * math.erfc(z / 2**0.5)) if z < 37 else -300.0
    cut = np.quantile(logs, 0.05)
    excess = float(np.mean(cut - logs[logs <= cut])) or 1e-9
    return normal, math.log10(0.05) - (cut - bar) / excess / math.log(10)


def main() -> None:
    """Print one line for each style."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    bar = math.log10(case.TIMES)
    print(f"hidden {H}, steps {case.STEPS}, lr {case.LR}, {count} seeds; log10 of the gain; the bar is {bar:.3f}")
    print(f"{'':44} {'min':>5} {'0.1%':>5} {'1%':>5} {'5%':>5} {'50%':>5}  failed  normal   tail   3/n")
    for name, style in STYLES.items():
        for seed in range(CHECKED):
            own, here = submitted(style.path, seed), gains(style, range(seed, seed + 1))[0]
            if not math.isclose(math.log10(own), math.log10(here), abs_tol=0.02):
                raise SystemExit(f"{style.path}: gain {own:g} for seed {seed}, but here {here:g}; repair the style")
        with np.errstate(all="ignore"):
            found = [gains(style, range(k, min(k + CHUNK, count))) for k in range(0, count, CHUNK)]
            logs = np.log10(np.maximum(np.concatenate(found), 1e-9))
        lowest = " ".join(f"{np.quantile(logs, q):5.2f}" for q in (0, 0.001, 0.01, 0.05, 0.5))
        normal, tail = below(logs, bar)
        failed = int(np.sum(logs < bar))
        print(f"{name:44} {lowest}  {failed:6}  1e{normal:4.0f}  1e{tail:4.1f}  {3 / count:.0e}", flush=True)


if __name__ == "__main__":
    main()
