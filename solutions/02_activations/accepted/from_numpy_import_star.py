from numpy import *
import matplotlib.pyplot as plt

def step_function(z):
 return where(z > 0, 1, 0)

def sigmoid(z):
 return 0.5 * (1.0 + tanh_(0.5 * z))

def relu(z):
 return maximum(0.0, z)

def tanh_(z):
 e = exp(-2.0 * absolute(z))
 return sign(z) * (1 - e) / (1 + e)

def tanh(z):
 return tanh_(z)

def leaky_relu(z, a=0.01):
 return where(z < 0, a * z, z)

def elu(z, a=1.0):
 return maximum(z, 0) + a * expm1(minimum(z, 0))

def maxout(z, A, a, B, b):
 return maximum(matmul(z, A) + a, matmul(z, B) + b)

def identity_function(z):
 return 1.0 * z

def sigmoid_grad(z):
 return sigmoid(z) * sigmoid(-z)

def tanh_grad(z):
 return 1 - square(tanh(z))

def relu_grad(z):
 return heaviside(z, 0)

def max_gradient_after(n):
 return power(0.25, n)

def draw(f, low, high):
 z = arange(-5, 5, 0.1)
 plt.figure(figsize=(4, 3))
 plt.plot(z, f(z))
 plt.ylim([low, high])
 return plt.gcf()

def plot_step():
 return draw(step_function, -0.1, 1.1)

def plot_sigmoid():
 return draw(sigmoid, -0.1, 1.1)

def plot_relu():
 return draw(relu, -1, 5.5)

def plot_comparison():
 z = arange(-5, 5, 0.1)
 fig = draw(step_function, -0.1, 1.1)
 plt.plot(z, sigmoid(z))
 plt.legend(('a', 'b'))
 return fig
