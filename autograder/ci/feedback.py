"""From Results to what a pull request shows: a comment, a check with annotations, a summary. All of it is inert."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from autograder.ci.annotations import MOST, Annotation, at_lines
from autograder.ci.changes import Kept, changes, reason
from autograder.ci.records import Answer
from autograder.course import Course
from autograder.render import labels, markdown
from autograder.render.markdown import escape
from autograder.render.outline import outline, points
from autograder.result import Result
from autograder.text import Lang, Text

MAX_COMMENT = 65_000  # of GitHub's 65,536 characters
MAX_SUMMARY = 900_000  # of 1 MiB
Conclusion = Literal["success", "failure", "neutral"]

NOTHING = Text(
    en="No file that is graded has been changed, so there is nothing to grade yet.",
    ko="채점하는 파일에 변경이 없어서 아직 채점할 것이 없습니다.",
)
PUSHED = Text(en="Did you commit and push your file?", ko="과제 파일을 커밋하고 푸시했는지 확인해 보세요.")
COUNTED = Text(
    en="What counts are the files of the assignments, for example {path}.",
    ko="채점하는 것은 {path} 같은 과제 파일입니다.",
)
MISPLACED = Text(
    en="{path} is in a place that is not graded. Move it to {belongs}.",
    ko="{path} 파일은 채점하는 위치에 있지 않습니다. 다음 위치로 옮기세요: {belongs}",
)
DRAFT = Text(
    en="This is a draft. It is graded, but the check stays neutral until the pull request is ready for review.",
    ko="초안(draft)입니다. 채점은 하지만, 리뷰할 준비가 되었다고 표시하기 전까지 검사 결과는 중립입니다.",
)
BROKE_OFF = Text(
    en="Your code could not be graded just now. Something went wrong on our side, not in your files. "
    "Your instructor can have it graded again; you need not hand in again.",
    ko="지금은 채점하지 못했습니다. 제출한 파일이 아니라 채점하는 쪽에 문제가 있었습니다. "
    "강의 담당자가 다시 채점할 수 있으니, 다시 제출하지 않아도 됩니다.",
)
TOO_LONG = Text(en="The details are too long to be shown here.", ko="자세한 내용은 너무 길어 여기에 싣지 못했습니다.")
SUMMARY_LINK = Text(
    en="The details are in the [run's summary]({url}).", ko="자세한 내용은 [실행 요약]({url})에 있습니다."
)
COMMIT = Text(en="Commit <code>{commit}</code>", ko="커밋 <code>{commit}</code>")
UPDATED = Text(en="this comment is updated with every push", ko="푸시할 때마다 이 댓글이 갱신됩니다")
UPDATED_ISSUE = Text(
    en="this issue is brought up to date at regular intervals", ko="이 이슈는 정해진 시간마다 새 결과로 바뀝니다"
)
OTHER_LANGUAGE = Text(
    en="한국어로 받으려면 풀 리퀘스트 설명에 <code>Language: ko</code> 한 줄을 쓰세요",
    ko="For English, write a line <code>Language: en</code> into the description",
)
NOT_GRADED = Text(en="Not graded yet", ko="아직 채점하지 못했습니다")
NOTHING_SHORT = Text(en="Nothing to grade yet", ko="아직 채점할 것이 없습니다")
TOTAL = Text(en="{points} points", ko="{points}점")


@dataclass(frozen=True)
class Feedback:
    """What is published, in Markdown but for the title. `comment` begins with the line by which it is found again."""

    comment: str
    summary: str
    check: str
    title: str
    conclusion: Conclusion
    annotations: tuple[Annotation, ...]
    kept: Kept


@dataclass(frozen=True)
class Circumstances:
    """What a feedback depends on besides the answer. `run_url`: where the summary can be read.

    `is_pull`: for a comment on a pull request, not for an issue.
    """

    lang: Lang
    draft: bool = False
    is_pull: bool = True
    before: Kept | None = None
    run_url: str = ""


def feedback(course: Course, answer: Answer, about: Circumstances) -> Feedback:
    """The feedback to what was graded."""
    lang = about.lang
    now = Kept.of(answer.commit, answer.results, about.before)
    head = [*_misplaced(answer, lang), *_changed(about.before, now, lang)]
    head += [DRAFT.in_(lang)] if about.draft else []
    reports = _reports(course, answer.results, lang)
    if not reports:
        head = [f"## nand2mnist\n\n{NOTHING.in_(lang)}", *(head or [PUSHED.in_(lang)]), _counted(course, lang)]
    if len(reports) > 1:
        head = [_overview(answer.results, lang), *head]
    foot = _foot(answer.commit, about)
    link = SUMMARY_LINK.in_(lang).format(url=about.run_url) if about.run_url else TOO_LONG.in_(lang)
    return Feedback(
        comment=f"{now.line()}\n{_fitted(head, reports, [foot], MAX_COMMENT - len(now.line()), link)}",
        summary=_fitted(head, reports, [], MAX_SUMMARY, ""),
        check=_joined([*head, *(report.brief for report in reports)])[:MAX_COMMENT],
        title=_title(answer.results, lang),
        conclusion=_conclusion(answer.results, about.draft),
        annotations=tuple(islice(at_lines(course, answer, lang), MOST)),
        kept=now,
    )


def broken_off(commit: str, about: Circumstances) -> Feedback:
    """The feedback where grading did not come to an end; what was graded before stays remembered."""
    text = _joined([f"## nand2mnist: {NOT_GRADED.in_(about.lang)}", BROKE_OFF.in_(about.lang), _foot(commit, about)])
    kept = about.before or Kept(commit)
    return Feedback(f"{kept.line()}\n{text}", text, text, NOT_GRADED.in_(about.lang), "neutral", (), kept)


# ---- the text ----


def _foot(commit: str, about: Circumstances) -> str:
    told = [COMMIT.in_(about.lang).format(commit=commit[:7])]
    told += [text.in_(about.lang) for text in ((UPDATED, OTHER_LANGUAGE) if about.is_pull else (UPDATED_ISSUE,))]
    return f"---\n\n{' · '.join(told)}"


@dataclass(frozen=True)
class _Report:
    """The report of one assignment, with and without its details."""

    full: str
    brief: str


def _reports(course: Course, results: Sequence[Result], lang: Lang) -> list[_Report]:
    pairs = [(result, course.assignment(result.assignment).manifest) for result in results]
    return [
        _Report(markdown.report(result, lang, about), markdown.report(result, lang, about, details=False))
        for result, about in pairs
    ]


def _fitted(head: Sequence[str], reports: Sequence[_Report], foot: Sequence[str], most: int, link: str) -> str:
    """All of it in at most `most` characters: the longest reports lose their details first."""
    texts = [report.full for report in reports]
    for place in sorted(range(len(texts)), key=lambda each: -len(texts[each])):
        if len(_joined([*head, *texts, *foot])) <= most:
            break
        texts[place] = f"{reports[place].brief}\n{link}"
    return _joined([*head, *texts, *foot])[:most]


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip()) + "\n"


def _overview(results: Sequence[Result], lang: Lang) -> str:
    rows = [[labels.ASSIGNMENT.in_(lang), labels.POINTS.in_(lang)], ["---", "---:"]]
    rows += [[escape(page.heading), escape(page.points) or "–"] for page in (outline(each, lang) for each in results)]
    return f"## nand2mnist: {_title(results, lang)}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _counted(course: Course, lang: Lang) -> str:
    first = course.assignment(course.ids[0])
    return COUNTED.in_(lang).format(path=_code(f"assignments/{first.id}/{first.file_name}"))


def _misplaced(answer: Answer, lang: Lang) -> Iterator[str]:
    for each in answer.misplaced:
        names = {"path": _code(each.path), "belongs": _code(each.belongs)}
        yield f"> {MISPLACED.in_(lang).format_map(names)}"


def _changed(before: Kept | None, now: Kept, lang: Lang) -> Iterator[str]:
    """A list of the tasks whose points are others now."""
    if before is None:
        return
    several = len(now.tasks) > 1
    rows = [
        f"- {_code(f'{each.assignment} {each.task}' if several else each.task)}: {each.before} → **{each.after}**"
        for each in changes(before, now)
    ]
    if rows:
        yield f"**{reason(before, now).in_(lang)}**\n\n" + "\n".join(rows)


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _title(results: Sequence[Result], lang: Lang) -> str:
    if not results:
        return NOTHING_SHORT.in_(lang)
    if any(outline(result, lang).withheld for result in results):
        return NOT_GRADED.in_(lang)
    score, most = sum(result.score for result in results), sum(result.max_score for result in results)
    return TOTAL.in_(lang).format(points=points(score, most))


def _conclusion(results: Sequence[Result], draft: bool) -> Conclusion:
    pages = [outline(result, "en") for result in results]
    if draft or not pages or any(page.withheld for page in pages):
        return "neutral"
    return "success" if all(page.all_right for page in pages) else "failure"
