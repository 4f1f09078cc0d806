# 수열 과제
import numpy as np
def 시그모이드(합):
	return 1.0/(1.0+np.exp(-합))
def general_term(번호):
	print('일반항', 번호)
	return 2*번호
def odd_term(번호):
	return 번호*2-1
def factorial(번호):
	if 번호<=0:
		raise ValueError('1보다 작은 수: %d' % 번호)
	곱=1
	while 번호>1:
		곱*=번호; 번호-=1
	return 곱
def arithmetic_recurrence(첫째항, 공차, 번호):
	항=첫째항
	for _ in range(번호-1): 항+=공차
	return 항
def simultaneous(번호):
	가=나=1
	for _ in range(번호-1):
		옛가=가
		가=가+2*나+2
		나=2*옛가+3*나+1
	return [가,나]
def layer_outputs(입력, 가중치, 편향):
	출력=[]
	신호=입력
	for 층 in range(len(가중치)):
		신호=시그모이드(np.dot(신호,가중치[층])+편향[층])
		print('%d층:'%(층+1), 신호)
		출력.append(신호)
	return 출력
