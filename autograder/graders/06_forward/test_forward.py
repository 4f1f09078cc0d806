"""Hidden grader of 06_forward: the forward pass, on single inputs and on batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import threelayers as shared
from forward_mistakes import among, mistaken_values
from threelayers import LECTURE, Network, as_lists, drawn, inputs, lists, through

from autograder import Finding, assert_close, assert_unchanged, credit, fail

X = np.array([1.0, 0.5])


@contextmanager
def named() -> Iterator[None]:
    """Arrays that do not fit together: the line that is quoted tells in which way."""
    try:
        yield
    except Finding as finding:
        if finding.params.get("type") != "ValueError":
            raise
        source = str(finding.params.get("source", ""))
        product = "@" in source or "dot(" in source or "matmul(" in source
        key = "forward.elementwise" if "*" in source and not product else "forward.shapes"
        if "+= " in source or "[:] =" in source:
            key = "forward.in-place"
        elif finding.key != "error.shapes":
            raise
        raise Finding(key, finding.params, finding.verdict, finding.line) from None


def check(student: Any, network: Network, x: Any) -> None:
    """forward gives the output of the network; what a known mistake would give is told by its name."""
    with named():
        got = student.forward(network, x)
    if got is None and student.last.stdout:
        fail("printed")
    expected = through(network, x)
    mistaken = {key: among(values) for key, values in mistaken_values(network, x, expected)}
    mistaken["forward.rounded"] = lambda got: any(
        np.array_equal(np.asarray(got), np.round(expected, digits)) for digits in range(2, 6)
    )
    mistaken["forward.extra-axis"] = among([expected[None]])
    mistaken["forward.all-layers"] = lambda got: (
        isinstance(got, (tuple, list))
        and len(got) in (3, 5, 6)
        and (isinstance(got, tuple) or shared.array(got) is None)
    )
    mistaken["forward.empty"] = lambda got: isinstance(got, Mapping)
    assert_close(got, expected, mistaken=mistaken, sequence=True)


@credit(11, task="forward")
def test_forward(student, part, rng):
    """forward sends a signal through three layers

    forward는 신호를 세 층에 통과시킨다
    """
    with part("the example of the lecture", "강의의 예", points=3, shown=True):
        check(student, LECTURE, X)
    with part("the same numbers as lists", "같은 수를 리스트로", points=1, shown=True), lists("forward.list"):
        check(student, as_lists(LECTURE), X.tolist())
    with part("one input", "입력 하나", points=3):
        for sizes in ((2, 3, 2, 2), (3, 4, 5, 2), (3, 4, 5, 2), (4, 4, 4, 4)):
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
        for shape in ((3,), (3,), (5, 3), (5, 3)):
            check(student, drawn(rng, (3, 3, 3, 3)), inputs(rng, *shape))
            assert_unchanged()
