"""The Result: one record per submission, schema `autograder/result/1`.

Everything that a report, a gradebook or a pull request needs is in it, in both languages, as plain data.
Two runs with the same digests are byte-identical but for `started` and `seconds`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from autograder.text import Text

SCHEMA: Literal["autograder/result/1"] = "autograder/result/1"

Verdict = Literal["pass", "fail", "todo", "error", "timeout", "memory", "crashed", "blocked", "manual", "internal"]
Status = Literal["graded", "withheld"]


class ResultError(Exception):
    """A stored Result does not validate."""


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Part(_Record, frozen=True):
    """What one part of a test found. `message` is None where the verdict says it all or another part said it.

    `written`: the name of the written answer that this part is about. While nobody has marked it, its verdict is
    `manual` and its points are outstanding. `shown`: a published case.
    """

    title: Text
    score: float
    max_score: float
    verdict: Verdict
    bonus: bool = False
    key: str | None = None
    message: Text | None = None
    line: int | None = None
    written: str | None = None
    shown: bool = False


class Task(_Record, frozen=True):
    """One public name of the module. `score` includes the earned bonus points (`bonus`); `max_score` has none.

    `outstanding`: points of written answers that nobody has marked yet; they are in `max_score`, not in `score`.
    """

    name: str
    score: float
    max_score: float
    bonus: float = 0.0
    outstanding: float = 0.0
    parts: tuple[Part, ...] = ()


class Remark(_Record, frozen=True, kw_only=True):
    """Something to know that costs nothing (`remark`), or one finding about the whole file (`finding`)."""

    kind: Literal["remark", "finding"] = "remark"
    task: str | None = None
    key: str
    message: Text
    line: int | None = None


class Manual(_Record, frozen=True):
    """A written answer, which a person marks: `score` is None until then."""

    name: str
    task: str
    question: Text
    answer: str
    points: float
    score: float | None = None
    comment: str = ""


class Gate(_Record, frozen=True):
    """One recorded gate: its name and, per input, `x1`, `x2` …, `0`, `1`, or `g1` for the first gate's output."""

    name: str
    inputs: tuple[str, ...]


class Circuit(_Record, frozen=True, tag="circuit"):
    """A traced circuit as data; `render` draws it."""

    task: str
    inputs: tuple[str, ...]
    gates: tuple[Gate, ...]
    output: str


class Line(_Record, frozen=True):
    """One line of a plot. A point whose y is None is a gap."""

    kind: Literal["curve", "dots", "dashed"]
    label: Text | None
    x: tuple[float, ...]
    y: tuple[float | None, ...]


class Plot(_Record, frozen=True, tag="plot"):
    """Lines over linear or logarithmic axes, of values that the student's code gave."""

    task: str
    title: Text
    lines: tuple[Line, ...]
    xlabel: Text
    ylabel: Text
    logx: bool = False
    logy: bool = False


class Image(_Record, frozen=True):
    """A grey image, row by row, 0 (black) to 255; `right`: whether what the student's code said of it is right."""

    caption: str
    right: bool | None
    pixels: bytes


class Images(_Record, frozen=True, tag="images"):
    """Images of `height` rows and `width` columns."""

    task: str
    title: Text
    width: int
    height: int
    images: tuple[Image, ...]


Picture = Circuit | Plot | Images


class Digests(_Record, frozen=True):
    submission: str
    grader: str
    engine: str
    environment: str


class Limits(_Record, frozen=True):
    """What one submission may use; the clock is the grader's."""

    seconds: float = 2.0
    load_seconds: float = 5.0
    total_seconds: float = 30.0
    memory_mb: int = 512
    output_kb: int = 64
    frame_mb: int = 16
    callbacks: int = 10_000


class Result(_Record, frozen=True, kw_only=True):
    """The outcome of grading one submission of one assignment.

    `cells`: where it is a notebook, the first lines of its code cells, one below the other; every `line` counts so.

    `score` includes the earned bonus points (`bonus`), `max_score` has none; `outstanding` as in Task. `started` is in
    ISO 8601, `seconds` are of wall time.
    """

    schema: Literal["autograder/result/1"] = SCHEMA
    assignment: str
    student: str
    status: Status
    score: float
    max_score: float
    bonus: float = 0.0
    outstanding: float = 0.0
    tasks: tuple[Task, ...] = ()
    manual: tuple[Manual, ...] = ()
    remarks: tuple[Remark, ...] = ()
    pictures: tuple[Picture, ...] = ()
    cells: tuple[int, ...] = ()
    digests: Digests
    limits: Limits
    sandbox: tuple[str, ...]
    seed: str
    started: str
    seconds: float


def to_json(result: Result) -> bytes:
    """`result` as indented JSON with a final newline; stable field order."""
    formatted = msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"
    return formatted.replace(b"##[", b"##\\u005b")  # the same to JSON, and nothing to a CI runner that reads its log


def from_json(data: bytes) -> Result:
    """The Result in `data`. Raises ResultError naming the first thing that does not fit the schema."""
    try:
        return msgspec.json.decode(data, type=Result)
    except msgspec.MsgspecError as error:
        raise ResultError(f"not a {SCHEMA} record: {error}") from error


def comparable(result: Result) -> bytes:
    """The bytes that two runs of the same digests must share."""
    return to_json(msgspec.structs.replace(result, started="", seconds=0.0))
