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
    a = x
    for layer in ("1", "2", "3"):
        a = np.dot(a, network.pop("W" + layer)) + network.pop("b" + layer)
        if layer != "3":
            a = 1 / (1 + np.exp(-a))
    return a


def random_network(sizes, rng):
    network = {}
    for layer in (1, 2, 3):
        inputs, outputs = sizes[layer - 1], sizes[layer]
        network[f"W{layer}"] = rng.normal(size=(inputs, outputs))
        network[f"b{layer}"] = np.zeros(outputs)
    return network


def shapes(network):
    return {key: np.shape(value) for key, value in network.items()}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))
