"""The thirty checks in the grader's vocabulary: six credited tests, five parts each."""

import numpy as np

from autograder import assert_close, credit


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def five(function, formula, part, rng):
    for number in range(5):
        x = rng.normal(size=(4, 3))
        with part(f"case {number}", f"경우 {number}", points=1):
            assert_close(function(x), formula(x))


@credit(5, task="scale")
def test_scale(student, part, rng):
    """scale doubles

    scale은 두 배로 만든다
    """
    five(student.scale, lambda x: 2 * x, part, rng)


@credit(5, task="square")
def test_square(student, part, rng):
    """square squares

    square는 제곱한다
    """
    five(student.square, lambda x: x * x, part, rng)


@credit(5, task="sigmoid")
def test_sigmoid(student, part, rng):
    """sigmoid squashes

    sigmoid는 0과 1 사이로 누른다
    """
    five(student.sigmoid, lambda x: 1 / (1 + np.exp(-x)), part, rng)


@credit(5, task="relu")
def test_relu(student, part, rng):
    """relu cuts

    relu는 음수를 자른다
    """
    five(student.relu, lambda x: np.maximum(x, 0), part, rng)


@credit(5, task="softmax")
def test_softmax(student, part, rng):
    """softmax normalises

    softmax는 확률로 만든다
    """
    five(student.softmax, softmax, part, rng)


@credit(5, task="affine")
def test_affine(student, part, rng):
    """affine maps

    affine은 선형으로 보낸다
    """
    five(student.affine, lambda x: x @ np.ones((3, 2)) + 1, part, rng)
