"""Draw who may do what in `docs/pull-requests.md`: python docs/draw_trust.py  ->  docs/images/trust.svg

The tokens and secrets are compared with the workflows: a picture that says something else is not drawn.
"""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORKFLOWS = ROOT / "student" / ".github" / "workflows"
TARGET = ROOT / "docs" / "images" / "trust.svg"
WIDTH, HEIGHT = 1000, 830
INK, QUIET = "#1f2328", "#59636e"
RED, AMBER, GREEN, BLUE = ("#cf222e", "#fff5f5"), ("#9a6700", "#fffaeb"), ("#1a7f37", "#f3fcf5"), ("#0969da", "#f2f8ff")
LINE = 19  # pixels from one line of text to the next

# x, y, width, height, colours, title, lines; a line that begins with a key in the table of KEYS has it in bold.
BOXES = [
    (
        *(20, 56, 240, 322, RED, "The pull request"),
        """
        from a student's fork; all of it
        is theirs to choose:

        code of the assignment
        workflows, conftest, pyproject
        names of branches and files
        commit messages, description
        the engine's own files

        token: none of ours
        secrets: none
        """,
    ),
    (
        *(345, 56, 310, 142, RED, "Stage 1: examples.yml"),
        """
        on pull_request, as the student has it
        runs: the student's copy of everything
        token: contents: read
        secrets: none
        gives: advice in its own summary
        """,
    ),
    (
        *(345, 236, 310, 142, AMBER, "Stage 2, job grade: feedback.yml"),
        """
        on workflow_run, as the default branch has it
        runs: student code, in the sandbox only
        token: contents: read, pull-requests: read
        secrets: COURSE_KEY, COURSE_SECRET
        gives: a record; can write nothing
        """,
    ),
    (
        *(345, 416, 310, 142, GREEN, "Stage 2, job report: feedback.yml"),
        """
        on another machine, as the default branch has it
        runs: no student code
        token: pull-requests: write, checks: write
        secrets: none
        gives: one comment, one check
        """,
    ),
    (
        *(740, 236, 240, 142, BLUE, "Private course repository"),
        """
        hidden graders, solutions
        the course secret is not in it

        who reads it: instructors, and
        job grade by a read-only key
        """,
    ),
    (
        *(740, 416, 240, 142, BLUE, "An instructor's machine"),
        """
        the course secret: .course-secret

        runs: ci regrade, ci report by hand
        token: a personal one, which
        students' code never sees
        """,
    ),
    (
        *(20, 416, 240, 142, GREEN, "What the student reads"),
        """
        a comment with marks and reasons
        a check with a conclusion
        findings at their own lines

        it is inert text
        """,
    ),
]
# from, to, number, where the number stands
ARROWS = [
    ((260, 127), (345, 127), (302, 127)),
    ((500, 198), (500, 236), (500, 217)),
    ((260, 307), (345, 307), (302, 307)),
    ((740, 307), (655, 307), (698, 307)),
    ((500, 378), (500, 416), (500, 397)),
    ((345, 487), (260, 487), (302, 487)),
]
CROSSES = [
    ("The merge commit, as it is.", "Nothing is checked, for there is nothing to gain: no secret, no right to write."),
    (
        "That the run ended: fork and branch, told by GitHub's event.",
        "An open pull request must have both; the API names its newest commit."
        " No artifact, cache or output of stage 1 is read.",
    ),
    (
        "The assignments' own files, by commit, over the API: never a checkout.",
        "The tree must call it a plain file of at most 1 MiB; then strict UTF-8. Nothing else is fetched.",
    ),
    (
        "The graders, by a deploy key that can only read.",
        "The key is in the environment grading, which only the default branch may use; it is not kept in the checkout.",
    ),
    (
        "One JSON record for each pull request.",
        "At most 16 MiB, a fixed schema; student and commit must be those that the API names. Which pull request it is,"
        " no record says.",
    ),
    (
        "Markdown and plain annotations.",
        "Escaped and capped: no mention, link, image, HTML or command of a student's. Only its own comment is changed.",
    ),
]
KEYS = ("token:", "secrets:", "runs:", "gives:", "who reads it:")


