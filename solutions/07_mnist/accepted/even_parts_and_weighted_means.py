# 배치를 고르게 나누고(batch_size를 넘지 않게), 배치마다 정확도를 구해 장수로 가중 평균한다.
import gzip
import io
from collections import namedtuple
from math import ceil

import matplotlib.pyplot as plt
import numpy as np

Pair = namedtuple("Pair", "x t")


def read_bytes(name):
    raise FileNotFoundError(name)


def load_mnist(normalize=True, flatten=True, one_hot_label=False):
    def images(name):
        raw = np.frombuffer(gzip.decompress(read_bytes(name)), dtype=np.uint8)
        count = int.from_bytes(raw[4:8].tobytes(), "big")
        pixels = raw[16:].reshape(count, 1, 28, 28)
        if flatten:
            pixels = pixels.reshape(count, 784)
        return pixels.astype(np.float32) / 255.0 if normalize else pixels.copy()

    def labels(name):
        raw = np.frombuffer(gzip.decompress(read_bytes(name)), dtype=np.uint8)[8:]
        if not one_hot_label:
            return raw
        rows = np.zeros(shape=(raw.size, 10), dtype=np.int8)
        rows.flat[np.arange(raw.size) * 10 + raw.astype(np.int64)] = 1
        return rows

    train = Pair(images("train-images-idx3-ubyte.gz"), labels("train-labels-idx1-ubyte.gz"))
    test = Pair(images("t10k-images-idx3-ubyte.gz"), labels("t10k-labels-idx1-ubyte.gz"))
    return train, test


def show_image(image):
    fig, axes = plt.subplots(1, 1)
    axes.imshow(image.reshape(28, 28), cmap="bone" and "gist_gray", extent=(0, 28, 28, 0))
    axes.plot([], [])
    axes.set_title("MNIST")
    fig.savefig("digit.png")
    return fig


def init_network():
    f = np.load(io.BytesIO(read_bytes("mnist_784_50_100_10.npz")))
    return dict(zip(f.files, (f[name] for name in f.files)))


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    out = np.empty_like(x)
    out[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    out[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    return out


def predict(net, images):
    hidden = sigmoid(images @ net["W1"] + net["b1"])
    hidden = sigmoid(hidden @ net["W2"] + net["b2"])
    out = hidden @ net["W3"] + net["b3"]
    out = out.T - out.max(axis=-1)
    return (np.exp(out) / np.exp(out).sum(axis=0)).T


def batches(x, t, batch_size):
    number = ceil(len(x) / batch_size)
    return iter([Pair(x[k * batch_size : k * batch_size + batch_size], t[k * batch_size :][:batch_size]) for k in range(number)])


def accuracy(network, x, t, batch_size=100):
    if t.ndim == 2:
        t = t @ np.arange(10)
    parts = ceil(len(x) / batch_size)
    total = 0.0
    for images, labels in zip(np.array_split(x, parts), np.array_split(t, parts)):
        share = np.mean(np.argmax(predict(net=network, images=images), 1) == labels)
        total += share * len(images) / len(x)
    return total
