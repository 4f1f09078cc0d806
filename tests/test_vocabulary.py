"""What a grader is written with, on the grader's side alone: comparisons, bits, tables, circuits, parts, messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograder
from autograder import AND_TABLE, NAND_TABLE, NOT_TABLE, OR_TABLE, XOR_TABLE, TruthTable, checks
from autograder.circuit import MAX_GATES, Circuit, Trace
from autograder.describe import type_text, value_text
from autograder.marks import Call, Context, Finding, GraderError, PartFixture, credit, entered, remark, title
from autograder.messages import Catalogue, CatalogueError, catalogue, load
from autograder.student import Function, Raise
from autograder.text import Text, clean, number

ORIGINAL = np.array([0.1, 0.2, 0.3])


@pytest.fixture(autouse=True)
def context() -> Iterator[Context]:
    own = Catalogue(catalogue().templates | {key: Text(en="an idea", ko="생각") for key in ("idea", "idea.other")})
    with entered(Context("f", own, shown=False)) as running:
        yield running


def key(run: Callable[[], Any]) -> str:
    with pytest.raises(Finding) as found:
        run()
    return found.value.key


# ---- assert_close ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1.0),
        (1.0, 1),
        (np.float32(0.1), 0.1),
        (np.int8(1), 1),
        (np.array(1.0), 1.0),
        (1.0 + 1e-7, 1.0),
        (1e-9, 0.0),
        (np.arange(3), np.arange(3.0)),
        (ORIGINAL.astype(np.float32), ORIGINAL),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.inf, np.inf),
        (np.array([np.nan, -np.inf]), np.array([np.nan, -np.inf])),
        (2**62, float(2**62)),
        (10**40, 1e40),
        (True, True),
        (np.array([True]), np.array([True])),
    ],
)
def test_equal_values_are_equal_whatever_numeric_type_they_have(got: Any, expected: Any) -> None:
    checks.assert_close(got, expected)


@pytest.mark.parametrize(
    ("got", "expected", "finding"),
    [
        (None, ORIGINAL, "none"),
        ("0.1", 0.1, "type"),
        (1j, 1.0, "type"),
        (b"1", 1.0, "type"),
        ({"a": 1}, 1.0, "type"),
        (np.array([1j]), np.array([1.0]), "type"),
        ([0.1, 0.2, 0.3], ORIGINAL, "type.list"),
        ((0.1,), 0.1, "type.list"),
        (True, 1.0, "dtype.bool"),
        (np.array([True]), np.array([1.0]), "dtype.bool"),
        (1.0, True, "dtype"),
        (np.zeros(0), np.array([1.0]), "shape"),
        (np.zeros(0), 1.0, "shape"),
        (np.array([1.0]), 1.0, "shape"),
        (1.0, np.array([1.0]), "shape"),
        (ORIGINAL[:, None], ORIGINAL, "shape"),
        (np.full(4, np.nan), ORIGINAL, "shape"),
        (np.nan, 1.0, "nonfinite"),
        (np.inf, 1.0, "nonfinite"),
        (-np.inf, np.inf, "value"),
        (1.0, np.inf, "value"),
        (0.0, np.nan, "value"),
        (10**400, 1.0, "nonfinite"),
        (1.00001, 1.0, "value"),
        (1e-7, 0.0, "value"),
        (255, -1, "value"),
    ],
)
def test_type_comes_before_kind_before_shape_before_finiteness_before_values(
    got: Any, expected: Any, finding: str
) -> None:
    assert key(lambda: checks.assert_close(got, expected)) == finding


def test_a_shape_alone_is_not_enough_and_an_empty_array_is_not_close_to_anything() -> None:
    assert np.allclose([], [1.0]), "the trap"
    assert key(lambda: checks.assert_close(np.array([]), np.array([1.0]))) == "shape"


def test_lists_will_do_where_the_author_says_so() -> None:
    checks.assert_close([0.1, 0.2, 0.3], ORIGINAL, sequence=True)
    assert key(lambda: checks.assert_close([[1], [1, 2]], ORIGINAL, sequence=True)) == "type.list"


@pytest.mark.parametrize(
    ("got", "misconception"),
    [
        (-ORIGINAL, -ORIGINAL),
        ([-0.1, -0.2, -0.3], -ORIGINAL),
        (ORIGINAL[:2], ORIGINAL[:2]),
        (None, None),
        (7.0, lambda got: got == 7.0),
        (True, True),
    ],
)
def test_a_misconception_is_named_by_value_by_none_or_by_predicate(got: Any, misconception: Any) -> None:
    mistaken = {"idea.other": 999.0, "idea": misconception}
    assert key(lambda: checks.assert_close(got, ORIGINAL, mistaken=mistaken)) == "idea"


def test_the_first_misconception_that_fits_is_named_and_none_of_them_costs_a_right_value() -> None:
    both = {"idea": -ORIGINAL, "idea.other": lambda got: True}
    assert key(lambda: checks.assert_close(-ORIGINAL, ORIGINAL, mistaken=both)) == "idea"
    checks.assert_close(ORIGINAL, ORIGINAL, mistaken=both)


def test_no_number_of_a_hidden_case_is_in_the_finding(context: Context) -> None:
    context.last = Call("f", (np.ones(5),), {})
    for got in (160706.0, np.array([160706, 2]), np.ones((160706, 5)), "160706"):
        with pytest.raises(Finding) as found:
            checks.assert_close(got, 321412.0)
        assert "160706" not in str(found.value.params)
        assert "321412" not in str(found.value.params)


def test_a_shown_case_tells_call_result_and_expectation(context: Context) -> None:
    context.shown, context.last = True, Call("f", (3, np.zeros(20)), {"k": "a"})
    with pytest.raises(Finding) as found:
        checks.assert_close(7.123456, 6)
    assert context.message(found.value).en.startswith("f(3, array of shape (20,), k='a') gave 7.123; expected 6. ")


# ---- bits and tables -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [1, True, 1.0, np.int64(1), np.float32(1), np.bool_(True), np.array(1), np.array(True)])
def test_a_bit_may_come_as_any_scalar(one: Any) -> None:
    checks.assert_bit(one, 1)
    assert checks.bit(one) == 1


@pytest.mark.parametrize(
    "other", [None, 2, -1, 0.5, np.nan, "1", [1], np.array([1]), np.zeros(0), 1j, 10**400, object()]
)
def test_nothing_else_is_a_bit(other: Any) -> None:
    assert checks.bit(other) is None
    for expected in (0, 1):
        assert key(lambda expected=expected: checks.assert_bit(other, expected)) != "value"


def test_the_wrong_bit_is_a_wrong_value_and_can_be_a_known_mistake() -> None:
    assert key(lambda: checks.assert_bit(0, 1)) == "value"
    assert key(lambda: checks.assert_bit(0, 1, mistaken={"idea": 0})) == "idea"
    assert key(lambda: checks.assert_bit(None, 1)) == "none"


def test_an_array_of_bits_is_integer_float_with_a_remark_and_never_bool(context: Context) -> None:
    bits = np.array([0, 1])
    checks.assert_bits(bits, bits)
    assert context.remarks == []
    checks.assert_bits(bits.astype(float), bits)
    assert [remark.key for remark in context.remarks] == ["bits.float"]
    assert key(lambda: checks.assert_bits(bits.astype(bool), bits)) == "bits.bool"
    assert key(lambda: checks.assert_bits(bits.astype(bool), bits, mistaken={"idea": lambda got: True})) == "idea"
    assert key(lambda: checks.assert_bits(np.array([0, 2]), bits)) == "value"
    assert key(lambda: checks.assert_bits(np.array([0.0, 1 + 1e-9]), bits)) == "value"


def test_a_truth_table_has_all_rows_in_counting_order() -> None:
    assert XOR_TABLE.inputs == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [XOR_TABLE[row] for row in XOR_TABLE] == [0, 1, 1, 0]
    assert len(TruthTable.of(lambda a, b, c: a, inputs=3).inputs) == 8
    assert AND_TABLE.differences(OR_TABLE) == [(0, 1), (1, 0)]
    for incomplete in ({}, {(0, 0): 0}, {(0,): 0, (2,): 1}):
        with pytest.raises(ValueError, match="every row"):
            TruthTable(incomplete)


class Fake:
    """A student in this process: `functions` see gates by name, as a module's functions see its globals."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], **gates: Callable[..., Any]) -> None:
        self.functions, self.gates = functions, gates

    def replacing(self, **gates: Callable[..., Any]) -> Fake:
        return Fake(self.functions, **{**self.gates, **gates})

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        autograder.marks.current().last = Call(function.label, args, kwargs)
        try:
            return self.functions[function.name](*args, **self.gates)
        except Raise:
            raise Finding("error") from None


