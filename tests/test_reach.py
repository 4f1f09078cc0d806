"""What a test can reach in a file: equal for two files only if nothing that it can use differs."""

from __future__ import annotations

import pytest

from autograder.verify.reach import Reach

FILE = '''
"""A module."""
import numpy as np

RATE = 0.5


def step(x):
    """1 or 0."""
    return x > 0


def helper(x):
    return x * RATE


def apart(x):
    return helper(x) + 1


class Keeper:
    def __init__(self, rate=0.1):
        self.rate = rate

    def update(self, x):
        return apart(x) * self.rate
'''


def digest(text: str, *names: str) -> str:
    return Reach(text).digest(names)


def test_what_is_used_is_reached_and_nothing_else() -> None:
    assert Reach(FILE).closure({"step"}) == {"step"}
    assert Reach(FILE).closure({"apart"}) == {"apart", "helper", "RATE"}
    assert Reach(FILE).closure({"Keeper"}) == {"Keeper", "apart", "helper", "RATE"}
    assert Reach(FILE).closure({"nothing"}) == frozenset()


@pytest.mark.parametrize(
    ("asked", "old", "new"),
    [
        ("apart", "return x > 0", "return x >= 0"),
        ("step", "x * RATE", "RATE * x"),
        ("step", "RATE = 0.5", "RATE = 0.6"),
        ("step", '    """1 or 0."""\n', "    # 1 or 0\n"),
        ("step", "def step(x):", "def step(x):\n    'One or zero.'"),
    ],
)
def test_what_cannot_be_reached_may_differ(asked: str, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert digest(FILE, asked) == digest(FILE.replace(old, new), asked)


@pytest.mark.parametrize(
    ("asked", "old", "new"),
    [
        ("apart", "x * RATE", "RATE * x"),
        ("apart", "RATE = 0.5", "RATE = 0.6"),
        ("Keeper", "RATE = 0.5", "RATE = 0.6"),
        ("step", "import numpy as np", "import numpy as np\nnp.seterr(all='raise')"),
        ("step", "import numpy as np", "import numpy as np\n_ = [step for step in (1, 2)]"),
        ("step", "def helper(x):", "def changed(f):\n    return abs\n\n\n@changed\ndef helper(x):"),
        ("step", "def helper(x):", "def helper(x, seen=print('loaded')):"),
        ("step", "def apart(x):", "def step(x):\n    return 3\n\n\ndef apart(x):"),
        ("Keeper", "rate=0.1", "rate=0.2"),
        ("Keeper", "class Keeper:", "class Keeper:\n    shared = []\n"),
        ("apart", "RATE = 0.5", "RATE = 0.5\nfor RATE in (1, 2):\n    pass"),
    ],
)
def test_what_can_be_reached_may_not(asked: str, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert digest(FILE, asked) != digest(FILE.replace(old, new), asked)


def test_what_runs_on_load_brings_along_what_it_uses() -> None:
    table = f"{FILE}\nTABLE = [apart(n) for n in range(3)]\n"
    assert Reach(table).closure({"step"}) == {"step", "apart", "helper", "RATE"}
    assert digest(table, "step") != digest(table.replace("x * RATE", "RATE * x"), "step")


@pytest.mark.parametrize("trick", ["globals()['step']", "eval('step')", "getattr(sys, 'modules')", "step.__code__"])
def test_code_that_looks_at_itself_is_equal_to_itself_alone(trick: str) -> None:
    assert not Reach(FILE).dynamic
    assert Reach(FILE.replace("return x > 0", f"return {trick}")).dynamic
