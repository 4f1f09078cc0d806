#!/usr/bin/env python3
# 5-space indents, parameters of other names, a leaky ReLU, weights of half the size.
import matplotlib.pylab as plt
import numpy as np

def mean_squared_error(predictions, targets):
     predictions = np.array(predictions, dtype=np.float64)
     return np.linalg.norm(predictions - targets) ** 2 / predictions.size

def binary_cross_entropy(p, c):
     p = np.minimum(np.maximum(p, 1e-7), 1 - 1e-7)
     one, zero = -c * np.log(p), (c - 1) * np.log(1 - p)
     return np.mean(one + zero)

def cross_entropy_error(p, c):
     single = p.ndim == 1
     if single:
          p = p[np.newaxis, :]
     if c.ndim == (1 if single else 2):
          c = np.argmax(c, axis=-1)
     c = np.reshape(c, -1)
     return np.mean([-np.log(p[i, c[i]] + 1e-7) for i in range(c.size)])

def linear_regression_step(weight, a, b, rate):
     n = a.size
     slope = 2 * (weight * np.sum(a * a) - np.sum(a * b)) / n
     cost = (weight ** 2 * np.sum(a * a) - 2 * weight * np.sum(a * b) + np.sum(b * b)) / n
     return (weight - rate * slope, cost, slope)

def linear_regression(a, b, weight, rate, n):
     out = []
     while len(out) < n:
          out.append(linear_regression_step(weight if not out else out[-1][0], a, b, rate))
     return tuple(out)

def plot_fit(a, b, entries):
     plt.close('all')
     for i in range(0, len(entries), 5):
          plt.plot(a, b, 'b+')
          plt.plot(a, np.multiply(entries[i][0], a), label='after step %i' % i)
     plt.legend(loc='best')
     plt.show()
     return plt.gcf()

def collapse(A, a, B, b):
     return A @ B, a @ B + b

def fit_parabola(inputs, targets, units, rounds, rate, generator):
     A = 0.5 * generator.normal(size=(1, units)); a = 0.5 * generator.normal(size=units)
     B = 0.5 * generator.normal(size=(units, 1)); b = 0.5 * generator.normal(size=1)
     for _ in range(rounds):
          s = inputs @ A + a
          h = np.maximum(0.1 * s, s)
          d = (h @ B + b - targets) * 2 / targets.size
          e = (d @ B.T) * np.where(s > 0, 1, 0.1)
          A, a = A - rate * (inputs.T @ e), a - rate * e.sum(axis=0)
          B, b = B - rate * (h.T @ d), b - rate * d.sum(axis=0)
     s = inputs @ A + a
     return np.maximum(0.1 * s, s) @ B + b

def output_and_loss(question):
     pairs = [('regression', ('identity', 'mse')), ('binary', ('sigmoid', 'bce')), ('multiclass', ('softmax', 'ce'))]
     for name, pair in pairs:
          if name == question:
               return pair
