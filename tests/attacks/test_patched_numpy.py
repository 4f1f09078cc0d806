"""NumPy's own comparisons always agree, in the process where nobody compares."""

PATCHES = """
import numpy as np, numpy.testing
for name in ("allclose", "isclose", "array_equal", "all", "any", "abs", "where", "isfinite", "asarray"):
    setattr(np, name, lambda *a, **k: True)
for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *a, **k: None)
np.ndarray.__eq__ = None
"""
WRONG = "".join(f"def {n}(*a): return 41\n" for n in ("AND", "halve", "total", "slope", "XOR_NAND"))


def test_comparisons_that_always_agree(attack):
    attack(PATCHES.replace("np.ndarray.__eq__ = None", "") + WRONG).no_credit()


def test_left_behind_by_a_function(attack):
    patch = "import numpy as np\ndef AND(*a):\n    np.asarray = np.allclose = lambda *a, **k: True\n    return 41\n"
    attack(patch + WRONG.replace("def AND(*a): return 41\n", "")).no_credit()


def test_an_immutable_type(attack):
    attack(PATCHES + WRONG).no_credit().says("load.error")
