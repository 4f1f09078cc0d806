"""The values of GitHub's expressions: how they are coerced and compared, and GitHub's own functions on them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any


class ExpressionError(Exception):
    """An expression that GitHub would refuse, or that needs what is not known here."""


def truthy(value: Any) -> bool:
    if isinstance(value, float | int):
        return not (value == 0 or math.isnan(value))
    return isinstance(value, list | Mapping) or bool(value)


def to_number(value: Any) -> float:
    if value is None or isinstance(value, bool | int | float):
        return float(value or 0)
    if not isinstance(value, str):
        return math.nan
    text = value.strip()
    if not text:
        return 0.0
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", text):
        return float(int(text, 0))
    if re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?Infinity", text):
        return float(text)
    return math.nan


def to_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_as_text(float(value))
    return value if isinstance(value, str) else "Array" if isinstance(value, list) else "Object"


def _number_as_text(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    rounded = value if abs(value) >= 1e21 else round(value, 15)
    if rounded == int(rounded) and abs(rounded) < 1e21:
        return str(int(rounded))
    return re.sub(r"e([-+])0*", r"e\1", repr(rounded)).replace(".0e", "e")


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    kinds = ((bool, "boolean"), (int | float, "number"), (str, "string"), (list, "array"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "object")


def _coerced(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Both as one kind, strings in upper case; None where they have none in common."""
    if _kind(left) != _kind(right):
        simple = {"null", "boolean", "number", "string"}
        if not {_kind(left), _kind(right)} <= simple:
            return None
        left, right = to_number(left), to_number(right)
    if isinstance(left, str):
        return _upper(left), _upper(right)
    return left, right


def _upper(text: str) -> str:
    return "ı".join(part.upper() for part in text.split("ı"))  # without a dot it stays as it is, at GitHub


def equal(left: Any, right: Any) -> bool:
    pair = _coerced(left, right)
    if pair is None:
        return False
    return pair[0] is pair[1] if isinstance(pair[0], list | Mapping) else bool(pair[0] == pair[1])


def less(left: Any, right: Any) -> bool:
    pair = _coerced(left, right)
    if pair is None or _kind(pair[0]) not in ("boolean", "number", "string"):
        return False
    return bool(pair[0] < pair[1])


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": less,
    ">": lambda left, right: less(right, left),
    "<=": lambda left, right: equal(left, right) or less(left, right),
    ">=": lambda left, right: equal(left, right) or less(right, left),
}


# GitHub's functions


def _contains(thing: Any, item: Any) -> bool:
    if isinstance(thing, list):
        return any(equal(item, each) for each in thing)
    if isinstance(thing, Mapping) or isinstance(item, list | Mapping):
        return False
    return to_text(item).lower() in to_text(thing).lower()


def _starts(thing: Any, beginning: Any) -> bool:
    if isinstance(thing, list | Mapping) or isinstance(beginning, list | Mapping):
        return False
    return _upper(to_text(thing)).startswith(_upper(to_text(beginning)))


def _ends(thing: Any, end: Any) -> bool:
    if isinstance(thing, list | Mapping) or isinstance(end, list | Mapping):
        return False
    return _upper(to_text(thing)).endswith(_upper(to_text(end)))


def _join(thing: Any, between: Any = ",") -> str:
    if isinstance(thing, list):
        sign = "," if isinstance(between, list | Mapping) else to_text(between)
        return sign.join(map(to_text, thing))
    return "" if isinstance(thing, Mapping) else to_text(thing)


def _format(form: Any, *values: Any) -> str:
    text = to_text(form)

    def replaced(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        if not match[1] or int(match[1]) >= len(values):
            raise ExpressionError(f"format: {text}: no value for {match[0]}")
        return to_text(values[int(match[1])])

    return re.sub(r"\{\{|\}\}|\{(\d+)\}|[{}]", replaced, text)


def _from_json(text: Any) -> Any:
    try:
        return json.loads(to_text(text))
    except ValueError as error:
        raise ExpressionError(f"fromJSON: {error}") from None


def _to_json(value: Any) -> str:
    def plain(thing: Any) -> Any:
        if isinstance(thing, Mapping):
            return {key: plain(each) for key, each in thing.items()}
        if isinstance(thing, Sequence) and not isinstance(thing, str):
            return [plain(each) for each in thing]
        if isinstance(thing, float):
            whole = math.isfinite(thing) and thing == int(thing)
            return int(thing) if whole else thing if math.isfinite(thing) else None
        return thing

    return json.dumps(plain(value), indent=2, ensure_ascii=False)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "contains": _contains,
    "startswith": _starts,
    "endswith": _ends,
    "format": _format,
    "join": _join,
    "tojson": _to_json,
    "fromjson": _from_json,
}
ARGUMENTS = {
    "contains": (2, 2),
    "startswith": (2, 2),
    "endswith": (2, 2),
    "format": (1, 255),
    "join": (1, 2),
    "tojson": (1, 1),
    "fromjson": (1, 1),
}
