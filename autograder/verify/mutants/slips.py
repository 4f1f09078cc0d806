"""Mistakes that no pattern describes: every function finds where one can be made, and says what stands there then."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.verify.mutants.listing import Change, Code, Function, changed, number
from autograder.verify.mutants.patterns import Finder

# What a keyword argument with this value becomes; "" drops it.
KEYWORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "axis": {"axis=0": ("axis=1", ""), "axis=1": ("axis=0", ""), "axis=-1": ("axis=0", "axis=1", "")},
    "keepdims": {"keepdims=True": ("",)},
    "dtype": {
        "dtype=float": ("dtype=int", "dtype=np.float32", ""),
        "dtype=int": ("",),
        "dtype=np.uint8": ("dtype=int",),
    },
}
# What a function or method becomes, of NumPy or of an array; max and min are also Python's.
OPPOSITES = {
    "extremum": "max min maximum minimum argmax argmin".split(),
    "mean-sum": "mean sum".split(),
}
ACTIVATIONS = set("sigmoid softmax tanh exp expm1 sqrt log".split())  # what is seen if it is there twice
ELEMENTWISE = ACTIVATIONS | {"relu", "abs"}  # what is seen if it is not there
# Calls that mean the same with their first two arguments the other way round, or nothing that anybody would write.
UNSWAPPED = set(
    """maximum minimum clip dot AND NAND OR NOR perceptron
    where get range arange linspace set_xlim set_ylim print""".split()
)
LEGACY = set("choice normal permutation random shuffle standard_normal uniform".split())  # np.random has them too


def keywords(name: str) -> Finder:
    def find(code: Code, node: ast.AST) -> Iterator[Change]:
        if not isinstance(node, ast.keyword) or node.arg != name:
            return
        start, end = code.span(node)
        call = code.parent[node]
        assert isinstance(call, ast.Call)
        without = Change(code.source.rindex(",", 0, start), end, "")
        if not call.args and call.keywords[0] is node:
            without = Change(start, code.span(call.keywords[1])[0] if len(call.keywords) > 1 else end, "")
        for text in KEYWORDS[name].get(code.text(node), ()):
            yield Change(start, end, text) if text else without

    return find


def opposites(names: str) -> Finder:
    def find(code: Code, node: ast.AST) -> Iterator[str]:
        pairs = OPPOSITES[names]
        call = code.parent.get(node)
        if not isinstance(call, ast.Call) or call.func is not node:
            return
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in pairs and (isinstance(node, ast.Attribute) or name in ("max", "min")):
            yield code.text(node).removesuffix(name) + pairs[pairs.index(name) ^ 1]

    return find


def activation(code: Code, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        function, inner = code.text(node.func), code.text(node.args[0])
        if function.rpartition(".")[2] in ELEMENTWISE:
            yield inner
        if function.rpartition(".")[2] in ACTIVATIONS:
            yield f"{function}({function}({inner}))"


def own_generator(code: Code, node: ast.AST) -> Iterator[str]:
    """The generator that was given is not the one that is asked."""
    method = code.parent[node]
    if isinstance(node, ast.Name) and node.id == "rng" and isinstance(method, ast.Attribute):
        if method.attr in LEGACY:
            yield "np.random"
        yield "np.random.default_rng(0)"


def shared(code: Code, node: ast.AST) -> Iterator[Change]:
    """`self.v = {}` becomes an attribute of the class: one dict for all objects."""
    init = code.parent[node]
    if not isinstance(init, ast.FunctionDef) or init.name != "__init__" or not isinstance(node, ast.Assign):
        return
    target, value = node.targets[0], code.text(node.value)
    if isinstance(target, ast.Attribute) and value in ("{}", "[]", "set()", "dict()", "list()"):
        start, (begin, end) = code.span(init)[0], code.span(node)
        indent = " " * init.col_offset
        yield Change(start, end, f"{target.attr} = {value}\n\n{indent}{code.source[start:begin]}pass")


def in_turn(code: Code, node: ast.AST) -> Iterator[Change]:
    """`a, b = b, a + b` as two assignments, of which the second sees what the first has changed."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
        names, values = node.targets[0].elts, node.value.elts
        used = {each.id for value in values[1:] for each in ast.walk(value) if isinstance(each, ast.Name)}
        if len(names) == len(values) and code.text(names[0]) in used:
            lines = [f"{code.text(name)} = {code.text(value)}" for name, value in zip(names, values, strict=True)]
            yield Change(*code.span(node), f"\n{' ' * node.col_offset}".join(lines))


