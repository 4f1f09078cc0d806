"""Mutants are small, plausible, wrong, all different, and named so that a declaration about one stays true."""

from __future__ import annotations

import ast
import textwrap
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from autograder.verify.mutants.mutate import OPERATORS, Mutant, mutants, second_order

REFERENCES = sorted(Path(__file__).parent.parent.glob("solutions/*/*.py"))


def function(body: str, head: str = "def f(x, y, n, rng):") -> str:
    """A reference with one function."""
    solution = f"### BEGIN SOLUTION\n{textwrap.dedent(body).strip()}\n### END SOLUTION\n"
    return f"import numpy as np\n\n\n{head}\n{textwrap.indent(solution, '    ')}"


def in_place_of_lines(made: list[Mutant], operator: str) -> list[str]:
    """What stands in the place of the changed lines, for every mutant of one operator."""
    added = [[line[1:].strip() for line in each.diff.splitlines() if line[0] == "+"] for each in made]
    return [" | ".join(lines) for each, lines in zip(made, added, strict=True) if each.operator == operator]


@cache
def of_reference(path: Path) -> list[Mutant]:
    return mutants(path.read_text(encoding="utf-8"))


EXAMPLES: list[tuple[str, str, list[str]]] = [
    ("axis", "return np.max(x, axis=-1)", ["np.max(x, axis=0)", "np.max(x, axis=1)", "np.max(x)"]),
    ("axis", "return x.sum(axis=0)", ["x.sum(axis=1)", "x.sum()"]),
    ("axis", "return x.sum(axis=1, keepdims=True)", ["x.sum(axis=0, keepdims=True)", "x.sum(keepdims=True)"]),
    ("keepdims", "return np.sum(x, axis=1, keepdims=True)", ["np.sum(x, axis=1)"]),
    ("extremum", "return np.maximum(0, x)", ["np.minimum(0, x)"]),
    ("extremum", "return x.argmax()", ["x.argmin()"]),
    ("extremum", "return max(x, y)", ["min(x, y)"]),
    ("mean-sum", "return np.mean(x) + y.sum()", ["np.sum(x) + y.sum()", "np.mean(x) + y.mean()"]),
    ("missing-shift", "return np.exp(x - np.max(x, axis=1))", ["np.exp(x)"]),
    ("missing-shift", "return np.exp(x - x.max())", ["np.exp(x)"]),
    ("activation", "return np.tanh(x + y)", ["x + y", "np.tanh(np.tanh(x + y))"]),
    ("activation", "return 2 * relu(x + y)", ["2 * (x + y)"]),
    ("matrix", "return x @ W", ["x * W", "W @ x", "x @ W.T"]),
    ("matrix", "return x @ y", ["x * y"]),
    ("matrix", "return x.T @ y", ["x.T * y", "y @ x.T", "x @ y"]),
    ("matrix", "return np.dot(x, p['W'])", ["x * p['W']", "np.dot(p['W'], x)", "np.dot(x, p['W'].T)"]),
    (
        "one-sided",
        "return (f(x + d) - f(x - d)) / (2 * d)",
        ["(f(x + d) - f(x)) / d", "(f(x) - f(x - d)) / (2 * d)", "(f(x + d) - f(x)) / (2 * d)"],
    ),
    ("step-size", "d = 1e-5", ["d = 0.1", "d = 1e-12"]),
    ("step-size", "return y + 1e-10", ["y + 0.1"]),
    ("step-size", "return np.clip(y, 1e-12, 1)", ["np.clip(y, 0.1, 1)", "np.clip(y, 0.0, 1)"]),
    ("epsilon", "return np.sqrt(x + 1e-8)", ["np.sqrt(x) + 1e-8", "np.sqrt(x)"]),
    ("epsilon", "return y / (np.sqrt(x) + 1e-8)", ["y / np.sqrt(x + 1e-8)", "y / np.sqrt(x)"]),
    ("epsilon", "return np.log(x + 1e-7)", ["np.log(x) + 1e-7", "np.log(x)"]),
    (
        "dtype",
        "return np.array(x, dtype=float)",
        ["np.array(x, dtype=int)", "np.array(x, dtype=np.float32)", "np.array(x)"],
    ),
    ("dtype", "return np.zeros_like(x)", ["np.zeros_like(x, dtype=int)"]),
    ("dtype", "return x.astype(float)", ["x.astype(int)", "x"]),
    ("missing-copy", "z = np.array(x, dtype=float)", ["z = np.asarray(x, dtype=float)"]),
    ("missing-copy", "z = np.array([n])", []),
    ("missing-copy", "return z.copy()", ["z"]),
    ("missing-copy", "x = x - y", ["x -= y"]),
    ("not-in-place", "x[n] -= y", ["x[n] = x[n] - y"]),
    ("not-in-place", "self.t += 1", []),
    ("state", "z = self.v.get(n, 0)", ["z = 0"]),
    ("state", "z = 0.9 * self.v.get(n, 0) - y", ["z = -y"]),
    (
        "last-batch",
        "for i in range(0, n, y):\n    yield x[i]",
        ["for i in range(0, n - y + 1, y):", "for i in range(0, n - y, y):"],
    ),
    ("last-batch", "return -(-n // y)", ["n // y", "n // y + 1"]),
    ("labels-left", "yield x[order], y[order]", ["yield x[order], y", "yield x, y[order]"]),
    ("labels-left", "yield x[0], y[1]", []),
    ("generator", "return np.random.default_rng(n)", ["np.random.default_rng()"]),
    (
        "generator",
        "return rng.permutation(n)",
        ["np.random.permutation(n)", "np.random.default_rng(0).permutation(n)"],
    ),
    ("in-turn", "x, y = y, x + y", ["x = y | y = x + y"]),
    ("in-turn", "x, y = 1, y", []),
    (
        "indentation",
        "for i in x:\n    n = n + i\n    y = y + n\nreturn y",
        ["y = y + n", "y"],
    ),
    ("again-in-loop", "a = []\nfor i in x:\n    a.append(i)", ["a = []"]),
    ("again-in-loop", "a = 1\nfor i in x:\n    print(a)", []),
    ("arithmetic", "return x + y", ["x - y"]),
    ("arithmetic", "return x - y * n", ["x + y * n", "x - y / n"]),
    ("arithmetic", "return 2 * x**2", ["2 / x**2", "2 * (x * 2)"]),
    ("arithmetic", "return n // 2 % 3", ["n // 2 // 3", "n / 2 % 3"]),
    ("swapped-operands", "return x - y", ["y - x"]),
    ("swapped-operands", "return x / (n + 1)", ["(n + 1) / x"]),
    ("swapped-operands", "return (x - y) ** 2", []),
    ("dropped-term", "return x + y", ["x", "y"]),
    ("dropped-term", "return x * (1 - y)", ["x * y"]),
    ("dropped-factor", "return 2 * x / n", ["2 * x", "x / n"]),
    ("comparison", "return x < n", ["x >= n", "x <= n"]),
    ("comparison", "return x == n", ["x != n"]),
    ("boolean", "return x and y", ["x or y", "x", "y"]),
    ("condition", "if x:\n    y = n", ["if not x:"]),
    ("condition", "if x > 1:\n    y = n", []),
    ("condition", "return [i for i in x if i and y]", ["[i for i in x if not (i and y)]"]),
    ("condition", "return x if n else y", ["y if n else x", "x", "y"]),
    ("condition", "return np.where(n, x, y)", ["np.where(n, y, x)"]),
    ("off-by-one", "for i in range(n):\n    print(i)", ["for i in range(n - 1):", "for i in range(n + 1):"]),
    ("off-by-one", "return x[1]", ["x[2]", "x[0]"]),
    ("off-by-one", "return x[n : n + y]", ["x[n + 1 : n + y]", "x[n : n + y - 1]", "x[n : n + y + 1]"]),
    ("constants", "return 3 * n", ["4 * n", "2 * n"]),
    ("constants", "return 0.5 * n", ["1.0 * n"]),
    ("constants", "return np.array([0.5, 1.5, 2.5])", ["np.array([1.0, 1.5, 2.5])"]),
    ("constants", "return x.reshape(-1, 784)", ["x.reshape(-1, 785)"]),
    ("small-change", "return 0.5 * n", ["0.5005 * n"]),
    ("small-change", "return np.array([0.5, 1.5, 2.5])", ["np.array([0.5, 1.5, 2.5025])"]),
    ("sign", "return np.exp(-x)", ["np.exp(x)"]),
    ("sign", "return np.abs(-x)", []),
    ("wrong-name", "return np.tanh(x)", []),
    ("swapped-arguments", "return f(x, y, n)", ["f(y, x, n)"]),
    ("swapped-arguments", "return np.maximum(x, y)", []),
    ("augmented", "x += y", ["x -= y", "x = y"]),
    ("dropped-statement", "z = x\nz[n] = y\nz = y\nprint(z)", ["pass", "pass", "pass"]),
    ("return-none", "return x", ["None"]),
]


