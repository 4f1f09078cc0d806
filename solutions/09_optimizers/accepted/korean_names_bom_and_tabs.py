# 한글 이름, 탭 들여쓰기, 맨 앞의 BOM
import numpy as np
import matplotlib.pyplot as plt


def 수치미분(함수, 점):
	기울기 = np.zeros(점.shape)
	순회 = np.nditer(점, flags=["multi_index"])
	for _ in 순회:
		자리 = 순회.multi_index
		앞, 뒤 = 점.copy(), 점.copy()
		앞[자리] += 1e-4
		뒤[자리] -= 1e-4
		기울기[자리] = (함수(앞) - 함수(뒤)) / (2 * 1e-4)
	return 기울기


def gradient_descent(함수, 출발점, 학습률=0.01, 걸음수=100):
	점 = np.array(출발점, dtype=np.float64)
	남은걸음 = 걸음수
	while 남은걸음 > 0:
		점 = 점 - 학습률 * 수치미분(함수, 점)
		남은걸음 -= 1
	return 점


class 옵티마이저:
	"""다섯 클래스가 함께 쓰는 뼈대: 이름마다 상태를 하나씩 둔다."""

	def __init__(self, 학습률):
		self.학습률 = 학습률
		self.걸음 = 0
		self.상태 = {}

	def update(self, 매개변수, 기울기):
		self.걸음 += 1
		for 이름, 값 in 매개변수.items():
			if 이름 not in self.상태:
				self.상태[이름] = {"가": np.zeros_like(값), "나": np.zeros_like(값)}
			값 += self.이동(self.상태[이름], 기울기[이름])


class SGD(옵티마이저):
	def __init__(self, lr=0.01):
		super().__init__(lr)

	def 이동(self, 상태, 기울기):
		return -self.학습률 * 기울기


class Momentum(옵티마이저):
	def __init__(self, lr=0.01, momentum=0.9):
		super().__init__(lr)
		self.관성 = momentum

	def 이동(self, 상태, 기울기):
		상태["가"] = self.관성 * 상태["가"] + self.학습률 * 기울기
		return -상태["가"]


class AdaGrad(옵티마이저):
	def __init__(self, lr=0.01):
		super().__init__(lr)

	def 이동(self, 상태, 기울기):
		상태["가"] = 상태["가"] + np.square(기울기)
		return -self.학습률 * 기울기 / (np.sqrt(상태["가"]) + 1e-10)


class RMSProp(옵티마이저):
	def __init__(self, lr=0.01, decay_rate=0.99):
		super().__init__(lr)
		self.감쇠율 = decay_rate

	def 이동(self, 상태, 기울기):
		상태["가"] += (1 - self.감쇠율) * (기울기 * 기울기 - 상태["가"])
		return -self.학습률 * 기울기 / np.sqrt(상태["가"] + 1e-8)


class Adam(옵티마이저):
	def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
		super().__init__(lr)
		self.베타1, self.베타2 = beta1, beta2

	def 이동(self, 상태, 기울기):
		상태["가"] = self.베타1 * 상태["가"] + (1 - self.베타1) * 기울기
		상태["나"] = self.베타2 * 상태["나"] + (1 - self.베타2) * 기울기**2
		분자 = 상태["가"] / (1 - self.베타1**self.걸음)
		분모 = np.sqrt(상태["나"] / (1 - self.베타2**self.걸음)) + 1e-8
		return -self.학습률 * 분자 / 분모


def trajectory(옵티마이저객체, 출발, 걸음수):
	점 = 출발.astype(float)  # 복사본
	지나온점 = np.empty((걸음수 + 1, 2))
	지나온점[0] = 점
	for 번째 in range(1, 걸음수 + 1):
		옵티마이저객체.update({"점": 점}, {"점": np.array([점[0] / 10, 점[1] * 2])})
		지나온점[번째] = 점
	return 지나온점


def plot_trajectories():
	그림, 축 = plt.subplots()
	가로, 세로 = np.meshgrid(np.linspace(-8, 8, 100), np.linspace(-3, 3, 100))
	선 = 축.contour(가로, 세로, 가로**2 / 20 + 세로**2)
	축.clabel(선)
	목록 = {"확률적 경사 하강법": SGD(0.95), "모멘텀": Momentum(0.1), "AdaGrad": AdaGrad(1.5), "RMSProp": RMSProp(0.1), "Adam": Adam(0.3)}
	for 이름, 것 in 목록.items():
		길 = trajectory(것, np.array([-7.0, 2.0]), 30)
		축.plot(길.T[0], 길.T[1], label=이름)
	축.legend()
	return 그림
