"""Ways downhill: gradient descent, and five optimizers that go down in their own way.

아래로 내려가는 길: 경사 하강법, 그리고 저마다 다른 방식으로 내려가는 옵티마이저 다섯 가지.

params and grads are dicts with the same keys: names of parameters → float64 arrays of any shape.
params와 grads는 키가 같은 딕셔너리이다. 매개변수의 이름 → 아무 모양의 float64 배열.
"""

import matplotlib.pyplot as plt
import numpy as np

# gradient_descent needs your numerical_derivative of assignment 04: copy it to this place.
# gradient_descent에는 04번 과제의 numerical_derivative가 필요합니다. 여기에 복사해 넣으세요.


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """Return the point that step_num steps down the gradient of f lead to, from init_x on. init_x stays as it is.

    init_x에서 출발해 f의 기울기를 따라 step_num번 내려간 점을 돌려준다. init_x는 바뀌지 않는다.

    f: takes an array of shape (n,), gives a number. init_x: array of shape (n,). Returns an array of shape (n,).
    """
    raise NotImplementedError("gradient_descent")


class SGD:
    """Go against the gradient.

    기울기의 반대 방향으로 간다.
    """

    def __init__(self, lr=0.01):
        raise NotImplementedError("SGD.__init__")

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        raise NotImplementedError("SGD.update")


class Momentum:
    """Roll: keep part of the velocity of the step before.

    굴러간다. 바로 앞 걸음의 속도를 일부 이어 간다.
    """

    def __init__(self, lr=0.01, momentum=0.9):
        raise NotImplementedError("Momentum.__init__")

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        raise NotImplementedError("Momentum.update")


class AdaGrad:
    """Give every element a learning rate of its own, that shrinks with all squared gradients so far.

    원소마다 학습률을 따로 두고, 지금까지의 기울기 제곱이 쌓일수록 줄인다.
    """

    def __init__(self, lr=0.01):
        raise NotImplementedError("AdaGrad.__init__")

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        raise NotImplementedError("AdaGrad.update")


class RMSProp:
    """As AdaGrad, but forget old gradients little by little.

    AdaGrad와 같지만 오래된 기울기는 조금씩 잊는다.
    """

    def __init__(self, lr=0.01, decay_rate=0.99):
        raise NotImplementedError("RMSProp.__init__")

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        raise NotImplementedError("RMSProp.update")


class Adam:
    """Momentum and RMSProp together, with both averages corrected for their start at 0.

    Momentum과 RMSProp을 합치고, 두 평균이 0에서 시작한 만큼 보정한다.
    """

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        raise NotImplementedError("Adam.__init__")

    def update(self, params, grads):
        """Change the arrays in params by one step. grads stays as it is.

        params의 배열을 한 걸음만큼 바꾼다. grads는 바뀌지 않는다.
        """
        raise NotImplementedError("Adam.update")


def trajectory(optimizer, start, steps):
    """Return the points that the optimizer visits on f(x, y) = x²/20 + y², the start included.

    f(x, y) = x²/20 + y² 위에서 옵티마이저가 지나는 점을 출발점까지 모두 돌려준다.

    optimizer: an object with update(params, grads). start: array of shape (2,); it stays as it is.
    Returns an array of shape (steps + 1, 2), one point (x, y) in each row.
    """
    raise NotImplementedError("trajectory")


def plot_trajectories():
    """Draw the paths of the five optimizers over the contour lines of f, and return the Figure.

    f의 등고선 위에 다섯 옵티마이저의 경로를 그린 Figure를 돌려준다.

    The start is (-7, 2), there are 30 steps; the learning rates are in the handout.
    """
    raise NotImplementedError("plot_trajectories")
