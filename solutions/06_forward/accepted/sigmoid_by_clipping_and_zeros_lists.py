import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def init_network():
    W1 = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])
    b1 = np.array([0.1, 0.2, 0.3])
    W2 = np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]])
    b2 = np.array([0.1, 0.2])
    W3 = np.array([[0.1, 0.3], [0.2, 0.4]])
    b3 = np.array([0.1, 0.2])
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def forward(network, x):
    if np.ndim(x) == 2:
        return np.array([forward(network, row) for row in x])
    z1 = sigmoid(x @ np.array(network["W1"]) + network["b1"])
    z2 = sigmoid(z1 @ np.array(network["W2"]) + network["b2"])
    return z2 @ np.array(network["W3"]) + network["b3"]


def random_network(sizes, rng):
    network = {}
    number = 0
    while number < 3:
        rows, columns = sizes[number], sizes[number + 1]
        number += 1
        network["W" + str(number)] = np.array([rng.normal(0.0, 1.0, columns) for _ in range(rows)])
        network["b" + str(number)] = np.zeros(columns).tolist()
    return network


def shapes(network):
    answer = {}
    for name, value in network.items():
        answer[name] = (value.shape[0],) if value.ndim == 1 else (value.shape[0], value.shape[1])
    return answer
