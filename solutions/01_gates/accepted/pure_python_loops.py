"""No NumPy at all: loops, zip, math.exp, conditional expressions."""
import math

AND_WEIGHTS = [10, 10, -15]
NAND_WEIGHTS = [-10, -10, 15]
OR_WEIGHTS = [10, 10, -5]
NOR_WEIGHTS = [-10, -10, 5]


def weighted_sum(inputs, weights, bias):
    total = bias
    for value, weight in zip(inputs, weights):
        total += value * weight
    return total


def perceptron(inputs, weights, bias):
    return 1 if weighted_sum(inputs, weights, bias) > 0 else 0


def gate(weights, a, b):
    return perceptron((a, b), weights[:2], weights[2])


def AND(a, b):
    return gate(AND_WEIGHTS, a, b)


def NAND(a, b):
    return gate(NAND_WEIGHTS, a, b)


def OR(a, b):
    return gate(OR_WEIGHTS, a, b)


def NOR(a, b):
    return gate(NOR_WEIGHTS, a, b)


def NOT(a):
    return perceptron((a,), (-1,), 0.5)


def XOR(a, b):
    return OR(AND(a, NOT(b)), AND(NOT(a), b))


def XOR_NAND(a, b):
    return NAND(NAND(a, NAND(a, b)), NAND(b, NAND(a, b)))


def XOR_NOR(a, b):
    return NOR(NOR(NOR(a, a), NOR(b, b)), NOR(a, b))


def neuron(inputs, weights, bias):
    return 1 / (1 + math.exp(-weighted_sum(inputs, weights, bias)))
