"""The interface words of every report, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from autograder.lines import place
from autograder.result import Verdict
from autograder.text import Text

State = Literal[Verdict, "partial"]  # a task can also be partly right

# Signs are one cell wide everywhere. A circle is not among them: in Korean marking it means "right".
SIGNS: dict[State, str] = {
    "pass": "✓",
    "partial": "~",
    "fail": "✗",
    "todo": "☐",
    "error": "✗",
    "timeout": "✗",
    "memory": "✗",
    "crashed": "✗",
    "blocked": "⊘",
    "manual": "…",
    "internal": "!",
}
BONUS_SIGN = "+"

WORDS: dict[State, Text] = {
    "pass": Text(en="right", ko="맞음"),
    "partial": Text(en="partly right", ko="일부 맞음"),
    "fail": Text(en="not right yet", ko="고칠 곳 있음"),
    "todo": Text(en="to do", ko="작성 전"),
    "error": Text(en="stopped by an error", ko="오류로 멈춤"),
    "timeout": Text(en="out of time", ko="시간 초과"),
    "memory": Text(en="out of memory", ko="메모리 초과"),
    "crashed": Text(en="crashed", ko="비정상 종료"),
    "blocked": Text(en="waits", ko="대기 중"),
    "manual": Text(en="to be marked by hand", ko="직접 채점 대기"),
    "internal": Text(en="not graded yet", ko="아직 채점 못 함"),
}

COURSE = Text(en="The whole course", ko="전체 과제")
ASSIGNMENT = Text(en="Assignment", ko="과제")
CLASS = Text(en="Class", ko="반 전체")
STUDENT = Text(en="Student", ko="학생")
TASK = Text(en="Task", ko="문제")
TASKS = Text(en="Tasks", ko="문제별 결과")
POINTS = Text(en="Points", ko="점수")
TOTAL = Text(en="Total", ko="합계")
STATUS = Text(en="Status", ko="상태")
GRADED = Text(en="graded", ko="채점됨")
WITHHELD = Text(en="withheld", ko="보류")
REMARKS = Text(en="Remarks", ko="참고")
REMARKS_NOTE = Text(en="Good to know; no points lost.", ko="알아 두면 좋은 점입니다. 점수와는 상관없습니다.")
FIRST = Text(en="First of all", ko="먼저 볼 것")
NOT_RUN = Text(en="could not be run", ko="실행하지 못함")
BONUS = Text(en="bonus", ko="보너스")
PASSED = Text(en="What is right", ko="맞은 부분")
CIRCUIT = Text(en="Your circuit", ko="내가 만든 회로")
LOGARITHMIC = Text(en="logarithmic scale", ko="로그 눈금")
SEE_PAGE = Text(en="(pictures: on the feedback page)", ko="(그림은 피드백 페이지에 있습니다)")
UNUSED = Text(en="not used", ko="쓰이지 않음")
STUDENTS = Text(en="Students", ko="학생 수")
MISTAKES = Text(en="Commonest mistakes", ko="가장 흔한 실수")
NO_MISTAKES = Text(en="none", ko="없음")
WITHHELD_WHY = Text(en="Why grades are withheld", ko="보류된 까닭")
MEAN = Text(en="mean", ko="평균")
HOW_GRADED = Text(en="How this was graded", ko="채점 정보")
SANDBOX = Text(en="Sandbox", ko="샌드박스")
SUBMISSION = Text(en="Submission", ko="제출물")
GRADER = Text(en="Grader", ko="채점기")
ENGINE = Text(en="Engine", ko="엔진")
ENVIRONMENT = Text(en="Environment", ko="실행 환경")
LIMITS = Text(en="Limits", ko="제한")
STARTED = Text(en="Graded at", ko="채점 시각")
NONE = Text(en="none", ko="없음")

WITHHELD_NOTICE = Text(
    en="Your grade is withheld. Something went wrong on our side, not in your file. "
    "You will get the grade later; there is no need to hand in again.",
    ko="점수를 보류합니다. 제출한 파일이 아니라 채점하는 쪽에 문제가 있었습니다. "
    "점수는 나중에 알려 드리니 다시 제출하지 않아도 됩니다.",
)
ANSWER = Text(en="Answer", ko="답")
RUBRIC = Text(en="Rubric", ko="채점 기준")
WRITTEN = Text(en="Written answers", ko="서술형 답")
NOT_MARKED = Text(en="not marked yet", ko="아직 채점하지 않음")
MARK_IN = Text(
    en="Write the points into written.csv beside this page, then run the same command again.",
    ko="이 페이지 옆의 written.csv에 점수를 적고 같은 명령을 다시 실행하세요.",
)
ALL_RIGHT_SO_FAR = Text(
    en="Everything that was checked is right. The written answer is still to be marked.",
    ko="지금까지 확인한 것은 모두 맞았습니다. 서술형 답은 아직 채점 전입니다.",
)
ALL_RIGHT = Text(en="Everything is right. Well done!", ko="모두 맞았습니다. 잘했어요!")


def line(number: int | None, cells: Sequence[int] = ()) -> Text:
    """Where in the student's file, a notebook of these `cells` or a module; empty for no line."""
    if number is None:
        return Text(en="", ko="")
    where = place(number, cells)
    en, ko = (where.en, where.ko) if isinstance(where, Text) else (where, where)
    return Text(en=f"line {en}", ko=f"{ko}행")


def students(count: int) -> Text:
    return Text(en=f"{count} student{'s' if count != 1 else ''}", ko=f"학생 {count}명")


def all_right(outstanding: bool) -> Text:
    return ALL_RIGHT_SO_FAR if outstanding else ALL_RIGHT


def outstanding(points: str) -> Text:
    return Text(en=f"{points} points to be marked by hand", ko=f"{points}점은 직접 채점 대기")


def gates(count: int) -> Text:
    return Text(en=f"{count} gate{'s' if count != 1 else ''}", ko=f"게이트 {count}개")


def more(count: int) -> Text:
    return Text(en=f"… and {count} more", ko=f"… 그 밖에 {count}개")


def limits(seconds: float, memory_mb: int) -> Text:
    return Text(
        en=f"{seconds:g} s per call, {memory_mb} MB of memory", ko=f"호출마다 {seconds:g}초, 메모리 {memory_mb} MB"
    )
