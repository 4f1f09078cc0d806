# 6번 과제: 3층 신경망
import numpy as np
def 시그모이드(합): return 0.5*(1+np.tanh(합/2))
def init_network():
	신경망=dict(W1=[.1,.3,.5,.2,.4,.6], b1=[.1,.2,.3], W2=[.1,.4,.2,.5,.3,.6], b2=[.1,.2], W3=[.1,.3,.2,.4], b3=[.1,.2])
	모양={'W1':(2,3),'W2':(3,2),'W3':(2,2)}
	for 키 in 모양: 신경망[키]=np.array(신경망[키]).reshape(모양[키])
	return 신경망
def forward(신경망, 신호):
	print('입력:', 신호)
	for 층 in '123':
		신호=np.matmul(신호, 신경망['W'+층])+신경망['b'+층]
		print(층+'층의 합:', 신호)
		if 층!='3': 신호=시그모이드(신호)
	return 신호
def random_network(크기, 생성기):
	신경망={}
	for 층 in range(3):
		신경망['W%d'%(층+1)]=생성기.normal(0,1,[크기[층],크기[층+1]])
		신경망['b%d'%(층+1)]=생성기.normal(0,1,크기[층+1])
	return 신경망
def shapes(신경망):
	결과={}
	for 키,값 in 신경망.items():
		결과[키]=값.shape
	return 결과
