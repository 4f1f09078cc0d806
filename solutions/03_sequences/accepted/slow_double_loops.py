import math


def general_term(n):
    terms = []
    for k in range(1, n + 1):
        terms.append(0)
        for _ in range(k):
            terms[-1] = terms[-1] + 2
    return terms[n - 1]


def odd_term(n):
    k = 0
    found = 0
    while found < n:
        k = k + 1
        if k % 2 == 1:
            found = found + 1
    return k


def factorial(n):
    if n < 1:
        raise ValueError()
    a = 1
    for k in range(2, n + 1):
        total = 0
        for _ in range(k):
            total = total + a
        a = total
    return a


def arithmetic_recurrence(a1, d, n):
    if n == 1:
        return a1
    return arithmetic_recurrence(a1, d, n - 1) + d


def simultaneous(n):
    def a(n):
        return 1 if n == 1 else a(n - 1) + 2 * b(n - 1) + 2

    def b(n):
        return 1 if n == 1 else 2 * a(n - 1) + 3 * b(n - 1) + 1

    return (a(n), b(n))


def layer_outputs(x, weights, biases):
    layers = []
    signal = [float(v) for v in x]
    for W, b in zip(weights, biases):
        out = []
        for j in range(len(b)):
            z = b[j]
            for i in range(len(signal)):
                z = z + signal[i] * W[i][j]
            out.append(1 / (1 + math.exp(-z)))
        layers.append(out)
        signal = out
    return layers
