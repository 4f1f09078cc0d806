"""Every gate answers with True or False."""
import numpy as np


def perceptron(x, w, b):
    return bool(x @ w + b > 0)


AND_WEIGHTS = (1, 1, -1.5)
NAND_WEIGHTS = (-1, -1, 1.5)
OR_WEIGHTS = (1, 1, -0.5)
NOR_WEIGHTS = (-1, -1, 0.5)


def AND(x1, x2):
    return x1 == 1 and x2 == 1


def NAND(x1, x2):
    return not AND(x1, x2)


def OR(x1, x2):
    return x1 == 1 or x2 == 1


def NOR(x1, x2):
    return not OR(x1, x2)


def NOT(x):
    return not x


def XOR(x1, x2):
    return x1 != x2


def XOR_NAND(x1, x2):
    m = NAND(x1, x2)
    return NAND(NAND(m, x1), NAND(m, x2))


def XOR_NOR(x1, x2):
    return NOR(NOR(x1, x2), NOR(NOR(x1, x1), NOR(x2, x2)))


def neuron(x, w, b):
    return 1.0 / (1.0 + np.exp(-(x @ w + b)))
