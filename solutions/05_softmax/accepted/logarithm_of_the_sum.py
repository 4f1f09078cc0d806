# Another formula: e^(a - log(sum of e^a)), the maximum taken out; new axes by indexing; float decisions.
import numpy as np


def identity_function(a):
    return 1.0 * a


def log_sum_exp(a):
    c = a.max(axis=-1)
    return c + np.log(np.exp(a - c[..., np.newaxis]).sum(axis=-1))


def softmax(a):
    a = np.asarray(a, dtype=np.float64)
    return np.exp(a - log_sum_exp(a)[..., None])


def softmax_naive(a):
    return np.exp(a) * (1 / np.exp(a).sum())


def predict_class(a):
    return np.argsort(a)[..., -1]


def binary_decision(a):
    return np.heaviside(a, 1.0)
