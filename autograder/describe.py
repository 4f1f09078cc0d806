"""How a call and a value look in a message: short, four significant digits, never more than a line."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from autograder.marks import Call
from autograder.text import Text, clean, number, same

FEW = 8
MOST_AXES = 4


def call_text(call: Call) -> str:
    """`XOR(1, 0)`; larger arrays are given by shape."""
    args = [value_text(arg) for arg in call.args] + [f"{name}={value_text(v)}" for name, v in call.kwargs.items()]
    return f"{call.name}({', '.join(args)})"


def value_text(value: Any) -> str:
    """A value as a student would write it."""
    if isinstance(value, np.ndarray):
        if value.size > FEW:
            return f"array of shape {value.shape}"
        return np.array2string(value, separator=", ", formatter={"all": _element}).replace("\n", "")
    if isinstance(value, np.generic):
        return number(value.item())
    if isinstance(value, (list, tuple)):
        if len(value) > FEW:
            return f"{type(value).__name__} of {len(value)} items"
        inner = ", ".join(value_text(item) for item in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, str):
        return repr(clean(value, cap=60))
    if value is None or isinstance(value, (bool, int, float)):
        return number(value)
    return type_text(value).en


def _element(value: Any) -> str:
    return number(value.item() if isinstance(value, np.generic) else value)


def type_text(value: Any, sizes: Collection[int] | None = None) -> Text:
    """The kind of thing that came back, without its values.

    `sizes`: the only dimensions that may be told, in a hidden case; others could hold a hidden input.
    """
    if isinstance(value, np.ndarray):
        shape = _shape_text(value.shape, sizes)
        return Text(en=f"{value.dtype} array {shape.en}", ko=f"{shape.ko} {value.dtype} 배열")
    if isinstance(value, np.generic):
        return same(f"numpy.{value.dtype}")
    if sizes is not None and hasattr(value, "reference"):
        return same("object")  # the name of its class is the student's to choose, at run time
    name = getattr(value, "type", None) if hasattr(value, "reference") else None
    return same(clean(name) if isinstance(name, str) else type(value).__name__)


def _shape_text(shape: tuple[int, ...], sizes: Collection[int] | None) -> Text:
    if sizes is not None and len(shape) > MOST_AXES:
        return Text(en=f"with {len(shape)} axes", ko=f"축이 {len(shape)}개인")
    shown = [str(n) if sizes is None or n == 1 or n in sizes else "?" for n in shape]
    told = f"({', '.join(shown)}{',' if len(shown) == 1 else ''})"
    return Text(en=f"of shape {told}", ko=f"모양이 {told}인")
