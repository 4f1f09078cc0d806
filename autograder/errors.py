"""A student's exception, explained: which sentence of the catalogue says what went wrong.

In a hidden case nothing of the exception's own text is published, because a student's code can put a hidden input
there; what is said is the kind of error, the line, and that line of the student's own source.
"""

from __future__ import annotations

import builtins
import difflib
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder import wire
from autograder.lines import placed
from autograder.marks import Finding
from autograder.result import Verdict
from autograder.sandbox.client import Failure

MESSAGE_CAP = 300


@dataclass(frozen=True)
class Pattern:
    """An exception that beginners meet: its builtin type, a pattern in its text, the key that explains it."""

    type: str
    text: str
    key: str


PATTERNS = (
    Pattern("ValueError", r"truth value of an array", "error.ambiguous-truth"),
    Pattern("ValueError", r"matmul|shapes? .*(aligned|broadcast|mismatch)|could not be broadcast", "error.shapes"),
    Pattern("ValueError", r"values to unpack", "error.unpack"),
    Pattern("TypeError", r"cannot unpack", "error.unpack"),
    Pattern("ValueError", r"setting an array element", "error.array-element"),
    Pattern("AttributeError", r"module 'numpy' has no attribute '(int|float|bool|complex|object|str)'", "error.np-int"),
    Pattern("AttributeError", r"module 'numpy' has no attribute", "error.numpy-name"),
    Pattern("AttributeError", r"'NoneType' object has no attribute", "error.none-attribute"),
    Pattern("AttributeError", r"", "error.attribute"),
    Pattern("UnboundLocalError", r"", "error.unbound"),
    Pattern("NameError", r"", "error.name"),
    Pattern("TypeError", r"(takes|missing) .*positional|unexpected keyword", "error.call-arguments"),
    Pattern("TypeError", r"only .*(length-1|0-dimensional|size-1) arrays", "error.scalar-only"),
    Pattern("TypeError", r"'NoneType'", "error.none-operand"),
    Pattern("TypeError", r"unsupported operand|can't multiply sequence|can only concatenate", "error.operand"),
    Pattern("RecursionError", r"", "error.recursion"),
    Pattern("ZeroDivisionError", r"", "error.zero-division"),
    Pattern("OverflowError", r"", "error.overflow"),
    Pattern("IndexError", r"", "error.index"),
    Pattern("EOFError", r"reading a line", "error.input"),
    Pattern("PermissionError", r"", "error.forbidden"),
    Pattern("FileNotFoundError", r"", "error.forbidden"),
    Pattern("ModuleNotFoundError", r"", "error.import"),
    Pattern("ImportError", r"", "error.import"),
    Pattern("KeyError", r"", "error.key"),
)

MISUSES = {
    "arithmetic": "circuit.arithmetic",
    "operator": "circuit.operator",
    "compare": "circuit.branch",
    "branch": "circuit.branch",
    "iteration": "circuit.arithmetic",
    "gone": "handle.gone",
}


def explain(raised: wire.Raised, source: Sequence[str], shown: bool) -> Finding:
    """The Finding for an exception. `source`: the lines of the student's file, for the line that is quoted."""
    line = own_line(raised.frames[-1].line if raised.frames else None, source)
    params: dict[str, object] = {
        "type": raised.type if _is_builtin(raised.type) else "Exception",
        "line": placed(line, source),
        "source": quote(source, line),
        "text": _without_places(raised.message) if shown else "",
        "frames": tuple((frame.function, frame.line) for frame in raised.frames),
    }
    if raised.misuse is not None:
        return Finding(MISUSES.get(raised.misuse, "circuit.arithmetic"), params, "fail", line)
    if raised.type == "NotImplementedError":
        return Finding("todo", params, "todo", line)
    if raised.type == "MemoryError":
        return Finding("memory" if line else "memory.unplaced", params, "memory", line)
    if raised.type in ("SystemExit", "KeyboardInterrupt"):
        return Finding("exit", params, "crashed", line)
    if raised.type == "TypeError" and not raised.frames:
        return Finding("arguments", params, "error", None)
    return Finding(_key(raised, shown) if line else "error.unplaced", params, "error", line)