def indentation(code: Code, node: ast.AST) -> Iterator[Change]:
    """A return that slips into the loop before it; the last statement of a loop that slips out of it."""
    if not isinstance(node, ast.stmt) or hasattr(node, "body"):
        return
    block, place = code.siblings(node)
    start, _ = code.span(node)
    if isinstance(node, ast.Return) and place and isinstance(block[place - 1], (ast.For, ast.While)):
        yield Change(start, start, "    ")
    if place and node is block[-1] and isinstance(code.parent[node], (ast.For, ast.While)):
        yield Change(start - 4, start, "")


def again_in_loop(code: Code, node: ast.AST) -> Iterator[Change]:
    """What is done once before a loop is done in every round."""
    block, place = code.siblings(node)
    loop = block[place + 1] if place + 1 < len(block) else None
    if not isinstance(node, (ast.Assign, ast.AugAssign)) or not isinstance(loop, ast.For) or code.plotting(node):
        return
    if changed(node) & changed(loop) or isinstance(node, ast.AugAssign) or "rng." in code.text(node):
        start, end = code.span(node)[0], code.span(loop.body[0])[0]
        header = code.source[code.span(loop)[0] : end]
        yield Change(start, end, f"{header}{code.text(node)}\n{' ' * loop.body[0].col_offset}")


def wrong_name(code: Code, node: ast.AST) -> Iterator[str]:
    """x1 for x2: copied, and not corrected."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id[-1] in "12":
        other = node.id[:-1] + "21"["12".index(node.id[-1])]
        if {node.id, other} <= code.parameters(node):
            yield other


def swapped_arguments(code: Code, node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Call) and len(node.args) > 1 and code.text(node.func).rpartition(".")[2] not in UNSWAPPED:
        (start, first), (second, end) = code.span(node.args[0]), code.span(node.args[1])
        between = code.source[first:second]
        yield Change(start, end, code.text(node.args[1]) + between + code.text(node.args[0]))


def dropped_statement(code: Code, node: ast.AST) -> Iterator[str]:
    """Not the first assignment to a name: without it a program ends at once, which no grader can miss."""
    functions = [place for place in code.around(node) if isinstance(place, Function)]
    if not functions or not isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Delete)):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assign):
        names = [each for each in ast.walk(functions[0]) if isinstance(each, ast.Name)]
        stored = {each.id for each in names if isinstance(each.ctx, ast.Store) and each.lineno < node.lineno}
        init = isinstance(node.targets[0], ast.Attribute) and getattr(functions[0], "name", "") == "__init__"
        if init or changed(node) - stored - code.parameters(node):
            return
    yield "pass"


def even(code: Code, node: ast.AST) -> bool:
    """Under an even power or an absolute value, where a sign makes no difference."""
    holder = code.parent[node]
    if isinstance(holder, ast.Call):
        return code.text(holder.func) in ("abs", "np.abs")
    power = isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Pow) and holder.left is node
    return power and isinstance(holder, ast.BinOp) and code.text(holder.right) == "2"


def return_none(code: Code, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Return) and node.value and code.text(node.value) != "None":
        yield "return None"


def negated(code: Code, node: ast.AST) -> Iterator[Change]:
    """Conditions of statements and comprehensions, but for comparisons: those have an operator of their own."""
    tests = [node.test] if isinstance(node, (ast.If, ast.While)) else []
    tests += [test for each in getattr(node, "generators", ()) for test in each.ifs]
    for test in tests:
        if not isinstance(test, ast.Compare):
            bare = isinstance(test, (ast.Name, ast.Call, ast.Attribute, ast.Subscript))
            yield code.replaced(test, f"not {code.text(test)}" if bare else f"not ({code.text(test)})")


def counter(code: Code, node: ast.AST) -> bool:
    """`self.t += 1` counts: a number has no place of its own."""
    return isinstance(node, ast.AugAssign) and number(node.value) is not None
