import numpy as np


def simple_derivative(f, x):
    delta = 1e-5
    return (f(x + delta) - f(x - delta)) / (2 * delta)


def numerical_derivative(f, x):
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


def numerical_derivative_debug(f, x):
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


def problem3():

    def f(p):
        x, y = p
        return 2 * x + 3 * x * y + y**3

    return numerical_derivative(np.array([1.0, 2.0]), f)


def problem4():

    def f(p):
        (w, x), (y, z) = p
        return w * x + x * y * z + 3 * w + z * y**2

    return numerical_derivative(f, np.array([[1.0, 2.0], [3.0, 4.0]]))


def derivative_of_int_input():

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


def derivative_of_float_input():
    return numerical_derivative(lambda x: x[0] ** 2, np.array([3.0]))


# Why do the two results differ? Write your answer here, in English or Korean; a person reads it.
# 두 결과가 왜 다른지 설명을 여기에 적으세요. 한국어나 영어로 쓰면 사람이 읽고 채점합니다.
WHY_INT_INPUT = """
정수 배열에는 정수만 들어간다. 3 + δ = 3.00001을 써넣으면 소수점 아래가 잘려 3이 되고, 3 - δ = 2.99999는 2가 된다.
그래서 f에 실제로 들어가는 값은 3과 2이고, 분자는 9 - 4 = 5이다.
그런데 분모는 여전히 2δ = 0.00002라서 몫이 250000이 된다.
실수 배열에서는 3.00001과 2.99999가 그대로 들어가므로 6이 나온다.
"""


def chain_rule_derivative(x):
    return 6 * x * np.exp(3 * x**2)
