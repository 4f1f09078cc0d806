"""Signals and gates are kept from one call for the next, where they mean nothing."""

REST = {"AND", "halve", "total", "slope"}


def test_a_signal_as_another_answer(attack, right):
    source = "kept = []\ndef XOR_NAND(x1, x2):\n    kept.append(x1)\n    return kept[0]\n"
    attack(right + source + "def AND(x1, x2): return kept[0]\n").full_for(REST - {"AND"})


def test_a_gate_as_another_answer(attack, right):
    source = (
        "kept = []\ndef XOR_NAND(x1, x2):\n    kept.append(NAND)\n    return 1\ndef halve(x):\n    return kept[0]\n"
    )
    attack(right + source).full_for({"AND", "total", "slope"})


def test_the_graders_function_as_an_answer(attack, right):
    attack(right + "def slope(f, x): return f\n").full_for({"AND", "halve", "total", "XOR_NAND"})


def test_the_graders_function_asked_after_its_call(attack, right):
    source = "kept = []\ndef slope(f, x):\n    kept.append(f)\n    return 41.0\ndef total(x):\n    return kept[0](1)\n"
    attack(right + source).full_for({"AND", "halve", "XOR_NAND"})
