"""Indented by tabs, with semicolons and spaces all over the place."""
import numpy as np
AND_WEIGHTS=(.5,.5,-.7) ; NAND_WEIGHTS=(-.5,-.5,.7)
OR_WEIGHTS =( .5 , .5 , -.2 ) ; NOR_WEIGHTS=( -.5 , -.5 , .2 )

class Perceptron :
	def __init__ (self,w,b) :
		self.w=np.array(w) ; self.b=b
	def sum (self,x) :
		return np.sum(self.w*np.array(x))+self.b
	def __call__ (self,x) :
		if self.sum(x)>0 : return 1
		return 0

def perceptron ( x , w , b ) :
	return Perceptron(w,b)(x)

def AND(x1,x2) :
	return Perceptron(AND_WEIGHTS[:2],AND_WEIGHTS[2])([x1,x2])
def NAND(x1,x2) :
	return Perceptron(NAND_WEIGHTS[:2],NAND_WEIGHTS[2])([x1,x2])
def OR(x1,x2) :
	return Perceptron(OR_WEIGHTS[:2],OR_WEIGHTS[2])([x1,x2])
def NOR(x1,x2) :
	return Perceptron(NOR_WEIGHTS[:2],NOR_WEIGHTS[2])([x1,x2])
def NOT(x) :
	return int(not x)

def XOR(x1,x2) :
	if OR(x1,x2) and NAND(x1,x2) : return 1
	return 0
def XOR_NAND(x1,x2) :
	y=NAND(x1,x2)
	return NAND( NAND(x1,y) , NAND(x2,y) )
def XOR_NOR(x1,x2) :
	y=NOR(x1,x2)
	y=NOR( NOR(x1,y) , NOR(x2,y) )
	return NOR(y,y)

def neuron ( x , w , b ) :
	return 1/(1+np.exp(-Perceptron(w,b).sum(x)))
