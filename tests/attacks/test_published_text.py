"""Text of a student's that is quoted (source lines, exception texts, names) is inert wherever it is published."""

import re

import pytest

HOSTILE = {
    "escapes": "\x1b[31mred\x1b]8;;http://evil.example\x07link\x1b[2J\x9b31m\x08\x07",
    "command": "::error file=a.py::pwned ::set-output name=a::b ##[error]pwned ::add-mask::a",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;</pre></code>",
    "markdown": "[a](http://evil.example) ![b](http://evil.example/b.png) @everyone #1 **b** | c | `d` <!-- e",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} {0!r} %(a)s",
    "marks": "\u202eabc\u2066d\u200be\u2028f\u2029g\x85h",
    "long": "x" * 100_000,
}
PLACES = {
    "exception": "raise ValueError({text!r})\n",
    "lines": "raise ValueError({lines!r})\n",
    "source": "def AND(x1, x2):\n    raise ValueError  # {comment}\n",
    "syntax": "def AND(x1, x2)  # {comment}\n",
    "missing": "import sys; globals()[{text!r} + 'AN'] = globals()['AND' + {text!r}] = 1\n",
    "value": "def AND(x1, x2):\n    return {text!r}\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_is_inert(attack, place):
    sources = {}
    for name, text in HOSTILE.items():
        comment = re.sub(r"[\n\r\x00]", " ", text)
        sources[f"{name}.py"] = PLACES[place].format(text=text, lines=f"a\n{text}\n{text}", comment=comment)
    outcomes = attack.many(sources)
    for path in outcomes["markdown"].out.glob("feedback/*.md"):
        assert not re.search(r"\]\(|@everyone|http://|<!--|\*\*b", path.read_text()), path.read_text()
    for outcome in outcomes.values():
        outcome.no_credit()
        for line in [*outcome.stdout.splitlines(), *outcome.stderr.splitlines(), *outcome.pages.splitlines()]:
            assert not re.match(r"\s*::|.*##\[", line), line
        assert not re.search(r"<(script|img|b>)|onerror=alert\(1\)>", outcome.pages)
        assert len(outcome.pages) < 200_000
        assert "49 {%" not in outcome.pages
