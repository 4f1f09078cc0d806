"""Hidden grader of 07_mnist, the network: weights from a file, and the probabilities that it gives.

Networks of the grader's own making have the sizes of the shipped one, so that every layer, bias and activation shows.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import mnist_files as shared
import numpy as np
from mnist_files import FILES, SHAPES, WEIGHTS, Array, Network, forward, scores, sigmoid, softmax

from autograder import Finding, Handle, credit, fail, has_nan, named, same, show_images

DIGITS, TILES = 300, 24  # of the embedded test set: how many are asked, how many are drawn
KEYS = tuple(SHAPES)
NEAR = {"rtol": 1e-3, "atol": 1e-5}  # float32 all the way: sums of 784 products of about 1 agree to 1e-5
SHAPES_DO_NOT_FIT = {"predict.shapes": r"^error\.shapes "}
NPZ = {
    "init.bytes-as-name": r"embedded null|embedded NUL|File name too long|\bload\(read_bytes",
    "init.pickle": r"\bpickle\.loads?\(",
}


# ---- init_network ----


def check_network(got: Any, network: Network) -> None:
    """A dict with the six arrays of the file."""
    if got is None:
        fail("none")
    if isinstance(got, Handle) and is_npz(got):
        fail("init.npz")
    if not isinstance(got, dict):
        fail("init.no-dict")
    missing = [key for key in KEYS if key not in got]
    if missing:
        fail("init.keys", missing=", ".join(missing))
    if same(got["W1"], [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]):
        fail("init.lecture")
    for key, value in network.items():
        shared.compare(got[key], value, lambda value=value: {"init.transposed": value.T} if value.ndim == 2 else {})


def is_npz(handle: Handle) -> bool:
    with suppress(Finding):
        return bool(handle.get("files"))
    return False


@credit(3, task="init_network")
def test_init_network(student, part, rng, dataset):
    """init_network reads the trained weights

    init_network는 학습된 가중치를 읽는다
    """
    shipped = dataset(f"weights/{WEIGHTS}")
    with part("the weights of the course", "강의의 가중치", points=1, shown=True), named(NPZ):
        check_network(
            student.replacing(read_bytes=shared.reader({WEIGHTS: shipped})).init_network(), shared.network_of(shipped)
        )
    with part("weights of another training", "다르게 학습한 가중치", points=2), named(NPZ):
        network = shared.random_network(rng)
        weights = shared.weight_file(network)
        reading = student.replacing(read_bytes=shared.reader({WEIGHTS: weights}))
        check_network(reading.init_network(), network)
        network = {key: value.astype(np.float32) for key, value in shared.random_network(rng).items()}
        weights = shared.weight_file(dict(reversed(network.items())))
        check_network(student.replacing(read_bytes=shared.reader({WEIGHTS: weights})).init_network(), network)


# ---- predict ----


def relu(a: Array) -> Array:
    return np.maximum(a, 0)


def line(a: Array) -> Array:
    return a


def wrong(network: Network, x: Array, shipped: Network, **near: float) -> dict[str, Any]:
    """What mistakes make of the probabilities: message key -> values or predicate (with the tolerances `near`)."""
    out, right = scores(network, x), forward(network, x)
    on_scores = {
        "predict.scores": out,
        "predict.sigmoid-output": sigmoid(out),
        "predict.sigmoid-and-softmax": softmax(sigmoid(out)),
        "predict.digit": right.argmax(axis=-1),
        "predict.extra-axis": right[None],
        "predict.overflow": has_nan,
    }
    biases = [(0, 1, 1), (1, 0, 1), (1, 1, 0), (0, 0, 1), (0, 0, 0)]
    hidden = [(line, sigmoid), (sigmoid, line), (line, line)]
    others = [(relu, relu), (np.tanh, np.tanh)]
    inside = {
        "predict.missing-bias": every(lambda b: scores(network, x, biases=b), biases, near),
        "predict.no-activation": every(lambda h: scores(network, x, hidden=h), hidden, near),
        "predict.other-activation": every(lambda h: scores(network, x, hidden=h), others, near),
        "predict.other-weights": every(lambda n: scores(n, x), [shipped], near),
    }
    return (on_scores if x.ndim == 1 else on_scores | whole_batch(out)) | inside


def every(formula: Any, variants: list[Any], near: dict[str, float]) -> Any:
    """A predicate: `formula` of one of the variants came back, with or without softmax."""
    with np.errstate(all="ignore"):
        values = [formula(variant) for variant in variants]
        return shared.any_of(*values, *map(softmax, values), **near)


def whole_batch(out: Array) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        e = np.exp(out - out.max())
        return {"predict.whole-batch": e / e.sum(), "predict.columns": softmax(out.T).T}


def known_network() -> Network:
    """Weights 0 and biases log 1 … log 10: whatever the image, the probabilities are 1/55, 2/55, …, 10/55."""
    network = {key: np.zeros(shape) for key, shape in SHAPES.items()}
    network["b3"] = np.log(np.arange(1.0, 11.0))
    return network


def check_predict(student: Any, network: Network, x: Array, shipped: Network) -> None:
    expected = forward(network, x)
    with named(SHAPES_DO_NOT_FIT):
        got = student.predict(network, x)
    shared.compare(got, expected, lambda: wrong(network, x, shipped))


def check_one_image(student: Any, network: Network, x: Array, shipped: Network) -> None:
    """One image alone; what works for a batch and not for it has a sentence of its own."""
    try:
        check_predict(student, network, x, shipped)
    except Finding as finding:
        stopped = finding.key.startswith("error") or finding.key == "predict.shapes"
        if stopped and answers(student, network, x[None]):
            raise Finding("predict.one-image", finding.params, finding.verdict, finding.line) from None
        raise


def answers(student: Any, network: Network, x: Array) -> bool:
    with suppress(Finding):
        student.predict(network, x)
        return True
    return False


def check_large(student: Any, network: Network, x: Array, shipped: Network) -> None:
    """Scores whose exponentials overflow: of all digits, of some of them, and of one image and not of another."""
    check_predict(student, network | {"b3": np.linspace(1000, 1900, 10)}, x, shipped)
    hidden = scores(network | {"W3": np.ones((100, 1)), "b3": np.zeros(1)}, x)  # the sum of the second hidden layer
    far = network["W3"] + 1500 / np.ptp(hidden)  # all scores of one image lie 1500 above those of another
    check_predict(student, network | {"W3": far}, x, shipped)


def draw_digits(got: Any, pixels: Array, labels: Array) -> None:
    """Digits that the student's network gets wrong, then some that it gets right, into the feedback."""
    if not isinstance(got, np.ndarray) or got.shape != (len(labels), 10) or got.dtype.kind not in "iuf":
        return
    said = got.argmax(axis=1)
    good = said == labels
    chosen = np.sort(np.concatenate([np.flatnonzero(~good)[: TILES // 3], np.flatnonzero(good)])[:TILES])
    captions = [f"{said[n]}" if good[n] else f"{labels[n]} → {said[n]}" for n in chosen]
    show_images(
        "What your predict reads in digits of the test set (wrong ones: label → reading)",
        "여러분의 predict가 읽은 테스트 숫자(틀린 것은 레이블 → 읽은 값)",
        pixels[chosen],
        captions,
        list(good[chosen]),
    )


@credit(2, task="predict", shown=True)
def test_predict_the_digits_of_the_course(student, part, dataset):
    """predict reads the digits that come with the course

    predict는 강의에 들어 있는 숫자를 읽는다
    """
    weights = dataset(f"weights/{WEIGHTS}")
    shipped = shared.network_of(weights)
    asked = student.replacing(read_bytes=shared.reader({WEIGHTS: weights}))
    with part("a network whose answer is known", "답을 아는 신경망", points=1):
        for size in (3, 2):
            check_predict(asked, known_network(), np.linspace(0, 1, size * 784).reshape(size, 784), shipped)
    with part("the digits of the test set", "테스트 숫자 이미지", points=1):
        pixels, labels = shared.unpacked(dataset(FILES[2]), 3)[:DIGITS], shared.unpacked(dataset(FILES[3]), 1)[:DIGITS]
        x = (pixels.reshape(-1, 784) / 255).astype(np.float32)
        with named(SHAPES_DO_NOT_FIT):
            got = asked.predict(shipped, x)
        draw_digits(got, pixels, labels)
        exact = {key: value.astype(float) for key, value in shipped.items()}
        shared.compare(got, forward(exact, x), lambda: wrong(exact, x.astype(float), exact, **NEAR), **NEAR)


@credit(5, task="predict")
def test_predict(student, part, rng, dataset):
    """predict gives the probabilities of the ten digits

    predict는 숫자 열 개의 확률을 돌려준다
    """
    weights = dataset(f"weights/{WEIGHTS}")
    shipped = shared.network_of(weights)
    asked = student.replacing(read_bytes=shared.reader({WEIGHTS: weights}))
    with part("a batch", "배치", points=1):
        for size in (5, 5, 1):
            check_predict(asked, shared.random_network(rng), rng.uniform(size=(size, 784)), shipped)
    with part("a batch whose scores are large", "점수가 매우 큰 배치", points=1):
        check_large(asked, shared.random_network(rng), rng.uniform(size=(4, 784)), shipped)
    with part("one image", "이미지 한 장", points=2):
        for _ in range(2):
            check_one_image(asked, shared.random_network(rng), rng.uniform(size=784), shipped)
    with part("weights and images stay as they are", "가중치와 이미지는 그대로", points=1):
        network, x = shared.random_network(rng), rng.uniform(size=(5, 784))
        check_predict(asked, network, x, shipped)
        if 0 in asked.last.changed:
            fail("predict.changes-network")
        if asked.last.changed:
            fail("predict.changes-images")
