# The mistake: 0 and 1 are exchanged: AND becomes NAND, OR becomes NOR.
import numpy as np

AND_WEIGHTS = (0.5, 0.5, -0.7)
NAND_WEIGHTS = (-0.5, -0.5, 0.7)
OR_WEIGHTS = (0.5, 0.5, -0.2)
NOR_WEIGHTS = (-0.5, -0.5, 0.2)


def perceptron(x, w, b):
    return int(np.dot(w, x) + b > 0)


def gate(weights, x1, x2):
    return perceptron(np.array([x1, x2]), np.array(weights[:2]), weights[2])


def AND(x1, x2):
    if gate(AND_WEIGHTS, x1, x2) > 0:
        return 0
    else:
        return 1


def NAND(x1, x2):
    return gate(NAND_WEIGHTS, x1, x2)


def OR(x1, x2):
    if gate(OR_WEIGHTS, x1, x2) > 0:
        return 0
    else:
        return 1


def NOR(x1, x2):
    return gate(NOR_WEIGHTS, x1, x2)


def NOT(x):
    return 1 - x


def XOR(x1, x2):
    return x1 ^ x2


def XOR_NAND(x1, x2):
    n = NAND(x1, x2)
    return NAND(NAND(x1, n), NAND(n, x2))


def XOR_NOR(x1, x2):
    n = NOR(x1, x2)
    same = NOR(NOR(x1, n), NOR(n, x2))
    return NOR(same, same)


def neuron(x, w, b):
    z = np.dot(w, x) + b
    return 1 / (1 + np.exp(-z))
