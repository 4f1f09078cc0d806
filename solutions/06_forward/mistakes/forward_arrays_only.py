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
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    W1, W2, W3 = network["W1"], network["W2"], network["W3"]
    b1, b2, b3 = network["b1"], network["b2"], network["b3"]
    x = x.astype(float)
    z1 = sigmoid(np.dot(x, W1) + b1)
    z2 = sigmoid(np.dot(z1, W2) + b2)
    y = np.dot(z2, W3) + b3
    return y


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
