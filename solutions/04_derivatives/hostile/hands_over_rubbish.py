import numpy as np


def simple_derivative(f, x):
    for thing in (None, "2", [x], 10**400, float("inf"), float("nan"), True, 1j, np.array([x, x]), f):
        f(thing)
    return [[1.0], "2", {3: f}]


def numerical_derivative(f, x):
    for thing in (None, "x", [x], [[1.0], [2.0, 3.0]], {"x": x}, 10**400, float("nan"), x > 0, x.astype(complex),
                  x.astype(str), np.zeros((1,) * 20), np.full(x.shape, np.nan), object(), f, (x, x)):
        try:
            f(thing)
        except Exception:
            pass
    f(x, x)
    f()
    return f(x=x)


def numerical_derivative_debug(f, x):
    print("debug 999999999999. x", "debug 3. idx = (0, 10**9), x[idx] = nan", "debug 3. idx = (((,), x[idx] = 1e999")
    print("debug 1. initial input variable = " + "[" * 9000 + "1e99999" * 500)
    return np.array([np.zeros(x.shape)])


def problem3():
    numerical_derivative("f", None)
    return 10**400, None, [3]


def problem4():
    return {"w": numerical_derivative}


def derivative_of_int_input():
    return [10**400]


def derivative_of_float_input():
    return np.array(["6.0"]), [6.0, [6.0]]


# Why do the two results differ? Write your answer here, in English or Korean; a person reads it.
# 두 결과가 왜 다른지 설명을 여기에 적으세요. 한국어나 영어로 쓰면 사람이 읽고 채점합니다.
WHY_INT_INPUT = ["<script>", 6]


def chain_rule_derivative(x):
    return [[x], 10**400, "120.5", lambda: x]


