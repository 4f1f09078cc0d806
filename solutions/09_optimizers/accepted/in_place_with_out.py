# Works in the very arrays: np.subtract with out=, [...], setdefault; dataclasses; gradient_descent with its own SGD.
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import numpy as np


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    params = {"x": np.asarray(init_x).astype(np.float64)}
    optimizer = SGD(lr)
    for _ in range(step_num):
        x = params["x"]
        h = 1e-4 * np.maximum(1, np.abs(x))
        steps = np.diag(h)
        quotients = [(f(x + d) - f(x - d)) / (2 * d.max()) for d in steps]
        optimizer.update(params, {"x": np.array(quotients)})
    return params["x"]


@dataclass
class SGD:
    lr: float = 0.01

    def update(self, params, grads):
        for name, g in grads.items():
            np.subtract(params[name], self.lr * g, out=params[name])


@dataclass
class Momentum:
    lr: float = 0.01
    momentum: float = 0.9
    v: dict = field(default_factory=dict)

    def update(self, params, grads):
        for name, g in grads.items():
            v = self.v.setdefault(name, np.zeros(g.shape))
            v *= self.momentum
            v -= self.lr * g
            params[name][...] += v


@dataclass
class AdaGrad:
    lr: float = 0.01
    h: dict = field(default_factory=dict)

    def update(self, params, grads):
        for name, g in grads.items():
            h = self.h.setdefault(name, np.full(g.shape, 1e-12))
            h += g * g
            params[name][...] -= self.lr * g / np.sqrt(h)


@dataclass
class RMSProp:
    lr: float = 0.01
    decay_rate: float = 0.99
    h: dict = field(default_factory=dict)

    def update(self, params, grads):
        for name, g in grads.items():
            h = self.h.setdefault(name, np.zeros(g.shape))
            h += (1 - self.decay_rate) * (g * g - h)
            params[name][...] -= self.lr * g / (np.sqrt(h) + 1e-7)


@dataclass
class Adam:
    lr: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    averages: dict = field(default_factory=dict)
    t: int = 0

    def update(self, params, grads):
        self.t += 1
        for name, g in grads.items():
            m, v = self.averages.setdefault(name, np.zeros((2, *g.shape)))
            if g.ndim == 0:  # unpacking makes scalars of them
                m, v = self.averages[name][:1].reshape(()), self.averages[name][1:].reshape(())
            m *= self.beta1
            m += (1 - self.beta1) * g
            v *= self.beta2
            v += (1 - self.beta2) * g * g
            root = np.sqrt(v / (1 - self.beta2**self.t))
            params[name][...] -= self.lr * m / (1 - self.beta1**self.t) / (root + 1e-8)


def trajectory(optimizer, start, steps):
    point = np.array(start, dtype=float)
    params = {"w": point[:]}
    path = np.zeros((steps + 1, 2))
    path[0] = point
    for row in path[1:]:
        grads = {"w": point / np.array([10.0, 0.5])}
        optimizer.update(params, grads)
        row[:] = point
    return path


def plot_trajectories():
    fig, ax = plt.subplots(figsize=(8, 4))
    x, y = np.mgrid[-8:8:0.2, -3:3:0.1]
    ax.contour(x, y, x**2 / 20 + y**2, 10, alpha=0.4)
    rates = {SGD: 0.95, Momentum: 0.1, AdaGrad: 1.5, RMSProp: 0.1, Adam: 0.3}
    lines = [ax.plot(*trajectory(make(lr), np.array([-7.0, 2.0]), 30).T)[0] for make, lr in rates.items()]
    ax.legend(lines, ["a: SGD", "b: Momentum", "c: AdaGrad", "d: RMSProp", "e: Adam"])
    return fig
