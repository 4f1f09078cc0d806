# Names without np., half the gradient's factor in the learning rate, a flat vector of predictions.
from numpy import *
from matplotlib.pyplot import *


def mean_squared_error(y, t):
    d = ravel(y - t)
    return dot(d, d) / d.size


def binary_cross_entropy(y, t):
    return mean(-log(maximum(where(t == 1, y, 1 - y), 1e-9)))


def cross_entropy_error(y, t):
    y = atleast_2d(y)
    if t.size == y.size:
        t = argmax(t.reshape(y.shape), axis=1)
    t = atleast_1d(t)
    return mean(-log(maximum(array([p[k] for p, k in zip(y, t)]), 1e-9)))


def linear_regression_step(w, x, y, lr):
    g = mean(2 * x * (w * x - y))
    return w - lr * g, mean_squared_error(w * x, y), g


def linear_regression(x, y, w, lr, steps):
    if steps == 0:
        return []
    first = linear_regression_step(w, x, y, lr)
    return [first] + linear_regression(x, y, first[0], lr, steps - 1)


def plot_fit(x, y, history):
    f = figure()
    steps = [k for k in range(len(history)) if k % 5 == 0]
    for place, k in enumerate(steps):
        a = f.add_subplot(2, (len(steps) + 1) // 2, place + 1)
        a.plot(x, history[k][0] * x, "-", x, y, ".")
        a.set_xlabel("step %d" % k)
    return f


def collapse(W1, b1, W2, b2):
    return W1.dot(W2), W2.T.dot(b1) + b2


def fit_parabola(x, y, hidden, steps, lr, rng):
    W1 = rng.uniform(-1, 1, (1, hidden))
    b1 = rng.uniform(-1, 1, hidden)
    W2 = rng.uniform(-1, 1, (hidden, 1))
    b2 = 0.0
    for i in range(steps):
        h = tanh(x * W1 + b1)
        e = h.dot(W2) + b2 - y
        W2g = h.T.dot(e) / len(x)
        hg = e * W2.T * (1 - h ** 2) / len(x)
        W2 -= lr * W2g
        b2 -= lr * e.mean()
        W1 -= lr * (x * hg).sum(0)
        b1 -= lr * hg.sum(0)
    return (tanh(x * W1 + b1).dot(W2) + b2).flatten()


def output_and_loss(task):
    if task == "multiclass":
        return "softmax", "ce"
    if task == "binary":
        return "sigmoid", "bce"
    if task == "regression":
        return "identity", "mse"
