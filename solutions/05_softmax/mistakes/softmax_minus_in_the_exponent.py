# The mistake: e^-a, as in the sigmoid.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    low = np.min(a, axis=-1, keepdims=True) - a
    return np.exp(low) / np.sum(np.exp(low), axis=-1, keepdims=True)


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
