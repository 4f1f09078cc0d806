import gzip as gz
import io
import os
import pathlib

import numpy as np
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
import matplotlib.cm as cm

def read_bytes(name): return pathlib.Path(os.path.expanduser("~"), name).read_bytes()

class Batches:
     """One space more than usual, and an object with __len__ and __getitem__."""
     def __init__(self, x, t, size):
          self.x, self.t, self.size = x, t, int(size)
     def __len__(self):
          return -(-len(self.x) // self.size)
     def __getitem__(self, k):
          if k >= len(self):
               raise IndexError(k)
          part = slice(k * self.size, (k + 1) * self.size)
          return [self.x[part], self.t[part]]

def batches(data, target, batch_size):
     return Batches(data, target, batch_size)

class IDX:
     def __init__(self, name, header):
          with gz.GzipFile(fileobj=io.BytesIO(read_bytes(name=name))) as file:
               self.header = np.frombuffer(file.read(header), dtype=">i4")
               self.values = np.frombuffer(file.read(), dtype="B")

def load_mnist(normalize=True, flatten=True, one_hot_label=False):
     answer = ()
     for name in ("train", "t10k"):
          images = IDX(f"{name}-images-idx3-ubyte.gz", 16)
          labels = IDX(f"{name}-labels-idx1-ubyte.gz", 8)
          number = images.header[1]
          x = images.values.reshape(number, 28 * 28)
          if not flatten:
               x = x.reshape(number, 1, 28, 28)
          if normalize is True:
               x = x.astype("float32") * np.float32(1 / 255)
          else:
               x = x.astype(np.int64)
          t = labels.values[:labels.header[1]]
          if one_hot_label:
               t = np.identity(10)[t, :]
          answer += ((x, t),)
     return answer

def show_image(image, scale=None):
     plt.close("all")
     plt.imshow(np.flipud(np.squeeze(image.reshape(-1, 28, 28))), cmap=cm.gray_r, origin="lower", interpolation="nearest")
     plt.colorbar()
     return plt.gcf()

def init_network():
     z = np.load(io.BytesIO(read_bytes(name="mnist_784_50_100_10.npz")))
     return {"W1": z["W1"], "W2": z["W2"], "W3": z["W3"], "b1": z["b1"], "b2": z["b2"], "b3": z["b3"], "sizes": (784, 50, 100, 10)}

def predict(network, x):
     single = np.ndim(x) == 1
     z = np.atleast_2d(x)
     for k in (1, 2):
          z = z.dot(network["W%d" % k]) + network["b%d" % k]
          with np.errstate(over="ignore"):
               z = np.reciprocal(1.0 + np.exp(-z))
     z = z.dot(network["W3"]) + network["b3"]
     z -= z.max(axis=1).reshape(-1, 1)
     np.exp(z, out=z)
     z /= z.sum(axis=1).reshape(-1, 1)
     return z[0] if single else z

def accuracy(network, x, t, batch_size=100):
     hits = []
     for images, labels in batches(x, t, batch_size):
          digits = predict(network, images).argmax(axis=1)
          if labels.ndim == 2:
               hits += list(labels[range(len(digits)), digits])
          else:
               hits += list(digits == labels)
     return sum(hits) / len(hits)
