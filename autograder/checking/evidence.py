"""A failed example as plain data: what was asserted, what came back, or where the student's code stopped.

This runs in the child process, beside the student's own code on the student's own machine; nothing here is hidden.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
import types
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

Record = dict[str, Any]
MANY, LONG = 12, 600


class Observer:
    """Explains exceptions. `file`: the student's file with its lines; `examples`: the examples' file with its text."""

    def __init__(self, module: str, file: str, source: str, examples: str, text: str) -> None:
        self.lines = source.split("\n")
        self._module, self._file, self._examples = module, file, examples
        self._text = text
        self._tree: ast.Module | None = None
        self.compared: tuple[Any, Any] | None = None

    # ---- exceptions ----

    def loading(self, error: BaseException, compiled: bool) -> Record:
        """The student's file could not be compiled, or stopped while it ran."""
        from autograder import errors

        raised = self._raised(error)
        found = errors.loading(raised, self.lines) if compiled else errors.syntax(raised, self.lines)
        key = "load.exit" if isinstance(error, (SystemExit, KeyboardInterrupt)) else found.key
        return {"outcome": "error", "key": key, "params": _plain(found.params), "line": found.line}

    def failure(self, error: BaseException) -> Record:
        """An example did not hold. The record has the shape of `autograder.answers.Found`."""
        here = [number for _, number in _frames(error, self._file)]
        if isinstance(error, NotImplementedError) and here:
            return {"outcome": "todo", "name": _text(error)}
        asserted, statement = self._statements(error)
        record: Record = {"asserted": asserted}
        if isinstance(error, AttributeError) and isinstance(error.obj, types.ModuleType) and not here:
            if error.obj is sys.modules.get(self._module):
                return record | self._missing(str(error.name))
        elif isinstance(error, AssertionError) and not here:
            return record | {"outcome": "fail"} | self._assertion(error, statement)
        if not here and (unset := self._unset(asserted)):
            return {"outcome": "todo", "name": unset}
        return record | self._stopped(error)

    def _stopped(self, error: BaseException) -> Record:
        from autograder import errors

        raised = self._raised(error)
        found = errors.explain(raised, self.lines, shown=True)
        told = f"{type(error).__name__}: {_text(error)}".rstrip(": ")
        source = errors.quote(self.lines, found.line) if found.line else ""
        if (
            not raised.frames
        ):  # the student's code is done: it could not be called, or the example tripped over its value
            called_wrongly = isinstance(error, TypeError) and re.search(r"\(\) (takes|missing|got) ", told)
            found.key = found.key if called_wrongly else "none" if "NoneType" in told else ""
        place = {"line": found.line, "source": source, "text": told}
        return {"outcome": "error", "key": found.key, "params": _plain(found.params), **place}

    def _raised(self, error: BaseException) -> Any:
        from autograder import wire

        name = next(cls.__name__ for cls in type(error).__mro__ if cls.__module__ == "builtins")
        frames = [wire.Frame(function, line) for function, line in _frames(error, self._file)]
        column = None
        message = _text(error)
        if isinstance(error, SyntaxError) and error.filename == self._file:
            frames, column, message = [wire.Frame("<module>", error.lineno or 1)], error.offset, error.msg
        return wire.Raised(name, message, tuple(frames[-20:]), column=column)

    def _missing(self, name: str) -> Record:
        from autograder.errors import missing

        found = missing(name, [name for name in vars(sys.modules[self._module]) if not name.startswith("_")])
        return {"outcome": "missing", "key": found.key, "params": _plain(found.params), "name": name}

    def _unset(self, asserted: Sequence[str]) -> str | None:
        """A constant that the example reads and that is still None, as it is in the stub."""
        names = re.findall(rf"\b{re.escape(self._module)}\.(\w+)", "\n".join(asserted))
        values = vars(sys.modules[self._module])
        return next((name for name in names if name in values and values[name] is None), None)

    # ---- assertions ----

    def _assertion(self, error: AssertionError, statement: ast.stmt | None) -> Record:
        lines = _readable(str(error)[: 20 * LONG]).split("\n")
        where = [line.partition("where ")[2].strip() for line in lines if re.match(r"\s*\+.*where ", line)]
        shown: Record = {"where": [line for line in where if not re.search(r" = \w+\.\w+\Z", line)][:3]}
        said = next((n for n, line in enumerate(lines) if line.startswith("assert ")), len(lines))
        shown["text"] = "\n".join(lines[:said]).strip()[: 2 * LONG]
        if self.compared is not None and isinstance(statement, ast.Assert) and _is_equality(statement.test):
            got, expected = self.compared
            extra = {"key": "none"} if got is None and expected is not None else {}
            return shown | extra | {"got": describe(got), "expected": describe(expected)}
        return shown | ({"came_to": lines[said][:LONG]} if said < len(lines) else {})

    def _statements(self, error: BaseException) -> tuple[list[str], ast.stmt | None]:
        """The example's statements on the way to `error`: the test's own, a helper's assert; and the innermost one."""
        numbers = [number for _, number in _frames(error, self._examples)]
        trees = [tree for number in numbers if (tree := self._statement(number)) is not None]
        chosen = trees[:1] + ([trees[-1]] if len(trees) > 1 and isinstance(trees[-1], ast.Assert) else [])
        texts = [_dedented(ast.get_source_segment(self._text, tree, padded=True) or "") for tree in chosen]
        return list(dict.fromkeys(text for text in texts if text)), trees[-1] if trees else None

    def _statement(self, line: int) -> ast.stmt | None:
        """The smallest statement around `line`."""
        if self._tree is None:
            self._tree = ast.parse(self._text)
        statements = [node for node in ast.walk(self._tree) if isinstance(node, ast.stmt)]
        around = [node for node in statements if node.lineno <= line <= (node.end_lineno or 0)]
        return min(around, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


def _frames(error: BaseException, file: str) -> Iterator[tuple[str, int]]:
    """Function and line of every frame of `file`, outermost first."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            yield trace.tb_frame.f_code.co_name, trace.tb_lineno
        trace = trace.tb_next


def _is_equality(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)


def _dedented(text: str) -> str:
    return textwrap.dedent(text).strip()[:LONG]


def _text(error: BaseException) -> str:
    try:
        return str(error)[:LONG]
    except Exception:
        return ""


def _plain(params: dict[str, object]) -> Record:
    return {name: value for name, value in params.items() if isinstance(value, (str, int, float))}


def _readable(text: str) -> str:
    """pytest's words without addresses and wrappers: `<function AND at 0x7f…>` is AND, np.float64(0.5) is 0.5."""
    text = re.sub(r"<(?:function|class|module) '?([\w.]+)'?[^<>]*>", r"\1", text)
    return re.sub(r"np\.(?:float|int|uint)\d+\(([^()]*)\)", r"\1", text)


# ---- values ----


def describe(value: Any) -> str:
    """A value as a student would write it, cut where it is long; never raises."""
    try:
        return _described(value, 0)[:LONG]
    except Exception:
        return object.__repr__(value)


def _described(value: Any, depth: int) -> str:
    if isinstance(value, np.ndarray):
        return np.array2string(value, separator=", ", threshold=MANY * 2, edgeitems=3)
    if isinstance(value, np.generic):
        return repr(value.item())
    if type(value) in (list, tuple) and depth < 4:
        inner = [_described(item, depth + 1) for item in value[:MANY]] + ["…"] * (len(value) > MANY)
        text = ", ".join(inner)
        return f"[{text}]" if isinstance(value, list) else f"({text}{',' if len(inner) == 1 else ''})"
    if type(value) is dict and depth < 4:
        pairs = [f"{key!r}: {_described(item, depth + 1)}" for key, item in list(value.items())[:MANY]]
        return "{" + ", ".join(pairs + ["…"] * (len(value) > MANY)) + "}"
    return _readable(repr(value[: 2 * LONG] if isinstance(value, (str, bytes)) else value))
