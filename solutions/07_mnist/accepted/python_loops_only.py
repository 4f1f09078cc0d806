"""Slow but right: bytes and pixels in Python loops, lists where lists will do, no slicing of batches."""
import gzip
import io
import math
import struct

import matplotlib.pyplot as plt
import numpy as np


def read_bytes(name):
    with open(name, "rb") as file:
        return file.read()


def read_images(name):
    data = gzip.decompress(read_bytes(name))
    magic, n, rows, columns = struct.unpack(">IIII", data[:16])
    assert magic == 2051
    images = np.zeros((n, 1, rows, columns), dtype=np.uint8)
    position = 16
    for k in range(n):
        for i in range(rows):
            for j in range(columns):
                images[k, 0, i, j] = data[position]
                position = position + 1
    return images


def read_labels(name):
    data = gzip.decompress(read_bytes(name))
    magic, n = struct.unpack(">II", data[:8])
    assert magic == 2049
    return [data[8 + k] for k in range(n)]


def load_mnist(normalize=True, flatten=True, one_hot_label=False):
    result = []
    for images, labels in [
        ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
        ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
    ]:
        x = read_images(images)
        t = read_labels(labels)
        if flatten:
            x = np.array([image.flatten() for image in x])
        if normalize:
            x = x / np.float32(255)
        if one_hot_label:
            t = [[1.0 if digit == label else 0.0 for digit in range(10)] for label in t]
        result.append([x, np.array(t)])
    return result


def show_image(image):
    picture = [[float(image.ravel()[28 * i + j]) for j in range(28)] for i in range(28)]
    figure = plt.figure()
    axes = figure.add_subplot(1, 1, 1)
    axes.imshow(picture, cmap="Greys", origin="upper")
    axes.set_xticks([])
    axes.set_yticks([])
    return figure


def init_network():
    network = {}
    archive = np.load(io.BytesIO(read_bytes("mnist_784_50_100_10.npz")), allow_pickle=False)
    for name in archive.files:
        network[name] = archive[name]
    return network


def sig(value):
    return 1 / (1 + math.exp(-value)) if value > 0 else math.exp(value) / (1 + math.exp(value))


def one(network, x):
    a = x @ network["W1"] + network["b1"]
    z = np.array([sig(v) for v in a])
    a = z @ network["W2"] + network["b2"]
    z = np.array([sig(v) for v in a])
    a = z @ network["W3"] + network["b3"]
    largest = max(a)
    e = [math.exp(v - largest) for v in a]
    return [v / sum(e) for v in e]


def predict(network, x):
    if x.ndim == 1:
        return np.array(one(network, x))
    return np.array([one(network, row) for row in x])


def batches(x, t, batch_size):
    all_batches = []
    images, labels = [], []
    for image, label in zip(x, t):
        images.append(image)
        labels.append(label)
        if len(images) == batch_size:
            all_batches.append((np.array(images), np.array(labels)))
            images, labels = [], []
    if images:
        all_batches.append((np.array(images), np.array(labels)))
    return all_batches


def accuracy(network, x, t, batch_size=100):
    right = 0
    for images, labels in batches(x, t, batch_size):
        for probabilities, label in zip(predict(network, images), labels):
            if np.ndim(label) == 1:
                label = list(label).index(1)
            if list(probabilities).index(max(probabilities)) == label:
                right += 1
    return right / len(x)
