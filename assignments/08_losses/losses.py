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
    raise NotImplementedError("mean_squared_error")


def binary_cross_entropy(y, t):
    """Return the mean of -(t log y + (1 - t) log(1 - y)), finite even where y is exactly 0 or 1.

    -(t log y + (1 - t) log(1 - y))의 평균을 돌려준다. y가 정확히 0이나 1이어도 유한한 수가 나와야 한다.

    y: probabilities of class 1, t: 0 or 1; arrays of the same shape (any shape, a single number too).
    """
    raise NotImplementedError("binary_cross_entropy")


def cross_entropy_error(y, t):
    """Return -log of the probability that y gives to the right class, averaged over the samples; always finite.

    정답 클래스에 준 확률의 -log를 구해 표본에 대해 평균한다. 언제나 유한한 수가 나와야 한다.

    y: probabilities, shape (classes,) for one sample or (samples, classes) for a batch.
    t: one-hot, with as many dimensions as y, or labels (whole numbers), with one dimension fewer:
       a number for one sample, shape (samples,) for a batch.
    """
    raise NotImplementedError("cross_entropy_error")


def linear_regression_step(w, x, y, lr):
    """Take one step of gradient descent for the prediction w * x; return (w after, cost before, gradient before).

    예측 w * x에 대해 경사 하강법을 한 걸음 진행하고 (갱신한 w, 갱신 전의 비용, 갱신 전의 기울기)를 돌려준다.

    w: a number. x, y: arrays of shape (samples,). lr: the learning rate. The cost is the mean squared error.
    """
    raise NotImplementedError("linear_regression_step")


def linear_regression(x, y, w, lr, steps):
    """Take that many steps and return the list of what linear_regression_step returned, one entry per step.

    steps걸음을 진행하고, 걸음마다 linear_regression_step이 돌려준 값을 리스트로 모아 돌려준다.

    x, y: arrays of shape (samples,). w: where to start, a number. lr: the learning rate.
    """
    raise NotImplementedError("linear_regression")


def plot_fit(x, y, history):
    """Draw steps 0, 5, 10, ... of the history: the points, the line w * x after that step, and the step's number.

    history의 0, 5, 10, …번째 걸음을 그린다. 데이터 점, 그 걸음까지 갱신한 직선 w * x, 걸음 번호가 보여야 한다.

    x, y: arrays of shape (samples,). history: a list as linear_regression returns it. Returns the Matplotlib Figure.
    """
    raise NotImplementedError("plot_fit")


def collapse(W1, b1, W2, b2):
    """Return the (W, b) of the one linear layer that computes the same as two linear layers in a row.

    이어진 선형층 두 개와 똑같이 계산하는 선형층 하나의 (W, b)를 돌려준다.

    Layer 1: x @ W1 + b1, W1 of shape (inputs, hidden), b1 of shape (hidden,). Layer 2: the result @ W2 + b2,
    W2 of shape (hidden, outputs), b2 of shape (outputs,).
    """
    raise NotImplementedError("collapse")


def fit_parabola(x, y, hidden, steps, lr, rng):
    """Train one hidden layer with an activation by gradient descent on the MSE; return the predictions on x.

    활성화 함수가 있는 은닉층 하나를 MSE에 대한 경사 하강법으로 학습시키고, x에 대한 예측을 돌려준다.

    x, y: arrays of shape (samples, 1). hidden: units of the hidden layer. steps: updates, each with all samples.
    lr: the learning rate. rng: a NumPy Generator; every random number comes from it (rng.normal(size=...)).
    Returns an array of shape (samples, 1).
    """
    raise NotImplementedError("fit_parabola")


def output_and_loss(task):
    """Return the pair (activation of the output layer, loss) for "regression", "binary" or "multiclass".

    "regression", "binary", "multiclass"마다 (출력층의 활성화 함수, 손실 함수)의 쌍을 돌려준다.

    The activation is "identity", "sigmoid" or "softmax", the loss "mse", "bce" or "ce".
    """
    raise NotImplementedError("output_and_loss")
