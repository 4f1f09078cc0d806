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
    ### BEGIN SOLUTION
    delta = 1e-5
    return (f(x + delta) - f(x - delta)) / (2 * delta)
    ### END SOLUTION


def numerical_derivative(f, x):
    """Return the partial derivatives of f at x, one for each element, found with an iterator.

    이터레이터로 원소를 하나씩 짚어 가며 x의 원소마다 구한 f의 편미분 값을 돌려준다.

    f: function of an array of the shape of x; it returns one number.
    x: array of any shape: (), (n,), (n, m), ..., empty ones too; float64, float32 or integers. It stays as it was.
    Returns a float64 array of the shape of x.
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)  # a copy: the caller's array is safe, and integers become floats
    grad = np.zeros_like(x)
    delta = 1e-5
    for idx in np.ndindex(x.shape):
        value = x[idx]
        x[idx] = value + delta
        above = f(x)
        x[idx] = value - delta
        below = f(x)
        x[idx] = value
        grad[idx] = (above - below) / (2 * delta)
    return grad
    ### END SOLUTION


def numerical_derivative_debug(f, x):
    """Do what numerical_derivative does, and print the five debug lines of the handout; 3 to 5 for each element.

    numerical_derivative와 같은 일을 하면서 교재의 debug 문장 다섯 줄을 출력한다. 3~5번은 원소마다.

    f: function of an array of the shape of x; it returns one number. x: float64 array of any shape.
    Returns a float64 array of the shape of x.
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    delta = 1e-5
    print(f"debug 1. initial input variable = {x}")
    print(f"debug 2. initial grad = {grad}")
    for idx in np.ndindex(x.shape):
        value = x[idx]
        print(f"debug 3. idx = {idx}, x[idx] = {value}")
        x[idx] = value + delta
        above = f(x)
        x[idx] = value - delta
        below = f(x)
        x[idx] = value
        grad[idx] = (above - below) / (2 * delta)
        print(f"debug 4. grad[idx] = {grad[idx]}")
        print(f"debug 5. grad = {grad}")
    return grad
    ### END SOLUTION


def problem3():
    """Return the partial derivatives of f(x, y) = 2x + 3xy + y³ at (1.0, 2.0), by numerical_derivative.

    f(x, y) = 2x + 3xy + y³의 (1.0, 2.0)에서의 편미분 값 두 개를 numerical_derivative로 구해 돌려준다.

    Returns an array of shape (2,).
    """

    ### BEGIN SOLUTION
    def f(p):
        x, y = p
        return 2 * x + 3 * x * y + y**3

    return numerical_derivative(f, np.array([1.0, 2.0]))
    ### END SOLUTION


def problem4():
    """Return the partial derivatives of f(w, x, y, z) = wx + xyz + 3w + zy² at [[1, 2], [3, 4]] = [[w, x], [y, z]].

    f(w, x, y, z) = wx + xyz + 3w + zy²의 [[w, x], [y, z]] = [[1, 2], [3, 4]]에서의 편미분 값을
    numerical_derivative로 구해 돌려준다.

    Returns an array of shape (2, 2).
    """

    ### BEGIN SOLUTION
    def f(p):
        (w, x), (y, z) = p
        return w * x + x * y * z + 3 * w + z * y**2

    return numerical_derivative(f, np.array([[1.0, 2.0], [3.0, 4.0]]))
    ### END SOLUTION


def derivative_of_int_input():
    """Return what comes out for f(x) = x² at the integer array [3], δ = 1e-5, if the code writes into that array.

    정수 배열 [3]에 그대로 값을 써넣는 수치 미분 코드로 f(x) = x²을 미분하면 나오는 값을 돌려준다. δ = 1e-5.

    Use a version that writes 3 + δ and 3 - δ into its argument, as the lecture does.
    Returns an array of shape (1,) or a number.
    """

    ### BEGIN SOLUTION
    def derivative_in_place(f, x):
        grad = np.zeros(x.shape)
        delta = 1e-5
        for idx in np.ndindex(x.shape):
            value = x[idx]
            x[idx] = value + delta  # an integer array keeps 3
            above = f(x)
            x[idx] = value - delta  # and here 2
            below = f(x)
            x[idx] = value
            grad[idx] = (above - below) / (2 * delta)
        return grad

    return derivative_in_place(lambda x: x[0] ** 2, np.array([3]))
    ### END SOLUTION


def derivative_of_float_input():
    """Return what comes out for f(x) = x² at the float array [3.0], δ = 1e-5.

    실수 배열 [3.0]에서 f(x) = x²을 수치 미분한 값을 돌려준다. δ = 1e-5.

    Returns an array of shape (1,) or a number.
    """
    ### BEGIN SOLUTION
    return numerical_derivative(lambda x: x[0] ** 2, np.array([3.0]))
    ### END SOLUTION


# Why do the two results differ? Write your answer here, in English or Korean; a person reads it.
# 두 결과가 왜 다른지 설명을 여기에 적으세요. 한국어나 영어로 쓰면 사람이 읽고 채점합니다.
### BEGIN SOLUTION
### STUB WHY_INT_INPUT = ""
WHY_INT_INPUT = """
정수 배열에는 정수만 들어간다. 3 + δ = 3.00001을 써넣으면 소수점 아래가 잘려 3이 되고, 3 - δ = 2.99999는 2가 된다.
그래서 f에 실제로 들어가는 값은 3과 2이고, 분자는 9 - 4 = 5이다.
그런데 분모는 여전히 2δ = 0.00002라서 몫이 250000이 된다.
실수 배열에서는 3.00001과 2.99999가 그대로 들어가므로 6이 나온다.
"""
### END SOLUTION


def chain_rule_derivative(x):
    """Return the derivative of e^(3x²), by the formula that the chain rule gives.

    e^(3x²)을 체인 룰로 미분한 식의 값을 돌려준다.

    x: array of any shape, a single number (0-d) too. Returns the same shape.
    """
    ### BEGIN SOLUTION
    return 6 * x * np.exp(3 * x**2)
    ### END SOLUTION
