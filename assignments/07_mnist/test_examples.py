"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import gzip
import io
import os
import types
from unittest.mock import patch

os.environ["MPLBACKEND"] = "agg"  # draw into memory: no window opens, plt.show() does not wait

import mnist
import numpy as np

# Files with two images and three: the numbers of an image are 0, 1, 2, … 255, 0, 1, …, shifted by one for the next.
PIXELS = (np.arange(3 * 784) + np.repeat(np.arange(3), 784)).reshape(3, 28, 28) % 256
LABELS = np.array([5, 0, 4])


def packed(magic, numbers):
    """An IDX file: magic and sizes as four bytes each, then one byte for each number; compressed."""
    header = b"".join(int(n).to_bytes(4, "big") for n in (magic, *numbers.shape))
    return gzip.compress(header + numbers.astype(np.uint8).tobytes())


def made(name):
    """What read_bytes gives in these examples: 3 training images, 2 test images."""
    count = 3 if name.startswith("train") else 2
    return packed(2051, PIXELS[:count]) if "images" in name else packed(2049, LABELS[:count])


# Weights 0 and biases ln 1 … ln 10: whatever the image, the probabilities are 1/55, 2/55, … 10/55.
KNOWN = {
    "W1": np.zeros((784, 50)),
    "b1": np.zeros(50),
    "W2": np.zeros((50, 100)),
    "b2": np.zeros(100),
    "W3": np.zeros((100, 10)),
    "b3": np.log(np.arange(1.0, 11.0)),
}


def expect(got, expected, what):
    """`got` is an array (or a number) with the shape and the values of `expected`.

    `got`의 모양과 값이 `expected`와 같은지 확인한다.
    """
    __tracebackhide__ = True
    expected = np.asarray(expected)
    if got is None:
        raise AssertionError(f"{what} is None: is `return` missing? / None입니다: `return`이 빠지지 않았나요?")
    array = np.asarray(got)
    if array.dtype.kind not in "iuf":
        raise AssertionError(f"{what}: expected numbers, got {array.dtype} / 수가 아니라 {array.dtype}입니다")
    if array.shape != expected.shape:
        raise AssertionError(f"{what}: shape / 모양 {array.shape}, expected {expected.shape}")
    if not np.allclose(array, expected, rtol=1e-5, atol=1e-8):
        place = tuple(int(n) for n in np.argwhere(~np.isclose(array, expected, rtol=1e-5, atol=1e-8))[0])
        found, wanted = (float(values[place]) for values in (array, expected))
        at = f"[{', '.join(map(str, place))}]" if place else ""
        raise AssertionError(f"{what}{at} = {found:.6g}, expected {wanted:.6g}")


def four_arrays(**switches):
    """The four arrays, or what is wrong with the two pairs."""
    __tracebackhide__ = True
    with patch.object(mnist, "read_bytes", made, create=True):
        got = mnist.load_mnist(**switches)
    pairs = got if isinstance(got, (list, tuple)) else []
    if len(pairs) != 2 or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        wanted = "(x_train, t_train), (x_test, t_test)"
        raise AssertionError(f"load_mnist: expected {wanted} / {wanted} 형태로 돌려주어야 합니다")
    return [array for pair in pairs for array in pair]


def test_load_mnist_images():
    """load_mnist gives images as rows of 784 pixels from 0 to 1

    load_mnist는 이미지를 0부터 1까지의 픽셀 784개짜리 행으로 돌려준다
    """
    x_train, _, x_test, _ = four_arrays()
    expect(x_train, PIXELS.reshape(3, 784) / 255, "x_train")
    expect(x_test, PIXELS[:2].reshape(2, 784) / 255, "x_test")


def test_load_mnist_raw_images():
    """load_mnist gives pixels from 0 to 255 and images of shape (1, 28, 28), if that is asked for

    load_mnist는 요청하면 0부터 255까지의 픽셀과 모양이 (1, 28, 28)인 이미지를 돌려준다
    """
    x_train, _, _, _ = four_arrays(normalize=False, flatten=False)
    expect(x_train, PIXELS.reshape(3, 1, 28, 28), "x_train")


