"""The notebooks: valid, the same in every build, worth the assignment's points, without a line of a solution."""

from __future__ import annotations

import ast
import json
import re
import types
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.nbgraderformat import MetadataValidator

from autograder import notebook
from autograder.contents import HANDOUTS
from autograder.course import Assignment, Course, CourseError
from autograder.ingest.notebook import PLACEHOLDER, label
from autograder.notebook import assemble, examples, reference
from autograder.stub import BEGIN, stub
from autograder.verify.leaks.hidden import Hidden
from tests import gates_course
from tests.conftest import ROOT

COURSE = Course(ROOT)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)\)")
Cell = dict[str, Any]


def cells(data: bytes) -> dict[str, Cell]:
    """The cells by their ids, each source as one text."""
    made = json.loads(data)["cells"]
    return {cell["id"]: cell | {"source": "".join(cell["source"])} for cell in made}


def role(cell: Cell) -> dict[str, Any]:
    found = cell["metadata"].get("nbgrader", {})
    assert isinstance(found, dict)
    return found


@pytest.fixture(params=COURSE.ids)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return COURSE.assignment(request.param)


@pytest.fixture(scope="module")
def hidden() -> Hidden:
    return Hidden.of(COURSE)


# ---- every notebook of the course ----


def test_the_file_is_what_build_makes(assignment: Assignment) -> None:
    assert assignment.notebook.read_bytes() == notebook.student(assignment) == notebook.student(assignment)


@pytest.mark.parametrize("make", [notebook.student, notebook.instructor])
def test_jupyter_and_nbgrader_accept_it_and_save_it_as_it_is(assignment: Assignment, make: Any) -> None:
    data = make(assignment)
    read = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(read)
    MetadataValidator().validate_nb(read)
    assert (nbformat.writes(read) + "\n").encode() == data


