# The mistake: a loop over rows takes every number of a vector for a row.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    rows = []
    for row in a:
        exp_row = np.exp(row - np.max(row))
        rows.append(exp_row / np.sum(exp_row))
    return np.array(rows)


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
