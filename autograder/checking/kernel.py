"""`from autograder import check`: in a notebook, the visible examples on what was run there.

Nothing is run in the kernel. The texts of the cells go to a process of their own, which takes them apart as a grader
does; what comes back is shown below the cell.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.text import Lang, Text, clean, language

if TYPE_CHECKING:
    from autograder.checking.child import Child
    from autograder.checking.history import Cell
    from autograder.course import Assignment, Course

EXAMPLES = "test_examples.py"
NO_FILE = Path("<notebook>")  # where there is a file of the name, Python looks up the lines of its errors there
NO_NOTEBOOK = Text(
    en="check() is for notebooks. For a file, type in a terminal: autograder check",
    ko="check()는 노트북에서 쓰는 함수입니다. 파일을 확인하려면 터미널에 이렇게 입력하세요: autograder check",
)
WHICH = Text(
    en="It cannot be told which assignment this notebook is about. Name it: check({id!r}). There are: {ids}.",
    ko="이 노트북이 어느 과제의 것인지 알 수 없습니다. check({id!r})처럼 과제를 적어 주세요. 있는 과제: {ids}.",
)
UNKNOWN = Text(
    en="There is no assignment and no task {name}.{near} Type for example check({id!r}) or check({task!r}).",
    ko="{name}: 그런 이름의 과제나 문제가 없습니다.{near} check({id!r})나 check({task!r})처럼 입력하세요.",
)
NEAR = Text(en=" Did you mean {near}?", ko=" 혹시 {near}인가요?")
NOTHING_RUN = Text(
    en="Nothing of {id} has been run in this kernel yet. Run the cells from the top, then check() again.",
    ko="이 커널에서는 아직 {id}의 셀을 하나도 실행하지 않았습니다. 셀을 위에서부터 차례로 실행한 뒤 다시 확인하세요.",
)
FAILED = Text(en="The examples cannot be run: {reason}", ko="예제를 실행할 수 없습니다: {reason}")


class Refused(Exception):
    """There is nothing to check; the text says what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Shown:
    """What `check` gives back: shown when it was made, and again whenever a later cell shows it."""

    def __init__(self, text: str, html: str) -> None:
        self._text, self._html = text, html
        self._cell: int | None = None

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self._text)

    def _ipython_display_(self) -> None:
        """Show it, but once in a cell: as the last value of the one that made it, it is on the screen already."""
        shell = _shell()
        if shell is None:
            print(self._text)
        elif self._cell != shell.execution_count:
            self._cell = shell.execution_count
            shell.display_pub.publish(data={"text/plain": self._text, "text/html": self._html})


def check(what: object = None, lang: str | None = None) -> Shown | None:
    """Run the visible examples on the cells that you have run in this notebook, and show how they went.

    이 노트북에서 실행한 셀로 공개된 예제를 확인하고 결과를 보여 준다.

    what: an assignment ("01_gates", 1), a task ("AND"), or nothing: the assignment of this notebook.
    lang: "en" or "ko"; else the language of your computer.
    """
    reader = language(lang)
    shell = _shell()
    if shell is None:
        print(NO_NOTEBOOK.in_(reader))
        return None
    shown = _checked(shell, what, reader)
    shown._ipython_display_()
    return shown


def _shell() -> Any:
    """The IPython in which this runs, if any; it is not imported for that."""
    get = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = get() if get is not None else None
    return shell if hasattr(shell, "history_manager") and hasattr(shell, "display_pub") else None


def _checked(shell: Any, what: object, lang: Lang) -> Shown:
    from autograder.checking import history
    from autograder.checking.child import Child
    from autograder.course import CourseError
    from autograder.manifest import ManifestError
    from autograder.marks import GraderError
    from autograder.render import cell

    child = None
    try:
        child = Child()
        return _examined(child, history.cells(shell), what, lang)
    except (Refused, CourseError) as error:
        said = error.text.in_(lang)
    except (ManifestError, GraderError, OSError) as error:
        said = FAILED.in_(lang).format(reason=clean(str(error), 600))
    finally:
        if child is not None:
            child.close()
    return Shown(said, cell.message(said, lang))


