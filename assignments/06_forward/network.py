"""Signals through three layers: a network as a dict, its forward pass, random weights, and its shapes.

세 층을 지나는 신호: 딕셔너리로 된 신경망, 순전파, 무작위 가중치, 그리고 배열의 모양.

A network is a dict with the six keys W1, b1, W2, b2, W3, b3.
신경망은 키가 W1, b1, W2, b2, W3, b3 여섯 개인 딕셔너리이다.
"""

import numpy as np


def init_network():
    """Return the network of the handout: a dict with W1 (2, 3), b1 (3,), W2 (3, 2), b2 (2,), W3 (2, 2), b3 (2,).

    교재에 있는 신경망을 딕셔너리로 돌려준다. 키와 모양은 위와 같다.
    """
    raise NotImplementedError("init_network")


def forward(network, x):
    """Return the output of the network: sigmoid in the two hidden layers, no activation (the identity) in the last.

    신경망의 출력을 돌려준다. 은닉층 두 개에는 시그모이드를, 출력층에는 항등 함수를 쓴다.

    network: dict with the arrays W1, b1, W2, b2, W3, b3, of any sizes that fit together; it is not changed.
    x: array of shape (inputs,), one input, or (samples, inputs), a batch; or a list such as [1.0, 0.5] (리스트도 된다).
    Returns an array of shape (outputs,) or (samples, outputs).
    """
    raise NotImplementedError("forward")


def random_network(sizes, rng):
    """Return a network of these sizes. Its weights are standard normal numbers drawn from rng, its biases 0.

    가중치가 rng에서 뽑은 표준정규분포 난수이고 편향이 0인 신경망을 돌려준다. 크기는 sizes가 정한다.

    sizes: four ints: inputs, neurons of layer 1, neurons of layer 2, outputs. rng: a NumPy generator
    (np.random.default_rng(...)). The biases may be normal numbers too. (편향도 정규분포 난수로 해도 된다.)
    """
    raise NotImplementedError("random_network")


def shapes(network):
    """Return a dict that gives for every key of the network the shape of what is stored there, as a tuple.

    신경망의 키마다 거기에 든 값의 모양(튜플)을 담은 딕셔너리를 돌려준다.

    network: dict whose values are arrays. (값은 배열이다.)
    """
    raise NotImplementedError("shapes")


# Helper functions such as the sigmoid go here. (시그모이드 같은 도우미 함수는 여기에 쓰세요.)
