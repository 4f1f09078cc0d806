"""The reference, cut into the setup and a cell for each task.

What stands before the first task (docstring, imports, constants, given functions) is the setup. After it a cell has
the statements of one task, or the region of several. What belongs to no task goes with the first task that uses it,
if that stands further up in the file, else with the next one: a notebook is run from above.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder import stub
from autograder.course import CourseError
from autograder.manifest import Manifest

_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Block:
    """Lines that stay together: a statement or a region, with the comments above it. `last`: its last line, from 1."""

    text: str
    last: int
    is_region: bool
    nodes: tuple[ast.stmt, ...]

    @property
    def defines(self) -> frozenset[str]:
        found = {node.name for node in self.nodes if isinstance(node, _DEFINITIONS)}
        given = [node for node in self.nodes if isinstance(node, ast.Assign | ast.AnnAssign)]
        names = (n for node in given for n in ast.walk(node) if isinstance(n, ast.Name))
        return frozenset(found | {name.id for name in names if isinstance(name.ctx, ast.Store)})

    @property
    def uses(self) -> frozenset[str]:
        return frozenset(n.id for node in self.nodes for n in ast.walk(node) if isinstance(n, ast.Name))


@dataclass
class Solution:
    """A cell that students complete: the tasks in it, and its text, with the regions."""

    tasks: tuple[str, ...]
    blocks: list[Block]

    @property
    def id(self) -> str:
        return self.tasks[0]

    @property
    def source(self) -> str:
        return "\n\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Answer:
    """The place of a written answer: the constant's name, and what the reference answers."""

    name: str
    text: str


@dataclass
class Reference:
    setup: str
    parts: list[Solution | Answer] = field(default_factory=list)


def cut(source: str, manifest: Manifest, file: str) -> Reference:
    """The reference `source`, of which `stub.stub` makes a stub, in its cells. `file` is named in errors."""
    tasks = {task.name for task in manifest.tasks}
    written = {spec.name for spec in manifest.written}
    blocks = list(_blocks(source))
    first = next(
        (n for n, block in enumerate(blocks) if block.is_region or block.defines & (tasks | written)), len(blocks)
    )
    end = blocks[first - 1].last if first else 0
    made = Reference("\n".join(source.split("\n")[:end]))
    homeless: list[Block] = []
    for block in blocks[first:]:
        if names := block.defines & written:
            made.parts.append(Answer(*_answer(block, names, file)))
        elif names := block.defines & tasks:
            ordered = tuple(task.name for task in manifest.tasks if task.name in names)
            made.parts.append(Solution(ordered, [*homeless, block]))
            homeless = []
        elif (home := _user(made.parts, block)) is not None:
            home.blocks.insert(len(home.blocks) - 1, block)
        else:
            homeless.append(block)
    solutions = [part for part in made.parts if isinstance(part, Solution)]
    defined = [name for part in solutions for name in part.tasks]
    defined += [part.name for part in made.parts if isinstance(part, Answer)]
    if missing := sorted((tasks | written) - set(defined)):
        raise CourseError(f"{file}: no {', '.join(missing)} at the top level; the reference must define it")
    if twice := sorted({name for name in defined if defined.count(name) > 1}):
        raise CourseError(f"{file}: {', '.join(twice)} is defined twice; a notebook has one cell for it")
    solutions[-1].blocks += homeless
    return made


def _blocks(source: str) -> Iterator[Block]:
    lines = source.split("\n")
    begins = [number for number, line in enumerate(lines, start=1) if line.rstrip() == stub.BEGIN]
    ends = [number for number, line in enumerate(lines, start=1) if line.rstrip() == stub.END]
    regions = list(zip(begins, ends, strict=True))
    nodes = ast.parse(source).body
    spans = [(first, last, True) for first, last in regions]
    for node in nodes:
        top = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        if not any(first < top < last for first, last in regions):
            spans.append((top, _end(node, lines), False))
    spans = sorted(set(spans))
    before = 0
    for place, (first, last, is_region) in enumerate(spans):
        end = len(lines) if place == len(spans) - 1 else last
        inside = tuple(node for node in nodes if first <= node.lineno <= last)
        yield Block("\n".join(lines[before:end]).strip("\n"), last, is_region, inside)
        before = last


def _end(node: ast.stmt, lines: list[str]) -> int:
    """The last line of a statement, with the indented comments that follow it: `### END SOLUTION` is one."""
    end = node.end_lineno or node.lineno
    for number in range(end, len(lines)):
        if lines[number][:1].isspace() and lines[number].strip():
            end = number + 1
        elif lines[number].strip():
            break
    return end


def _user(parts: list[Solution | Answer], block: Block) -> Solution | None:
    """The first task so far that uses what the block defines."""
    solutions = (part for part in parts if isinstance(part, Solution))
    return next((part for part in solutions if any(b.uses & block.defines for b in part.blocks)), None)


def _answer(block: Block, names: frozenset[str], file: str) -> tuple[str, str]:
    node = block.nodes[0]
    value = node.value if isinstance(node, ast.Assign) else None
    if len(block.nodes) > 1 or not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        name = ", ".join(sorted(names))
        raise CourseError(f"{file}:{node.lineno}  {name} is no text in a region of its own; write NAME = '…' there")
    return next(iter(names)), value.value.strip()
