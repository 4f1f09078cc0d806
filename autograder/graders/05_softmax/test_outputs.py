"""Hidden grader of 05_softmax, the rest of the output layer: identity, the class with the largest score, yes or no."""

from __future__ import annotations

from typing import Any

import numpy as np
import outputs as shared
from outputs import LECTURE, check, sigmoid, softmax

from autograder import (
    Finding,
    agrees,
    assert_bit,
    assert_bits,
    assert_close,
    assert_unchanged,
    bit,
    credit,
    fail,
    forget_warnings,
    named,
    numbers,
    remark,
)

# ---- identity ----

IDENTITY: shared.Wrong = {
    "identity.softmax": lambda a: softmax(a) if a.ndim else None,
    "identity.sigmoid": sigmoid,
    "identity.relu": lambda a: np.maximum(a, 0),
    "identity.divided": lambda a: a / np.sum(a),
    "identity.matrix": lambda a: np.eye(len(a)) if a.ndim else None,
}


@credit(2, task="identity_function")
def test_identity_function(student, part, rng):
    """identity_function hands the sums on as they are

    identity_function은 합을 그대로 내보낸다
    """
    with part("a vector", "벡터 하나", points=1, shown=True):
        check(student.identity_function, lambda a: a, IDENTITY, np.array([0.3, -2.9, 4.0]))
    with part("any shape", "임의의 모양", points=1):
        for shape in ((4,), (4,), (2, 3), (2, 3), ()):
            check(student.identity_function, lambda a: a, IDENTITY, np.asarray(rng.normal(scale=3.0, size=shape)))
            assert_unchanged()


# ---- predict_class ----


def label(a: Any) -> Any:
    """The place of the largest entry in each row, by sorting."""
    return np.argsort(a, axis=-1, kind="stable")[..., -1]


CLASSES: shared.Wrong = {
    "predict.largest-value": lambda a: np.max(a, axis=-1),
    "predict.probability": lambda a: np.max(softmax(a), axis=-1),
    "predict.smallest": lambda a: np.argmin(a, axis=-1),
    "predict.from-one": lambda a: label(a) + 1,
    "predict.probabilities": softmax,
    "predict.one-hot": lambda a: a == np.max(a, axis=-1, keepdims=True),
    "predict.sorted": lambda a: np.argsort(a, axis=-1),
    "predict.flat": lambda a: np.argmax(a) if a.ndim == 2 else None,
    "predict.columns": lambda a: np.argmax(a, axis=0) if a.ndim == 2 else None,
    "predict.in-brackets": lambda a: label(a)[..., None],
    "predict.first-row": lambda a: label(a[0]) if a.ndim == 2 else None,
}


@credit(5, task="predict_class")
def test_predict_class(student, part, rng):
    """predict_class gives the number of the class with the largest sum

    predict_class는 합이 가장 큰 클래스의 번호를 돌려준다
    """
    predict = student.replacing(softmax=shared.softmax).predict_class
    with part("the example of the lecture", "강의의 예", points=1, shown=True):
        choose(predict, LECTURE)
        choose(predict, np.array([4.0, 0.3, 2.9]))
    with part("large sums", "합이 클 때", points=1, shown=True):
        for values in ([1000.0, 990.0, 1010.0, 1005.0], [-1010.0, -1020.0, -1000.0, -990.0]):
            choose(predict, np.array(values), {"predict.nan": lambda a: 0})
        forget_warnings()
    with part("any vector", "임의의 벡터", points=1):
        for size in (4, 4, 10):
            choose(predict, scores(rng, (size,)))
            assert_unchanged()
    with part("a batch", "배치", points=2):
        for shape in ((5, 3), (5, 3), (4, 4)):
            choose(predict, scores(rng, shape))
            assert_unchanged()


