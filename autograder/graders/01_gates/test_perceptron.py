"""Hidden grader of 01_gates, `perceptron` and `neuron`: the sum and what is made of it.

Wrong decisions are named by their pattern: each misconception of `perceptron` answers a batch of cases in its own way,
and batches are drawn until all these ways differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from autograder import assert_bit, assert_close, assert_unchanged, credit, same

Array = np.ndarray[Any, np.dtype[np.float64]]
Case = tuple[Array, Array, float]

MARGIN = 0.05
LECTURE_WEIGHTS = np.array([2.0, 3.0])
LECTURE = [(np.array([0.2, 0.1]), LECTURE_WEIGHTS, -1), (np.array([0.6, 0.5]), LECTURE_WEIGHTS, -1)]


def total(x: Array, w: Array, b: float) -> float:
    """The weighted sum w·x + b."""
    return float(np.dot(w, x) + b)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(z)))


SUMS: dict[str, Callable[[Array, Array, float], float]] = {
    "no-bias": lambda x, w, b: total(x, w, 0),
    "bias-subtracted": lambda x, w, b: total(x, w, -b),
    "no-weights": lambda x, w, b: float(x.sum() + b),
    "bias-per-input": lambda x, w, b: float((w * x + b).sum()),
    "two-inputs": lambda x, w, b: total(x[:2], w[:2], b),
    "truncated": lambda x, w, b: total(np.trunc(x), w, b),
}
DECISIONS: dict[str, Callable[[Array, Array, float], bool]] = {
    "always-0": lambda x, w, b: False,
    "always-1": lambda x, w, b: True,
    "inverted": lambda x, w, b: total(x, w, b) < 0,
    "threshold": lambda x, w, b: total(x, w, b) > 0.5,
} | {name: lambda x, w, b, wrong=wrong: wrong(x, w, b) > 0 for name, wrong in SUMS.items()}


def pattern(decide: Callable[[Array, Array, float], bool], cases: Sequence[Case]) -> list[int]:
    return [int(decide(*case)) for case in cases]


def right(x: Array, w: Array, b: float) -> bool:
    return total(x, w, b) > 0


def draw(rng: np.random.Generator, inputs: int) -> Case:
    """A case with `inputs` inputs whose sum is clearly on one side, and whose bias matters."""
    while True:
        x, w = rng.uniform(-2.5, 2.5, (2, inputs))
        b = float(rng.choice([-1, 1]) * rng.uniform(0.3, 2))
        if min(abs(total(x, w, b)), abs(np.dot(w, x))) >= MARGIN:
            return x, w, b


def few(rng: np.random.Generator, inputs: int) -> list[Case]:
    """Four cases, two of each decision."""
    cases = [draw(rng, inputs) for _ in range(4)]
    while sum(pattern(right, cases)) != 2:
        cases = [draw(rng, inputs) for _ in range(4)]
    return cases


def batch(rng: np.random.Generator, inputs: int, size: int = 16) -> list[Case]:
    """Cases in which the right decisions and those of every misconception that can show are pairwise different."""
    unseen = {1: ("bias-per-input", "two-inputs"), 2: ("two-inputs",)}.get(inputs, ())
    ways = [right, *(decide for name, decide in DECISIONS.items() if name not in unseen)]
    while True:
        cases = [draw(rng, inputs) for _ in range(size)]
        if len({tuple(pattern(way, cases)) for way in ways}) == len(ways):
            return cases


def ask(student: Any, cases: Sequence[Case]) -> list[Any]:
    return [student.perceptron(x, w, b) for x, w, b in cases]


def assert_decisions(student: Any, cases: Sequence[Case], otherwise: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Every case is decided rightly; if not, the misconception is looked for where all of them differ.

    That is done on a fixed batch, so that a failure neither shows nor moves the hidden cases. `otherwise`: what
    explains a wrong decision if no misconception does.
    """
    answers, expected = ask(student, cases), pattern(right, cases)
    wrong = [i for i, answer in enumerate(answers) if scalar(answer) != expected[i]]
    mistaken: dict[str, Any] = {}
    if wrong:
        inputs = max(2, len(cases[wrong[0]][0]))
        wider = batch(np.random.default_rng(inputs), inputs, 24)
        mistaken = {key: lambda _: True for key in misconception(ask(student, wider), wider)} or dict(otherwise)
    for i in wrong:
        assert_bit(student.perceptron(*cases[i]), expected[i], mistaken=mistaken)
        assert_bit(answers[i], expected[i], mistaken=mistaken)


def scalar(answer: Any) -> float | None:
    """A number or a 0-d array as a float; None for anything else."""
    if isinstance(answer, (bool, int, float, np.generic, np.ndarray)):
        array = np.asarray(answer)
        return float(array) if array.shape == () and array.dtype.kind in "biuf" else None
    return None


def misconception(answers: Sequence[Any], cases: Sequence[Case]) -> list[str]:
    """The key of the misconception that gives these answers; none where no known one does."""
    if any(isinstance(answer, str) for answer in answers):
        return ["gates.string"]
    if all(isinstance(a, np.ndarray) and a.shape == case[0].shape for a, case in zip(answers, cases, strict=True)):
        return ["perceptron.one-answer-per-input"]
    numbers = [scalar(answer) for answer in answers]
    if None in numbers or numbers == pattern(right, cases):
        return []
    sums = np.array([total(*case) for case in cases])
    unsettled = {"sum": sums, "sign": np.sign(sums), "sigmoid": sigmoid(sums)}
    found = [name for name, values in unsettled.items() if same(np.array(numbers, dtype=float), values, 1e-5, 1e-8)]
    found += [name for name, decide in DECISIONS.items() if numbers == pattern(decide, cases)]
    if not found and is_threshold(numbers, sums):
        found = ["threshold"]
    return [f"perceptron.{name}" for name in found]


