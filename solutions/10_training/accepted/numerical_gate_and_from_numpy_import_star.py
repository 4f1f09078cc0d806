# The gate by numerical differentiation, as in the lecture; `from numpy import *`; chatty functions.
from numpy import *
from numpy import random


def iterations_per_epoch(n, batch_size):
    print("n =", n, "batch_size =", batch_size)
    return (n + batch_size - 1) // batch_size


def minibatches(x, t, batch_size, rng):
    def pieces():
        shuffled = rng.permutation(x.shape[0])
        while shuffled.size:
            piece, shuffled = shuffled[:batch_size], shuffled[batch_size:]
            yield take(x, piece, axis=0), take(t, piece, axis=0)

    return pieces()


def sigmoid(z):
    return 1 / (1 + exp(-z))


def numerical_derivative(f, v):
    delta = 1e-4
    grad = zeros_like(v)
    for i in range(v.size):
        kept = v[i]
        v[i] = kept + delta
        fx1 = f(v)
        v[i] = kept - delta
        fx2 = f(v)
        grad[i] = (fx1 - fx2) / (2 * delta)
        v[i] = kept
    return grad


def train_gate(table, lr, epochs, rng):
    xdata, tdata = table[:, :2], table[:, 2]
    delta = 1e-7

    def loss_func(v):
        y = sigmoid(dot(xdata, v[:2]) + v[2])
        return -mean(tdata * log(y + delta) + (1 - tdata) * log(1 - y + delta))

    v = rng.standard_normal(3)
    print("Initial error value =", loss_func(v))
    for step in range(epochs):
        v -= lr * numerical_derivative(loss_func, v)
        if step % 200 == 0:
            print("step =", step, ", error value =", loss_func(v))
    return v[:2], v[2]


class Network:
    def loss(self, x, t):
        y = self.predict(x)
        if t.ndim == 2:
            t = argmax(t, axis=1)
        return -sum(log(y[arange(len(y)), t] + 1e-7)) / len(y)

    def accuracy(self, x, t):
        return mean(argmax(self.predict(x), axis=1) == (t if t.ndim == 1 else argmax(t, axis=1)))


class TwoLayerNet(Network):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, rng=None):
        rng = random.default_rng() if rng is None else rng
        draw = lambda *shape: weight_init_std * rng.standard_normal(shape)
        self.params = {"W1": draw(input_size, hidden_size), "b1": zeros(hidden_size),
                       "W2": draw(hidden_size, output_size), "b2": zeros(output_size)}

    def predict(self, x):
        W1, b1, W2, b2 = (self.params[key] for key in ("W1", "b1", "W2", "b2"))
        self.a1 = x @ W1 + b1
        self.z1 = sigmoid(self.a1)
        self.a2 = self.z1 @ W2 + b2
        shifted = self.a2 - amax(self.a2, axis=1)[:, newaxis]
        self.y = exp(shifted) / exp(shifted).sum(axis=1)[:, newaxis]
        return self.y

    def numerical_gradient(self, x, t):
        grads = {}
        for key, array_ in self.params.items():
            grads[key] = numerical_derivative(lambda _: self.loss(x, t), array_.reshape(-1)).reshape(array_.shape)
        return grads

    def gradient(self, x, t):
        self.predict(x)
        dy = self.y.copy()
        if t.ndim == 1:
            dy[arange(len(t)), t] -= 1
        else:
            dy -= t
        dy /= len(t)
        dz1 = dot(dy, self.params["W2"].T)
        da1 = sigmoid(self.a1) * (1 - sigmoid(self.a1)) * dz1
        return {"W1": tensordot(x, da1, (0, 0)), "b1": ones(len(t)) @ da1,
                "W2": dot(self.z1.T, dy), "b2": ones(len(t)) @ dy}


def train(network, data, optimizer, epochs, batch_size, rng):
    (x_train, t_train), (x_test, t_test) = data
    history = []
    for epoch in range(1, epochs + 1):
        total, n = 0.0, 0
        for x, t in minibatches(x_train, t_train, batch_size, rng):
            grads = network.gradient(x, t)
            optimizer.update(network.params, grads)
            total, n = total + network.loss(x, t) * len(x), n + len(x)
        print("epoch", epoch, "loss", total / n)
        history.append({"loss": total / n, "train_accuracy": network.accuracy(x_train, t_train),
                        "test_accuracy": network.accuracy(x_test, t_test)})
    return history
