import gzip
import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)
WEIGHTS = "mnist_784_50_100_10.npz"


def read_bytes(name):
    return Path(__file__).with_name(name).read_bytes()


def read_idx(name, magic, axes):
    packed = read_bytes(name)
    try:
        data = gzip.decompress(packed)
    except (OSError, EOFError) as error:
        raise ValueError(f"{name}: {error}") from error
    header = [int.from_bytes(data[k : k + 4], "big") for k in range(0, 4 + 4 * axes, 4)]
    if header[0] != magic or len(data) != 4 + 4 * axes + header[1] * 784 ** (axes == 3):
        raise ValueError(f"{name}: the header does not fit")
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * axes)


def read_images(name):
    return read_idx(name, 2051, 3).reshape(-1, 784)


def read_labels(name):
    return read_idx(name, 2049, 1)


def one_hot(t):
    rows = np.zeros((t.size, 10))
    rows[np.arange(t.size), t] = 1
    return rows


def load_mnist(normalize=True, flatten=True, one_hot_label=False):
    x_train, t_train = read_images(FILES[0]), read_labels(FILES[1])
    x_test, t_test = read_images(FILES[2]), read_labels(FILES[3])
    if len(x_train) != len(t_train) or len(x_test) != len(t_test):
        raise ValueError(f"{FILES}: as many labels as images")
    if normalize:
        x_train = x_train.astype(np.float32) / 255
        x_test = x_test.astype(np.float32) / 255
    if not flatten:
        x_train = x_train.reshape(-1, 1, 28, 28)
        x_test = x_test.reshape(-1, 1, 28, 28)
    if one_hot_label:
        t_train, t_test = one_hot(t_train), one_hot(t_test)
    return (x_train, t_train), (x_test, t_test)


def show_image(image):
    fig, ax = plt.subplots()
    ax.imshow(image.reshape(28, 28), cmap="gray")
    return fig


def init_network():
    file = np.load(io.BytesIO(read_bytes(WEIGHTS)))
    return {key: file[key] for key in file.files}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def softmax(a):
    e = np.exp(a)
    return e / np.sum(e, axis=-1, keepdims=True)


def predict(network, x):
    W1, W2, W3 = network["W1"], network["W2"], network["W3"]
    b1, b2, b3 = network["b1"], network["b2"], network["b3"]
    z1 = sigmoid(x @ W1 + b1)
    z2 = sigmoid(z1 @ W2 + b2)
    return softmax(z2 @ W3 + b3)


def batches(x, t, batch_size):
    for i in range(0, len(x), batch_size):
        yield x[i : i + batch_size], t[i : i + batch_size]


def accuracy(network, x, t, batch_size=100):
    if t.ndim == 2:
        t = np.argmax(t, axis=1)
    right = 0
    for i in range(0, len(x), batch_size):
        y = predict(network, x[i : i + batch_size])
        right += np.sum(np.argmax(y, axis=1) == t[i : i + batch_size])
    return right / len(x)
