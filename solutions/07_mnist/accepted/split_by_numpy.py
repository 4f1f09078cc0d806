import gzip
import io
import numpy as np
from matplotlib.figure import Figure

N = [0]


def read_bytes(name):
    return b""


def idx(data):
    """Any IDX file: the third byte of the magic number is the type, the fourth the number of axes."""
    data = gzip.GzipFile(fileobj=io.BytesIO(data)).read()
    axes = data[3]
    shape = tuple(int.from_bytes(data[4 + 4 * k : 8 + 4 * k], byteorder="big") for k in range(axes))
    return np.array(list(data[4 + 4 * axes :]), dtype="u1").reshape(shape)


def load_mnist(normalize=True, flatten=True, one_hot_label=False):
    out = {}
    for part in ["train", "t10k"]:
        x = idx(read_bytes(part + "-images-idx3-ubyte.gz"))
        t = idx(read_bytes(part + "-labels-idx1-ubyte.gz"))
        x = x[:, np.newaxis]
        if normalize:
            x = np.divide(x, 255, dtype=np.float32)
        if flatten:
            x = x.reshape(x.shape[0], -1)
        if one_hot_label:
            t = np.array(t[:, None] == np.arange(10), dtype=float)
        out[part] = (x, t)
    return out["train"], out["t10k"]


def show_image(image):
    pixels = np.asarray(image, dtype=float).reshape(28, 28)
    if pixels.max() > 1:
        pixels = pixels / 255
    figure = Figure(figsize=(2, 2))
    axes = figure.add_axes([0, 0, 1, 1])
    axes.imshow(np.stack([pixels] * 3, axis=-1))
    axes.set_axis_off()
    return figure


def init_network():
    with np.load(io.BytesIO(read_bytes("mnist_784_50_100_10.npz"))) as f:
        return {k: np.array(v, dtype=np.float64) for k, v in f.items()}


def layer(z, W, b, h):
    return h(np.matmul(z, W) + b)


def predict(network, x):
    logistic = lambda a: np.tanh(a * 0.5) * 0.5 + 0.5
    z = layer(x, network["W1"], network["b1"], logistic)
    z = layer(z, network["W2"], network["b2"], logistic)
    a = layer(z, network["W3"], network["b3"], lambda a: a)
    a = a - np.amax(a, axis=-1, keepdims=True)
    return np.exp(a - np.log(np.exp(a).sum(axis=-1, keepdims=True)))


def batches(x, t, batch_size):
    cuts = range(batch_size, len(x), batch_size)
    return zip(np.split(x, cuts), np.split(t, cuts))


def accuracy(network, x, t, batch_size=100):
    digits = t.argmax(axis=1) if t.ndim == 2 else t
    read = np.concatenate([predict(network, part).argmax(axis=1) for part, _ in batches(x, t, batch_size)])
    return np.mean(read == digits)
