# Slow but right: one sample at a time, plain Python lists, no broadcasting.
import numpy as np
from math import exp, log


def iterations_per_epoch(n, batch_size):
    count = 0
    while n > 0:
        n = n - batch_size
        count = count + 1
    return count


def minibatches(x, t, batch_size, rng):
    order = list(range(len(x)))
    for i in range(len(order) - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    batch = []
    result = []
    for i in order:
        batch.append(i)
        if len(batch) == batch_size:
            result.append((np.array([x[k] for k in batch]), np.array([t[k] for k in batch])))
            batch = []
    if batch:
        result.append((np.array([x[k] for k in batch]), np.array([t[k] for k in batch])))
    return result


def train_gate(table, lr, epochs, rng):
    w = [rng.normal(), rng.normal()]
    b = rng.normal()
    for epoch in range(epochs):
        g0 = g1 = gb = 0.0
        for row in table.tolist():
            s = 1 / (1 + exp(-(w[0] * row[0] + w[1] * row[1] + b)))
            g0 += (s - row[2]) * row[0]
            g1 += (s - row[2]) * row[1]
            gb += s - row[2]
        w = [w[0] - lr * g0 / 4, w[1] - lr * g1 / 4]
        b = b - lr * gb / 4
    return (w[0], w[1]), b


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, rng=None):
        if rng is None:
            rng = np.random.default_rng(0)
        self.params = {}
        self.params["W1"] = np.array([[rng.normal() * weight_init_std for j in range(hidden_size)] for i in range(input_size)])
        self.params["b1"] = np.array([0.0] * hidden_size)
        self.params["W2"] = np.array([[rng.normal() * weight_init_std for j in range(output_size)] for i in range(hidden_size)])
        self.params["b2"] = np.array([0.0] * output_size)

    def one(self, sample):
        hidden = 1 / (1 + np.exp(-(sample.dot(self.params["W1"]) + self.params["b1"])))
        scores = hidden.dot(self.params["W2"]) + self.params["b2"]
        e = np.exp(scores - max(scores))
        return hidden, e / sum(e)

    def predict(self, x):
        return np.array([self.one(sample)[1] for sample in x])

    def label(self, answer):
        if answer.ndim == 0:
            return int(answer)
        return int(np.argmax(answer))

    def loss(self, x, t):
        total = 0.0
        for sample, answer in zip(x, t):
            p = self.one(sample)[1][self.label(answer)]
            total -= log(max(p, 1e-10))
        return total / len(x)

    def accuracy(self, x, t):
        right = 0
        for sample, answer in zip(x, t):
            if np.argmax(self.one(sample)[1]) == self.label(answer):
                right += 1
        return right / len(x)

    def numerical_gradient(self, x, t):
        grads = {}
        for key in self.params:
            original = self.params[key]
            grad = np.zeros(original.shape)
            for index in np.ndindex(original.shape):
                sides = []
                for step in (0.0001, -0.0001):
                    moved = original.copy()
                    moved[index] += step
                    self.params[key] = moved
                    sides.append(self.loss(x, t))
                grad[index] = (sides[0] - sides[1]) / 0.0002
            self.params[key] = original
            grads[key] = grad
        return grads

    def gradient(self, x, t):
        grads = {key: np.zeros_like(value) for key, value in self.params.items()}
        for sample, answer in zip(x, t):
            hidden, y = self.one(sample)
            y[self.label(answer)] -= 1
            back = self.params["W2"].dot(y) * hidden * (1 - hidden)
            grads["W2"] += np.outer(hidden, y) / len(x)
            grads["b2"] += y / len(x)
            grads["W1"] += np.outer(sample, back) / len(x)
            grads["b1"] += back / len(x)
        return grads


def train(network, data, optimizer, epochs, batch_size, rng):
    history = []
    for epoch in range(epochs):
        losses = []
        for x, t in minibatches(data[0][0], data[0][1], batch_size, rng):
            losses.append(network.loss(x, t))
            optimizer.update(network.params, network.gradient(x, t))
        history.append(
            {
                "loss": sum(losses) / len(losses),
                "train_accuracy": network.accuracy(data[0][0], data[0][1]),
                "test_accuracy": network.accuracy(data[1][0], data[1][1]),
            }
        )
    return history
