"""Results straight from NumPy: np.int64, np.bool, np.float64 and 0-d arrays."""
import numpy as np


def perceptron(x, w, b):
    return np.where(np.dot(x, w) + b > 0, 1, 0)  # a 0-d array


AND_WEIGHTS = np.array([0.4, 0.6, -0.8])
NAND_WEIGHTS = -AND_WEIGHTS
OR_WEIGHTS = np.array([2, 3, -1])
NOR_WEIGHTS = -OR_WEIGHTS


def AND(x1, x2):
    return np.int64(x1 * x2)


def NAND(x1, x2):
    return np.array(1 - x1 * x2)


def OR(x1, x2):
    return np.maximum(x1, x2)


def NOR(x1, x2):
    return np.logical_not(np.logical_or(x1, x2))


def NOT(x):
    return np.float64(1 - x)


def XOR(x1, x2):
    return np.logical_xor(x1, x2).astype(int)


def XOR_NAND(x1, x2):
    a = NAND(x1, x2)
    b = NAND(a, x1)
    c = NAND(a, x2)
    return NAND(b, c)


def XOR_NOR(x1, x2):
    a = NOR(x1, x2)
    b = NOR(a, x1)
    c = NOR(a, x2)
    d = NOR(b, c)
    return NOR(d, d)


def neuron(x, w, b):
    return np.array(0.5 * (1 + np.tanh((np.dot(x, w) + b) / 2)))
