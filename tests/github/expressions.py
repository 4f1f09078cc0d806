"""GitHub's expressions: `${{ … }}` in a string of a workflow, and the condition of an `if:`.

Values are None, bool, float, str, list and dict; objects are compared by identity and all strings without their case.
A name of a context or function that is not known here is an error, never silently empty; a property that is missing
in a known context is null, as at GitHub. tests/test_workflows.py compares all this with GitHub's own evaluator.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.github.values import ARGUMENTS, COMPARISONS, FUNCTIONS, ExpressionError, to_number, to_text, truthy

__all__ = [
    "Expression",
    "ExpressionError",
    "condition",
    "evaluate",
    "expressions_in",
    "interpolate",
    "parse",
    "value_of",
]

Functions = Mapping[str, Callable[..., Any]]
Contexts = Mapping[str, Any]
Run = Callable[[Contexts, Functions], Any]

STATUS = ("success", "failure", "cancelled", "always")
TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>(?:0x[0-9a-fA-F]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]Infinity)(?![\w.-]))"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!()\[\].,]))"
)
WORDS = {"true": True, "false": False, "null": None, "NaN": math.nan, "Infinity": math.inf}


@dataclass(frozen=True)
class Expression:
    """A parsed expression. `names`: contexts that it reads. `calls`: functions that it calls, in lower case."""

    text: str
    names: frozenset[str]
    calls: frozenset[str]
    run: Run

    def evaluate(self, contexts: Contexts, functions: Functions | None = None) -> Any:
        """Its value. `functions`: what is known beside GitHub's own functions (success() and its like)."""
        known = FUNCTIONS | {name.lower(): function for name, function in (functions or {}).items()}
        if missing := sorted(self.names - set(contexts)):
            raise ExpressionError(f"{self.text}: no context {', '.join(missing)} is there")
        if missing := sorted(self.calls - set(known)):
            raise ExpressionError(f"{self.text}: no function {', '.join(missing)} is there")
        return self.run(contexts, known)


def evaluate(text: str, contexts: Contexts, functions: Functions | None = None) -> Any:
    """The value of an expression without its `${{ }}`."""
    return parse(text).evaluate(contexts, functions)


def condition(text: object, contexts: Contexts, functions: Functions) -> bool:
    """Whether an `if:` holds; without a status function in it, only after success."""
    source = "" if text is None else "true" if text is True else "false" if text is False else str(text).strip()
    whole = list(_split(source))
    if len(whole) == 1 and whole[0][0]:
        source = whole[0][1]
    elif any(is_expression for is_expression, _ in whole):
        raise ExpressionError(f"if: {text}: text beside ${{{{ }}}} is a string, which is always true")
    expression = parse(source or "success()")
    value = truthy(expression.evaluate(contexts, functions))
    return value if expression.calls & set(STATUS) else value and truthy(functions["success"]())


def interpolate(text: str, contexts: Contexts, functions: Functions | None = None) -> str:
    """`text` with every `${{ … }}` replaced by its value as a string."""
    return "".join(
        to_text(evaluate(part, contexts, functions)) if is_expression else part for is_expression, part in _split(text)
    )


def value_of(thing: object, contexts: Contexts, functions: Functions | None = None) -> Any:
    """A YAML value: the typed value of a string that is one whole `${{ … }}`, else the interpolated string."""
    if not isinstance(thing, str):
        return thing
    parts = list(_split(thing))
    if len(parts) == 1 and parts[0][0]:
        return evaluate(parts[0][1], contexts, functions)
    return interpolate(thing, contexts, functions)


def expressions_in(text: str) -> list[str]:
    """The insides of all `${{ … }}` in a text."""
    return [part.strip() for is_expression, part in _split(text) if is_expression]


def _split(text: str) -> Iterator[tuple[bool, str]]:
    """(whether it is an expression, text) in turn; `}}` inside of a string literal ends nothing."""
    at = 0
    while (begin := text.find("${{", at)) >= 0:
        if begin > at:
            yield False, text[at:begin]
        end = re.compile(r"(?:[^'}]|'[^']*'|\}(?!\}))*").match(text, begin + 3)
        assert end is not None
        if not text.startswith("}}", end.end()):
            raise ExpressionError(f"{text[begin:]}: the expression does not end")
        yield True, text[begin + 3 : end.end()]
        at = end.end() + 2
    if at < len(text):
        yield False, text[at:]


# Parsing: || binds least, then &&, then == and !=, then < <= > >=, then !, then . and [].