@pytest.mark.parametrize(("operator", "body", "expected"), EXAMPLES, ids=[f"{row[0]}: {row[1]}" for row in EXAMPLES])
def test_an_operator_makes_these_mutants_and_no_others(operator: str, body: str, expected: list[str]) -> None:
    made = in_place_of_lines(mutants(function(body)), operator)
    assert [each.removeprefix("return ") for each in made] == expected


def test_every_operator_has_an_example_here() -> None:
    assert {operator for operator, _, expected in EXAMPLES if expected} | {"wrong-name"} == set(OPERATORS)


def test_a_copied_name_that_was_not_corrected_is_a_mistake_of_numbered_parameters() -> None:
    made = mutants(function("return NAND(x1, x2)", "def f(x1, x2):"))
    assert in_place_of_lines(made, "wrong-name") == ["return NAND(x2, x2)", "return NAND(x1, x1)"]


def test_a_dict_of_the_object_becomes_one_for_all_objects() -> None:
    source = textwrap.dedent(
        '''
        class 최적화:
            """설명"""

            def __init__(self, lr):
                """설명"""
                ### BEGIN SOLUTION
                self.lr = lr
                self.v = {}
                ### END SOLUTION
        '''
    )
    (shared,) = [each for each in mutants(source) if each.operator == "state"]
    names: dict[str, type] = {}
    exec(shared.source, names)
    first, second = names["최적화"](1), names["최적화"](2)
    assert (first.lr, second.lr) == (1, 2)
    assert first.v is second.v
    assert shared.line == 9


