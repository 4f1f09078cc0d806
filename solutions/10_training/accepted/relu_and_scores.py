# ReLU in the hidden layer; predict gives scores, and the loss is computed from them without ever forming log 0.
import math

import numpy as np


def iterations_per_epoch(n, batch_size):
    return math.ceil(n / batch_size)


def minibatches(x, t, batch_size, rng):
    indices = rng.choice(len(x), size=len(x), replace=False)
    return zip(
        [x[indices[i : i + batch_size]] for i in range(0, len(x), batch_size)],
        [t[indices[i : i + batch_size]] for i in range(0, len(x), batch_size)],
    )


def train_gate(table, lr, epochs, rng):
    # The bias as the weight of an input that is always 1; zeros are as good a start as any.
    X = np.hstack([table[:, :2], np.ones((len(table), 1))])
    theta = np.zeros(3)
    for _ in range(epochs):
        theta -= lr * X.T @ (1 / (1 + np.exp(-X @ theta)) - table[:, 2])
    return theta[:2], theta[2]


def log_softmax(a):
    a = a - a.max(axis=1, keepdims=True)
    return a - np.log(np.exp(a).sum(axis=1, keepdims=True))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        self.params = dict(
            b2=np.zeros(output_size),
            W2=rng.normal(0.0, weight_init_std, size=(hidden_size, output_size)),
            b1=np.zeros(hidden_size),
            W1=rng.normal(0.0, weight_init_std, size=(input_size, hidden_size)),
        )

    def forward(self, x):
        p = self.params
        z = x @ p["W1"] + p["b1"]
        return z, np.maximum(z, 0) @ p["W2"] + p["b2"]

    def predict(self, x):
        return self.forward(x)[1]

    @staticmethod
    def labels(t):
        return t.argmax(axis=1) if t.ndim > 1 else t

    def loss(self, x, t):
        return -log_softmax(self.predict(x))[range(len(x)), self.labels(t)].mean()

    def accuracy(self, x, t):
        return (self.predict(x).argmax(1) == self.labels(t)).mean()

    def numerical_gradient(self, x, t):
        grads = {}
        for name in self.params:
            flat = self.params[name].ravel()  # a view
            slopes = []
            for i in range(flat.size):
                old = flat[i]
                flat[i] = old + 1e-5
                up = self.loss(x, t)
                flat[i] = old - 1e-5
                down = self.loss(x, t)
                flat[i] = old
                slopes.append((up - down) / 2e-5)
            grads[name] = np.reshape(slopes, self.params[name].shape)
        return grads

    def gradient(self, x, t):
        z, scores = self.forward(x)
        dscores = np.exp(log_softmax(scores))
        dscores[np.arange(len(x)), self.labels(t)] -= 1
        dscores /= len(x)
        dz = dscores @ self.params["W2"].T
        dz[z <= 0] = 0
        return {
            "W2": np.maximum(z, 0).T @ dscores,
            "b2": dscores.sum(0),
            "W1": x.T @ dz,
            "b1": dz.sum(0),
        }


def train(network, data, optimizer, epochs, batch_size, rng):
    train_set, test_set = data
    history = []
    while len(history) < epochs:
        for batch in minibatches(*train_set, batch_size, rng):
            optimizer.update(network.params, network.gradient(*batch))
        row = {"epoch": len(history) + 1, "loss": network.loss(*train_set)}
        row["train_accuracy"] = network.accuracy(*train_set)
        row["test_accuracy"] = network.accuracy(*test_set)
        history += [row]
    return tuple(history)
