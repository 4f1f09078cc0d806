# Layers as objects, in an OrderedDict, as the well-known book has them.
from collections import OrderedDict

import numpy as np


def iterations_per_epoch(train_size, batch_size):
    return int(np.ceil(train_size / batch_size))


def minibatches(x_train, t_train, batch_size, rng):
    train_size = x_train.shape[0]
    perm = np.arange(train_size)
    rng.shuffle(perm)
    batch_list = []
    for i in range(iterations_per_epoch(train_size, batch_size)):
        batch_mask = perm[batch_size * i:batch_size * (i + 1)]
        x_batch = x_train[batch_mask]
        t_batch = t_train[batch_mask]
        batch_list.append((x_batch, t_batch))
    return batch_list


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def train_gate(table, lr, epochs, rng):
    W = rng.standard_normal((2, 1))
    b = rng.standard_normal(1)
    xdata = table[:, 0:-1].reshape(4, 2)
    tdata = table[:, -1].reshape(4, 1)
    for step in range(epochs):
        y = sigmoid(np.dot(xdata, W) + b)
        dz = y - tdata
        W -= lr * np.dot(xdata.T, dz) / 4
        b -= lr * np.sum(dz, axis=0) / 4
    return W, b


def softmax(x):
    if x.ndim == 2:
        x = x.T
        x = x - np.max(x, axis=0)
        y = np.exp(x) / np.sum(np.exp(x), axis=0)
        return y.T
    x = x - np.max(x)
    return np.exp(x) / np.sum(np.exp(x))


def cross_entropy_error(y, t):
    if y.ndim == 1:
        t = t.reshape(1, t.size)
        y = y.reshape(1, y.size)
    if t.size == y.size:
        t = t.argmax(axis=1)
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size


def numerical_gradient(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        idx = it.multi_index
        tmp_val = x[idx]
        x[idx] = float(tmp_val) + h
        fxh1 = f(x)
        x[idx] = tmp_val - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2 * h)
        x[idx] = tmp_val
        it.iternext()
    return grad


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class Sigmoid:
    def __init__(self):
        self.out = None

    def forward(self, x):
        self.out = sigmoid(x)
        return self.out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out


class SoftmaxWithLoss:
    def __init__(self):
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        if self.t.size == self.y.size:
            return (self.y - self.t) / batch_size
        dx = self.y.copy()
        dx[np.arange(batch_size), self.t] -= 1
        return dx / batch_size


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, rng=None):
        rng = rng or np.random.default_rng()
        self.params = {}
        self.params['W1'] = weight_init_std * rng.standard_normal((input_size, hidden_size))
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = weight_init_std * rng.standard_normal((hidden_size, output_size))
        self.params['b2'] = np.zeros(output_size)
        self.layers = OrderedDict()
        self.layers['Affine1'] = Affine(self.params['W1'], self.params['b1'])
        self.layers['Sigmoid1'] = Sigmoid()
        self.layers['Affine2'] = Affine(self.params['W2'], self.params['b2'])
        self.lastLayer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        y = self.predict(x)
        return self.lastLayer.forward(y, t)

    def accuracy(self, x, t):
        y = self.predict(x)
        y = np.argmax(y, axis=1)
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        return np.sum(y == t) / float(x.shape[0])

    def numerical_gradient(self, x, t):
        loss_W = lambda W: self.loss(x, t)
        grads = {}
        grads['W1'] = numerical_gradient(loss_W, self.params['W1'])
        grads['b1'] = numerical_gradient(loss_W, self.params['b1'])
        grads['W2'] = numerical_gradient(loss_W, self.params['W2'])
        grads['b2'] = numerical_gradient(loss_W, self.params['b2'])
        return grads

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.lastLayer.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        return {'W1': self.layers['Affine1'].dW, 'b1': self.layers['Affine1'].db,
                'W2': self.layers['Affine2'].dW, 'b2': self.layers['Affine2'].db}


def train(network, data, optimizer, epochs, batch_size, rng):
    (x_train, t_train), (x_test, t_test) = data
    history = []
    for epoch in range(epochs):
        train_loss_list = []
        for x_batch, t_batch in minibatches(x_train, t_train, batch_size, rng):
            grads = network.gradient(x_batch, t_batch)
            params = network.params
            optimizer.update(params, grads)
            train_loss_list.append(network.loss(x_batch, t_batch))
        train_acc = network.accuracy(x_train, t_train)
        test_acc = network.accuracy(x_test, t_test)
        history.append(dict(loss=np.mean(train_loss_list), train_accuracy=train_acc, test_accuracy=test_acc))
        print("train acc, test acc | " + str(train_acc) + ", " + str(test_acc))
    return history
