"""Results into nbgrader's gradebook: the one writer, for `nbgrader autograde` and for `autograder grade --gradebook`.

One submission is one transaction, and the same Result written again changes nothing. What a person has entered
(manual scores, extra credit, manual comments, late penalties, flags) is never touched. A person who has marked a cell
is asked to look again where its own score, or the answer that was marked, has changed since.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from autograder.course import Assignment
from autograder.nbgrader import database, scheme
from autograder.nbgrader.database import GradebookError, explained, retried, shown
from autograder.nbgrader.entries import Entries, entries
from autograder.nbgrader.kernels import NO_KERNEL
from autograder.notebook import assemble
from autograder.result import Result
from autograder.text import Lang

_EPSILON = 1e-9


class _Row(Protocol):
    """A row of a query; its columns are what the query asked for."""

    def __getattr__(self, name: str) -> Any: ...


class Recorder:
    """Writes Results of one assignment. Use it as a context manager. Raises GradebookError.

    An assignment that the gradebook does not have is put there as `nbgrader generate_assignment` would.
    """

    def __init__(self, url: str, assignment: Assignment, lang: Lang, course_id: str | None = None) -> None:
        self._url = url
        self._lang = lang
        self._assignment = assignment
        self._scheme = scheme.scheme(assignment)
        self._api = database.api()
        self._gradebook = database.open_gradebook(url, course_id)
        try:
            with explained(url):
                retried(self._prepare)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._gradebook.close()

    # ---- the assignment ----

    def _prepare(self) -> None:
        try:
            self._look()
        finally:
            self._gradebook.db.rollback()  # nothing is held while students' code runs

    def _look(self) -> None:
        api, wanted = self._api, self._scheme
        try:
            notebook = self._gradebook.find_notebook(wanted.notebook, wanted.assignment)
        except api.MissingEntry:
            self._create()
            notebook = self._gradebook.find_notebook(wanted.notebook, wanted.assignment)
        self._compare({cell.name: cell.max_score for cell in notebook.grade_cells})
        self._cells = {cell.name: cell.id for cell in notebook.grade_cells}
        self._solutions = {cell.name: cell.id for cell in notebook.solution_cells}
        self._assignment_id, self._notebook_id = notebook.assignment.id, notebook.id
        self._mirrored = {
            each.id: (
                [cell.id for cell in (*each.grade_cells, *each.task_cells)],
                [cell.id for cell in (*each.solution_cells, *each.task_cells)],
            )
            for each in notebook.assignment.notebooks
        }

    def _create(self) -> None:
        api, gradebook, wanted = self._api, self._gradebook, self._scheme
        utils = api.utils
        assignment = self._or_none(api.Assignment, name=wanted.assignment)
        if assignment is None:
            assignment = api.Assignment(name=wanted.assignment, course_id=gradebook.course_id)
            gradebook.db.add(assignment)
        elif assignment.submissions:
            fact = f"{wanted.assignment} has submissions, but no notebook {wanted.notebook}"
            raise GradebookError(f"{shown(self._url)}: {fact}; it is of another course, name another gradebook")
        made = json.loads(assemble.student(self._assignment))
        notebook = api.Notebook(name=wanted.notebook, assignment=assignment, kernelspec=json.dumps(NO_KERNEL))
        gradebook.db.add(notebook)
        for known in scheme.known_cells(made):
            cell = utils.NotebookNode()
            cell.update(known)
            about = cell.metadata.nbgrader
            name = about.grade_id
            if utils.is_grade(cell):
                points = float(about.points)
                grade_cell = api.GradeCell(name=name, notebook=notebook, max_score=points, cell_type=cell.cell_type)
                gradebook.db.add(grade_cell)
            if utils.is_solution(cell):
                gradebook.db.add(api.SolutionCell(name=name, notebook=notebook))
            source = {"source": cell.source, "cell_type": cell.cell_type, "locked": utils.is_locked(cell)}
            source["checksum"] = utils.compute_checksum(cell)
            gradebook.db.add(api.SourceCell(name=name, notebook=notebook, **source))
        gradebook.db.commit()

    def _or_none(self, kind: Any, **named: str) -> Any:
        return self._gradebook.db.query(kind).filter_by(**named).one_or_none()

    def _compare(self, there: dict[str, float]) -> None:
        wanted = self._scheme.points
        different = [name for name in wanted if abs(there.get(name, -1.0) - wanted[name]) > _EPSILON]
        different += [name for name in there if name not in wanted]
        if different:
            named = ", ".join(different[:5]) + (" …" if len(different) > 5 else "")
            fact = f"{self._scheme.assignment} has other cells or points than this course ({named})"
            way = f"run `autograder nbgrader init` and `nbgrader generate_assignment {self._scheme.assignment}` again"
            raise GradebookError(f"{shown(self._url)}: {fact}; {way}, or name the gradebook of this course")

    # ---- a submission ----

    def record(self, result: Result, student: str | None = None) -> bool:
        """Write one Result; returns whether a person has to look at it. `student`: the id in the gradebook."""
        wanted = entries(result, self._scheme, self._lang)
        student = result.student if student is None else student
        with explained(self._url):
            return retried(lambda: self._write(wanted, student))

    def _write(self, wanted: Entries, student: str) -> bool:
        session = self._gradebook.db
        try:
            notebook = self._submission(student)
            needs = self._grades(notebook, wanted, self._comments(notebook, wanted))
            session.commit()
            return needs
        finally:
            session.rollback()

    def _submission(self, student: str) -> str:
        """The row of the student's notebook, with all that nbgrader's `add_submission` makes beside it."""
        api = self._api
        if self._first(api.Student.id, api.Student.id == student) is None:
            self._insert(api.Student, id=student)
        submitted = api.SubmittedAssignment
        ours = (submitted.assignment_id == self._assignment_id, submitted.student_id == student)
        submission = self._first(submitted.id, *ours)
        if submission is None:
            submission = self._insert(submitted, assignment_id=self._assignment_id, student_id=student)
        for source, (graded, commented) in self._mirrored.items():
            row = api.SubmittedNotebook
            if self._first(row.id, row.assignment_id == submission, row.notebook_id == source) is None:
                notebook = self._insert(row, assignment_id=submission, notebook_id=source)
                for kind, cells in ((api.Grade, graded), (api.Comment, commented)):
                    for cell in cells:
                        self._insert(kind, notebook_id=notebook, cell_id=cell)
        row = api.SubmittedNotebook
        return str(self._first(row.id, row.assignment_id == submission, row.notebook_id == self._notebook_id))

    def _comments(self, notebook: str, wanted: Entries) -> set[str]:
        """Write the comments; returns the cells whose own comment has changed."""
        comment = self._api.Comment.__table__
        there = self._by_cell(comment, notebook, comment.c.auto_comment)
        changed = set()
        for name, text in wanted.comments.items():
            cell = self._solutions.get(name)
            if cell is None:  # a gradebook of an earlier release, whose functions stood in other cells
                continue
            if cell not in there:
                self._insert(self._api.Comment, notebook_id=notebook, cell_id=cell, auto_comment=text)
            elif there[cell].auto_comment != text:
                self._update(comment, there[cell].id, auto_comment=text)
            if cell not in there or there[cell].auto_comment != text:
                changed.add(name)
        return changed

    def _grades(self, notebook: str, wanted: Entries, changed: set[str]) -> bool:
        grade = self._api.Grade.__table__
        columns = (grade.c.auto_score, grade.c.manual_score, grade.c.needs_manual_grade)
        there = self._by_cell(grade, notebook, *columns)
        for name, score in wanted.scores.items():
            row = there.get(self._cells[name])
            new = {
                "auto_score": score,
                "needs_manual_grade": self._needs(name, score, row, wanted, changed),
            }
            if row is None:
                self._insert(self._api.Grade, notebook_id=notebook, cell_id=self._cells[name], **new)
            elif (row.auto_score, bool(row.needs_manual_grade)) != tuple(new.values()):
                self._update(grade, row.id, **new)
        needing = self._first(grade.c.id, grade.c.notebook_id == notebook, grade.c.needs_manual_grade)
        return needing is not None

    def _needs(self, name: str, score: float | None, row: _Row | None, wanted: Entries, changed: set[str]) -> bool:
        """Whether a person has to look at a cell."""
        if wanted.withheld or row is None or row.manual_score is None:
            return score is None
        if row.auto_score != score or (name in self._scheme.answers and name in changed):
            return True
        return bool(row.needs_manual_grade)

    # ---- rows ----

    def _first(self, column: Any, *where: Any) -> Any:
        import sqlalchemy

        return self._gradebook.db.execute(sqlalchemy.select(column).where(*where).limit(1)).scalar()

    def _by_cell(self, table: Any, notebook: str, *columns: Any) -> dict[str, _Row]:
        import sqlalchemy

        query = sqlalchemy.select(table.c.id, table.c.cell_id, *columns).where(table.c.notebook_id == notebook)
        return {row.cell_id: row for row in self._gradebook.db.execute(query)}

    def _insert(self, kind: Any, **values: object) -> str:
        import sqlalchemy

        values = {"id": self._api.new_uuid()} | values
        self._gradebook.db.execute(sqlalchemy.insert(kind.__table__).values(**values))
        return str(values["id"])

    def _update(self, table: Any, row: str, **values: object) -> None:
        import sqlalchemy

        self._gradebook.db.execute(sqlalchemy.update(table).where(table.c.id == row).values(**values))
