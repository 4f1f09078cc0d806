"""Messages: every mistake is explained, no two in the same words, and none tells what is hidden."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from autograder import golden, messages
from autograder.messages import Catalogue
from autograder.result import Part, Result
from autograder.text import Text
from autograder.verify.proof import Proof
from autograder.verify.tried import Found

# What says that something is wrong, and not what.
UNEXPLAINED = frozenset(
    """value table shape shape.shown type dtype nonfinite error bits.not-a-bit bits.other-number blocked
    published""".split()
)
# Fields of a sentence that hold no data of a hidden case: names, counts, places, limits.
TOLD = frozenset(
    "function got_type wrong size line line_number position seconds source needs name near most given arity".split()
)
PLACE = re.compile(r" {2}line \d+|\(line \d+\)|\bline \d+|\d+번째 줄|\d+행")


def judge(proof: Proof, found: Sequence[Found]) -> None:
    """Look at what the mistakes were told."""
    results = [f.result for f in found if f.kind == "grade" and f.result]
    catalogue = messages.catalogue(proof.assignment.messages)
    mistakes = [result for result in results if result.student.startswith("mistakes/")]
    for result in mistakes:
        keys = set(_keys(result))
        proof.require(not keys <= UNEXPLAINED, f"{result.student}: is caught and not explained ({', '.join(keys)})")
    _told_apart(proof, mistakes)
    for result in results:
        for key, field, value in _hidden_data(result, catalogue):
            fact = f"{result.student}: {key} shows {value!r} for {{{field}}} in a hidden case"
            proof.problems.append(f"{fact}; say it without data, or show the case")
    own = messages.load(proof.assignment.messages)
    met = {key for result in results for key in _keys(result)} & set(own)
    proof.counts["messages"] = f"{len(met)}/{len(own)}"


def _keys(result: Result) -> Iterator[str]:
    yield from (remark.key for remark in result.remarks)
    yield from (part.key for task in result.tasks for part in task.parts if part.key is not None)


def _told_apart(proof: Proof, mistakes: Sequence[Result]) -> None:
    alike: dict[str, list[str]] = defaultdict(list)
    for result in mistakes:
        alike[PLACE.sub("", golden.report(result))].append(result.student)
    for names in alike.values():
        fact = f"{' and '.join(names)}: have the same feedback"
        proof.require(len(names) == 1, f"{fact}; tell them apart, or keep one of them")


def _hidden_data(result: Result, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Fields of hidden cases' sentences that hold a number: key, field, value."""
    for task in result.tasks:
        for part in task.parts:
            if part.message is not None and part.key is not None and not part.shown and part.key in catalogue:
                yield from _filled(part, part.message, catalogue.templates[part.key])


def _filled(part: Part, message: Text, template: Text) -> Iterator[tuple[str, str, str]]:
    pieces = re.split(r"\{(\w+)[^}]*\}", template.en)
    pattern = "".join(re.escape(piece) if place % 2 == 0 else "(.*?)" for place, piece in enumerate(pieces))
    match = re.fullmatch(pattern, message.en, re.DOTALL)
    for field, value in zip(pieces[1::2], match.groups() if match else (), strict=False):
        if field not in TOLD and re.search(r"\d", value):
            yield str(part.key), field, value