def main() -> int:
    svg = drawn()
    said = {line.strip() for *_, title, text in BOXES for line in (title, *text.splitlines())}
    for name in ("examples", "feedback"):
        for fact in facts(WORKFLOWS / f"{name}.yml"):
            if not any(fact in line for line in said):
                print(f"{name}.yml has {fact}, the picture has not; correct {Path(__file__).name}", file=sys.stderr)
                return 1
    TARGET.write_text(svg, encoding="utf-8")
    return 0


def facts(workflow: Path) -> set[str]:
    """Rights and secrets that a workflow names; reading the files of its own public branch is not worth a word."""
    text = workflow.read_text(encoding="utf-8")
    return set(re.findall(r"^ {6}([\w-]+: (?:read|write))\b", text, re.MULTILINE)) | set(
        re.findall(r"secrets\.(\w+)", text)
    )


def drawn() -> str:
    parts = [column(8, 264, "The student's side"), column(333, 334, "GitHub's runners, a new machine for each job")]
    parts += [column(728, 264, "The instructors' side")]
    parts += [box(*each) for each in BOXES]
    parts += [arrow(place, *each) for place, each in enumerate(ARROWS, 1)]
    parts += [crossing(place, *texts) for place, texts in enumerate(CROSSES, 1)]
    label = "What a pull request can reach: who runs what, with which token and secrets, and what crosses between them"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">
<style>text {{ font: 13px "Helvetica Neue", Arial, "Noto Sans", "DejaVu Sans", sans-serif; fill: {INK}; }}
.title {{ font-weight: bold; font-size: 14px; }} .quiet {{ fill: {QUIET}; }} .bold {{ font-weight: bold; }}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 8 4 0 8z" fill="{INK}"/></marker></defs>
<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#ffffff"/>
{chr(10).join(parts)}
</svg>
"""


def column(x: int, width: int, title: str) -> str:
    middle = x + width // 2
    frame = 'height="558" rx="8" fill="none" stroke="#afb8c1" stroke-dasharray="5 4"'
    return (
        f'<rect x="{x}" y="12" width="{width}" {frame}/>'
        f'<text x="{middle}" y="36" text-anchor="middle" class="quiet">{html.escape(title)}</text>'
    )


def box(x: int, y: int, width: int, height: int, colours: tuple[str, str], title: str, text: str) -> str:
    edge, fill = colours
    rows = [f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{fill}" stroke="{edge}"/>']
    rows += [f'<text x="{x + 12}" y="{y + 24}" class="title" style="fill:{edge}">{html.escape(title)}</text>']
    for place, line in enumerate(text.strip().splitlines()):
        key = next((key for key in KEYS if line.strip().startswith(key)), "")
        rest = html.escape(line.strip().removeprefix(key))
        bold = f'<tspan class="bold">{key}</tspan>' if key else ""
        rows.append(f'<text x="{x + 12}" y="{y + 47 + LINE * place}">{bold}{rest}</text>')
    return "\n".join(rows)


def arrow(number: int, start: tuple[int, int], end: tuple[int, int], middle: tuple[int, int]) -> str:
    line = (
        f'<path d="M{start[0]} {start[1]} {end[0]} {end[1]}" stroke="{INK}" stroke-width="1.5" marker-end="url(#tip)"/>'
    )
    return line + dot(number, *middle)


def dot(number: int, x: int, y: int) -> str:
    circle = f'<circle cx="{x}" cy="{y}" r="10" fill="#ffffff" stroke="{INK}"/>'
    return f'{circle}<text x="{x}" y="{y + 4.5}" text-anchor="middle" class="bold">{number}</text>'


def crossing(number: int, what: str, check: str) -> str:
    y = 600 + (number - 1) * 39
    words = f'<text x="46" y="{y}" class="bold">{html.escape(what)}</text>'
    return f'{dot(number, 28, y + 4)}{words}<text x="46" y="{y + 17}">{html.escape(check)}</text>'


if __name__ == "__main__":
    sys.exit(main())
