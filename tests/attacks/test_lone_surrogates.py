"""Texts that are no Unicode text: in values, exceptions, names, warnings, output."""

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}
BAD = "'\\udcff\\ud800x'"
TEXTS = [
    f"return {BAD}",
    f"return [{BAD}, b'\\xff']",
    f"return {{{BAD}: {BAD}}}",
    f"raise ValueError({BAD})",
    f"raise type({BAD}, (Exception,), {{}})({BAD})",
    f"return type({BAD}, (), {{}})()",
    f"warnings.warn({BAD})\n    return 41",
    f"print({BAD})\n    return 41",
    f"sys.exit({BAD})",
    f"NAND.__code__ = NAND.__code__.replace(co_name={BAD})\n    return NAND()",
]


def test_of_every_kind(attack, right):
    for outcome in attack.each(f"{right}import sys, warnings\ndef halve(x):\n    {text}\n" for text in TEXTS):
        outcome.full_for(ALL - {"halve"})


def test_among_the_names_of_the_module(attack, right):
    attack(right + f"globals()[{BAD}] = 1\n").credit_only_for(ALL)


def test_in_the_arguments_of_the_graders_function(attack, right):
    attack(right + f"def slope(f, x): return f(*[{BAD}], **{{{BAD}: 1}})\n").full_for(ALL - {"slope"})
