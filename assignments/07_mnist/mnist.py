"""From one image to a batch of a hundred: read the digits, and let a trained network tell them apart.

이미지 한 장에서 백 장짜리 배치로: 손글씨 숫자를 읽어 들이고, 학습된 신경망으로 구분한다.
"""

import gzip
import importlib.util
import io
import os
import zlib
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
    """Return the bytes of one of FILES, or of WEIGHTS. This function is complete; leave it as it is.

    FILES 가운데 하나, 또는 WEIGHTS의 내용을 바이트로 돌려준다. 완성된 함수이니 고치지 않는다.
    """
    here = Path(globals().get("__file__", "mnist.ipynb")).resolve()  # a notebook has no __file__; it runs in its folder
    package = importlib.util.find_spec("autograder")
    places = [*here.parents, *Path(package.origin if package and package.origin else here).parents]
    held = (folder / "datasets" for folder in places if (folder / "datasets" / "weights").is_dir())
    course = next(held, here.parent / "datasets")
    own = os.environ.get("NAND2MNIST_DATA")
    real = Path(os.path.expanduser("~"), ".cache", "nand2mnist")
    if own and (name != WEIGHTS or (Path(own) / name).is_file()):
        folder = Path(own)
    elif name == WEIGHTS:
        folder = course / "weights"
    else:
        folder = real if all((real / file).is_file() for file in FILES) else course / "digits"
    if not (folder / name).is_file():
        raise FileNotFoundError(
            f"{name} is not in {folder}. Keep your file in the folder assignments/07_mnist of the course, or set the "
            f"environment variable NAND2MNIST_DATA to the folder that has the files. / {folder}에 {name} 파일이 "
            f"없습니다. 여러분의 파일을 강의 폴더의 assignments/07_mnist 폴더에 두거나, 데이터가 있는 폴더를 환경 변수 "
            f"NAND2MNIST_DATA에 적어 주세요."
        )
    return (folder / name).read_bytes()


def load_mnist(normalize=True, flatten=True, one_hot_label=False):
    """Return (x_train, t_train), (x_test, t_test), read from the four FILES through read_bytes.

    read_bytes로 FILES의 파일 네 개를 읽어 (x_train, t_train), (x_test, t_test)를 돌려준다.

    normalize: True gives pixels from 0 to 1 as float32, False from 0 to 255 as uint8.
    flatten: True gives images of shape (N, 784), False of shape (N, 1, 28, 28).
    one_hot_label: False gives labels of shape (N,), True one-hot rows of shape (N, 10).
    Bonus: a damaged file raises a ValueError whose text names the file.
    """

    raise NotImplementedError("load_mnist")


def show_image(image):
    """Draw one image in grey, upright, and return the Matplotlib Figure.

    이미지 한 장을 회색조로 똑바로 그려서 Matplotlib Figure를 돌려준다.

    image: array of shape (784,), (28, 28) or (1, 28, 28), with pixels from 0 to 1 or from 0 to 255.
    """
    raise NotImplementedError("show_image")


def init_network():
    """Return the trained network of the file WEIGHTS, read through read_bytes, as a dict of six arrays.

    read_bytes로 WEIGHTS 파일을 읽어, 학습된 신경망을 배열 여섯 개가 든 딕셔너리로 돌려준다.

    Keys and shapes: W1 (784, 50), b1 (50,), W2 (50, 100), b2 (100,), W3 (100, 10), b3 (10,).
    """
    raise NotImplementedError("init_network")


def predict(network, x):
    """Return the probabilities of the ten digits: sigmoid in both hidden layers, softmax at the output.

    숫자 열 개의 확률을 돌려준다. 은닉층 두 개에는 시그모이드, 출력층에는 소프트맥스를 쓴다.

    network: dict with W1, b1, W2, b2, W3, b3; a layer computes z @ W + b.
    x: array of shape (784,), one image, or (batch, 784). Returns an array of shape (10,) or (batch, 10).
    """
    raise NotImplementedError("predict")


def batches(x, t, batch_size):
    """Yield pairs (images, labels) of batch_size images each, in order; the last pair may be shorter.

    (이미지, 레이블) 쌍을 순서대로 batch_size장씩 내놓는다. 마지막 쌍은 더 짧을 수 있다.

    x: array of shape (N, ...). t: array of shape (N,) or (N, 10). batch_size: int, 1 or more.
    Returns anything that a for loop can go through: a generator, a list, ...
    """
    raise NotImplementedError("batches")


def accuracy(network, x, t, batch_size=100):
    """Return the share of images that the network gets right (0 to 1), asking predict for a batch at a time.

    신경망이 맞힌 이미지의 비율(0부터 1까지)을 돌려준다. predict에는 한 번에 배치 하나씩 넣는다.

    x: array of shape (N, 784). t: labels of shape (N,), or one-hot rows of shape (N, 10).
    """
    raise NotImplementedError("accuracy")
