"""Ways downhill: gradient descent, and five optimizers that go down in their own way.

아래로 내려가는 길: 경사 하강법, 그리고 저마다 다른 방식으로 내려가는 옵티마이저 다섯 가지.

params and grads are dicts with the same keys: names of parameters → float64 arrays of any shape.
params와 grads는 키가 같은 딕셔너리이다. 매개변수의 이름 → 아무 모양의 float64 배열.
"""

import matplotlib.pyplot as plt
import numpy as np

### BEGIN SOLUTION
### STUB # gradient_descent needs your numerical_derivative of assignment 04: copy it to this place.
### STUB # gradient_descent에는 04번 과제의 numerical_derivative가 필요합니다. 여기에 복사해 넣으세요.


def numerical_derivative(f, x):
    """Return the central difference quotient of f for every element of x, a float array of any shape."""
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = 1e-4
        grad[index] = (f(x + step) - f(x - step)) / 2e-4
    return grad


### END SOLUTION


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """Return the point that step_num steps down the gradient of f lead to, from init_x on. init_x stays as it is.

    init_x에서 출발해 f의 기울기를 따라 step_num번 내려간 점을 돌려준다. init_x는 바뀌지 않는다.

    f: takes an array of shape (n,), gives a number. init_x: array of shape (n,). Returns an array of shape (n,).
    """
    ### BEGIN SOLUTION
    x = np.array(init_x, dtype=float)
    for _ in range(step_num):
        x -= lr * numerical_derivative(f, x)
    return x
    ### END SOLUTION


class SGD:
    """Go against the gradient.

    기울기의 반대 방향으로 간다.
    """

    def __init__(self, lr=0.01):
        ### BEGIN SOLUTION
        self.lr = lr
        ### END SOLUTION

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        ### BEGIN SOLUTION
        for name in params:
            params[name] -= self.lr * grads[name]
        ### END SOLUTION


class Momentum:
    """Roll: keep part of the velocity of the step before.

    굴러간다. 바로 앞 걸음의 속도를 일부 이어 간다.
    """

    def __init__(self, lr=0.01, momentum=0.9):
        ### BEGIN SOLUTION
        self.lr = lr
        self.momentum = momentum
        self.v = {}
        ### END SOLUTION

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        ### BEGIN SOLUTION
        for name in params:
            self.v[name] = self.momentum * self.v.get(name, 0) - self.lr * grads[name]
            params[name] += self.v[name]
        ### END SOLUTION


class AdaGrad:
    """Give every element a learning rate of its own, that shrinks with all squared gradients so far.

    원소마다 학습률을 따로 두고, 지금까지의 기울기 제곱이 쌓일수록 줄인다.
    """

    def __init__(self, lr=0.01):
        ### BEGIN SOLUTION
        self.lr = lr
        self.h = {}
        ### END SOLUTION

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        ### BEGIN SOLUTION
        for name in params:
            self.h[name] = self.h.get(name, 0) + grads[name] ** 2
            params[name] -= self.lr * grads[name] / np.sqrt(self.h[name] + 1e-10)
        ### END SOLUTION


class RMSProp:
    """As AdaGrad, but forget old gradients little by little.

    AdaGrad와 같지만 오래된 기울기는 조금씩 잊는다.
    """

    def __init__(self, lr=0.01, decay_rate=0.99):
        ### BEGIN SOLUTION
        self.lr = lr
        self.decay_rate = decay_rate
        self.h = {}
        ### END SOLUTION

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        ### BEGIN SOLUTION
        for name in params:
            square = grads[name] ** 2
            self.h[name] = self.decay_rate * self.h.get(name, 0) + (1 - self.decay_rate) * square
            params[name] -= self.lr * grads[name] / np.sqrt(self.h[name] + 1e-10)
        ### END SOLUTION


class Adam:
    """Momentum and RMSProp together, with both averages corrected for their start at 0.

    Momentum과 RMSProp을 합치고, 두 평균이 0에서 시작한 만큼 보정한다.
    """

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        ### BEGIN SOLUTION
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.t = 0
        self.m = {}
        self.v = {}
        ### END SOLUTION

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        ### BEGIN SOLUTION
        self.t += 1
        for name in params:
            g = grads[name]
            self.m[name] = self.beta1 * self.m.get(name, 0) + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v.get(name, 0) + (1 - self.beta2) * g**2
            m_hat = self.m[name] / (1 - self.beta1**self.t)
            v_hat = self.v[name] / (1 - self.beta2**self.t)
            params[name] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)
        ### END SOLUTION


def trajectory(optimizer, start, steps):
    """Return the points that the optimizer visits on f(x, y) = x²/20 + y², the start included.

    f(x, y) = x²/20 + y² 위에서 옵티마이저가 지나는 점을 출발점까지 모두 돌려준다.

    optimizer: an object with update(params, grads). start: array of shape (2,); it stays as it is.
    Returns an array of shape (steps + 1, 2), one point (x, y) in each row.
    """
    ### BEGIN SOLUTION
    params = {"point": np.array(start, dtype=float)}
    path = [params["point"].copy()]
    for _ in range(steps):
        x, y = params["point"]
        optimizer.update(params, {"point": np.array([x / 10, 2 * y])})
        path.append(params["point"].copy())
    return np.array(path)
    ### END SOLUTION


def plot_trajectories():
    """Draw the paths of the five optimizers over the contour lines of f, and return the Figure.

    f의 등고선 위에 다섯 옵티마이저의 경로를 그린 Figure를 돌려준다.

    The start is (-7, 2), there are 30 steps; the learning rates are in the handout.
    """
    ### BEGIN SOLUTION
    optimizers = {
        "SGD": SGD(lr=0.95),
        "Momentum": Momentum(lr=0.1),
        "AdaGrad": AdaGrad(lr=1.5),
        "RMSProp": RMSProp(lr=0.1),
        "Adam": Adam(lr=0.3),
    }
    fig, ax = plt.subplots()
    x, y = np.meshgrid(np.linspace(-8, 8, 161), np.linspace(-3, 3, 121))
    ax.contour(x, y, x**2 / 20 + y**2, levels=[0.1, 0.5, 1, 2, 4, 6], colors="grey", linewidths=0.5)
    for name, optimizer in optimizers.items():
        path = trajectory(optimizer, np.array([-7.0, 2.0]), 30)
        ax.plot(path[:, 0], path[:, 1], "o-", markersize=3, label=name)
    ax.legend()
    return fig
    ### END SOLUTION
