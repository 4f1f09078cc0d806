# Everything is a batch: a vector becomes one, and is a vector again at the end. A small number guards the division.
import numpy as np


def identity_function(a):
    return a[...]


def softmax(a):
    batch = a.reshape(-1, a.shape[-1])
    shifted = batch - batch.max(axis=1).reshape(-1, 1)
    exps = np.e**shifted
    return (exps / (exps.sum(axis=1).reshape(-1, 1) + 1e-12)).reshape(a.shape)


def softmax_naive(a):
    return np.e**a / (np.e**a).sum()


def predict_class(a):
    answers = a.reshape(-1, a.shape[-1]).argmax(axis=1)
    return answers[0] if a.ndim == 1 else tuple(answers)


def binary_decision(a):
    return 1 - (a < 0)
