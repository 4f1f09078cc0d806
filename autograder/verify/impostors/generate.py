"""Submissions that are right about nothing and look as if they were: generated from the reference, for `verify`.

Constants, arrays of the right shape with other numbers in them, echoes of the input, and files that are right on what
students can see and on nothing else. Whatever credit one of them earns is credit for something else than being right.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from autograder.course import Assignment
from autograder.verify.impostors import recording
from autograder.verify.impostors.outline import MODULE, Outline, module, outline, text_of
from autograder.verify.impostors.sightings import shown_calls, visible_calls

CONSTANTS = {
    "0": "0",
    "0.0": "0.0",
    "1": "1",
    "1.0": "1.0",
    "half": "0.5",
    "true": "True",
    "none": "None",
    "list": "[]",
    "dict": "{}",
    "text": '""',
    "tuple": "(0, 0, 0)",
    "vector": "np.zeros(3)",
    "bits": "np.array([1, 0])",
}
SHAPED = {
    "zeros": "'zeros'",
    "ones": "'ones'",
    "tenths": "'tenths'",
    "one-hot": "'one-hot'",
    "normal": "'normal'",
    "uniform": "'uniform'",
    "normal-seeded": "'normal', 'seeded'",
    "normal-given": "'normal', 'given'",
}
ECHOES = {"first": "first", "copy": "first_copied", "last": "last"}
MAX_ENTRY, MAX_TABLE = 40_000, 120_000  # characters; a cheat carries no data set


@dataclass(frozen=True)
class Impostor:
    """One submission that pretends. `name` says how."""

    name: str
    source: str


def impostors(assignment: Assignment, closed: Collection[str] = ()) -> list[Impostor]:
    """Every impostor of an assignment. Runs its visible examples, and its hidden tests once, on the reference.

    `closed`: tasks whose published cases are all that can be asked. Who is right there is right, so nobody is.
    """
    made = outline(assignment)
    text = assignment.reference.read_text(encoding="utf-8")
    seen = visible_calls(assignment)
    shown = [*seen, *shown_calls(assignment)]
    return [
        *(Impostor(f"constant-{name}", constant(made, value)) for name, value in CONSTANTS.items()),
        *(Impostor(f"echo-{name}", echo(made, way)) for name, way in ECHOES.items()),
        *(Impostor(f"shaped-{name}", shaped(made, text, way)) for name, way in SHAPED.items()),
        Impostor("visible", remembered(made, text, seen, closed)),
        Impostor("shown", remembered(made, text, shown, closed)),
    ]


# ---- the files ----


def constant(made: Outline, value: str) -> str:
    """Every function and every constant is `value`."""
    return _file(made, [f"{name} = {value}" for name in made.constants], lambda *_: value, lambda *_: value)


def echo(made: Outline, way: str) -> str:
    """Every function gives back one of its arguments."""
    call = f"_pretence.{way}(args, kwargs)"
    constants = [module("_pretence", text_of("pretence")), *(f"{name} = 0" for name in made.constants)]
    return _file(made, constants, lambda *_: call, lambda *_: call)


def shaped(made: Outline, reference: str, way: str) -> str:
    """Every function gives back what has type and shape of the right answer, and other values."""
    return _file(
        made,
        _shaping(made, reference, way),
        lambda name: f"_shaped(_right.{name}, args, kwargs)",
        lambda owner, name: f"_shaped_method(self, {owner!r}, {name!r}, args, kwargs)",
    )


def remembered(made: Outline, reference: str, entries: Sequence[recording.Told], closed: Collection[str] = ()) -> str:
    """Every function is right where it is called as in `entries`, and else, and if `closed`, gives shaped zeros."""
    kept = _fitting([repr(entry) for entry in entries])
    memory = [module("_recording", text_of("recording")), f"_memory = _recording.Memory([{', '.join(kept)}])"]

    def function(name: str) -> str:
        other = f"_shaped(_right.{name}, args, kwargs)"
        return other if name in closed else f"_memory.call({name!r}, args, kwargs, lambda: {other})"

    def method(owner: str, name: str) -> str:
        other = f"_shaped_method(self, {owner!r}, {name!r}, args, kwargs)"
        return other if owner in closed else f"_memory.call('{owner}.{name}', args, kwargs, lambda: {other}, self)"

    return _file(made, [*_shaping(made, reference, "'zeros'"), *memory], function, method)


def _fitting(table: Sequence[str]) -> list[str]:
    """The entries, in their order, that a file of bounded size can hold."""
    kept, size = [], 0
    for entry in table:
        if len(entry) <= MAX_ENTRY and size + len(entry) <= MAX_TABLE:
            kept.append(entry)
            size += len(entry)
    return kept


SHAPING = """
def _shaped(right, args, kwargs):
    for name in _GIVEN:
        setattr(_right, name, globals()[name])
    return _way.call(right, args, kwargs)


def _shaped_method(self, owner, name, args, kwargs):
    twin = object.__new__(getattr(_right, owner))
    if name == "__init__":
        twin.__init__(*_pretence.copied(args), **_pretence.copied(kwargs))
        vars(self).update(_way.faked(vars(twin)))
        return None
    vars(twin).update(_pretence.copied(vars(self)))
    return _shaped(getattr(twin, name), args, kwargs)
"""


def _shaping(made: Outline, reference: str, way: str) -> list[str]:
    """What a file needs that asks the right code for shapes."""
    names = [node.name for text in made.given for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return [
        module("_pretence", text_of("pretence")),
        module("_right", reference),
        f"_way = _pretence.Pretence({way})",
        f"_GIVEN = {names!r}",
        SHAPING,
        *(f"{name} = _way.faked(_right.{name})" for name in made.constants),
    ]


def _file(
    made: Outline, before: Sequence[str], function: Callable[[str], str], method: Callable[[str, str], str]
) -> str:
    """A whole submission. `function` and `method` give the expression that is returned, by the name."""
    lines = ["import sys", "import types", "import numpy as np", *made.given, MODULE, *before]
    for name in made.functions:
        lines.append(f"def {name}(*args, **kwargs):\n    return {function(name)}")
    for owner, names in made.classes:
        lines.append(f"class {owner}:")
        for name in names:
            begin = "" if name == "__init__" else "return "  # Python refuses a constructor that gives something back
            lines.append(f"    def {name}(self, *args, **kwargs):\n        {begin}{method(owner, name)}")
    return "\n\n".join(lines) + "\n"