def test_load_mnist_labels():
    """load_mnist gives the labels 5, 0, 4, and one-hot rows of ten, if that is asked for

    load_mnist는 레이블 5, 0, 4를 돌려주고, 요청하면 열 칸짜리 원-핫 행을 돌려준다
    """
    expect(four_arrays()[1], LABELS, "t_train")
    expect(four_arrays(one_hot_label=True)[1], [[int(n == label) for n in range(10)] for label in LABELS], "t_train")


def test_show_image_returns_a_figure():
    """show_image draws 28 rows of 28 pixels and returns the Figure

    show_image는 픽셀 28행 28열을 그리고 Figure를 돌려준다
    """
    figure = mnist.show_image(PIXELS[0].reshape(784) / 255)
    kind = "module" if isinstance(figure, types.ModuleType) else type(figure).__name__
    assert kind == "Figure", f"show_image gave a value of type {kind}, not a Figure: return fig / Figure를 돌려주세요"
    images = [image for axes in figure.axes for image in axes.images]
    assert images, "there is no image in the Figure / Figure에 이미지가 없습니다"
    shape = np.shape(images[0].get_array())[:2]
    assert shape == (28, 28), f"the image has the shape / 이미지의 모양: {shape}, expected (28, 28)"


def test_init_network_keys():
    """init_network reads the six arrays of an npz file

    init_network는 npz 파일에 있는 배열 여섯 개를 읽는다
    """
    file = io.BytesIO()
    np.savez(file, **KNOWN)
    with patch.object(mnist, "read_bytes", lambda name: file.getvalue(), create=True):
        network = mnist.init_network()
    assert isinstance(network, dict), f"init_network gave a {type(network).__name__}, not a dict / dict가 아닙니다"
    missing = [key for key in KNOWN if key not in network]
    assert not missing, f"missing keys / 없는 키: {', '.join(missing)}"
    expect(network["b3"], KNOWN["b3"], "network['b3']")


def test_predict_of_one_image_and_of_a_batch():
    """predict gives 1/55, 2/55, … 10/55 with the network of the handout, for one image and for a batch

    교재에 나온 신경망이라면 predict는 한 장이든 배치든 1/55, 2/55, …, 10/55를 돌려준다
    """
    expected = np.arange(1, 11) / 55
    expect(mnist.predict(KNOWN, np.ones(784)), expected, "predict(network, x)")
    expect(mnist.predict(KNOWN, np.ones((3, 784))), np.tile(expected, (3, 1)), "predict(network, batch)")


def test_batches_of_seven_images():
    """batches of three cut seven images into 3, 3 and 1

    batches는 이미지 일곱 장을 3장, 3장, 1장으로 나눈다
    """
    x, t = np.arange(14.0).reshape(7, 2), np.array([5, 0, 4, 1, 9, 2, 1])
    got = mnist.batches(x, t, 3)
    assert got is not None, "batches gave None: yield or return is missing / None입니다: yield나 return이 없습니다"
    pairs = [pair for pair, _ in zip(got, range(9))]  # at most 9, in case it has no end
    assert len(pairs) == 3, f"batches / 배치 수: {len(pairs)}, expected 3"
    for start, (images, labels) in zip((0, 3, 6), pairs):
        expect(images, x[start : start + 3], "images")
        expect(labels, t[start : start + 3], "labels")


def test_accuracy_counts_the_right_images():
    """accuracy is 3/5 if predict reads 7, 1, 2, 1, 3 and the labels are 7, 1, 2, 0, 4

    predict가 7, 1, 2, 1, 3으로 읽고 레이블이 7, 1, 2, 0, 4이면 accuracy는 3/5이다
    """
    x = np.zeros((5, 784))
    x[range(5), [7, 1, 2, 1, 3]] = 0.9
    labels = np.array([7, 1, 2, 0, 4])
    with patch.object(mnist, "predict", lambda network, x: np.asarray(x)[..., :10]):
        expect(mnist.accuracy({}, x, labels, 2), 0.6, "accuracy with labels")
        expect(mnist.accuracy({}, x, np.eye(10)[labels], 2), 0.6, "accuracy with one-hot rows")
