"""Imports point down only: every module of the engine has a room in the house, and knows nobody above it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "autograder"

# The layers of DESIGN §3, top to bottom. Inside a row a module imports only modules to its right.
# `autograder` itself hands on the vocabulary of graders by name, lazily; it stands at the head of that layer.
HOUSE = """
1  __main__ cli
2  demo ci release verify build hint new checking nbgrader batch output markbook
3  grade tally golden lint notebook stub contents render
4  plugin attempt
5  autograder guesses circuit checks pictures student program values describe errors figure truth written marks
6  sandbox
7  answers lonegit ingest course manifest messages result lines arrays frames wire cells particles text safepath
"""
RENDER = """
answers cell account places html markdown terminal class_table tables mistakes picture circuit plot images scale
shapes wiring spacing layers outline labels render
"""
CI = """
ci command examples report publish feedback annotations changes grading collect fetch objects records pulls event pull
api
"""
CHECKING = "command work kernel examples loading evidence lazy_plots child history checking"
NOTEBOOK = "notebook assemble examples handout reference words document"
NBGRADER = """
nbgrader configure keeper folder preprocessors exporter grading record roster entries parts comments rebuild inert
kernels scheme database strays
"""
RELEASE = "release command place repository update record listing"
INGEST = "ingest commit collect archive tar wanted notebook submission"
BESIDE_STUDENTS = "zygote worker loading objects figures placeholder lockdown probes seccomp landlock kernel".split()
WIRE = {"autograder.wire", "autograder.arrays", "autograder.frames", "autograder.cells"}
VERIFY = """
verify command report inquiry labelled mutation seeds credits explained tolerances proof cache runner reach tried
leaks search history hidden readable
impostors generate sightings outline recording pretence
mutants mutate operators slips literals patterns listing
visible
"""
SANDBOX = f"__main__ zygotes selftest launcher client cgroup {' '.join(BESIDE_STUDENTS)} sandbox"

ROOM = {name: (int(row[0]), place) for row in HOUSE.split("\n") if row for place, name in enumerate(row[1:].split())}
INNER = {
    folder: {name: place for place, name in enumerate(names.split())}
    for folder, names in (
        ("render", RENDER),
        ("sandbox", SANDBOX),
        ("checking", CHECKING),
        ("ci", CI),
        ("ingest", INGEST),
        ("verify", VERIFY),
        ("release", RELEASE),
        ("notebook", NOTEBOOK),
        ("nbgrader", NBGRADER),
    )
}
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "graders" not in path.parts
}


def imports(module: str, at_load: bool = False) -> set[str]:
    """The modules of ours that `module` imports; `at_load`: only those that its own import brings along."""
    found = set()
    for node in _at_load(_tree(module)) if at_load else ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.partition(".")[0] == "autograder"}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; write the whole name"
            if (node.module or "").partition(".")[0] == "autograder":
                full = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= {name if name in MODULES else str(node.module) for name in full}
    return found


def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _at_load(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those of function bodies and of `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(tree):
        typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and not typing_only:
            yield child
            yield from _at_load(child)


def room(module: str) -> tuple[int, ...]:
    """Layer and place; in a package, also the place there."""
    parts = module.split(".")
    top = parts[1] if len(parts) > 1 else "autograder"
    return (*ROOM[top], *((INNER[top][parts[-1]],) if top in INNER else ()))


def closure(modules: set[str]) -> set[str]:
    """`modules` with everything of ours that importing them loads."""
    seen: set[str] = set()
    waiting = set(modules)
    while waiting:
        module = waiting.pop()
        seen.add(module)
        waiting |= imports(module, at_load=True) - seen
    return seen


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_room_in_the_house(module: str) -> None:
    parts = module.split(".")
    assert parts[-1] in ROOM or parts[-1] in INNER.get(parts[1], {}), f"{module}: give it a place in HOUSE"


@pytest.mark.parametrize("module", [module for module in MODULES if module != "autograder"])
def test_imports_point_down(module: str) -> None:
    assert [other for other in sorted(imports(module)) if room(other) <= room(module)] == []


def test_the_vocabulary_comes_from_its_own_layer_and_only_when_it_is_asked_for() -> None:
    students = "autograder.checking.kernel"  # `from autograder import check` in a notebook: no grader's word
    assert students in imports("autograder")
    assert {room(other)[0] for other in imports("autograder") - {students}} == {5}
    assert imports("autograder", at_load=True) == set()


def test_no_module_is_loaded_by_what_it_loads() -> None:
    TopologicalSorter({module: imports(module, at_load=True) for module in MODULES}).prepare()


def test_the_engine_uses_its_own_modules_and_not_the_vocabulary() -> None:
    assert [m for m in MODULES if "autograder" in imports(m) and m != "autograder"] == []


@pytest.mark.parametrize("name", ["worker", "loading", "objects", "figures"])
def test_what_serves_student_code_knows_only_the_wire(name: str) -> None:
    allowed = {f"autograder.sandbox.{other}" for other in ("worker", "loading", "objects", "figures")}
    assert imports(f"autograder.sandbox.{name}") <= {*WIRE, *allowed}


def test_no_module_of_the_graders_side_is_loaded_beside_student_code() -> None:
    loaded = closure({f"autograder.sandbox.{name}" for name in BESIDE_STUDENTS})
    assert loaded == {*WIRE, *(f"autograder.sandbox.{name}" for name in BESIDE_STUDENTS)}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("graders/*/*.py")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_graders_import_the_vocabulary_numpy_and_the_standard_library(path: Path) -> None:
    siblings = {sibling.stem for sibling in path.parent.glob("*.py")}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            root = name.partition(".")[0]
            assert name == "autograder" or root in {"numpy", *siblings} or root in sys.stdlib_module_names, name
