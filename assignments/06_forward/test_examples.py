"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import network
import numpy as np

# The network of the handout.
NETWORK = {
    "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    "b1": np.array([0.1, 0.2, 0.3]),
    "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    "b2": np.array([0.1, 0.2]),
    "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
    "b3": np.array([0.1, 0.2]),
}
KEYS = ["W1", "W2", "W3", "b1", "b2", "b3"]


def test_init_network_has_six_keys():
    """init_network gives a dict with the keys W1, b1, W2, b2, W3, b3

    init_network는 키가 W1, b1, W2, b2, W3, b3인 딕셔너리를 돌려준다
    """
    made = network.init_network()
    assert [key for key in KEYS if key in made] == KEYS


def test_init_network_has_the_numbers_of_the_handout():
    """init_network has the weights and biases of the handout

    init_network의 가중치와 편향이 교재와 같다
    """
    made = network.init_network()
    for key in KEYS:
        assert np.asarray(made[key]).tolist() == NETWORK[key].tolist()


def test_forward_of_the_lecture():
    """forward gives 0.3168, 0.6963 for the input (1.0, 0.5)

    forward는 입력 (1.0, 0.5)에서 0.3168과 0.6963이다
    """
    assert np.round(network.forward(NETWORK, np.array([1.0, 0.5])), 4).tolist() == [0.3168, 0.6963]


def test_forward_of_a_batch():
    """forward gives one row of outputs for each row of inputs

    forward는 입력의 행마다 출력을 한 행씩 돌려준다
    """
    outputs = network.forward(NETWORK, np.array([[1.0, 0.5], [0.0, 0.0], [-1.0, 2.0]]))
    assert np.shape(outputs) == (3, 2)
    assert np.round(outputs, 4).tolist() == [[0.3168, 0.6963], [0.3081, 0.6768], [0.3167, 0.6959]]


def test_forward_of_a_list():
    """forward takes an input that is a list

    forward는 리스트로 된 입력도 받는다
    """
    assert np.round(network.forward(NETWORK, [1.0, 0.5]), 4).tolist() == [0.3168, 0.6963]


def test_random_network_has_the_shapes_of_its_sizes():
    """random_network gives W1 of shape (5, 4), b1 of shape (4,), W3 of shape (3, 2) for the sizes 5, 4, 3, 2

    random_network는 크기가 5, 4, 3, 2일 때 W1의 모양이 (5, 4), b1은 (4,), W3은 (3, 2)이다
    """
    made = network.random_network((5, 4, 3, 2), np.random.default_rng(1))
    assert np.shape(made["W1"]) == (5, 4)
    assert np.shape(made["b1"]) == (4,)
    assert np.shape(made["W3"]) == (3, 2)


def test_random_network_can_be_repeated():
    """random_network gives the same weights for the same seed, and others when the generator goes on

    random_network는 시드가 같으면 같은 가중치를, 같은 생성기를 이어서 쓰면 다른 가중치를 준다
    """
    rng = np.random.default_rng(1)
    first = network.random_network((5, 4, 3, 2), rng)
    second = network.random_network((5, 4, 3, 2), rng)
    again = network.random_network((5, 4, 3, 2), np.random.default_rng(1))
    assert np.array_equal(first["W1"], again["W1"])
    assert not np.array_equal(first["W1"], second["W1"])


def test_shapes_of_the_handout():
    """shapes gives (2, 3) for W1 and (3,) for b1, and so on for all keys

    shapes는 W1에 (2, 3), b1에 (3,), 이렇게 모든 키에 모양을 준다
    """
    got = {key: tuple(shape) for key, shape in network.shapes(NETWORK).items()}
    assert got == {"W1": (2, 3), "b1": (3,), "W2": (3, 2), "b2": (2,), "W3": (2, 2), "b3": (2,)}
