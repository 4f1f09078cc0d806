import numpy as np


def 간격(값):
    return 1e-5 * np.maximum(1.0, np.abs(값))


def simple_derivative(함수, 값):
    d = 간격(float(값))
    return (함수(값 + d) - 함수(값 - d)) / (2 * d)


def numerical_derivative(함수, 입력):
    print("입력:", 입력, "함숫값:", 함수(np.array(입력, dtype=float)))  # 확인용
    배열 = np.array(입력, dtype=float)
    기울기 = np.zeros(배열.shape)
    for 번호 in np.ndindex(배열.shape):
        원래값 = 배열[번호]
        d = 간격(원래값)
        배열[번호] = 원래값 + d
        위 = 함수(배열)
        배열[번호] = 원래값 - d
        아래 = 함수(배열)
        배열[번호] = 원래값
        기울기[번호] = (위 - 아래) / (2 * d)
    return 기울기


def numerical_derivative_debug(함수, 입력):
    배열 = 입력.copy()
    기울기 = np.zeros(배열.shape)
    print(f"debug 1. initial input variable = {배열}")
    print(f"debug 2. initial grad = {기울기}")
    for 번호 in np.ndindex(배열.shape):
        원래값 = 배열[번호]
        print(f"debug 3. idx = {번호}, x[idx] = {원래값}")
        d = 간격(원래값)
        배열[번호] = 원래값 + d
        위 = 함수(배열)
        배열[번호] = 원래값 - d
        아래 = 함수(배열)
        배열[번호] = 원래값
        기울기[번호] = (위 - 아래) / (2 * d)
        print(f"debug 4. grad[idx] = {기울기[번호]}")
        print(f"debug 5. grad = {기울기}")
    return 기울기


def problem3():
    식 = lambda 점: 2 * 점[0] + 3 * 점[0] * 점[1] + 점[1] ** 3
    결과 = numerical_derivative(식, np.array([1.0, 2.0]))
    print("문제 3:", 결과)
    return 결과


def problem4():
    def 식(행렬):
        w, x = 행렬[0]
        y, z = 행렬[1]
        return w * x + x * y * z + 3 * w + z * y**2
    return numerical_derivative(식, np.array([[1.0, 2.0], [3.0, 4.0]]))


def derivative_of_int_input():
    정수배열 = np.array([3])
    d = 1e-5
    정수배열[0] = 3 + d
    위 = 정수배열[0] ** 2
    정수배열[0] = 3 - d
    아래 = 정수배열[0] ** 2
    return (위 - 아래) / (2 * d)


def derivative_of_float_input():
    return numerical_derivative(lambda 점: 점[0] ** 2, np.array([3.0]))


WHY_INT_INPUT = """
정수 배열에 3.00001을 넣으면 3, 2.99999를 넣으면 2가 됩니다. 소수점 아래를 버리기 때문입니다.
그래서 (3² - 2²) / (2 × 0.00001) = 250000입니다.
"""


def chain_rule_derivative(값):
    return np.exp(3 * 값**2) * 6 * 값
