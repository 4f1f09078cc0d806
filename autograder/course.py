"""Where things are: the course folder, its assignments, the secret that seeds hidden inputs, the digests."""

from __future__ import annotations

import difflib
import hashlib
import hmac
import os
import platform
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from autograder import manifest
from autograder.result import Digests
from autograder.text import Text

SECRET_FILE = ".course-secret"
COURSE_VARIABLE = "NAND2MNIST_COURSE"
SECRET_VARIABLE = "NAND2MNIST_SECRET"
PACKAGE = Path(__file__).parent


class CourseError(Exception):
    """The course or one of its assignments is not there; the text says what to do, in both languages for students."""

    def __init__(self, en: str, ko: str | None = None) -> None:
        super().__init__(en)
        self.text = Text(en=en, ko=ko or en)


@dataclass(frozen=True)
class Assignment:
    """One assignment of a course: its id (folder name) and where its parts are."""

    course: Course
    id: str

    @property
    def folder(self) -> Path:
        return self.course.root / "assignments" / self.id

    @property
    def solutions(self) -> Path:
        return self.course.root / "solutions" / self.id

    @property
    def grader(self) -> Path:
        return self.course.root / "autograder" / "graders" / self.id

    @cached_property
    def manifest(self) -> manifest.Manifest:
        return manifest.load(self.folder / "assignment.toml")

    @property
    def file_name(self) -> str:
        return f"{self.manifest.module}.py"

    @property
    def stub(self) -> Path:
        return self.folder / self.file_name

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.manifest.module}.ipynb"

    @property
    def reference(self) -> Path:
        return self.solutions / self.file_name

    @property
    def messages(self) -> Path:
        return self.grader / "messages.toml"


@dataclass(frozen=True)
class Datasets:
    """The data that ships with a course: `datasets/`. Grading uses no other, so that a mark is the same everywhere."""

    root: Path

    @property
    def files(self) -> list[Path]:
        """Every data file; scripts and texts beside them are none."""
        return sorted(p for ending in ("gz", "npz") for p in self.root.glob(f"*/*.{ending}"))

    def read(self, name: str) -> bytes:
        """The bytes of a file of the embedded set, by its MNIST name, or of `folder/name`. Raises CourseError."""
        path = self.root / (name if "/" in name else f"digits/{name}")
        try:
            return path.read_bytes()
        except OSError as error:
            raise CourseError(f"{path}: {error.strerror}; the course's data is not complete") from error


@dataclass(frozen=True)
class Course:
    """The folder that holds `assignments/`."""

    root: Path

    @property
    def datasets(self) -> Datasets:
        return Datasets(self.root / "datasets")

    @property
    def ids(self) -> list[str]:
        return sorted(p.parent.name for p in self.root.glob("assignments/*/assignment.toml"))

    def assignment(self, name: str) -> Assignment:
        """The assignment with this id; its number, its slug, its folder or a file in it will do.

        Raises CourseError with the nearest name.
        """
        path = Path(name)
        wanted = (path.parent if path.suffix else path).name.casefold()
        matches = [i for i in self.ids if wanted in _names(i)]
        if len(matches) == 1:
            return Assignment(self, matches[0])
        known = {alias: i for i in self.ids for alias in _names(i)}
        if near := difflib.get_close_matches(wanted, known, n=1, cutoff=0.5):
            meant = known[near[0]]
            raise CourseError(
                f"no assignment {name!r}; did you mean {meant}?", f"{name!r} 과제가 없습니다. 혹시 {meant}인가요?"
            )
        there = ", ".join(self.ids) or "-"
        raise CourseError(
            f"no assignment {name!r}; there are: {there}", f"{name!r} 과제가 없습니다. 있는 과제: {there}"
        )


def _names(assignment: str) -> set[str]:
    """What an assignment may be called: `01_gates`, `gates`, `01`, `1`."""
    number, _, slug = assignment.casefold().partition("_")
    return {assignment.casefold(), slug, number, number.lstrip("0")}


def find(explicit: Path | None = None) -> Course:
    """The course at `explicit` or $NAND2MNIST_COURSE, else the one this package lies in, else the one around the
    working folder. Raises CourseError.

    The own course comes before the working folder, so that graders in a folder of submissions count for nothing.
    """
    if explicit is None and COURSE_VARIABLE in os.environ:
        explicit = Path(os.environ[COURSE_VARIABLE])
    if explicit is not None:
        if not any(explicit.glob("assignments/*/assignment.toml")):
            raise CourseError(f"{explicit}: no assignments/ folder with an assignment; name the folder that holds it")
        return Course(explicit.resolve())
    here = Path.cwd().resolve()
    for folder in (PACKAGE.parent, here, *here.parents):
        if any(folder.glob("assignments/*/assignment.toml")):
            return Course(folder)
    raise CourseError(
        f"no assignments/ folder in {here} or above it; change into the course folder",
        f"{here}와 그 위에 assignments/ 폴더가 없습니다. 강의 폴더로 이동한 뒤 다시 실행하세요.",
    )


def secret(course: Course, made: Callable[[Path], None] = lambda path: None) -> bytes:
    """The course secret, from $NAND2MNIST_SECRET or the file `.course-secret`.

    The file is made on first use, and `made` is told. Whoever knows it can compute the hidden inputs. Raises
    CourseError where it can be neither read nor made.
    """
    if value := os.environ.get(SECRET_VARIABLE):
        return value.encode()
    path = course.root / SECRET_FILE
    try:
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32) + "\n")
            made(path)
        value = path.read_text().strip()
    except OSError as error:
        way_out = "make the file readable" if path.exists() else "make its folder writable, so that it can be made"
        raise CourseError(f"{path}: {error.strerror}; set {SECRET_VARIABLE} or {way_out}") from error
    if not value:
        raise CourseError(f"{path}: empty; delete it and a new secret is made, or set {SECRET_VARIABLE}")
    return value.encode()


def seed(key: bytes, *parts: str) -> str:
    """A hex seed from HMAC-SHA256 over `parts` (assignment, student, test); the same parts give the same seed."""
    return hmac.new(key, "\0".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def digests(assignment: Assignment, submission: str) -> Digests:
    """What a Result depends on; a cache keyed by these never keeps an old mark."""
    given_out = [path for path in (assignment.folder / "assignment.toml", assignment.stub) if path.is_file()]
    grader = _digest((*_sources(assignment.grader), *given_out, *assignment.course.datasets.files))
    return Digests(submission=submission, grader=grader, engine=_engine(), environment=_environment())


def _sources(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


@cache
def _engine() -> str:
    return _digest(tuple(p for p in _sources(PACKAGE) if "graders" not in p.relative_to(PACKAGE).parts))


@cache
def _digest(paths: tuple[Path, ...]) -> str:
    total = hashlib.sha256()
    for path in paths:
        data = path.read_bytes()
        total.update(f"{path.name}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


@cache
def _environment() -> str:
    import numpy as np

    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, NumPy {np.__version__}, {platform.system()} {platform.machine()}"
