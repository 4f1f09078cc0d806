"""Stage 1: the visible examples on what was begun, in the log and as the job's summary. Advice, no marks."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TextIO

from autograder.checking import command
from autograder.course import Course
from autograder.render.markdown import preformatted
from autograder.text import Lang, Text

ADVICE = Text(
    en="The visible examples, run with this pull request's own copy of the course. "
    "The marks come in the comment on the pull request.",
    ko="공개된 예제를 이 풀 리퀘스트의 코드로 실행한 결과입니다. 점수는 풀 리퀘스트에 달리는 댓글에서 알려 드립니다.",
)
NOTHING = Text(en="No assignment has been begun yet.", ko="아직 시작한 과제가 없습니다.")


class _Both(io.TextIOBase):
    """Writes to the log and keeps a copy."""

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self.copy = io.StringIO()

    def write(self, text: str, /) -> int:
        self.copy.write(text)
        return self._log.write(text)

    def flush(self) -> None:
        self._log.flush()


def run(course: Course, lang: Lang) -> bool:
    """Whether every example of every begun assignment passes."""
    begun = command.begun(course)
    good = True
    both = _Both(sys.stdout)
    with contextlib.redirect_stdout(both):
        if begun:
            good = command.run(begun, lang)
        else:
            print(NOTHING.in_(lang))
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{ADVICE.in_(lang)}\n\n{preformatted(both.copy.getvalue())}\n")
    return good