def is_threshold(numbers: Sequence[float | None], sums: Array) -> bool:
    """Whether the answers are 1 above some sum and 0 below, only not with the change at 0."""
    silent = [z for z, answer in zip(sums, numbers, strict=True) if answer == 0]
    firing = [z for z, answer in zip(sums, numbers, strict=True) if answer == 1]
    return bool(silent and firing) and len(silent) + len(firing) == len(sums) and max(silent) < min(firing)


@credit(5, task="perceptron")
def test_perceptron_decides_by_the_sign_of_the_sum(student: Any, part: Any, rng: np.random.Generator) -> None:
    """perceptron is 1 where w·x + b > 0, else 0

    perceptron은 w·x + b > 0이면 1, 아니면 0이다
    """
    with part("the neuron of the lecture", "강의에 나온 뉴런", points=1, shown=True):
        assert_decisions(student, LECTURE)
    with part("any two inputs", "임의의 두 입력", points=1):
        assert_decisions(student, batch(rng, 2))
        assert_unchanged()
    with part("any number of inputs", "입력이 몇 개이든", points=2):
        assert_decisions(student, batch(rng, 3))
        assert_decisions(student, few(rng, 5))
        assert_decisions(student, few(rng, 1))
    with part("a sum of exactly 0 gives 0", "합이 정확히 0이면 0", points=1):
        for inputs in (2, 3):
            assert_boundary(student, inputs, rng)


def assert_boundary(student: Any, inputs: int, rng: np.random.Generator) -> None:
    """Quarters are exact in binary, in any order of addition; a step of 1/4 to either side changes the answer."""
    for _ in range(2):
        x, w = rng.integers(1, 9, (2, inputs)) / 4
        b = -total(x, w, 0)
        assert_decisions(student, [(x, w, b + 0.25), (x, w, b - 0.25)])
        half = {"perceptron.boundary-half": lambda got: scalar(got) == 0.5}
        assert_decisions(student, [(x, w, b)], otherwise={"perceptron.boundary": 1, **half})


def mistaken_neuron(x: Array, w: Array, b: float) -> dict[str, Any]:
    """What known misconceptions make of a neuron's inputs."""
    z = total(x, w, b)
    values: dict[str, Any] = {f"neuron.{name}": sigmoid(wrong(x, w, b)) for name, wrong in SUMS.items()}
    values |= {
        "neuron.brackets": 1 / 1 + np.exp(-z),
        "neuron.exponent-sign": sigmoid(-z),
        "neuron.sum": z,
        "neuron.tanh": np.tanh(z),
        "neuron.decides": lambda got: scalar(got) == (z > 0),
        "neuron.one-answer-per-input": lambda got: isinstance(got, np.ndarray) and got.shape == x.shape,
        "neuron.base": lambda got: is_other_base(scalar(got), z),
        "neuron.rounded": lambda got: is_rounded(scalar(got), float(sigmoid(z))),
    }
    return {key: value for key, value in values.items() if callable(value) or not same(value, sigmoid(z), 1e-5)}


def is_other_base(got: float | None, z: float) -> bool:
    """Whether `got` is the sigmoid of z with 2.7, 2.72, 2.718 … in the place of e."""
    return got is not None and any(same(got, 1 / (1 + e**-z)) for e in (2.7, 2.72, 2.718, 2.7183, 2.71828))


def is_rounded(got: float | None, expected: float) -> bool:
    return got is not None and any(same(got, round(expected, digits), 1e-12) for digits in (1, 2, 3, 4, 5))


@credit(3, task="neuron")
def test_neuron_is_the_sigmoid_of_the_sum(student: Any, part: Any, rng: np.random.Generator) -> None:
    """neuron is the sigmoid of w·x + b

    neuron은 w·x + b의 시그모이드 값이다
    """
    with part("the values of the lecture", "강의에 나온 값", points=1, shown=True):
        assert_neuron(student, LECTURE)
    with part("any two inputs", "임의의 두 입력", points=1):
        assert_neuron(student, [draw_neuron(rng, 2, positive) for positive in (True, False, True)])
    with part("any number of inputs", "입력이 몇 개이든", points=1):
        for inputs in (3, 1):
            assert_neuron(student, [draw_neuron(rng, inputs, positive) for positive in (True, False, True)])
            assert_unchanged()


def draw_neuron(rng: np.random.Generator, inputs: int, positive: bool) -> Case:
    """A case whose sum is neither so small nor so large that misconceptions look alike, above 0 or below."""
    while True:
        x, w, b = draw(rng, inputs)
        if 0.3 <= abs(total(x, w, b)) <= 4 and right(x, w, b) == positive:
            return x, w, b


def assert_neuron(student: Any, cases: Sequence[Case]) -> None:
    values = [student.neuron(x, w, b) for x, w, b in cases]
    always_0 = {"neuron.cut-off": 0.0} if all(scalar(value) == 0 for value in values) else {}
    for x, w, b in cases:
        assert_close(student.neuron(x, w, b), sigmoid(total(x, w, b)), mistaken=always_0 | mistaken_neuron(x, w, b))
