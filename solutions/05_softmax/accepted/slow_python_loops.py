# Right but slow: Python numbers, double loops and lists; only the naive one takes np.exp, which does not raise.
import math

import numpy as np


def identity_function(a):
    return a.copy()


def softmax(a):
    if a.ndim == 2:
        result = []
        for i in range(a.shape[0]):
            result.append(softmax(a[i]))
        return result
    largest = a[0]
    for i in range(1, len(a)):
        if a[i] > largest:
            largest = a[i]
    total = 0.0
    for i in range(len(a)):
        total = total + math.exp(float(a[i]) - float(largest))
    result = []
    for i in range(len(a)):
        result.append(math.exp(float(a[i]) - float(largest)) / total)
    return result


def softmax_naive(a):
    total = 0.0
    for x in a:
        total = total + np.exp(x)
    return [np.exp(x) / total for x in a]


def predict_class(a):
    if a.ndim == 2:
        answers = []
        for row in a:
            answers.append(predict_class(row))
        return answers
    best = 0
    for i in range(len(a)):
        if a[i] > a[best]:
            best = i
    return best


def binary_decision(a):
    if a.ndim == 0:
        return bool(a >= 0)
    return [binary_decision(part) if part.ndim else int(part >= 0) for part in a]
