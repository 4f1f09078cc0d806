import numpy as np

memo = {1: 1}
table = [None, (1, 1)]


def general_term(n):
    a = 2
    for _ in range(n - 1):
        a += 2
    return a


def odd_term(n):
    return general_term(n) - 1


def factorial(n):
    if n in memo:
        return memo[n]
    if n < 1:
        raise ValueError(f"{n} is less than 1")
    for k in range(max(memo), n):
        memo[k + 1] = (k + 1) * memo[k]
    return memo[n]


def arithmetic_recurrence(a1, d, n):
    return sum([d] * (n - 1), a1)


def simultaneous(n):
    while len(table) <= n:
        a, b = table[-1]
        new_a = a + 2 * b + 2
        new_b = 2 * a + 3 * b + 1
        table.append((new_a, new_b))
    return table[n]


def one_layer(a, W, b):
    z = W.T @ a + b.reshape(-1, 1)
    return 1 / (1 + np.exp(-z))


def layer_outputs(x, weights, biases):
    a = x.reshape(-1, 1)
    outputs = []
    for W, b in zip(weights, biases):
        a = one_layer(a, W, b)
        outputs.append(a.ravel())
    return outputs
