"""Hidden grader of 06_forward: the forward pass, on single inputs and on batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import threelayers as shared
from forward_mistakes import among, mistaken_values
from threelayers import LECTURE, Network, drawn, inputs, through

from autograder import Finding, agrees, assert_close, assert_unchanged, credit, fail, named, same

X = np.array([1.0, 0.5])


# Arrays that do not fit together: the line that is quoted tells in which way.
SHAPES_DO_NOT_FIT = {
    "forward.in-place": r"^\S+ .*(\+= |\[:\] =).*\nValueError: ",
    "forward.elementwise": r"^error\.shapes (?=.*\*)(?!.*(@|dot\(|matmul\()).*\nValueError: ",
    "forward.shapes": r"^error\.shapes .*\nValueError: ",
}
A_LIST = {"forward.list": r"^error\S* "}  # the one cause of an exception here; it is asked before of an array


def check(student: Any, network: Network, x: Any) -> None:
    """forward gives the output of the network; what a known mistake would give is told by its name."""
    with named(SHAPES_DO_NOT_FIT):
        got = student.forward(network, x)
    if got is None and student.last.stdout:
        fail("printed")
    expected = through(network, x)
    if agrees(got, expected, sequence=True):
        return
    with named_network():
        assert_close(got, expected, mistaken=mistaken(got, network, x, expected), sequence=True)


def mistaken(got: Any, network: Network, x: Any, expected: Any) -> dict[str, Any]:
    """The message keys of all mistakes that give what came back."""
    made = shared.array(got)
    fits = {key: among(made, values) for key, values in mistaken_values(network, x, expected)}
    fits["forward.rounded"] = any(same(made, np.round(expected, digits), 0.0) for digits in range(2, 6))
    fits["forward.extra-axis"] = among(made, [expected[None]])
    several = isinstance(got, (tuple, list)) and len(got) in (3, 5, 6)
    fits["forward.all-layers"] = several and (isinstance(got, tuple) or made is None)
    fits["forward.empty"] = isinstance(got, Mapping)
    return {key: lambda _: True for key, fit in fits.items() if fit}


def check_unchanged(student: Any, network: Network, x: Any) -> None:
    """network and x stay as they were. Whether the output is right is asked elsewhere.

    But it has to come from both of them, and from nothing else: who computes nothing has nothing to change, and is
    judged by the output.
    """
    cases = [(network, x), (network, -x), ({key: -value for key, value in network.items()}, x), (network, x)]
    answers = []
    for case in cases:
        with named(SHAPES_DO_NOT_FIT):
            answers.append(shared.array(student.forward(*case)))
        assert_unchanged()
    first, *others, again = answers
    decided = same(first, again) and not any(same(first, other) for other in others)
    if not all(map(is_finite, answers)) or not decided:
        for case in cases:
            check(student, *case)


def is_finite(made: Any) -> bool:
    return made is not None and made.size > 0 and bool(np.all(np.isfinite(made)))


@contextmanager
def named_network() -> Iterator[None]:
    """A call is told as the exercise writes it: the network by its name, not by its type."""
    try:
        yield
    except Finding as finding:
        if isinstance(finding.params.get("call"), str):
            finding.params["call"] = finding.params["call"].replace("forward(dict, ", "forward(network, ", 1)
        raise


@credit(11, task="forward")
def test_forward(student, part, rng):
    """forward sends a signal through three layers

    forward는 신호를 세 층에 통과시킨다
    """
    with part("the example of the lecture", "강의의 예", points=3, shown=True):
        check(student, LECTURE, X)
    with part("the same input as a list", "같은 입력을 리스트로", points=1, shown=True), named(A_LIST):
        check(student, LECTURE, X.tolist())
    with part("one input", "입력 하나", points=3):
        for sizes in ((4, 4, 4, 4), (2, 3, 2, 2), (3, 4, 5, 2), (3, 4, 5, 2)):
            check(student, drawn(rng, sizes), inputs(rng, sizes[0]))
    with part("a batch", "배치", points=3):
        for samples, sizes in (
            (5, (2, 3, 2, 2)),
            (6, (3, 4, 5, 2)),
            (6, (3, 4, 5, 2)),
            (4, (4, 4, 4, 4)),
            (1, (3, 2, 4, 3)),
        ):
            check(student, drawn(rng, sizes), inputs(rng, samples, sizes[0]))
    with part("network and x stay as they were", "network와 x는 그대로", points=1):
        check_unchanged(student, drawn(rng, (3, 3, 3, 3)), inputs(rng, 3))  # square: a wrong order fits as well
