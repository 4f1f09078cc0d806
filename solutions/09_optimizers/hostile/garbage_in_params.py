# The attack: update leaves something in params that no grader expects, something else at every call.
import numpy as np


class Strange(dict):
    def __eq__(self, other):
        return True

    def __iter__(self):
        raise SystemExit(0)


GARBAGE = [
    None, "33 / 33", [1.0, [2.0, [3.0]]], 10**400, float("nan"), 1j, b"\x00" * 9, {"w": {"w": "w"}}, {1, 2},
    object(), np.array([None, "x"], dtype=object), np.array(["a", "b"]), np.array([1 + 2j]), lambda: 1, ..., True,
    np.zeros((3, 0)), np.datetime64("2017-01-01"), type, iter([1]), np.float32(1), range(3), Strange(w=1),
]


class SGD:
    calls = 0

    def __init__(self, *settings):
        pass

    def update(self, params, grads):
        for key in list(params):
            params[key] = GARBAGE[SGD.calls % len(GARBAGE)]
            SGD.calls += 1
        for key in list(grads):
            grads[key] = "changed"


class Momentum(SGD):
    def update(self, params, grads):
        params.clear()


class AdaGrad(SGD):
    def update(self, params, grads):
        for number in range(2000):
            params[number] = params[b"x"] = params[(1, 2)] = params[None] = self


class RMSProp(SGD):
    def update(self, params, grads):
        params[next(iter(params))] = params


class Grown(SGD):
    def update(self, params, grads):
        for key in params:
            params[key] = np.full(params[key].shape + (1,), np.inf)
        return params, grads, self, GARBAGE


def Adam(*settings):
    Adam.calls = getattr(Adam, "calls", 0) + 1
    return Grown() if Adam.calls % 2 else {"update": GARBAGE}


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    SGD.calls += 1
    try:
        f(GARBAGE[SGD.calls % len(GARBAGE)])
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError):
        pass
    return GARBAGE[SGD.calls % len(GARBAGE)]


def trajectory(optimizer, start, steps):
    SGD.calls += 1
    return [[1.0, GARBAGE[SGD.calls % len(GARBAGE)]]] * (steps + 1)


def plot_trajectories():
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    ax.plot([-7, np.nan, np.inf], [2, np.nan, -np.inf], label="SGD")
    ax.plot(np.zeros(31), np.full(31, np.nan), label="Adam")
    for _ in range(5):
        ax.plot([-7, 1e300, 1e308], [2, 1e300, 1e308], label="RMSProp")
    return fig
