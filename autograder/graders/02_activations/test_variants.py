"""Hidden grader of 02_activations, the variants: leaky ReLU, ELU, maxout and the identity function."""

from __future__ import annotations

from typing import Any

import elementwise as shared
import numpy as np
from elementwise import check, check_other_shapes, check_vectors

from autograder import assert_quiet, assert_unchanged, credit, has_nan, named, same

NO_DEFAULT = {"alpha.no-default": r"^arguments "}
NO_ALPHA = {"alpha.missing": r"^arguments "}

# ---- leaky ReLU ----


def leaky_relu(x: Any, alpha: float = 0.01) -> Any:
    return np.where(x > 0, x, alpha * x)


LEAKY = {
    "leaky_relu.default": lambda x, alpha=0.01: leaky_relu(x, 0.1),
    "leaky_relu.relu": lambda x, alpha=0.01: np.maximum(x, 0),
    "leaky_relu.minimum": lambda x, alpha=0.01: np.minimum(x, alpha * x),
    "leaky_relu.sum": lambda x, alpha=0.01: np.maximum(x, 0) + alpha * x,
    "leaky_relu.sign": lambda x, alpha=0.01: np.where(x > 0, x, -alpha * x),
    "leaky_relu.constant": lambda x, alpha=0.01: np.where(x > 0, x, alpha),
    "leaky_relu.everywhere": lambda x, alpha=0.01: alpha * x,
    "leaky_relu.divided": lambda x, alpha=0.01: np.where(x > 0, x, x / alpha),
}


@credit(3, task="leaky_relu")
def test_leaky_relu(student, part, rng):
    """leaky_relu keeps the slope alpha on the negative side

    leaky_relu는 음수 쪽에서 기울기 alpha를 남긴다
    """
    with part("the default slope is 0.01", "기본 기울기는 0.01", points=1, shown=True), named(NO_DEFAULT):
        check(student.leaky_relu, leaky_relu, LEAKY, np.array([-2.0, -1.0, 3.0]))
    with part("another slope", "다른 기울기", points=1), named(NO_ALPHA):
        wrong = {"leaky_relu.slope-fixed": lambda x, alpha: lambda got: ignores_slope(got, x)} | LEAKY
        for alpha in rng.uniform(0.2, 0.9, 3):
            check(student.leaky_relu, leaky_relu, wrong, shared.sums(rng, (6,), -1), float(alpha))
    with (
        part("any shape, integers, nothing at all", "어떤 모양이든, 정수, 빈 배열", points=1),
        named(NO_DEFAULT),
    ):
        check_vectors(student.leaky_relu, leaky_relu, LEAKY, rng)
        check_other_shapes(student.leaky_relu, leaky_relu, LEAKY, rng)


def ignores_slope(got: Any, x: Any) -> bool:
    return any(same(got, leaky_relu(x, fixed)) for fixed in (0.01, 0.1))


# ---- ELU ----


def elu(x: Any, alpha: float = 1.0) -> Any:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


ELU = {
    "elu.alpha-ignored": lambda x, alpha=1.0: elu(x),
    "elu.alpha-inside": lambda x, alpha=1.0: np.where(x > 0, x, np.expm1(alpha * x)),
    "elu.brackets": lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.exp(x) - 1),
    "elu.minus-one": lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.exp(x)),
    "elu.sign": lambda x, alpha=1.0: np.where(x > 0, x, alpha * (1 - np.exp(x))),
    "elu.exponent": lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.expm1(-x)),
    "elu.both-sides": lambda x, alpha=1.0: alpha * np.expm1(x),
    "elu.leaky": lambda x, alpha=1.0: np.where(x > 0, x, alpha * x),
    "elu.relu": lambda x, alpha=1.0: np.maximum(x, 0),
}


@credit(3, task="elu")
def test_elu(student, part, rng):
    """elu is x above 0 and alpha (e^x - 1) below

    elu는 0보다 크면 x, 아니면 alpha (e^x - 1)이다
    """
    with part("the default alpha is 1", "alpha의 기본값은 1", points=1, shown=True), named(NO_DEFAULT):
        check(student.elu, elu, ELU, np.array([-2.0, -1.0, 3.0]))
    with part("another alpha", "다른 alpha", points=1), named(NO_ALPHA):
        for alpha in rng.uniform(0.2, 0.8, 3):
            check(student.elu, elu, ELU, shared.sums(rng, (6,), -1), float(alpha))
    with (
        part("any shape, integers, nothing at all", "어떤 모양이든, 정수, 빈 배열", points=1),
        named(NO_DEFAULT),
    ):
        check_vectors(student.elu, elu, ELU, rng)
        check_other_shapes(student.elu, elu, ELU, rng)


@credit(1, task="elu", shown=True)
def test_elu_far_from_zero(student):
    """elu of -1000 and 1000 is -1 and 1000, without an overflow

    elu(-1000)은 -1, elu(1000)은 1000이고 오버플로가 나지 않는다
    """
    with named({"elu.overflow": r"^floating-point\.overflow"} | NO_DEFAULT):
        for x in (shared.FAR, 2 * shared.FAR):
            check(student.elu, elu, lambda x=x: shared.telling(ELU, x) | {"elu.nan": lambda x: has_nan}, x)
        assert_quiet()


