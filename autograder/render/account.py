"""What `check` has to say: the visible examples task by task, in one language, before it is laid out.

`answers` lays it out as text, `cell` as HTML. Whatever comes from the student's code is clean here already.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.answers import Answers, Found, Test
from autograder.manifest import Manifest, WrittenSpec
from autograder.messages import Catalogue
from autograder.particles import with_particles
from autograder.render.places import InFile, InKernel, InNotebook, Places
from autograder.text import Lang, Text, clean, same

TODO = Text(en="still to do", ko="아직 풀지 않았습니다")
WAITS = Text(en="waits for {names}, which is still to do", ko="아직 풀지 않은 {names}이(가) 먼저 필요합니다")
UNSET = Text(en="{names} is still None", ko="{names}이(가) 아직 None입니다")
UNREACHED = Text(en="not defined: your file stopped before it", ko="파일이 그 앞에서 멈추어서 정의되지 않았습니다")
NOT_RUN = Text(
    en="not run yet: run its cell, then check() again", ko="아직 실행하지 않았습니다. 셀을 실행한 뒤 다시 확인하세요"
)
LOST = Text(en="not defined: its cell failed, see above", ko="위에서 말한 까닭으로 정의되지 않았습니다")
ABSENT = Text(
    en="No cell that you have run defines {name}.", ko="지금까지 실행한 셀 가운데 {name}을(를) 정의한 셀이 없습니다."
)
NOWHERE = Text(en="No cell defines {name}.", ko="{name}을(를) 정의한 셀이 없습니다.")
NEAR = Text(
    en="Did you mean {near}? The name must be exactly {name}.",
    ko="혹시 {near}을(를) 쓰려던 것인가요? 이름은 정확히 {name}이어야 합니다.",
)
UNTRIED = Text(en="not tried: the time for all examples is used up", ko="전체 시간을 다 써서 실행하지 않았습니다")
NO_EXAMPLE = Text(en="no example to see; the grader asks", ko="눈에 보이는 예제는 없고, 채점기가 확인합니다")
BUILDS_ON = Text(
    en="{task} may build on {needs}, not right yet either: if yours does, repair that first.",
    ko="{task}이(가) 바탕으로 삼을 수 있는 {needs}도 아직 맞지 않습니다. 그 함수를 썼다면 먼저 고치세요.",
)
UNANSWERED = Text(
    en="a written answer, still empty ({points} points, marked by a person)",
    ko="서술형 답이 아직 비어 있습니다({points}점, 사람이 채점합니다)",
)
OTHERS = Text(en="others", ko="그 밖")
GOT = Text(en="got", ko="나온 값")
EXPECTED = Text(en="expected", ko="기대한 값")
THAT_IS = Text(en="that is", ko="계산하면")
WHERE = Text(en="where", ko="여기서")
PRINTED = Text(en="printed", ko="화면에 출력")
SUMMARY = Text(en="{passed} of {counted} examples pass.", ko="예제 {counted}개 중 {passed}개를 통과했습니다.")
ALL_RIGHT = Text(
    en="All {counted} examples pass. The grader asks more than they do.",
    ko="예제 {counted}개를 모두 통과했습니다. 채점기는 이보다 더 많이 물어봅니다.",
)

Sign = Literal["✓", "✗", "○", "·", "-"]
_SIGNS: dict[str, Sign] = {"pass": "✓", "todo": "○", "skip": "-"}
_PRINTED_LINES = 8


@dataclass(frozen=True)
class Detail:
    """One thing that is said of an example: code (`place`: where it stands), words, or labels with their lines."""

    kind: Literal["code", "words", "rows"]
    lines: tuple[str, ...] = ()
    place: str = ""
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Item:
    """One example, or a task as a whole: how it went, its title, and why."""

    sign: Sign
    title: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Block:
    """A task with its examples, and a remark on all of them."""

    label: str
    items: tuple[Item, ...]
    remark: str = ""


@dataclass(frozen=True)
class Account:
    """One assignment's answers, put into words. `only`: the one task that was asked for."""

    id: str
    manifest: Manifest
    answers: Answers
    catalogue: Catalogue
    lang: Lang
    places: Places
    unanswered: tuple[WrittenSpec, ...] = ()
    only: str | None = None

    @property
    def title(self) -> str:
        title = f"{self.id} · {self.manifest.title.in_(self.lang)}"
        return f"{title} · {self.places.name}" if isinstance(self.places, InNotebook) else title

    def problems(self) -> Iterator[tuple[str, list[str]]]:
        """What stopped the student's code from loading: where, and what is said of it."""
        lost = [one.found for one in self.answers.lost]
        for found in ([self.answers.problem] if self.answers.problem else []) + lost:
            yield self.places.where(found.line).in_(self.lang), self._sentence(found, f"{self.manifest.module}.py")

    def blocks(self) -> Iterator[Block]:
        """The tasks, in the manifest's order, up to the first one that is not answered yet."""
        grouped = self._by_task() if self.answers.tests else {}
        for task, tests in grouped.items():
            awaited = [*tests, *(test for name in self._needs(task) for test in grouped.get(name, ()))]
            if any(test.test not in self.answers.found for test in awaited):
                return
            yield self._block(task, tests)

    def empty_answers(self) -> Iterator[tuple[str, str]]:
        """The written answers that are still empty; no example asks for them."""
        for spec in self.unanswered:
            yield spec.name, UNANSWERED.in_(self.lang).format(points=f"{spec.points:g}")

    def summary(self) -> str:
        """How many examples pass."""
        counts = {"passed": self.answers.passed, "counted": self.answers.counted}
        return (ALL_RIGHT if self.answers.all_right else SUMMARY).in_(self.lang).format(**counts)

    def next_task(self) -> tuple[str, str] | None:
        """The first task that is not done, and the command that helps with it."""
        for task, tests in self._by_task().items():
            if task and any(self.answers.found[test.test].outcome not in ("pass", "skip") for test in tests):
                return task, f"autograder hint {self.id} {task}"
        return None

    # ---- tasks ----

    def _by_task(self) -> dict[str | None, list[Test]]:
        names = [task.name for task in self.manifest.tasks]
        found: dict[str | None, list[Test]] = {name: [] for name in [*names, None]}
        for test in self.answers.tests:
            found[task_of(test.name, names)].append(test)
        chosen = found if self.only is None else {self.only: found[self.only]}
        return {name: tests for name, tests in chosen.items() if tests or name is not None}

    def _block(self, task: str | None, tests: Sequence[Test]) -> Block:
        label = task if task is not None else OTHERS.in_(self.lang)
        found = [self.answers.found[test.test] for test in tests]
        if not tests:
            return Block(label, (Item("·", NO_EXAMPLE.in_(self.lang)),))
        if whole := self._as_a_whole(task, found):
            return Block(label, (whole,))
        items = []
        for test, one in zip(tests, found, strict=True):
            details = () if one.outcome in ("pass", "skip") else tuple(self._details(one, label))
            items.append(Item(_SIGNS.get(one.outcome, "✗"), title(test, self.lang), details))
        blockers = self._blockers(task)
        remark = ""
        if blockers and any(one.outcome not in ("pass", "skip") for one in found):
            remark = with_particles(BUILDS_ON.in_(self.lang).format(task=label, needs=", ".join(blockers)))
        return Block(label, tuple(items), remark)

    def _as_a_whole(self, task: str | None, found: Sequence[Found]) -> Item | None:
        """What is said in place of the examples: the task is not there, or not begun."""
        if all(one.outcome == "todo" for one in found):
            return Item("○", self._todo(found, task))
        if any(one.outcome != "missing" for one in found):
            return None
        if self.answers.problem is not None:
            return Item("✗", UNREACHED.in_(self.lang))
        if not self._in_cells:
            return None
        names = {one.name for one in found}
        if names & {name for lost in self.answers.lost for name in lost.names}:
            return Item("✗", LOST.in_(self.lang))
        if near := next((name for name in sorted(names) if self._near(name)), None):
            return Item("✗", self._absent(near))
        if self._in_kernel:
            return Item("○", NOT_RUN.in_(self.lang))
        return Item("✗", self._absent(min(names)))

    def _absent(self, name: str) -> str:
        """What is said of a name that no cell defines, with the one that may be meant."""
        near = self._near(name)
        absent = ABSENT if self._in_kernel else NOWHERE
        said = absent.in_(self.lang) + (f" {NEAR.in_(self.lang)}" if near else "")
        return clean(with_particles(said.format(name=name, near=near)))

    def _near(self, name: str) -> str | None:
        """The name that was perhaps meant; another task's is not."""
        tasks = {task.name for task in self.manifest.tasks}
        folded = {own.casefold(): own for own in self.answers.names if own not in tasks and not own.startswith("_")}
        close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
        return folded[close[0]] if close else None

    @property
    def _in_cells(self) -> bool:
        return not isinstance(self.places, InFile)

    @property
    def _in_kernel(self) -> bool:
        return isinstance(self.places, InKernel)

    def _blockers(self, task: str | None) -> list[str]:
        """The tasks that this one may build on and that are not right either."""
        grouped = self._by_task()
        return [name for name in self._needs(task) if any(map(self._is_wrong, grouped.get(name, ())))]

    def _needs(self, task: str | None) -> tuple[str, ...]:
        return next((spec.needs for spec in self.manifest.tasks if spec.name == task), ())

    def _is_wrong(self, test: Test) -> bool:
        return self.answers.found[test.test].outcome not in ("pass", "skip", "todo")

    def _todo(self, found: Iterable[Found], task: str | None) -> str:
        """The stub of the task itself, or what it needs and is still one."""
        names = list(dict.fromkeys(clean(one.name, 60) for one in found))
        tasks = {spec.name for spec in self.manifest.tasks}
        if task is None or any(name.partition(".")[0] == task for name in names):
            return TODO.in_(self.lang)
        if needed := [name for name in names if name.partition(".")[0] in tasks]:
            return with_particles(WAITS.in_(self.lang).format(names=", ".join(needed)))
        known = [name for name in names if name in self.answers.names]
        unset = UNSET.in_(self.lang).format(names=", ".join(known))
        return with_particles(unset) if known else TODO.in_(self.lang)

    # ---- one example ----

    def _details(self, found: Found, task: str) -> Iterator[Detail]:
        if found.outcome == "todo":
            yield Detail("words", (self._todo([found], task),))
            return
        if found.outcome == "untried":
            yield Detail("words", (UNTRIED.in_(self.lang),))
            return
        if found.asserted:
            yield Detail("code", tuple(line for statement in found.asserted for line in self._own(statement)))
        if found.outcome == "error":
            yield from self._stopped(found)
        yield from self._compared(found)
        if found.key and found.key not in ("error", "error.shown"):
            yield Detail("words", tuple(self._sentence(found, task)))
        if printed := _lines(found.printed, cap=1000):
            more = ["…"] if len(printed) > _PRINTED_LINES else []
            yield self._rows([(PRINTED, [*printed[:_PRINTED_LINES], *more])])

    def _stopped(self, found: Found) -> Iterator[Detail]:
        if found.line is not None:
            yield Detail("code", (clean(found.source, 160),), self.places.where(found.line).in_(self.lang))
        if said := _lines(found.text):
            yield Detail("words", tuple(said))

    def _compared(self, found: Found) -> Iterator[Detail]:
        if found.outcome == "fail" and (said := self._own(found.text, cap=1200)):
            yield Detail("words", tuple(said))
        rows = [(THAT_IS, self._own(found.came_to)), (WHERE, [line for one in found.where for line in self._own(one)])]
        if found.got is not None and found.expected is not None:
            rows += [(GOT, _lines(found.got)), (EXPECTED, _lines(found.expected))]
        if any(lines for _, lines in rows):
            yield self._rows(rows)

    def _rows(self, rows: Sequence[tuple[Text, list[str]]]) -> Detail:
        return Detail("rows", rows=tuple((label.in_(self.lang), tuple(lines)) for label, lines in rows if lines))

    def _own(self, text: str, cap: int = 600) -> list[str]:
        """The example's own words; a notebook has the names of the module as its own."""
        if self._in_cells:
            text = re.sub(rf"\b{re.escape(self.manifest.module)}\.(?=[^\W\d])", "", text)
        return _lines(text, cap)

    def _sentence(self, found: Found, function: str) -> list[str]:
        if not found.key:
            return _lines(found.text)
        params = {"function": function, **found.params}
        if self._in_cells and found.key in ("missing", "missing.near"):
            return [self._absent(found.name)]
        if isinstance(line := params.get("line"), int):
            params["line"] = self.places.within(line)
        return self.catalogue.render(found.key, params).in_(self.lang).split("\n")


def task_of(test: str, tasks: Iterable[str]) -> str | None:
    """The task that a test is about: the longest name that follows `test_`."""
    name = test.partition("[")[0].removeprefix("test_")
    fitting = [task for task in tasks if name == task or name.startswith(f"{task}_")]
    return max(fitting, key=len, default=None)


def title(test: Test, lang: Lang) -> str:
    """The docstring's paragraph in the reader's language, else the test's name."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in test.doc.strip().split("\n\n")]
    english = paragraphs[0] or test.name
    both = Text(en=english, ko=paragraphs[1]) if len(paragraphs) > 1 else same(english)
    case = test.name.partition("[")[1] + test.name.partition("[")[2]
    return clean(f"{both.in_(lang)}  {case}".rstrip())


def _lines(text: str, cap: int = 600) -> list[str]:
    return [line.rstrip() for line in clean(text.rstrip(), cap, newlines=True).split("\n")] if text.strip() else []
