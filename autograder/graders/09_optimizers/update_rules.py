"""The update rules of 09_optimizers, right and wrong: what each misconception makes of the same gradients.

Every maker takes the hyperparameters of its optimizer and gives a rule; `bookkeeping` runs it. A misconception goes by
its message key; what follows a # tells apart several that have one message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from bookkeeping import Habit, Maker, Memory, Rule


def state(memory: Memory, key: str) -> Any:
    return memory.get(key, 0.0)


# ---- SGD ----


def sgd(lr: float = 0.01) -> Rule:
    return lambda s, w, g, t: w - lr * g


def plain(change: Callable[[float, Any, Any], Any]) -> Maker:
    """A rule without memory: `change` gives the new values from the learning rate, the values and the gradient."""
    return lambda lr=0.01, *_: lambda s, w, g, t: change(lr, w, g)


EVERY: dict[str, Habit] = {
    "step.uphill": Habit(plain(lambda lr, w, g: w + lr * g)),
    "step.overwritten": Habit(plain(lambda lr, w, g: -lr * g)),
    "step.overwritten#plus": Habit(plain(lambda lr, w, g: lr * g)),
    "step.fixed-lr": Habit(plain(lambda lr, w, g: w - 0.01 * g)),
    "step.no-lr": Habit(plain(lambda lr, w, g: w - g)),
}
SGD = {
    **EVERY,
    "grads.by-order": Habit(sgd, by_order=True),
}


# ---- Momentum ----


def momentum(lr: float = 0.01, alpha: float = 0.9) -> Rule:
    return rolling(lambda v, g: alpha * v - lr * g)


def rolling(velocity: Callable[[Any, Any], Any], move: Callable[[Any, Any, Any], Any] | None = None) -> Rule:
    """`velocity(v, g)` gives the new velocity, `move(w, v, old)` the new values."""

    def rule(s: Memory, w: Any, g: Any, t: int) -> Any:
        old = state(s, "v") + 0 * g
        s["v"] = velocity(old, g)
        return w + s["v"] if move is None else move(w, s["v"], old)

    return rule


def nesterov(lr: float = 0.01, alpha: float = 0.9) -> Rule:
    def rule(s: Memory, w: Any, g: Any, t: int) -> Any:
        s["v"] = alpha * state(s, "v") - lr * g
        return w + alpha * s["v"] - lr * g

    return rule


def kept(right: Maker) -> dict[str, Habit]:
    """The misconceptions about where a state belongs, for any rule that has one."""
    return {
        "state.shared": Habit(right, one_memory=True),
        "state.one-object": Habit(right, one_object=True),
        "grads.by-order": Habit(right, by_order=True),
    }


MOMENTUM = {
    "momentum.forgotten": Habit(plain(lambda lr, w, g: w - lr * g)),
    "momentum.uphill": Habit(lambda lr=0.01, a=0.9: rolling(lambda v, g: a * v + lr * g)),
    "momentum.averaged": Habit(lambda lr=0.01, a=0.9: rolling(lambda v, g: a * v - (1 - a) * lr * g)),
    "step.no-lr#velocity": Habit(lambda lr=0.01, a=0.9: rolling(lambda v, g: a * v - g)),
    "step.fixed-setting": Habit(lambda lr=0.01, a=0.9: rolling(lambda v, g: 0.9 * v - lr * g)),
    "momentum.no-friction": Habit(lambda lr=0.01, a=0.9: rolling(lambda v, g: v - lr * g)),
    "momentum.old-velocity": Habit(
        lambda lr=0.01, a=0.9: rolling(lambda v, g: a * v - lr * g, lambda w, v, old: w + old)
    ),
    "momentum.nesterov": Habit(nesterov),
    **EVERY,
    **kept(momentum),
}


# ---- AdaGrad and RMSProp ----


def scaled(
    gather: Callable[[Any, Any], Any],
    lr: float,
    size: Callable[[Any], Any] = np.sqrt,
    epsilon: float = 1e-9,
    sign: int = -1,
) -> Rule:
    """`gather(h, g)` gives the new h; the gradient is divided by `size(h)`."""

    def rule(s: Memory, w: Any, g: Any, t: int) -> Any:
        s["h"] = gather(state(s, "h") + 0 * g, g)
        return w + sign * lr * g / (size(s["h"]) + epsilon)

    return rule


def adagrad(lr: float = 0.01) -> Rule:
    return scaled(lambda h, g: h + g * g, lr)


def adagrad_without(lr: float = 0.01) -> Rule:
    return scaled(lambda h, g: h + g * g, lr, epsilon=0.0)


ADAGRAD = {
    "adagrad.only-latest": Habit(lambda lr=0.01: scaled(lambda h, g: g * g, lr)),
    "epsilon.missing": Habit(adagrad_without),
    "h.no-root": Habit(lambda lr=0.01: scaled(lambda h, g: h + g * g, lr, lambda h: h)),
    "h.no-square": Habit(lambda lr=0.01: scaled(lambda h, g: h + g, lr)),
    "h.not-used": Habit(plain(lambda lr, w, g: w - lr * g)),
    "step.uphill#scaled": Habit(lambda lr=0.01: scaled(lambda h, g: h + g * g, lr, sign=1)),
    "step.no-lr#scaled": Habit(lambda lr=0.01: adagrad(1.0)),
    **EVERY,
    **kept(adagrad),
}


def rmsprop(lr: float = 0.01, decay: float = 0.99) -> Rule:
    return fading(lr, decay)


def fading(lr: float, old: float, new: float | None = None, **how: Any) -> Rule:
    """h becomes old * h + new * g², and the gradient is divided by its root."""
    share = 1 - old if new is None else new
    return scaled(lambda h, g: old * h + share * g * g, lr, **how)


RMSPROP = {
    "rmsprop.lr-as-decay": Habit(lambda lr=0.01, d=0.99: fading(lr, lr)),
    "rmsprop.forgets-nothing": Habit(lambda lr=0.01, d=0.99: adagrad(lr)),
    "rmsprop.exchanged": Habit(lambda lr=0.01, d=0.99: fading(lr, 1 - d)),
    "rmsprop.no-share": Habit(lambda lr=0.01, d=0.99: fading(lr, d, 1.0)),
    "step.fixed-setting": Habit(lambda lr=0.01, d=0.99: fading(lr, 0.99)),
    "epsilon.missing": Habit(lambda lr=0.01, d=0.99: fading(lr, d, epsilon=0.0)),
    "h.no-root": Habit(lambda lr=0.01, d=0.99: fading(lr, d, size=lambda h: h)),
    "h.no-square": Habit(lambda lr=0.01, d=0.99: scaled(lambda h, g: d * h + (1 - d) * g, lr)),
    "h.not-used": Habit(plain(lambda lr, w, g: w - lr * g)),
    "step.uphill#scaled": Habit(lambda lr=0.01, d=0.99: fading(lr, d, sign=1)),
    "step.no-lr#scaled": Habit(lambda lr=0.01, d=0.99: fading(1.0, d)),
    **EVERY,
    **kept(rmsprop),
}


# ---- Adam ----


@dataclass(frozen=True)
class Averages:
    """Adam with its switches. The defaults are right."""

    lr: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    correct_m: bool = True
    correct_v: bool = True
    frozen: bool = False  # the clock stands at 1
    stored: bool = False  # the corrected averages are what is remembered
    remembers: tuple[bool, bool] = (True, True)
    epsilon: float = 1e-9
    sign: int = -1

    def __call__(self, s: Memory, w: Any, g: Any, t: int) -> Any:
        t = 1 if self.frozen else t
        m = self.beta1 * state(s, "m") * self.remembers[0] + (1 - self.beta1) * g
        v = self.beta2 * state(s, "v") * self.remembers[1] + (1 - self.beta2) * g * g
        right = m / np.float64(1 - self.beta1**t), v / np.float64(1 - self.beta2**t)
        s["m"], s["v"] = right if self.stored else (m, v)
        m_hat, v_hat = right[0] if self.correct_m else m, right[1] if self.correct_v else v
        return w + self.sign * self.lr * m_hat / (np.sqrt(v_hat) + self.epsilon)


def adam(lr: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> Rule:
    return Averages(lr, beta1, beta2)


def adam_with(**switches: Any) -> Maker:
    return lambda lr=0.001, beta1=0.9, beta2=0.999: Averages(lr, beta1, beta2, **switches)


def rooted_together(lr: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> Rule:
    """The short form lr * sqrt(1 - beta2^t) / (1 - beta1^t), with the root forgotten."""

    def rule(s: Memory, w: Any, g: Any, t: int) -> Any:
        s["m"] = beta1 * state(s, "m") + (1 - beta1) * g
        s["v"] = beta2 * state(s, "v") + (1 - beta2) * g * g
        return w - lr * (1 - beta2**t) / (1 - beta1**t) * s["m"] / (np.sqrt(s["v"]) + 1e-9)

    return rule


ADAM = {
    "adam.not-corrected": Habit(adam_with(correct_m=False, correct_v=False)),
    "adam.half-corrected": Habit(adam_with(correct_v=False)),
    "adam.half-corrected#v": Habit(adam_with(correct_m=False)),
    "adam.clock-per-parameter": Habit(adam, ticks=True),
    "adam.clock-stands": Habit(adam_with(frozen=True)),
    "adam.clock-zero": Habit(adam, late=1),
    "adam.corrected-stored": Habit(adam_with(stored=True)),
    "step.fixed-setting": Habit(lambda lr=0.001, beta1=0.9, beta2=0.999: Averages(lr)),
    "adam.root-of-correction": Habit(rooted_together),
    "adam.forgotten#m": Habit(adam_with(remembers=(False, True))),
    "adam.forgotten#v": Habit(adam_with(remembers=(True, False))),
    "adam.forgotten": Habit(adam_with(remembers=(False, False))),
    "epsilon.missing": Habit(adam_with(epsilon=0.0)),
    "step.uphill#scaled": Habit(adam_with(sign=1)),
    **EVERY,
    **kept(adam),
    **{f"state.one-object#{n}": Habit(adam, late=-n) for n in range(1, 60)},  # the clock of another Adam goes on
}


# ---- all five ----


@dataclass(frozen=True)
class Optimizer:
    """What the grader knows of one optimizer: the right rule, the wrong ones, and how closely it agrees.

    `rtol` is a share of the way that the parameters have gone. ε moves it: 1e-6 inside the root of an uncorrected
    average (1 - 0.999) * 0.5² moves a step by 2e-3.
    """

    right: Maker
    wrong: Mapping[str, Habit]
    rtol: float


OPTIMIZERS = {
    "SGD": Optimizer(sgd, SGD, 1e-6),
    "Momentum": Optimizer(momentum, MOMENTUM, 1e-6),
    "AdaGrad": Optimizer(adagrad, ADAGRAD, 4e-3),
    "RMSProp": Optimizer(rmsprop, RMSPROP, 4e-3),
    "Adam": Optimizer(adam, ADAM, 4e-3),
}
