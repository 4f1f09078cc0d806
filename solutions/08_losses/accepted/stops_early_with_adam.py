# Adam, and an end to learning as soon as the fit is good enough.
import numpy as np
from matplotlib.figure import Figure


def mean_squared_error(y, t):
    return np.average((t - y) ** 2)


def binary_cross_entropy(y, t):
    eps = 1e-8
    with np.errstate(divide="ignore"):
        loss = -(t * np.log(y + eps) + (1 - t) * np.log1p(-y + eps))
    return loss.mean()


def cross_entropy_error(y, t):
    if t.ndim == y.ndim:
        return -(t * np.log(y + 1e-8)).sum() / (1 if y.ndim == 1 else len(y))
    if y.ndim == 1:
        return -np.log(y[t] + 1e-8)
    return -np.log(y[range(len(t)), t] + 1e-8).mean()


def linear_regression_step(w, x, y, lr):
    X = x[:, np.newaxis].astype(float)
    residual = X @ np.array([w]) - y
    cost = residual @ residual / len(y)
    grad = (2 / len(y) * X.T @ residual)[0]
    return w - lr * grad, cost, grad


def linear_regression(x, y, w, lr, steps):
    return list(all_steps(x, y, w, lr, steps))


def all_steps(x, y, w, lr, steps):
    while steps > 0:
        w, cost, grad = linear_regression_step(w, x, y, lr)
        yield np.array([w, cost, grad])
        steps -= 1


def plot_fit(x, y, history):
    shown = list(enumerate(history))[::5]
    fig = Figure(figsize=(3 * len(shown), 3))
    axes = fig.subplots(1, len(shown))
    for ax, (step, entry) in zip(np.ravel(axes), shown):
        order = np.argsort(x)
        ax.plot(x[order], y[order], marker="x", linestyle="")
        ax.plot(x[order], entry[0] * x[order], color="red")
        ax.set_title(f"{step}", fontsize=8)
    return fig


def collapse(W1, b1, W2, b2):
    return np.matmul(W1, W2), np.einsum("h,ho->o", b1, W2) + b2


def fit_parabola(x, y, hidden, steps, lr, rng):
    p = [rng.normal(size=s) for s in ((1, hidden), (hidden,), (hidden, 1), (1,))]
    m = [np.zeros(q.shape) for q in p]
    v = [np.zeros(q.shape) for q in p]
    for i in range(1, steps + 1):
        a = x @ p[0] + p[1]
        h = np.where(a > 0, a, np.exp(np.minimum(a, 0)) - 1)
        out = h @ p[2] + p[3]
        if mean_squared_error(out, y) < 1e-3 * np.var(y):
            return out
        d = 2 * (out - y) / len(y)
        dh = (d @ p[2].T) * np.where(a > 0, 1, h + 1)
        for k, g in enumerate((x.T @ dh, dh.sum(0), h.T @ d, d.sum(0))):
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g * g
            p[k] = p[k] - lr * (m[k] / (1 - 0.9 ** i)) / (np.sqrt(v[k] / (1 - 0.999 ** i)) + 1e-8)
    return out


def output_and_loss(task):
    match task:
        case "regression":
            return "identity", "mse"
        case "binary":
            return "sigmoid", "bce"
        case "multiclass":
            return "softmax", "ce"
