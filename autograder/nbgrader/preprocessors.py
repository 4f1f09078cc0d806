"""Our own in place of four of nbgrader's preprocessors; notebooks of other assignments go the way they went before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor, SaveAutoGrades, SaveCells
from traitlets import List, Unicode

from autograder import course, stub
from autograder.nbgrader import parts, scheme
from autograder.nbgrader.exporter import Submitted
from autograder.nbgrader.kernels import NO_KERNEL
from autograder.nbgrader.rebuild import RUBRIC
from autograder.notebook import assemble

Converted = tuple[NotebookNode, Any]


class Stubs(ClearSolutions):
    """In place of ClearSolutions: a solution cell becomes what the course's stub has for it, byte for byte."""

    course_root: Any = Unicode("", help="The folder of the course, as for Submitted.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        about = resources["nbgrader"]
        ours = course.find(Path(self.course_root) if self.course_root else None)
        assignment = ours.assignment(about["assignment"]) if about["assignment"] in ours.ids else None
        if assignment is None or scheme.notebook_id(assignment) != about["notebook"]:
            return super().preprocess(nb, resources)
        answers = {spec.name for spec in assignment.manifest.written}
        given = set(assemble.solution_cells(assignment).values())
        for cell in nb.cells:
            role = cell.metadata.get("nbgrader", {})
            name = role.get("grade_id", cell.get("id", "?"))
            if cell.cell_type == "code" and (stub.BEGIN in cell.source or name in given):
                cell.source = assemble.solution(cell.source, f"{assignment.id}, cell {name}")
            elif role.get("solution"):  # as nbgrader does it: all of the cell is the solution
                told = assemble.answer(name) if name in answers else self.text_stub
                cell.source = self.code_stub["python"] if cell.cell_type == "code" else told
            if stub.BEGIN in cell.source or stub.END in cell.source:
                raise RuntimeError(f"{assignment.id}: a solution is left in cell {name}; nothing is released")
        return nb, resources


class Cells(SaveCells):
    """In place of SaveCells: the gradebook has a kernel for what is released that is not there for what comes back."""

    course_root: Any = Unicode("", help="The folder of the course, as for Submitted.").tag(config=True)

    def _create_notebook(self, nb: NotebookNode) -> None:
        ours = course.find(Path(self.course_root) if self.course_root else None)
        name = self.assignment_id
        if name in ours.ids and scheme.notebook_id(ours.assignment(name)) == self.notebook_id:
            nb = from_dict({**nb, "metadata": {**nb.metadata, "kernelspec": NO_KERNEL}})
        super()._create_notebook(nb)


class Grade(Execute):
    """In place of Execute: no kernel, which `kernels` would refuse. The test cells show what the engine found."""

    def preprocess(self, nb: NotebookNode, resources: Any, *rest: Any, **more: Any) -> Converted:
        exporter = _exporter(self)
        handout = exporter.handout(resources) if exporter else None
        if exporter is None or handout is None:
            return super().preprocess(nb, resources, *rest, **more)
        result = exporter.result(resources)
        tests = {cell: task for task, cell in handout.scheme.tests.items()}
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if cell.cell_type == "code":
                cell.outputs = []
                if name in tests:
                    most = handout.scheme.points[name]
                    cell.outputs = [from_dict(o) for o in parts.outputs(result, tests[name], most, exporter.lang)]
        return nb, resources


class Record(SaveAutoGrades):
    """In place of SaveAutoGrades: scores with their bonus, comments, and what only a person can mark."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        exporter = _exporter(self)
        handout = exporter.handout(resources) if exporter else None
        if exporter is None or handout is None:
            return super().preprocess(nb, resources)
        student = resources["nbgrader"]["student"]
        if exporter.recorder(resources, handout).record(exporter.result(resources), student):
            self.log.info("%s: some cells need a person", student)
        return nb, resources


class WithoutRubric(NbGraderPreprocessor):
    """For feedback: what students do not get is taken out."""

    display_data_priority: Any = List(Unicode()).tag(config=True)  # the exporter sets it, and warns where it cannot

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        nb.cells = [cell for cell in nb.cells if not str(cell.get("id", "")).startswith(RUBRIC)]
        return nb, resources


def _exporter(preprocessor: Any) -> Submitted | None:
    return preprocessor.parent if isinstance(preprocessor.parent, Submitted) else None