def function(run: Callable[..., Any], name: str = "f") -> Any:
    return Function(Fake({name: run}), name)  # type: ignore[arg-type]


def test_a_gate_is_compared_by_its_whole_table() -> None:
    checks.assert_truth_table(function(lambda a, b: a & b), AND_TABLE)
    wrong = function(lambda a, b: a | b)
    assert key(lambda: checks.assert_truth_table(wrong, AND_TABLE, mistaken={"idea": OR_TABLE})) == "idea"
    assert key(lambda: checks.assert_truth_table(wrong, AND_TABLE, mistaken={"idea": XOR_TABLE})) == "table"


@pytest.mark.parametrize(("value", "finding"), [(None, "none"), ("1", "bits.not-a-bit"), (2, "bits.other-number")])
def test_a_gate_that_gives_no_bit_is_told_so(value: Any, finding: str) -> None:
    assert key(lambda: checks.assert_truth_table(function(lambda a, b: value), AND_TABLE)) == finding


def test_the_first_wrong_row_is_told(context: Context) -> None:
    with pytest.raises(Finding) as found:
        checks.assert_truth_table(function(lambda a, b: 1), AND_TABLE)
    assert context.message(found.value).en == ("f(0, 0) gave 1; expected 0. 3 of 4 rows of the truth table are wrong.")


