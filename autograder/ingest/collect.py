"""Find submissions below the paths that an instructor typed, and read them as data.

    PATH  alice.py, alice.ipynb    a file: the student is its stem
          alice.zip                an archive (.zip, .tar, .tar.gz, .tgz), the module at its root or one folder deep
          alice/gates.py           a folder that holds module or notebook: the student is the folder's name
          alice/01_gates/gates.py  the same, in a folder named after the assignment
          class/{alice, bob.py}    a folder of those

Of a module and a notebook in one place, the one that was changed counts; if both were, the module.

A typed path may be a symbolic link; nothing below it may. What is wrong with one student's file becomes that student's
`Problem`; what is wrong with the command becomes an `IngestError`.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from autograder.ingest.archive import IGNORED, MAX_ARCHIVE, read_module, refused
from autograder.ingest.notebook import MAX_NOTEBOOK
from autograder.ingest.submission import (
    Problem,
    Submission,
    SubmissionError,
    kind_of,
    no_module,
    not_a_file,
    of_refusal,
    same_student,
    student_name,
    too_large,
    unreadable,
    visible,
)
from autograder.ingest.tar import MAX_UNPACKED
from autograder.ingest.wanted import Wanted

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
_ASSIGNMENT = re.compile(r"\d\d_\w+")
_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)

Found = tuple[Path, Submission]  # where it lies, typed links resolved, and what it is


class IngestError(Exception):
    """The command names something that cannot be collected; the text is a fact and what to do."""


def collect(paths: Sequence[Path], wanted: Wanted) -> list[Submission]:
    """One submission per student, in the order of the paths and by name in a folder.

    Raises `IngestError` for a path that is missing, unreadable or of no known kind, and for a folder without any
    submission.
    """
    found: dict[Path, Submission] = {}
    for path in paths:
        for place, submission in _typed(path, wanted):
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


def _typed(path: Path, wanted: Wanted) -> list[Found]:
    shown, place = visible(str(path)), Path(os.path.realpath(path))
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            return _typed_folder(path, wanted)
    except (FileNotFoundError, NotADirectoryError):
        raise IngestError(f"{shown}: no such file or folder; check the path") from None
    except OSError as error:
        raise IngestError(f"{shown}: cannot be read ({error.strerror}); check its permissions") from None
    student, kind = _kind(path.name)
    if not kind:
        kinds = f"a .py or .ipynb file, an archive ({', '.join(_ARCHIVES)})"
        raise IngestError(f"{shown}: not a submission; give {kinds}, a folder with {wanted.file}, or a folder of those")
    submission = _read_file(path, student, kind, wanted, follow=True)
    if submission.problem and submission.problem.key == "ingest.unreadable":
        reason = submission.problem.params["reason"]
        raise IngestError(f"{shown}: cannot be read ({reason}); check its permissions")
    return [(place, submission)]


def _typed_folder(folder: Path, wanted: Wanted) -> list[Found]:
    shown, place = visible(str(folder)), Path(os.path.realpath(folder))
    names = os.listdir(folder)
    if _names_one(folder, names, wanted) and not _holds_students(folder, names, wanted):
        student = Path(os.path.abspath(folder)).name or "root"
        return [(place, _read_folder(folder, student_name(student), wanted))]
    found: list[Found] = []
    for name in sorted(names, key=student_name):
        if not name.startswith(".") and name not in IGNORED and (child := _child(folder / name, wanted)):
            found.append((place / name, child))
    if all(child.problem and child.problem.key == "ingest.no-module" for _, child in found):
        holds = f"{wanted.file} or {wanted.notebook}"
        raise IngestError(f"{shown}: no submission below it; it should hold {holds}, or one file or folder per student")
    return found


def _names_one(folder: Path, names: Sequence[str], wanted: Wanted) -> bool:
    """Whether a folder with these names is one student's."""
    own = wanted.file in names or wanted.notebook in names
    return own or (wanted.within in names and os.path.isdir(folder / wanted.within))


