"""Hidden grader of 04_derivatives: the gradient, one element at a time, for every number of dimensions.

δ, the quotient and the points are judged in the first test and with vectors and matrices; the other parts ask what
their titles say, of any quotient that comes from f.
The iterator is established by behaviour: what moves one element per call, for every shape, is right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from quotient import ask, check, check_elsewhere, compare_nonfinite, judge, require_unchanged
from stencil import Array, Probe, cubic, somewhere

from autograder import Finding, Raise, credit, curve, dots, fail, forget_warnings, named, numbers, show_plot

SPIKE = 5.0
STOPPED = r"^error(\.shown|\.index|\.scalar-only|\.array-element|\.ambiguous-truth|\.shapes|\.unpack|\.attribute)? "


def check_gradient(function: Any, x: Any, rng: np.random.Generator, *, float64: bool = False) -> None:
    """A random polynomial at x. float64: what is asked and what comes back is float64, whatever x is."""
    formula, gradient = cubic(rng, np.shape(x))
    check_elsewhere(function, formula, x, gradient(np.asarray(x, dtype=float)), float64=float64)


def check_stencil(function: Any, x: Any, rng: np.random.Generator) -> None:
    """A random polynomial at x, by a central difference."""
    formula, gradient = cubic(rng, np.shape(x))
    check(function, formula, x, gradient(x), spike=SPIKE)


def ordinary(function: Any, rng: np.random.Generator) -> tuple[Callable[[], None], Callable[[], None]]:
    """Checks of an ordinary vector and of a matrix, so that a part blames what is particular to it for what is.

    What was right once in a test is not asked again.
    """

    @cache
    def vector() -> None:
        check_gradient(function, somewhere(rng, (3,)), rng)

    @cache
    def matrix() -> None:
        with named({"dims.only-1d": STOPPED}):
            check_gradient(function, somewhere(rng, (2, 3)), rng)

    return vector, matrix


@credit(3, task="numerical_derivative", shown=True)
def test_one_element_at_a_time(student, part):
    """numerical_derivative(f, x) moves one element of x at a time, up and down

    numerical_derivative(f, x)는 x의 원소를 하나씩 위아래로 움직인다
    """
    with part("x² at [3.0]", "x²의 [3.0]에서의 미분값", points=1):
        x = np.array([3.0])
        check(student.numerical_derivative, lambda x: np.sum(x**2), x, 2 * x)
    with part("a sum of x³ - 3x, and where f is asked", "x³ - 3x의 합과 f를 부른 자리", points=2):
        x = np.array([-1.9, -1.4, -0.9, -0.4, 0.1, 0.6, 1.1, 1.6])
        f = Probe(lambda x: np.sum(x**3 - 3 * x), x)
        got = ask(student.numerical_derivative, f, x)
        draw_gradient(got, x)
        judge(got, 3 * x**2 - 3, f)


def draw_gradient(got: Any, x: Array) -> None:
    """The derivative by formula as a curve, what came back as dots."""
    wide = np.linspace(-2.1, 2.1, 85)
    show_plot(
        "The derivative of x³ - 3x: by formula, and what your numerical_derivative gives.",
        "x³ - 3x의 미분값: 공식으로 구한 것과 여러분의 numerical_derivative가 구한 것.",
        curve("3x² - 3", wide, 3 * wide**2 - 3),
        dots("numerical_derivative", x, numbers(got)),
        ylim=(-25.0, 25.0),
    )


@credit(5, task="numerical_derivative")
def test_any_number_of_dimensions(student, part, rng):
    """numerical_derivative works for arrays of every shape

    numerical_derivative는 배열의 모양이 무엇이든 통한다
    """
    function = student.numerical_derivative
    vector, matrix = ordinary(function, rng)
    with part("vectors and matrices", "벡터와 행렬", points=1):
        for _ in range(2):
            check_stencil(function, somewhere(rng, (3,)), rng)
            with named({"dims.only-1d": STOPPED}):
                check_stencil(function, somewhere(rng, (2, 3)), rng)
    with part("a single number (0-d)", "수 하나(0차원)", points=1):
        vector()
        with named({"dims.zero-d": STOPPED, "dims.branches": r"^none "}):
            check_gradient(function, somewhere(rng, ()), rng)
            check_gradient(function, somewhere(rng, ()), rng)
    with part("three and four dimensions", "3차원과 4차원", points=1):
        vector()
        matrix()
        for shape in ((2, 1, 3), (2, 2, 1, 2)):
            with named({"dims.branches": STOPPED.replace(")?", r")?|^none|^moves\.row")}):
                check_gradient(function, somewhere(rng, shape), rng)
    with part("empty arrays", "빈 배열", points=1):
        vector()
        with named({"dims.empty": STOPPED.replace(")?", r")?|^none|^shape")}):
            for shape in ((0,), (0, 3)):
                check_elsewhere(function, np.sum, np.zeros(shape), np.zeros(shape))
    with part("other layouts in memory", "메모리 배치가 다른 배열", points=1):
        vector()
        matrix()
        with named({"layout.copied": r"^(moves\.nothing|result\.zeros)"}):
            check_gradient(function, np.asfortranarray(somewhere(rng, (2, 3))), rng)
            check_gradient(function, somewhere(rng, (2, 6))[:, ::2], rng)


@credit(2, task="numerical_derivative")
def test_other_kinds_of_numbers(student, part, rng):
    """numerical_derivative converts integers and float32 to float64

    numerical_derivative는 정수와 float32를 float64로 바꾸어 계산한다
    """
    vector, _ = ordinary(student.numerical_derivative, rng)
    with part("whole numbers", "정수", points=1):
        vector()
        for dtype in (np.int64, np.int64, np.int32):
            x = rng.choice([-1, 1], 4) * rng.integers(1, 4, 4)
            check_gradient(student.numerical_derivative, x.astype(dtype), rng, float64=True)
    with part("float32", "float32", points=1):
        vector()
        for _ in range(2):
            x = somewhere(rng, (3,)).astype(np.float32)
            check_gradient(student.numerical_derivative, x, rng, float64=True)


@credit(3, task="numerical_derivative")
def test_the_argument_stays_as_it_was(student, part, rng):
    """numerical_derivative leaves x as it was, and passes nan on

    numerical_derivative는 x를 그대로 두고, nan은 그대로 내보낸다
    """
    vector, _ = ordinary(student.numerical_derivative, rng)
    with part("nan and inf", "nan과 inf", points=1, shown=True):
        check_nonfinite(student.numerical_derivative)
    with part("x afterwards, bit for bit", "계산이 끝난 뒤의 x", points=1):
        vector()
        for _ in range(2):
            check_restored(student.numerical_derivative, rng)
    with part("x afterwards, if f raises an error", "f에서 오류가 났을 때의 x", points=1):
        vector()
        for call in (2, 3):
            check_restored_after_error(student.numerical_derivative, call, rng)


def check_nonfinite(function: Any) -> None:
    """Where f has no ordinary value the gradient has none; the other elements are not touched by that."""
    check_elsewhere(function, lambda x: x[0] ** 2 + x[1] - x[2], np.array([1.0, 2.0, 3.0]), [2.0, 1.0, -1.0])
    cases = (
        (lambda x: x[0] ** 2 + (2.0 if abs(x[1] - 2) < 1e-12 else np.nan), [1.0, 2.0], [2.0, np.nan]),
        (lambda x: x[0] ** 2 + (2.0 if abs(x[1] - 2) < 1e-12 else np.inf * (x[1] - 2)), [1.0, 2.0], [2.0, np.inf]),
        (lambda x: x[0] ** 2 - x[2], [1.5, np.nan, 0.5], [3.0, 0.0, -1.0]),
        (np.sum, [1.5, np.nan], [np.nan, np.nan]),
    )
    for formula, x, expected in cases:
        f = Probe(formula, np.array(x))
        got = ask(function, f, np.array(x))
        compare_nonfinite(got, expected, f)
    forget_warnings()  # they are about what the grader's f gave


def check_restored(function: Any, rng: np.random.Generator) -> None:
    """Every bit of x is as before: values of many sizes, a nan, a negative zero."""
    x = np.append(rng.normal(size=9) * 10.0 ** rng.integers(-3, 2, 9), [np.nan, -0.0])
    weights = np.append(somewhere(rng, (9,)), [0.0, 1.0])
    f = Probe(lambda x: np.sum(np.where(weights, weights * x, 0.0)), x)
    got = ask(function, f, x)
    compare_nonfinite(got, weights, f)
    require_unchanged(function, x, "restore.changed")


def check_restored_after_error(function: Any, call: int, rng: np.random.Generator) -> None:
    """f raises at its second or third call; that error is expected, and x is as before."""
    x = somewhere(rng, (3,))
    asked: list[int] = []

    def f(*_args: Any) -> float:
        asked.append(1)
        if len(asked) == call:
            raise Raise("ValueError", "no value here")
        return 0.0

    try:
        ask(function, f, x)
    except Finding as finding:
        if len(asked) < call or finding.verdict != "error":
            raise
    if len(asked) < call:
        fail("moves.missed" if asked else "f.never-asked")
    require_unchanged(function, x, "restore.raises")