# ---- circuits --------------------------------------------------------------------------------------------------------


def trace(run: Callable[..., Any], inputs: int = 2, **gates: TruthTable) -> Circuit:
    return Trace(("f", "AND"))(function(run), inputs=inputs, gates=gates or {"NAND": NAND_TABLE})


def xor(x1: Any, x2: Any, NAND: Any) -> Any:
    n = NAND(x1, x2)
    return NAND(NAND(x1, n), NAND(x2, n))


def test_a_circuit_is_a_netlist_with_a_size_and_a_table(context: Context) -> None:
    circuit = trace(xor)
    assert circuit.gates == (
        ("NAND", ("x1", "x2")),
        ("NAND", ("x1", "g1")),
        ("NAND", ("x2", "g1")),
        ("NAND", ("g2", "g3")),
    )
    assert (circuit.size, circuit.source, circuit.truth_table()) == (4, "g4", XOR_TABLE)
    assert [circuit.output(row) for row in XOR_TABLE] == [0, 1, 1, 0]
    checks.assert_truth_table(circuit, XOR_TABLE)
    assert key(lambda: checks.assert_truth_table(circuit, AND_TABLE)) == "table"
    assert [picture.output for picture in context.pictures] == ["g4"]


def test_rails_wires_and_gates_of_every_arity_are_part_of_a_circuit() -> None:
    assert trace(lambda a, b, NAND: NAND(a, 1)).gates == (("NAND", ("x1", "1")),)
    assert trace(lambda a, b, NAND: NAND(np.array(False), x2=b)).gates == (("NAND", ("0", "x2")),)
    assert trace(lambda a, b, NAND: b).truth_table() == TruthTable.of(lambda a, b: b)
    assert trace(lambda a, b, NAND: 1).source == "1"
    assert trace(lambda a, b, c, NOT: NOT(c), inputs=3, NOT=NOT_TABLE).truth_table()[(1, 1, 0)] == 1


@pytest.mark.parametrize(
    ("run", "finding"),
    [
        (lambda a, b, NAND: NAND(a), "circuit.inputs"),
        (lambda a, b, NAND: NAND(a, b, a), "circuit.inputs"),
        (lambda a, b, NAND: NAND(a, 2), "circuit.gate-input"),
        (lambda a, b, NAND: NAND(a, "x2"), "circuit.gate-input"),
        (lambda a, b, NAND: NAND(a, autograder.circuit.Opaque(99)), "circuit.gate-input"),
        (lambda a, b, NAND: NAND(a, autograder.circuit.Opaque(-1)), "circuit.gate-input"),
        (lambda a, b, NAND: list(map(NAND, [a] * (MAX_GATES + 1), [b] * (MAX_GATES + 1))), "circuit.too-large"),
        (lambda a, b, NAND: (NAND(a, b), NAND(a, b)), "circuit.not-a-signal"),
        (lambda a, b, NAND: autograder.circuit.Opaque(99), "circuit.not-a-signal"),
        (lambda a, b, NAND: None, "none"),
    ],
)
def test_what_is_no_circuit_is_named(run: Callable[..., Any], finding: str) -> None:
    assert key(lambda: trace(run)) == finding


