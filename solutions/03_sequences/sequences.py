"""A network is a recurrence: general terms, recurrences, two sequences at once, and the outputs of all layers.

신경망은 점화식이다: 일반항, 점화식, 연립 점화식, 그리고 모든 층의 출력.

Sequences begin with number 1, as in the lecture: the first term is a_1.
수열은 강의에서처럼 1번부터 시작한다. 첫째항이 a_1이다.
"""

import numpy as np


def general_term(n):
    """Return the n-th term of 2, 4, 6, 8, ...

    수열 2, 4, 6, 8, ...의 n번째 항을 돌려준다.

    n: int, 1 or more.
    """
    ### BEGIN SOLUTION
    return 2 * n
    ### END SOLUTION


def odd_term(n):
    """Return the n-th term of 1, 3, 5, 7, ...

    수열 1, 3, 5, 7, ...의 n번째 항을 돌려준다.

    n: int, 1 or more.
    """
    ### BEGIN SOLUTION
    return 2 * n - 1
    ### END SOLUTION


def factorial(n):
    """Return n!, exactly, by the recurrence a_1 = 1, a_{n+1} = (n+1) a_n; n = 1000 must work too.

    점화식 a_1 = 1, a_{n+1} = (n+1) a_n으로 n!을 정확히 구해 돌려준다. n = 1000도 되어야 한다.

    n: int. Raises ValueError if n is less than 1. (n이 1보다 작으면 ValueError를 일으킨다.)
    """
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("n must be 1 or more")
    a = 1
    for k in range(1, n):
        a = (k + 1) * a
    return a
    ### END SOLUTION


def arithmetic_recurrence(a1, d, n):
    """Return a_n of the sequence that begins with a1 and grows by d: a_{n+1} = a_n + d.

    첫째항이 a1이고 항마다 d씩 커지는 수열(a_{n+1} = a_n + d)의 a_n을 돌려준다.

    a1, d: numbers (int or float). n: int, 1 or more.
    """
    ### BEGIN SOLUTION
    a = a1
    for _ in range(n - 1):
        a = a + d
    return a
    ### END SOLUTION


def simultaneous(n):
    """Return (a_n, b_n) of a_{n+1} = a_n + 2 b_n + 2, b_{n+1} = 2 a_n + 3 b_n + 1, a_1 = b_1 = 1.

    연립 점화식 a_{n+1} = a_n + 2 b_n + 2, b_{n+1} = 2 a_n + 3 b_n + 1, a_1 = b_1 = 1의 (a_n, b_n)을 돌려준다.

    n: int, from 1 to 20.
    """
    ### BEGIN SOLUTION
    a, b = 1, 1
    for _ in range(n - 1):
        a, b = a + 2 * b + 2, 2 * a + 3 * b + 1
    return a, b
    ### END SOLUTION


def layer_outputs(x, weights, biases):
    """Return the outputs of all layers, layer by layer. Every layer computes sigmoid(x @ W + b).

    모든 층의 출력을 층 순서대로 돌려준다. 층마다 sigmoid(x @ W + b)를 계산한다.

    x: array of shape (inputs,). weights, biases: lists of equal length, one W and one b per layer;
    W: array of shape (inputs of the layer, outputs of the layer), b: array of shape (outputs of the layer,).
    Returns a list with one array per layer, layer 1 first; x itself is not in it.
    (층마다 배열이 하나씩 든 리스트를 돌려준다. 첫 번째가 1층의 출력이고 x는 들어가지 않는다.)
    """
    ### BEGIN SOLUTION
    outputs = []
    a = x
    for W, b in zip(weights, biases, strict=True):
        a = 1 / (1 + np.exp(-(a @ W + b)))
        outputs.append(a)
    return outputs
    ### END SOLUTION
