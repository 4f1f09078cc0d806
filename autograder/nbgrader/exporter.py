"""How `nbgrader autograde` reads what was handed in: nothing of a student's file reaches nbgrader but inert text.

nbgrader makes one exporter for a run and asks it for every notebook twice: for the one that was handed in, and for
its cleaned copy in `autograded/`. The first question starts the grading of all that the run is about.
"""

from __future__ import annotations

import glob
import json
import os
import stat
import weakref
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, from_dict
from nbgrader.converters.base import NbGraderException
from traitlets import Enum, Unicode

from autograder import course, written
from autograder.course import Assignment, Course
from autograder.ingest import visible
from autograder.nbgrader import rebuild, roster, scheme, strays
from autograder.nbgrader.grading import Grading, GradingError, Order, Paper
from autograder.nbgrader.record import Recorder
from autograder.nbgrader.scheme import Scheme
from autograder.notebook import assemble
from autograder.render import labels, outline
from autograder.result import Result
from autograder.text import LANGS, Lang

MAX_BYTES = 256 << 20  # as ingest has it for a notebook with all its outputs


class Handout:
    """One assignment of the course on its way through nbgrader."""

    def __init__(self, assignment: Assignment, source: Path) -> None:
        self.assignment = assignment
        self.scheme: Scheme = scheme.scheme(assignment)
        self.source = _source(source, assignment)

    def rubric(self, lang: Lang) -> dict[str, str]:
        found = written.rubric(self.assignment.grader, self.assignment.manifest)
        return {name: _rubric(criteria, lang) for name, criteria in found.items()}


