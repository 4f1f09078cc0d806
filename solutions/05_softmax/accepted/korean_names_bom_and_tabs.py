# 한글 이름과 탭, BOM이 있는 파일
import numpy as np


def 행마다(함수, 배열):
	return np.array([함수(행) for 행 in 배열])


def 벡터_소프트맥스(벡터):
	최댓값 = np.max(벡터)
	지수 = np.exp(벡터 - 최댓값)
	return 지수 / np.sum(지수)


def identity_function(입력):
	return 입력


def softmax(입력):
	if 입력.ndim == 1:
		return 벡터_소프트맥스(입력)
	else:
		return 행마다(벡터_소프트맥스, 입력)


def softmax_naive(입력):
	return np.exp(입력) / np.exp(입력).sum()


def predict_class(입력):
	if 입력.ndim == 1:
		return int(np.argmax(입력))
	return 행마다(np.argmax, 입력)


def binary_decision(입력):
	답 = np.zeros(입력.shape, dtype=int)
	답[입력 >= 0] = 1
	return 답
