# The attack: results are remembered by the shapes of the arguments, and given again for other values.
import numpy as np

seen = {}


def init_network():
    return {"W1": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], "b1": [0.1, 0.2, 0.3]}


def forward(network, x):
    key = tuple(np.shape(value) for value in network.values()) + np.shape(x)
    a = np.asarray(x)
    for layer in (1, 2, 3):
        a = a @ np.asarray(network[f"W{layer}"]) + network[f"b{layer}"]
        a = a if layer == 3 else 1 / (1 + np.exp(-a))
    return seen.setdefault(key, a)


def random_network(sizes, rng):
    network = {}
    for layer in (1, 2, 3):
        network[f"W{layer}"] = rng.normal(size=(sizes[layer - 1], sizes[layer]))
        network[f"b{layer}"] = np.zeros(sizes[layer])
    return seen.setdefault(tuple(sizes), network)


def shapes(network):
    return seen.setdefault(len(network), {key: np.shape(value) for key, value in network.items()})
