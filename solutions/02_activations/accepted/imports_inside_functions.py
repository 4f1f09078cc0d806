# Matplotlib imported inside the plot functions, helper functions and classes, in-place work on copies.
import numpy as np


class Sigmoid:
    def __call__(self, x):
        self.out = 1 / (1 + np.exp(-np.clip(x, -709, 709)))
        return self.out

    def backward(self, dout=1.0):
        return dout * self.out * (1 - self.out)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = np.array(x)
        out[self.mask] = 0
        return out


def step_function(x):
    return np.int_(x > 0)


def sigmoid(x):
    return Sigmoid()(x)


def relu(x):
    return Relu().forward(x)


def tanh(x):
    return np.sinh(np.clip(x, -300, 300)) / np.cosh(np.clip(x, -300, 300))


def leaky_relu(x, alpha=0.01):
    return alpha * np.minimum(x, 0) + np.maximum(x, 0)


def elu(x, alpha=1.0):
    return alpha * np.expm1(np.where(x < 0, x, 0)) + np.where(x > 0, x, 0)


def maxout(x, W1, b1, W2, b2):
    W = np.concatenate([W1, W2], axis=1)
    z = np.dot(x, W) + np.concatenate([b1, b2])
    return np.maximum(*np.split(z, 2, axis=-1))


def identity_function(x):
    return np.dot(x, 1.0)


def sigmoid_grad(x):
    layer = Sigmoid()
    layer(x)
    return layer.backward()


def tanh_grad(x):
    return 4 * sigmoid_grad(2 * x)


def relu_grad(x):
    return np.float64(1) * (np.maximum(x, 0) != 0)


def max_gradient_after(layers):
    return sigmoid_grad(np.zeros(layers)).prod()


def curve(f, ylim):
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(1, 1)
    x = np.arange(-5.0, 5.0, 0.1)
    ax.plot(x, f(x))
    ax.set_ylim(*ylim)
    return fig


def plot_step():
    return curve(step_function, (-0.1, 1.1))


def plot_sigmoid():
    return curve(sigmoid, (-0.1, 1.1))


def plot_relu():
    return curve(relu, (-1.0, 5.5))


def plot_comparison():
    fig = curve(step_function, (-0.1, 1.1))
    ax = fig.gca()
    x = np.arange(-5.0, 5.0, 0.1)
    ax.plot(x, sigmoid(x))
    for line, text in zip(ax.lines, ("step", "sigmoid")):
        line.set_label(text)
    ax.legend()
    return fig