def _holds_students(folder: Path, names: Sequence[str], wanted: Wanted) -> bool:
    """Whether folders with the module lie in `folder`: then a module beside them is one student's among many."""
    own = {*IGNORED, wanted.within}
    files = (wanted.file, wanted.notebook)
    return any(os.path.isfile(folder / name / file) for name in names if name not in own for file in files)


def _child(path: Path, wanted: Wanted) -> Submission | None:
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
        found = _read_folder(path, student_name(path.name), wanted)
        missing = found.problem is not None and found.problem.key == "ingest.no-module"
        return None if missing and _has_only_other_work(path, wanted.within) else found
    return _read_file(path, student, kind, wanted, follow=False) if kind else None


def _has_only_other_work(folder: Path, within: str) -> bool:
    """Whether a student has handed in other assignments here, each in a folder of its name, and this one not."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        names = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
        return within not in names and any(map(_ASSIGNMENT.fullmatch, names))
    return False


def _kind(name: str) -> tuple[str, str]:
    """Student and kind of a file's name: "module", "notebook", "archive", "other archive", "" for a stray file."""
    for suffix, kind in _KINDS.items():
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return student_name(name[: -len(suffix)]), kind
    return student_name(name), ""


# --- one submission -------------------------------------------------------------------------------------------------


def _read_folder(folder: Path, student: str, wanted: Wanted, deeper: bool = True) -> Submission:
    """The module or notebook in a folder, else in the folder of the assignment in it."""
    found: dict[str, Submission] = {}
    for name, kind in ((wanted.file, "module"), (wanted.notebook, "notebook")):
        try:
            os.lstat(folder / name)
        except FileNotFoundError:
            continue
        except OSError as error:
            return of_refusal(student, visible(str(folder / name)), unreadable(error))
        found[name] = _read_file(folder / name, student, kind, wanted, follow=False)
    if found:
        return wanted.chosen(found)
    inner = folder / wanted.within
    if deeper and wanted.within and os.path.isdir(inner) and not os.path.islink(inner):
        return _read_folder(inner, student, wanted, deeper=False)
    return of_refusal(student, visible(str(folder)), _without_module(folder, wanted.file))


def _without_module(folder: Path, file: str) -> SubmissionError:
    try:
        with os.scandir(folder) as entries:
            return no_module(file, [entry.name for entry in islice(entries, 1000) if entry.name[0] != "."])
    except OSError as error:
        return unreadable(error)


def _read_file(path: Path, student: str, kind: str, wanted: Wanted, follow: bool) -> Submission:
    limits = {"archive": MAX_ARCHIVE, "notebook": MAX_NOTEBOOK}
    try:
        if kind == "other archive":
            raise refused("kind", wanted.file)
        with _open(path, limits.get(kind, wanted.limit), follow) as stream:
            if kind == "archive":
                return _in_archive(stream, path, student, wanted)
            raw = _read_all(stream, limits.get(kind, wanted.limit))
    except SubmissionError as refusal:
        return of_refusal(student, visible(str(path)), refusal)
    return wanted.read(student, visible(str(path)), path.name, raw)


def _in_archive(stream: BinaryIO, path: Path, student: str, wanted: Wanted) -> Submission:
    """The module or notebook in an archive. Raises `SubmissionError`."""
    found: dict[str, Submission] = {}
    missing: SubmissionError | None = None
    for name, limit in ((wanted.file, wanted.limit), (wanted.notebook, MAX_UNPACKED)):
        stream.seek(0)
        try:
            raw, inside = read_module(stream, name, limit)
        except SubmissionError as refusal:
            if refusal.problem.key != "ingest.no-module":
                raise
            missing = missing or refusal
        else:
            found[name] = wanted.read(student, visible(str(path / inside)), name, raw)
    if missing is not None and not found:
        raise missing
    return wanted.chosen(found)


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