def test_a_misuse_that_the_student_hides_is_found_all_the_same() -> None:
    def hiding(a: Any, b: Any, NAND: Any) -> Any:
        try:
            NAND(a)
        except Raise:
            return "0"

    assert key(lambda: trace(hiding)) == "circuit.inputs"


# ---- parts, titles, remarks ------------------------------------------------------------------------------------------


def test_a_part_costs_its_own_points_and_the_rest_goes_on(context: Context) -> None:
    part = PartFixture()
    with part("a", "가", points=1):
        checks.assert_close(1, 2)
    with part("b", "나", points=2):
        checks.assert_close(2, 2)
    assert [(p.title.ko, p.score, p.max_score, p.verdict, p.key) for p in context.parts] == [
        ("가", 0, 1, "fail", "value"),
        ("나", 2, 2, "pass", None),
    ]


def test_a_part_is_shown_only_if_it_says_so_and_only_until_its_end(context: Context) -> None:
    part = PartFixture()
    with part("a", "가", points=1, shown=True):
        assert context.shown
        raise Finding("idea")
    assert not context.shown
    with pytest.raises(ZeroDivisionError), part("b", "나", points=1, shown=True):
        _ = 1 / 0
    assert not context.shown
    assert len(context.parts) == 1, "a grader's own failure is no finding"


def test_a_title_needs_both_languages() -> None:
    assert title("English\n    on two lines\n\n    한국어\n\n    more") == Text(en="English on two lines", ko="한국어")
    for docstring in (None, "", "English", "English\n\n"):
        with pytest.raises(GraderError, match="Korean"):
            title(docstring)


def test_credit_marks_the_function_and_leaves_it_as_it_is() -> None:
    def test() -> None: ...

    assert credit(2, task="f", bonus=True)(test) is test
    assert test.__credit__.points == 2.0  # type: ignore[attr-defined]
    assert (test.__credit__.bonus, test.__credit__.shown) == (True, False)  # type: ignore[attr-defined]


def test_the_same_remark_is_made_once(context: Context) -> None:
    for _ in range(2):
        remark("idea")
    remark("idea", line=3)
    assert [(r.key, r.line) for r in context.remarks] == [("idea", None), ("idea", 3)]


def test_checks_work_only_in_a_credited_test() -> None:
    autograder.marks._current.pop()
    try:
        with pytest.raises(GraderError, match="outside"):
            checks.assert_close(1, 2)
    finally:
        autograder.marks._current.append(Context("f", catalogue(), shown=False))


def test_only_a_builtin_exception_can_be_made_to_appear() -> None:
    for name in ("NoSuchError", "print", "KeyboardInterrupt"):
        with pytest.raises(GraderError, match=name):
            Raise(name, "")


def test_the_vocabulary_has_every_name_that_it_promises() -> None:
    for name in autograder.__all__:
        assert getattr(autograder, name) is not None
    with pytest.raises(AttributeError, match="no_such_check"):
        _ = autograder.no_such_check


# ---- messages and texts ----------------------------------------------------------------------------------------------


def test_a_message_without_text_or_parameter_is_the_graders_mistake() -> None:
    with pytest.raises(CatalogueError, match=r"'no\.such' is in no catalogue; add it"):
        catalogue().render("no.such", {})
    with pytest.raises(CatalogueError, match="'value' uses 'wrong'"):
        catalogue().render("value", {"function": "f"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[a]\nen = "A"', "a needs exactly an English"),
        ('[a]\nen = "A"\nko = ""', "a needs exactly"),
        ('[a]\nen = "A"\nko = "가"\nde = "A"', "a needs exactly"),
        ('[a]\nen = 1\nko = "가"', "a needs exactly"),
        ('a = "A"', "a is not a table"),
        ('[a.b]\nko = "가"', r"a\.b needs exactly"),
        ("[a", "write it as TOML"),
        (None, "No such file"),
    ],
)
def test_a_catalogue_that_cannot_be_used_says_where(tmp_path: Path, text: str | None, told: str) -> None:
    path = tmp_path / "messages.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=told):
        load(path)


