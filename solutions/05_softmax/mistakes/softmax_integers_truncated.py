# The mistake: the result inherits the integer type of the argument.
import numpy as np


def identity_function(a):
    return a


def softmax(a):
    y = np.zeros_like(a)
    y[...] = np.exp(a - np.max(a, axis=-1, keepdims=True)) / np.sum(np.exp(a - np.max(a, axis=-1, keepdims=True)), axis=-1, keepdims=True)
    return y


def softmax_naive(a):
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a)


def predict_class(a):
    return np.argmax(a, axis=-1)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
