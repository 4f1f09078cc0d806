# The mistake: the shift is a product with 0 or 1, and 0 times -inf is nan.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    low = a - np.max(a, axis=-1, keepdims=True)
    low = low * (low > -700) - 700 * (low <= -700)
    return np.exp(low) / np.sum(np.exp(low), axis=-1, keepdims=True)


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
