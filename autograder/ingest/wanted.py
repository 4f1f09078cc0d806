"""What is looked for in what was handed in: the module of an assignment, or its notebook."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from autograder.course import Assignment
from autograder.ingest.notebook import of_notebook
from autograder.ingest.submission import Note, Submission, of_bytes

MAX_SOURCE = 1 << 20  # bytes of source
NOTEBOOK = ".ipynb"


@dataclass(frozen=True)
class Wanted:
    """What is looked for: `module` as a .py or a notebook.

    `answers`: names of the written answers; `within`: the folder of a student in which it may lie; `published`: what
    was given out, by file name; `limit`: the most bytes of source.
    """

    module: str
    answers: tuple[str, ...] = ()
    within: str = ""
    published: Mapping[str, bytes] = field(default_factory=dict)
    limit: int = MAX_SOURCE

    @classmethod
    def of(cls, assignment: Assignment) -> Wanted:
        """What is looked for when an assignment is graded."""
        about = assignment.manifest
        published: dict[str, bytes] = {}
        for path in (assignment.stub, assignment.notebook):
            with contextlib.suppress(OSError):
                published[path.name] = path.read_bytes()
        return cls(about.module, tuple(spec.name for spec in about.written), assignment.id, published)

    @property
    def file(self) -> str:
        return f"{self.module}.py"

    @property
    def notebook(self) -> str:
        return f"{self.module}.ipynb"

    def read(self, student: str, path: str, name: str, raw: bytes) -> Submission:
        """The submission that the bytes of the file `name` are."""
        if name.lower().endswith(NOTEBOOK):
            return of_notebook(student, path, raw, self.answers, self.limit)
        return of_bytes(student, path, raw)

    def chosen(self, found: Mapping[str, Submission]) -> Submission:
        """Of a module and a notebook, by file name, the one that the student worked in."""
        changed = [name for name, submission in found.items() if self._is_changed(submission, name)]
        chosen = found[next(iter(changed or found))]
        if len(changed) < 2:
            return chosen
        note = Note("ingest.both", {"module": self.file, "notebook": self.notebook})
        return replace(chosen, notes=(*chosen.notes, note))

    def _is_changed(self, submission: Submission, name: str) -> bool:
        """Whether it is not what was given out."""
        given = self.published.get(name)
        return given is None or submission.source is None or self.read("", "", name, given).source != submission.source
