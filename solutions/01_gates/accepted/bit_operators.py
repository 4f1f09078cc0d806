"""Bit operators where the way is not the exercise."""
import numpy as np

AND_WEIGHTS = (0.3, 0.4, -0.5)
NAND_WEIGHTS = (-0.3, -0.4, 0.5)
OR_WEIGHTS = (0.8, 0.9, -0.1)
NOR_WEIGHTS = (-0.8, -0.9, 0.1)

def perceptron(x, w, b): return (np.inner(w, x) + b > 0).astype(np.int8)
def AND(x1, x2): return x1 & x2
def NAND(x1, x2): return (x1 & x2) ^ 1
def OR(x1, x2): return x1 | x2
def NOR(x1, x2): return 1 - (x1 | x2)
def NOT(x): return x ^ 1
def XOR(x1, x2): return x1 ^ x2
def XOR_NAND(x1, x2): n = NAND(x1, x2); return NAND(NAND(x1, n), NAND(n, x2))
def XOR_NOR(x1, x2): return NOR(NOR(x1, x2), NOR(NOR(x1, x1), NOR(x2, x2)))
def neuron(x, w, b): return np.exp(-np.logaddexp(0, -(np.inner(w, x) + b)))
