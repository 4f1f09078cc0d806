import numpy as np


class Layer:
    def __init__(self, W, b, hidden):
        self.W = np.asarray(W, dtype=float)
        self.b = np.asarray(b, dtype=float).reshape(-1, 1)
        self.hidden = hidden

    def __call__(self, columns):
        a = self.W.T @ columns + self.b
        return np.where(a >= 0, 1 / (1 + np.exp(-np.abs(a))), 1 - 1 / (1 + np.exp(-np.abs(a)))) if self.hidden else a


def init_network():
    net = {"W1": np.arange(1, 7).reshape(3, 2).T / 10, "W2": np.arange(1, 7).reshape(2, 3).T / 10}
    net["W3"] = np.arange(1, 5).reshape(2, 2).T / 10
    net.update({f"b{k}": np.arange(1, n + 1) / 10 for k, n in ((1, 3), (2, 2), (3, 2))})
    return net


def forward(network, x):
    x = np.asarray(x, dtype=float)
    columns = np.atleast_2d(x).T
    for k in (1, 2, 3):
        columns = Layer(network[f"W{k}"], network[f"b{k}"], k < 3)(columns)
    rows = columns.T
    return rows[0] if x.ndim == 1 else rows


def random_network(sizes, rng):
    sizes = list(sizes)
    count = sum(a * b for a, b in zip(sizes, sizes[1:]))
    draws = rng.standard_normal(count, dtype=np.float32)
    network = {}
    for k, (a, b) in enumerate(zip(sizes, sizes[1:]), start=1):
        network[f"W{k}"], draws = draws[: a * b].reshape(a, b), draws[a * b :]
        network[f"b{k}"] = np.zeros(b, dtype=int)
    return network


def shapes(network):
    return {key: np.array(np.shape(network[key])) for key in sorted(network)}
