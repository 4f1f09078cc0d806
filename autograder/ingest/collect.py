"""Find submissions below the paths that an instructor typed, and read them as data.

    PATH  alice.py                a file: the student is its stem
          alice.zip               an archive (.zip, .tar, .tar.gz, .tgz) with the module at its root or one folder deep
          alice/gates.py          a folder that holds the module: the student is the folder's name
          class/{alice, bob.py}   a folder of those

A typed path may be a symbolic link; nothing below it may. What is wrong with one student's file becomes that student's
`Problem`; what is wrong with the command becomes an `IngestError`.
"""

import os
import stat
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from autograder.ingest.archive import IGNORED, MAX_ARCHIVE, read_module, refused
from autograder.ingest.submission import (
    Problem,
    Submission,
    SubmissionError,
    kind_of,
    no_module,
    not_a_file,
    of_bytes,
    of_refusal,
    same_student,
    student_name,
    too_large,
    unreadable,
    visible,
)

MAX_SOURCE = 1 << 20  # bytes of one module

_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_OTHER_TARS = (".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst")
_OTHER_ARCHIVES = (*_OTHER_TARS, ".gz", ".bz2", ".xz", ".7z", ".rar", ".alz", ".egg")
_KINDS = {  # the first suffix that fits, so the longer ones come first
    ".py": "module",
    ".ipynb": "notebook",
    **dict.fromkeys(sorted(_ARCHIVES, key=len, reverse=True), "archive"),
    **dict.fromkeys(_OTHER_ARCHIVES, "other archive"),
}
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))
_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)

Found = tuple[Path, Submission]  # where it lies, typed links resolved, and what it is


class IngestError(Exception):
    """The command names something that cannot be collected; the text is a fact and what to do."""


def collect(paths: Sequence[Path], module: str, limit: int = MAX_SOURCE) -> list[Submission]:
    """One submission per student, in the order of the paths and by name in a folder.

    `module` is the manifest's name without suffix, `limit` the most bytes of source. Raises `IngestError` for a path
    that is missing, unreadable or of no known kind, and for a folder without any submission.
    """
    found: dict[Path, Submission] = {}
    for path in paths:
        for place, submission in _typed(path, f"{module}.py", limit):
            found.setdefault(place, submission)
    students: dict[str, list[Submission]] = {}
    for submission in found.values():
        students.setdefault(same_student(submission.student), []).append(submission)
    return [several[0] if len(several) == 1 else _two_submissions(several) for several in students.values()]


def _two_submissions(several: list[Submission]) -> Submission:
    shown = ", ".join([submission.path for submission in several[:5]] + ["…"] * (len(several) > 5))
    problem = Problem("ingest.two-submissions", {"paths": shown, "count": len(several)}, "ours")
    return Submission(several[0].student, None, "", several[0].path, problem)


# --- paths and folders ----------------------------------------------------------------------------------------------


def _typed(path: Path, file: str, limit: int) -> list[Found]:
    shown, place = visible(str(path)), Path(os.path.realpath(path))
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            return _typed_folder(path, file, limit)
    except (FileNotFoundError, NotADirectoryError):
        raise IngestError(f"{shown}: no such file or folder; check the path") from None
    except OSError as error:
        raise IngestError(f"{shown}: cannot be read ({error.strerror}); check its permissions") from None
    student, kind = _kind(path.name)
    if not kind:
        kinds = f"a .py file, an archive ({', '.join(_ARCHIVES)})"
        raise IngestError(f"{shown}: not a submission; give {kinds}, a folder with {file}, or a folder of those")
    submission = _read_file(path, student, kind, file, limit, follow=True)
    if submission.problem and submission.problem.key == "ingest.notebook":
        raise IngestError(f"{shown}: notebooks are not supported yet; hand in {file} instead")
    if submission.problem and submission.problem.key == "ingest.unreadable":
        reason = submission.problem.params["reason"]
        raise IngestError(f"{shown}: cannot be read ({reason}); check its permissions")
    return [(place, submission)]


