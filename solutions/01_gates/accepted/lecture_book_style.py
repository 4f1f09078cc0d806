# coding: utf-8
"""The style of the well-known book: arrays and if/else inside every gate, a demo at the bottom."""
import numpy as np
import matplotlib.pyplot as plt


def perceptron(x, w, b):
    tmp = np.sum(w*x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


AND_WEIGHTS = (0.5, 0.5, -0.7)
NAND_WEIGHTS = (-0.5, -0.5, 0.7)
OR_WEIGHTS = (0.5, 0.5, -0.2)
NOR_WEIGHTS = (-0.5, -0.5, 0.2)


def AND(x1, x2):
    x = np.array([x1, x2])
    w = np.array([0.5, 0.5])
    b = -0.7
    tmp = np.sum(w*x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def NAND(x1, x2):
    x = np.array([x1, x2])
    w = np.array([-0.5, -0.5])
    b = 0.7
    tmp = np.sum(w*x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def OR(x1, x2):
    x = np.array([x1, x2])
    w = np.array([0.5, 0.5])
    b = -0.2
    tmp = np.sum(w*x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def NOR(x1, x2):
    x = np.array([x1, x2])
    w = np.array([-0.5, -0.5])
    b = 0.2
    tmp = np.sum(w*x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def NOT(x):
    if x == 0:
        return 1
    else:
        return 0


def XOR(x1, x2):
    s1 = NAND(x1, x2)
    s2 = OR(x1, x2)
    y = AND(s1, s2)
    return y


def XOR_NAND(x1, x2):
    s1 = NAND(x1, x2)
    s2 = NAND(x1, s1)
    s3 = NAND(x2, s1)
    return NAND(s2, s3)


def XOR_NOR(x1, x2):
    s1 = NOR(x1, x2)
    s2 = NOR(x1, s1)
    s3 = NOR(x2, s1)
    s4 = NOR(s2, s3)
    return NOR(s4, s4)


def neuron(x, w, b):
    z = np.sum(w*x) + b
    return 1 / (1 + np.exp(-z))


if __name__ == '__main__':
    for xs in [(0, 0), (1, 0), (0, 1), (1, 1)]:
        y = XOR(xs[0], xs[1])
        print(str(xs) + " -> " + str(y))
