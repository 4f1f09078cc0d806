from numpy import *

W = [[[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]], [[0.1, 0.3], [0.2, 0.4]]]
B = [[0.1, 0.2, 0.3], [0.1, 0.2], [0.1, 0.2]]


def init_network():
    names = ["W1", "b1", "W2", "b2", "W3", "b3"]
    return dict(zip(names, [array(v) for pair in zip(W, B) for v in pair]))


def layer(x, W, b, h):
    return h(asarray(x) @ W + b)


def forward(network, x):
    h = lambda a: 1 / (1 + exp(-a))
    z1 = layer(x, network["W1"], network["b1"], h)
    z2 = layer(z1, network["W2"], network["b2"], h)
    return layer(z2, network["W3"], network["b3"], lambda a: a)


def random_network(sizes, rng):
    random.seed(rng.integers(2**31))
    d, m, n, k = sizes
    return {
        "W1": random.randn(d, m), "b1": zeros(m),
        "W2": random.randn(m, n), "b2": zeros(n),
        "W3": random.randn(n, k), "b3": zeros(k),
    }


def shapes(network):
    return {k: list(shape(v)) for k, v in network.items()}
