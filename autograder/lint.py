"""What can be said of an assignment's files without running them: texts, keys, imports, handouts."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder import messages, written
from autograder.course import Assignment
from autograder.marks import GraderError
from autograder.text import Text

ALLOWED_IMPORTS = {"autograder", "numpy"}
ELSEWHERE = {"random", "secrets", "uuid"}  # where a test would draw what no seed repeats
KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")
HANGUL = re.compile(r"[가-힣]")


def problems(assignment: Assignment) -> Iterator[str]:
    """Every problem as `file: fact; what to do`."""
    yield from _handouts(assignment)
    yield from _languages(assignment.manifest.title, f"{assignment.folder / 'assignment.toml'}: the title")
    for task in assignment.manifest.tasks:
        for hint in task.hints:
            yield from _languages(hint, f"{assignment.folder / 'assignment.toml'}: a hint of {task.name}")
    for spec in assignment.manifest.written:
        yield from _languages(spec.question, f"{assignment.folder / 'assignment.toml'}: the question {spec.name}")
    yield from _rubric(assignment)
    for key, text in messages.load(assignment.messages).items():
        yield from _languages(text, f"{assignment.messages}: {key}")
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(assignment.grader.glob("*.py"))}
    known = messages.catalogue(assignment.messages)
    for path, tree in trees.items():
        yield from _imports(path, tree, {p.stem for p in trees})
        yield from _fixed_seeds(path, tree)
        for key, line in _keys(tree):
            if key not in known:
                yield f"{path}:{line}: message {key!r} is in no catalogue; add it to messages.toml"


def _rubric(assignment: Assignment) -> Iterator[str]:
    try:
        criteria = written.rubric(assignment.grader, assignment.manifest)
    except GraderError as error:
        yield str(error)
        return
    for name, group in criteria.items():
        for criterion in group:
            yield from _languages(criterion.text, f"{assignment.grader / written.RUBRIC}: a criterion of {name}")


def _handouts(assignment: Assignment) -> Iterator[str]:
    for name in ("README.md", "README.ko.md"):
        path = assignment.folder / name
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if len(text) < 500:
            yield f"{path}: no handout; write what the assignment teaches"
            continue
        missing = [task.name for task in assignment.manifest.tasks if task.name not in text]
        if missing:
            yield f"{path}: does not name {', '.join(missing)}; every task belongs in the task list"
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            if not (path.parent / link).exists():
                yield f"{path}: links to {link}, which is not there; repair the link"
    if not (assignment.folder / "test_examples.py").is_file():
        yield f"{assignment.folder}: no test_examples.py; write a few visible examples"


def _languages(text: Text, where: str) -> Iterator[str]:
    """Korean text has Hangul, English has none, neither is empty."""
    if not text.en.strip() or HANGUL.search(text.en):
        yield f"{where}: the English text is empty or Korean; translate it"
    if not HANGUL.search(text.ko):
        yield f"{where}: the Korean text is empty or not Korean; translate it"


def _keys(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Message keys with their lines: in `fail("…")`, `remark("…")`, `mistaken={"…": …}`, and what looks like one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            yield node.value, node.lineno
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        candidates: Iterable[ast.expr | None] = node.args[:1] if name in ("fail", "remark") else ()
        for keyword in node.keywords:
            if keyword.arg == "mistaken" and isinstance(keyword.value, ast.Dict):
                candidates = [*candidates, *keyword.value.keys]
        for candidate in candidates:
            if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str):
                yield candidate.value, candidate.lineno


def _fixed_seeds(path: Path, tree: ast.AST) -> Iterator[str]:
    """A generator with a seed of its own gives every student the same hidden inputs."""
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "default_rng"
        if called and isinstance(node, ast.Call) and all(isinstance(argument, ast.Constant) for argument in node.args):
            yield f"{path}:{node.lineno}: a generator with a fixed seed; draw from the fixture rng"


def _imports(path: Path, tree: ast.AST, siblings: set[str]) -> Iterator[str]:
    """A grader imports the vocabulary, NumPy and the standard library; a reference in an oracle certifies itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots = [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            roots = [(node.module or "").partition(".")[0]]
        else:
            continue
        for root in roots:
            if root in ELSEWHERE:
                yield f"{path}:{node.lineno}: a grader must not use {root}; draw from the fixture rng"
            elif root not in ALLOWED_IMPORTS | siblings and root not in sys.stdlib_module_names:
                fact = f"{path}:{node.lineno}: a grader must not import {root}"
                yield f"{fact}; use autograder, numpy and the standard library"
