"""Hidden grader of 09_optimizers, the five optimizers: values over several steps, and whose state it is.

The worked example of the handout is shown; everything else is drawn. How many parameters there are, of which shapes
and under which names, is an optimizer's caller's business, so all of it changes from case to case.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import stepping
from bookkeeping import Case, Params
from stepping import check, draw, gradients
from tracks import require_motion, require_numbers

from autograder import Finding, credit, fail, numbers

SHAPES = ((2, 3), (3,), (), (2, 2, 2))
TURNS = 3
GENERIC = ("update.first-step", "update.later-step", "update.far", "step.fixed-lr", "arguments")


def worked(*settings: float) -> Case:
    """The worked example of the handout: one parameter, three steps."""
    steps = ((1.0, -2.0), (1.0, 2.0), (1.0, -1.0))
    return Case(settings, {"w": np.array([1.0, 3.0])}, tuple({"w": np.array(g)} for g in steps))


def rate(rng: np.random.Generator) -> float:
    return float(rng.uniform(0.05, 0.4))


def check_worked(student: Any, part: Any, name: str, *settings: float) -> None:
    with part("the worked example of the handout", "교재의 계산 예", points=1, shown=True):
        check(student, name, [worked(*settings)], shown=True)


def check_shapes(student: Any, rng: np.random.Generator, name: str, *settings: float) -> None:
    """Parameters of four shapes, then the defaults."""
    check(student, name, [draw(rng, (rate(rng), *settings), SHAPES, 4)])
    try:
        check(student, name, [draw(rng, (), ((2, 2), (4,)), 4)])
    except Finding as finding:
        if finding.key in GENERIC:
            raise Finding("defaults", {"name": name}, finding.verdict) from None
        raise


def check_pair(student: Any, rng: np.random.Generator, name: str, *settings: tuple[float, ...]) -> None:
    """Two optimizers take turns; both have two parameters of the same shape, under the same names.

    The gradients come in the opposite order: what belongs together has the same name.
    """
    first = draw(rng, settings[0], ((3,), (3,)), TURNS)
    names = list(first.starts)
    starts = {key: rng.normal(0, 2, size=3) for key in names}
    second = Case(settings[1], starts, tuple({key: gradients(rng, (3,)) for key in names} for _ in range(TURNS)))
    cases = [Case(case.settings, case.starts, tuple(map(reverse, case.gradients))) for case in (first, second)]
    check(student, name, cases)


def reverse(grads: Params) -> Params:
    return dict(reversed(grads.items()))


def check_grads(student: Any, rng: np.random.Generator, name: str) -> None:
    """The parameters go against the gradient, and the gradients are as they were."""
    for _ in range(2):
        shapes = dict(zip(stepping.names_for(rng, 2), ((2, 2), (3,)), strict=True))
        starts = {key: rng.normal(size=shape) for key, shape in shapes.items()}
        grads = {key: gradients(rng, shape) for key, shape in shapes.items()}
        # the same direction every time: no momentum turns it round
        (track,) = stepping.play(student, name, [Case((rate(rng),), starts, (grads, grads, grads))])
        require_numbers(track)
        require_motion(track)
        for key in shapes:
            way = np.sign(numbers(track.seen[-1][key]) - starts[key])
            if np.any(np.isnan(way)):
                fail("update.not-finite")
            if np.array_equal(way, np.sign(grads[key])):
                fail("step.uphill")
            if not np.array_equal(way, -np.sign(grads[key])):
                fail("step.direction")
        if track.grads is not None:
            fail("grads.changed")


ANY_SHAPE = ("parameters of any shape, under any names", "모양도 이름도 제각각인 매개변수")
OWN_STATE = ("every parameter and every optimizer has its own state", "매개변수마다, 옵티마이저마다 상태가 따로 있다")
GRADS = ("against the gradient, and grads stays as it is", "기울기의 반대로 가고, grads는 그대로 둔다")


@credit(3, task="SGD")
def test_sgd(student, part, rng):
    """SGD goes against the gradient, in the caller's own params

    SGD는 기울기의 반대로 가면서, 넘겨받은 params를 직접 바꾼다
    """
    check_worked(student, part, "SGD", 0.1)
    with part(*ANY_SHAPE, points=1):
        check_shapes(student, rng, "SGD")
        check_pair(student, rng, "SGD", (rate(rng),), (rate(rng) + 0.5,))
    with part(*GRADS, points=1), stepping.telling():
        check_grads(student, rng, "SGD")


@credit(4, task="Momentum")
def test_momentum(student, part, rng):
    """Momentum keeps part of the velocity of the step before

    Momentum은 앞 걸음의 속도를 일부 이어 간다
    """
    check_worked(student, part, "Momentum", 0.1, 0.8)
    with part(*ANY_SHAPE, points=1):
        check_shapes(student, rng, "Momentum", float(rng.uniform(0.5, 0.8)))
    with part(*OWN_STATE, points=1):
        check_pair(student, rng, "Momentum", (rate(rng), 0.7), (rate(rng) + 0.5, 0.5))
    with part(*GRADS, points=1), stepping.telling():
        check_grads(student, rng, "Momentum")


@credit(4, task="AdaGrad")
def test_adagrad(student, part, rng):
    """AdaGrad divides by the root of all squared gradients so far

    AdaGrad는 지금까지의 기울기 제곱을 모두 더해 그 제곱근으로 나눈다
    """
    check_worked(student, part, "AdaGrad", 0.1)
    with part(*ANY_SHAPE, points=1):
        check_shapes(student, rng, "AdaGrad")
    with part(*OWN_STATE, points=1):
        check_pair(student, rng, "AdaGrad", (rate(rng),), (rate(rng) + 0.5,))
    with part(*GRADS, points=1), stepping.telling():
        check_grads(student, rng, "AdaGrad")


@credit(4, task="RMSProp")
def test_rmsprop(student, part, rng):
    """RMSProp divides by the root of an average that forgets

    RMSProp은 오래된 것을 잊는 평균의 제곱근으로 나눈다
    """
    check_worked(student, part, "RMSProp", 0.1, 0.8)
    with part(*ANY_SHAPE, points=1):
        check_shapes(student, rng, "RMSProp", float(rng.uniform(0.6, 0.85)))
    with part(*OWN_STATE, points=1):
        check_pair(student, rng, "RMSProp", (rate(rng), 0.7), (rate(rng) + 0.5, 0.8))
    with part(*GRADS, points=1), stepping.telling():
        check_grads(student, rng, "RMSProp")


@credit(5, task="Adam")
def test_adam(student, part, rng):
    """Adam averages gradients and squares, and corrects both averages

    Adam은 기울기와 그 제곱을 평균 내고, 두 평균을 보정한다
    """
    check_worked(student, part, "Adam", 0.1, 0.9, 0.999)
    with part(*ANY_SHAPE, points=1):
        check_shapes(student, rng, "Adam", float(rng.uniform(0.6, 0.85)), float(rng.uniform(0.9, 0.97)))
    with part("many steps", "여러 걸음", points=1):
        check(student, "Adam", [draw(rng, (rate(rng), 0.8, 0.95), ((3,),), 15)])
    with part(*OWN_STATE, points=1):
        check_pair(student, rng, "Adam", (rate(rng), 0.7, 0.9), (rate(rng) + 0.5, 0.8, 0.95))
    with part(*GRADS, points=1), stepping.telling():
        check_grads(student, rng, "Adam")
