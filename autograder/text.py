"""Texts that people read: bilingual, and safe to publish.

Whatever a student's code produced (a message, a name, a line of source) passes `clean` before it enters a `Text`.
"""

from __future__ import annotations

import math
import os
import re
import unicodedata
from typing import Literal

import msgspec

Lang = Literal["en", "ko"]
LANGS: tuple[Lang, ...] = ("en", "ko")

_CAP = 400
_ESCAPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


# What CI would run if a line began with it, wherever the line is broken later: `::error::…`, `##[group]…`
_COMMAND = re.compile(r"::(?=[A-Za-z][^\n]*?::)|##(?=\[)")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages of the course."""

    en: str
    ko: str

    def in_(self, lang: Lang) -> str:
        return self.ko if lang == "ko" else self.en


def of_locale() -> Lang:
    """The language of the locale."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"


def language(wanted: str | None) -> Lang:
    """The reader's language: what was asked for, else the locale's."""
    return wanted if wanted in LANGS else of_locale()


def same(text: str) -> Text:
    """The same text in both languages (a name, a formula)."""
    return Text(en=text, ko=text)


def ordinal(position: int) -> Text:
    """A position as it stands before 번째: 첫, 두, 세, 네, and numbers from there on."""
    return Text(en=str(position), ko={1: "첫 ", 2: "두 ", 3: "세 ", 4: "네 "}.get(position, str(position)))


def clean(text: str, cap: int = _CAP, newlines: bool = False) -> str:
    """`text` with control, bidi and unassigned characters escaped, cut to `cap` characters.

    The cut comes first, so a hostile 100 MB text costs nothing. A newline survives only where `newlines` says so.
    """
    cut = len(text) > cap
    text = text[:cap]
    shown = "".join(_visible(c) if not (newlines and c == "\n") else c for c in text)
    return _COMMAND.sub(lambda m: "\\".join(m[0]), shown) + ("…" if cut else "")


def _visible(char: str) -> str:
    if char == "\t":
        return "    "
    if unicodedata.category(char) not in _ESCAPED_CATEGORIES:
        return char
    return {"\n": "\\n", "\r": "\\r"}.get(char, f"\\u{ord(char):04x}")


def number(value: object) -> str:
    """A number as a student reads it: four significant digits, no NumPy wrapper."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**12 else f"{_digits(value)}-digit integer"
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return f"{value:.4g}" if value != int(value) or abs(value) >= 1e6 else f"{value:.1f}"
    return clean(str(value))


def _digits(value: int) -> int:
    return int(abs(value).bit_length() * math.log10(2)) + 1


def one_line(text: str) -> str:
    """Runs of white space folded to single blanks."""
    return re.sub(r"\s+", " ", text).strip()
