"""A notebook as a submission: the code cells one below the other as one text, and where each begins.

Only sources of cells are read; outputs, attachments and metadata count for nothing, but for the name of a text cell
that holds a written answer. Such a cell becomes a text constant. Nothing of a notebook is run or unpickled.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import msgspec

from autograder.cells import joined
from autograder.ingest.submission import Note, Submission, SubmissionError, decode, too_large

MAX_NOTEBOOK = 256 << 20  # bytes of the file with all outputs
MAX_CELLS = 2000  # code cells
LARGE = 16 << 20  # from here on a student is told to clear the outputs


PLACEHOLDER = "*Write your answer here. · 여기에 답을 쓰세요.*"  # the second line of a text cell for a written answer


class _Nbgrader(msgspec.Struct, frozen=True):
    grade_id: str = ""


class _Metadata(msgspec.Struct, frozen=True):
    nbgrader: _Nbgrader = _Nbgrader()


class Cell(msgspec.Struct, frozen=True):
    """A cell as it was handed in; what is not asked for is not even decoded."""

    cell_type: str
    source: str | list[str] = ""
    id: msgspec.Raw = msgspec.Raw(b"null")
    metadata: msgspec.Raw = msgspec.Raw(b"{}")

    @property
    def text(self) -> str:
        """Its source, with one kind of line ends."""
        text = self.source if isinstance(self.source, str) else "".join(self.source)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def grade_id(self) -> str:
        """What nbgrader calls it; empty where its metadata do not say."""
        try:
            return msgspec.json.decode(self.metadata, type=_Metadata).nbgrader.grade_id
        except (msgspec.MsgspecError, RecursionError):
            return ""

    @property
    def name(self) -> str:
        """What Jupyter calls it; empty where it has no id."""
        try:
            return msgspec.json.decode(self.id, type=str)
        except (msgspec.MsgspecError, RecursionError):
            return ""


class _Notebook(msgspec.Struct, frozen=True):
    nbformat: int
    cells: list[Cell] | None = None


def of_notebook(student: str, path: str, raw: bytes, answers: Sequence[str], limit: int) -> Submission:
    """The submission that a notebook's bytes are; `path` is safe to show."""
    digest = hashlib.sha256(raw).hexdigest()
    try:
        source, cells, notes = read_notebook(raw, answers, limit)
    except SubmissionError as refusal:
        return Submission(student, None, digest, path, refusal.problem)
    return Submission(student, source, digest, path, None, cells, notes)


def read_notebook(raw: bytes, answers: Sequence[str], limit: int) -> tuple[str, tuple[int, ...], tuple[Note, ...]]:
    """The source of the code cells, the first line of each, and what is to be remarked; raises `SubmissionError`.

    `answers`: the names of written answers; `limit`: the most bytes of source.
    """
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        raise SubmissionError("ingest.empty")
    notes = (Note("notebook.outputs", {"megabytes": len(raw) >> 20}),) if len(raw) > LARGE else ()
    texts, given = _sources(read_cells(raw), answers)
    if len(texts) > MAX_CELLS:
        raise SubmissionError("ingest.notebook-cells", {"count": len(texts), "limit": MAX_CELLS})
    written = "\n".join(texts)
    for name, answer in given.items():
        if answer or not re.search(rf"^{name}\s*=", written, re.MULTILINE):  # an empty cell yields to a constant
            texts.append(f"{name} = {answer!r}")
    source, starts = joined(texts)
    if (size := len(source.encode("utf-8"))) > limit:
        raise too_large(size, limit)
    if not starts:
        raise SubmissionError("ingest.notebook-empty")
    return source, starts, notes


def read_cells(raw: bytes) -> list[Cell]:
    """The cells of a notebook's bytes; raises `SubmissionError` where they are no notebook of today's format."""
    try:
        notebook = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=_Notebook)
    except msgspec.ValidationError as error:
        raise SubmissionError("ingest.notebook-form", {"reason": str(error)}) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(raw, str(error)) from None
    if notebook.nbformat < 4:
        raise SubmissionError("ingest.notebook-old", {"version": notebook.nbformat})
    if notebook.cells is None:
        raise SubmissionError("ingest.notebook-form", {"reason": "no cells"})
    return notebook.cells


def _not_json(raw: bytes, reason: str) -> SubmissionError:
    """What is wrong with bytes that are no JSON: first of all their encoding."""
    if (null := raw.find(0)) >= 0 and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return SubmissionError("ingest.notebook-binary", {"offset": null})
    try:
        decode(raw)
    except SubmissionError as refusal:
        return refusal
    if "surrogate" in reason or "hex escape" in reason:
        return SubmissionError("ingest.notebook-surrogate")
    return SubmissionError("ingest.notebook-json", {"reason": reason})


def _sources(cells: Sequence[Cell], answers: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The texts of the code cells, and the written answers that a cell is there for; the last one with words counts."""
    texts: list[str] = []
    given: dict[str, str] = {}
    for cell in cells:
        text = cell.text
        name = _answer(cell, text, answers)
        if name is not None:
            given[name] = _words(text, name) or given.get(name, "")
        elif cell.cell_type == "code":
            texts.append(text)
    return texts, given


def _answer(cell: Cell, source: str, answers: Sequence[str]) -> str | None:
    """The written answer that a cell is there for: by its label, else by the name that nbgrader knows it by."""
    first = source.lstrip().partition("\n")[0]
    for name in answers:
        if first.startswith(label(name)) and cell.cell_type != "code":
            return name
    return cell.grade_id if answers and cell.grade_id in answers else None


def label(name: str) -> str:
    """The first line of the text cell in which the written answer `name` belongs."""
    return f"**{name}**"


def _words(source: str, name: str) -> str:
    """An answer without the label and the placeholder that were there before it."""
    return "\n".join(_without(source, (label(name), PLACEHOLDER))).strip()


def _without(source: str, furniture: Sequence[str]) -> Iterator[str]:
    for line in source.split("\n"):
        for piece in furniture:
            line = line.replace(piece, "", 1)
        yield line
