"""Draw what a pull request shows: the comment, and the finding at the student's own lines (PNG for the README).

    python docs/draw_comment.py            needs chromium and a Korean font

A labelled submission goes through the real commands (`autograder ci fetch`, `grade`, `report`), against the stand-in
for GitHub that the tests use, with a fixed secret. What is posted there is set in type here; the frame around it is
ours, not GitHub's.
"""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from draw_readme import IMAGES, ROOT, screenshot
from markdown_it import MarkdownIt

MODULE = "assignments/01_gates/gates.py"
LABEL = "01_gates/mistakes/xor_nand_one_branch"
LINES_BEFORE, LINES_AFTER = 1, 2  # of the student's file, around the annotation
STUDENT, REPOSITORY = "student-01", "course/gates-to-digits"
TOKEN = {"contents": "read", "pull-requests": "write", "checks": "write"}
PAGE = """<!doctype html>
<meta charset="utf-8">
<style>
body {{ margin: 0; padding: 20px; width: 820px; background: #fff; color: #1f2328;
  font: 14px/1.5 "Noto Sans CJK KR", "DejaVu Sans", sans-serif; }}
.frame {{ border: 1px solid #d1d9e0; border-radius: 6px; }}
.head {{ padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0;
  color: #59636e; }}
.head b {{ color: #1f2328; }}
.bot {{ border: 1px solid #d1d9e0; border-radius: 1em; padding: 0 7px; font-size: 12px; }}
.body {{ padding: 4px 16px; }}
h2 {{ font-size: 1.4em; border-bottom: 1px solid #d1d9e0b3; padding-bottom: .3em; margin: 12px 0; }}
table {{ border-collapse: collapse; margin: 12px 0; }}
th, td {{ border: 1px solid #d1d9e0; padding: 4px 13px; }}
tr:nth-child(2n) td {{ background: #f6f8fa; }}
code, pre {{ font: 12px/1.45 "DejaVu Sans Mono", "Noto Sans Mono CJK KR", monospace; }}
code {{ background: #818b981f; border-radius: 6px; padding: .2em .4em; }}
.body pre {{ background: #f6f8fa; border-radius: 6px; padding: 12px 16px; margin: 8px 0; }}
details {{ margin: 8px 0; }}
ul {{ padding-left: 2em; }}
hr {{ border: 0; height: 3px; background: #d1d9e0; margin: 16px 0; }}
hr + p {{ font-size: 13px; }}
.file {{ margin-top: 24px; }}
.file pre {{ margin: 0; padding: 0 12px; line-height: 20px; }}
.file pre i {{ display: inline-block; width: 2.2em; padding-right: 1.2em; text-align: right; font-style: normal;
  color: #59636e; }}
.note {{ margin: 6px 12px 6px 52px; padding: 8px 12px; border: 1px solid #d1d9e0; border-left: 4px solid #9a6700;
  border-radius: 6px; }}
.note small {{ display: block; color: #59636e; }}
.note b {{ display: block; }}
</style>
<div class="frame"><div class="head"><b>github-actions</b> <span class="bot">bot</span> commented</div>
<div class="body">{comment}</div></div>
<div class="frame file"><div class="head"><code>{path}</code></div>{file}</div>
"""


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    source = (ROOT / "solutions" / f"{LABEL}.py").read_text(encoding="utf-8")
    for lang in ("en", "ko"):
        with tempfile.TemporaryDirectory() as name:
            comment, check = posted(Path(name), source, lang)
            page = Path(name, "page.html")
            page.write_text(
                PAGE.format(comment=typeset(comment), path=MODULE, file=annotated(source, check)), encoding="utf-8"
            )
            picture = IMAGES / f"comment.{lang}.png"
            screenshot(page, picture)
            if page.with_suffix(".png").exists():  # there is a browser
                print(picture.relative_to(ROOT))


def posted(folder: Path, source: str, lang: str) -> tuple[str, dict[str, Any]]:
    """The comment and the check that a pull request of `source` gets."""
    sys.path.insert(0, str(ROOT))
    from tests.github import GitHub

    with GitHub(folder) as github:
        files = {str(path.relative_to(ROOT)): path.read_bytes() for path in ROOT.glob("assignments/*/*.py")}
        upstream = github.repository(REPOSITORY, files)
        fork = github.fork(upstream, STUDENT)
        github.push(fork, {MODULE: source}, branch="01_gates")
        pull = github.open_pull(upstream, fork, "01_gates", title="01_gates", body=f"Language: {lang}")
        event = folder / "event.json"
        event.write_text(json.dumps(github.event_workflow_run(pull).payload), encoding="utf-8")
        environment = os.environ | {
            "NAND2MNIST_SECRET": "readme",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_API_URL": github.api_url,
            "GITHUB_TOKEN": github.job_token(upstream, TOKEN),
        }
        inbox, answers = str(folder / "inbox"), str(folder / "answers")
        for command in (["fetch", inbox], ["grade", inbox, answers], ["report", answers]):
            subprocess.run([sys.executable, "-m", "autograder", "ci", *command], env=environment, check=True)
        (comment,) = upstream.comments.values()
        (check,) = upstream.checks
        return comment.body, check


def typeset(comment: str) -> str:
    """Markdown with tables and HTML, as GitHub reads it."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(comment)


def annotated(source: str, check: dict[str, Any]) -> str:
    """The first annotation below its line, with some lines of the file around it."""
    first = check["output"]["annotations"][0]
    assert first["path"] == MODULE
    line = first["start_line"]
    lines = [f"<pre><i>{number}</i>{html.escape(text)}</pre>" for number, text in enumerate(source.splitlines(), 1)]
    said = html.escape(first["message"]).replace("\n", "<br>")
    head = f"<small>⚠ Check warning on line {line}</small><b>{html.escape(first['title'])}</b>"
    note = f'<div class="note">{head}{said}</div>'
    return "".join([*lines[max(0, line - 1 - LINES_BEFORE) : line], note, *lines[line : line + LINES_AFTER]])


if __name__ == "__main__":
    main()