def _examined(child: Child, cells: Sequence[Cell], what: object, lang: Lang) -> Shown:
    from autograder import course, messages
    from autograder.answers import Answers, Order
    from autograder.cells import joined
    from autograder.checking import history
    from autograder.checking.child import Examination
    from autograder.render import cell
    from autograder.render.account import Account
    from autograder.render.answers import Report
    from autograder.render.places import InKernel

    names = history.defined(cells)
    assignment, task = chosen(course.find(), what, names)
    manifest = assignment.manifest
    tasks = tuple(spec.name for spec in manifest.tasks)
    if names.isdisjoint(tasks):
        raise Refused(_filled(NOTHING_RUN, id=assignment.id))
    source, starts = joined([one.text for one in cells])
    examples = assignment.folder / EXAMPLES
    text = examples.read_text(encoding="utf-8")
    answers = Answers()
    order = Order(manifest.module, NO_FILE, source, examples, text, starts, tasks, task)
    Examination(manifest.limits, answers, lambda _: None).run(order, child)
    places = InKernel(starts, tuple(one.number for one in cells))
    account = Account(assignment.id, manifest, answers, messages.catalogue(), lang, places, only=task)
    return Shown("\n".join(Report(account, nudge=cell.NUDGE).lines()), cell.html(account))


# ---- which assignment ----


def chosen(course: Course, what: object, defined: set[str]) -> tuple[Assignment, str | None]:
    """The assignment, and the one task that is asked for, if any. Raises Refused, CourseError, ManifestError.

    `defined`: the names that the notebook defines, which tell the assignment where its folder does not.
    """
    from autograder.course import CourseError

    assignments = [course.assignment(id) for id in course.ids]
    here = _of_folder(assignments) or _of_names(assignments, defined)
    if what is None:
        if here is None:
            raise Refused(_filled(WHICH, id=course.ids[0], ids=", ".join(course.ids)))
        return here, None
    name = str(getattr(what, "__name__", what))
    if here is not None and name in _tasks(here):
        return here, name
    try:
        return course.assignment(name), None
    except CourseError:
        with_it = [one for one in assignments if name in _tasks(one)]
        if with_it:
            return _of_names(with_it, defined) or with_it[0], name
        raise Refused(_unknown(course, here or assignments[0], name)) from None


def _unknown(course: Course, assignment: Assignment, name: str) -> Text:
    tasks = _tasks(assignment)
    known = {known.casefold(): known for known in [*course.ids, *tasks]}
    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    meant = _filled(NEAR, near=known[near[0]]) if near else Text(en="", ko="")
    values = {"name": repr(clean(name, 60)), "id": assignment.id, "task": tasks[0]}
    return Text(en=UNKNOWN.en.format(near=meant.en, **values), ko=UNKNOWN.ko.format(near=meant.ko, **values))


def _of_folder(assignments: Sequence[Assignment]) -> Assignment | None:
    """The assignment in whose folder the kernel works: of the course, or of nbgrader's release, source or submitted."""
    here = Path.cwd()
    known = {one.id: one for one in assignments}
    return next((known[folder.name] for folder in (here, *here.parents) if folder.name in known), None)


def _of_names(assignments: Sequence[Assignment], defined: set[str]) -> Assignment | None:
    """The assignment of whose tasks the notebook defines most."""
    counts = {one.id: len(defined.intersection(_tasks(one))) for one in assignments}
    best = max(assignments, key=lambda one: counts[one.id], default=None)
    return best if best is not None and counts[best.id] else None


def _tasks(assignment: Assignment) -> list[str]:
    return [task.name for task in assignment.manifest.tasks]


def _filled(text: Text, **values: str) -> Text:
    return Text(en=text.en.format(**values), ko=text.ko.format(**values))
