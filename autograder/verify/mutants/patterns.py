"""Rules that say how code goes wrong, and what an operator is: rules, and a function for what no rule can say.

A rule is `pattern -> replacement`, two pieces of Python. A name with a leading underscore stands for any expression,
and for the same one wherever it comes back: `_a - _b -> _b - _a`. KINDS says which names stand for less than that.
`*_rest`, in a pattern, stands for all other arguments of a call.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.verify.mutants.listing import ATOMS, Change, Code, signed, small

NAME = re.compile(r"\b_[a-z]+\d*\b")
Bound = dict[str, ast.AST]
Finder = Callable[[Code, ast.AST], Iterator[Change | str]]


def _matrix(node: ast.AST) -> bool:
    """By the convention of the field: X is a matrix, x may be a vector, for which x·w = w·x."""
    return isinstance(node, ast.Subscript) or (isinstance(node, ast.Name) and node.id[0].isupper())


KINDS: dict[str, Callable[[Code, ast.AST], bool]] = {
    "_small": lambda code, node: small(node),
    "_large": lambda code, node: not small(node),
    "_term": lambda code, node: not signed(node),
    "_whole": lambda code, node: signed(node),
    "_matrix": lambda code, node: _matrix(node),
    "_place": lambda code, node: isinstance(node, (ast.Subscript, ast.Attribute)),
    "_mask": lambda code, node: not isinstance(node, ast.Compare),  # a comparison is negated as one
    "_param": lambda code, node: isinstance(node, ast.Name) and node.id in code.parameters(node),
}


@dataclass(frozen=True)
class Rule:
    """`pattern -> replacement`."""

    pattern: ast.AST
    replacement: str

    @classmethod
    def read(cls, line: str) -> Rule:
        pattern, replacement = line.split(" -> ")
        statement = ast.parse(pattern.strip()).body[0]
        return cls(statement.value if isinstance(statement, ast.Expr) else statement, replacement.strip())

    def apply(self, code: Code, node: ast.AST) -> str | None:
        """What `node` becomes; None if it does not fit."""
        bound: Bound = {}
        return self._write(code, bound) if _fits(code, self.pattern, node, bound) else None

    def _write(self, code: Code, bound: Bound) -> str:
        """The replacement with the code of the names, in as few parentheses as mean the same."""
        wrap = [not isinstance(bound[name], ATOMS) for name in NAME.findall(self.replacement)]
        meant = self._tree(text := self._filled(code, bound, wrap))
        for place in [place for place, wrapped in enumerate(wrap) if wrapped]:
            bare = [wrapped and other != place for other, wrapped in enumerate(wrap)]
            if self._tree(shorter := self._filled(code, bound, bare)) == meant:
                wrap, text = bare, shorter
        return text

    def _filled(self, code: Code, bound: Bound, wrap: list[bool]) -> str:
        wrapped = iter(wrap)

        def code_of(found: re.Match[str]) -> str:
            text = code.text(bound[found[0]])
            return f"({text})" if next(wrapped) else text

        return NAME.sub(code_of, self.replacement)

    def _tree(self, text: str) -> str | None:
        try:
            return ast.dump(ast.parse(text if isinstance(self.pattern, ast.stmt) else f"({text})"))
        except SyntaxError:
            return None


def _fits(code: Code, pattern: ast.AST, node: ast.AST, bound: Bound) -> bool:
    if isinstance(pattern, ast.Name) and NAME.fullmatch(pattern.id):
        kind = KINDS.get(pattern.id.rstrip("0123456789"))
        known = bound.setdefault(pattern.id, node)
        return (kind is None or kind(code, node)) and (known is node or code.text(known) == code.text(node))
    if type(pattern) is not type(node):
        return False
    if isinstance(pattern, ast.Call) and isinstance(node, ast.Call):
        return _call_fits(code, pattern, node, bound)
    fields = [name for name in pattern._fields if name not in ("ctx", "type_comment", "kind")]
    return all(_value_fits(code, getattr(pattern, name), getattr(node, name), bound) for name in fields)


def _value_fits(code: Code, pattern: object, value: object, bound: Bound) -> bool:
    if isinstance(pattern, list) and isinstance(value, list):
        pairs = zip(pattern, value, strict=False)
        return len(pattern) == len(value) and all(_value_fits(code, *pair, bound) for pair in pairs)
    if isinstance(pattern, ast.AST) and isinstance(value, ast.AST):
        return _fits(code, pattern, value, bound)
    return type(pattern) is type(value) and pattern == value


def _call_fits(code: Code, pattern: ast.Call, node: ast.Call, bound: Bound) -> bool:
    wanted, given = [*pattern.args, *pattern.keywords], [*node.args, *node.keywords]
    if wanted and isinstance(wanted[-1], ast.Starred):
        wanted.pop()
        given = given[: len(wanted)]
    return _fits(code, pattern.func, node.func, bound) and _value_fits(code, wanted, given, bound)


@dataclass(frozen=True)
class Operator:
    """A kind of mistake: what it is about, and how to find where it can be made and what stands there then."""

    about: str
    rules: tuple[Rule, ...]
    finder: Finder | None
    unless: Callable[[Code, ast.AST], bool] | None

    def changes(self, code: Code, node: ast.AST) -> Iterator[Change]:
        if self.unless and self.unless(code, node):
            return
        parent = code.parent[node]
        target = code.text(parent.targets[0]) if isinstance(parent, ast.Assign) else None
        texts = [text for rule in self.rules if (text := rule.apply(code, node)) is not None]
        for found in (*texts, *(self.finder(code, node) if self.finder else ())):
            if found != target:  # a = a is a statement dropped, for which there is an operator
                yield found if isinstance(found, Change) else code.replaced(node, found)


def operator(
    about: str, rules: str = "", finder: Finder | None = None, unless: Callable[[Code, ast.AST], bool] | None = None
) -> Operator:
    lines = [line.strip() for line in rules.splitlines()]
    return Operator(about, tuple(Rule.read(line) for line in lines if line), finder, unless)
