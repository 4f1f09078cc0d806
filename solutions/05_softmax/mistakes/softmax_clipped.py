# The mistake: the sums are limited as in the sigmoid, so that large ones become equal.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    a = np.clip(a, -500, 500)
    return np.exp(a) / np.sum(np.exp(a), axis=-1, keepdims=True)


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
