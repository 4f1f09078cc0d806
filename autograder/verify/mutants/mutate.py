"""Mutants of a reference: plausible wrong versions of what stands in its solution regions. Nothing is run here.

A mutant is the file with one node of its tree replaced, by splicing text into the node's place, so that a diff shows
the mistake and nothing else. mutmut and cosmic-ray were considered. Their operators are general (+ for -, a string with
XX around it), and half of what is needed here is the field's own: axes, ε, δ, state, batches. They are private parts
of programs that drive pytest on installed packages, over LibCST and parso, which keep the formatting; with the places
that `ast` gives, a slice of text keeps it as well, and needs no dependency.
"""

from __future__ import annotations

import ast
import difflib
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from autograder.stub import BEGIN, END
from autograder.verify.mutants.listing import Change, Code, tree
from autograder.verify.mutants.operators import TABLE

OPERATORS: Mapping[str, str] = MappingProxyType({name: operator.about for name, operator in TABLE.items()})

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# What is drawn is seen in a picture; how it was computed, less so.
DRAWN = set(
    """activation off-by-one constants sign dropped-term dropped-factor swapped-arguments dropped-statement indentation
    return-none""".split()
)
# Looks of a picture, which graders do not measure; `strict` of zip is for whoever writes the reference.
COSMETIC = set(
    """title suptitle set_title xlabel ylabel set_xlabel set_ylabel legend grid axis tight_layout colorbar text
    annotate meshgrid contour contourf""".split()
)
LOOKS = set(
    """label color colors cmap linewidth linewidths linestyle marker markersize levels figsize sharex sharey squeeze
    strict""".split()
)


@dataclass(frozen=True)
class Mutant:
    """One wrong version."""

    name: str  # "SGD.update:3:arithmetic:2": definition, line in it, operator, which of several; other edits keep it
    operator: str
    function: str  # what is changed, by its name in the module
    line: int  # in the file, from 1
    source: str
    original: str = field(repr=False)

    @property
    def diff(self) -> str:
        """The lines that differ from the reference, with their numbers, as hunks of a unified diff."""
        before, after = self.original.splitlines(), self.source.splitlines()
        found = []
        for what, i, to, j, until in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if what != "equal":
                found += [f"@@ -{_lines(i, to)} +{_lines(j, until)} @@"]
                found += [*(f"-{line}" for line in before[i:to]), *(f"+{line}" for line in after[j:until])]
        return "\n".join(found)


def _lines(start: int, stop: int) -> str:
    """As diff writes them: 7 is a line, 7,2 are two; 7,0 is the place behind a line."""
    count = stop - start
    return f"{start + (count > 0)}" + (f",{count}" if count != 1 else "")


def mutants(source: str) -> list[Mutant]:
    """All mutants with one change, in the order of the file. Every one is a program, and no two are the same."""
    return [mutant for mutant, _ in _first_order(source)]


def second_order(source: str, count: int, seed: int = 0) -> list[Mutant]:
    """At most `count` mutants with two changes at different places; the same ones for the same seed."""
    pairs = list(combinations(_first_order(source), 2))
    random.Random(seed).shuffle(pairs)
    seen = {ast.dump(ast.parse(source))}
    found: list[Mutant] = []
    for (a, change), (b, other) in pairs:
        if len(found) == count:
            break
        apart = change.end < other.start or other.end < change.start
        late, early = sorted((change, other), key=lambda each: -each.start)
        text = early.apply(late.apply(source))
        dump = tree(text) if apart else None
        if dump is None or dump in seen:
            continue
        seen.add(dump)
        function = a.function if a.function == b.function else f"{a.function} + {b.function}"
        operator = a.operator if a.operator == b.operator else f"{a.operator} + {b.operator}"
        found.append(Mutant(f"{a.name} + {b.name}", operator, function, a.line, text, source))
    return found


@lru_cache(maxsize=1)  # pairs are made of the same ones
def _first_order(source: str) -> list[tuple[Mutant, Change]]:
    code = Code(source)
    regions = list(_regions(source))
    found: list[tuple[Mutant, Change]] = []
    seen: dict[ast.AST, set[str | None]] = {}
    names: Counter[str] = Counter()
    for node, operator, change in _changes(code, regions):
        known = seen.get(code.top(node)) or seen.setdefault(code.top(node), {None, code.dump(node)})
        if (dump := code.dump(node, change)) in known:
            continue
        known.add(dump)
        path, place, line = _definition(code, node)
        name = f"{'.'.join(path)}:{place}:{operator}"
        names[name] += 1
        name += f":{names[name]}" if names[name] > 1 else ""
        mutant = Mutant(name, operator, path[0], line, change.apply(source), source)
        found.append((mutant, change))
    return found


def _definition(code: Code, node: ast.AST) -> tuple[list[str], int, int]:
    """The names of what is defined around `node`, outermost first, the line in the innermost, the line in the file."""
    top = code.top(node)
    around = [place for place in code.around(node) if isinstance(place, DEFINITIONS)]
    target = top.targets[0] if isinstance(top, ast.Assign) else getattr(top, "target", top)
    names = [place.name for place in reversed(around)] or [target.id if isinstance(target, ast.Name) else "module"]
    return names, code.line(node) - code.line(around[0] if around else top) + 1, code.line(node)


def _regions(source: str) -> Iterator[range]:
    """The lines between the markers."""
    begin = 0
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip() == BEGIN:
            begin = number
        elif line.strip() == END:
            yield range(begin + 1, number)


def _changes(code: Code, regions: list[range]) -> Iterator[tuple[ast.AST, str, Change]]:
    nodes = [node for node in _nodes(code.tree) if any(_inside(node, region) for region in regions)]
    nodes.sort(key=lambda node: code.span(node)[0])  # stable: what is around comes before what is inside
    for node in nodes:
        for name, operator in TABLE.items():
            if name in DRAWN or not code.plotting(node):
                yield from ((node, name, change) for change in operator.changes(code, node))


def _inside(node: ast.AST, region: range) -> bool:
    return getattr(node, "lineno", None) in region and getattr(node, "end_lineno", None) in region


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and everything in it whose meaning is the exercise: no annotations, messages and looks of pictures."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "exc", "cause"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _skipped(child):
                yield from _nodes(child)


def _skipped(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else node
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in COSMETIC:
        return True
    if isinstance(node, ast.keyword):
        return node.arg in LOOKS
    return isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom))  # ast of 3.11 does not place what is in f""
