# 한글 이름과 탭, 파일 맨 앞의 BOM
import matplotlib.pyplot as plt
import numpy as np

아주작은수 = 1e-10


def mean_squared_error(예측, 정답):
	차이 = 예측 - 정답
	return np.sum(차이 ** 2) / np.size(차이)


def binary_cross_entropy(예측, 정답):
	예측 = np.clip(예측, 아주작은수, 1 - 아주작은수)
	손실 = np.where(정답 == 1, -np.log(예측), -np.log(1 - 예측))
	return np.mean(손실)


def cross_entropy_error(예측, 정답):
	예측 = np.clip(예측, 아주작은수, 1.0)
	if 정답.ndim < 예측.ndim:
		정답 = np.eye(예측.shape[-1])[정답]
	손실 = -np.sum(정답 * np.log(예측), axis=-1)
	return np.mean(손실)


def 예측하기(가중치, 입력):
	return 가중치 * 입력


def 비용(가중치, 입력, 정답):
	return mean_squared_error(예측하기(가중치, 입력), 정답)


def linear_regression_step(가중치, 입력, 정답, 학습률):
	작은값 = 1e-4
	기울기 = (비용(가중치 + 작은값, 입력, 정답) - 비용(가중치 - 작은값, 입력, 정답)) / (2 * 작은값)
	return np.array([가중치 - 학습률 * 기울기, 비용(가중치, 입력, 정답), 기울기])


def linear_regression(입력, 정답, 가중치, 학습률, 횟수):
	기록 = np.zeros((횟수, 3))
	for 번호 in range(횟수):
		기록[번호] = linear_regression_step(가중치, 입력, 정답, 학습률)
		가중치 = 기록[번호, 0]
	return 기록


def plot_fit(입력, 정답, 기록):
	그림, 축 = plt.subplots()
	축.plot(입력, 정답, "ko", label="데이터")
	for 번호 in range(0, len(기록), 5):
		축.plot(입력, 예측하기(기록[번호][0], 입력), label=f"{번호}번째")
	축.legend()
	return 그림


def collapse(W1, b1, W2, b2):
	단위행렬 = np.eye(len(W1))
	편향 = b1 @ W2 + b2
	return (단위행렬 @ W1 + b1) @ W2 + b2 - 편향, 편향


def 시그모이드(입력):
	return 1 / (1 + np.exp(-입력))


def fit_parabola(입력, 정답, 은닉, 횟수, 학습률, 난수):
	W1 = 난수.standard_normal((1, 은닉))
	b1 = np.zeros(은닉)
	W2 = 난수.standard_normal((은닉, 1))
	b2 = np.zeros(1)
	for _ in range(횟수):
		은닉값 = 시그모이드(입력 @ W1 + b1)
		오차 = 2 * (은닉값 @ W2 + b2 - 정답) / len(입력)
		은닉오차 = 오차 @ W2.T * 은닉값 * (1 - 은닉값)
		W2 = W2 - 학습률 * 은닉값.T @ 오차
		b2 = b2 - 학습률 * 오차.sum(0)
		W1 = W1 - 학습률 * 입력.T @ 은닉오차
		b1 = b1 - 학습률 * 은닉오차.sum(0)
	return 시그모이드(입력 @ W1 + b1) @ W2 + b2


def output_and_loss(문제):
	출력층 = {"regression": "identity", "binary": "sigmoid"}.get(문제, "softmax")
	손실 = {"identity": "mse", "sigmoid": "bce", "softmax": "ce"}[출력층]
	return 출력층, 손실
