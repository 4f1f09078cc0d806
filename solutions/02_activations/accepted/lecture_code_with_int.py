# The code of the lecture, with int in place of np.int.
import numpy as np
import matplotlib.pylab as plt


def step_function(x):
    return np.array(x > 0, dtype=int)


def sigmoid(x):
    x = np.clip(x, -500, 500)
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(0, x)


def tanh(x):
    return np.tanh(x)


def leaky_relu(x, alpha=0.01):
    return np.maximum(alpha*x, x)


def elu(x, alpha=1.0):
    return np.where(x >= 0, x, alpha*(np.exp(np.clip(x, -500, 0)) - 1))


def maxout(x, W1, b1, W2, b2):
    return np.maximum(np.dot(x, W1) + b1, np.dot(x, W2) + b2)


def identity_function(x):
    return x


def sigmoid_grad(x):
    return (1.0 - sigmoid(x)) * sigmoid(x)


def tanh_grad(x):
    return 1 - tanh(x)**2


def relu_grad(x):
    grad = np.zeros_like(x)
    grad[x > 0] = 1
    return grad


def max_gradient_after(layers):
    return 0.25**layers


def plot_step():
    X = np.arange(-5.0, 5.0, 0.1)
    Y = step_function(X)
    plt.plot(X, Y)
    plt.ylim(-0.1, 1.1)
    fig = plt.gcf()
    plt.show()
    return fig


def plot_sigmoid():
    X = np.arange(-5.0, 5.0, 0.1)
    Y = sigmoid(X)
    plt.plot(X, Y)
    plt.ylim(-0.1, 1.1)
    plt.show()
    return plt.gcf()


def plot_relu():
    X = np.arange(-5.0, 5.0, 0.1)
    Y = relu(X)
    plt.plot(X, Y)
    plt.ylim(-1.0, 5.5)
    plt.show()
    return plt.gcf()


def plot_comparison():
    X = np.arange(-5.0, 5.0, 0.1)
    Y1 = step_function(X)
    X = np.arange(-5.0, 5.0, 0.1)
    Y2 = sigmoid(X)
    plt.plot(X, Y1, 'r')
    plt.plot(X, Y2, 'b')
    plt.ylim(-0.1, 1.1)
    plt.legend(['step', 'sigmoid'])
    plt.show()
    return plt.gcf()


if __name__ == "__main__":
    plot_comparison()
