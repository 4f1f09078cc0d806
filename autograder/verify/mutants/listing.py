"""Code as text and as tree at once: where a node stands, what is around it, and how another text takes its place."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

SMALL = 1e-2  # a float up to here is a step δ or an ε, not a quantity
ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Subscript, ast.Attribute, ast.List, ast.Dict, ast.Slice)
Function = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Change:
    """`text` instead of the characters from `start` to `end`."""

    start: int
    end: int
    text: str

    def apply(self, source: str) -> str:
        return source[: self.start] + self.text + source[self.end :]


class Code:
    """A file, and what operators ask about its nodes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = ast.parse(source)
        self.parent = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """Offset and text of every line."""
        lines, offset = [], 0
        for line in self.source.split("\n"):
            lines.append((offset, line))
            offset += len(line) + 1
        return lines

    def _offset(self, line: int, column: int) -> int:
        begin, text = self._lines[line - 1]
        return begin + len(text.encode()[:column].decode())  # ast counts bytes of UTF-8

    def span(self, node: ast.AST) -> tuple[int, int]:
        place: ast.expr = node  # type: ignore[assignment]  # whatever has a place: expressions, statements, keywords
        assert place.end_lineno is not None
        assert place.end_col_offset is not None
        return self._offset(place.lineno, place.col_offset), self._offset(place.end_lineno, place.end_col_offset)

    def line(self, node: ast.AST) -> int:
        place: ast.expr = node  # type: ignore[assignment]
        return place.lineno

    def text(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.source[start:end]

    @cached_property
    def _drawing(self) -> list[ast.stmt]:
        plt = [each for each in ast.walk(self.tree) if isinstance(each, ast.Name) and each.id == "plt"]
        return [each for each in self.tree.body if any(each is self.top(name) for name in plt)]

    def plotting(self, node: ast.AST) -> bool:
        """In a function that draws."""
        return self.top(node) in self._drawing

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What `node` stands in, innermost first, without the module."""
        while not isinstance(node := self.parent[node], ast.Module):
            yield node

    def top(self, node: ast.AST) -> ast.AST:
        """The statement of the module that `node` is in."""
        return [node, *self.around(node)][-1]

    def siblings(self, node: ast.AST) -> tuple[list[ast.AST], int]:
        """The list that `node` is in, a block for example, and its place there."""
        for _, value in ast.iter_fields(self.parent[node]):
            if isinstance(value, list) and node in value:
                return value, value.index(node)
        return [node], 0

    def parameters(self, node: ast.AST) -> set[str]:
        """The parameters of all functions around `node`."""
        functions = [place for place in self.around(node) if isinstance(place, Function)]
        return {each.arg for function in functions for each in ast.walk(function.args) if isinstance(each, ast.arg)}

    def holder(self, node: ast.AST) -> tuple[ast.AST, ast.AST]:
        """What a number stands in, and the number with its sign."""
        parent = self.parent[node]
        minus = isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.USub)
        return (self.parent[parent], parent) if minus else (parent, node)

    def dump(self, node: ast.AST, change: Change | None = None) -> str | None:
        """The tree of the module's statement around `node` after `change`; None where that is no program."""
        top = self.top(node)
        start, end = self.span(top)
        begin = min([start, *(self.span(each)[0] - 1 for each in getattr(top, "decorator_list", ()))])
        return tree((change.apply(self.source[:end]) if change else self.source[:end])[begin:])

    def replaced(self, node: ast.AST, text: str) -> Change:
        """`text` in the place of `node`, with parentheses where it needs them and without those it does not need."""
        start, end = self.span(node)
        bare = Change(start, end, text)
        if not isinstance(node, ast.expr):
            return bare
        if not isinstance(ast.parse(f"({text})", mode="eval").body, ATOMS):
            wrapped = Change(start, end, f"({text})")
            return bare if self.dump(node, bare) == self.dump(node, wrapped) else wrapped
        if self.source[start - 1 : start] + self.source[end : end + 1] != "()":
            return bare
        outer = Change(start - 1, end + 1, text)
        return outer if self.dump(node, outer) == self.dump(node, bare) else bare


@lru_cache(maxsize=64)  # a change is looked at several times before it is one
def tree(text: str) -> str | None:
    """The tree of a program; None if it is none, or one that Python itself warns of."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(text, "mutant", "exec", dont_inherit=True)
            return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return None


def number(node: ast.AST | None) -> int | float | None:
    """The value of a number; None if it is something else."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def signed(node: ast.AST) -> bool:
    """A number, perhaps with a sign."""
    return number(node.operand if isinstance(node, ast.UnaryOp) else node) is not None


def small(node: ast.AST) -> bool:
    value = number(node)
    return isinstance(value, float) and 0 < value <= SMALL


def changed(node: ast.AST) -> set[str]:
    """The names that code in `node` binds, writes into, or calls a method of."""
    found = set()
    for each in ast.walk(node):
        written = isinstance(getattr(each, "ctx", None), ast.Store)
        while isinstance(each, (ast.Subscript, ast.Attribute)) and written:
            each = each.value
        if (
            isinstance(each, ast.Expr)
            and isinstance(each.value, ast.Call)
            and isinstance(each.value.func, ast.Attribute)
        ):
            each, written = each.value.func.value, True
        if written and isinstance(each, ast.Name):
            found.add(each.id)
    return found
