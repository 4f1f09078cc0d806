"""Prints everywhere, a demonstration at the top level, plt.show() in every plot."""
import numpy as np
import matplotlib.pyplot as plt

print("activation functions")


def step_function(x):
    y = x > 0
    print("step_function:", x, "->", y)
    return y.astype(int)


def sigmoid(x):
    print("sigmoid of", x)
    return np.exp(-np.logaddexp(0, -x))


def relu(x):
    print(x)
    return np.where(x > 0, x, 0)


def tanh(x):
    print(x)
    return np.tanh(x)


def leaky_relu(x, alpha=0.01):
    print(x, alpha)
    return np.where(x > 0, x, x * alpha)


def elu(x, alpha=1.0):
    print(x, alpha)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(0, x)))


def maxout(x, W1, b1, W2, b2):
    z1 = np.dot(x, W1) + b1
    z2 = np.dot(x, W2) + b2
    print(z1, z2)
    return np.max([z1, z2], axis=0)


def identity_function(x):
    print(x)
    return x


def sigmoid_grad(x):
    print("sigmoid_grad")
    return sigmoid(x) * (1 - sigmoid(x))


def tanh_grad(x):
    print("tanh_grad")
    return 1 - tanh(x) * tanh(x)


def relu_grad(x):
    print("relu_grad")
    return 1.0 * (x > 0)


def max_gradient_after(layers):
    print("layers:", layers)
    return np.prod(np.full(layers, 0.25))


def plot_step():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, step_function(x))
    ax.set_ylim(-0.1, 1.1)
    plt.show()
    return fig


def plot_sigmoid():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, sigmoid(x))
    ax.set_ylim(-0.1, 1.1)
    plt.show(block=True)
    return fig


def plot_relu():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, relu(x))
    ax.set_ylim(-1.0, 5.5)
    plt.show()
    return fig


def plot_comparison():
    x = np.arange(-5.0, 5.0, 0.1)
    fig, ax = plt.subplots()
    ax.plot(x, step_function(x))
    ax.plot(x, sigmoid(x))
    ax.set_ylim(-0.1, 1.1)
    ax.legend(["step", "sigmoid"])
    plt.tight_layout()
    plt.show()
    return fig


print(sigmoid(np.array([-1, 1, 2])))
plot_comparison()
plt.show()