def test_a_graders_message_stands_in_for_the_engines(tmp_path: Path) -> None:
    path = tmp_path / "messages.toml"
    path.write_text('[none]\nen = "Nothing from {function}."\nko = "{function}: 없음"', encoding="utf-8")
    assert catalogue(path).render("none", {"function": "f"}) == Text(en="Nothing from f.", ko="f: 없음")


def test_every_sentence_of_the_engine_uses_the_same_parameters_in_both_languages() -> None:
    import string

    for name, text in catalogue().templates.items():
        en, ko = ({f for _, f, _, _ in string.Formatter().parse(body) if f} for body in (text.en, text.ko))
        assert en == ko, name


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.123456, "0.1235"), (2.0, "2.0"), (1e-10, "1e-10"), (7, "7"), (10**50, "51-digit integer"), (True, "True")],
)
def test_numbers_are_told_with_four_digits(value: Any, text: str) -> None:
    assert number(value) == text


def test_values_are_told_short_and_in_one_line() -> None:
    assert value_text(np.array([[1.23456, 2], [3, 4]])) == "[[1.235, 2.0], [3.0, 4.0]]"
    assert value_text(np.zeros((3, 4))) == "array of shape (3, 4)"
    assert value_text([1, (2,), "a\n"]) == "[1, (2,), 'a\\\\n']"
    assert value_text(list(range(99))) == "list of 99 items"
    assert type_text(np.zeros((160706, 3)), sizes={3}).en == "float64 array of shape (?, 3)"
    assert type_text(np.zeros((160706, 3)), sizes={3}).ko == "모양이 (?, 3)인 float64 배열"


def test_texts_are_made_harmless_before_they_are_read() -> None:
    assert clean("a\x1b[31mb\u202ec\nd\te\ud800") == "a\\u001b[31mb\\u202ec\\nd    e\\ud800"
    assert len(clean("x" * 10**7)) == 401


# ---- guesses ----


@pytest.mark.parametrize(
    ("got", "shape"),
    [(1, ()), (True, ()), (2.5, ()), (np.float32(1), ()), (np.zeros((2, 3), int), (2, 3)), (2**70, ()), (-(2**63), ())],
)
def test_what_is_numeric_is_read_as_floats(got: Any, shape: tuple[int, ...]) -> None:
    array = autograder.numbers(got)
    assert (array.shape, array.dtype) == (shape, np.float64)


@pytest.mark.parametrize(
    "got",
    [None, "1", b"1", [1.0], {}, 10**400, 1j, np.array(["a"]), np.array([1j]), np.zeros(1_000_001), object(), set()],
)
def test_what_is_no_number_fits_nothing(got: Any) -> None:
    assert autograder.numbers(got).shape == (0,) * 9
    assert not autograder.same(got, np.zeros(0))
    assert not autograder.has_nan(got)


def test_lists_are_read_where_they_may_stand_for_arrays() -> None:
    deep: list[Any] = [1.0]
    for _ in range(50):
        deep = [deep]
    for odd in (
        [1, [2]],
        [1, "2"],
        [[1, 2], [3]],
        deep,
        [[1, 2], np.zeros(3)],
        ["x" * 10**6],
        [0] * 10_001,
        [[0] * 9_999] * 9_999,
    ):
        assert autograder.numbers(odd, lists=True).shape == (0,) * 9
    assert autograder.same([[1, 2], (3, np.float64(4))], np.array([[1, 2], [3, 4]]), lists=True)
    assert autograder.numbers([], lists=True).shape == (0,)


def test_a_finding_is_named_by_its_line_or_its_text() -> None:
    def raised(patterns: Mapping[str, str]) -> str:
        finding = Finding("error.shapes", {"source": "return np.max(0, x)", "type": "ValueError", "text": "bad axis"})
        with pytest.raises(Finding) as found, autograder.named(patterns):
            raise finding
        return found.value.key

    assert raised({"idea": r"^error\S* .*max\(.*\)$"}) == "idea"
    assert raised({"idea": r"^ValueError: bad"}) == "idea"
    assert raised({"idea": r"^max", "idea.other": "axis"}) == "idea.other"
    assert raised({"idea": "nothing of it"}) == "error.shapes"
