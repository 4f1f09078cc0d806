"""The student's own gate, kept where the grader's recorder does not replace it."""

REST = {"AND", "halve", "total", "slope"}
WAYS = [
    "def XOR_NAND(x1, x2, NAND=NAND):",
    "own = NAND\ndef XOR_NAND(x1, x2, NAND=None):\n    NAND = own",
    "def closed(NAND):\n  def XOR_NAND(x1, x2):\n    n = NAND(x1, x2)\n    return NAND(NAND(x1, n), NAND(x2, n))\n"
    "  return XOR_NAND\nXOR_NAND = closed(NAND)\ndef other(x1, x2):",
    "import copy\nspace = copy.copy(globals())\ndef XOR_NAND(x1, x2):\n    NAND = space['NAND']",
    "def XOR_NAND(x1, x2):\n    globals()['NAND'] = lambda a, b: a",
    "def XOR_NAND(x1, x2):\n    global NAND\n    del NAND",
]
BODY = "\n    n = NAND(x1, x2)\n    return NAND(NAND(x1, n), NAND(x2, n))\n"


def test_in_every_place(attack, right):
    for outcome in attack.each(right + way + BODY for way in WAYS):
        outcome.full_for(REST)


def test_a_gate_that_is_a_class(attack, right):
    source = "class NAND:\n    def __new__(cls, a, b): return 1 - a * b\n"
    attack(right + source).full_for(REST | {"XOR_NAND"})
