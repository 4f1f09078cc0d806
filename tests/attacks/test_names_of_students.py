"""File names that would be an option, a command, a page, a formula, another name; each is a student like any other."""

import csv
import os
import re
import unicodedata

HOSTILE = [
    "--out",
    "-rf",
    "::error file=a::stop",
    "##[error]stop",
    "a\n::set-output name=x::y",
    "\x1b[2J\x1b]0;owned\x07",
    "<script>alert(1)</script>"[:17],
    "[a](javascript:alert)",
    "@everyone",
    "=1+cmd|' !A0",
    "\u202egnp.exe",
    "a\u200bb\ufeff",
    "con",
    "x" * 200,
    "{x} %s $(id) `id`",
    unicodedata.normalize("NFD", "한글"),
    "\uff0f\uff0e\uff0e",
    "| a | b |",
    "a\tb\rc",
]


def test_are_only_names(attack, right):
    files = {f"{name}.py": right for name in HOSTILE} | {os.fsdecode(b"not \xff text.py"): right}
    outcomes = attack.many(files)
    assert len(outcomes) == len(files)
    assert {outcome.result.score for outcome in outcomes.values()} == {14.0}
    one = next(iter(outcomes.values()))
    assert {path.parent.parent for path in one.out.rglob("*.html") if path.name != "index.html"} == {one.out}
    assert len(list((one.out / "feedback").glob("*.md"))) == len(files)
    for line in [*one.stderr.splitlines(), *one.stdout.splitlines()]:
        assert not re.match(r"\s*::|.*##\[", line), line
    rows = list(csv.reader((one.out / "grades.csv").read_text().splitlines()))
    assert not [row for row in rows[1:] if row[0][0] in "=+-@\t"]
    one.silent_about("\u200b", "\ufeffb")
    pages = {path: path.read_text() for path in [*one.out.rglob("*.html"), *one.out.rglob("*.md")]}
    assert not [path for path, text in pages.items() if "<script" in text or 'href="javascript' in text]
    assert not [path for path, text in pages.items() if path.suffix == ".md" and ("](" in text or "@everyone" in text)]
