# The mistake: the probabilities of all classes.
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
    return softmax(a)


def binary_decision(a):
    return np.where(a >= 0, 1, 0)
