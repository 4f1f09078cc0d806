"""Text of a student that is to be looked at beside live controls: formgrader's page can change every grade.

nbconvert renders a Markdown cell with raw HTML, `javascript:` links and ids of headings (a heading called `test-AND`
takes the place of that cell's score box). nbgrader's templates sanitise none of it. So a student's text is written in
character references: it is shown as it was typed, in formgrader, in feedback and in Jupyter, and nothing in it is
Markdown. Formulas between dollar signs are still set by MathJax, whose safe mode nbgrader's pages use.
"""

from __future__ import annotations

import re

from autograder.text import clean

CAP = 20_000  # characters of a text cell
CODE_CAP = 200_000
_ACTIVE = re.compile(r"[^\w\s,;?!'()/%\u0080-\U0010ffff]|_")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_BLANKS = re.compile(r"^ +|  +")


def markdown(text: str) -> str:
    """`text` as a Markdown cell that shows just that."""
    shown = clean(text, CAP, newlines=True).strip("\n")
    return "  \n".join(_line(line) for line in shown.split("\n"))


def _line(line: str) -> str:
    made = _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", line.rstrip())
    made = _NUMBERED.sub(lambda match: f"{match[1]}&#{ord(match[2])};", made)
    return _BLANKS.sub(lambda match: "&nbsp;" * len(match[0]), made) or "&nbsp;"


def code(text: str) -> str:
    """The source of a code cell, which every renderer escapes: without what cannot be written into a file or seen."""
    return clean(text, CODE_CAP, newlines=True)
