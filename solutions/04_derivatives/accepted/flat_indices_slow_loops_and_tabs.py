from numpy import *
import math

def simple_derivative(f, x):
	d = 1e-5
	up = f(x + d); down = f(x - d)
	return (up - down) / (d + d)

def as_floats(x):
	y = zeros(x.shape)
	for i in range(x.size):
		for j in range(x.size):
			if i == j: y.flat[i] = float(x.flat[j])
	return y

def numerical_derivative(f, x):
	d = 1e-5
	grad = zeros(x.shape)
	for i in range(x.size):
		up = as_floats(x)
		down = as_floats(x)
		for j in range(x.size):
			if j == i:
				up.flat[j] = up.flat[j] + d
				down.flat[j] = down.flat[j] - d
		grad.flat[i] = (f(up) - f(down)) / (2 * d)
	return grad

def numerical_derivative_debug(f, x):
	d = 1e-5
	grad = zeros(x.shape)
	print("debug 1.  initial input variable  = ", x)
	print("debug 2.  initial grad  = ", grad)
	for i in range(x.size):
		idx = unravel_index(i, x.shape)
		print("debug 3.  idx  = ", idx, ",   x[idx]  = ", x[idx])
		up = as_floats(x); up.flat[i] += d
		down = as_floats(x); down.flat[i] -= d
		grad.flat[i] = (f(up) - f(down)) / (2 * d)
		print("debug 4.  grad[idx]  = ", grad[idx])
		print("debug 5.  grad  = ", grad)
		print()
	print("-" * 30, "end", "-" * 30)
	return grad

def problem3():
	fx = lambda x: 2*x[0] + 3*x[0]*2.0 + 2.0**3
	fy = lambda y: 2*1.0 + 3*1.0*y[0] + y[0]**3
	return array([numerical_derivative(fx, array([1.0]))[0], numerical_derivative(fy, array([2.0]))[0]])

def problem4():
	def f(m):
		w = m[0, 0]
		x = m[0, 1]
		y = m[1, 0]
		z = m[1, 1]
		return w*x + x*y*z + 3*w + z*y**2
	m = array([[1.0, 2.0], [3.0, 4.0]])
	return numerical_derivative(x=m, f=f)

def derivative_of_int_input():
	x = array([3])
	grad = zeros_like(x)
	d = 1e-5
	old = float(x[0])
	x[0] = old + d
	up = x[0]**2
	x[0] = old - d
	down = x[0]**2
	x[0] = old
	grad[0] = (up - down) / (2*d)
	return grad

def derivative_of_float_input():
	return [simple_derivative(lambda x: x*x, 3.0)]

WHY_INT_INPUT = "int array truncates, 3.00001 -> 3, 2.99999 -> 2"

def chain_rule_derivative(x):
	y = zeros(shape(x))
	for i in range(y.size):
		v = float(ravel(x)[i])
		y.flat[i] = 6 * v * math.exp(3 * v ** 2)
	return y
