"""Characters that reorder or hide text: the code does what Python reads, and what is quoted shows them."""

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u2060\ufeff\u00ad\U000e0041"


def test_is_shown_as_it_is(attack, right):
    source = right + f"def total(x):\n    return x + 'a{BIDI}b'  # {BIDI} return sum(x)\n"
    outcome = attack(source).full_for({"AND", "halve", "slope", "XOR_NAND"})
    outcome.silent_about(*BIDI[:12], BIDI[-1])
    assert "\\u202e" in outcome.pages


def test_in_a_syntax_error(attack):
    outcome = attack(f"def AND(x1, x2):\n    return x1 {BIDI}& x2\n").no_credit().says("load.syntax")
    outcome.silent_about(*BIDI[:12], BIDI[-1])


def test_letters_that_look_alike_are_other_names(attack):
    source = "def \u0410ND(x1, x2): return int(x1 and x2)\n"  # a Cyrillic letter
    attack(source).no_credit().says("missing.near")


def test_letters_that_python_takes_for_the_same_count(attack):
    attack("def \uff21\uff2e\uff24(x1, x2): return int(x1 and x2)\n").full_for({"AND"})
