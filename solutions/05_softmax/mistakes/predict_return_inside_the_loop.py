# The mistake: only the first sample is answered.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    c = np.max(a, axis=-1, keepdims=True)
    exp_a = np.exp(a - c)
    return exp_a / np.sum(exp_a, axis=-1, keepdims=True)


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    if a.ndim == 1:
        return np.argmax(a)
    for row in a:
        return np.argmax(row)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
