"""Korean particles after a name: `AND은(는)` becomes `AND는`, `perceptron이(가)` becomes `perceptron이`.

Which form is right depends on whether the word before ends in a consonant as it is read aloud. A Hangul syllable says
so itself; a digit and a Latin letter are read by common usage, short capitals letter by letter (XOR is read 엑스오알).
A word in p, t or k ends in a consonant after a single short vowel (input: 인풋, step: 스텝), not after two letters of
either kind (predict: 프리딕트, loop: 루프).
"""

from __future__ import annotations

import re

FORMS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
PATTERN = re.compile(rf"([A-Za-z]*[0-9A-Za-z가-힣])([^0-9A-Za-z가-힣\s]*)({'|'.join(map(re.escape, FORMS))})")
CLOSED_DIGITS = "013678"  # 영 일 삼 육 칠 팔
CLOSED_CAPITALS = "LMNR"  # 엘 엠 엔 알
CLOSED_LETTERS = "lmn"
SHORT = re.compile(r"(^|[^aeiou])[aeiou][ptk]$")
SPELT = 3  # capitals up to here are read one by one
RIEUL = "178LRl"  # ends in ㄹ: takes 로, not 으로


def with_particles(text: str) -> str:
    """`text` with every particle written both ways replaced by the one that fits."""
    return PATTERN.sub(_fitting, text)


def _fitting(match: re.Match[str]) -> str:
    word, between, form = match.groups()
    after_consonant, after_vowel = FORMS[form]
    closed = _closed(word) and not (form == "(으)로" and _ends_in_rieul(word[-1]))
    return f"{word}{between}{after_consonant if closed else after_vowel}"


def _closed(word: str) -> bool:
    last = word[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    if last.isdigit():
        return last in CLOSED_DIGITS
    if word.isupper() and len(word) <= SPELT:
        return last in CLOSED_CAPITALS
    return last.lower() in CLOSED_LETTERS or SHORT.search(word.lower()) is not None


def _ends_in_rieul(last: str) -> bool:
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 == 8
    return last in RIEUL
