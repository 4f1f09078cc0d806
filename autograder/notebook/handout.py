"""The handouts, cut into sections: a text cell for each, and one more for what stands before the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.course import Course

_SWITCH = re.compile(r"\*\[[^\]]*\]\(README(?:\.\w+)?\.md\)\*")  # the link to the other language
_LINK = re.compile(r"\]\(\.\./(\w+)/README(?:\.\w+)?\.md\)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def sections(text: str, heading: str, course: Course) -> list[str]:
    """The handout `text` without its title and the link to the other language, under `heading`."""
    lines = [line for line in text.split("\n") if not _SWITCH.fullmatch(line.strip())]
    parts = list(_split(lines))
    parts[0] = [f"# {heading}", *(line for line in parts[0] if not line.startswith("# "))]
    return [_to_notebooks(_squeezed(part), course) for part in parts]


def _split(lines: list[str]) -> Iterator[list[str]]:
    """At every `## ` that is no code."""
    part: list[str] = []
    code = False
    for line in lines:
        if _FENCE.match(line):
            code = not code
        if line.startswith("## ") and not code:
            yield part
            part = []
        part.append(line)
    yield part


def _squeezed(lines: list[str]) -> str:
    """Without the empty lines that a line left behind which was taken out."""
    head, *rest = lines
    text = "\n".join(rest).strip("\n")
    return f"{head}\n\n{text}" if text else head


def _to_notebooks(text: str, course: Course) -> str:
    """Links to another handout lead to its notebook."""

    def other(match: re.Match[str]) -> str:
        if match[1] not in course.ids:
            return match[0]
        return f"](../{match[1]}/{course.assignment(match[1]).notebook.name})"

    return _LINK.sub(other, text)
