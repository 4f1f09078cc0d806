"""Neurons that decide: a perceptron, the gates made of it, and XOR, which needs more than one.

결정하는 뉴런: 퍼셉트론과 그것으로 만든 게이트, 그리고 뉴런 하나로는 안 되는 XOR.
"""

import numpy as np


def perceptron(x, w, b):
    """Return 1 if w·x + b > 0, else 0 (exactly 0 gives 0).

    w·x + b가 0보다 크면 1, 아니면 0을 돌려준다. (정확히 0이면 0)

    x: array of shape (n,), or a list of n numbers: the inputs; n may be 1, 2, 3, ...
    w: array of shape (n,), or a list of n numbers: the weights.
    b: a number, the bias.
    """
    ### BEGIN SOLUTION
    return int(np.dot(w, x) + b > 0)
    ### END SOLUTION


# Weights (w1, w2, b) with which ONE perceptron is the gate.
# 퍼셉트론 하나를 그 게이트로 만드는 가중치와 편향 (w1, w2, b).
### BEGIN SOLUTION
AND_WEIGHTS = (0.5, 0.5, -0.7)
NAND_WEIGHTS = (-0.5, -0.5, 0.7)
OR_WEIGHTS = (0.5, 0.5, -0.2)
NOR_WEIGHTS = (-0.5, -0.5, 0.2)
### STUB AND_WEIGHTS = None
### STUB NAND_WEIGHTS = None
### STUB OR_WEIGHTS = None
### STUB NOR_WEIGHTS = None
### END SOLUTION


def AND(x1, x2):
    """Return 1 if both inputs are 1, else 0.

    두 입력이 모두 1일 때만 1을 돌려준다.

    x1, x2: 0 or 1 (int).
    """
    ### BEGIN SOLUTION
    w1, w2, b = AND_WEIGHTS
    return perceptron([x1, x2], [w1, w2], b)
    ### END SOLUTION


def NAND(x1, x2):
    """Return 0 if both inputs are 1, else 1.

    두 입력이 모두 1일 때만 0을 돌려준다.

    x1, x2: 0 or 1 (int).
    """
    ### BEGIN SOLUTION
    w1, w2, b = NAND_WEIGHTS
    return perceptron([x1, x2], [w1, w2], b)
    ### END SOLUTION


def OR(x1, x2):
    """Return 1 if at least one input is 1, else 0.

    입력이 하나라도 1이면 1을 돌려준다.

    x1, x2: 0 or 1 (int).
    """
    ### BEGIN SOLUTION
    w1, w2, b = OR_WEIGHTS
    return perceptron([x1, x2], [w1, w2], b)
    ### END SOLUTION


def NOR(x1, x2):
    """Return 1 if no input is 1, else 0.

    두 입력이 모두 0일 때만 1을 돌려준다.

    x1, x2: 0 or 1 (int).
    """
    ### BEGIN SOLUTION
    w1, w2, b = NOR_WEIGHTS
    return perceptron([x1, x2], [w1, w2], b)
    ### END SOLUTION


def NOT(x):
    """Return 1 for 0 and 0 for 1.

    0이면 1, 1이면 0을 돌려준다.

    x: 0 or 1 (int).
    """
    ### BEGIN SOLUTION
    return perceptron([x], [-1.0], 0.5)
    ### END SOLUTION


def XOR(x1, x2):
    """Return 1 if exactly one input is 1, else 0. Build it in any way you like.

    두 입력 중 하나만 1일 때 1을 돌려준다. 어떤 방법으로 만들어도 좋다.

    x1, x2: 0 or 1 (int).
    """
    ### BEGIN SOLUTION
    return AND(NAND(x1, x2), OR(x1, x2))
    ### END SOLUTION


def XOR_NAND(x1, x2):
    """XOR that calls nothing but NAND: no arithmetic, no if, no other gate.

    NAND만 불러서 만드는 XOR. 계산, if, 다른 게이트는 쓰지 않는다.

    x1, x2: signals; hand them to NAND, directly or through helpers that do.
    """
    ### BEGIN SOLUTION
    both = NAND(x1, x2)
    return NAND(NAND(x1, both), NAND(x2, both))
    ### END SOLUTION


def XOR_NOR(x1, x2):
    """XOR that calls nothing but NOR: no arithmetic, no if, no other gate.

    NOR만 불러서 만드는 XOR. 계산, if, 다른 게이트는 쓰지 않는다.

    x1, x2: signals; hand them to NOR, directly or through helpers that do.
    """
    ### BEGIN SOLUTION
    neither = NOR(x1, x2)
    same = NOR(NOR(x1, neither), NOR(x2, neither))
    return NOR(same, same)
    ### END SOLUTION


def neuron(x, w, b):
    """Return the sigmoid of w·x + b: a number between 0 and 1.

    w·x + b에 시그모이드를 적용한 값을 돌려준다. 0과 1 사이의 수이다.

    x: array of shape (n,), or a list of n numbers: the inputs; n may be 1, 2, 3, ...
    w: array of shape (n,), or a list of n numbers: the weights.
    b: a number, the bias.
    """
    ### BEGIN SOLUTION
    z = np.dot(w, x) + b
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION
