"""Code cells of a notebook as one text, and which of its statements count.

A notebook's module is the definitions of its tasks and all that they use, in the order of the notebook. What is left
(prints, plots, examples, magics) is there to be looked at and is not run. A cell that Python cannot read costs what
stands in it; a statement that fails costs what it defines.
"""

from __future__ import annotations
import __future__

import ast
import dis
import re
import types
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

_MAX_MAGICS = 200  # each costs a parse of its cell
_PYTHON_MAGICS = {"time", "timeit", "capture", "prun", "memit", "mprun", "debug", "python", "python3"}
_LINE_MAGIC = re.compile(
    r"\s*(%|!|\?|(?:pip3?|conda|mamba|ls|cd|cat|pwd|mkdir|cp|mv|rm)\b|matplotlib\s+(?:inline|notebook|widget|agg)\b)"
    r"|.*\w\?{1,2}\s*$"
)
_ASSIGNED = re.compile(r"(?P<target>\s*[\w.,\s*\[\]]+=\s*)[%!]")
_TIMED = re.compile(r"(\s*)%time\s+(?!-)(\S.*)")
_BINDS = re.compile(r"^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)?([^\W\d]\w*)[ \t]*(?:[(:]|=(?!=))", re.MULTILINE)
_DYNAMIC = {"exec", "eval", "globals", "setattr", "vars", "locals"}
_LOADS = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_GLOBALS"}
_OWN_STORES = {"STORE_NAME", "DELETE_NAME"}
_GLOBAL_STORES = {"STORE_GLOBAL", "DELETE_GLOBAL"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True)
class Statement:
    """One statement at the top level of a cell; `line` is its first line in the whole text.

    `binds`: the names that it defines or changes; `uses`: the globals that it, or a function in it, reads.
    """

    line: int
    node: ast.stmt
    code: types.CodeType
    binds: frozenset[str]
    uses: frozenset[str]
    dynamic: bool


@dataclass(frozen=True)
class Unread:
    """What Python cannot read: the error, with lines of the whole text, and the names that are lost with it."""

    line: int
    error: Exception
    names: tuple[str, ...]


@dataclass
class Reading:
    """All code cells, taken apart."""

    statements: list[Statement] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def needed(self, wanted: Collection[str]) -> list[Statement]:
        """The statements that `wanted` needs, in their order."""
        needed = set(wanted)
        kept: set[int] = set()
        modules = {
            name for s in self.statements if isinstance(s.node, (ast.Import, ast.ImportFrom)) for name in s.binds
        }
        more = True
        while more:
            more = False
            for number, statement in enumerate(self.statements):
                if number in kept:
                    continue
                defines = isinstance(statement.node, (ast.Import, ast.ImportFrom)) or not statement.binds <= modules
                if statement.dynamic or (defines and not needed.isdisjoint(statement.binds)):
                    kept.add(number)
                    needed |= statement.uses
                    more = True
        return [self.statements[number] for number in sorted(kept)]

    def definitions(self) -> Iterator[ast.stmt]:
        """Functions and classes, and what else is given to a name; the same thing given again counts once."""
        seen: dict[str, str] = {}
        for statement in self.statements:
            for name in given(statement.node):
                what = ast.dump(statement.node)
                if seen.get(name) != what:
                    seen[name] = what
                    yield statement.node


