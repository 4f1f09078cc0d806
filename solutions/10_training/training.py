"""A network that learned: batches, epochs, the gradient by backpropagation, and the loop that uses them.

스스로 배운 신경망: 미니배치, 에폭, 역전파로 구한 기울기, 그리고 이들을 되풀이하는 학습.

N is the number of samples in a batch. t is given as labels, an array of shape (N,) with whole numbers, or as one-hot
rows, an array of shape (N, classes).
N은 배치에 든 표본의 수이다. t는 레이블(모양 (N,)인 정수 배열)일 수도 있고 원-핫 행(모양 (N, 클래스 수)인 배열)일 수도
있다.
"""

import numpy as np


def iterations_per_epoch(n, batch_size):
    """Return how many batches there are in one epoch; the last one may be short.

    한 에폭에 배치가 몇 개 있는지 돌려준다. 마지막 배치는 작을 수 있다.

    n: int, 1 or more, the number of samples. batch_size: int, 1 or more.
    """
    ### BEGIN SOLUTION
    return -(-n // batch_size)
    ### END SOLUTION


def minibatches(x, t, batch_size, rng):
    """Return one epoch of batches (x_batch, t_batch), in an order that rng shuffles anew on every call.

    한 에폭의 배치 (x_batch, t_batch)들을 돌려준다. 순서는 부를 때마다 rng로 새로 섞는다.

    x: array of shape (n, features). t: labels, array of shape (n,), or one-hot rows, array of shape (n, classes).
    batch_size: int. rng: a generator made by np.random.default_rng.
    Returns a list of pairs, or anything else that can be iterated once (a generator with `yield`, say). Every sample
    is in exactly one batch; the last batch has what is left. x and t stay as they were.
    """
    ### BEGIN SOLUTION
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], t[chosen]
    ### END SOLUTION


def train_gate(table, lr, epochs, rng):
    """Return the weights and the bias (w, b) of one neuron that has learned the gate in the table.

    표의 게이트를 배운 뉴런 하나의 가중치와 편향 (w, b)를 돌려준다.

    table: array of shape (4, 3), one row (x1, x2, y) for every line of the truth table. lr: float, the learning rate.
    epochs: int, how often the whole table is used. rng: made by np.random.default_rng, for the first weights.
    Returns (w, b): w an array of shape (2,), b a number; the gate answers 1 where w[0]*x1 + w[1]*x2 + b > 0.
    """
    ### BEGIN SOLUTION
    x, y = table[:, :2], table[:, 2]
    w, b = rng.normal(size=2), 0.0
    for _ in range(epochs):
        error = sigmoid(x @ w + b) - y
        w = w - lr * (x.T @ error) / len(y)
        b = b - lr * np.mean(error)
    return w, b
    ### END SOLUTION


def sigmoid(a):
    """Return 1 / (1 + e^-a), without an overflow. (given)

    1 / (1 + e^-a)를 오버플로 없이 돌려준다. (주어진 함수)

    a: array of any shape.
    """
    return 0.5 * (1 + np.tanh(0.5 * a))


