# The attack: values of every kind where numbers are expected, so that the grader stumbles over one of them.
import numpy as np

STRANGE = (
    None, "text", b"bytes", 10**400, -(10**400), float("nan"), float("inf"), 1j, True, [], (), {}, [[1], [1, 2]],
    np.array(["a"]), np.array([None]), np.zeros((0, 3)), np.full((2, 2), np.nan), np.datetime64("2020-01-01"), object(), print,
    {"W1": None}, {"W1": 1, "b1": "x", "W2": [], "b2": {}}, [{}], [{"loss": "x", "train_accuracy": None, "test_accuracy": []}],
    (1, 2), ("a", "b"), [([1], [2], [3])], [(np.zeros(3), np.zeros(3))], (np.zeros(2), np.nan), (np.zeros((1, 2)), [1]), range(3),
)
turn = 0


def anything(*_args, **_kwargs):
    global turn
    turn += 1
    return STRANGE[turn % len(STRANGE)]


iterations_per_epoch = train_gate = anything


def minibatches(*_args):
    for _ in range(5):
        yield anything()


class TwoLayerNet:
    def __init__(self, *sizes):
        i, h, o = sizes[:3]
        self.params = {"W1": np.random.rand(i, h), "b1": np.zeros(h), "W2": np.random.rand(h, o), "b2": np.zeros(o)}

    predict = loss = accuracy = gradient = numerical_gradient = anything


def train(network, data, optimizer, *_rest):
    optimizer.update(network.params, {key: 0.0 for key in network.params})
    return anything()
