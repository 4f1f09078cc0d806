"""Numerical differentiation: how much does f change when one number of its input changes a little?

수치 미분: 입력의 수 하나를 아주 조금 바꾸면 f는 얼마나 변하는가?

f is always a function that takes x (or an array like x) and returns one number.
f는 언제나 x(또는 x와 같은 모양의 배열)를 받아 수 하나를 돌려주는 함수다.
"""

import numpy as np


def simple_derivative(f, x):
    """Return the derivative of f at x by the central difference, with a small δ (1e-7 to 1e-3).

    중심 차분으로 구한 x에서의 f의 미분값을 돌려준다. δ는 1e-7과 1e-3 사이의 작은 수.

    f: function of one number. x: a number (float, int, or 0-d array).
    """
    raise NotImplementedError("simple_derivative")


def numerical_derivative(f, x):
    """Return the partial derivatives of f at x, one for each element, found with an iterator.

    이터레이터로 원소를 하나씩 짚어 가며 x의 원소마다 구한 f의 편미분 값을 돌려준다.

    f: function of an array of the shape of x; it returns one number.
    x: array of any shape: (), (n,), (n, m), ..., empty ones too; float64, float32 or integers. It stays as it was.
    Returns a float64 array of the shape of x.
    """
    raise NotImplementedError("numerical_derivative")


def numerical_derivative_debug(f, x):
    """Do what numerical_derivative does, and print the five debug lines of the handout; 3 to 5 for each element.

    numerical_derivative와 같은 일을 하면서 교재의 debug 문장 다섯 줄을 출력한다. 3~5번은 원소마다.

    f: function of an array of the shape of x; it returns one number. x: float64 array of any shape.
    Returns a float64 array of the shape of x.
    """
    raise NotImplementedError("numerical_derivative_debug")


def problem3():
    """Return the partial derivatives of f(x, y) = 2x + 3xy + y³ at (1.0, 2.0), by numerical_derivative.

    f(x, y) = 2x + 3xy + y³의 (1.0, 2.0)에서의 편미분 값 두 개를 numerical_derivative로 구해 돌려준다.

    Returns an array of shape (2,).
    """

    raise NotImplementedError("problem3")


def problem4():
    """Return the partial derivatives of f(w, x, y, z) = wx + xyz + 3w + zy² at [[1, 2], [3, 4]] = [[w, x], [y, z]].

    f(w, x, y, z) = wx + xyz + 3w + zy²의 [[w, x], [y, z]] = [[1, 2], [3, 4]]에서의 편미분 값을
    numerical_derivative로 구해 돌려준다.

    Returns an array of shape (2, 2).
    """

    raise NotImplementedError("problem4")


def derivative_of_int_input():
    """Return what comes out for f(x) = x² at the integer array [3], δ = 1e-5, if the code writes into that array.

    정수 배열 [3]에 그대로 값을 써넣는 수치 미분 코드로 f(x) = x²을 미분하면 나오는 값을 돌려준다. δ = 1e-5.

    Use a version that writes 3 + δ and 3 - δ into its argument, as the lecture does.
    Returns an array of shape (1,) or a number.
    """

    raise NotImplementedError("derivative_of_int_input")


def derivative_of_float_input():
    """Return what comes out for f(x) = x² at the float array [3.0], δ = 1e-5.

    실수 배열 [3.0]에서 f(x) = x²을 수치 미분한 값을 돌려준다. δ = 1e-5.

    Returns an array of shape (1,) or a number.
    """
    raise NotImplementedError("derivative_of_float_input")


# Why do the two results differ? Write your answer here, in English or Korean; a person reads it.
# 두 결과가 왜 다른지 설명을 여기에 적으세요. 한국어나 영어로 쓰면 사람이 읽고 채점합니다.
WHY_INT_INPUT = ""


def chain_rule_derivative(x):
    """Return the derivative of e^(3x²), by the formula that the chain rule gives.

    e^(3x²)을 체인 룰로 미분한 식의 값을 돌려준다.

    x: array of any shape, a single number (0-d) too. Returns the same shape.
    """
    raise NotImplementedError("chain_rule_derivative")
