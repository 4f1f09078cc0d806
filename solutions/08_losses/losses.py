"""How wrong is the network? Loss functions, a line that is fitted by gradient descent, and a parabola that needs more.

신경망은 얼마나 틀렸을까? 손실 함수, 경사 하강법으로 맞추는 직선, 그리고 직선으로는 안 되는 포물선.
"""

import matplotlib.pyplot as plt
import numpy as np


def mean_squared_error(y, t):
    """Return the mean of (y - t)^2 over all elements, as one number.

    모든 원소에 대해 (y - t)^2의 평균을 구해 수 하나로 돌려준다.

    y: predictions, t: targets; arrays of the same shape (any shape, a single number too).
    """
    ### BEGIN SOLUTION
    return np.mean((y - t) ** 2)
    ### END SOLUTION


def binary_cross_entropy(y, t):
    """Return the mean of -(t log y + (1 - t) log(1 - y)), finite even where y is exactly 0 or 1.

    -(t log y + (1 - t) log(1 - y))의 평균을 돌려준다. y가 정확히 0이나 1이어도 유한한 수가 나와야 한다.

    y: probabilities of class 1, t: 0 or 1; arrays of the same shape (any shape, a single number too).
    """
    ### BEGIN SOLUTION
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return np.mean(-(t * np.log(y) + (1 - t) * np.log(1 - y)))
    ### END SOLUTION


def cross_entropy_error(y, t):
    """Return -log of the probability that y gives to the right class, averaged over the samples; always finite.

    정답 클래스에 준 확률의 -log를 구해 표본에 대해 평균한다. 언제나 유한한 수가 나와야 한다.

    y: probabilities, shape (classes,) for one sample or (samples, classes) for a batch.
    t: one-hot, with as many dimensions as y, or labels (whole numbers), with one dimension fewer:
       a number for one sample, shape (samples,) for a batch.
    """
    ### BEGIN SOLUTION
    y, t = np.atleast_2d(y), np.asarray(t)[None] if np.ndim(y) == 1 else np.asarray(t)
    labels = t.argmax(axis=1) if t.ndim == 2 else t
    return -np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7))
    ### END SOLUTION


def linear_regression_step(w, x, y, lr):
    """Take one step of gradient descent for the prediction w * x; return (w after, cost before, gradient before).

    예측 w * x에 대해 경사 하강법을 한 걸음 진행하고 (갱신한 w, 갱신 전의 비용, 갱신 전의 기울기)를 돌려준다.

    w: a number. x, y: arrays of shape (samples,). lr: the learning rate. The cost is the mean squared error.
    """
    ### BEGIN SOLUTION
    error = w * x - y
    cost = np.mean(error**2)
    gradient = 2 * np.mean(error * x)
    return w - lr * gradient, cost, gradient
    ### END SOLUTION


def linear_regression(x, y, w, lr, steps):
    """Take that many steps and return the list of what linear_regression_step returned, one entry per step.

    steps걸음을 진행하고, 걸음마다 linear_regression_step이 돌려준 값을 리스트로 모아 돌려준다.

    x, y: arrays of shape (samples,). w: where to start, a number. lr: the learning rate.
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(steps):
        w, cost, gradient = linear_regression_step(w, x, y, lr)
        history.append((w, cost, gradient))
    return history
    ### END SOLUTION


def plot_fit(x, y, history):
    """Draw steps 0, 5, 10, ... of the history: the points, the line w * x after that step, and the step's number.

    history의 0, 5, 10, …번째 걸음을 그린다. 데이터 점, 그 걸음까지 갱신한 직선 w * x, 걸음 번호가 보여야 한다.

    x, y: arrays of shape (samples,). history: a list as linear_regression returns it. Returns the Matplotlib Figure.
    """
    ### BEGIN SOLUTION
    shown = range(0, len(history), 5)
    fig, axes = plt.subplots(1, len(shown), squeeze=False, sharey=True)
    for ax, step in zip(axes[0], shown, strict=True):
        w, cost, _ = history[step]
        ax.plot(x, y, "o")
        ax.plot(x, w * x)
        ax.set_title(f"step {step}: cost={cost:.4f}")
    return fig
    ### END SOLUTION


def collapse(W1, b1, W2, b2):
    """Return the (W, b) of the one linear layer that computes the same as two linear layers in a row.

    이어진 선형층 두 개와 똑같이 계산하는 선형층 하나의 (W, b)를 돌려준다.

    Layer 1: x @ W1 + b1, W1 of shape (inputs, hidden), b1 of shape (hidden,). Layer 2: the result @ W2 + b2,
    W2 of shape (hidden, outputs), b2 of shape (outputs,).
    """
    ### BEGIN SOLUTION
    return W1 @ W2, b1 @ W2 + b2
    ### END SOLUTION


def fit_parabola(x, y, hidden, steps, lr, rng):
    """Train one hidden layer with an activation by gradient descent on the MSE; return the predictions on x.

    활성화 함수가 있는 은닉층 하나를 MSE에 대한 경사 하강법으로 학습시키고, x에 대한 예측을 돌려준다.

    x, y: arrays of shape (samples, 1). hidden: units of the hidden layer. steps: updates, each with all samples.
    lr: the learning rate. rng: a NumPy Generator; every random number comes from it (rng.normal(size=...)).
    Returns an array of shape (samples, 1).
    """
    ### BEGIN SOLUTION
    W1, b1 = rng.normal(size=(1, hidden)), rng.normal(size=hidden)
    W2, b2 = rng.normal(size=(hidden, 1)), np.zeros(1)
    for _ in range(steps):
        h = np.tanh(x @ W1 + b1)
        d_out = 2 * (h @ W2 + b2 - y) / len(x)
        d_sum = d_out @ W2.T * (1 - h**2)
        W2 -= lr * (h.T @ d_out)
        b2 -= lr * d_out.sum(axis=0)
        W1 -= lr * (x.T @ d_sum)
        b1 -= lr * d_sum.sum(axis=0)
    return np.tanh(x @ W1 + b1) @ W2 + b2
    ### END SOLUTION


def output_and_loss(task):
    """Return the pair (activation of the output layer, loss) for "regression", "binary" or "multiclass".

    "regression", "binary", "multiclass"마다 (출력층의 활성화 함수, 손실 함수)의 쌍을 돌려준다.

    The activation is "identity", "sigmoid" or "softmax", the loss "mse", "bce" or "ce".
    """
    ### BEGIN SOLUTION
    pairs = {"regression": ("identity", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce")}
    return pairs[task]
    ### END SOLUTION
