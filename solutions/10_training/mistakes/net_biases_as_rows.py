import numpy as np


def iterations_per_epoch(n, batch_size):
    """Return how many batches there are in one epoch; the last one may be short."""
    return -(-n // batch_size)


def minibatches(x, t, batch_size, rng):
    """Return one epoch of batches (x_batch, t_batch), in an order that rng shuffles anew on every call."""
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], t[chosen]


def train_gate(table, lr, epochs, rng):
    """Return the weights and the bias (w, b) of one neuron that has learned the gate in the table."""
    x, y = table[:, :2], table[:, 2]
    w, b = rng.normal(size=2), 0.0
    for _ in range(epochs):
        error = sigmoid(x @ w + b) - y
        w = w - lr * (x.T @ error) / len(y)
        b = b - lr * np.mean(error)
    return w, b


def sigmoid(a):
    """Return 1 / (1 + e^-a), without an overflow. (given)"""
    return 0.5 * (1 + np.tanh(0.5 * a))


def softmax(a):
    """Return the probabilities of the scores a, row by row. (given)"""
    e = np.exp(a - np.max(a, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


class TwoLayerNet:
    """A network with one hidden layer: x @ W1 + b1, sigmoid, @ W2 + b2, softmax."""

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, rng=None):
        """Draw normal weights of standard deviation weight_init_std from rng; the biases are 0."""
        if rng is None:
            rng = np.random.default_rng()
        self.params = {
            "W1": weight_init_std * rng.standard_normal((input_size, hidden_size)),
            "b1": np.zeros((1, hidden_size)),
            "W2": weight_init_std * rng.standard_normal((hidden_size, output_size)),
            "b2": np.zeros((1, output_size)),
        }

    def predict(self, x):
        """Return the class probabilities, one row per sample."""
        hidden = sigmoid(x @ self.params["W1"] + self.params["b1"])
        return softmax(hidden @ self.params["W2"] + self.params["b2"])

    def loss(self, x, t):
        """Return the cross-entropy error, the mean over the batch."""
        y = self.predict(x)
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return -np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7))

    def accuracy(self, x, t):
        """Return the share of samples, from 0 to 1, whose most probable class is the right one."""
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.mean(np.argmax(self.predict(x), axis=1) == labels))

    def numerical_gradient(self, x, t):
        """Return the gradient of the loss as a dict with the keys of params, by central differences. Slow."""
        delta = 1e-4
        grads = {}
        for key, values in self.params.items():
            grads[key] = np.zeros_like(values)
            for index in np.ndindex(*values.shape):
                kept = values[index]
                values[index] = kept + delta
                above = self.loss(x, t)
                values[index] = kept - delta
                below = self.loss(x, t)
                values[index] = kept
                grads[key][index] = (above - below) / (2 * delta)
        return grads

    def gradient(self, x, t):
        """Return the same gradient by backpropagation: one pass forwards, one backwards, without calling loss."""
        hidden = sigmoid(x @ self.params["W1"] + self.params["b1"])
        y = softmax(hidden @ self.params["W2"] + self.params["b2"])
        if t.ndim == 1:
            t = np.eye(y.shape[1])[t]
        d2 = (y - t) / len(x)
        d1 = (d2 @ self.params["W2"].T) * hidden * (1 - hidden)
        return {"W1": x.T @ d1, "b1": d1.sum(axis=0, keepdims=True), "W2": hidden.T @ d2, "b2": d2.sum(axis=0, keepdims=True)}


def train(network, data, optimizer, epochs, batch_size, rng):
    """Train the network and return its history, a list with one dict per epoch."""
    (x_train, t_train), (x_test, t_test) = data
    history = []
    for _ in range(epochs):
        for x, t in minibatches(x_train, t_train, batch_size, rng):
            optimizer.update(network.params, network.gradient(x, t))
        history.append(
            {
                "loss": network.loss(x_train, t_train),
                "train_accuracy": network.accuracy(x_train, t_train),
                "test_accuracy": network.accuracy(x_test, t_test),
            }
        )
    return history