def test_the_weights_of_a_gate_change_only_their_signs() -> None:
    source = "### BEGIN SOLUTION\nAND_WEIGHTS = (0.5, 0.5, -0.7)\n### END SOLUTION\n"
    made = mutants(source)
    signs = ["(-0.5, 0.5, -0.7)", "(0.5, -0.5, -0.7)", "(0.5, 0.5, 0.7)"]
    assert in_place_of_lines(made, "sign") == [f"AND_WEIGHTS = {each}" for each in signs]
    assert [each.name for each in made] == ["AND_WEIGHTS:1:sign", "AND_WEIGHTS:1:sign:2", "AND_WEIGHTS:1:sign:3"]


def test_korean_before_the_place_on_its_line_does_not_move_it() -> None:
    (made,) = [
        each for each in mutants(function("가중합 = '합은 ' + str(n - 1)")) if each.operator == "swapped-operands"
    ]
    assert "\n+    가중합 = '합은 ' + str(1 - n)" in made.diff


def test_only_what_stands_in_a_region_is_changed() -> None:
    source = textwrap.dedent(
        """
        LIMIT = 3


        def given(x, y=2):
            return x - 1


        def f(x):
            z = x + 1
            ### BEGIN SOLUTION
            def g(a):
                return a - z

            return g(x)
            ### END SOLUTION
        """
    )
    made = mutants(source)
    assert {each.line for each in made} == {13, 15}
    assert {each.function for each in made} == {"f"}
    assert made[0].name == "f.g:2:return-none"


def test_texts_docstrings_annotations_and_the_looks_of_a_picture_are_left_alone() -> None:
    source = function(
        '''
        """1 - 2, in a docstring."""
        import math

        z: dict[1, 2] = {"a - b": "c"}
        print("n - 1", f"{n - 1}")
        plt.title(str(n - 1))
        ax.plot(x, label=str(n - 1), markersize=3)
        raise ValueError(str(n - 1))
        '''
    )
    assert {each.operator for each in mutants(source)} == {"dropped-statement"}


