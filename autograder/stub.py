"""Solution text to stub text: what a student starts from is generated from the reference, never written twice.

    ### BEGIN SOLUTION        a region; inside a def the stub gets `raise NotImplementedError("<name>")` in its place
    ### STUB WEIGHTS = None   inside a region: the stub gets this line instead
    ### END SOLUTION

The markers must be whole lines, and both must stand in the same block. Anything else is refused: what slips through
here is a published solution.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

BEGIN, END, STUB = "### BEGIN SOLUTION", "### END SOLUTION", "### STUB"
_ALMOST = re.compile(r"#+\s*(?i:begin|end)[\s_-]*(?i:solution)|#+\s*STUB\b|##+\s*(?i:stub|begin|end)\b")

Scope = tuple[ast.AST, ...]  # the classes and functions around a line, outermost first


class StubError(Exception):
    """A solution that makes no stub; the text is file, line, fact, and what to do."""


@dataclass(frozen=True)
class Region:
    """Lines `begin` to `end` (1-based, the markers), and what the stub gets for them."""

    begin: int
    end: int
    indent: str
    stub: tuple[str, ...]


def stub(source: str, file: str = "solution") -> str:
    """The stub of a reference solution. `file` is named in errors. Raises StubError."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    regions = list(_regions(lines, file))
    if not regions:
        raise StubError(f"{file}:1  no region, so the stub would be the solution; mark one with {BEGIN} and {END}")
    scopes = _scopes(lines, regions, file)
    kept: list[str] = []
    after = 0
    for region, scope in zip(regions, scopes, strict=True):
        kept += lines[after : region.begin - 1]
        kept += region.stub or (f'{region.indent}raise NotImplementedError("{_name(scope, region, file)}")',)
        after = region.end
    text = "\n".join(kept + lines[after:])
    _compile(text, file)
    return text


def _regions(lines: list[str], file: str) -> Iterator[Region]:
    """The marked regions in their order; markers that do not pair up, or nearly are one, are refused."""
    begin = 0
    stubs: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text == BEGIN:
            if begin:
                _refuse(file, number, f"a region begins inside the one of line {begin}; end that one first with {END}")
            begin, stubs = number, []
        elif text == END:
            if not begin:
                _refuse(file, number, f"a region ends that never began; put {BEGIN} before it or delete the line")
            yield Region(begin, number, _indent(lines[begin - 1]), tuple(stubs))
            begin = 0
        elif text == STUB or text.startswith(f"{STUB} "):
            if not begin:
                _refuse(file, number, f"a stub line outside of a region; move it between {BEGIN} and {END}")
            stubs.append((_indent(line) + text[len(STUB) + 1 :]).rstrip())
        elif _ALMOST.search(text):
            _refuse(file, number, f"{text[:40]!r} is almost a marker; write exactly {BEGIN}, {END} or {STUB} …")
    if begin:
        _refuse(file, begin, f"a region begins that never ends; put {END} after it")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _scopes(lines: list[str], regions: list[Region], file: str) -> list[Scope]:
    """The classes and functions around each region. Each marker becomes a `pass`, so that the parser places it."""
    _parse(lines, file)
    marked = list(lines)
    for region in regions:
        for number in (region.begin, region.end):
            marked[number - 1] = f"{_indent(lines[number - 1])}pass"
    blocks = dict(_passes(_parse(marked, file, " (a marker is indented unlike the code around it)"), ()))
    for region in regions:
        for number in (region.begin, region.end):
            if number not in blocks:
                _refuse(file, number, "a marker inside a string or brackets; move it to a line between two statements")
        if blocks[region.begin][0] is not blocks[region.end][0]:
            _refuse(file, region.begin, f"the region ends in another block, in line {region.end}; indent both alike")
    return [blocks[region.begin][1] for region in regions]


def _passes(node: ast.AST, scope: Scope) -> Iterator[tuple[int, tuple[list[ast.stmt], Scope]]]:
    """Line of every `pass` with the block that it stands in and the scope of that block."""
    inner = (*scope, node) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) else scope
    for _, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.Pass):
                yield child.lineno, (value, inner)
            elif isinstance(child, ast.AST):
                yield from _passes(child, inner)


def _name(scope: Scope, region: Region, file: str) -> str:
    """`AND`, or `SGD.update`: the outermost function, with the classes around it."""
    names: list[str] = []
    for node in scope:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
        if not isinstance(node, ast.ClassDef):
            return ".".join(names)
    return _refuse(file, region.begin, f"a region outside of any def; say with `{STUB} NAME = None` what the stub gets")


def _parse(lines: list[str], file: str, why: str = "") -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise StubError(f"{file}:{line}  {getattr(error, 'msg', error)}{why}; correct the solution") from error


def _compile(text: str, file: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        quoted = text.split("\n")[line - 1].strip()[:60]
        problem = f"the stub does not compile ({getattr(error, 'msg', error)}: `{quoted}`)"
        raise StubError(f"{file}  {problem}; correct the {STUB} lines or move a marker") from error


def _refuse(file: str, line: int, problem: str) -> NoReturn:
    raise StubError(f"{file}:{line}  {problem}")
