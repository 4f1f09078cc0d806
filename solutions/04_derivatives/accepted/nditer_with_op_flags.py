# -*- coding: utf-8 -*-
# 강의 방식: while not it.finished, 다변수 함수는 W 하나로 받는다
import numpy as np


def simple_derivative(f, var):
    delta = 1e-5  # 극한 구현
    diff_val = ( f(var+delta) - f(var-delta) ) / (2*delta)
    return diff_val


def numerical_derivative(f, x):
    x = x.astype(np.float64)
    delta_x = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index', 'zerosize_ok'], op_flags=['readwrite'])
    while not it.finished:
        idx = it.multi_index
        tmp_val = x[idx]
        x[idx] = float(tmp_val) + delta_x
        fx1 = f(x)  # f(x+delta_x)
        x[idx] = float(tmp_val) - delta_x
        fx2 = f(x)  # f(x-delta_x)
        grad[idx] = (fx1 - fx2) / (2*delta_x)
        x[idx] = tmp_val
        it.iternext()
    return grad


def numerical_derivative_debug(f, x):
    delta_x = 1e-4
    grad = np.zeros_like(x)
    print("debug 1. initial input variable =", x)
    print("debug 2. initial grad =", grad)
    print("=======================================")
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        idx = it.multi_index
        print("debug 3. idx = ", idx, ", x[idx] = ", x[idx])
        tmp_val = x[idx]
        x[idx] = float(tmp_val) + delta_x
        fx1 = f(x)
        x[idx] = tmp_val - delta_x
        fx2 = f(x)
        grad[idx] = (fx1 - fx2) / (2*delta_x)
        print("debug 4. grad[idx] = ", grad[idx])
        print("debug 5. grad = ", grad)
        print("=======================================")
        x[idx] = tmp_val
        it.iternext()
    return grad


def func2(W):
    x = W[0]
    y = W[1]
    return ( 2*x + 3*x*y + np.power(y,3) )


def problem3():
    f = lambda W : func2(W)
    return numerical_derivative( f, np.array([1.0, 2.0]) )


def func3(W):
    w = W[0,0]; x = W[0,1]; y = W[1,0]; z = W[1,1]
    return w*x + x*y*z + 3*w + z*np.power(y,2)


def problem4():
    return numerical_derivative( lambda W : func3(W), np.array([[1.0, 2.0], [3.0, 4.0]]) )


def lecture_derivative(f, var):
    delta = 1e-5
    diff_val = np.zeros(var.shape)
    for index in range(len(var)):
        target_var = float(var[index])
        var[index] = target_var + delta
        plus = f(var)
        var[index] = target_var - delta
        minus = f(var)
        diff_val[index] = (plus - minus) / (2*delta)
        var[index] = target_var
    return diff_val


def derivative_of_int_input():
    return lecture_derivative(lambda W : float(W[0])**2, np.array([3]))


def derivative_of_float_input():
    return lecture_derivative(lambda W : float(W[0])**2, np.array([3.0]))


WHY_INT_INPUT = "정수 배열이라 3.00001이 3으로, 2.99999가 2로 잘려서 (9-4)/(2*1e-5) = 250000이 됩니다."


def chain_rule_derivative(x):
    t = 3 * np.power(x, 2)
    return np.exp(t) * (6 * x)


if __name__ == "__main__":
    ret = numerical_derivative_debug(lambda W : W[0]**2, np.array([3.0]))
    print('type(ret) = ', type(ret), ', ret_val = ', ret)