def _typed_folder(folder: Path, file: str, limit: int) -> list[Found]:
    shown, place = visible(str(folder)), Path(os.path.realpath(folder))
    names = os.listdir(folder)
    if file in names and not _holds_students(folder, names, file):
        student = Path(os.path.abspath(folder)).name or "root"
        return [(place, _read_folder(folder, student_name(student), file, limit))]
    found: list[Found] = []
    for name in sorted(names, key=student_name):
        if not name.startswith(".") and name not in IGNORED and (child := _child(folder / name, file, limit)):
            found.append((place / name, child))
    if all(child.problem and child.problem.key == "ingest.no-module" for _, child in found):
        raise IngestError(f"{shown}: no submission below it; it should hold {file}, or one file or folder per student")
    return found


def _holds_students(folder: Path, names: Sequence[str], file: str) -> bool:
    """Whether folders with the module lie in `folder`: then a module beside them is one student's among many."""
    return any(os.path.isfile(folder / name / file) for name in names if name not in IGNORED)


def _child(path: Path, file: str, limit: int) -> Submission | None:
    """The submission that an entry of a class folder is, or None for a stray file."""
    student, kind = _kind(path.name)
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        return of_refusal(student, visible(str(path)), unreadable(error))
    if stat.S_ISLNK(mode):
        stray = not kind and os.path.exists(path) and not os.path.isdir(path)
        return None if stray else of_refusal(student, visible(str(path)), not_a_file(path.name, "symbolic link"))
    if stat.S_ISDIR(mode):
        return _read_folder(path, student_name(path.name), file, limit)
    return _read_file(path, student, kind, file, limit, follow=False) if kind else None


def _kind(name: str) -> tuple[str, str]:
    """Student and kind of a file's name: "module", "notebook", "archive", "other archive", "" for a stray file."""
    for suffix, kind in _KINDS.items():
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return student_name(name[: -len(suffix)]), kind
    return student_name(name), ""


# --- one submission -------------------------------------------------------------------------------------------------


def _read_folder(folder: Path, student: str, file: str, limit: int) -> Submission:
    try:
        os.lstat(folder / file)
    except FileNotFoundError:
        return of_refusal(student, visible(str(folder)), _without_module(folder, file))
    except OSError as error:
        return of_refusal(student, visible(str(folder / file)), unreadable(error))
    return _read_file(folder / file, student, "module", file, limit, follow=False)


def _without_module(folder: Path, file: str) -> SubmissionError:
    try:
        with os.scandir(folder) as entries:
            return no_module(file, [entry.name for entry in islice(entries, 1000) if entry.name[0] != "."])
    except OSError as error:
        return unreadable(error)


def _read_file(path: Path, student: str, kind: str, file: str, limit: int, follow: bool) -> Submission:
    inside = ""
    try:
        if kind == "notebook":
            raise SubmissionError("ingest.notebook", {"module": file})
        if kind == "other archive":
            raise refused("kind", file)
        with _open(path, MAX_ARCHIVE if kind == "archive" else limit, follow) as stream:
            if kind == "archive":
                raw, inside = read_module(stream, file, limit)
            else:
                raw = _read_all(stream, limit)
    except SubmissionError as refusal:
        return of_refusal(student, visible(str(path)), refusal)
    return of_bytes(student, visible(str(path / inside)), raw)


def _open(path: Path, limit: int, follow: bool) -> BinaryIO:
    """Open a plain file of at most `limit` bytes; nothing else is even opened, for opening a device can act."""
    try:
        _require_file(path, os.stat(path, follow_symlinks=follow))
        descriptor = os.open(path, _FLAGS | (0 if follow else _NOFOLLOW))
    except OSError as error:
        raise unreadable(error) from error
    try:
        info = os.fstat(descriptor)
        _require_file(path, info)
        if info.st_size > limit:
            raise too_large(info.st_size, limit)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _require_file(path: Path, info: os.stat_result) -> None:
    if (kind := kind_of(info.st_mode)) != "file":
        raise not_a_file(path.name, kind)


def _read_all(stream: BinaryIO, limit: int) -> bytes:
    try:
        raw = stream.read(limit + 1)
    except OSError as error:
        raise unreadable(error) from error
    if len(raw) > limit:
        raise too_large(len(raw), limit)
    return raw
