# Prints everywhere, `from numpy import *`, a forward quotient, numerical gradients in trajectory, plt.show().
from collections import defaultdict
from numpy import *
from matplotlib import pyplot


def f(p):
    return p[0] ** 2 / 20 + p[1] ** 2


def gradient(f, x):
    h = 1e-6
    out = []
    for i in range(len(x)):
        moved = x + h * (arange(len(x)) == i)
        out.append((f(moved) - f(x)) / h)
    return array(out)


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = init_x + 0.0
    print("start", x)
    for step in range(step_num):
        x = x - lr * gradient(f, x)
        print(step, x)
    return x


class SGD(object):
    def __init__(self, lr=0.01):
        print("SGD", lr)
        self.lr = lr

    def update(self, params, grads):
        for key in params.keys():
            print(key, params[key], grads[key])
            params[key] += -self.lr * grads[key]


class Momentum(object):
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, defaultdict(float)

    def update(self, params, grads):
        for key in params.keys():
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]
        print(self.v)


class AdaGrad(object):
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, defaultdict(float)

    def update(self, params, grads):
        for key in params.keys():
            self.h[key] = self.h[key] + power(grads[key], 2)
            params[key] += -self.lr * grads[key] * (self.h[key] + 1e-8) ** -0.5


class RMSProp(object):
    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr, self.decay_rate, self.h = lr, decay_rate, defaultdict(float)

    def update(self, params, grads):
        for key in params.keys():
            self.h[key] = average([self.h[key] * ones_like(grads[key]), grads[key] ** 2], axis=0, weights=[self.decay_rate, 1 - self.decay_rate])
            params[key] += -self.lr * grads[key] / maximum(sqrt(self.h[key]), 1e-8)


class Adam(object):
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2 = lr, beta1, beta2
        self.m, self.v, self.t = defaultdict(float), defaultdict(float), 1

    def update(self, params, grads):
        for key in params.keys():
            self.m[key] = self.beta1 * self.m[key] + (1 - self.beta1) * grads[key]
            self.v[key] = self.beta2 * self.v[key] + (1 - self.beta2) * grads[key] ** 2
            m = self.m[key] / (1 - self.beta1**self.t)
            v = self.v[key] / (1 - self.beta2**self.t)
            params[key] -= self.lr * m / (sqrt(v) + 1e-8)
        self.t += 1
        return params


def trajectory(optimizer, start, steps):
    params = dict(w=start.copy())
    path = [list(start)]
    while len(path) < steps + 1:
        optimizer.update(params, dict(w=gradient(f, params["w"])))
        path.append(list(params["w"]))
        print(path[-1])
    return path


def plot_trajectories():
    fig = pyplot.figure()
    start = array([-7.0, 2.0])
    for optimizer in SGD(0.95), Momentum(0.1), AdaGrad(1.5), RMSProp(0.1), Adam(0.3):
        path = array(trajectory(optimizer, start, 30))
        pyplot.plot(path[:, 0], path[:, 1], "o--", label=optimizer.__class__.__name__)
    pyplot.xlabel("x")
    pyplot.ylabel("y")
    pyplot.axis("equal")
    fig.legend()
    pyplot.show()
    return fig


if __name__ == "__main__":
    plot_trajectories()