def softmax(a):
    """Return the probabilities of the scores a, row by row. (given)

    점수 a를 행마다 확률로 바꾸어 돌려준다. (주어진 함수)

    a: array of shape (N, classes).
    """
    e = np.exp(a - np.max(a, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


class TwoLayerNet:
    """A network with one hidden layer: x @ W1 + b1, sigmoid, @ W2 + b2, softmax.

    은닉층이 하나인 신경망: x @ W1 + b1, 시그모이드, @ W2 + b2, 소프트맥스.

    params: the dict of the parameters W1 (input_size, hidden_size), b1 (hidden_size,), W2 (hidden_size, output_size),
    b2 (output_size,). An optimizer changes these very arrays, so the methods use self.params every time.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01, rng=None):
        """Draw normal weights of standard deviation weight_init_std from rng; the biases are 0.

        rng에서 표준편차가 weight_init_std인 정규분포 난수를 뽑아 가중치로 한다. 편향은 0이다.

        rng: a generator made by np.random.default_rng; None means a new one.
        """
        ### BEGIN SOLUTION
        if rng is None:
            rng = np.random.default_rng()
        self.params = {
            "W1": weight_init_std * rng.standard_normal((input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * rng.standard_normal((hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }
        ### END SOLUTION

    def predict(self, x):
        """Return the class probabilities, one row per sample.

        표본마다 한 행씩 클래스별 확률을 돌려준다.

        x: array of shape (N, input_size). Returns an array of shape (N, output_size).
        """
        ### BEGIN SOLUTION
        hidden = sigmoid(x @ self.params["W1"] + self.params["b1"])
        return softmax(hidden @ self.params["W2"] + self.params["b2"])
        ### END SOLUTION

    def loss(self, x, t):
        """Return the cross-entropy error, the mean over the batch.

        교차 엔트로피 오차의 배치 평균을 돌려준다.

        x: array of shape (N, input_size). t: labels or one-hot rows. Returns a number.
        """
        ### BEGIN SOLUTION
        y = self.predict(x)
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return -np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7))
        ### END SOLUTION

    def accuracy(self, x, t):
        """Return the share of samples, from 0 to 1, whose most probable class is the right one.

        가장 그럴듯한 클래스가 정답인 표본의 비율을 0에서 1 사이의 수로 돌려준다.

        x: array of shape (N, input_size). t: labels or one-hot rows. Returns a number.
        """
        ### BEGIN SOLUTION
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.mean(np.argmax(self.predict(x), axis=1) == labels))
        ### END SOLUTION

    def numerical_gradient(self, x, t):
        """Return the gradient of the loss as a dict with the keys of params, by central differences. Slow.

        손실의 기울기를 중심 차분으로 구하여, params와 키가 같은 dict로 돌려준다. 느리다.

        x: array of shape (N, input_size). t: labels or one-hot rows. params is afterwards as it was.
        """
        ### BEGIN SOLUTION
        delta = 1e-4
        grads = {}
        for key, values in self.params.items():
            grads[key] = np.zeros_like(values)
            for index in np.ndindex(*values.shape):
                kept = values[index]
                values[index] = kept + delta
                above = self.loss(x, t)
                values[index] = kept - delta
                below = self.loss(x, t)
                values[index] = kept
                grads[key][index] = (above - below) / (2 * delta)
        return grads
        ### END SOLUTION

    def gradient(self, x, t):
        """Return the same gradient by backpropagation: one pass forwards, one backwards, without calling loss.

        같은 기울기를 역전파로 구하여 돌려준다. 앞으로 한 번, 뒤로 한 번 계산하고 loss는 부르지 않는다.

        x: array of shape (N, input_size). t: labels or one-hot rows.
        Returns a dict with the keys of params; each gradient has the shape of its parameter.
        """
        ### BEGIN SOLUTION
        hidden = sigmoid(x @ self.params["W1"] + self.params["b1"])
        y = softmax(hidden @ self.params["W2"] + self.params["b2"])
        if t.ndim == 1:
            t = np.eye(y.shape[1])[t]
        d2 = (y - t) / len(x)
        d1 = (d2 @ self.params["W2"].T) * hidden * (1 - hidden)
        return {"W1": x.T @ d1, "b1": d1.sum(axis=0), "W2": hidden.T @ d2, "b2": d2.sum(axis=0)}
        ### END SOLUTION


def train(network, data, optimizer, epochs, batch_size, rng):
    """Train the network and return its history, a list with one dict per epoch.

    신경망을 학습시키고, 에폭마다 dict가 하나씩 든 리스트(기록)를 돌려준다.

    network: has params, predict, loss, accuracy and gradient, as TwoLayerNet.
    data: ((x_train, t_train), (x_test, t_test)).
    optimizer: has update(params, grads), which changes the arrays of params. epochs, batch_size: int.
    rng: a generator made by np.random.default_rng, for minibatches.
    Each dict has "loss" (the loss on the training data), "train_accuracy" and "test_accuracy", after that epoch.
    """
    ### BEGIN SOLUTION
    (x_train, t_train), (x_test, t_test) = data
    history = []
    for _ in range(epochs):
        for x, t in minibatches(x_train, t_train, batch_size, rng):
            optimizer.update(network.params, network.gradient(x, t))
        history.append(
            {
                "loss": network.loss(x_train, t_train),
                "train_accuracy": network.accuracy(x_train, t_train),
                "test_accuracy": network.accuracy(x_test, t_test),
            }
        )
    return history
    ### END SOLUTION
