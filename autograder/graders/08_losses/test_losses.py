"""Hidden grader of 08_losses, the loss functions, and which of them goes with which output.

The right values are computed in another way than the formula of the handout: by picking the probability of the right
class first. Random probabilities keep away from 0 and 1, where a guard in the logarithm may show.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from loss_checks import any_of, call, check, is_infinite, number

from autograder import credit, fail, forget_warnings, has_nan, named

# ---- mean squared error ----


def mse(y: Any, t: Any) -> Any:
    return np.square(np.subtract(y, t, dtype=float)).sum() / np.size(y)


def mse_rows(y: Any, t: Any) -> Any:
    """What is left where a mean runs along one axis only, or the sum is divided by the number of rows."""
    if np.ndim(y) < 2:
        return None
    squares = (y - t) ** 2.0
    return any_of(squares.mean(axis=0), squares.mean(axis=-1), squares.sum() / len(y), squares.sum(axis=0) / len(y))


MSE = {
    "mse.half-sum": lambda y, t: 0.5 * np.sum((y - t) ** 2),
    "mse.half": lambda y, t: mse(y, t) / 2,
    "mse.sum": lambda y, t: np.sum((y - t) ** 2),
    "mse.rows": mse_rows,
    "mse.square-of-sum": lambda y, t: (
        any_of(np.sum(y - t) ** 2.0, np.sum(y - t) ** 2 / y.size, np.mean(y - t) ** 2) if np.ndim(y) else None
    ),
    "per-sample": lambda y, t: any_of((y - t) ** 2.0) if np.ndim(y) else None,
}


@credit(3, task="mean_squared_error")
def test_mean_squared_error(student, part, rng):
    """mean_squared_error is the mean of the squared differences

    mean_squared_error는 차이를 제곱한 것의 평균이다
    """
    with part("the example of the handout", "교재의 예제", points=1, shown=True):
        check(student.mean_squared_error, mse, MSE, np.array([1.0, 3.0, 4.0, 7.0]), np.array([2.0, 1.0, 4.0, 3.0]))
    with part("vectors and matrices", "벡터와 행렬", points=1):
        for shape in ((5,), (5,), (7,), (4, 3), (4, 3), (2, 3, 2)):
            y, t = rng.normal(size=shape) + 1.5, rng.normal(size=shape)
            check(student.mean_squared_error, mse, MSE, y, t)
    with (
        part("whole numbers, a single number", "정수, 수 하나", points=1),
        named({"zero-d": r"^error\S* .*(len\(|shape|\[|for )"}),
    ):
        for size in (5, 6):
            check(student.mean_squared_error, mse, MSE, rng.integers(-3, 9, size), rng.integers(-3, 9, size))
        for above in (-2.5, 2.5):
            t = rng.uniform(0, 1)
            check(student.mean_squared_error, mse, MSE, np.array(t + above), np.array(t))


# ---- binary cross entropy ----


def bce(y: Any, t: Any) -> Any:
    right = np.where(np.asarray(t) == 1, y, 1 - np.asarray(y))  # the probability that y gives to what happened
    return np.mean(-np.log(right))


def terms(y: Any, t: Any) -> tuple[Any, Any]:
    return t * np.log(y), (1 - t) * np.log(1 - y)


BCE = {
    "bce.sign": lambda y, t: any_of(-bce(y, t), -bce(y, t) * np.size(y)),
    "bce.sum": lambda y, t: bce(y, t) * np.size(y),
    "bce.first-term": lambda y, t: any_of(-np.mean(terms(y, t)[0]), -np.sum(terms(y, t)[0])),
    "bce.minus-once": lambda y, t: any_of(
        np.mean(-terms(y, t)[0] + terms(y, t)[1]), np.mean(terms(y, t)[0] - terms(y, t)[1])
    ),
    "bce.brackets": lambda y, t: any_of(
        -np.mean(terms(y, t)[0] + 1 - t * np.log(1 - y)), np.mean(-terms(y, t)[0] + 1 - t * np.log(1 - y))
    ),
    "per-sample": lambda y, t: any_of(-(terms(y, t)[0] + terms(y, t)[1])) if np.ndim(y) else None,
    "loss.guard": lambda y, t: guards(lambda d: bce(np.clip(y, d, 1 - d), t), lambda d: bce_added(y, t, d)),
}


def bce_added(y: Any, t: Any, delta: float) -> Any:
    return -np.mean(t * np.log(y + delta) + (1 - t) * np.log(1 - y + delta))


def guards(*formulas: Any) -> Any:
    """The values of formulas with a guard in the logarithm that is large enough to be seen."""
    return any_of(*(formula(delta) for formula in formulas for delta in (0.1, 0.05, 0.01, 1e-3, 1e-4)))


def yes_no(rng: np.random.Generator, size: int) -> tuple[Any, Any]:
    """Probabilities from 0.02 to 0.98 (each also clearly away from 0.5), with both targets among them."""
    y = np.where(rng.random(size) < 0.5, rng.uniform(0.02, 0.4, size), rng.uniform(0.6, 0.98, size))
    t = rng.permutation(np.arange(size) % 2)
    return y, t


@credit(4, task="binary_cross_entropy")
def test_binary_cross_entropy(student, part, rng):
    """binary_cross_entropy is the mean of -(t log y + (1 - t) log(1 - y))

    binary_cross_entropy는 -(t log y + (1 - t) log(1 - y))의 평균이다
    """
    function = student.binary_cross_entropy
    with part("the example of the handout", "교재의 예제", points=1, shown=True):
        check(function, bce, BCE, np.array([0.9, 0.2, 0.6]), np.array([1, 0, 1]))
    with part("probabilities of exactly 0 and 1", "확률이 정확히 0이나 1일 때", points=1, shown=True):
        corners = ([1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0])
        check_corners(function, [check_finite(function, np.array(y), np.array([1, 0])) for y in corners])
    with part("any vector", "임의의 벡터", points=1):
        for size in (6, 6, 9):
            check(function, bce, BCE, *yes_no(rng, size))
    with (
        part("a single sample, a column", "표본 하나, 열 하나짜리 배열", points=1),
        named({"zero-d": r"^error\S* .*(len\(|shape|\[|for )"}),
    ):
        for size in (6, 7):
            y, t = yes_no(rng, size)
            check(function, bce, BCE, y[:, None], t[:, None])
        for label in (1, 0):
            check(function, bce, BCE, np.array(rng.uniform(0.2, 0.4)), np.array(label))


def check_corners(function: Any, losses: list[float]) -> None:
    """Right and sure is not the same as wrong and sure; a constant earns nothing here."""
    if len(set(losses)) == 1:
        fail("loss.constant", function=function.label)


def check_finite(function: Any, y: Any, t: Any) -> float:
    """The loss is one finite number. Which one is not asked: it is the choice of the guard."""
    got = call(function, y, t)
    found = number(got)
    params = {"function": function.label}
    if found is None or not np.isfinite(found) or found < -1e-3:
        forget_warnings()
    if has_nan(got):
        fail("loss.nan", **params)
    if is_infinite(got) or (found is None and isinstance(got, int)):
        fail("loss.infinite", **params)
    if found is None:
        fail("none" if got is None else "per-sample" if isinstance(got, np.ndarray) else "loss.no-number", **params)
    if found < -1e-3:  # a guard log(1 + delta) is below 0 by delta
        fail("loss.negative", **params)
    return found


# ---- cross entropy ----


def picked(y: Any, t: Any) -> Any:
    """The probability of the right class, for each sample."""
    rows = np.atleast_2d(y)
    hot = np.atleast_2d(t) if np.ndim(t) == np.ndim(y) else np.eye(rows.shape[1])[np.atleast_1d(t)]
    return (rows * hot).sum(axis=1)


def cross_entropy(y: Any, t: Any) -> Any:
    return np.mean(-np.log(picked(y, t)))


def label_times_log(y: Any, t: Any) -> Any:
    labels = t if np.ndim(t) < np.ndim(y) else np.argmax(t, axis=-1)
    logs = np.log(picked(y, t))
    return any_of(-np.mean(labels * logs), -np.sum(labels * logs))


def multiplied(y: Any, t: Any) -> Any:
    """Labels where a one-hot array was expected: t * log y, where the shapes allow it."""
    if np.ndim(t) == np.ndim(y) or (np.ndim(t) and np.shape(t) != np.shape(y)[-1:]):
        return None
    logs = t * np.log(y)
    return any_of(-np.sum(logs), -np.sum(logs) / len(y), -np.mean(logs))


def all_pairs(y: Any, t: Any) -> Any:
    """y[:, t] in place of y[rows, t]: every row with every label."""
    if np.ndim(y) < 2:
        return None
    labels = t if np.ndim(t) == 1 else np.argmax(t, axis=1)
    logs = -np.log(y[:, labels])
    return any_of(logs.sum() / len(y), logs.mean(), logs.sum())


def softmax_again(y: Any, t: Any) -> Any:
    e = np.exp(y)
    return cross_entropy(e / e.sum(axis=-1, keepdims=True), t)


def wrong_axis(y: Any, t: Any) -> Any:
    """argmax along axis 0: of a square batch, or of a single sample that was made a batch of one."""
    if np.ndim(y) == 1:
        return any_of(-np.log(y[0]) * y.size, -np.log(y[0]))
    if np.ndim(t) < 2 or len(set(np.shape(y))) > 1:
        return None
    return any_of(cross_entropy(y, np.argmax(t, axis=0)))


CE = {
    "ce.single-length": lambda y, t: cross_entropy(y, t) / len(y) if np.ndim(y) == 1 else None,
    "ce.elements": lambda y, t: cross_entropy(y, t) / np.shape(y)[-1],
    "ce.sum": lambda y, t: cross_entropy(y, t) * len(np.atleast_2d(y)),
    "ce.sign": lambda y, t: any_of(-cross_entropy(y, t), -cross_entropy(y, t) * len(np.atleast_2d(y))),
    "ce.label-times-log": label_times_log,
    "ce.labels-multiplied": multiplied,
    "ce.all-pairs": all_pairs,
    "ce.wrong-axis": wrong_axis,
    "ce.softmax-again": softmax_again,
    "loss.guard": lambda y, t: guards(
        lambda d: np.mean(-np.log(picked(y, t) + d)), lambda d: np.mean(-np.log(np.clip(picked(y, t), d, 1 - d)))
    ),
    "per-sample": lambda y, t: any_of(-np.log(picked(y, t))) if np.ndim(y) > 1 else None,
}
STOPS = r"^error(\.index|\.shapes|\.operand|\.array-element|\.unpack|\.scalar-only)? "
NO_LABELS = {"ce.labels": STOPS}
NO_ONE_HOT = {"ce.one-hot": STOPS}
NO_SINGLE = {"ce.single": STOPS}


def batch(rng: np.random.Generator, samples: int, classes: int) -> tuple[Any, Any]:
    """Distributions whose smallest probability is at least 0.03, and labels of which no two neighbours are equal.

    The right class is never the largest in every row, and no label is 0 in the first row, so that `label * log` shows.
    """
    weights = rng.uniform(1, 5, size=(samples, classes))
    weights[0] = np.sort(weights[0])[::-1]  # the first row prefers class 0; its label is another
    labels = (rng.integers(1, classes) + np.arange(samples)) % classes
    labels[0] = rng.integers(1, classes)
    labels[1] = (labels[0] + 1) % classes
    return weights / weights.sum(axis=1, keepdims=True), labels


@credit(5, task="cross_entropy_error")
def test_cross_entropy_error(student, part, rng):
    """cross_entropy_error averages -log of the right class's probability over a batch

    cross_entropy_error는 정답 클래스의 확률에 -log를 취해 배치에 대해 평균한다
    """
    function = student.cross_entropy_error
    with part("the batch of the handout, one-hot", "교재의 배치, 원-핫", points=1, shown=True), named(NO_ONE_HOT):
        y, t = np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]]), np.array([[0, 1, 0], [0, 0, 1]])
        check(function, cross_entropy, CE, y, t)
    with part("the batch of the handout, labels", "교재의 배치, 레이블", points=1, shown=True), named(NO_LABELS):
        check(function, cross_entropy, CE, y, np.array([1, 2]))
    with part("any batch, one-hot", "임의의 배치, 원-핫", points=1), named(NO_ONE_HOT):
        for samples, classes in ((5, 3), (5, 3), (4, 4), (4, 4), (1, 5), (3, 10)):
            y, labels = sized(rng, samples, classes)
            hot = np.eye(classes)[labels]
            check(function, cross_entropy, CE, y, hot)
            check(function, cross_entropy, CE, y, hot.astype(int))
    with part("any batch, labels", "임의의 배치, 레이블", points=2), named(NO_LABELS):
        for samples, classes in ((5, 3), (5, 3), (4, 4), (4, 4), (1, 5), (3, 10)):
            check(function, cross_entropy, CE, *sized(rng, samples, classes))


def sized(rng: np.random.Generator, samples: int, classes: int) -> tuple[Any, Any]:
    """A batch of that many samples, one included."""
    y, labels = batch(rng, max(samples, 2), classes)
    return y[:samples], labels[:samples]


@credit(1, task="cross_entropy_error")
def test_cross_entropy_of_one_sample(student, rng):
    """cross_entropy_error takes a single sample, with a one-hot vector or a label

    cross_entropy_error는 표본 하나도 받는다. 정답은 원-핫 벡터이거나 레이블이다
    """
    with named(NO_SINGLE):
        for classes in (4, 4, 7):
            y, labels = batch(rng, 2, classes)
            check(student.cross_entropy_error, cross_entropy, CE, y[0], np.eye(classes)[labels[0]])
            check(student.cross_entropy_error, cross_entropy, CE, y[0], np.int64(labels[0]))


@credit(1, task="cross_entropy_error", shown=True)
def test_cross_entropy_at_0_and_1(student):
    """cross_entropy_error is finite where probabilities are exactly 0 or 1

    확률이 정확히 0이나 1이어도 cross_entropy_error는 유한하다
    """
    y = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    losses: list[float] = []
    for t in ([1, 2], [1, 0], [2, 1]):
        with named(NO_ONE_HOT):
            losses.append(check_finite(student.cross_entropy_error, y, np.eye(3)[t]))
        with named(NO_LABELS):
            losses.append(check_finite(student.cross_entropy_error, y, np.array(t)))
    check_corners(student.cross_entropy_error, losses)


# ---- which output, which loss ----

OUTPUTS = ("identity", "sigmoid", "softmax")
LOSSES = ("mse", "bce", "ce")
RIGHT = {
    "regression": (("identity", "mse"),),
    "binary": (("sigmoid", "bce"), ("softmax", "ce")),
    "multiclass": (("softmax", "ce"),),
}


@credit(3, task="output_and_loss", shown=True)
def test_output_and_loss(student, part):
    """output_and_loss names the output activation and the loss for each kind of question

    output_and_loss는 문제의 종류마다 출력층의 활성화 함수와 손실 함수를 알려 준다
    """
    for kind, ko in (("regression", "회귀"), ("binary", "이진 분류"), ("multiclass", "다중 분류")):
        with part(kind, ko, points=1):
            check_pair(call(student.output_and_loss, kind), kind)


def check_pair(got: Any, kind: str) -> None:
    """`got` is a right pair of words for this kind of question."""
    if got is None:
        fail("none")
    if not (isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(word, str) for word in got)):
        fail("output.no-pair")
    pair = (got[0], got[1])
    if pair in RIGHT[kind]:
        return
    if pair[0] not in OUTPUTS or pair[1] not in LOSSES:
        hidden_layer = pair[0].lower() in ("relu", "tanh", "leaky_relu", "step")
        fail("output.hidden-layer" if hidden_layer else "output.words")
    if pair in (("sigmoid", "ce"), ("softmax", "bce")):
        fail("output.mixed")
    fail(f"output.{kind}")
