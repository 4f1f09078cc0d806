# 게이트 과제
import numpy as np

AND_WEIGHTS = (0.5, 0.5, -0.7)
NAND_WEIGHTS = (-0.5, -0.5, 0.7)
OR_WEIGHTS = (0.5, 0.5, -0.2)
NOR_WEIGHTS = (-0.5, -0.5, 0.2)


def 가중합(입력, 가중치, 편향):
     """입력과 가중치의 곱을 모두 더하고 편향을 더한다"""
     return np.dot(입력, 가중치) + 편향


def perceptron(입력, 가중치, 편향):
     # 0보다 크면 흥분한다
     return 1 if 가중합(입력, 가중치, 편향) > 0 else 0


def 게이트(가중치, 왼쪽, 오른쪽):
     return perceptron(np.array([왼쪽, 오른쪽]), np.array(가중치[:2]), 가중치[2])


def AND(왼쪽, 오른쪽):
     return 게이트(AND_WEIGHTS, 왼쪽, 오른쪽)


def NAND(왼쪽, 오른쪽):
     return 게이트(NAND_WEIGHTS, 왼쪽, 오른쪽)


def OR(왼쪽, 오른쪽):
     return 게이트(OR_WEIGHTS, 왼쪽, 오른쪽)


def NOR(왼쪽, 오른쪽):
     return 게이트(NOR_WEIGHTS, 왼쪽, 오른쪽)


def NOT(입력):
     return NAND(입력, 입력)


def XOR(왼쪽, 오른쪽):
     return OR(NOR(오른쪽, NOT(왼쪽)), NOR(왼쪽, NOT(오른쪽)))


def XOR_NAND(왼쪽, 오른쪽):
     둘다 = NAND(왼쪽, 오른쪽)  # 排他的論理和
     return NAND(NAND(왼쪽, 둘다), NAND(둘다, 오른쪽))


def XOR_NOR(왼쪽, 오른쪽):
     둘다꺼짐 = NOR(왼쪽, 오른쪽)
     둘다켜짐 = NOR(NOR(왼쪽, 왼쪽), NOR(오른쪽, 오른쪽))
     return NOR(둘다꺼짐, 둘다켜짐)


def neuron(입력, 가중치, 편향):
     z = 가중합(입력, 가중치, 편향)
     return 1 / (1 + np.exp(-z))