def own_line(line: int | None, source: Sequence[str]) -> int | None:
    """`line` where it is a line of the file with something on it; a claimed number could be a hidden input."""
    return line if line is not None and 1 <= line <= len(source) and source[line - 1].strip() else None


def _without_places(text: str) -> str:
    """`text` without the folders of this machine that an exception may name."""
    places = {str(Path(__file__).parents[1]), sys.prefix, sys.base_prefix} - {"/", "/usr"}
    return re.sub(f"({'|'.join(map(re.escape, places))})[^\\s'\"]*", "…", text)


def _is_builtin(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def _key(raised: wire.Raised, shown: bool) -> str:
    message = raised.message[:MESSAGE_CAP]  # a pattern's time grows with the square of the length
    for pattern in PATTERNS:
        if pattern.type == raised.type and re.search(pattern.text, message):
            return pattern.key
    return "error.shown" if shown and raised.message else "error"


def quote(source: Sequence[str], line: int | None) -> str:
    """The student's own line, for a message."""
    if line is None or not 1 <= line <= len(source):
        return "?"
    return source[line - 1].strip()[:160]


def syntax(raised: wire.Raised, source: Sequence[str]) -> Finding:
    """The one Finding of a file that does not compile: line, the line's text, and a caret below the place."""
    line = raised.frames[-1].line if raised.frames else 0
    text = source[line - 1] if 1 <= line <= len(source) else ""
    indent = len(text) - len(text.lstrip())
    caret = " " * min(160, max(0, (raised.column or 1) - 1 - indent)) + "^"
    shown = f"{text.strip()[:160]}\n{caret}"
    params = {"line": placed(line, source), "text": raised.message, "source": shown}
    return Finding("load.syntax", params, "error", line)


def loading(raised: wire.Raised, source: Sequence[str]) -> Finding:
    """The Finding for an exception at the module's top level; what was defined before it can still be graded.

    The line is that of the top level, where the file stopped, not that of a function which it called.
    """
    frames = raised.frames[:1] if raised.frames and raised.frames[0].function == "<module>" else raised.frames
    found = explain(msgspec.structs.replace(raised, frames=frames), source, shown=True)
    if found.verdict == "todo":
        return Finding("load.todo", found.params, "error", found.line)
    keys = {"error.import": "load.import", "error.input": "load.input", "error.unplaced": "load.unplaced"}
    return Finding(keys.get(found.key, "load.error"), found.params, found.verdict, found.line)


def missing(task: str, names: Iterable[str]) -> Finding:
    """The Finding for a name that is not there, with the nearest of the student's own `names`.

    A notebook has the visible examples too, which are named after the tasks: none of them is meant.
    """
    folded = {name.casefold(): name for name in names if not name.startswith("test_")}
    near = difflib.get_close_matches(task.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return Finding("missing.near", {"name": task, "near": folded[near[0]]}, "error")
    return Finding("missing", {"name": task}, "error")


FAILURES: dict[str, tuple[str, Verdict]] = {
    "timeout": ("timeout", "timeout"),
    "crashed": ("crashed", "crashed"),
    "exit": ("exit", "crashed"),
    "protocol": ("protocol", "crashed"),
    "callbacks": ("callbacks", "timeout"),
    "memory": ("memory", "memory"),
    "too-large": ("too-large", "memory"),
}


def failure(failed: Failure, seconds: float) -> Finding:
    """The Finding for a worker that did not answer."""
    key, verdict = FAILURES[failed.kind]
    return Finding(key, {"seconds": seconds, "signal": failed.detail, "megabytes": failed.detail}, verdict)
