"""An output layer: what a network makes of its last sums, and a softmax that does not overflow.

출력층: 신경망이 마지막 합으로 하는 일, 그리고 오버플로가 나지 않는 소프트맥스.

a is an array with the sums of the output layer: shape (classes,), or (samples, classes) for a batch.
a는 출력층의 합을 모은 배열이다. 모양은 (클래스 수,), 배치이면 (표본 수, 클래스 수).
"""

import numpy as np


def identity_function(a):
    """Return a unchanged.

    a를 그대로 돌려준다.

    a: array of any shape.
    """
    ### BEGIN SOLUTION
    return a
    ### END SOLUTION


def softmax(a):
    """Return e^a over the sum of e^a along the last axis, without an overflow even for a = [1010, 1000, 990].

    e^a를 마지막 축으로 더한 합으로 나누어 돌려준다. a = [1010, 1000, 990]에서도 오버플로가 나지 않아야 한다.

    a: array of shape (classes,), one sample, or (samples, classes), a batch.
    Returns an array of the same shape; every row sums to 1.
    """
    ### BEGIN SOLUTION
    largest = np.max(a, axis=-1, keepdims=True)
    exp_a = np.exp(a - largest)  # the largest exponent is 0
    return exp_a / np.sum(exp_a, axis=-1, keepdims=True)
    ### END SOLUTION


def softmax_naive(a):
    """Return e^a over the sum of e^a, just as the formula stands: it overflows on purpose.

    공식 그대로 e^a를 e^a의 합으로 나누어 돌려준다. 일부러 오버플로가 나게 둔다.

    a: array of shape (classes,).
    Returns an array of the same shape; for [1010, 1000, 990] all three entries are nan.
    """
    ### BEGIN SOLUTION
    return np.exp(a) / np.sum(np.exp(a))
    ### END SOLUTION


def predict_class(a):
    """Return the number of the class with the largest sum, counted from 0. No softmax is needed.

    합이 가장 큰 클래스의 번호를 0부터 세어 돌려준다. 소프트맥스는 필요 없다.

    a: array of shape (classes,) or (samples, classes).
    Returns an integer for one sample, an array of shape (samples,) for a batch.
    """
    ### BEGIN SOLUTION
    return np.argmax(a, axis=-1)
    ### END SOLUTION


def binary_decision(a):
    """Return 1 where sigmoid(a) is at least 0.5, else 0, as integers.

    sigmoid(a)가 0.5 이상인 곳은 1, 아니면 0을 정수로 돌려준다.

    a: array of any shape, a single number (0-d) included.
    """
    ### BEGIN SOLUTION
    return np.where(a >= 0, 1, 0)
    ### END SOLUTION
