"""The proofs as records and pages: report.json, index.html, and the table in the project's README files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2
import msgspec

from autograder.contents import HANDOUTS, between
from autograder.course import Course
from autograder.text import Lang, Text
from autograder.verify.proof import Fate, Proof, Tolerance

BEGIN, END = "<!-- proof: made by autograder verify --update -->", "<!-- end of proof -->"
HEADS = {
    "assignment": Text(en="Assignment", ko="과제"),
    "credits": Text(en="Credits", ko="점수"),
    "accepted": Text(en="Accepted variants", ko="인정하는 풀이"),
    "mistakes": Text(en="Named mistakes", ko="이름 붙은 실수"),
    "hostile": Text(en="Hostile", ko="공격"),
    "mutants": Text(en="Mutants: killed / all / equivalent", ko="돌연변이: 잡음 / 전체 / 동치"),
    "pairs": Text(en="Pairs of mutants", ko="돌연변이 쌍"),
    "impostors": Text(en="Impostors, all at 0", ko="흉내만 낸 제출, 모두 0점"),
    "seeds": Text(en="Seeds", ko="시드"),
}


class Record(msgspec.Struct, frozen=True):
    """One assignment in report.json."""

    assignment: str
    holds: bool
    counts: dict[str, int | str]
    notes: dict[str, str]
    seconds: float
    problems: tuple[str, ...]
    mutants: tuple[Fate, ...]
    pairs: tuple[Fate, ...]
    tolerances: tuple[Tolerance, ...]


class Document(msgspec.Struct, frozen=True):
    """report.json."""

    assignments: tuple[Record, ...]
    leaks: tuple[str, ...]
    schema: str = "autograder/proof/1"


def write(folder: Path, proofs: Sequence[Proof], leaks: Sequence[str]) -> Path:
    """Write both; returns the page. Raises OSError."""
    document = Document(tuple(map(_record, proofs)), tuple(leaks))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_bytes(msgspec.json.format(msgspec.json.encode(document)))
    page = folder / "index.html"
    page.write_text(_page(document), encoding="utf-8")
    return page


def _record(proof: Proof) -> Record:
    return Record(
        assignment=proof.assignment.id,
        holds=not proof.problems,
        counts=proof.counts,
        notes=proof.notes,
        seconds=round(proof.seconds, 2),
        problems=tuple(proof.problems),
        mutants=tuple(proof.mutants),
        pairs=tuple(proof.pairs),
        tolerances=tuple(proof.tolerances),
    )


def _page(document: Document) -> str:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["times"] = lambda ratio: "–" if ratio is None else f"{ratio:.2g}"
    return environment.get_template("report.html").render(document=document, heads=HEADS)


def tables(course: Course, proofs: Sequence[Proof]) -> list[tuple[Path, str]]:
    """Each README with the markers, and the text that it must have. Raises CourseError."""
    return list(between(course, BEGIN, END, lambda lang: table(proofs, lang)))


def table(proofs: Sequence[Proof], lang: Lang) -> str:
    """What is printed, as a Markdown table; without the times, which differ from run to run."""
    names = list(HEADS)
    rows = [f"| {' | '.join(HEADS[name].in_(lang) for name in names)} |", f"| --- |{' ---: |' * (len(names) - 1)}"]
    for proof in proofs:
        id = proof.assignment.id
        cells = [f"[`{id}`](assignments/{id}/{HANDOUTS[lang]})"]
        cells += [str(proof.counts.get(name, "–")).replace("/", " / ") for name in names[1:]]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)
