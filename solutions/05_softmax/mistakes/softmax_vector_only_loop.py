# The mistake: a loop over the elements of a vector; the elements of a batch are rows.
import math

import numpy as np


def identity_function(a):
    return a


def softmax(a):
    c = np.max(a)
    exps = [math.exp(x - c) for x in a]
    return np.array([e / sum(exps) for e in exps])


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
