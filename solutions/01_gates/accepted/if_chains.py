"""Truth tables written out as if-chains, and dictionaries; a loop with an index for the sum."""
import math

AND_WEIGHTS = (1.0, 2.0, -2.5)
NAND_WEIGHTS = (-3.0, -2.0, 4.0)
OR_WEIGHTS = (4.0, 3.0, -2.0)
NOR_WEIGHTS = (-1.0, -2.0, 0.5)


def perceptron(x, w, b):
    s = 0
    for i in range(len(x)):
        s = s + w[i] * x[i]
    s = s + b
    if s > 0:
        y = 1
    elif s <= 0:
        y = 0
    return y


def AND(x1, x2):
    if x1 == 1 and x2 == 1:
        return 1
    return 0


def NAND(x1, x2):
    if x1 == 1 and x2 == 1:
        return 0
    else:
        return 1


def OR(x1, x2):
    if x1 == 0 and x2 == 0:
        return 0
    elif x1 == 0 and x2 == 1:
        return 1
    elif x1 == 1 and x2 == 0:
        return 1
    elif x1 == 1 and x2 == 1:
        return 1


def NOR(x1, x2):
    return {(0, 0): 1, (0, 1): 0, (1, 0): 0, (1, 1): 0}[(x1, x2)]


def NOT(x):
    return {0: 1, 1: 0}[x]


def XOR(x1, x2):
    if x1 == x2:
        return 0
    return 1


def XOR_NAND(x1, x2):
    left = NAND(x1, NAND(x1, x2))
    right = NAND(NAND(x1, x2), x2)
    return NAND(left, right)


def XOR_NOR(x1, x2):
    nx1 = NOR(x1, x1)
    nx2 = NOR(x2, x2)
    both = NOR(nx1, nx2)
    none = NOR(x1, x2)
    return NOR(both, none)


def neuron(x, w, b):
    s = b
    for i in range(len(x)):
        s += w[i] * x[i]
    if s >= 0:
        return 1 / (1 + math.exp(-s))
    return math.exp(s) / (1 + math.exp(s))
