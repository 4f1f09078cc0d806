"""`from numpy import *`, which shadows sum, abs, max and friends."""
from numpy import *

AND_WEIGHTS = array([0.5, 0.5, -0.75])
NAND_WEIGHTS = array([-0.5, -0.5, 0.75])
OR_WEIGHTS = array([0.5, 0.5, -0.25])
NOR_WEIGHTS = array([-0.5, -0.5, 0.25])


def perceptron(x, w, b):
    return heaviside(sum(x * w) + b, 0)


def AND(x1, x2):
    return perceptron(array([x1, x2]), AND_WEIGHTS[:2], AND_WEIGHTS[2])


def NAND(x1, x2):
    return perceptron(array([x1, x2]), NAND_WEIGHTS[:2], NAND_WEIGHTS[2])


def OR(x1, x2):
    return perceptron(array([x1, x2]), OR_WEIGHTS[:2], OR_WEIGHTS[2])


def NOR(x1, x2):
    return perceptron(array([x1, x2]), NOR_WEIGHTS[:2], NOR_WEIGHTS[2])


def NOT(x):
    return NOR(x, x)


def XOR(x1, x2):
    return AND(OR(x1, x2), NAND(x1, x2))


def XOR_NAND(x1, x2):
    return NAND(NAND(x1, NAND(x1, x2)), NAND(x2, NAND(x2, x1)))


def XOR_NOR(x1, x2):
    p = NOR(x1, x2)
    q = NOR(NOR(x1, p), NOR(p, x2))
    return NOR(q, q)


def neuron(x, w, b):
    return 1 / (1 + e ** -(sum(x * w) + b))
