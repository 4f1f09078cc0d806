"""`autograder new`: the files of a new assignment, valid at once and worth nothing yet.

What it lays out builds and can be verified; `verify` then names what is still to be written. Every task is a function
that gives back what it is given, until the author writes the real one.
"""

from __future__ import annotations

import contextlib
import keyword
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import Assignment, Course

RESERVED = sys.stdlib_module_names | {"autograder", "conftest", "matplotlib", "numpy", "pytest", "test_examples"}

MANIFEST = """title = { en = "TODO", ko = "TODO" }
module = "$module"
"""
MANIFEST_TASK = """
[[tasks]]
name = "$task"
points = 1
hints = [
  { en = "TODO: a vague nudge", ko = "TODO" },
  { en = "TODO: nearly there", ko = "TODO" },
]
"""
HANDOUT = """# $id

TODO: formula, picture, worked example.

| task | points |
| --- | --- |
$rows
"""
HANDOUT_KO = """# $id

TODO: 수식, 그림, 풀이가 있는 예제.

| 문제 | 점수 |
| --- | --- |
$rows
"""
EXAMPLES = '''"""Examples that you can see. The grader asks more. Run them with `autograder check`, or with pytest.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. `autograder check`나 pytest로 실행하세요.
"""

import $module
'''
EXAMPLE = '''

def test_$task_gives_back_what_it_is_given():
    """$task gives back the number that it is given

    $task은(는) 받은 수를 그대로 돌려준다
    """
    assert $module.$task(2.0) == 2.0
'''
REFERENCE = '''"""TODO: what this module is about.

TODO: 이 모듈이 다루는 내용.
"""
'''
REFERENCE_TASK = '''

def $task(x):
    """Return x. TODO

    x를 그대로 돌려준다. TODO

    x: a number.
    """
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION
'''
GRADER = '''"""Hidden grader of $id."""

from __future__ import annotations

from typing import Any

from autograder import assert_close, credit
'''
GRADER_TEST = '''

@credit(1, task="$task")
def test_$task_gives_back_what_it_is_given(student: Any, part: Any, rng: Any) -> None:
    """$task gives back the number that it is given

    $task은(는) 받은 수를 그대로 돌려준다
    """
    with part("the example of the handout", "교재의 예제", points=0.5, shown=True):
        assert_close(student.$task(2.0), 2.0)
    with part("other numbers", "다른 수", points=0.5):
        for x in rng.normal(size=5):
            assert_close(student.$task(x), x, mistaken={"$module.sign": -x})
'''
MESSAGES = """# What this assignment's graders can say beside the engine's own messages: the idea, never blame.

["$module.sign"]
en = "TODO: {function} gives back the number with its sign turned round."
ko = "TODO"
"""


class NewError(Exception):
    """No assignment can be laid out like that; the text says what to do."""


def run(course: Course, id: str, tasks: Sequence[str]) -> None:
    """Write the files of assignment `id` with these tasks and print what to do next. Raises NewError."""
    _check_id(course, id)
    _check_tasks(tasks)
    assignment = Assignment(course, id)
    folders = [assignment.folder, assignment.solutions, assignment.grader]
    for folder in folders:
        if folder.exists():
            raise NewError(f"{folder}: already there; choose another id or delete the folder")
    try:
        for path, text in _files(assignment, id, tasks):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path.relative_to(course.root).as_posix())
    except OSError as error:
        for folder in folders:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)
        raise NewError(f"{error.filename or course.root}: {error.strerror}; make the course folder writable") from error
    print(_next_steps(assignment))


def _check_id(course: Course, id: str) -> None:
    if not re.fullmatch(r"\d\d_[a-z][a-z0-9_]*", id, re.ASCII):
        raise NewError(f"{id!r} is no id; write two digits, _ and a name in small letters, such as 03_sequences")
    number, _, module = id.partition("_")
    if keyword.iskeyword(module) or module in RESERVED:
        raise NewError(f"{id!r}: a module named {module} would hide Python's own; choose another name")
    if id in course.ids:
        raise NewError(f"{id} is there already; edit it, or choose another id")
    for other in course.ids:
        if number == other.partition("_")[0]:
            raise NewError(f"number {number} is taken by {other}; choose another number")
        if module == other.partition("_")[2]:
            raise NewError(f"name {module} is taken by {other}; choose another name")


def _check_tasks(tasks: Sequence[str]) -> None:
    if not tasks:
        raise NewError("no task; name at least one function that students complete")
    for task in tasks:
        if not task.isidentifier() or keyword.iskeyword(task) or task.startswith("_"):
            raise NewError(f"{task!r} is no public Python name; write a function's name, such as softmax or XOR_NAND")
        if tasks.count(task) > 1:
            raise NewError(f"task {task} is there twice; name each once")


def _files(assignment: Assignment, id: str, tasks: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Path and text of every file of the scaffold."""
    module = id.partition("_")[2]

    def filled(head: str, each: str = "") -> str:
        return "".join(
            text.replace("$task", task).replace("$module", module).replace("$id", id).replace("$rows", rows)
            for text, task in [(head, ""), *((each, task) for task in tasks)]
        )

    rows = "\n".join(f"| `{task}` | 1 |" for task in tasks)
    folder, solutions, grader = assignment.folder, assignment.solutions, assignment.grader
    yield folder / "assignment.toml", filled(MANIFEST, MANIFEST_TASK)
    yield folder / "README.md", filled(HANDOUT)
    yield folder / "README.ko.md", filled(HANDOUT_KO)
    yield folder / "test_examples.py", filled(EXAMPLES, EXAMPLE)
    yield solutions / f"{module}.py", filled(REFERENCE, REFERENCE_TASK)
    yield solutions / "accepted" / ".gitkeep", ""
    yield solutions / "mistakes" / ".gitkeep", ""
    yield grader / f"test_{module}.py", filled(GRADER, GRADER_TEST)
    yield grader / "messages.toml", filled(MESSAGES)


def _next_steps(assignment: Assignment) -> str:
    module = assignment.id.partition("_")[2]
    return f"""
Next:
  1. write the reference, solutions/{assignment.id}/{module}.py, then stub and notebook are made by: autograder build
  2. write the handouts, the visible examples, the hints and the points in assignments/{assignment.id}/
  3. write the hidden tests and their messages in autograder/graders/{assignment.id}/
  4. file labelled submissions in solutions/{assignment.id}/accepted/ and mistakes/
  5. autograder verify {assignment.id} says what is missing; --update writes the golden reports, which you then read"""
