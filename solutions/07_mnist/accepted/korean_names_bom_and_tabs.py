# 한글 이름, BOM, 탭 들여쓰기
from numpy import *
import gzip, io, functools
import matplotlib.pyplot as plt

def read_bytes(name):
	return open(name, 'rb').read()

@functools.lru_cache(maxsize=None)
def 풀기(압축):
	return gzip.decompress(압축)

def 읽기(이름, 머리):
	return frombuffer(풀기(read_bytes(이름))[머리:], dtype='uint8')

def load_mnist(normalize=True, flatten=True, one_hot_label=False):
	def 묶음(앞):
		그림 = 읽기(앞 + '-images-idx3-ubyte.gz', 16)
		답 = 읽기(앞 + '-labels-idx1-ubyte.gz', 8).astype(int)
		장수 = 답.shape[0]
		그림 = 그림.reshape((장수, 784)) if flatten else 그림.reshape((장수, 1, 28, 28))
		if normalize:
			그림 = (그림 / 255.0).astype(float32)
		if one_hot_label:
			원핫 = zeros((장수, 10), dtype=int)
			원핫[arange(장수), 답] = 1
			답 = 원핫
		return 그림, 답
	return 묶음('train'), 묶음('t10k')

def show_image(그림):
	도화지, 축 = plt.subplots()
	축.matshow(array(그림).reshape(28, 28), cmap='binary')
	return 도화지

def init_network():
	상자 = load(io.BytesIO(read_bytes('mnist_784_50_100_10.npz')))
	return {'W1': 상자['W1'], 'b1': 상자['b1'], 'W2': 상자['W2'], 'b2': 상자['b2'], 'W3': 상자['W3'], 'b3': 상자['b3']}

def 시그모이드(합):
	return 1 / (1 + exp(-clip(합, -500, 500)))

def 소프트맥스(합):
	밀기 = exp(합 - 합.max(-1)[..., newaxis])
	return 밀기 / 밀기.sum(-1)[..., newaxis]

def predict(신경망, 입력):
	첫째 = 시그모이드(dot(입력, 신경망['W1']) + 신경망['b1'])
	둘째 = 시그모이드(dot(첫째, 신경망['W2']) + 신경망['b2'])
	return 소프트맥스(dot(둘째, 신경망['W3']) + 신경망['b3'])

def batches(그림, 답, 크기):
	시작 = 0
	while 시작 < len(그림):
		yield 그림[시작:시작 + 크기], 답[시작:시작 + 크기]
		시작 += 크기

def accuracy(신경망, 그림, 답, 크기=100):
	맞은수 = 0
	차례 = batches(그림, 답, 크기)
	while True:
		try:
			몇장, 정답 = next(차례)
		except StopIteration:
			break
		예측 = argmax(predict(신경망, 몇장), axis=-1)
		if 정답.ndim > 1:
			정답 = nonzero(정답)[1]
		맞은수 += count_nonzero(예측 == 정답)
	return 맞은수 / 그림.shape[0]
