"""The builtins that a comparison would use."""

NAMES = ("bool", "int", "float", "len", "isinstance", "type", "sum", "abs", "all", "any", "str", "tuple", "list")
WRONG = "".join(f"def {n}(*a): return 41\n" for n in ("AND", "halve", "total", "slope", "XOR_NAND"))


def test_all_at_once(attack):
    patch = "import builtins\nfor name in {}:\n    setattr(builtins, name, {})\n"
    stand_ins = ("lambda *a, **k: True", "lambda *a, **k: 1", "None")
    for outcome in attack.each(patch.format(NAMES, stand_in) + WRONG for stand_in in stand_ins):
        outcome.no_credit()


def test_one_by_one(attack):
    patch = "import builtins\nbuiltins.{} = lambda *a, **k: True\n"
    for outcome in attack.each(patch.format(name) + WRONG for name in NAMES):
        outcome.no_credit()


def test_the_builtins_are_gone(attack):
    attack(WRONG + "import builtins\nbuiltins.__dict__.clear()\n").no_credit()
