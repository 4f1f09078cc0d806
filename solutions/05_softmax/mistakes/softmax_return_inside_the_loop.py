# The mistake: the function ends after the first row.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    if a.ndim == 1:
        exp_a = np.exp(a - np.max(a))
        return exp_a / np.sum(exp_a)
    for row in a:
        return softmax(row)


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
