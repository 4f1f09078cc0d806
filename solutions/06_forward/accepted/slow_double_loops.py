from math import exp

import numpy as np


def init_network():
    return {
        "W1": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
        "b1": [0.1, 0.2, 0.3],
        "W2": ((0.1, 0.4), (0.2, 0.5), (0.3, 0.6)),
        "b2": (0.1, 0.2),
        "W3": [[0.1, 0.3], [0.2, 0.4]],
        "b3": [0.1, 0.2],
    }


def one_neuron(signal, W, b, j):
    a = b[j]
    for i in range(len(signal)):
        a += signal[i] * W[i][j]
    return a


def one_sample(network, x):
    signal = x
    for layer in range(1, 4):
        W = network["W%d" % layer]
        b = network["b%d" % layer]
        out = []
        for j in range(len(b)):
            a = one_neuron(signal, W, b, j)
            if layer < 3:
                a = 1 / (1 + exp(-a))
            out.append(a)
        signal = out
    return signal


def forward(network, x):
    if np.array(x).ndim == 1:
        return one_sample(network, x)
    return [one_sample(network, row) for row in x]


def random_network(sizes, rng):
    network = {}
    for layer in range(1, 4):
        W = []
        for i in range(sizes[layer - 1]):
            row = []
            for j in range(sizes[layer]):
                row.append(rng.normal())
            W.append(row)
        network["W%d" % layer] = W
        network["b%d" % layer] = [0] * sizes[layer]
    return network


def shapes(network):
    result = {}
    for key in network:
        value = network[key]
        shape = []
        while hasattr(value, "__len__"):
            shape.append(len(value))
            value = value[0]
        result[key] = shape
    return result
