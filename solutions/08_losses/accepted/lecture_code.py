# The code of the lecture and of the book that it follows: ReLU, weights by He.
import numpy as np
import matplotlib.pyplot as plt


def mean_squared_error(y, t):
    return ((y - t) ** 2).mean()


def binary_cross_entropy(y, t):
    delta = 1e-7
    return -np.mean(t * np.log(y + delta) + (1 - t) * np.log(1 - y + delta))


def cross_entropy_error(y, t):
    if y.ndim == 1:
        t = t.reshape(1, t.size)
        y = y.reshape(1, y.size)

    # 정답이 원-핫 벡터이면 정답 레이블의 인덱스로 변환
    if t.size == y.size:
        t = t.argmax(axis=1)

    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size


def linear_regression_step(w, x, y, lr):
    pre = w * x
    cost = ((pre - y) ** 2).sum() / len(x)
    grad = 2 * (pre - y).dot(x) / len(x)
    w -= lr * grad
    return w, cost, grad


def linear_regression(x, y, w, lr, steps):
    history = []
    for step in range(steps):
        pre = w * x
        cost = ((pre - y) ** 2).sum() / len(x)
        grad = 2 * (pre - y).dot(x) / len(x)
        w -= lr * grad
        history.append((w, cost, grad))
        if step % 5 == 0:
            print('step %d : cost=%.4f, w=%.4f, grad=%.4f' % (step, cost, w, grad))
    return history


def plot_fit(x, y, history):
    fig = plt.figure(figsize=(4, 12))
    n = len(history[::5])
    for step in range(len(history)):
        if step % 5 == 0:
            w, cost, grad = history[step]
            plt.subplot(n, 1, step // 5 + 1)
            plt.scatter(x, y)
            plt.plot(x, w * x, 'r-')
            plt.title('step %d : cost=%.4f, w=%.4f, grad=%.4f' % (step, cost, w, grad))
    plt.show()
    return fig


def collapse(W1, b1, W2, b2):
    W = np.dot(W1, W2)
    b = np.dot(b1, W2) + b2
    return W, b


def relu(x):
    return np.maximum(0, x)


def fit_parabola(x, y, hidden, steps, lr, rng):
    params = {}
    params['W1'] = rng.normal(0, np.sqrt(2 / x.shape[1]), (x.shape[1], hidden))
    params['b1'] = rng.normal(0, 1, hidden)
    params['W2'] = rng.normal(0, np.sqrt(2 / hidden), (hidden, 1))
    params['b2'] = np.zeros(1)
    n = x.shape[0]
    for step in range(steps):
        a1 = np.dot(x, params['W1']) + params['b1']
        z1 = relu(a1)
        pre = np.dot(z1, params['W2']) + params['b2']
        grads = {}
        dy = 2 * (pre - y) / n
        grads['W2'] = np.dot(z1.T, dy)
        grads['b2'] = np.sum(dy, axis=0)
        da1 = np.dot(dy, params['W2'].T) * (a1 > 0)
        grads['W1'] = np.dot(x.T, da1)
        grads['b1'] = np.sum(da1, axis=0)
        for key in ('W1', 'b1', 'W2', 'b2'):
            params[key] -= lr * grads[key]
    return np.dot(relu(np.dot(x, params['W1']) + params['b1']), params['W2']) + params['b2']


def output_and_loss(task):
    if task == 'regression':
        return 'identity', 'mse'
    elif task == 'binary':
        return 'softmax', 'ce'
    else:
        return 'softmax', 'ce'
