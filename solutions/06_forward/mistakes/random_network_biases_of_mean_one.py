import numpy as np


def init_network():
    return {
        "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
        "b2": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b3": np.array([0.1, 0.2]),
    }


def forward(network, x):
    W1, W2, W3 = (np.asarray(network[key]) for key in ("W1", "W2", "W3"))
    z1 = sigmoid(np.dot(x, W1) + network["b1"])
    z2 = sigmoid(np.dot(z1, W2) + network["b2"])
    return np.dot(z2, W3) + network["b3"]


def random_network(sizes, rng):
    network = {}
    for layer in (1, 2, 3):
        network["W" + str(layer)] = rng.normal(size=(sizes[layer - 1], sizes[layer]))
        network["b" + str(layer)] = rng.normal(1, 2, sizes[layer])
    return network


def shapes(network):
    return {key: np.shape(value) for key, value in network.items()}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))