# ---- maxout ----


def maxout(x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    return np.maximum(x @ W1 + b1, x @ W2 + b2)


MAXOUT = {
    "maxout.first": lambda x, W1, b1, W2, b2: x @ W1 + b1,
    "maxout.second": lambda x, W1, b1, W2, b2: x @ W2 + b2,
    "maxout.sum": lambda x, W1, b1, W2, b2: x @ W1 + b1 + x @ W2 + b2,
    "maxout.minimum": lambda x, W1, b1, W2, b2: np.minimum(x @ W1 + b1, x @ W2 + b2),
    "maxout.no-bias": lambda x, W1, b1, W2, b2: np.maximum(x @ W1, x @ W2),
    "maxout.second-bias": lambda x, W1, b1, W2, b2: np.maximum(x @ W1 + b1, x @ W2),
    "maxout.same-bias": lambda x, W1, b1, W2, b2: np.maximum(x @ W1 + b1, x @ W2 + b1),
    "maxout.relu": lambda x, W1, b1, W2, b2: np.maximum(x @ W1 + b1, 0),
    "maxout.relu-added": lambda x, W1, b1, W2, b2: np.maximum(maxout(x, W1, b1, W2, b2), 0),
    "maxout.order": lambda x, W1, b1, W2, b2: maxout(x, W1.T, b1, W2.T, b2) if W1.shape == W1.T.shape else None,
    "maxout.one-number": lambda x, W1, b1, W2, b2: np.max(maxout(x, W1, b1, W2, b2)),
    "maxout.over-outputs": lambda x, W1, b1, W2, b2: np.max(maxout(x, W1, b1, W2, b2), axis=-1),
    "maxout.elementwise": lambda x, W1, b1, W2, b2: elementwise(x, W1, b1, W2, b2),
}
SHAPES_DO_NOT_FIT = {
    "maxout.order": r"(?i)^error\.shapes .*(W\w* *@|dot\( *W|matmul\( *W|\.T\b)",
    "maxout.elementwise": r"^error\.shapes .*\*(?!=)",
    "maxout.in-place": r"^error\.shapes .*[+*]= ",
}


def elementwise(x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """maxout with * in place of @, where shapes allow it."""
    try:
        return np.maximum(x * W1 + b1, x * W2 + b2)
    except ValueError:
        return None


def pieces(rng: np.random.Generator, inputs: int, outputs: int) -> tuple[Any, ...]:
    """Weights and biases such that on x of size about 1 each piece wins now and then, also below 0."""
    return tuple(a - 0.2 for _ in range(2) for a in (rng.normal(size=(inputs, outputs)), rng.normal(size=outputs)))


@credit(3, task="maxout")
def test_maxout(student, part, rng):
    """maxout is the larger of two weighted sums x @ W + b

    maxout은 두 가중합 x @ W + b 가운데 큰 쪽이다
    """
    with part("the example of the handout", "교재 예제", points=1, shown=True), named(SHAPES_DO_NOT_FIT):
        W1, b1 = np.array([[1.0, 0.0], [-1.0, 1.0]]), np.array([0.0, 1.0])
        W2, b2 = np.array([[0.0, 2.0], [1.0, -1.0]]), np.array([0.5, 0.0])
        check(student.maxout, maxout, MAXOUT, np.array([1.0, 2.0]), W1, b1, W2, b2)
    with part("one sample", "표본 하나", points=1), named(SHAPES_DO_NOT_FIT):
        for inputs, outputs in ((3, 12), (3, 12), (6, 6)):
            check(student.maxout, maxout, MAXOUT, rng.normal(size=inputs), *pieces(rng, inputs, outputs))
    with part("a batch", "배치", points=1), named(SHAPES_DO_NOT_FIT):
        for samples, inputs, outputs in ((6, 3, 5), (6, 3, 5), (4, 4, 4), (1, 2, 3)):
            check(student.maxout, maxout, MAXOUT, rng.normal(size=(samples, inputs)), *pieces(rng, inputs, outputs))
            assert_unchanged()


# ---- identity ----

IDENTITY = {
    "identity.matrix": lambda x: np.eye(len(x)) if x.ndim else None,
    "identity.ones": lambda x: np.ones(x.shape),
    "identity.relu": lambda x: np.maximum(x, 0),
    "identity.sigmoid": shared.sigmoid,
    "identity.sign": lambda x: -x,
}


@credit(2, task="identity_function")
def test_identity_function(student, part, rng):
    """identity_function gives back what it is given

    identity_function은 받은 것을 그대로 돌려준다
    """
    with part("a vector", "벡터 하나", points=1, shown=True):
        check(student.identity_function, lambda x: x, IDENTITY, np.array([-1.5, 0.0, 2.5]))
    with part("any shape, integers, nothing at all", "어떤 모양이든, 정수, 빈 배열", points=1):
        check_vectors(student.identity_function, lambda x: x, IDENTITY, rng)
        check_other_shapes(student.identity_function, lambda x: x, IDENTITY, rng)
