# 라이브러리를 쓴 풀이
from math import *
import math
from numpy import *


def general_term(n):
    return n + n


def odd_term(n):
    return n + n - 1


def factorial(n):
    if n < 1: raise ValueError('n은 1 이상이어야 합니다')
    return math.factorial(n)


def arithmetic_recurrence(a1, d, n):
    return a1 + (n - 1) * d


def simultaneous(n):
    v = array([1, 1])
    for i in range(n - 1):
        v = array([[1, 2], [2, 3]]) @ v + array([2, 1])
    return v


def layer_outputs(x, weights, biases):
    result = []
    for i in range(len(weights)):
        x = 1 / (1 + e ** -(dot(x, weights[i]) + biases[i]))
        result += [x]
    return tuple(result)
