# 한글 이름, 탭 들여쓰기, 은닉층은 tanh
import numpy as np


def iterations_per_epoch(표본수, 배치크기):
	몫, 나머지 = divmod(표본수, 배치크기)
	if 나머지:
		몫 = 몫 + 1
	return 몫


class 배치들:
	"""for로 한 번 돌 수 있는 객체"""

	def __init__(self, x, t, 크기, 순서):
		self.x, self.t, self.크기, self.순서 = x, t, 크기, 순서
		self.위치 = 0

	def __iter__(self):
		return self

	def __next__(self):
		if self.위치 >= len(self.순서):
			raise StopIteration
		고른것 = self.순서[self.위치:self.위치 + self.크기]
		self.위치 += self.크기
		return [self.x[고른것], self.t[고른것]]


def minibatches(그림, 정답, 배치크기, 난수):
	return 배치들(그림, 정답, 배치크기, np.argsort(난수.random(len(그림))))


def 시그모이드(a):
	return 1.0 / (1.0 + np.exp(-a))


def train_gate(진리표, 학습률, 에폭, 난수):
	w1, w2, b = 난수.normal(), 난수.normal(), 난수.normal()
	for _ in range(에폭):
		for x1, x2, y in 진리표:  # 표본 하나마다 갱신
			오차 = 시그모이드(w1 * x1 + w2 * x2 + b) - y
			w1 -= 학습률 * 오차 * x1
			w2 -= 학습률 * 오차 * x2
			b -= 학습률 * 오차
	return [w1, w2], b


def 소프트맥스(a):
	e = np.exp(a - a.max(axis=-1, keepdims=True))
	return e / e.sum(axis=-1, keepdims=True)


def 원핫(t, 개수):
	return t if t.ndim == 2 else np.eye(개수)[t]


class TwoLayerNet(object):
	def __init__(self, 입력, 은닉, 출력, 표준편차=0.01, 난수=None):
		if 난수 is None:
			난수 = np.random.default_rng()
		self.params = {
			'W1': 난수.normal(scale=표준편차, size=(입력, 은닉)), 'b1': np.zeros((은닉,)),
			'W2': 난수.normal(scale=표준편차, size=(은닉, 출력)), 'b2': np.zeros((출력,)),
		}

	def 은닉층(self, x):
		return np.tanh(np.dot(x, self.params['W1']) + self.params['b1'])

	def predict(self, x):
		return 소프트맥스(np.dot(self.은닉층(x), self.params['W2']) + self.params['b2'])

	def loss(self, x, t):
		y = self.predict(x)
		t = 원핫(t, y.shape[1])
		return -(t * np.log(np.clip(y, 1e-12, 1))).sum() / y.shape[0]

	def accuracy(self, x, t):
		y = self.predict(x)
		맞음 = y.argmax(axis=1) == 원핫(t, y.shape[1]).argmax(axis=1)
		return np.count_nonzero(맞음) / len(맞음)

	def numerical_gradient(self, x, t):
		h = 1e-4
		결과 = {}
		for 이름, 배열 in self.params.items():
			g = np.empty(배열.shape)
			for 자리, 원래값 in np.ndenumerate(배열.copy()):
				배열[자리] = 원래값 + h
				위 = self.loss(x, t)
				배열[자리] = 원래값 - h
				아래 = self.loss(x, t)
				배열[자리] = 원래값
				g[자리] = (위 - 아래) / (2 * h)
			결과[이름] = g
		return 결과

	def gradient(self, x, t):
		h = self.은닉층(x)
		y = self.predict(x)
		차이 = (y - 원핫(t, y.shape[1])) / y.shape[0]
		뒤로 = np.dot(차이, self.params['W2'].T) * (1 - h ** 2)
		return {
			'b2': np.sum(차이, axis=0), 'W2': np.dot(h.T, 차이),
			'b1': np.sum(뒤로, axis=0), 'W1': np.dot(x.T, 뒤로),
		}


def train(신경망, 데이터, 옵티마이저, 에폭, 배치크기, 난수):
	훈련, 시험 = 데이터
	기록 = []
	for 번호 in range(에폭):
		for x, t in minibatches(훈련[0], 훈련[1], 배치크기, 난수):
			손실 = 신경망.loss(x, t)
			옵티마이저.update(신경망.params, 신경망.gradient(x, t))
		기록.append({
			'loss': 손실,
			'train_accuracy': 신경망.accuracy(*훈련),
			'test_accuracy': 신경망.accuracy(*시험),
		})
	return 기록
