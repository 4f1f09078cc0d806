"""Hidden grader of 06_forward: the network of the lecture, and the shapes of a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import threelayers as shared
from threelayers import KEYS, LECTURE, Network, drawn

from autograder import agrees, assert_unchanged, credit, fail, remark, same

# ---- the network of the lecture ----


@credit(6, task="init_network", shown=True)
def test_init_network(student, part):
    """init_network gives the network of the handout

    init_network는 교재의 신경망을 돌려준다
    """
    for layer in (1, 2, 3):
        with part(f"layer {layer}", f"{layer}층", points=2):
            got = student.init_network()
            printed = bool(student.last.stdout)
            for key in (f"W{layer}", f"b{layer}"):
                wanted = LECTURE[key]
                made = shared.entry(got, key, wanted.shape, printed)
                if agrees(made, wanted, rtol=0, atol=1e-9):
                    continue
                if made.ndim == 2 and same(made.T, wanted):
                    fail("network.transposed", name=key)
                wrong = int(np.sum(np.abs(made - wanted) > 1e-9))
                if wrong == wanted.size:
                    fail("init.all-values", name=key)
                fail("init.values", name=key, wrong=wrong, size=wanted.size)
            if shared.mention_extra_keys(got):
                remark("network.extra-keys")


# ---- shapes ----

SIZES = ((3, 5, 4, 2), (1, 2, 3, 4), (6, 1, 1, 5))


@credit(4, task="shapes")
def test_shapes(student, part, rng):
    """shapes gives the shape that is stored under every key

    shapes는 키마다 거기에 든 값의 모양을 알려 준다
    """
    with part("the network of the handout", "교재의 신경망", points=2, shown=True):
        check_shapes(student, LECTURE)
    with part("other sizes", "다른 크기", points=1):
        for sizes in SIZES:
            check_shapes(student, drawn(rng, sizes))
    with part("the network stays as it was", "network는 그대로", points=1):
        for sizes in SIZES[:2]:
            network = drawn(rng, sizes)
            check_shapes(student, network)
            assert_unchanged()


def check_shapes(student: Any, network: Network) -> None:
    """A dict with the same keys, and under each the shape as a sequence of ints."""
    got = student.shapes(network)
    if got is None:
        fail("printed" if student.last.stdout else "none")
    if not isinstance(got, Mapping):
        fail("shapes.no-dict")
    if [key for key in KEYS if key not in got]:
        fail("shapes.missing", count=len([key for key in KEYS if key in got]))
    if len(got) > len(KEYS):
        fail("shapes.extra")
    for key in KEYS:
        made, wanted = sequence(got[key]), np.shape(network[key])
        if made == wanted:
            continue
        if isinstance(got[key], (int, np.integer)):
            fail(single_numbers(got, network), name=key)
        if made is None:
            fail("shapes.no-tuple", name=key)
        fail("shapes.reversed" if made == wanted[::-1] else "shapes.wrong", name=key)


def single_numbers(got: Mapping[Any, Any], network: Network) -> str:
    """What the numbers are that stand where shapes should; by all keys together, for 2 rows are also 2 axes."""
    for name, measure in (("shapes.size", np.size), ("shapes.ndim", np.ndim), ("shapes.length", len)):
        if all(isinstance(got[key], (int, np.integer)) and got[key] == measure(network[key]) for key in KEYS):
            return name
    return "shapes.number"


def sequence(value: Any) -> tuple[int, ...] | None:
    """A shape, given as a tuple, list or array of whole numbers."""
    made = shared.array(value) if isinstance(value, (tuple, list, np.ndarray)) else None
    return tuple(made.tolist()) if made is not None and made.ndim == 1 else None
