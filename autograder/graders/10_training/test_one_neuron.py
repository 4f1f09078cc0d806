"""Hidden grader of 10_training, one neuron that learns a gate.

Any weights that give the table are right. Logistic regression is convex: from every start of normal size it arrives.
Over 200 seeds and ten tables the smallest margin |w·x + b| of the reference is 3.52 to 3.54 after 1000 epochs; after
the 400 of the hidden cases 2.57 to 2.61, see benchmarks/thresholds_training.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sandbox_side import close_to, generator

from autograder import credit, curve, dashed, dots, fail, named, numbers, show_plot

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LR, EPOCHS = 1.0, 1000
FEWER = 400  # epochs of the hidden cases, which are many
GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0)}
XOR = (0, 1, 1, 0)
# Separable tables without a name of their own: x1 and not x2, ... A table of names does not answer these.
OTHERS = ((0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 1, 1), (1, 1, 0, 1), (1, 0, 0, 0), (0, 0, 1, 1), (1, 0, 1, 0))


Outputs = tuple[int, ...]


def table(outputs: Outputs) -> Any:
    return np.column_stack([CORNERS, outputs])


def learned(student: Any, outputs: Outputs, seed: int, epochs: int = EPOCHS, lr: float = LR) -> tuple[Any, float]:
    """The weights and the bias that the student's code found for this table."""
    got = student.train_gate(table(outputs), lr, epochs, generator(student, seed))
    if got is None:
        fail("none")
    if not isinstance(got, (list, tuple)) or len(got) != 2:
        fail("gate.no-pair")
    w, b = numbers(got[0], lists=True), numbers(got[1], lists=True)
    if w.size != 2 or b.size != 1:
        fail("gate.no-pair")
    return w.reshape(2), float(b.reshape(()))


def answers(w: Any, b: float) -> Any:
    with np.errstate(all="ignore"):
        return (CORNERS @ w + b > 0).astype(int)


def error_of(w: Any, b: float, wanted: Any) -> float:
    """The mean cross-entropy error of this neuron."""
    with np.errstate(all="ignore"):
        return float(np.mean(np.logaddexp(0, np.where(wanted == 1, -1, 1) * (CORNERS @ w + b))))


def check_gate(student: Any, outputs: Outputs, seed: int, epochs: int = EPOCHS) -> tuple[Any, float]:
    w, b = learned(student, outputs, seed, epochs)
    wanted = np.array(outputs)
    if (answers(w, b) == wanted).all():
        return w, b
    ones = np.column_stack([CORNERS, np.ones(4)])
    if close_to(np.append(w, b), np.linalg.lstsq(ones, wanted.astype(float), rcond=None)[0], 0.05, 0.05):
        fail("gate.no-sigmoid")
    if b == 0.0:
        fail("gate.no-bias")
    if error_of(w, -b, wanted) < 0.3:  # learned well, but for the sign
        fail("gate.bias-sign")
    if error_of(w, b, wanted) > 5:  # ln 2 where nothing is known, about 1 with random weights
        fail("gate.uphill")
    fail("gate.wrong", wrong=int(np.sum(answers(w, b) != wanted)))
    raise AssertionError


def require_steps(student: Any, seed: int) -> None:
    """Without an epoch, or with a learning rate of 0, the neuron stays at its first weights; one epoch moves it."""

    def after(epochs: int, lr: float = LR) -> Any:
        return np.append(*learned(student, GATES["AND"], seed, epochs, lr))

    start = after(0)
    if not close_to(start, after(0)):
        fail("rng.ignored")
    if close_to(start, after(1)):
        fail("gate.epochs")
    still = after(2, 0.0)
    if not close_to(still, after(5, 0.0)):
        fail("gate.lr-ignored")
    if not close_to(start, still):
        fail("gate.epochs")


def draw(neurons: dict[str, tuple[Any, float]]) -> None:
    """Where each neuron changes its mind: w1 x1 + w2 x2 + b = 0."""
    x = np.linspace(-0.5, 1.5, 101)
    lines = []
    for (name, (w, b)), line in zip(neurons.items(), (curve, curve, dashed), strict=False):
        with np.errstate(all="ignore"):
            y = -(w[0] * x + b) / w[1]
        lines.append(line(name, x, y))
    show_plot(
        "The lines at which your neurons change their mind",
        "여러분의 뉴런이 답을 바꾸는 경계선",
        *lines,
        dots("(x1, x2)", CORNERS[:, 0], CORNERS[:, 1]),
        xlabel="x1",
        ylabel="x2",
        ylim=(-0.5, 1.8),
    )


@credit(4, task="train_gate", shown=True)
def test_train_gate(student, part):
    """train_gate learns the gates that a straight line can separate

    train_gate는 직선 하나로 나눌 수 있는 게이트를 배운다
    """
    neurons: dict[str, tuple[Any, float]] = {}
    for name, outputs in GATES.items():
        with part(f"learns {name}", f"{name}를 배운다", points=1):
            neurons[name] = check_gate(student, outputs, seed=1)
    with part("XOR cannot be learned, but it ends", "XOR는 배울 수 없지만 끝은 난다", points=1):
        if neurons:
            draw(neurons)
        with named({"gate.endless": r"\Atimeout"}):
            w, b = learned(student, XOR, seed=1)
        show_xor(w, b)
        check_gate(student, GATES["AND"], seed=2)  # what answers without learning is no answer to XOR


@credit(2, task="train_gate")
def test_train_gate_on_other_tables(student, part, rng):
    """train_gate learns any table that a straight line can separate, from weights that rng gives

    train_gate는 직선 하나로 나눌 수 있는 표라면 무엇이든, rng가 준 가중치에서 출발해 배운다
    """
    seeds = rng.choice(2**31, size=3, replace=False).tolist()
    with part("other tables, other numbers of steps", "다른 진리표, 다른 걸음 수", points=1):
        for choice, seed in zip(rng.choice(len(OTHERS), size=2, replace=False), seeds, strict=False):
            check_gate(student, OTHERS[choice], seed, FEWER)
        require_steps(student, seeds[0])
    with part("the generator decides the first weights", "처음 가중치는 난수 생성기가 정한다", points=1):
        one, other = (np.append(*check_gate(student, GATES["OR"], seeds[2], FEWER)) for _ in range(2))
        if not close_to(one, other):
            fail("rng.ignored")


def show_xor(w: Any, b: float) -> None:
    """What one neuron makes of XOR, beside the four points."""
    wrong = int(np.sum(answers(w, b) != np.array(XOR)))
    x = np.linspace(-0.5, 1.5, 101)
    with np.errstate(all="ignore"):
        y = -(w[0] * x + b) / w[1]
    ones = np.array(XOR) == 1
    show_plot(
        f"XOR: your neuron is wrong at {wrong} of 4 points, and no line can do better than 1 of 4 (25 %)",
        f"XOR: 네 점 가운데 {wrong}개를 틀립니다. 어떤 직선도 네 개 중 하나(25 %)보다 적게 틀릴 수 없습니다",
        curve("w1 x1 + w2 x2 + b = 0", x, y),
        dots("XOR = 1", CORNERS[ones, 0], CORNERS[ones, 1]),
        dots("XOR = 0", CORNERS[~ones, 0], CORNERS[~ones, 1]),
        xlabel="x1",
        ylabel="x2",
        ylim=(-0.5, 1.8),
    )
