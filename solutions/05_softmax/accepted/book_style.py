# The code of the book, with its branch for batches (transposed there and back).
import numpy as np


def identity_function(x):
    return x


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    if x.ndim == 2:
        x = x.T
        x = x - np.max(x, axis=0)
        y = np.exp(x) / np.sum(np.exp(x), axis=0)
        return y.T

    x = x - np.max(x)  # 오버플로 대책
    return np.exp(x) / np.sum(np.exp(x))


def softmax_naive(a):
    exp_a = np.exp(a)
    sum_exp_a = np.sum(exp_a)
    y = exp_a / sum_exp_a

    return y


def predict_class(x):
    y = softmax(x)
    if y.ndim == 1:
        return np.argmax(y)
    return np.argmax(y, axis=1)


def binary_decision(x):
    y = sigmoid(x)
    return (y >= 0.5).astype(int)
