"""What the runner reads out of a step's output and files: workflow commands, problem matchers, NAME=VALUE files.

A line is read as the runner reads it: white space in front of `::` counts for nothing, `##[` may stand anywhere, and a
lone carriage return ends a line. Whatever is found is recorded: a test asserts that no student's text is among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REGISTERED = set(
    "add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher "
    "save-state set-env set-output stop-commands warning".split()
)
# What actions/setup-python registers: two lines of output that look like a traceback become an annotation.
TRACEBACK = (
    re.compile(r"^\s*File\s\"(.*)\",\sline\s(\d+),\sin\s(.*)$"),
    re.compile(r"^\s*raise\s(.*)\(\'(.*)\'\)$"),
)


@dataclass(frozen=True)
class Command:
    """A line that had an effect: its name, its properties and what it says."""

    name: str
    message: str
    properties: dict[str, str] = field(default_factory=dict)
    line: str = ""


def lines_of(output: str) -> list[str]:
    """The lines of an output, as .NET ends them."""
    return re.split(r"\r\n|\r|\n", output)


def parse(line: str) -> Command | None:
    """The workflow command in a line, of either form, or None."""
    return _with_colons(line) or _with_hashes(line)


def _with_colons(line: str) -> Command | None:
    text = line.lstrip()
    if not text.startswith("::") or (end := text.find("::", 2)) < 0:
        return None
    name, _, rest = text[2:end].partition(" ")
    if name not in REGISTERED:
        return None
    return Command(name, _unescape(text[end + 2 :]), _properties(rest.strip(), ","), line)


def _with_hashes(line: str) -> Command | None:
    begin = line.find("##[")
    if begin < 0 or (end := line.find("]", begin)) < 0:
        return None
    name, _, rest = line[begin + 3 : end].partition(" ")
    if name not in REGISTERED:
        return None
    return Command(name, _unescape(line[end + 1 :]), _properties(rest.strip(), ";"), line)


def _properties(text: str, between: str) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in text.split(between) if "=" in part)
    return {name.strip(): _unescape(value, also=((":", "%3A"), (",", "%2C"))) for name, value in pairs}


def _unescape(text: str, also: tuple[tuple[str, str], ...] = ()) -> str:
    for sign, escaped in (("\r", "%0D"), ("\n", "%0A"), *also, ("%", "%25")):
        text = text.replace(escaped, sign)
    return text


def commands_in(output: str, with_matcher: bool = False) -> Iterator[Command]:
    """The commands that live in an output, in order. Between `::stop-commands::T` and `::T::` nothing does.

    `with_matcher`: also what the matcher of setup-python would annotate, as a command `matcher`.
    """
    stopped: str | None = None
    before: re.Match[str] | None = None
    for line in lines_of(output):
        if stopped is not None:
            resumes = line.strip().startswith(f"::{stopped}::") or f"##[{stopped}]" in line
            stopped = None if resumes else stopped
            continue
        command = parse(line)
        if command:
            yield command
            stopped = command.message if command.name == "stop-commands" else None
        if with_matcher:
            if before and (said := TRACEBACK[1].match(line)):
                yield Command("matcher", said[2], {"file": before[1], "line": before[2]}, line)
            before = TRACEBACK[0].match(line)


class FileCommandError(Exception):
    """A line of GITHUB_ENV or GITHUB_OUTPUT that the runner refuses; the step fails."""


def pairs_in(path: Path) -> dict[str, str]:
    """NAME=VALUE and NAME<<END … END of a file that a step wrote."""
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    lines = iter(lines_of(path.read_text(encoding="utf-8", errors="replace")))
    for line in lines:
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            name, value = line[:equals], line[equals + 1 :]
        elif heredoc >= 0:
            name, value = line[:heredoc], _heredoc(line[heredoc + 2 :], lines)
        else:
            raise FileCommandError(f"Invalid format '{line}'")
        if not name:
            raise FileCommandError(f"Invalid format '{line}'. Name must not be empty")
        found[name] = value
    return found


def _heredoc(end: str, lines: Iterator[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if line == end:
            return "\n".join(kept)
        kept.append(line)
    raise FileCommandError(f"Invalid value. Matching delimiter not found '{end}'")
