"""A student's notebook of one of our assignments never reaches a kernel, whatever became of the configuration.

nbgrader goes on with its defaults where an instructor's line below `configure(c)` fails, and such a line may put
another exporter or list of preprocessors back. So whatever starts a kernel, or takes marks from a notebook's outputs,
asks here first. Where `configure` is never called, the gradebook names a kernel that nobody has.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from autograder import course
from autograder.nbgrader import scheme

# For the gradebook: `OverwriteKernelspec` gives it to every notebook that is autograded.
NO_KERNEL = {"name": "none-autograder-grades-this", "display_name": "None: autograder grades it", "language": "python"}
_roots: set[Path] = set()


def guard(root: Path) -> None:
    """From now on, in this process, notebooks of the course at `root` are graded by our engine or not at all."""
    from nbconvert.preprocessors import ExecutePreprocessor
    from nbgrader.preprocessors import SaveAutoGrades

    for kind in (ExecutePreprocessor, SaveAutoGrades):
        if not _roots:
            setattr(kind, "preprocess", _asking(kind.preprocess))  # noqa: B010
    _roots.add(root)


def _asking(preprocess: Any) -> Any:
    @functools.wraps(preprocess)
    def asked(self: Any, nb: Any, resources: Any = None, *rest: Any, **more: Any) -> Any:
        _refuse(resources)
        return preprocess(self, nb, resources, *rest, **more)

    return asked


def _refuse(resources: Any) -> None:
    about = (resources or {}).get("nbgrader") or {}
    student, assignment = about.get("student", "."), about.get("assignment")
    if student == ".":  # the instructor's own notebook
        return
    from nbgrader.converters.base import NbGraderException

    for root in _roots:
        ours = course.find(root)
        if assignment in ours.ids and scheme.notebook_id(ours.assignment(assignment)) == about.get("notebook"):
            fact = f"{student}: {assignment} is graded by autograder, and nothing of it in a kernel"
            way = "let configure(c) have the last word in nbgrader_config.py, and see that nbgrader can load all of it"
            raise NbGraderException(f"{fact}; {way}")
