"""The constants 0 and 1 as gate inputs, and helpers that take the gate as an argument."""
import numpy as np

AND_WEIGHTS = (7, 7, -10)
NAND_WEIGHTS = (-7, -7, 10)
OR_WEIGHTS = (7, 7, -3)
NOR_WEIGHTS = (-7, -7, 3)


def perceptron(x, w, b):
    return +(np.vdot(w, x) + b > 0).item()


def two_inputs(weights):
    *w, b = weights
    return lambda p, q: perceptron(np.array([p, q]), np.array(w), b)


AND = two_inputs(AND_WEIGHTS)
NAND = two_inputs(NAND_WEIGHTS)
OR = two_inputs(OR_WEIGHTS)
NOR = two_inputs(NOR_WEIGHTS)
NOT = lambda p: NAND(p, 1)
XOR = lambda p, q: AND(NAND(p, q), OR(p, q))


def XOR_NAND(p, q):
    p_off = NAND(p, 1)
    q_off = NAND(q, 1)
    return NAND(NAND(p, q_off), NAND(p_off, q))


def invert(gate, signal):
    return gate(signal, 0)


def XOR_NOR(p, q):
    return invert(NOR, NOR(NOR(p, invert(NOR, q)), NOR(invert(NOR, p), q)))


def neuron(x, w, b):
    sigmoid = np.vectorize(lambda z: 1 / (1 + np.exp(-z)))
    return sigmoid(np.vdot(w, x) + b)