def test_ids_are_allowed_and_nbgraders_are_the_same(assignment: Assignment) -> None:
    found = json.loads(notebook.student(assignment))["cells"]
    ids = [cell["id"] for cell in found]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", id) for id in ids)
    assert all(role(cell).get("grade_id", cell["id"]) == cell["id"] for cell in found)
    assert not [cell for cell in found if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"])]


def test_points_of_the_cells_add_up_to_the_assignments(assignment: Assignment) -> None:
    about = assignment.manifest
    points = {
        id: role(cell)["points"] for id, cell in cells(notebook.student(assignment)).items() if "points" in role(cell)
    }
    assert sum(points.values()) == about.max_score
    for task in about.tasks:
        apart = sum(points[spec.name] for spec in about.written if spec.task == task.name)
        assert points[f"{assemble.TEST}{task.name}"] + apart == task.points


def test_every_task_has_one_solution_and_below_it_one_cell_with_its_examples(assignment: Assignment) -> None:
    found = cells(notebook.student(assignment))
    order = list(found)
    where = notebook.solution_cells(assignment)
    assert list(where) == [task.name for task in assignment.manifest.tasks]
    tests = {f"{assemble.TEST}{task}" for task in where}
    assert {id for id, cell in found.items() if role(cell).get("grade") and cell["cell_type"] == "code"} == tests
    written = {spec.name for spec in assignment.manifest.written}
    assert {id for id, cell in found.items() if role(cell).get("solution")} == {*where.values(), *written}
    for task, solution in where.items():
        assert order.index(f"about-{task}") < order.index(solution) < order.index(f"{assemble.TEST}{task}")
        defined = [node for node in ast.parse(found[solution]["source"]).body if getattr(node, "name", "") == task]
        assert len(defined) == 1


def test_students_get_the_stubs_of_the_instructors_cells_and_all_else_alike(assignment: Assignment) -> None:
    theirs, ours = cells(notebook.student(assignment)), cells(notebook.instructor(assignment))
    assert list(theirs) == list(ours)
    solutions = set(notebook.solution_cells(assignment).values())
    written = {spec.name for spec in assignment.manifest.written}
    for id, cell in ours.items():
        assert role(cell) == role(theirs[id])
        if id in solutions:
            assert BEGIN in cell["source"]
            assert stub(cell["source"]) == theirs[id]["source"]
        elif id in written:
            assert theirs[id]["source"] == f"{label(id)}\n\n{PLACEHOLDER}"
            assert cell["source"].startswith(f"{label(id)}\n\n")
            assert cell["source"] != theirs[id]["source"]
        else:
            assert cell["source"] == theirs[id]["source"]


def test_no_line_of_the_reference_is_lost(assignment: Assignment) -> None:
    written = {spec.name for spec in assignment.manifest.written}
    wanted = ast.parse(assignment.reference.read_text("utf-8")).body
    found = [
        ast.dump(node)
        for cell in cells(notebook.instructor(assignment)).values()
        if cell["cell_type"] == "code" and not role(cell).get("locked") and cell["id"] != "check"
        for node in ast.parse(cell["source"]).body
    ]
    kept = [n for n in wanted if not (isinstance(n, ast.Assign) and {ast.unparse(t) for t in n.targets} & written)]
    assert sorted(found) == sorted(map(ast.dump, kept))


def test_every_example_is_there_and_called_once(assignment: Assignment) -> None:
    tree = ast.parse((assignment.folder / assemble.EXAMPLES).read_text("utf-8"))
    wanted = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    found = cells(notebook.student(assignment)).values()
    code = [cell["source"] for cell in found if role(cell).get("grade") and cell["cell_type"] == "code"]
    for name in wanted:
        assert sum(source.count(f"def {name}()") for source in code) == 1
        assert sum(line == f"{name}()" for source in code for line in source.split("\n")) == 1


def test_handouts_are_whole_and_no_link_is_dead(assignment: Assignment) -> None:
    found = cells(notebook.student(assignment))
    for lang, name in HANDOUTS.items():
        text = "\n".join(cell["source"] for id, cell in found.items() if id.startswith(f"{lang}-"))
        lines = (assignment.folder / name).read_text("utf-8").split("\n")
        headings = [line for line in lines if line.startswith("## ")]
        assert [line for line in text.split("\n") if line.startswith("## ")] == headings
        assert len(text) > 0.99 * len("\n".join(lines)) - 200
        assert "](README" not in text
    links = [
        link for cell in found.values() if cell["cell_type"] == "markdown" for link in LINK.findall(cell["source"])
    ]
    assert len(links) >= 4
    assert [link for link in links if not (assignment.folder / link).is_file()] == []
    assert [link for link in links if link.endswith(".md")] == []


def test_students_see_no_solution_and_the_instructors_notebook_would_be_noticed(
    assignment: Assignment, hidden: Hidden
) -> None:
    assert hidden.leaks(notebook.student(assignment)) == []
    assert [fact for _, fact in hidden.leaks(notebook.instructor(assignment)) if assignment.id in fact]


def test_one_solution_in_a_students_cell_is_a_leak(hidden: Hidden) -> None:
    assignment = COURSE.assignment("04")
    made = json.loads(notebook.student(assignment))
    solved = cells(notebook.instructor(assignment))["chain_rule_derivative"]["source"]
    cell = next(cell for cell in made["cells"] if cell["id"] == "chain_rule_derivative")
    for source in (solved, solved.splitlines(keepends=True), [solved[at : at + 7] for at in range(0, len(solved), 7)]):
        cell["source"] = source
        facts = [fact for _, fact in hidden.leaks(json.dumps(made).encode())]
        assert any(fact.startswith("a line of the solution of 04_derivatives") for fact in facts)


def test_the_names_that_examples_share_are_no_names_of_right_submissions(assignment: Assignment) -> None:
    shared = examples.cut(
        (assignment.folder / assemble.EXAMPLES).read_text("utf-8"), assignment.manifest, assemble.EXAMPLES
    ).names
    for path in sorted(assignment.solutions.glob("accepted/*.py")):
        bound = {
            name
            for node in ast.parse(path.read_text("utf-8-sig")).body
            for name in ([node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else [])
            + [n.id for n in ast.walk(node) if isinstance(node, ast.Assign) and isinstance(n, ast.Name)]
            + [a.asname or a.name for a in (node.names if isinstance(node, ast.Import | ast.ImportFrom) else [])]
        }
        assert not bound & shared, path.name


# ---- in a kernel ----


@pytest.mark.parametrize("id", ["04_derivatives"])
@pytest.mark.filterwarnings("ignore")  # of Jupyter's own
def test_the_instructors_notebook_runs_from_the_top_and_the_students_fails_in_its_examples(id: str) -> None:
    assignment = COURSE.assignment(id)
    for make, wanted in ((notebook.instructor, set()), (notebook.student, {"NotImplementedError"})):
        read = nbformat.reads(make(assignment).decode(), as_version=4)
        read.cells = [cell for cell in read.cells if cell.id != "check"]
        where = {"metadata": {"path": str(assignment.folder)}}
        NotebookClient(read, timeout=120, allow_errors=True, resources=where).execute()
        for cell in read.cells:
            errors = {output.ename for output in cell.get("outputs", ()) if output.output_type == "error"}
            assert errors == (wanted if cell.id.startswith(assemble.TEST) else set()), cell.id


@pytest.mark.parametrize("place", ["assignments/07_mnist", "elsewhere"])
def test_a_notebook_finds_the_data_without_a_file_of_its_own(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("NAND2MNIST_DATA", raising=False)
    monkeypatch.chdir(tmp_path if place == "elsewhere" else ROOT / place)
    module = types.ModuleType("__main__")
    exec(cells(notebook.student(COURSE.assignment("07")))["setup"]["source"], vars(module))
    assert not hasattr(module, "__file__")
    for name in (*module.FILES, module.WEIGHTS):
        assert module.read_bytes(name) in {path.read_bytes() for path in COURSE.datasets.files}


# ---- where a statement goes ----


def cut(source: str, *tasks: str, written: str = "") -> reference.Reference:
    head = 'title = { en = "T", ko = "T" }\nmodule = "series"\n'
    hints = 'hints = [{ en = "a", ko = "a" }, { en = "b", ko = "b" }]\n'
    text = head + "".join(f'[[tasks]]\nname = "{name}"\npoints = 2\n{hints}' for name in tasks)
    if written:
        text += (
            f'[[written]]\nname = "{written}"\ntask = "{tasks[0]}"\npoints = 1\nquestion = {{ en = "?", ko = "?" }}\n'
        )
    return reference.cut(source, manifest(text), "series.py")


def manifest(text: str) -> Any:
    import msgspec

    from autograder.manifest import Manifest

    return msgspec.toml.decode(text, type=Manifest)


def sources(made: reference.Reference) -> dict[str, str]:
    return {part.id: part.source for part in made.parts if isinstance(part, reference.Solution)}


def function(name: str, body: str = "return 1") -> str:
    return f"def {name}():\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION\n"


def test_what_stands_before_the_first_task_is_the_setup() -> None:
    made = cut(f'"""Text."""\n\nimport os\n\nRATE = 1\n\n\n# The first.\n{function("one")}', "one")
    assert made.setup == '"""Text."""\n\nimport os\n\nRATE = 1'
    assert sources(made) == {"one": f"# The first.\n{function('one')}".rstrip()}


def test_a_region_of_several_tasks_is_one_cell_named_after_the_first() -> None:
    source = "import os\n\n### BEGIN SOLUTION\n### STUB A = B = None\nA = 1\nB = 2\n### END SOLUTION\n"
    made = cut(f"{source}\n\n{function('c')}", "A", "B", "c")
    assert list(sources(made)) == ["A", "c"]
    assert next(part.tasks for part in made.parts if isinstance(part, reference.Solution)) == ("A", "B")


def test_a_helper_goes_with_the_first_task_that_uses_it_or_with_the_next() -> None:
    above, below = "def above():\n    return 1\n", "# At the end.\ndef below():\n    return 2\n"
    made = sources(cut("\n\n".join([function("one", "return below()"), above, function("two"), below]), "one", "two"))
    assert [line for line in made["one"].split("\n") if line.startswith(("def", "#"))] == [
        "# At the end.", "def below():", "def one():",
    ]  # fmt: skip
    assert [line for line in made["two"].split("\n") if line.startswith("def")] == ["def above():", "def two():"]


def test_helpers_of_this_course_stand_above_the_examples_that_need_them() -> None:
    assert "def sigmoid" in cells(notebook.instructor(COURSE.assignment("06")))["forward"]["source"]
    assert "def sigmoid" in cells(notebook.student(COURSE.assignment("10")))["train_gate"]["source"]


def test_a_written_answer_is_a_cell_where_the_constant_was() -> None:
    constant = '# Write.\n### BEGIN SOLUTION\n### STUB WHY = ""\nWHY = """\nBecause.\n"""\n### END SOLUTION\n'
    made = cut("\n\n".join([function("one"), constant, function("two")]), "one", "two", written="WHY")
    assert made.parts[1] == reference.Answer("WHY", "Because.")
    with pytest.raises(CourseError, match="WHY is no text in a region of its own"):
        cut(
            "\n\n".join([function("one"), constant.replace('"""\nB', 'str("""\nB').replace('"""\n#', '""")\n#')]),
            "one",
            written="WHY",
        )


def test_a_task_that_the_reference_does_not_define_is_told() -> None:
    with pytest.raises(CourseError, match=r"series\.py: no two at the top level"):
        cut(function("one"), "one", "two")
    with pytest.raises(CourseError, match=r"series\.py: one is defined twice"):
        cut(f"{function('one')}\n\n{function('one')}", "one")


# ---- what examples may be ----


HEAD = "import series\n\n\n"


def shown(source: str) -> examples.Examples:
    about = COURSE.assignment("03").manifest
    return examples.cut(source.replace("series", about.module), about, "test_examples.py")


def test_names_of_the_module_become_names_of_the_notebook() -> None:
    made = shown(
        '"""Text."""\n\nimport os\nimport sys\n\nos.environ["A"] = "1"  # for the import\n\nimport series\n\n'
        "# 반지름\nR = 2  # 둘\n\n\n"
        "def test_factorial_한글():\n    assert series.factorial(sys.maxsize), R  # noqa: S101\n\n\n"
        "def test_odd_term():\n    assert getattr(series, 'odd_term')(1) == series . odd_term(1)\n"
    )
    assert made.shared == "import __main__\nimport sys\n\n# 반지름\nR = 2  # 둘"
    assert made.cell("factorial") == (
        "def test_factorial_한글():\n    assert factorial(sys.maxsize), R\n\n\ntest_factorial_한글()"
    )
    assert "getattr(__main__, 'odd_term')(1) == odd_term(1)" in made.cell("odd_term")
    assert made.cell("simultaneous") == ""


@pytest.mark.parametrize(
    ("source", "fact"),
    [
        ("def test_factorial(capsys):\n    series.factorial(1)\n", "test_factorial needs pytest"),
        ("@slow\ndef test_factorial():\n    series.factorial(1)\n", "test_factorial needs pytest"),
        ("def test_everything():\n    pass\n", "test_everything is about no task"),
        ("def test_factorial():\n    factorial = series.factorial(1)\n", "5  factorial is a name of series and one of"),
        ("def test_factorial():\n    series = 1\n", "5  series is the module; give no other value"),
        ("def test_factorial():\n    f'{series.factorial(1)}'\n", "5  series is the module; give no other value"),
        ("def test_factorial():\n    lambda series: 1\n", "5  series is the module; call the argument"),
        ("from series import factorial\n", "4  write: import series"),
        ("import series as s\n", "4  write: import series"),
        ("def test_factorial():\n    (series\n     .factorial(1))\n", "5  the line ends after series"),
        ("def test_factorial(:\n", "4  invalid syntax; correct the examples"),
    ],
)
def test_what_would_mean_something_else_in_a_notebook_is_refused(source: str, fact: str) -> None:
    with pytest.raises(CourseError) as refused:
        shown(HEAD + source)
    assert fact.replace("series", "sequences") in str(refused.value)


def test_a_name_of_the_examples_that_the_reference_has_too_is_refused(tmp_path: Path) -> None:
    course = gates_course.course(tmp_path)
    path = course / "assignments/01_gates" / assemble.EXAMPLES
    path.write_text(path.read_text().replace("ROWS", "WEIGHTS").replace("gates.WEIGHTS", "gates.OTHER"))
    with pytest.raises(CourseError, match="WEIGHTS is a name of the reference too"):
        notebook.student(Course(course).assignment("01"))


def test_a_task_without_an_example_says_so(tmp_path: Path) -> None:
    course = gates_course.course(tmp_path)
    path = course / "assignments/01_gates" / assemble.EXAMPLES
    path.write_text(path.read_text().partition("\n\n\ndef test_slope")[0] + "\n")
    found = cells(notebook.student(Course(course).assignment("01")))["test-slope"]["source"]
    assert found.split("\n") == [
        "# slope에는 눈에 보이는 예제가 없고, 채점기가 확인합니다.",
        "# There is no example to see for slope; the grader asks.",
    ]