def test_the_first_assignment_to_a_name_and_the_attributes_of_an_object_stay() -> None:
    source = function("self.lr = x", "def __init__(self, x):") + function("z = x\nprint(z)")
    assert [each.line for each in mutants(source) if each.operator == "dropped-statement"] == [14]


def test_code_without_a_region_has_no_mutants() -> None:
    assert mutants("def f(x):\n    return x - 1\n") == []


def test_a_diff_is_the_changed_lines_with_their_numbers() -> None:
    made = mutants(function("z = x\nreturn z - 1"))
    assert made[-1].diff == "@@ -7 +7 @@\n-    return z - 1\n+    return z - 2"


TWO = """
def first(x):
    ### BEGIN SOLUTION
    return {}
    ### END SOLUTION


class Second:
    def update(self, x):
        ### BEGIN SOLUTION
        y = x - 1
        return x - 1 + (x - y)
        ### END SOLUTION
"""


def test_names_say_the_definition_the_line_in_it_and_which_of_several() -> None:
    names = [each.name for each in mutants(TWO.format("x")) if each.function == "Second"]
    assert "Second.update:3:swapped-operands" in names
    assert "Second.update:4:swapped-operands" in names
    assert "Second.update:4:swapped-operands:2" in names


def test_names_do_not_change_when_another_function_does() -> None:
    def second(text: str) -> dict[str, str]:
        return {each.name: each.diff.split("@@")[-1] for each in mutants(TWO.format(text)) if each.function == "Second"}

    assert second("x") == second("(\n        x\n        - 1 - 2 - x\n    )")


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_mutants_of_a_reference_are_different_programs_with_different_names(path: Path) -> None:
    made = of_reference(path)
    source = path.read_text(encoding="utf-8")
    for each in made:
        compile(each.source, each.name, "exec")
    dumps = Counter(ast.dump(ast.parse(each.source)) for each in made)
    dumps[ast.dump(ast.parse(source))] += 1
    assert dumps.most_common(1)[0][1] == 1
    assert len({each.name for each in made}) == len(made)
    assert [each.line for each in made] == sorted(each.line for each in made)
    assert {each.original for each in made} == {source}


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_every_reference_has_enough_mutants_and_not_too_many(path: Path) -> None:
    assert 30 <= len(of_reference(path)) <= 260


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_a_mutant_changes_a_few_lines(path: Path) -> None:
    long = {"dropped-statement", "return-none", "state", "again-in-loop"}  # whole statements, which may be long
    for each in of_reference(path):
        changed = [line for line in each.diff.splitlines() if line[0] in "+-"]
        assert 1 <= len(changed) <= 2 or each.operator in {*long, "in-turn"}, each.diff


def test_a_second_order_mutant_has_the_changes_of_both() -> None:
    source = function("z = 3 * x\nreturn z + y")
    single = {each.name: each for each in mutants(source)}
    pairs = second_order(source, 100)
    assert len(pairs) == 4 * 4
    for pair in pairs:
        for name in pair.name.split(" + "):
            added = {line for line in single[name].diff.splitlines() if line.startswith("+")}
            assert added <= set(pair.diff.splitlines())
        assert ast.dump(ast.parse(pair.source)) not in {ast.dump(ast.parse(each.source)) for each in single.values()}


def test_two_changes_of_one_line_are_both_in_it() -> None:
    source = function("return (x - 1) * (n + y)")
    pairs = {each.name: each.diff.split("+    ")[-1] for each in second_order(source, 1000)}
    assert pairs["f:3:swapped-operands + f:3:arithmetic:3"] == "return (1 - x) * (n - y)"


def test_second_order_is_the_same_for_the_same_seed() -> None:
    source = REFERENCES[4].read_text(encoding="utf-8")
    assert second_order(source, 10, seed=3) == second_order(source, 10, seed=3)
    assert second_order(source, 10, seed=3) != second_order(source, 10, seed=4)
    assert len({each.name for each in second_order(source, 100)}) == 100
