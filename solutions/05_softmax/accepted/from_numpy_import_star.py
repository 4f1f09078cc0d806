from numpy import *


def identity_function(a):
     return a + 0


def softmax(a):
     b = a - amax(a, axis=-1, keepdims=True)
     b = exp(b)
     return divide(b, b.sum(axis=-1, keepdims=True))


def softmax_naive(a):
     return divide(exp(a), exp(a).sum())


def predict_class(a):
     return argmax(softmax(a), axis=-1).astype(float)


def binary_decision(a):
     return where(softmax(stack([a, zeros(shape(a))], axis=-1))[..., 0] >= 0.5, 1, 0)
