# The mistake: every row overwrites the one before.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    for row in np.atleast_2d(a):
        exp_row = np.exp(row - np.max(row))
        y = exp_row / np.sum(exp_row)
    return y


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
