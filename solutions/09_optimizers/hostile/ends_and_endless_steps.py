# The attack: one optimizer never comes back, one ends the program, one calls itself, one takes all memory.
import os
import sys

import numpy as np


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    while True:
        f(init_x)


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
        self.lr = 1e300  # right once


class Momentum(SGD):
    def update(self, params, grads):
        os._exit(0)


class AdaGrad(SGD):
    def update(self, params, grads):
        sys.exit("33 / 33")


class RMSProp(SGD):
    def update(self, params, grads):
        self.update(params, grads)


class Adam(SGD):
    def update(self, params, grads):
        for key in params:
            params[key] = np.ones(1 << 34)


def trajectory(optimizer, start, steps):
    optimizer.update = lambda params, grads: None
    return np.zeros((1 << 12, 1 << 12))


def plot_trajectories():
    raise KeyboardInterrupt
