# 강의 노트 그대로: 함수를 잘게 나누고, 중간 결과를 출력하고, float64로 계산한다.
import gzip
import io
import os
from pathlib import Path

import numpy as np
import matplotlib.pyplot as plt

FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)
WEIGHTS = "mnist_784_50_100_10.npz"


def read_bytes(name):
    return Path(os.environ.get("NAND2MNIST_DATA", "."), name).read_bytes()


key_file = {
    'train_img': 'train-images-idx3-ubyte.gz',
    'train_label': 'train-labels-idx1-ubyte.gz',
    'test_img': 't10k-images-idx3-ubyte.gz',
    'test_label': 't10k-labels-idx1-ubyte.gz',
}
img_size = 784


def _load_label(file_name):
    print("Converting " + file_name + " to NumPy Array ...")
    with gzip.open(io.BytesIO(read_bytes(file_name)), 'rb') as f:
        labels = np.frombuffer(f.read(), np.uint8, offset=8)
    print("Done")
    return labels


def _load_img(file_name):
    print("Converting " + file_name + " to NumPy Array ...")
    with gzip.open(io.BytesIO(read_bytes(file_name)), 'rb') as f:
        data = np.frombuffer(f.read(), np.uint8, offset=16)
    data = data.reshape(-1, img_size)
    print("Done")
    return data


def _change_one_hot_label(X):
    T = np.zeros((X.size, 10))
    for idx, row in enumerate(T):
        row[X[idx]] = 1
    return T


def load_mnist(normalize=True, flatten=True, one_hot_label=False):
    dataset = {}
    dataset['train_img'] = _load_img(key_file['train_img'])
    dataset['train_label'] = _load_label(key_file['train_label'])
    dataset['test_img'] = _load_img(key_file['test_img'])
    dataset['test_label'] = _load_label(key_file['test_label'])

    if normalize:
        for key in ('train_img', 'test_img'):
            dataset[key] = dataset[key].astype(np.float64)
            dataset[key] /= 255.0

    if one_hot_label:
        dataset['train_label'] = _change_one_hot_label(dataset['train_label'])
        dataset['test_label'] = _change_one_hot_label(dataset['test_label'])

    if not flatten:
        for key in ('train_img', 'test_img'):
            dataset[key] = dataset[key].reshape(-1, 1, 28, 28)

    return (dataset['train_img'], dataset['train_label']), (dataset['test_img'], dataset['test_label'])


def show_image(image):
    img = image.reshape(28, 28)
    print(img.shape)
    plt.figure()
    plt.imshow(img, cmap=plt.cm.gray)
    plt.title("digit")
    plt.show()
    return plt.gcf()


def init_network():
    data = np.load(io.BytesIO(read_bytes(WEIGHTS)))
    network = dict(data)
    return network


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    if x.ndim == 2:
        x = x.T
        x = x - np.max(x, axis=0)
        y = np.exp(x) / np.sum(np.exp(x), axis=0)
        return y.T
    x = x - np.max(x)
    return np.exp(x) / np.sum(np.exp(x))


def predict(network, x):
    W1, W2, W3 = network['W1'], network['W2'], network['W3']
    b1, b2, b3 = network['b1'], network['b2'], network['b3']

    a1 = np.dot(x, W1) + b1
    z1 = sigmoid(a1)
    a2 = np.dot(z1, W2) + b2
    z2 = sigmoid(a2)
    a3 = np.dot(z2, W3) + b3
    y = softmax(a3)

    return y


def batches(x, t, batch_size):
    for i in range(0, len(x), batch_size):
        x_batch = x[i:i+batch_size]
        t_batch = t[i:i+batch_size]
        yield x_batch, t_batch


def accuracy(network, x, t, batch_size=100):
    accuracy_cnt = 0
    for i in range(0, len(x), batch_size):
        x_batch = x[i:i+batch_size]
        y_batch = predict(network, x_batch)
        p = np.argmax(y_batch, axis=1)
        answer = t[i:i+batch_size]
        if answer.ndim != 1:
            answer = np.argmax(answer, axis=1)
        accuracy_cnt += np.sum(p == answer)
    print("Accuracy:" + str(float(accuracy_cnt) / len(x)))
    return float(accuracy_cnt) / len(x)


if __name__ == "__main__":
    (x_train, t_train), (x_test, t_test) = load_mnist()
    print(accuracy(init_network(), x_test, t_test))
