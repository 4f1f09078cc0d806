"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import numpy as np
import training

TABLE = {
    "AND": [[0.0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]],
    "OR": [[0.0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]],
    "NAND": [[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0]],
}
X = np.array([[1.0, 0.0], [2.0, 1.0]])
LABELS = np.array([2, 0])
ONE_HOT = np.array([[0.0, 0, 1], [1, 0, 0]])


class SGD:
    """The optimizer of 09, for the example of train."""

    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]


def example():
    """The network that the handout computes by hand."""
    network = training.TwoLayerNet(2, 2, 3)
    network.params["W1"][...] = [[1.0, -1.0], [0.5, 2.0]]
    network.params["b1"][...] = [0.0, -1.0]
    network.params["W2"][...] = [[1.0, 0.0, -1.0], [-1.0, 2.0, 0.5]]
    network.params["b2"][...] = [0.0, -0.5, 0.5]
    return network


def blobs(n, seed):
    """n points around three centres, and which centre each belongs to."""
    rng = np.random.default_rng(seed)
    t = rng.integers(0, 3, size=n)
    return np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])[t] + 0.5 * rng.normal(size=(n, 2)), t


def test_iterations_per_epoch_counts_the_short_batch():
    """iterations_per_epoch is 3 for 7 samples in batches of 3

    표본 7개를 3개씩 나누면 iterations_per_epoch는 3이다
    """
    assert training.iterations_per_epoch(7, 3) == 3
    assert training.iterations_per_epoch(60000, 100) == 600


def test_minibatches_shows_every_sample_once():
    """minibatches gives 7 samples in batches of 3, 3 and 1, each with its label

    minibatches는 표본 7개를 3개, 3개, 1개씩 레이블과 함께 내보낸다
    """
    x, t = np.arange(14.0).reshape(7, 2), np.arange(7)
    batches = list(training.minibatches(x, t, 3, np.random.default_rng(1)))
    assert [len(x_batch) for x_batch, _ in batches] == [3, 3, 1]
    labels = np.concatenate([t_batch for _, t_batch in batches])
    assert sorted(labels.tolist()) == list(range(7))
    assert np.array_equal(np.concatenate([x_batch for x_batch, _ in batches]), x[labels])


def test_minibatches_shuffles_every_epoch():
    """minibatches gives another order in the next epoch, and the same one for the same seed

    minibatches의 순서는 다음 에폭에 달라지고, 시드가 같으면 같다
    """
    x, t = np.arange(40.0).reshape(20, 2), np.arange(20)

    def order(rng):
        return np.concatenate([t_batch for _, t_batch in training.minibatches(x, t, 6, rng)]).tolist()

    rng = np.random.default_rng(1)
    first, second = order(rng), order(rng)
    assert first != list(range(20))
    assert first != second
    assert first == order(np.random.default_rng(1))


def test_train_gate_learns_the_gates():
    """train_gate learns AND, OR and NAND

    train_gate는 AND, OR, NAND를 배운다
    """
    for name, rows in TABLE.items():
        table = np.array(rows)
        w, b = training.train_gate(table, 1.0, 1000, np.random.default_rng(1))
        sums = table[:, :2] @ np.ravel(w) + np.ravel(b)
        assert np.array_equal(sums > 0, table[:, 2] == 1), f"{name}: w = {w}, b = {b}"


def test_TwoLayerNet_has_its_parameters():  # noqa: N802
    """TwoLayerNet(5, 4, 3) has W1, b1, W2, b2 of the right shapes

    TwoLayerNet(5, 4, 3)에는 모양이 맞는 W1, b1, W2, b2가 있다
    """
    params = training.TwoLayerNet(5, 4, 3).params
    shapes = {key: np.shape(value) for key, value in params.items()}
    assert shapes == {"W1": (5, 4), "b1": (4,), "W2": (4, 3), "b2": (3,)}


def test_TwoLayerNet_predicts_the_example():  # noqa: N802
    """TwoLayerNet: predict, loss and accuracy have the values of the handout

    TwoLayerNet: predict, loss, accuracy의 값이 교재와 같다
    """
    network = example()
    assert np.argmax(network.predict(X), axis=1).tolist() == [0, 0]
    for t in (LABELS, ONE_HOT):
        assert np.isclose(network.loss(X, t), 1.0341, atol=1e-4)
        assert np.isclose(network.accuracy(X, t), 0.5)


def test_TwoLayerNet_gradient_of_the_example():  # noqa: N802
    """TwoLayerNet: gradient and numerical_gradient have the values of the handout

    TwoLayerNet: gradient와 numerical_gradient의 값이 교재와 같다
    """
    network = example()
    for method in (network.numerical_gradient, network.gradient):
        for t in (LABELS, ONE_HOT):
            grads = method(X, t)
            assert np.allclose(grads["b2"], [0.0261, 0.2512, -0.2773], atol=1e-4)
            assert np.allclose(grads["W2"], [[-0.0274, 0.2107, -0.1833], [-0.0329, 0.0509, -0.0180]], atol=1e-4)
            assert np.allclose(grads["b1"], [0.1029, 0.0878], atol=1e-4)
            assert np.allclose(grads["W1"], [[0.0789, 0.2000], [-0.0239, 0.1122]], atol=1e-4)


def test_train_separates_three_clouds():
    """train keeps one dict per epoch, and three clouds of points are told apart in the end

    train은 에폭마다 dict를 하나씩 기록하고, 끝에는 점 무리 셋을 구별한다
    """
    network = training.TwoLayerNet(2, 8, 3, 0.5, np.random.default_rng(1))
    data = blobs(150, 1), blobs(60, 2)
    history = training.train(network, data, SGD(0.5), 20, 10, np.random.default_rng(1))
    assert len(history) == 20
    assert all({"loss", "train_accuracy", "test_accuracy"} <= set(row) for row in history)
    assert history[-1]["loss"] < history[0]["loss"]
    assert np.isclose(history[-1]["test_accuracy"], network.accuracy(*data[1]))
    assert history[-1]["test_accuracy"] > 0.9
