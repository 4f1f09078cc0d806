"""What students can see: the calls of the visible examples and of shown hidden cases, as literals of `recording`."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from autograder.attempt import Plan
from autograder.course import Assignment
from autograder.grade import Grader, Job
from autograder.ingest import Wanted, collect
from autograder.marks import Finding, current
from autograder.student import Function, Student
from autograder.verify import visible
from autograder.verify.impostors import recording
from autograder.verify.impostors.outline import MODULE, module, outline, text_of


def watched(assignment: Assignment) -> str:
    """The reference, with every call from outside written down in `_recorder`."""
    made = outline(assignment)
    names, classes = list(made.functions), [name for name, _ in made.classes]
    return "\n".join(
        [
            assignment.reference.read_text(encoding="utf-8"),
            "import sys, types",
            MODULE,
            module("_recording", text_of("recording")),
            f"_recorder = _recording.Recorder(globals(), {names!r}, {classes!r})",
            "def _seen():\n    return _recorder.take()\n",
        ]
    )


SETUP = """
import pathlib

import numpy as np

_fresh = np.random.default_rng
np.random.default_rng = lambda seed=None: _fresh(0 if seed is None else seed)
np.random.seed(0)


def pytest_sessionfinish():
    import {module}

    pathlib.Path("seen").write_text({module}._seen(), encoding="utf-8")
"""


def visible_calls(assignment: Assignment) -> list[recording.Told]:
    """The calls that the visible examples make, with what the reference answers."""
    if not visible.examples(assignment).is_file():
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "conftest.py").write_text(SETUP.format(module=assignment.manifest.module), encoding="utf-8")
        visible.run(assignment, watched(assignment), folder)
        return recording.read((folder / "seen").read_text(encoding="utf-8"))


def shown_calls(assignment: Assignment) -> list[recording.Told]:
    """The calls that the hidden tests make in shown cases, whose inputs and answers are published."""
    entries: list[recording.Told] = []
    with tempfile.TemporaryDirectory() as name, Grader(assignment, b"verify") as grader:
        path = Path(name) / assignment.file_name
        path.write_text(watched(assignment), encoding="utf-8")
        (submission,) = collect([path], Wanted.of(assignment))
        grader.run([Job(submission, Plan(listener=_listener(entries)))], lambda job: None)
    return entries


def _listener(entries: list[recording.Told]) -> Callable[[Student], None]:
    """Keeps what the reference recorded of each call, if its case is shown."""

    def listen(student: Student) -> None:
        context = current()
        last, context.listener = context.last, None
        with contextlib.suppress(Finding):
            said = student.call(Function(student, "_seen"), (), {})
            if context.shown:
                entries.extend(recording.read(said))
        context.last, context.listener = last, listen

    return listen
