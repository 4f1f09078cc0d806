"""The bit of a signal, asked for in every way that an object can be asked. It has none."""

REST = {"AND", "halve", "total", "slope"}
QUESTIONS = [
    "bool(x1)",
    "not x1",
    "x1 == 1",
    "x1 is True",
    "int(x1)",
    "float(x1)",
    "x1 + x2",
    "x1 ^ x2",
    "1 - x1",
    "abs(x1)",
    "x1 < x2",
    "[0, 1][x1]",
    "{0: 1, 1: 0}[x1]",
    "np.logical_xor(x1, x2)",
    "np.array([x1, x2]).sum()",
    "next(iter(x1))",
    "f'{x1}' == '1'",
    "hash(x1) & 1",
    "x1._id",
    "len(x1)",
    "x1.value",
    "round(x1)",
    "x1 in (1,)",
    "sorted([x1, x2])",
    "max(x1, x2)",
    "any([x1, x2])",
    "range(x1)",
    "vars(x1)",
    "pickle.dumps(x1)",
    "copy.copy(x1)",
    "x1.__class__.__bool__(x1)",
]


def test_in_every_way(attack, right):
    source = right + "import copy, pickle\ndef XOR_NAND(x1, x2):\n    return "
    for outcome in attack.each(source + question + "\n" for question in QUESTIONS):
        outcome.full_for(REST)


def test_through_the_exceptions_of_a_gate(attack, right):
    """Whether a gate raises does not depend on any bit."""
    source = "def ask(x):\n    try: return NAND(x, 'no signal') is None\n    except TypeError: return True\n"
    source += "def XOR_NAND(x1, x2): return ask(x1) ^ ask(x2)\n"
    attack(right + source).full_for(REST)


def test_through_a_branch_that_is_caught(attack, right):
    source = "def XOR_NAND(x1, x2):\n    try:\n        return 1 if x1 else 0\n    except TypeError:\n        return 1\n"
    attack(right + source).full_for(REST)
