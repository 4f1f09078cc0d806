"""Grade a sample class that ships with the course: labelled submissions, right, wrong and hostile."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from autograder import batch
from autograder.course import Assignment, Course, CourseError
from autograder.output import OutputError, Terminal, write
from autograder.render import html, tables, terminal
from autograder.result import from_json
from autograder.text import Lang

SIZES = {"accepted": 3, "mistakes": 8, "hostile": 1}  # of each assignment
SECRET = b"demo"


def run(course: Course, out: Path, lang: Lang) -> bool:
    """Lay out a class for every assignment below `out`, grade it, and print what came out; returns whether withheld.

    Raises CourseError where the labelled submissions are not there, OutputError where `out` cannot be written.
    """
    withheld = False
    rows = []
    for assignment in map(course.assignment, course.ids):
        folder = out / "class" / assignment.id
        students = _lay_out(assignment, folder)
        print(f"\nautograder grade {assignment.id} {folder} --out {out / assignment.id}\n", flush=True)
        options = batch.Options(out / assignment.id, None, None, False, lang)
        withheld |= batch.run(assignment, students, options, secret=SECRET)
        results = [from_json(path.read_bytes()) for path in sorted((out / assignment.id / "results").glob("*.json"))]
        title = assignment.manifest.title.in_(lang)
        rows.append(tables.class_row(assignment.id, title, results, f"{assignment.id}/index.html"))
    write(out / "index.html", html.course_page(rows, lang).encode())
    console = Terminal()
    console.print()
    console.print(terminal.course_table(rows, lang))
    console.print(out / "index.html")
    return withheld


def _lay_out(assignment: Assignment, folder: Path) -> list[Path]:
    """One folder per student, named after what they did, with the module in it; returns the students' folders."""
    chosen = [path for kind, size in SIZES.items() for path in _spread(assignment, kind, size)]
    if not chosen:
        raise CourseError(
            f"{assignment.solutions}: no labelled submissions; the demo is graded where the solutions are"
        )
    try:
        for path in chosen:
            target = folder / path.stem / assignment.file_name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose a folder that can be written with --out") from None
    return sorted(folder / path.stem for path in chosen)


def _spread(assignment: Assignment, kind: str, size: int) -> Sequence[Path]:
    """`size` submissions of a kind, evenly spread over their names."""
    paths = sorted((assignment.solutions / kind).glob("*.py"))
    return paths if len(paths) <= size else [paths[i * len(paths) // size] for i in range(size)]
