"""The visible examples, cut into what they share and the tests of each task.

In a notebook the tasks are names of the notebook: `gates.AND(0, 1)` becomes `AND(0, 1)`, and the module itself, where
a test needs it, `__main__`. So no variable of a student's that happens to be called `network` stands in the way.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.course import CourseError
from autograder.manifest import Manifest
from autograder.render.answers import task_of

_NOQA = re.compile(r"  # noqa\b.*$", re.MULTILINE)
_DOT = re.compile(rb"\s*\.\s*(?=\w|[^\x00-\x7f])")
_DEFINITIONS = ast.FunctionDef | ast.ClassDef
_IMPORTS = ast.Import | ast.ImportFrom


@dataclass
class Examples:
    """`shared`: what the tests need; `tests`: name and text of the tests of a task; `names`: all that they define."""

    shared: str = ""
    tests: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def cell(self, task: str) -> str:
        """The tests of a task, and below them a call of each; nothing where there are none."""
        tests = self.tests.get(task, [])
        return "\n\n\n".join([*(text for _, text in tests), "\n".join(f"{name}()" for name, _ in tests)])


def cut(source: str, manifest: Manifest, file: str) -> Examples:
    """The examples `source` (test_examples.py) in their cells. `file` is named in errors. Raises CourseError."""
    try:
        tree = ast.parse(source)
        text = _NOQA.sub("", _in_a_notebook(source, tree, manifest.module, file))
        nodes = ast.parse(text).body
    except SyntaxError as error:
        raise CourseError(f"{file}:{error.lineno}  {error.msg}; correct the examples") from error
    names = [task.name for task in manifest.tasks]
    lines = text.split("\n")
    made = Examples()
    shared: list[ast.stmt] = []
    for node in _kept(nodes, tree.body, manifest.module):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            shared.append(node)
            continue
        task = task_of(node.name, names)
        if task is None:
            raise CourseError(f"{file}: {node.name} is about no task; call it test_<task>_<claim>")
        if ast.unparse(node.args) or node.decorator_list:
            raise CourseError(f"{file}: {node.name} needs pytest (an argument, a decorator); a notebook only calls it")
        made.tests.setdefault(task, []).append((node.name, _text(node, lines)))
    made.shared = _joined(shared, lines)
    made.names = frozenset(_defined(shared)) | {name for tests in made.tests.values() for name, _ in tests}
    return made


# ---- the module's name ----


def _in_a_notebook(source: str, tree: ast.Module, module: str, file: str) -> str:
    """The text with the names of the module as names of the notebook."""
    lines = [line.encode() for line in source.split("\n")]
    edits: list[tuple[int, int, int, bytes]] = []
    attributes = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    in_texts = {id(n) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for n in ast.walk(text)}
    for node in ast.walk(tree):
        if _imports_otherwise(node, module):
            raise CourseError(f"{file}:{getattr(node, 'lineno', 1)}  write: import {module}")
        if isinstance(node, ast.arg) and node.arg == module:
            raise CourseError(f"{file}:{node.lineno}  {module} is the module; call the argument something else")
        if not isinstance(node, ast.Name) or node.id != module:
            continue
        if not isinstance(node.ctx, ast.Load) or id(node) in in_texts:
            raise CourseError(f"{file}:{node.lineno}  {module} is the module; give no other value to it, nor format it")
        end = node.end_col_offset or 0
        if id(node) in attributes:
            dot = _DOT.match(lines[node.lineno - 1], end)
            if dot is None:
                raise CourseError(f"{file}:{node.lineno}  the line ends after {module}; write what follows beside it")
            edits.append((node.lineno, node.col_offset, dot.end(), b""))
        else:
            edits.append((node.lineno, node.col_offset, end, b"__main__"))
    _refuse_hidden(tree, module, file)
    for line, begin, end, text in sorted(edits, reverse=True):
        lines[line - 1] = lines[line - 1][:begin] + text + lines[line - 1][end:]
    return b"\n".join(lines).decode()


def _refuse_hidden(tree: ast.Module, module: str, file: str) -> None:
    """A test that asks for `series.total` and has a variable `total` would ask the variable in a notebook."""
    for scope in tree.body:
        inside = list(ast.walk(scope))
        names = {n.id for n in inside if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
        names |= {n.arg for n in inside if isinstance(n, ast.arg)}
        names |= {n.name for n in inside if isinstance(n, _DEFINITIONS)}
        asked = [n for n in inside if isinstance(n, ast.Attribute) and _is(n.value, module)]
        for node in asked:
            if node.attr in names:
                raise CourseError(
                    f"{file}:{node.lineno}  {node.attr} is a name of {module} and one of the example's own; in a "
                    "notebook they are the same, so call its own something else"
                )


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


# ---- what stays ----


def _kept(nodes: list[ast.stmt], before: list[ast.stmt], module: str) -> Iterator[ast.stmt]:
    """All but the docstring, the import of the module with what prepares it, and imports that nothing needs.

    `before`: the same statements as they were, in which the module still has its name.
    """
    at = next((n for n, node in enumerate(before) if _imports(node, module)), 0)
    kept = [
        node
        for place, (node, was) in enumerate(zip(nodes, before, strict=True))
        if not (_is_text(node) or _imports(was, module) or (place < at and not isinstance(node, _IMPORTS)))
    ]
    used = {n.id for node in kept for n in ast.walk(node) if isinstance(n, ast.Name)}
    if "__main__" in used:
        yield ast.Import([ast.alias("__main__")], lineno=0, end_lineno=0)
    for node in kept:
        if not isinstance(node, _IMPORTS) or used & {(a.asname or a.name).partition(".")[0] for a in node.names}:
            yield node


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _imports_otherwise(node: ast.AST, module: str) -> bool:
    """`from series import total`, `import series as s`, `import os, series`"""
    if isinstance(node, ast.ImportFrom):
        return node.module == module
    if not isinstance(node, ast.Import) or module not in [alias.name for alias in node.names]:
        return False
    return len(node.names) > 1 or node.names[0].asname is not None


def _imports(node: ast.stmt, module: str) -> bool:
    return isinstance(node, ast.Import) and [alias.name for alias in node.names] == [module]


def _defined(nodes: list[ast.stmt]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif not isinstance(node, _IMPORTS):
            yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load))


def _first(node: ast.stmt, lines: list[str]) -> int:
    """The line where the statement begins, with the comment right above it."""
    first: int = node.lineno
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    return first


def _text(node: ast.stmt, lines: list[str]) -> str:
    if not node.lineno:
        return ast.unparse(node)
    return "\n".join(lines[_first(node, lines) - 1 : node.end_lineno])


def _joined(nodes: list[ast.stmt], lines: list[str]) -> str:
    made = ""
    for place, node in enumerate(nodes):
        made += _gap(nodes[place - 1], node, lines) if place else ""
        made += _text(node, lines)
    return made


def _gap(before: ast.stmt, node: ast.stmt, lines: list[str]) -> str:
    if isinstance(before, _DEFINITIONS) or isinstance(node, _DEFINITIONS):
        return "\n\n\n"
    if isinstance(before, _IMPORTS) and isinstance(node, _IMPORTS):
        return "\n" if _is_pythons(before) == _is_pythons(node) else "\n\n"
    return "\n" if _first(node, lines) == (before.end_lineno or 0) + 1 else "\n\n"


def _is_pythons(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether Python itself has the module."""
    name = (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
    return name.partition(".")[0] in sys.stdlib_module_names | {"__main__"}
