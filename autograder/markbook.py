"""written.csv: the written answers of a class, and what a person gave for them.

One row per answer. Fill in `score` (and `comment`, which the student reads), then run the same `grade` command again:
the marks are in the pages and in grades.csv. A row is never dropped, and no mark is ever overwritten.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.manifest import Manifest
from autograder.render.tables import BOM, defused, inert
from autograder.result import Result
from autograder.written import Mark

NAME = "written.csv"
HEAD = ["student", "answer", "points", "score", "comment", "text"]


class MarkbookError(Exception):
    """written.csv cannot be used; the text says file, line and what to do."""


class Markbook:
    """The marks in `path`, by student and answer. Raises MarkbookError."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self._path = path
        self._points = {spec.name: spec.points for spec in manifest.written}
        self._rows: dict[tuple[str, str], dict[str, str]] = {}
        self._marks: dict[str, dict[str, Mark]] = {}
        for line, row in self._read():
            student, answer = row["student"], row["answer"]
            self._rows[student, answer] = row
            if row["score"].strip() and answer in self._points:
                score = self._score(row["score"], self._points[answer], line)
                self._marks.setdefault(student, {})[answer] = Mark(score, row["comment"])

    def marks(self, student: str) -> dict[str, Mark]:
        """What a person gave a student, by the answer's name."""
        return self._marks.get(defused(student), {})

    def text(self, results: Sequence[Result]) -> str:
        """The file with a row for every answer in `results`, and every row that was there before."""
        rows = dict(self._rows)
        for result in results:
            for answer in result.manual:
                key = defused(result.student), answer.name
                kept = rows.get(key, {"score": "", "comment": ""})
                shown = {"student": key[0], "answer": answer.name, "points": f"{answer.points:g}"}
                rows[key] = shown | {"score": kept["score"], "comment": kept["comment"], "text": inert(answer.answer)}
        file = io.StringIO()
        file.write(BOM)
        writer = csv.DictWriter(file, HEAD, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows))
        return file.getvalue()

    def _read(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line number and cells of every row."""
        try:
            text = self._path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise MarkbookError(f"{self._path}: {error}; save it as CSV in UTF-8") from error
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        try:
            if set(HEAD) - set(reader.fieldnames or ()):
                raise MarkbookError(f"{self._path}:1  the columns must be {', '.join(HEAD)}; repair the first line")
            for row in reader:
                yield reader.line_num, {name: row[name] or "" for name in HEAD}
        except csv.Error as error:
            raise MarkbookError(f"{self._path}:{reader.line_num}  {error}; repair the line") from error

    def _score(self, cell: str, most: float, line: int) -> float:
        try:
            score = float(cell.strip().replace(",", "."))
        except ValueError:
            score = -1.0
        if not 0 <= score <= most:
            raise MarkbookError(f"{self._path}:{line}  score {cell!r} is no number from 0 to {most:g}; correct it")
        return score