class Submitted(NotebookExporter):
    """In place of nbgrader's NotebookExporter: notebooks of our assignments are read and graded by the course's own
    engine, all others as nbgrader does."""

    parent: Any  # nbgrader's Autograde
    lang: Any = Enum(LANGS, "en", help="Language of what students read: en or ko.").tag(config=True)
    course_root: Any = Unicode("", help="The folder of the course; empty: the one that autograder lies in.").tag(
        config=True
    )

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._handouts: dict[str, Handout | None] = {}
        self._gradings: dict[str, Grading] = {}
        self._recorders: dict[tuple[str, str], Recorder] = {}
        weakref.finalize(self, _close, self._gradings, self._recorders)
        if self.parent is not None and getattr(self.parent, "assignments", None):
            self._start()

    # ---- which notebooks are ours ----

    def course(self) -> Course:
        return course.find(Path(self.course_root) if self.course_root else None)

    def handout(self, resources: Any) -> Handout | None:
        """Our assignment that a notebook of nbgrader belongs to; None for somebody else's."""
        about = resources["nbgrader"]
        found = self._handout(about["assignment"])
        return found if found is not None and found.scheme.notebook == about["notebook"] else None

    def _handout(self, name: str) -> Handout | None:
        if name not in self._handouts:
            ours = self.course()
            self._handouts[name] = Handout(ours.assignment(name), self._source(name)) if name in ours.ids else None
        return self._handouts[name]

    def _source(self, name: str) -> Path:
        directory = self.parent.coursedir
        return Path(directory.format_path(directory.source_directory, ".", name))

    def result(self, resources: Any) -> Result:
        """What our engine says of the notebook that is being converted."""
        about = resources["nbgrader"]
        grading = self._gradings.get(about["assignment"])
        if grading is None:
            raise NbGraderException(f"{about['assignment']}: no grading was started")
        return grading.result(about["student"])

    def recorder(self, resources: Any, handout: Handout) -> Recorder:
        """The writer into the gradebook of this run; nothing is open in it between two submissions."""
        about = resources["nbgrader"]
        key = (about["db_url"], about["assignment"])
        if key not in self._recorders:
            course_id = self.parent.coursedir.course_id or None
            self._recorders[key] = Recorder(about["db_url"], handout.assignment, self.lang, course_id)
        return self._recorders[key]

    # ---- a run ----

    def _start(self) -> None:
        """Have everything graded that this run is about; a fault that concerns all of it is told at once."""
        papers: dict[str, list[Paper]] = {}
        directory = self.parent.coursedir
        for folder in sorted(self.parent.assignments):
            if roster.odd(os.path.relpath(folder, directory.root)):  # nbgrader would stop at some, for all
                self._leave_out(folder, "the name holds what a student's id may not")
                continue
            about = self.parent.init_single_notebook_resources(os.path.join(folder, "x.ipynb"))["nbgrader"]
            handout = self._handout(about["assignment"])
            if handout is None:
                continue
            if reason := strays.unfit(Path(folder)):
                self._leave_out(folder, reason)
                continue
            if strays.are_in(Path(folder)) and glob.escape(folder) not in directory.ignore:
                directory.ignore = [*directory.ignore, glob.escape(folder)]
            if self._is_due(about["assignment"], about["student"], folder):
                path = os.path.join(folder, f"{handout.scheme.notebook}.ipynb")
                papers.setdefault(about["assignment"], []).append(Paper(about["student"], path))
        if not self.parent.assignments:
            raise NbGraderException("nothing is left to grade; see the errors above")
        try:
            for name, ordered in papers.items():
                self._gradings[name] = Grading(Order(str(self.course().root), name, tuple(ordered)))
                self._gradings[name].result(ordered[0].student)
        except GradingError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error

    def _leave_out(self, folder: str, reason: str) -> None:
        self.log.error("%s: %s; it is left out, and has no grade", visible(folder), reason)
        del self.parent.assignments[folder]

    def _is_due(self, assignment: str, student: str, folder: str) -> bool:
        """Whether nbgrader will convert a submission: new, changed since, or forced (`BaseConverter.init_destination`).

        One that is thought due and is not costs its grading; the other way round would be told as an error.
        """
        directory = self.parent.coursedir
        done = directory.format_path(directory.autograded_directory, student, assignment)
        if self.parent.force or directory.notebook_id != "*" or not os.path.exists(done):
            return True
        try:
            now, then = directory.get_existing_timestamp(folder), directory.get_existing_timestamp(done)
        except Exception:  # nbgrader parses a file that was handed in; it will say so for this student alone
            return True
        return bool(now and then and now > then)

    # ---- one notebook ----

    def from_filename(self, filename: str, resources: Any = None, **settings: Any) -> Any:
        handout = self.handout(resources) if resources and "nbgrader" in resources else None
        if handout is None:
            self.log.warning(
                "%s: no assignment of this course; its code runs in a kernel, as nbgrader does it", filename
            )
            return super().from_filename(filename, resources, **settings)
        about, directory = resources["nbgrader"], self.parent.coursedir
        handed_in = directory.format_path(directory.submitted_directory, about["student"], about["assignment"])
        if os.path.dirname(os.path.abspath(filename)) != os.path.abspath(handed_in):
            return super().from_filename(filename, resources, **settings)
        copied = Path(directory.format_path(directory.autograded_directory, about["student"], about["assignment"]))
        strays.take_away(copied, self._source(about["assignment"]))
        strays.keep(Path(handed_in), copied)
        resources["metadata"] = {"name": about["notebook"], "path": os.path.dirname(filename)}
        return self.from_notebook_node(self._rebuilt(filename, handout, resources), resources, **settings)

    def _rebuilt(self, filename: str, handout: Handout, resources: Any) -> NotebookNode:
        result = self.result(resources)
        raw = _bytes(filename)
        page = outline.outline(result, self.lang)
        handed = None if raw is None else rebuild.read(raw)
        unread = bool(page.findings) and all(task.state == "error" for task in page.tasks)
        shown = rebuild.Shown(
            answers={answer.name: answer.answer for answer in result.manual},
            rubric=handout.rubric(self.lang),
            problem="\n".join(note.message for note in page.findings) if unread else "",
        )
        return from_dict(rebuild.rebuild(handed, handout.source, handout.scheme, shown, self.lang))


def _close(gradings: dict[str, Grading], recorders: dict[tuple[str, str], Recorder]) -> None:
    """After a run, even one that was stopped."""
    for grading in gradings.values():
        grading.close()
    for recorder in recorders.values():
        recorder.close()


def _bytes(filename: str) -> bytes | None:
    """The bytes of a plain file of a size that can be shown."""
    try:
        if not stat.S_ISREG(os.lstat(filename).st_mode) or os.path.getsize(filename) > MAX_BYTES:
            return None
        return Path(filename).read_bytes()
    except OSError:
        return None


def _source(folder: Path, assignment: Assignment) -> dict[str, Any]:
    """The source notebook, as the instructor has it, or as the course makes it."""
    path = folder / f"{scheme.notebook_id(assignment)}.ipynb"
    try:
        made: dict[str, Any] = json.loads(path.read_bytes())
        list(scheme.known_cells(made))
    except (OSError, ValueError, KeyError, TypeError):
        made = json.loads(assemble.instructor(assignment))
    return made


def _rubric(criteria: Any, lang: Lang) -> str:
    lines = [f"- **{outline.amount(c.points)}** {c.text.in_(lang)}" for c in criteria]
    return "\n".join([f"**{labels.RUBRIC.in_(lang)}**", "", *lines])