def joined(texts: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Cells as one text, one below the other, and the first line of each, from 1."""
    starts, line = [], 1
    for text in texts:
        starts.append(line)
        line += text.count("\n") + 1
    return "\n".join(texts), tuple(starts)


def read(source: str, starts: Sequence[int], file: str) -> Reading:
    """Take the cells of `source` apart. `starts`: the first line of each, from 1; `file`: named in tracebacks."""
    lines = source.split("\n")
    ends = [start - 1 for start in starts[1:]] + [len(lines)]
    reading = Reading()
    flags = 0
    for start, end in zip(starts, ends, strict=True):
        raw = "\n".join(lines[start - 1 : end])
        try:
            tree = _parsed(raw, file)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            reading.unread.append(Unread(start, _moved(error, start), tuple(dict.fromkeys(seems_to_bind(raw)))))
            continue
        for node in tree.body:
            ast.increment_lineno(node, start - 1)
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                flags |= sum(
                    getattr(__future__, a.name).compiler_flag for a in node.names if hasattr(__future__, a.name)
                )
                continue
            try:
                reading.statements.append(_statement(node, file, flags))
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                reading.unread.append(Unread(node.lineno, error, tuple(given(node))))
    return reading


def _parsed(raw: str, file: str) -> ast.Module:
    """The tree of a cell; what only IPython understands is blanked, line by line, where Python stumbles over it."""
    lines = _without_cell_magic(raw.split("\n"))
    for _ in range(_MAX_MAGICS):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse("\n".join(lines), file)
        except SyntaxError as error:
            place = (error.lineno or 0) - 1
            if not 0 <= place < len(lines) or (plain := _without_magic(lines, place)) is None:
                raise
            lines = plain
    raise SyntaxError("too many magic commands", (file, 1, 1, lines[0]))


def _without_cell_magic(lines: list[str]) -> list[str]:
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or not lines[first].startswith("%%"):
        return lines
    name = lines[first][2:].split(maxsplit=1)[0] if lines[first][2:].strip() else ""
    if name not in _PYTHON_MAGICS:  # %%bash, %%html, %%writefile …: not Python
        return [""] * len(lines)
    return [*lines[:first], "", *lines[first + 1 :]]


def _without_magic(lines: list[str], place: int) -> list[str] | None:
    """`lines` with the magic at `place` made harmless; None where there is none."""
    line = lines[place]
    if timed := _TIMED.fullmatch(line):
        return [*lines[:place], timed[1] + timed[2], *lines[place + 1 :]]
    if assigned := _ASSIGNED.match(line):
        plain = f"{assigned['target']}None"
    elif _LINE_MAGIC.match(line):
        plain = line[: len(line) - len(line.lstrip())] + "pass"
    else:
        return None
    made = [*lines[:place], plain, *lines[place + 1 :]]
    while place + 1 < len(lines) and lines[place].rstrip().endswith("\\"):
        place += 1
        made[place] = ""
    return made


def _moved(error: Exception, start: int) -> Exception:
    """A cell's error with the line of the whole text."""
    if isinstance(error, SyntaxError):
        error.lineno = (error.lineno or 1) + start - 1
        return error
    moved = SyntaxError(str(error) or type(error).__name__)
    moved.lineno, moved.offset = start, 1
    return moved


# ---- one statement ----


def _statement(node: ast.stmt, file: str, flags: int) -> Statement:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(ast.Module([node], []), file, "exec", flags, dont_inherit=True)
    star = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    outside = list(_outside_of_functions(node))
    dynamic = any(isinstance(n, ast.Name) and n.id in _DYNAMIC for n in outside)
    binds = {*_stored(code), *given(node), *(base for n in outside for base in _changed(n))}
    line = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
    return Statement(line, node, code, frozenset(binds), frozenset(_loaded(code)), star or dynamic)


def given(node: ast.stmt) -> list[str]:
    """The names to which a simple definition gives a value; an assignment of None, as in a stub, gives none."""
    match node:
        case ast.Assign(value=ast.Constant(value=None)):
            return []
        case _:
            return named(node)


def named(node: ast.stmt) -> list[str]:
    """The names that a simple definition has."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case _:
            return []


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _loaded(code: types.CodeType) -> set[str]:
    return {str(i.argval) for each in _codes(code) for i in dis.get_instructions(each) if i.opname in _LOADS}


def _stored(code: types.CodeType) -> set[str]:
    own = {str(i.argval) for i in dis.get_instructions(code) if i.opname in _OWN_STORES}
    return own | {
        str(i.argval) for each in _codes(code) for i in dis.get_instructions(each) if i.opname in _GLOBAL_STORES
    }


def _outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, _FUNCTIONS):
        for child in ast.iter_child_nodes(node):
            yield from _outside_of_functions(child)


def _changed(node: ast.AST) -> Iterator[str]:
    """The names whose objects are changed: `W[0] = 1`, `net.lr = 1`, `table.append(1)`."""
    match node:
        case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
            yield from _base(node.value)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=value))):
            yield from _base(value)


def _base(node: ast.AST) -> Iterator[str]:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def seems_to_bind(text: str) -> list[str]:
    """The names that a text seems to define at the top level, by its looks alone."""
    return _BINDS.findall(text)
