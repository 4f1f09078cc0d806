"""The file that the student works in: the module, or the notebook where the module is still the stub that it was."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder import cells
from autograder.answers import Found
from autograder.course import Assignment
from autograder.manifest import Manifest, WrittenSpec
from autograder.text import Lang, Text

NOT_THERE = Text(en="There is no {path}.", ko="{path} 파일이 없습니다.")
UNREADABLE = Text(en="{path} cannot be read: {reason}.", ko="{path} 파일을 읽을 수 없습니다: {reason}.")

_UNPARSED = (SyntaxError, ValueError, RecursionError, MemoryError)
_KINDS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Work:
    """A file, and its text or why there is none. `cells`: the first lines of a notebook's code cells."""

    path: Path
    source: str | Found
    cells: tuple[int, ...] = ()

    def unanswered(self, manifest: Manifest) -> tuple[WrittenSpec, ...]:
        """The written answers that are an empty text or not there."""
        if not manifest.written or isinstance(self.source, Found):
            return ()
        given = {
            target.id: not (isinstance(node.value, ast.Constant) and not str(node.value.value or "").strip())
            for node in self.statements()
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        return tuple(spec for spec in manifest.written if not given.get(spec.name, False)) if given else ()

    def is_begun(self, manifest: Manifest) -> bool:
        """Whether a task is no longer the stub that it was; what cannot be read is begun."""
        if isinstance(self.source, Found):
            return True
        defined = {node.name: node for node in self.statements() if isinstance(node, _KINDS)}
        return not all(task.name in defined and _is_stub(defined[task.name]) for task in manifest.tasks)

    def statements(self) -> Iterable[ast.stmt]:
        """What stands at the top level; nothing where Python cannot read it."""
        assert isinstance(self.source, str)
        if self.cells:
            return [statement.node for statement in cells.read(self.source, self.cells, "notebook").statements]
        try:
            return ast.parse(self.source).body
        except _UNPARSED:
            return []


def of(assignment: Assignment, lang: Lang = "en") -> Work:
    """What the student works in."""
    module = Work(assignment.stub, _source(assignment, lang))
    about = assignment.manifest
    if not assignment.notebook.is_file():
        return module
    untouched = not module.is_begun(about) or not assignment.stub.exists()
    notebook = _notebook(assignment, lang) if untouched else module
    return notebook if notebook.is_begun(about) else module


def _notebook(assignment: Assignment, lang: Lang) -> Work:
    from autograder import ingest

    path, wanted = assignment.notebook, ingest.Wanted.of(assignment)
    try:
        found = wanted.read("", path.name, path.name, path.read_bytes())
    except OSError as error:
        return Work(path, Found("error", text=UNREADABLE.in_(lang).format(path=path, reason=error.strerror)))
    if found.problem is not None:
        return Work(path, Found("error", found.problem.key, found.problem.params))
    return Work(path, found.source or "", found.cells)


def _is_stub(node: ast.AST) -> bool:
    """A function that only raises NotImplementedError, or a class with such a method."""
    if isinstance(node, ast.ClassDef):
        return any(_is_stub(inner) for inner in node.body)
    body: list[ast.stmt] = getattr(node, "body", [])
    return bool(body) and isinstance(body[-1], ast.Raise) and "NotImplementedError" in ast.dump(body[-1])


def _source(assignment: Assignment, lang: Lang) -> str | Found:
    """The text of the student's file, or why there is none."""
    from autograder import ingest
    from autograder.ingest import submission

    path = assignment.stub
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise submission.not_a_file(path.name, submission.kind_of(mode))
        with path.open("rb") as file:
            raw = file.read(ingest.MAX_SOURCE + 1)
        if len(raw) > ingest.MAX_SOURCE:
            raise submission.too_large(path.stat().st_size, ingest.MAX_SOURCE)
        return submission.decode(raw)
    except submission.SubmissionError as error:
        return Found("error", error.problem.key, error.problem.params)
    except FileNotFoundError:
        near = submission.no_module(path.name, os.listdir(path.parent)).problem.params["hint"]
        assert isinstance(near, Text)
        return Found("error", text=NOT_THERE.in_(lang).format(path=path) + near.in_(lang))
    except OSError as error:
        return Found("error", text=UNREADABLE.in_(lang).format(path=path, reason=error.strerror))
