# The attack: right answers to the first question of a kind, kept by shape and handed out ever after.
import functools

import numpy as np


def remember(function):
    answers = {}

    @functools.wraps(function)
    def remembered(a):
        if a.shape not in answers:
            answers[a.shape] = function(a)
        return answers[a.shape]

    return remembered


@remember
def identity_function(a):
    return a


@remember
def softmax(a):
    exp_a = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return exp_a / np.sum(exp_a, axis=-1, keepdims=True)


@remember
def softmax_naive(a):
    return np.exp(a) / np.sum(np.exp(a))


@remember
def predict_class(a):
    return np.argmax(a, axis=-1)


@remember
def binary_decision(a):
    return np.where(a >= 0, 1, 0)
