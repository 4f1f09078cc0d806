# The arrays of params under short names of their own (the same arrays), and a leaky ReLU.
import numpy as np

class TwoLayerNet:
 def __init__(self, n_in, n_hidden, n_out, std=0.01, generator=None):
  g = generator if generator is not None else np.random.default_rng()
  self.W1 = g.normal(0, std, (n_in, n_hidden))
  self.b1 = np.zeros(n_hidden)
  self.W2 = g.normal(0, std, (n_hidden, n_out))
  self.b2 = np.zeros(n_out)
  self.params = {'W1': self.W1, 'b1': self.b1, 'W2': self.W2, 'b2': self.b2}

 def sums(self, x):
  return np.matmul(x, self.W1) + self.b1

 def predict(self, x):
  a = self.sums(x)
  scores = np.matmul(np.where(a > 0, a, 0.01 * a), self.W2) + self.b2
  scores = scores - scores.max(axis=1).reshape(-1, 1)
  return np.exp(scores) / np.exp(scores).sum(axis=1).reshape(-1, 1)

 def picked(self, y, t):
  if t.ndim == 1:
   return y[np.arange(t.size), t]
  return (y * t).sum(axis=1)

 def loss(self, x, t):
  return np.average(-np.log(1e-9 + self.picked(self.predict(x), t)))

 def accuracy(self, x, t):
  y = self.predict(x)
  return np.mean(self.picked(y, t) == y.max(axis=1))

 def numerical_gradient(self, x, t):
  result = {}
  for name, values in self.params.items():
   slopes = np.zeros(values.shape)
   it = np.nditer(values, flags=['multi_index'])
   for _ in it:
    i = it.multi_index
    old = values[i]
    values[i] = old + 1e-5; plus = self.loss(x, t)
    values[i] = old - 1e-5; minus = self.loss(x, t)
    values[i] = old
    slopes[i] = (plus - minus) / 2e-5
   result[name] = slopes
  return result

 def gradient(self, x, t):
  a = self.sums(x)
  error = self.predict(x)
  if t.ndim == 1:
   for row, label in enumerate(t):
    error[row, label] -= 1.0
  else:
   error = error - t
  error = error / x.shape[0]
  slope = np.ones_like(a)
  slope[a <= 0] = 0.01
  back = np.matmul(error, self.W2.transpose()) * slope
  grads = dict(W1=np.matmul(x.transpose(), back), b1=back.sum(axis=0))
  grads.update(W2=np.matmul(np.where(a > 0, a, 0.01 * a).transpose(), error), b2=error.sum(axis=0))
  return grads

def iterations_per_epoch(n, batch_size):
 return np.ceil(n / batch_size)

def minibatches(x, t, batch_size, rng):
 together = list(zip(x, t))
 order = rng.permutation(len(together))
 for start in range(0, len(together), batch_size):
  some = [together[i] for i in order[start:start + batch_size]]
  yield np.stack([s[0] for s in some]), np.stack([s[1] for s in some])

def train_gate(table, lr, epochs, rng):
 import math
 w = np.asarray(rng.uniform(-1, 1, 2)); b = np.float64(rng.uniform(-1, 1))
 for epoch in range(epochs):
  for row in rng.permutation(4):
   y = 1 / (1 + math.exp(-(float(np.dot(w, table[row, :2])) + b)))
   step = lr * (table[row, 2] - y)
   w = w + step * table[row, :2]
   b = b + step
 return w, np.array([b])

def train(network, data, optimizer, epochs, batch_size, rng):
 def report():
  return {'train_accuracy': network.accuracy(*data[0]), 'test_accuracy': network.accuracy(*data[1]), 'loss': network.loss(*data[0])}
 def one_epoch():
  for x, t in minibatches(data[0][0], data[0][1], batch_size, rng):
   optimizer.update(network.params, network.gradient(x, t))
  return report()
 return [one_epoch() for _ in range(epochs)]
