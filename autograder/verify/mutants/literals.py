"""Numbers that are a little wrong: indices, bounds, steps, weights, and constants that a formula has."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.verify.mutants.listing import SMALL, Change, Code, number, signed, small

THRESHOLD = "perceptron"  # of its weights only the signs are sure to be seen: twice as large is the same gate


def constants(code: Code, node: ast.AST) -> Iterator[str]:
    """One more, one less, twice as much. Of an array that is written down, the first number and the last."""
    value = number(node)
    if value is None or _weight(code, node) or _address(code, node):
        return
    holder, item = code.holder(node)
    first, last = _ends(code, node)
    if isinstance(value, float):
        if value == 0 or (first and value > SMALL):
            yield repr(2 * value or 1.0)
    elif (first or last) and (item is node or value > 1):  # -1 means the last, or what is left over
        yield repr(value + 1)
        neutral = 0 if isinstance(holder, ast.BinOp) and isinstance(holder.op, (ast.Add, ast.Sub)) else 1
        dropped = isinstance(holder, ast.BinOp) and value - 1 == neutral  # there is an operator for that
        if first and last and 0 < value <= 10 and not dropped and not code.plotting(node):
            yield repr(value - 1)


def small_change(code: Code, node: ast.AST) -> Iterator[str]:
    value = number(node)
    if isinstance(value, float) and value > SMALL and _ends(code, node)[1] and not _weight(code, node):
        yield repr(float(f"{value * 1.001:.6g}"))


def step_size(code: Code, node: ast.AST) -> Iterator[str]:
    value = number(node)
    if value is not None and small(node):
        holder, _ = code.holder(node)
        yield "0.1"
        if not (isinstance(holder, ast.BinOp) and isinstance(holder.op, (ast.Add, ast.Sub))):  # that is an ε
            yield "1e-12" if value >= 1e-8 else "0.0"


def sign(code: Code, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield code.text(node.operand)
    elif number(node) and _weight(code, node) and code.holder(node)[1] is node:
        yield f"-{code.text(node)}"


def off_by_one(code: Code, node: ast.AST) -> Iterator[str | Change]:
    """Bounds of ranges and slices, and indices."""
    begin: ast.expr | None = None
    stop: ast.expr | None = None
    if isinstance(node, ast.Call) and code.text(node.func) == "range":
        begin, stop = (node.args[0], node.args[1]) if len(node.args) > 1 else (None, node.args[0])
    elif isinstance(node, ast.Slice):
        begin, stop = node.lower, node.upper
    elif _index(code, node):
        yield from _shifted(node)
    for bound, more in ((begin, (" + 1",)), (stop, (" - 1", " + 1"))):
        if bound and number(bound) is not None:
            yield from (code.replaced(bound, text) for text in _shifted(bound))
        elif bound and not (isinstance(bound, ast.BinOp) and (signed(bound.right) or signed(bound.left))):
            yield from (code.replaced(bound, code.text(bound) + text) for text in more)


def _shifted(node: ast.AST) -> list[str]:
    value = number(node)
    return [] if value is None else [repr(value + 1), *([repr(value - 1)] if value > 0 else [])]


def _index(code: Code, node: ast.AST) -> bool:
    """`node` is, but for a sign, an index: x[1], or one of several: x[:, 1]."""
    holder, item = code.holder(node)
    indices = code.parent[holder] if isinstance(holder, ast.Tuple) else holder
    return isinstance(indices, ast.Subscript) and indices.slice in (item, holder)


def _ends(code: Code, node: ast.AST) -> tuple[bool, bool]:
    """Whether a number is the first, and the last, of the numbers of a list or tuple; outside of one it is both."""
    holder, item = code.holder(node)
    if not isinstance(holder, (ast.List, ast.Tuple)) or not all(signed(each) for each in holder.elts):
        return True, True
    return item is holder.elts[0], item is holder.elts[-1] and len(holder.elts) > 1


def _weight(code: Code, node: ast.AST) -> bool:
    """A weight of a gate: a constant of the module, or handed to a perceptron."""
    calls = [place.func for place in code.around(node) if isinstance(place, ast.Call)]
    return isinstance(code.top(node), ast.Assign) or any(code.text(func) == THRESHOLD for func in calls)


def _address(code: Code, node: ast.AST) -> bool:
    """A number that has an operator of its own: an index, a bound, an axis, or what a whole number is compared with."""
    holder, _ = code.holder(node)
    bound = isinstance(holder, ast.Call) and code.text(holder.func) == "range"
    case = isinstance(holder, ast.Compare) and isinstance(holder.ops[0], (ast.Eq, ast.NotEq))
    axis = isinstance(holder, ast.keyword) and holder.arg == "axis"
    return _index(code, node) or bound or case or axis or isinstance(holder, ast.Slice)
