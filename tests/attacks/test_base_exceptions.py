"""Exceptions that `except Exception` does not catch."""

KINDS = ["KeyboardInterrupt", "GeneratorExit", "StopIteration", "BaseException('fine')", "MemoryError"]
REST = {"halve", "total", "slope", "XOR_NAND"}


def test_raised_by_a_function(attack, right):
    for outcome in attack.each(f"{right}def AND(x1, x2): raise {kind}\n" for kind in KINDS):
        outcome.full_for(REST)


def test_raised_at_import(attack):
    for outcome in attack.each(f"raise {kind}" for kind in KINDS):
        outcome.no_credit()


def test_whose_text_is_hostile(attack, right):
    hostile = "class E(BaseException):\n    def __str__(self): raise SystemExit(0)\n    __repr__ = __str__\n"
    attack(right + hostile + "def AND(x1, x2): raise E\n").full_for(REST)


def test_whose_class_is_hostile(attack, right):
    hostile = (
        "class M(type):\n    __module__ = property(lambda c: 1 / 0)\n    def mro(c): return [c, *Exception.mro()]\n"
    )
    hostile += "class E(Exception, metaclass=M): pass\n"
    attack(right + hostile + "def AND(x1, x2): raise E\n").credit_only_for(REST)


def test_a_circle_of_causes(attack, right):
    chain = "def AND(x1, x2):\n    a, b = ValueError(), TypeError()\n    a.__cause__, b.__cause__ = b, a\n    raise a\n"
    attack(right + chain).full_for(REST)
