"""What goes to students: of the allow-list, what git knows. Whatever else lies about in the course stays there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from autograder.course import Assignment, Course

EXAMPLES = "test_examples.py"
OVERLAY = "student/"  # its files are the student repository's own and go to its top

# One a line; a name without * must be there.
COURSE = """
LICENSE
pyproject.toml
requirements/grade.txt
requirements/report.txt
autograder/**/*.py
autograder/**/*.toml
autograder/**/*.html
autograder/**/*.css
datasets/README.md
datasets/README.ko.md
datasets/digits.png
datasets/fetch_mnist.py
datasets/digits/*.gz
datasets/weights/*.npz
student/README.md
student/README.ko.md
student/Makefile
student/.gitignore
student/.github/PULL_REQUEST_TEMPLATE.md
student/.github/workflows/*.yml
""".split()
ASSIGNMENT = f"""
assignment.toml
README.md
README.ko.md
MODULE.py
MODULE.ipynb
{EXAMPLES}
pictures/*.png
pictures/*.svg
""".split()
NEVER = "graders", "__pycache__"  # a folder of a name that begins so, in whatever case, wherever it is


class ReleaseError(Exception):
    """There is no release; the text says why, what to do, and that nothing is lost."""


@dataclass
class Listing:
    """What a release has, and which files of the allow-list it has not because git does not know them."""

    files: dict[str, bytes] = field(default_factory=dict)  # path in the student repository -> content
    unknown: list[str] = field(default_factory=list)


def files(course: Course, known: Collection[str] | None) -> Listing:
    """Every file of a release. `known`: the paths that git has; None where the course is in no git work tree.

    An assignment whose manifest git does not know is a draft, and stays here as a whole. Raises ReleaseError,
    ManifestError.
    """
    made = Listing()
    patterns = [(pattern, False) for pattern in COURSE]
    for assignment in map(course.assignment, course.ids):
        draft = known is not None and f"assignments/{assignment.id}/assignment.toml" not in known
        patterns += [(pattern, draft) for pattern in _patterns(assignment)]
    for pattern, draft in patterns:
        for path in _matches(course.root, pattern):
            if known is None or (path in known and not draft):
                made.files[path.removeprefix(OVERLAY)] = _content(course.root, path)
            elif "*" in pattern or draft:
                made.unknown += [path] if path not in known and (course.root / path).is_file() else []
            else:
                _content(course.root, path)
                raise ReleaseError(f"{path}: git does not know it, and students need it; git add it")
    return made


def may_write(path: str) -> bool:
    """Whether a path of the student repository has the shape of one that a release writes."""
    patterns = [pattern.removeprefix(OVERLAY) for pattern in COURSE]
    patterns += [f"assignments/[0-9][0-9]_*/{name.replace('MODULE', '*')}" for name in ASSIGNMENT]
    parts = tuple(path.split("/"))
    return any(_fits(parts, tuple(p.split("/"))) and not _is_private(Path(path), p) for p in patterns)


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """As `Path.glob` finds it."""
    if not pattern or not parts:
        return not pattern and not parts
    if pattern[0] == "**":
        return any(_fits(parts[at:], pattern[1:]) for at in range(len(parts)))
    return fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def source(path: str) -> str:
    """Where in the course a file of a release comes from."""
    ours = OVERLAY + path
    own = (pattern for pattern in COURSE if pattern.startswith(OVERLAY))
    return ours if any(PurePosixPath(ours).match(pattern) for pattern in own) else path


def is_module(path: str) -> bool:
    """Whether a file that a release wrote is one that students complete: a module or its notebook."""
    parts = PurePosixPath(path).parts
    return len(parts) == 3 and parts[0] == "assignments" and path.endswith((".py", ".ipynb")) and parts[2] != EXAMPLES


def stage(files: dict[str, bytes], folder: Path) -> None:
    """Write the files below the folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _patterns(assignment: Assignment) -> Iterator[str]:
    for pattern in ASSIGNMENT:
        yield f"assignments/{assignment.id}/{pattern.replace('MODULE', assignment.manifest.module)}"


def _matches(root: Path, pattern: str) -> list[str]:
    paths = [path.relative_to(root) for path in root.glob(pattern)] if "*" in pattern else [Path(pattern)]
    return sorted(path.as_posix() for path in paths if not _is_private(path, pattern))


def _is_private(path: Path, pattern: str) -> bool:
    """Graders and what is hidden, unless the pattern itself names it."""
    hidden = {part for part in path.parts if part.startswith(".")} - set(PurePosixPath(pattern).parts)
    return bool(hidden) or any(part.casefold().startswith(NEVER) for part in path.parts[:-1])


def _content(root: Path, path: str) -> bytes:
    """Raises ReleaseError for what is no plain file of the course."""
    place = root / path
    if not path.isprintable():
        raise ReleaseError(f"{path!r}: a name with control characters; rename it")
    for each in (Path(path), *Path(path).parents):
        if each.name and (root / each).is_symlink():
            raise ReleaseError(f"{each.as_posix()}: a link; put the file itself there")
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise ReleaseError(f"{path}: not there, and students need it; restore it") from None
    except OSError as error:
        raise ReleaseError(f"{path}: {error.strerror}; every file of a release must be readable") from error
