# 활성화 함수 과제
import numpy as np
import matplotlib.pyplot as plt

간격 = 0.1


def step_function(입력):
	"""0보다 크면 1, 아니면 0"""
	참거짓 = 입력 > 0
	return 참거짓.astype(np.int64)


def sigmoid(입력):
	작은수 = np.exp(-np.abs(입력))  # 항상 1 이하
	return np.where(입력 >= 0, 1 / (1 + 작은수), 작은수 / (1 + 작은수))


def relu(입력):
	return 입력 * (입력 > 0)


def tanh(입력):
	return 2 * sigmoid(2 * 입력) - 1


def leaky_relu(입력, 기울기=0.01):
	양수 = 입력 > 0
	return 양수 * 입력 + ~양수 * 기울기 * 입력


def elu(입력, 계수=1.0):
	음수쪽 = np.minimum(입력, 0)
	return np.where(입력 > 0, 입력, 계수 * (np.exp(음수쪽) - 1))


def 가중합(입력, 가중치, 편향):
	return np.dot(입력, 가중치) + 편향


def maxout(입력, 가중치1, 편향1, 가중치2, 편향2):
	첫째 = 가중합(입력, 가중치1, 편향1)
	둘째 = 가중합(입력, 가중치2, 편향2)
	return np.where(첫째 > 둘째, 첫째, 둘째)


def identity_function(입력):
	return 입력


def sigmoid_grad(입력):
	출력 = sigmoid(입력)
	return 출력 * (1 - 출력)


def tanh_grad(입력):
	return 1 - tanh(입력) ** 2


def relu_grad(입력):
	return (입력 > 0).astype(int)


def max_gradient_after(층수):
	return 1 / 4 ** 층수


def 그리기(함수들, 아래, 위):
	x = np.arange(-5.0, 5.0, 간격)
	그림, 축 = plt.subplots(figsize=(6, 4))
	for 함수 in 함수들:
		축.plot(x, 함수(x), label=함수.__name__)
	축.set_title("활성화 함수")
	축.set_xlabel("x")
	축.set_ylabel("y")
	축.set_ylim(아래, 위)
	축.grid(True)
	축.legend()
	return 그림


def plot_step():
	return 그리기([step_function], -0.1, 1.1)


def plot_sigmoid():
	return 그리기([sigmoid], -0.1, 1.1)


def plot_relu():
	return 그리기([relu], -1.0, 5.5)


def plot_comparison():
	return 그리기([sigmoid, step_function], -0.1, 1.1)