def parse(text: str) -> Expression:
    """The expression in `text`, without `${{ }}`. Raises ExpressionError."""
    parser = _Parser(text)
    run = parser.either()
    if parser.at < len(parser.tokens):
        raise parser.wrong()
    return Expression(text, frozenset(parser.names), frozenset(parser.calls), run)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.names: set[str] = set()
        self.calls: set[str] = set()
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(text.rstrip()):
            match = TOKEN.match(text, position)
            if match is None:
                raise ExpressionError(f"{text}: unexpected symbol at {position + 1}")
            self.tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            position = match.end()

    def wrong(self) -> ExpressionError:
        found = self.tokens[self.at][1] if self.at < len(self.tokens) else "the end"
        return ExpressionError(f"{self.text}: unexpected {found}")

    def take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def must(self, sign: str) -> None:
        if not self.take(sign):
            raise self.wrong()

    def either(self) -> Run:
        left = self.both()
        while self.take("||"):
            left = _either(left, self.both())
        return left

    def both(self) -> Run:
        left = self.equality()
        while self.take("&&"):
            left = _both(left, self.equality())
        return left

    def equality(self) -> Run:
        left = self.comparison()
        while sign := self.take("==", "!="):
            left = _compared(sign, left, self.comparison())
        return left

    def comparison(self) -> Run:
        left = self.unary()
        while sign := self.take("<=", ">=", "<", ">"):
            left = _compared(sign, left, self.unary())
        return left

    def unary(self) -> Run:
        if self.take("!"):
            inner = self.unary()
            return lambda contexts, functions: not truthy(inner(contexts, functions))
        return self.properties()

    def properties(self) -> Run:
        is_literal = self.at < len(self.tokens) and self._is_literal()
        value = self.primary()
        while not is_literal:
            if self.take("["):
                key = self.either()
                self.must("]")
            elif self.take("."):
                if self.at >= len(self.tokens) or self.tokens[self.at][0] != "name":
                    raise self.wrong()
                key = _constant(self.tokens[self.at][1])
                self.at += 1
            else:
                break
            value = _property(value, key)
        return value

    def _is_literal(self) -> bool:
        kind, text = self.tokens[self.at]
        return kind in ("string", "number") or (kind == "name" and text in WORDS)

    def primary(self) -> Run:
        if self.take("("):
            inner = self.either()
            self.must(")")
            return inner
        if self.at >= len(self.tokens):
            raise self.wrong()
        kind, text = self.tokens[self.at]
        if kind == "sign":
            raise self.wrong()
        self.at += 1
        if kind == "string":
            return _constant(text[1:-1].replace("''", "'"))
        if kind == "number":
            return _constant(to_number(text))
        if text in WORDS:
            return _constant(WORDS[text])
        return self.call(text.lower()) if self.take("(") else self.context(text.lower())

    def context(self, name: str) -> Run:
        self.names.add(name)
        return lambda contexts, functions: contexts[name]

    def call(self, name: str) -> Run:
        arguments: list[Run] = []
        while not self.take(")"):
            arguments.append(self.either())
            if not self.take(","):
                self.must(")")
                break
        fewest, most = ARGUMENTS.get(name, (0, 0))
        if not fewest <= len(arguments) <= most:
            raise ExpressionError(f"{self.text}: {name}() with {len(arguments)} arguments")
        self.calls.add(name)
        return lambda contexts, functions: functions[name](*(each(contexts, functions) for each in arguments))


def _constant(value: Any) -> Run:
    return lambda contexts, functions: value


def _either(left: Run, right: Run) -> Run:
    return lambda contexts, functions: (
        value if truthy(value := left(contexts, functions)) else right(contexts, functions)
    )


def _both(left: Run, right: Run) -> Run:
    return lambda contexts, functions: (
        right(contexts, functions) if truthy(value := left(contexts, functions)) else value
    )


def _compared(sign: str, left: Run, right: Run) -> Run:
    return lambda contexts, functions: COMPARISONS[sign](left(contexts, functions), right(contexts, functions))


def _property(value: Run, key: Run) -> Run:
    def run(contexts: Contexts, functions: Functions) -> Any:
        thing, index = value(contexts, functions), key(contexts, functions)
        if isinstance(thing, list):
            number = to_number(index)
            place = int(number) if math.isfinite(number) and number >= 0 else len(thing)
            return thing[place] if place < len(thing) else None
        if isinstance(thing, Mapping) and not isinstance(index, list | Mapping):
            return _lookup(thing, to_text(index))
        return None

    return run


def _lookup(thing: Mapping[str, Any], key: str) -> Any:
    if key in thing:
        return thing[key]
    return next((value for name, value in thing.items() if name.lower() == key.lower()), None)
