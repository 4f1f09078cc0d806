"""Tolerances: each lies well above the worst error of a right submission and well below the best of a wrong one."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.marks import Comparison
from autograder.verify.proof import Proof, Tolerance
from autograder.verify.tried import Found

GAP = 10.0  # on either side
MARK = "# tolerance:"  # what begins the reason, in a comment beside the comparison


def judge(proof: Proof, found: Sequence[Found]) -> None:
    """Put what was accepted and what was rejected beside every tolerance."""
    right = [c for f in found if _is_right(f) for c in f.comparisons if c.ratio <= 1]
    wrong = [c for f in found if not _is_right(f) for c in f.comparisons if c.ratio > 1]
    reasons = _Reasons(proof.assignment.grader)
    for place in sorted({c.place for c in (*right, *wrong)}, key=_order):
        row = _row(place, right, wrong, reasons)
        proof.tolerances.append(row)
        problem = _problem(row)
        if problem and row.reason is None:
            proof.problems.append(f"{row.place}: {problem}; move it, or give the reason in a comment {MARK!r} there")


def _is_right(found: Found) -> bool:
    return found.label == "reference" or found.label.startswith("accepted/")


def _row(place: str, right: Sequence[Comparison], wrong: Sequence[Comparison], reasons: _Reasons) -> Tolerance:
    accepted = [c for c in right if c.place == place]
    rejected = [c for c in wrong if c.place == place]
    worst = max(accepted, key=lambda c: c.ratio, default=None)
    best = min(rejected, key=lambda c: c.ratio, default=None)
    tolerance = next(c.tolerance for c in (worst, best) if c is not None)
    return Tolerance(
        place, tolerance, worst.ratio if worst else None, best.ratio if best else None, reasons.beside(place)
    )


def _problem(row: Tolerance) -> str | None:
    """What is wrong with a tolerance; exact comparisons have none."""
    if row.tolerance == 0:
        return None
    if row.accepted is not None and row.accepted > 1 / GAP:
        return f"a right submission is off by {row.accepted:.2g} of the tolerance {row.tolerance:.2g}"
    if row.rejected is not None and row.rejected < GAP:
        return f"a wrong submission is off by only {row.rejected:.2g} times the tolerance {row.tolerance:.2g}"
    return None


def _order(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return file, int(line)


class _Reasons:
    """The comments beside the comparisons of a grader."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}

    def beside(self, place: str) -> str | None:
        """The reason in the statement at `place`, or in the line above it."""
        file, line = _order(place)
        lines = self._files.get(file, "").splitlines()
        statements = [s for s in _statements(self._files.get(file, "")) if s.lineno <= line <= (s.end_lineno or 0)]
        first, last = line, line
        if statements:
            inner = max(statements, key=lambda s: s.lineno)
            first, last = inner.lineno, inner.end_lineno or inner.lineno
        for text in lines[max(first - 2, 0) : last]:
            if MARK in text:
                return text.partition(MARK)[2].strip()
        return None


def _statements(source: str) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt))
