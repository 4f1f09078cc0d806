"""What a neuron does with its sum: activation functions, their derivatives, and pictures of them.

뉴런이 합을 가지고 하는 일: 활성화 함수와 그 도함수, 그리고 그래프.

Wherever it says "array of any shape", that includes a single number (0-d); the result has the same shape.
"아무 모양의 배열"에는 숫자 하나(0차원)도 들어간다. 결과의 모양은 인수와 같다.
"""

import matplotlib.pyplot as plt
import numpy as np


def step_function(x):
    """Return 1 where x > 0, else 0 (exactly 0 gives 0), as integers.

    x가 0보다 큰 곳은 1, 아니면 0을 정수로 돌려준다. (정확히 0이면 0)

    x: array of any shape.
    """
    raise NotImplementedError("step_function")


def sigmoid(x):
    """Return 1 / (1 + e^-x), without an overflow even for x = -1000.

    1 / (1 + e^-x)를 돌려준다. x = -1000에서도 오버플로가 나지 않아야 한다.

    x: array of any shape.
    """
    raise NotImplementedError("sigmoid")


def relu(x):
    """Return x where x > 0, else 0.

    x가 0보다 크면 x를, 아니면 0을 돌려준다.

    x: array of any shape.
    """
    raise NotImplementedError("relu")


def tanh(x):
    """Return (e^x - e^-x) / (e^x + e^-x).

    (e^x - e^-x) / (e^x + e^-x)를 돌려준다.

    x: array of any shape.
    """
    raise NotImplementedError("tanh")


def leaky_relu(x, alpha=0.01):
    """Return x where x > 0, else alpha * x.

    x가 0보다 크면 x를, 아니면 alpha * x를 돌려준다.

    x: array of any shape. alpha: a number between 0 and 1, the slope on the negative side.
    """
    raise NotImplementedError("leaky_relu")


def elu(x, alpha=1.0):
    """Return x where x > 0, else alpha * (e^x - 1), without an overflow even for x = 1000.

    x가 0보다 크면 x를, 아니면 alpha * (e^x - 1)을 돌려준다. x = 1000에서도 오버플로가 나지 않아야 한다.

    x: array of any shape. alpha: a number between 0 and 1 (1 included).
    """
    raise NotImplementedError("elu")


def maxout(x, W1, b1, W2, b2):
    """Return the larger of the two weighted sums x @ W1 + b1 and x @ W2 + b2, element by element.

    두 가중합 x @ W1 + b1과 x @ W2 + b2 가운데 큰 쪽을 원소마다 골라 돌려준다.

    x: array of shape (inputs,), one sample, or (samples, inputs), a batch.
    W1, W2: arrays of shape (inputs, outputs). b1, b2: arrays of shape (outputs,).
    Returns an array of shape (outputs,) or (samples, outputs).
    """
    raise NotImplementedError("maxout")


def identity_function(x):
    """Return x unchanged.

    x를 그대로 돌려준다.

    x: array of any shape.
    """
    raise NotImplementedError("identity_function")


def sigmoid_grad(x):
    """Return the derivative of the sigmoid at x. x is what goes into the sigmoid, not what comes out.

    x에서 시그모이드의 도함수 값을 돌려준다. x는 시그모이드의 출력이 아니라 입력이다.

    x: array of any shape.
    """
    raise NotImplementedError("sigmoid_grad")


def tanh_grad(x):
    """Return the derivative of tanh at x. x is what goes into tanh, not what comes out.

    x에서 tanh의 도함수 값을 돌려준다. x는 tanh의 출력이 아니라 입력이다.

    x: array of any shape.
    """
    raise NotImplementedError("tanh_grad")


def relu_grad(x):
    """Return the derivative of ReLU at x: 1 where x > 0, else 0 (exactly 0 gives 0).

    x에서 ReLU의 도함수 값을 돌려준다. x가 0보다 크면 1, 아니면 0이다. (정확히 0이면 0)

    x: array of any shape.
    """
    raise NotImplementedError("relu_grad")


def max_gradient_after(layers):
    """Return the largest possible product of the slopes of that many sigmoids.

    시그모이드의 기울기를 layers개 곱했을 때 나올 수 있는 가장 큰 값을 돌려준다.

    layers: how many sigmoid layers the gradient passes through (int).
    """
    raise NotImplementedError("max_gradient_after")


def plot_step():
    """Draw the step function for x from -5 to 5 (without 5) in steps of 0.1, y axis from -0.1 to 1.1.

    계단 함수를 그린다. x는 -5부터 5까지(5는 빼고) 0.1 간격, y축은 -0.1부터 1.1까지.

    Returns the Matplotlib Figure.
    """
    raise NotImplementedError("plot_step")


def plot_sigmoid():
    """Draw the sigmoid for x from -5 to 5 (without 5) in steps of 0.1, y axis from -0.1 to 1.1.

    시그모이드를 그린다. x는 -5부터 5까지(5는 빼고) 0.1 간격, y축은 -0.1부터 1.1까지.

    Returns the Matplotlib Figure.
    """
    raise NotImplementedError("plot_sigmoid")


def plot_relu():
    """Draw ReLU for x from -5 to 5 (without 5) in steps of 0.1, y axis from -1.0 to 5.5.

    ReLU를 그린다. x는 -5부터 5까지(5는 빼고) 0.1 간격, y축은 -1.0부터 5.5까지.

    Returns the Matplotlib Figure.
    """
    raise NotImplementedError("plot_relu")


def plot_comparison():
    """Draw the step function and the sigmoid in the same axes, with a legend; x and y axis as in plot_step.

    계단 함수와 시그모이드를 한 그림에 그리고 범례를 단다. x와 y축은 plot_step과 같다.

    Returns the Matplotlib Figure.
    """
    raise NotImplementedError("plot_comparison")
