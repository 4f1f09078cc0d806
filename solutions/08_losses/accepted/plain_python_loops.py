# No vectors at all: every sum is a loop over plain numbers. Right, and slow.
import math

import numpy as np


def mean_squared_error(y, t):
    total, count = 0.0, 0
    for a, b in zip(np.asarray(y).flatten().tolist(), np.asarray(t).flatten().tolist()):
        total += (a - b) ** 2
        count += 1
    return total / count


def safe_log(p):
    return math.log(p) if p > 1e-15 else math.log(1e-15)


def binary_cross_entropy(y, t):
    losses = []
    for p, target in zip(np.asarray(y).flatten().tolist(), np.asarray(t).flatten().tolist()):
        if target == 1:
            losses.append(-safe_log(p))
        else:
            losses.append(-safe_log(1 - p))
    return sum(losses) / len(losses)


def cross_entropy_error(y, t):
    if np.ndim(y) == 1:
        return cross_entropy_error(np.array([y]), np.array([t]))
    total = 0
    for i in range(len(y)):
        if t.ndim == 1:
            right = t[i]
        else:
            right = 0
            for j in range(len(t[i])):
                if t[i][j] == 1:
                    right = j
        total -= safe_log(float(y[i][right]))
    return total / len(y)


def linear_regression_step(w, x, y, lr):
    cost = 0
    grad = 0
    for i in range(len(x)):
        error = w * x[i] - y[i]
        cost += error ** 2
        grad += 2 * error * x[i]
    cost /= len(x)
    grad /= len(x)
    return [w - lr * grad, cost, grad]


def linear_regression(x, y, w, lr, steps):
    history = []
    for i in range(steps):
        result = linear_regression_step(w, x, y, lr)
        w = result[0]
        history += [result]
    return history


def plot_fit(x, y, history):
    import matplotlib.pyplot as plt
    figures = []
    for step in range(0, len(history), 5):
        figure = plt.figure()
        plt.plot(x, y, 'ko')
        plt.plot([0, 6], [0, 6 * history[step][0]])
        plt.title('step ' + str(step))
        figures.append(figure)
    return figures


def collapse(W1, b1, W2, b2):
    inputs, hidden, outputs = len(W1), len(W2), len(b2)
    W = np.zeros((inputs, outputs))
    b = np.zeros(outputs)
    for k in range(outputs):
        b[k] = b2[k]
        for j in range(hidden):
            b[k] += b1[j] * W2[j, k]
            for i in range(inputs):
                W[i, k] += W1[i, j] * W2[j, k]
    return [W, b]


def fit_parabola(x, y, hidden, steps, lr, rng):
    xs = [float(v) for v in x[:, 0]]
    ys = [float(v) for v in y[:, 0]]
    n = len(xs)
    w1 = [float(rng.normal()) for _ in range(hidden)]
    b1 = [float(rng.normal()) for _ in range(hidden)]
    w2 = [float(rng.normal()) for _ in range(hidden)]
    b2 = 0.0
    for _ in range(steps):
        g1 = [0.0] * hidden
        gb1 = [0.0] * hidden
        g2 = [0.0] * hidden
        gb2 = 0.0
        for i in range(n):
            h = []
            out = b2
            for j in range(hidden):
                a = math.tanh(w1[j] * xs[i] + b1[j])
                h.append(a)
                out += a * w2[j]
            d = 2 * (out - ys[i]) / n
            gb2 += d
            for j in range(hidden):
                g2[j] += d * h[j]
                back = d * w2[j] * (1 - h[j] * h[j])
                g1[j] += back * xs[i]
                gb1[j] += back
        b2 -= lr * gb2
        for j in range(hidden):
            w1[j] -= lr * g1[j]
            b1[j] -= lr * gb1[j]
            w2[j] -= lr * g2[j]
    result = []
    for i in range(n):
        out = b2
        for j in range(hidden):
            out += w2[j] * math.tanh(w1[j] * xs[i] + b1[j])
        result.append([out])
    return np.array(result)


def output_and_loss(task):
    return {'regression': ['identity', 'mse'], 'binary': ['sigmoid', 'bce'], 'multiclass': ['softmax', 'ce']}[task]