def scores(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Sums without ties. In the first row the largest stands in the middle, and the smallest just before it.

    The largest of a batch is in another row.
    """
    ranks = np.argsort(rng.random(shape), axis=-1)
    first = ranks.reshape(-1, shape[-1])[0]
    place = int(rng.integers(1, shape[-1] - 1))
    for rank, to in ((shape[-1] - 1, place), (0, place - 1)):
        at = int(np.argmax(first == rank))
        first[at], first[to] = first[to], first[at]
    found = ranks * 0.7 - 1.5 + rng.uniform(-0.2, 0.2, size=shape)
    if len(shape) == 2:
        found[0] -= 0.5
    return found


def choose(function: Any, a: Any, first: shared.Wrong | None = None) -> None:
    """`function` gives the class of a vector, or one class per row of a batch."""
    one, key = (a[None], "predict.vector") if a.ndim == 1 else (a[0], "predict.batch")
    expected = label(a)
    rows = a.ndim == 2  # a list will do for an array
    with shared.silent_failure(), shared.told_by_the_other(key, function, one, label):
        got = function(a)
        if got is None and function.student.last.stdout:
            fail("printed")
        if not agrees(got, expected, rtol=0, atol=0, sequence=rows):
            wrong = predicates({**(first or {}), **CLASSES}, a, expected)
            assert_close(got, expected, mistaken=wrong, rtol=0, atol=0, sequence=rows)
    if np.asarray(got).dtype.kind == "f":
        remark("predict.float")


def predicates(wrong: shared.Wrong, a: Any, expected: Any) -> dict[str, Any]:
    """Message key -> whether what came back is what this mistake gives at `a`, if that is not the right value."""
    with np.errstate(all="ignore"):
        values = {key: mistake(a) for key, mistake in wrong.items()}
    told = {key: v for key, v in values.items() if v is not None and not shared.alike(v, expected)}
    return {key: (lambda got, v=v: shared.alike(got, v)) for key, v in told.items()}


# ---- binary_decision ----


def decision(a: Any) -> Any:
    return np.where(a < 0, 0, 1)


BINARY: shared.Wrong = {
    "binary.half": lambda a: a >= 0.5,
    "binary.turned-round": lambda a: a < 0,
    "binary.above-zero": lambda a: a > 0,
    "binary.sigmoid": sigmoid,
    "binary.minus-one": lambda a: np.where(a < 0, -1, 1),
    "binary.sign": np.sign,
    "binary.one": lambda a: np.ones(a.shape),
    "binary.softmax": lambda a: softmax(a) >= 0.5 if a.ndim else None,
}


HANDOUT = np.array([-2.0, 0.0, 0.3, 1.5])


@credit(5, task="binary_decision")
def test_binary_decision(student, part, rng):
    """binary_decision is 1 where the sigmoid is at least one half

    binary_decision은 시그모이드 값이 0.5 이상이면 1이다
    """
    decide = student.replacing(sigmoid=shared.sigmoid, softmax=shared.softmax).binary_decision
    with part(
        "the example of the handout, and exactly one half", "교재의 예, 그리고 정확히 0.5일 때", points=1, shown=True
    ):
        # In the whole row a limit at 0.5 and softmax agree; of -2 and 0.3 softmax takes the second, too.
        softmaxed = shared.alike(decide(HANDOUT[[0, 2]]), [0, 1])
        bits(decide, HANDOUT, {"binary.softmax": BINARY["binary.softmax"]} if softmaxed else None)
        bits(decide, np.array([-1.0, 0.0, 0.2, 1.0, 1.0]))
    with part("far from 0", "0에서 먼 값", points=1, shown=True):
        for values in ([-1000.0, 0.3, 900.0, 1000.0], [800.0, -0.2, 0.3, 950.0]):
            bits(decide, np.array(values), {"binary.nan": lambda a: (a >= 0) & (a < 100)})
        forget_warnings()
    with part("any vector", "임의의 벡터", points=1):
        for a in both(sums(rng, (6,))):
            bits(decide, a)
            assert_unchanged()
    with part("any batch", "임의의 배치", points=1):
        for a in (*both(sums(rng, (3, 4))), sums(rng, (4, 1))):
            bits(decide, a)
            assert_unchanged()
    with (
        part("a single number", "수 하나", points=1),
        named({"binary.zero-d": r"^(error\S*|bits\.not-a-bit|type) "}),
    ):
        single_numbers(decide, rng)


def half_is_no(function: Any) -> bool:
    """Whether a probability of 0.5 is answered with 0 even where the sum is not 0: 1e-17, whose sigmoid is 0.5."""
    try:
        return shared.alike(function(np.array([1e-17])), [0])
    except Finding:
        return False


def single_numbers(function: Any, rng: np.random.Generator) -> None:
    """Four questions; what the mistake is shows in all the answers together."""
    asked = np.array([-1.0, 1.0, 1.0, -1.0]) * rng.uniform([0.1, 0.1, 1.0, 1.0], [0.45, 0.45, 3.0, 3.0])
    answers = [function(np.array(a)) for a in asked]
    patterns = {(1, 0, 0, 1): "binary.turned-round", (1, 1, 1, 1): "binary.one", (0, 0, 1, 0): "binary.half"}
    if key := patterns.get(tuple(bit(answer) for answer in answers)):
        fail(key)
    wrong = {"binary.sigmoid": between, "binary.minus-one": lambda got: shared.alike(got, -1)}
    for a, answer in zip(asked, answers, strict=True):
        assert_bit(answer, int(a > 0), mistaken=wrong)


def between(got: Any) -> bool:
    """Whether `got` is a probability and not a decision."""
    array = numbers(got, lists=True)
    return array.shape == () and bool(0 < array < 1)


def sums(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Sums of both signs, the first two positive and below one half, so that a limit at 0.5 shows."""
    size = int(np.prod(shape))
    values = rng.choice([-1.0, 1.0], size) * rng.uniform(0.1, 4.0, size)
    values[:2] = rng.uniform(0.1, 0.45, 2)
    values[2] = -rng.uniform(1.0, 3.0)
    values[3] = rng.uniform(1.0, 3.0)
    return values.reshape(shape)


def both(a: Any) -> tuple[Any, Any]:
    """`a`, and what has every answer turned round: whoever remembers answers by the shape is never right by luck."""
    return a, -a


def bits(function: Any, a: Any, first: shared.Wrong | None = None) -> None:
    expected = decision(a)
    with shared.silent_failure():
        got = function(a)
        if got is None and function.student.last.stdout:
            fail("printed")
        right = shared.alike(got, expected)  # True and False are told by assert_bits
        assert_bits(shared.as_array(got), expected, mistaken=None if right else mistaken(function, a, expected, first))


def mistaken(function: Any, a: Any, expected: Any, first: shared.Wrong | None) -> dict[str, Any]:
    """Message key -> whether this mistake was made."""
    found = predicates({**(first or {}), **BINARY}, a, expected)
    found["single-number"] = lambda got: isinstance(got, (bool, int, float, np.generic))
    if above := found.pop("binary.above-zero", None):
        found["binary.above-half"] = lambda got: above(got) and half_is_no(function)
        found["binary.above-zero"] = above
    return found
