"""What `check` says: the visible examples task by task, plain text with a little colour, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.answers import Answers, Found, Test
from autograder.manifest import Manifest, WrittenSpec
from autograder.messages import Catalogue
from autograder.particles import with_particles
from autograder.text import Lang, Text, clean, same

TODO = Text(en="still to do", ko="아직 풀지 않았습니다")
WAITS = Text(en="waits for {names}, which is still to do", ko="아직 풀지 않은 {names}이(가) 먼저 필요합니다")
UNSET = Text(en="{names} is still None", ko="{names}이(가) 아직 None입니다")
UNREACHED = Text(en="not defined: your file stopped before it", ko="파일이 그 앞에서 멈추어서 정의되지 않았습니다")
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
NUDGE = Text(en="A nudge for {task}: {command}", ko="{task} 힌트 보기: {command}")

_SIGNS = {"pass": "✓", "todo": "○", "skip": "-"}
_COLOURS = {"✓": "32", "✗": "31", "○": "33", "dim": "2", "bold": "1"}
_PRINTED_LINES = 8


@dataclass(frozen=True)
class Report:
    """One assignment's answers, ready to be put into words."""

    id: str
    manifest: Manifest
    answers: Answers
    catalogue: Catalogue
    lang: Lang
    colour: bool = False
    unanswered: tuple[WrittenSpec, ...] = ()

    def head(self) -> list[str]:
        """The title, and what stopped the file from loading."""
        lines = [self._paint("bold", f"{self.id} · {self.manifest.title.in_(self.lang)}")]
        if self.answers.problem is not None:
            lines += ["", *self._problem(self.answers.problem), *([""] if self.answers.tests else [])]
        return lines

    def tasks(self) -> Iterator[list[str]]:
        """The lines of each task, in the manifest's order, up to the first one that is not answered yet."""
        width = max(len(task.name) for task in self.manifest.tasks)
        grouped = dict(self._by_task()) if self.answers.tests else {}
        for task, tests in grouped.items():
            awaited = [*tests, *(test for name in self._needs(task) for test in grouped.get(name, ()))]
            if any(test.test not in self.answers.found for test in awaited):
                return
            yield list(self._task(task, tests, width))

    def tail(self) -> list[str]:
        """How many examples pass, and the command that helps with the first task that is not done."""
        return [*self._unanswered(), "", *self._summary()] if self.answers.tests else []

    def _unanswered(self) -> Iterator[str]:
        """The written answers that are still empty; no example asks for them."""
        for spec in self.unanswered:
            yield self._line("○", spec.name, UNANSWERED.in_(self.lang).format(points=f"{spec.points:g}"), 0)

    # ---- tasks ----

    def _by_task(self) -> Iterator[tuple[str | None, list[Test]]]:
        names = [task.name for task in self.manifest.tasks]
        found: dict[str | None, list[Test]] = {name: [] for name in [*names, None]}
        for test in self.answers.tests:
            found[task_of(test.name, names)].append(test)
        return ((name, tests) for name, tests in found.items() if tests or name is not None)

    def _task(self, task: str | None, tests: Sequence[Test], width: int) -> Iterator[str]:
        label = task if task is not None else OTHERS.in_(self.lang)
        blockers = self._blockers(task)
        found = [self.answers.found[test.test] for test in tests]
        if not tests:
            yield self._line("·", label, NO_EXAMPLE.in_(self.lang), width)
        elif self._unreached(found):
            yield self._line("✗", label, UNREACHED.in_(self.lang), width)
        elif all(one.outcome == "todo" for one in found):
            yield self._line("○", label, self._todo(found, task), width)
        else:
            for number, (test, one) in enumerate(zip(tests, found, strict=True)):
                sign = _SIGNS.get(one.outcome, "✗")
                yield self._line(sign, "" if number else label, title(test, self.lang), width)
                if one.outcome not in ("pass", "skip"):
                    yield from (" " * (width + 6) + line for line in self._details(one, task or label))
            if blockers and any(one.outcome not in ("pass", "skip") for one in found):
                said = BUILDS_ON.in_(self.lang).format(task=label, needs=", ".join(blockers))
                yield " " * (width + 6) + with_particles(said)

    def _blockers(self, task: str | None) -> list[str]:
        """The tasks that this one may build on and that are not right either."""
        grouped = dict(self._by_task())
        return [name for name in self._needs(task) if any(map(self._is_wrong, grouped.get(name, ())))]

    def _needs(self, task: str | None) -> tuple[str, ...]:
        return next((spec.needs for spec in self.manifest.tasks if spec.name == task), ())

    def _is_wrong(self, test: Test) -> bool:
        return self.answers.found[test.test].outcome not in ("pass", "skip", "todo")

    def _unreached(self, found: Iterable[Found]) -> bool:
        return self.answers.problem is not None and all(one.outcome == "missing" for one in found)

    def _line(self, sign: str, label: str, said: str, width: int) -> str:
        return f"{self._paint(sign, sign)} {self._paint('bold', label.ljust(width))}  {said}"

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

    def _details(self, found: Found, task: str) -> Iterator[str]:
        if found.outcome == "todo":
            yield self._todo([found], task)
            return
        if found.outcome == "untried":
            yield UNTRIED.in_(self.lang)
            return
        for statement in found.asserted:
            yield from (self._paint("dim", line) for line in _lines(statement))
        if found.outcome == "error":
            yield from self._stopped(found)
        yield from self._compared(found)
        if found.key and found.key not in ("error", "error.shown"):
            yield from self._sentence(found, task)
        if printed := _lines(found.printed, cap=1000):
            more = ["…"] if len(printed) > _PRINTED_LINES else []
            yield from self._labelled([(PRINTED, [*printed[:_PRINTED_LINES], *more])])

    def _stopped(self, found: Found) -> Iterator[str]:
        if found.line is not None:
            yield f"{self.manifest.module}.py:{found.line}  {self._paint('dim', clean(found.source, 160))}"
        yield from _lines(found.text)

    def _compared(self, found: Found) -> Iterator[str]:
        if found.outcome == "fail":
            yield from _lines(found.text, cap=1200)
        rows = [(THAT_IS, _lines(found.came_to)), (WHERE, [clean(line) for line in found.where])]
        if found.got is not None and found.expected is not None:
            rows += [(GOT, _lines(found.got)), (EXPECTED, _lines(found.expected))]
        yield from self._labelled(rows)

    def _labelled(self, rows: Sequence[tuple[Text, list[str]]]) -> Iterator[str]:
        """Label and lines in two columns; a Korean letter is two columns wide."""
        rows = [(label, lines) for label, lines in rows if lines]
        width = max((_columns(label.in_(self.lang)) for label, _ in rows), default=0)
        for label, lines in rows:
            name = label.in_(self.lang)
            for number, line in enumerate(lines):
                head = " " * width if number else name + " " * (width - _columns(name))
                yield f"{self._paint('dim', head)}  {line}"

    # ---- the whole file ----

    def _problem(self, found: Found) -> Iterator[str]:
        where = f"{self.manifest.module}.py" + (f":{found.line}" if found.line else "")
        yield f"{self._paint('✗', '✗')} {self._paint('bold', where)}"
        yield from (f"    {line}" for line in self._sentence(found, f"{self.manifest.module}.py"))

    def _sentence(self, found: Found, function: str) -> list[str]:
        if not found.key:
            return _lines(found.text)
        sentence = self.catalogue.render(found.key, {"function": function, **found.params}).in_(self.lang)
        return sentence.split("\n")

    def _summary(self) -> Iterator[str]:
        counts = {"passed": self.answers.passed, "counted": self.answers.counted}
        yield (ALL_RIGHT if self.answers.all_right else SUMMARY).in_(self.lang).format(**counts)
        for task, tests in self._by_task():
            if task and any(self.answers.found[test.test].outcome not in ("pass", "skip") for test in tests):
                command = f"autograder hint {self.id} {task}"
                yield NUDGE.in_(self.lang).format(task=task, command=self._paint("bold", command))
                return

    def _paint(self, style: str, text: str) -> str:
        code = _COLOURS.get(style)
        return f"\033[{code}m{text}\033[0m" if self.colour and code and text.strip() else text


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


def _columns(text: str) -> int:
    return sum(2 if "가" <= char <= "힣" else 1 for char in text)
