# Every update puts new arrays into params: right, with a remark. Momentum with lr outside of v, epsilon inside the root.
import matplotlib.pyplot as plt
import numpy as np


def slope(f, x, h=1e-6):
    e = np.eye(x.size) * h
    return np.array([(f(x + d) - f(x - d)) / (2 * h) for d in e])


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = init_x
    for _ in range(step_num):
        x = x - lr * slope(f, x)
    return x


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for k in params:
            params[k] = params[k] - self.lr * grads[k]


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = {}

    def update(self, params, grads):
        for k in params:
            self.v[k] = self.momentum * self.v.get(k, 0) + grads[k]
            params[k] = params[k] - self.lr * self.v[k]
        return params


class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = {}

    def update(self, params, grads):
        for k, g in grads.items():
            self.h[k] = self.h.get(k, 0) + g**2
            params[k] = params[k] - self.lr * (1 / np.sqrt(self.h[k] + 1e-6)) * g
        return params


class RMSProp:
    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.gamma = decay_rate
        self.h = {}

    def update(self, params, grads):
        for k, g in grads.items():
            self.h[k] = self.gamma * self.h.get(k, 0) + (1 - self.gamma) * g * g
            params[k] = params[k] - self.lr * (1 / np.sqrt(self.h[k] + 1e-6)) * g


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.betas = beta1, beta2
        self.state = {}
        self.t = 0

    def update(self, params, grads):
        self.t = self.t + 1
        b1, b2 = self.betas
        alpha = self.lr * (1 - b2**self.t) ** 0.5 / (1 - b1**self.t)
        for k, g in grads.items():
            m, v = self.state.get(k, (0, 0))
            m = b1 * m + (1 - b1) * g
            v = b2 * v + (1 - b2) * g**2
            self.state[k] = m, v
            params[k] = params[k] - alpha * m / np.sqrt(v + 1e-8)


def trajectory(optimizer, start, steps):
    points = [start]
    params = {0: np.array(start)}
    for _ in range(steps):
        optimizer.update(params, {0: params[0] * np.array([0.1, 2.0])})
        points = points + [1.0 * params[0]]
    return np.stack(points)


def plot_trajectories():
    fig, axes = plt.subplots(1, 5, figsize=(15, 3), sharey=True)
    made = SGD(0.95), Momentum(0.1), AdaGrad(1.5), RMSProp(0.1), Adam(0.3)
    x, y = np.meshgrid(np.linspace(-8, 8), np.linspace(-3, 3))
    for ax, optimizer in zip(axes, made):
        ax.contourf(x, y, x**2 / 20 + y**2, cmap="Greys")
        ax.plot(*trajectory(optimizer, np.array([-7.0, 2.0]), 30).T, "r.-")
        ax.set_title(type(optimizer).__name__)
    fig.tight_layout()
    return fig
