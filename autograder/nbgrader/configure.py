"""What an nbgrader course needs to grade with this engine: two lines in its nbgrader_config.py.

    from autograder.nbgrader import configure
    configure(c)

Lists that the instructor has set before are kept, with our preprocessors in the place of those that they replace.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.nbgrader.database import COURSE_ID
from autograder.text import LANGS, Lang, of_locale

# An LMS names a download after the student, then whatever it likes, then the file: alice_gates.ipynb,
# alice_12345_67890_gates-1.ipynb; or there is a folder for each student. All may lie in an archive of the class. One
# with a _ in its name is a student's own, and the names of others in it count for nothing.
COLLECTED = (
    r"(?>.*?/(?:{assignments})/extracted/|)(?:[^/_]+/)?(?P<student_id>\w[\w.@+-]*?)(?:/|_(?:[^/]*_)?)"
    r"(?P<file_id>{notebooks})(?:-\d+|\s?\(\d+\))?\.ipynb$"
)


def configure(c: Any, lang: Lang | None = None, course: Path | str | None = None) -> None:
    """Set up nbgrader's configuration `c`. Ends the program where it cannot.

    `lang`: the language of what students read, by default the locale's; `course`: the folder of the course, by default
    the one that autograder lies in.

    nbgrader logs an error in its configuration and goes on with its defaults: students' code would run in a kernel
    beside the gradebook.
    """
    try:
        _configure(c, lang, course)
    except Exception as error:
        raise SystemExit(f"nbgrader_config.py: autograder cannot be set up: {error}") from error


def _configure(c: Any, lang: Lang | None, course: Path | str | None) -> None:
    from nbgrader import preprocessors as theirs
    from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback

    from autograder import course as courses
    from autograder.nbgrader import exporter, kernels, preprocessors, scheme

    if lang not in (None, *LANGS):
        raise ValueError(f"lang={lang!r}: write one of {', '.join(LANGS)}")
    found = courses.find(Path(course) if course else None)
    kernels.guard(found.root)
    c.CourseDirectory.setdefault("course_id", COURSE_ID)

    c.Autograde.exporter_class = exporter.Submitted
    c.Submitted.lang = lang or of_locale()
    c.Submitted.course_root = c.Stubs.course_root = c.Cells.course_root = str(found.root)
    swapped = {theirs.Execute: preprocessors.Grade, theirs.SaveAutoGrades: preprocessors.Record}
    _swap(c.Autograde, "autograde_preprocessors", Autograde, swapped)
    given = {theirs.ClearSolutions: preprocessors.Stubs, theirs.SaveCells: preprocessors.Cells}
    _swap(c.GenerateAssignment, "preprocessors", GenerateAssignment, given)
    _swap(c.GenerateFeedback, "preprocessors", GenerateFeedback, {})
    if preprocessors.WithoutRubric not in c.GenerateFeedback.preprocessors:
        c.GenerateFeedback.preprocessors = [preprocessors.WithoutRubric, *c.GenerateFeedback.preprocessors]

    c.HTMLExporter.setdefault("sanitize_html", True)
    if not c.FileNameCollectorPlugin.get("named_regexp"):
        notebooks = "|".join(scheme.notebook_id(found.assignment(name)) for name in found.ids)
        assignments = "|".join(found.ids)
        c.FileNameCollectorPlugin.named_regexp = COLLECTED.format(notebooks=notebooks, assignments=assignments)


def _swap(section: Any, name: str, converter: Any, ours: dict[Any, Any]) -> None:
    """The converter's list with our classes where theirs were."""
    there = section.get(name) or list(converter.class_traits()[name].default())
    section[name] = [ours.get(each, each) for each in there]
