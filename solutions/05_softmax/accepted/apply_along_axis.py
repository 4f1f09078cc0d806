# One function for a vector, laid along the last axis by NumPy; no name of the stub's parameters is kept.
import numpy as np

identity_function = lambda signals: signals


def one_row(row):
    y = np.exp(np.subtract(row, row.max()), dtype=float)
    y /= y.sum()
    return y


def softmax(signals):
    return np.apply_along_axis(one_row, -1, signals)


def softmax_naive(signals):
    return np.array([np.exp(signal) / sum(np.exp(signals)) for signal in signals])


def predict_class(signals, number=np.argmax):
    return np.apply_along_axis(number, -1, signals)


def binary_decision(signals):
    return np.vectorize(lambda s: 0 if s < 0 else 1, otypes=[int])(signals)
