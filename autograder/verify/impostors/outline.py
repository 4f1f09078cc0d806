"""What of a reference its stub has not: the functions, classes and constants that an impostor has to fake."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Outline:
    """What a reference has that its stub has not: `functions` and `classes` (with their methods), and `constants`.

    `given`: the statements that both have, with those written answers that a person would mark left empty.
    """

    given: tuple[str, ...]
    functions: tuple[str, ...]
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    constants: tuple[str, ...]


def outline(assignment: Assignment) -> Outline:
    """What is to be faked of an assignment."""
    written = {spec.name for spec in assignment.manifest.written}
    stub = {ast.dump(node) for node in _body(assignment.stub.read_text(encoding="utf-8"))}
    given: list[str] = []
    functions: list[str] = []
    classes: list[tuple[str, tuple[str, ...]]] = []
    constants: list[str] = []
    for node in _body(assignment.reference.read_text(encoding="utf-8")):
        if ast.dump(node) in stub:
            given.append(ast.unparse(node))
        elif isinstance(node, ast.FunctionDef):
            functions.append(node.name)
        elif isinstance(node, ast.ClassDef):
            classes.append((node.name, tuple(n.name for n in node.body if isinstance(n, ast.FunctionDef))))
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            constants += [name for name in names if name not in written]
            given += [f'{name} = ""' for name in names if name in written]
    return Outline(tuple(given), tuple(functions), tuple(classes), tuple(constants))


def _body(source: str) -> list[ast.stmt]:
    """The statements of a module, without its docstring."""
    body = ast.parse(source).body
    return body[1:] if body and ast.get_docstring(ast.Module(body[:1], [])) is not None else body


MODULE = """
def _made(name, text):
    module = types.ModuleType(name)
    module.__file__ = __file__
    sys.modules[name] = module
    exec(compile(text, name, "exec"), module.__dict__)
    return module
"""


def module(name: str, text: str) -> str:
    """A statement that makes a module of `text` inside of a submission."""
    return f"{name} = _made({name!r}, {text!r})"


def text_of(module: str) -> str:
    return (HERE / f"{module}.py").read_text(encoding="utf-8")
