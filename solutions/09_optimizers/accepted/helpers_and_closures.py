"""One class for all, specialised by functions: parameter names other than the stub's, state in a closure."""
import numpy as np, matplotlib.pyplot as plt

EPS = 1e-7

def numerical_gradient(func, where):
 g = np.empty_like(where)
 for k, value in np.ndenumerate(where):
  at = where.copy(); at[k] = value + 1e-5
  high = func(at); at[k] = value - 1e-5
  g[k] = (high - func(at)) / 2e-5
 return g

def gradient_descent(func, begin, rate=0.01, count=100):
 def go(at, left):
  return at if left == 0 else go(at - rate * numerical_gradient(func, at), left - 1)
 return go(begin * 1.0, count)

class Optimizer:
 def __init__(self, rule): self.rules, self.make = {}, rule
 def update(self, weights, slopes):
  for name in list(weights):
   if name not in self.rules: self.rules[name] = self.make()
   weights[name] += self.rules[name](slopes[name])

class SGD(Optimizer):
 def __init__(self, rate=0.01): Optimizer.__init__(self, lambda: lambda g: -rate * g)

class Momentum(Optimizer):
 def __init__(self, rate=0.01, alpha=0.9):
  def rule():
   v = 0
   def step(g):
    nonlocal v
    v = alpha * v - rate * g
    return v
   return step
  Optimizer.__init__(self, rule)

class AdaGrad(Optimizer):
 def __init__(self, rate=0.01):
  def rule():
   seen = []
   def step(g):
    seen.append(g.copy())
    return -rate * g / (sum(old ** 2 for old in seen) + EPS) ** 0.5
   return step
  Optimizer.__init__(self, rule)

class RMSProp(Optimizer):
 def __init__(self, rate=0.01, gamma=0.99):
  def rule():
   h = 0
   def step(g):
    nonlocal h
    h = gamma * h + (1 - gamma) * g ** 2
    return -rate * g / np.sqrt(h + EPS)
   return step
  Optimizer.__init__(self, rule)

class Adam(Optimizer):
 def __init__(self, rate=0.001, b1=0.9, b2=0.999):
  def rule():
   m = v = n = 0
   def step(g):
    nonlocal m, v, n
    m, v, n = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g ** 2, n + 1
    return -rate * m / (1 - b1 ** n) / (np.sqrt(v / (1 - b2 ** n)) + EPS)
   return step
  Optimizer.__init__(self, rule)

def trajectory(opt, begin, count):
 w = {"x": np.array([begin[0]]), "y": np.array([begin[1]])}
 def walk():
  yield w["x"][0], w["y"][0]
  for _ in range(count):
   opt.update(w, {"x": w["x"] / 10, "y": 2 * w["y"]})
   yield w["x"][0], w["y"][0]
 return np.array(list(walk()))

def plot_trajectories():
 plt.figure()
 xs, ys = np.linspace(-8, 8, 50), np.linspace(-3, 3, 50)
 plt.contour(xs, ys, xs[None, :] ** 2 / 20 + ys[:, None] ** 2)
 for make, rate in zip([SGD, Momentum, AdaGrad, RMSProp, Adam], [0.95, 0.1, 1.5, 0.1, 0.3]):
  p = trajectory(make(rate), np.array([-7., 2.]), 30)
  plt.plot(p[:, 0], p[:, 1], label=make.__name__)
 plt.legend()
 return plt.gcf()
