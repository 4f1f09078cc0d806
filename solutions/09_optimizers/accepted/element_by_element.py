# Right but slow: every element by itself, square roots from math, nothing that NumPy would do for a whole array.
import math

import matplotlib.pyplot as plt
import numpy as np


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    point = [float(value) for value in init_x]
    for _ in range(step_num):
        slopes = []
        for i in range(len(point)):
            right = list(point)
            left = list(point)
            right[i] = right[i] + 1e-5
            left[i] = left[i] - 1e-5
            slopes.append((f(np.array(right)) - f(np.array(left))) / 2e-5)
        for i in range(len(point)):
            point[i] = point[i] - lr * slopes[i]
    return point


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for name in params:
            for i in np.ndindex(params[name].shape):
                params[name][i] = params[name][i] - self.lr * grads[name][i]


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.speed = {}

    def update(self, params, grads):
        for name in params:
            for i in np.ndindex(params[name].shape):
                old = self.speed.get((name, i), 0.0)
                self.speed[name, i] = self.momentum * old - self.lr * grads[name][i]
                params[name][i] = params[name][i] + self.speed[name, i]


class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr = lr
        self.sums = {}

    def update(self, params, grads):
        for name in params:
            for i in np.ndindex(params[name].shape):
                g = float(grads[name][i])
                if g == 0.0:
                    continue
                self.sums[name, i] = self.sums.get((name, i), 0.0) + g * g
                params[name][i] = params[name][i] - self.lr * g / math.sqrt(self.sums[name, i])


class RMSProp:
    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.decay_rate = decay_rate
        self.mean = {}

    def update(self, params, grads):
        for name in params:
            for i in np.ndindex(params[name].shape):
                g = float(grads[name][i])
                old = self.mean.get((name, i), 0.0)
                self.mean[name, i] = self.decay_rate * old + (1 - self.decay_rate) * g * g
                if g != 0.0:
                    params[name][i] = params[name][i] - self.lr * g / math.sqrt(self.mean[name, i])


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2 = lr, beta1, beta2
        self.first, self.second = {}, {}
        self.product1 = self.product2 = 1.0

    def update(self, params, grads):
        self.product1 *= self.beta1
        self.product2 *= self.beta2
        for name in params:
            for i in np.ndindex(params[name].shape):
                g = float(grads[name][i])
                m = self.first[name, i] = self.beta1 * self.first.get((name, i), 0.0) + (1 - self.beta1) * g
                v = self.second[name, i] = self.beta2 * self.second.get((name, i), 0.0) + (1 - self.beta2) * g * g
                if v > 0:
                    step = (m / (1 - self.product1)) / math.sqrt(v / (1 - self.product2))
                    params[name][i] = params[name][i] - self.lr * step


def trajectory(optimizer, start, steps):
    params = {"x": np.array(float(start[0])), "y": np.array(float(start[1]))}
    rows = [(float(start[0]), float(start[1]))]
    for _ in range(steps):
        grads = {"x": np.array(2 * params["x"] / 20), "y": np.array(2 * params["y"])}
        optimizer.update(params, grads)
        rows.append((float(params["x"]), float(params["y"])))
    return rows


def plot_trajectories():
    figure, axes = plt.subplots()
    angle = np.linspace(0, 2 * np.pi, 31)
    for height in (0.5, 2.0, 4.0):
        axes.plot(np.sqrt(20 * height) * np.cos(angle), np.sqrt(height) * np.sin(angle), color="lightgrey")
    ways = [(SGD, 0.95), (Momentum, 0.1), (AdaGrad, 1.5), (RMSProp, 0.1), (Adam, 0.3)]
    for kind, lr in ways:
        rows = trajectory(kind(lr), np.array([-7.0, 2.0]), 30)
        axes.plot([row[0] for row in rows], [row[1] for row in rows], marker=".", label=kind.__name__)
    axes.plot([-7], [2], "k*")
    axes.legend(loc="upper right")
    axes.set_title("f(x, y) = x²/20 + y²")
    return figure
