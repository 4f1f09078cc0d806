"""A student's source, taken apart for the worker that runs it: a module as one piece, a notebook as its statements."""

from __future__ import annotations

import ast
import builtins
import sys
import types
import warnings
from collections.abc import Collection, Iterable
from typing import NamedTuple

from autograder import cells, wire

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Piece(NamedTuple):
    """Code that is run by itself: a whole module (`line` 0), or a statement of a notebook, which fails by itself.

    `brief`: it only defines or imports something.
    """

    line: int
    names: tuple[str, ...]
    code: types.CodeType
    brief: bool


class Parts(NamedTuple):
    """What is run, what is defined in it, and what Python could not read."""

    pieces: list[Piece]
    definitions: tuple[wire.Definition, ...]
    unread: list[cells.Unread]


class Harmless:
    """Stands for what only a notebook has: every use of it does nothing."""

    @staticmethod
    def display(*_args: object, **_kwargs: object) -> None:
        """Show nothing to nobody."""

    def __call__(self, *_args: object, **_kwargs: object) -> Harmless:
        return self

    def __getattr__(self, name: str) -> Harmless:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


def like_a_notebook() -> None:
    """Give every cell the names that IPython gives it."""
    builtins.display, builtins.get_ipython = Harmless.display, Harmless()  # type: ignore[attr-defined]
    for name in ("IPython", "IPython.display"):
        sys.modules[name] = module = types.ModuleType(name)
        vars(module).update(display=Harmless.display, clear_output=Harmless.display, get_ipython=lambda: None)


def whole(source: str, file: str) -> Parts:
    """A module. Raises SyntaxError, ValueError, RecursionError, MemoryError where Python cannot read it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source, file)
        code = compile(tree, file, "exec", dont_inherit=True)
    defined = _definitions(node for node in tree.body if isinstance(node, _DEFINITIONS))
    return Parts([Piece(0, (), code, brief=True)], defined, [])


def apart(source: str, starts: Collection[int], file: str, wanted: Collection[str]) -> Parts:
    """A notebook whose cells begin in the lines `starts`: what the names `wanted` need, statement by statement."""
    reading = cells.read(source, tuple(starts), file)
    pieces = [
        Piece(statement.line, tuple(sorted(statement.binds)), statement.code, _is_brief(statement.node))
        for statement in reading.needed(wanted)
    ]
    asked = set(wanted)
    given = (n for n in reading.definitions() if isinstance(n, _DEFINITIONS) or asked.intersection(cells.given(n)))
    return Parts(pieces, _definitions(given), reading.unread)


def _definitions(body: Iterable[ast.stmt]) -> tuple[wire.Definition, ...]:
    return tuple(wire.Definition(name[:100], node.lineno, _empty(node)) for node in body for name in cells.given(node))


def _is_brief(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef(decorator_list=[]) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(value=ast.Constant()):
            return True
        case _:
            return False


def _empty(node: ast.stmt) -> bool:
    """Whether a definition does nothing yet: its body is only docstrings, pass, … or raise NotImplementedError."""
    match node:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body) | ast.ClassDef(body=body):
            return all(_empty(statement) for statement in body)
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError")):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
        case _:
            return False
