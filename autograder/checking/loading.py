"""The student's code as a module, in the child process: a file as a whole, or what the tasks need of a kernel's cells.

A kernel's cells are all that was run in it, so a name may be defined again and again: what was replaced before anything
needed it is left out, and so is what a statement that failed would have defined, if that was done again later.
"""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import importlib.util
import os
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Sequence

from autograder import cells
from autograder.cells import Statement, Unread
from autograder.checking.evidence import Observer, Record

Send = Callable[..., None]


def load(order: Record, observer: Observer, send: Send) -> bool:
    """Make the module; what it defined before something stopped it can still be asked. False: it is not Python."""
    send("loading")
    return _cells(order, observer, send) if order["cells"] else _file(order, observer, send)


def _file(order: Record, observer: Observer, send: Send) -> bool:
    try:
        code = compile(order["source"], order["file"], "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        send("loaded", names=[], problem=observer.loading(error, compiled=False))
        return False
    module = _module(order, os.path.dirname(order["file"]))
    problem = None
    try:
        exec(code, vars(module))
    except BaseException as error:
        problem = observer.loading(error, compiled=True)
    send("loaded", names=_names(module), problem=problem)
    return True


def _module(order: Record, folder: str) -> types.ModuleType:
    """The empty module. `folder`: where it finds what the student wrote beside it."""
    spec = importlib.machinery.ModuleSpec(order["module"], None, origin=order["file"])
    spec.has_location = True
    module = importlib.util.module_from_spec(spec)
    sys.modules[order["module"]] = module
    sys.path.insert(0, folder)
    return module


def _names(module: types.ModuleType) -> list[str]:
    return sorted(name for name in vars(module) if not name.startswith("__"))


# ---- cells ----


def _cells(order: Record, observer: Observer, send: Send) -> bool:
    """As a grader does it: statement by statement, and each fails by itself."""
    from autograder.sandbox.loading import Harmless

    reading = cells.read(order["source"], order["cells"], order["file"])
    wanted = {order["only"]} if order["only"] else {*order["tasks"]}
    wanted |= _asked(order)
    needed = [statement for statement in reading.needed(wanted) if statement.line not in order["without"]]
    used = wanted.union(*(statement.uses for statement in needed))
    lost = []
    for unread in reading.unread:
        if names := sorted(used.intersection(_lasting(unread.names, unread.line, needed))):
            found = observer.loading(_placed(unread, order["file"]), compiled=False)
            lost.append({"found": _of_cell(found), "names": names})
    module = sys.modules["__main__"] = _module(order, os.getcwd())
    # as IPython has them; the module IPython itself stays, for Matplotlib asks it
    builtins.display, builtins.get_ipython = Harmless.display, Harmless()  # type: ignore[attr-defined]
    waiting = current(needed)
    tried = set()
    while waiting:
        statement = waiting.pop(0)
        tried.add(statement.line)
        names = _lasting(statement.binds, statement.line, needed)
        send("statement", line=statement.line, names=names)
        try:
            exec(statement.code, vars(module))
        except BaseException as error:
            if names:
                lost.append({"found": _of_cell(observer.loading(error, compiled=True)), "names": names})
            waiting = [*_before(statement, needed, tried), *waiting]
    written = {name for statement in reading.statements for name in cells.given(statement.node)}  # needed or not
    send("loaded", names=sorted({*_names(module), *written}), lost=lost)
    return True


def _asked(order: Record) -> set[str]:
    """The names of the student's module that the examples use, those of other tasks than `only` left out."""
    from autograder.render.account import task_of

    only, tasks = order["only"], order["tasks"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = ast.parse(order["text"]).body
    asked = set()
    for node in body:
        test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if only is None or not test or task_of(node.name, tasks) == only:
            attributes = (inner for inner in ast.walk(node) if isinstance(inner, ast.Attribute))
            asked |= {a.attr for a in attributes if isinstance(a.value, ast.Name) and a.value.id == order["module"]}
    return asked


def _before(failed: Statement, statements: Sequence[Statement], tried: set[int]) -> list[Statement]:
    """What defines the names of a statement that failed, as it would have without it."""
    earlier = [one for one in statements if one.line < failed.line and not one.binds.isdisjoint(failed.binds)]
    return [one for one in current(earlier) if one.line not in tried]


def current(statements: Sequence[Statement]) -> list[Statement]:
    """Without what is defined again later, where nothing in between needs what it was."""
    needs: dict[str, set[str]] = {}
    for statement in statements:
        for name in statement.binds:
            needs.setdefault(name, set()).update(statement.uses)
    kept: list[tuple[Statement, set[str]]] = []  # from the last one back, each with all that it needs when it is run
    for statement in reversed(statements):
        if not _replaced(statement, kept[::-1]):
            kept.append((statement, _closure(_used_now(statement), needs)))
    return [statement for statement, _ in reversed(kept)]


def _replaced(statement: Statement, later: Sequence[tuple[Statement, set[str]]]) -> bool:
    """Whether all that the statement defines is defined again, before one of the later ones needs it."""
    waiting = set(statement.binds)
    for other, needed in later:
        if not waiting or other.dynamic or not statement.binds.isdisjoint(needed):
            break
        waiting.difference_update(cells.named(other.node))
    return bool(statement.binds) and not waiting


def _used_now(statement: Statement) -> Iterable[str]:
    """What is read while the statement is run; of a function's definition its body is not."""
    node = statement.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return statement.uses
    outside = [*node.decorator_list, node.args, *([node.returns] if node.returns else [])]
    return {inner.id for part in outside for inner in ast.walk(part) if isinstance(inner, ast.Name)}


def _closure(names: Iterable[str], needs: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, ())
    return seen


def _lasting(names: Iterable[str], line: int, statements: Sequence[Statement]) -> list[str]:
    """Those of `names` that no statement after `line` gives a new value."""
    later = {name for statement in statements if statement.line > line for name in cells.named(statement.node)}
    return sorted({*names} - later)


def _placed(unread: Unread, file: str) -> SyntaxError:
    error = unread.error
    if not isinstance(error, SyntaxError):
        error = SyntaxError(str(error) or type(error).__name__)
    error.filename, error.lineno = file, error.lineno or unread.line
    return error


def _of_cell(found: Record) -> Record:
    """What is said of a file that stopped, said of a cell."""
    key = "cell.crashed" if found["key"] == "load.exit" else found["key"].replace("load.", "cell.")
    return {**found, "key": key}
