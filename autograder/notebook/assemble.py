"""Which cells a notebook has, and in which order. Ids are the same in every build: the gradebook knows cells by them.

title, ko-1 … en-1 …    how to work here, and the handouts
tasks, setup, examples  what comes before the first task
about-T, T, test-T      a task: its name and points, the solution, its visible examples
question-A, A           a written answer, where the reference has its constant
about-check, check      the end
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder import stub
from autograder.contents import HANDOUTS
from autograder.course import Assignment, CourseError
from autograder.ingest.notebook import PLACEHOLDER, label
from autograder.notebook import examples, handout, reference, words
from autograder.notebook.document import Cell, Role, to_bytes
from autograder.notebook.examples import Examples
from autograder.notebook.reference import Answer, Reference, Solution
from autograder.text import Lang

TEST = "test-"  # and the task's name: the cell that has its points
EXAMPLES = "test_examples.py"
LOCKED, SOLUTION = Role(locked=True), Role(solution=True)


def student(assignment: Assignment) -> bytes:
    """What students get: every solution is its stub. Raises CourseError, StubError, ManifestError."""
    return to_bytes(list(_cells(assignment, stubbed=True)), protected=True)


def instructor(assignment: Assignment) -> bytes:
    """The same notebook with the reference's solutions in their regions, and its answers. Raises as `student` does."""
    return to_bytes(list(_cells(assignment, stubbed=False)), protected=False)


def solution_cells(assignment: Assignment) -> dict[str, str]:
    """For each task the id of the cell with its solution."""
    parts = _reference(assignment).parts
    return {task: part.id for part in parts if isinstance(part, Solution) for task in part.tasks}


def solution(source: str, file: str) -> str:
    """The stub of a solution cell; a cell without a region is given, and stays as it is."""
    return stub.stub(source, file) if stub.BEGIN in source else source


def answer(name: str, text: str = PLACEHOLDER) -> str:
    """A cell for the written answer `name`: its label, and below it the answer."""
    return f"{label(name)}\n\n{text}"


def _cells(assignment: Assignment, stubbed: bool) -> Iterator[Cell]:
    shown = _examples(assignment)
    parts = _reference(assignment)
    _refuse_shared_names(assignment, shown, parts)
    handouts = [
        Cell("markdown", f"{lang}-{number}", text)
        for lang in words.ORDER
        for number, text in enumerate(_handout(assignment, lang), start=1)
    ]
    yield Cell("markdown", "title", words.title(assignment, bool(handouts)))
    yield from handouts
    yield Cell("markdown", "tasks", words.tasks(assignment))
    yield Cell("code", "setup", parts.setup)
    yield Cell("code", "examples", shown.shared, LOCKED)
    for part in parts.parts:
        if isinstance(part, Solution):
            yield from _tasks(assignment, part, shown, stubbed)
        else:
            yield from _written(assignment, part, stubbed)
    yield Cell("markdown", "about-check", words.end(assignment))
    yield Cell("code", "check", words.CHECK)


def _tasks(assignment: Assignment, part: Solution, shown: Examples, stubbed: bool) -> Iterator[Cell]:
    """The cells of one solution, and of every task in it."""
    about = assignment.manifest
    tasks = [about.task(name) for name in part.tasks]
    for task in tasks:
        yield Cell("markdown", f"about-{task.name}", words.about(task, about.written_points(task.name)))
    file = f"{assignment.id}, cell {part.id}"
    yield Cell("code", part.id, solution(part.source, file) if stubbed else part.source, SOLUTION)
    for task in tasks:
        role = Role(grade=True, locked=True, points=task.points - about.written_points(task.name))
        yield Cell("code", f"{TEST}{task.name}", shown.cell(task.name) or words.no_example(task), role)


def _written(assignment: Assignment, part: Answer, stubbed: bool) -> Iterator[Cell]:
    spec = next(spec for spec in assignment.manifest.written if spec.name == part.name)
    yield Cell("markdown", f"question-{spec.name}", words.question(spec), LOCKED)
    source = answer(spec.name) if stubbed else answer(spec.name, part.text)
    yield Cell("markdown", spec.name, source, Role(grade=True, solution=True, points=spec.points))


def _handout(assignment: Assignment, lang: Lang) -> list[str]:
    """The sections of a handout; none where there is no handout."""
    path = assignment.folder / HANDOUTS[lang]
    if not path.is_file():
        return []
    text, _ = _text(assignment, path)
    return handout.sections(text, words.handout(assignment, lang), assignment.course)


def _reference(assignment: Assignment) -> Reference:
    text, shown = _text(assignment, assignment.reference)
    return reference.cut(text, assignment.manifest, shown)


def _examples(assignment: Assignment) -> Examples:
    path = assignment.folder / EXAMPLES
    if not path.is_file():
        return Examples()
    text, shown = _text(assignment, path)
    return examples.cut(text, assignment.manifest, shown)


def _text(assignment: Assignment, path: Path) -> tuple[str, str]:
    """What a file says, and its name in the course."""
    shown = path.relative_to(assignment.course.root).as_posix()
    try:
        return path.read_text("utf-8-sig"), shown
    except FileNotFoundError:
        raise CourseError(f"{shown}: not there; a notebook is made from it") from None
    except OSError as error:
        raise CourseError(f"{shown}: {error.strerror}; make the file readable") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{shown}: not UTF-8; save the file again with the encoding UTF-8") from error


def _refuse_shared_names(assignment: Assignment, shown: Examples, parts: Reference) -> None:
    """In a notebook the examples and the solutions share their names; one name cannot be both."""
    solutions = [part for part in parts.parts if isinstance(part, Solution)]
    own = {name for part in solutions for block in part.blocks for name in block.defines}
    if both := own & shown.names:
        raise CourseError(
            f"assignments/{assignment.id}/{EXAMPLES}: {', '.join(sorted(both))} is a name of the reference too; in a "
            "notebook they are the same, so call the example's own something else"
        )
