"""nand2mnist's autograder: what a hidden grader is written with, and `check` for a student's notebook.

Names are imported when they are first used, so that the sandbox, which imports `autograder.wire`, loads no grader.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.checking.kernel import check as check
    from autograder.checks import agrees as agrees
    from autograder.checks import assert_bit as assert_bit
    from autograder.checks import assert_bits as assert_bits
    from autograder.checks import assert_close as assert_close
    from autograder.checks import assert_quiet as assert_quiet
    from autograder.checks import assert_truth_table as assert_truth_table
    from autograder.checks import assert_unchanged as assert_unchanged
    from autograder.checks import bit as bit
    from autograder.circuit import Circuit as Circuit
    from autograder.figure import Figure as Figure
    from autograder.guesses import NOTHING as NOTHING
    from autograder.guesses import forget_warnings as forget_warnings
    from autograder.guesses import has_nan as has_nan
    from autograder.guesses import named as named
    from autograder.guesses import numbers as numbers
    from autograder.guesses import same as same
    from autograder.marks import Finding as Finding
    from autograder.marks import credit as credit
    from autograder.marks import fail as fail
    from autograder.marks import remark as remark
    from autograder.pictures import curve as curve
    from autograder.pictures import dashed as dashed
    from autograder.pictures import dots as dots
    from autograder.pictures import show_images as show_images
    from autograder.pictures import show_plot as show_plot
    from autograder.student import Handle as Handle
    from autograder.student import Raise as Raise
    from autograder.student import observe as observe
    from autograder.truth import TruthTable as TruthTable

_HOMES = {
    "checks": "agrees assert_bit assert_bits assert_close assert_quiet assert_truth_table assert_unchanged bit",
    "circuit": "Circuit",
    "figure": "Figure",
    "guesses": "NOTHING forget_warnings has_nan named numbers same",
    "marks": "Finding credit fail remark",
    "pictures": "curve dashed dots show_images show_plot",
    "student": "Handle Raise observe",
    "truth": "TruthTable NOT_TABLE AND_TABLE NAND_TABLE OR_TABLE NOR_TABLE XOR_TABLE",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}
__all__ = sorted(_HOME)  # the vocabulary
_HOME["check"] = "checking.kernel"


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}")
    return getattr(importlib.import_module(f"autograder.{_HOME[name]}"), name)
