"""What of a file a hidden test can reach: the definitions that it asks for, those that they use, and what runs on load.

Two files whose reachable parts are equal give the same outcome in a test, so nothing has to be run twice; and a change
to a function can only be noticed by the tests that reach it.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Whoever uses one of these may reach what no name shows; then only the whole file is equal to itself.
DYNAMIC = frozenset(
    "__builtins__ __import__ builtins ctypes delattr eval exec gc getattr globals importlib inspect linecache locals"
    " setattr sys traceback vars __code__ __globals__ __dict__ __closure__ __defaults__ __doc__".split()
)


@dataclass(frozen=True)
class Unit:
    """A top-level statement: the name it defines (None: it runs on load, whatever is asked), and the names it uses."""

    name: str | None
    uses: frozenset[str]
    digest: str


class Reach:
    """The definitions of one file. Raises SyntaxError and ValueError where it is no Python."""

    def __init__(self, source: str) -> None:
        tree = ast.parse(source)
        for node in ast.walk(tree):
            _drop_texts(node)
        self._units = [_unit(statement) for statement in tree.body]
        self.dynamic = any(DYNAMIC & _words(statement) for statement in tree.body)

    def closure(self, names: Iterable[str]) -> frozenset[str]:
        """The definitions that can run when `names` are asked for."""
        on_load = [unit.uses for unit in self._units if unit.name is None]
        waiting = {*names, *(name for uses in on_load for name in uses)}
        reached: set[str] = set()
        while waiting:
            reached |= waiting
            waiting = {used for unit in self._units if unit.name in waiting for used in unit.uses} - reached
        return frozenset(reached & {unit.name for unit in self._units if unit.name is not None})

    def digest(self, names: Iterable[str]) -> str:
        """Equal for two files where nothing that `names` can reach differs."""
        reached = self.closure(names)
        parts = [unit.digest for unit in self._units if unit.name is None or unit.name in reached]
        return hashlib.sha256("".join(parts).encode()).hexdigest()


def _drop_texts(node: ast.AST) -> None:
    """Take out the statements that are only a text: nothing but `__doc__` can tell."""
    body = getattr(node, "body", None)
    if isinstance(body, list):
        body[:] = [child for child in body if not _is_text(child)] or [ast.Pass()]


def _unit(statement: ast.stmt) -> Unit:
    name = _defines(statement)
    digest = hashlib.sha256(ast.dump(statement).encode()).hexdigest()
    return Unit(name, frozenset(_words(statement)), digest)


def _defines(statement: ast.stmt) -> str | None:
    """The name that a statement only defines; None where it does more, or may do more, on load."""
    if isinstance(statement, ast.FunctionDef):
        return statement.name if _is_plain_function(statement) else None
    if isinstance(statement, ast.ClassDef):
        return statement.name if _is_plain_class(statement) else None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and _is_literal(statement.value):
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    return None


def _is_plain_function(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.decorator_list or node.returns is not None:
        return False
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    defaults = [default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None]
    return all(argument.annotation is None for argument in every) and all(map(_is_literal, defaults))


def _is_plain_class(node: ast.ClassDef) -> bool:
    if node.decorator_list or node.keywords or not all(isinstance(base, ast.Name) for base in node.bases):
        return False
    return all(_is_plain_function(child) or isinstance(child, ast.Pass) for child in node.body)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _words(node: ast.AST) -> set[str]:
    """Every name and attribute in a piece of code."""
    return set(_named(node))


def _named(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id
        elif isinstance(inner, ast.Attribute):
            yield inner.attr
        elif isinstance(inner, ast.alias):
            yield inner.name.partition(".")[0]
