"""What a test is worth and what it found: credits, parts, findings, remarks, and the context of the running test.

A student's failure is a `Finding`: raised by the vocabulary, caught by the part (or the test) it happened in. Every
other exception is the grader's own and withholds the grade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from autograder.messages import Catalogue
from autograder.result import Part, Picture, Remark, Verdict
from autograder.text import Text

F = TypeVar("F", bound=Callable[..., Any])


class GraderError(Exception):
    """A grader contradicts itself; the text says where."""


class Finding(Exception):
    """Something in the student's work that costs the part in which it is found.

    `key` names the sentence in the catalogue, `params` fill it in, `line` is a line of the student's file.
    """

    def __init__(
        self, key: str, params: Mapping[str, object] | None = None, verdict: Verdict = "fail", line: int | None = None
    ) -> None:
        super().__init__(key)
        self.key = key
        self.params = dict(params or {})
        self.verdict: Verdict = verdict
        self.line = line


@dataclass(frozen=True)
class Credit:
    """What a test is worth: `points` of `task`; bonus points come on top.

    `shown`: its cases may be published. `plots`: the student's code draws in it, so it needs Matplotlib.
    """

    points: float
    task: str
    bonus: bool
    shown: bool
    plots: bool


def credit(
    points: float, *, task: str, bonus: bool = False, shown: bool = False, plots: bool = False
) -> Callable[[F], F]:
    """Mark a test as worth `points` of `task`. The test's docstring is its title: English, blank line, Korean."""

    def mark(function: F) -> F:
        function.__credit__ = Credit(float(points), task, bonus, shown, plots)  # type: ignore[attr-defined]
        return function

    return mark


def title(docstring: str | None) -> Text:
    """The bilingual title in a docstring: its first paragraph is English, its second Korean. Raises GraderError."""
    paragraphs = [" ".join(p.split()) for p in (docstring or "").strip().split("\n\n")]
    if len(paragraphs) < 2 or not all(paragraphs[:2]):
        raise GraderError("a test's docstring needs an English and a Korean paragraph")
    return Text(en=paragraphs[0], ko=paragraphs[1])


@dataclass
class Call:
    """One call of the student's code: what was asked, and what came back."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    value: Any = None
    stdout: str = ""
    warnings: tuple[Any, ...] = ()
    changed: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """One numeric comparison: where it stands in the grader, and by how much it held or not.

    `ratio`: the largest |got - expected| / (atol + rtol |expected|); up to 1 is agreement. `tolerance`: that
    denominator where the ratio is largest.
    """

    place: str
    ratio: float
    tolerance: float


@dataclass
class Context:
    """The running test: what it may publish, and what it has found so far.

    `noisy`: calls with a floating-point warning, the warning and its place. `asked`: the names of the student's file
    that it has used. `comparisons`: None where nobody wants to know.
    `listener`: gets the Student after each of its calls. `drawn`: whether something was drawn from the student's seed
    by now; `drew`: the same at the end of each part. A part without it is the same for every student.
    """

    task: str
    catalogue: Catalogue
    shown: bool
    parts: list[Part] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    last: Call | None = None
    noisy: list[tuple[Call, Any, object]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    comparisons: list[Comparison] | None = None
    listener: Callable[[Any], None] | None = None
    drawn: Callable[[], bool] = lambda: False
    drew: list[bool] = field(default_factory=list)

    def message(self, finding: Finding) -> Text:
        """The sentence of a finding; in a shown case, call, result and expectation stand before it."""
        params = {"function": self.last.name if self.last else self.task, **finding.params}
        text = self.catalogue.render(finding.key, params)
        if self.shown and "expected" in params and not {"got", "expected"} & self.catalogue.fields(finding.key):
            before = self.catalogue.render("called", params)
            return Text(en=f"{before.en} {text.en}", ko=f"{before.ko} {text.ko}")
        return text

    def part(self, name: Text, points: float, finding: Finding | None, bonus: bool) -> Part:
        """The next part of the test."""
        self.drew.append(self.drawn())
        if finding is None:
            return Part(title=name, score=points, max_score=points, verdict="pass", bonus=bonus, shown=self.shown)
        return Part(
            title=name,
            score=0.0,
            max_score=points,
            verdict=finding.verdict,
            bonus=bonus,
            key=finding.key,
            message=self.message(finding),
            line=finding.line,
            shown=self.shown,
        )


_current: list[Context] = []


def current() -> Context:
    """The context of the running test. Raises GraderError outside of one."""
    if not _current:
        raise GraderError("a check was used outside a credited test")
    return _current[-1]


@contextmanager
def entered(context: Context) -> Iterator[Context]:
    """Make `context` the current one."""
    _current.append(context)
    try:
        yield context
    finally:
        _current.pop()


def fail(key: str, *, line: int | None = None, **params: object) -> None:
    """Raise the Finding `key`."""
    raise Finding(key, params, line=line)


def remark(key: str, *, line: int | None = None, **params: object) -> None:
    """Tell the student something that costs nothing; the same remark is made once per test."""
    context = current()
    params = {"function": context.last.name if context.last else context.task, **params}
    made = Remark(task=context.task, key=key, message=context.catalogue.render(key, params), line=line)
    if made not in context.remarks:
        context.remarks.append(made)


class PartFixture:
    """The fixture `part`: `with part("one row", "한 행", points=1): ...`; what fails inside costs these points only."""

    def __init__(self, bonus: bool = False) -> None:
        self._bonus = bonus

    @contextmanager
    def __call__(self, en: str, ko: str, *, points: float, shown: bool | None = None) -> Iterator[None]:
        context = current()
        outer, context.shown = context.shown, context.shown if shown is None else shown
        found: Finding | None = None
        try:
            try:
                yield
            except Finding as finding:
                found = finding
            context.parts.append(context.part(Text(en=en, ko=ko), float(points), found, self._bonus))
        finally:
            context.shown = outer
