"""Prints everywhere; the output is ignored. The weights are plain lists."""
import numpy as np

print("gates")
AND_WEIGHTS = [0.5, 0.5, -0.6]
NAND_WEIGHTS = [-0.5, -0.5, 0.6]
OR_WEIGHTS = [0.5, 0.5, -0.3]
NOR_WEIGHTS = [-0.5, -0.5, 0.3]


def perceptron(x, w, b):
    z = (np.asarray(x) * np.asarray(w)).sum() + b
    print("x =", x, "w =", w, "b =", b, "z =", z)
    y = int(z > 0)
    print("y =", y)
    return y


def AND(x1, x2):
    y = perceptron([x1, x2], AND_WEIGHTS[0:2], AND_WEIGHTS[2])
    print(f"AND({x1}, {x2}) = {y}")
    return y


def NAND(x1, x2):
    return perceptron([x1, x2], NAND_WEIGHTS[0:2], NAND_WEIGHTS[2])


def OR(x1, x2):
    return perceptron([x1, x2], OR_WEIGHTS[0:2], OR_WEIGHTS[2])


def NOR(x1, x2):
    return perceptron([x1, x2], NOR_WEIGHTS[0:2], NOR_WEIGHTS[2])


def NOT(x):
    print("NOT", x)
    return perceptron([x], [-1], 0.5)


def XOR(x1, x2):
    print("XOR", x1, x2)
    return AND(OR(x1, x2), NAND(x1, x2))


def XOR_NAND(x1, x2):
    print("inputs:", x1, x2)
    a = NAND(x1, x2)
    print("first gate:", a)
    return NAND(NAND(x1, a), NAND(x2, a))


def XOR_NOR(x1, x2):
    a = NOR(x1, x2)
    print("first gate:", a)
    b = NOR(NOR(x1, a), NOR(x2, a))
    return NOR(b, b)


def neuron(x, w, b):
    z = np.dot(x, w) + b
    print("z =", z)
    return 1 / (1 + np.exp(-z))


for x1 in (0, 1):
    for x2 in (0, 1):
        print(x1, x2, XOR(x1, x2), XOR_NAND(x1, x2), XOR_NOR(x1, x2))
