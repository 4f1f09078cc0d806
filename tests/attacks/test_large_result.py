"""A result of 100 MB is refused by its size, and the student is told that it is the size."""

WAYS = {
    "text": "return 'x' * 10 ** 8",
    "array": "return np.zeros(10 ** 6)",
    "bytes": "return bytes(8 * 10 ** 6)",
    "list": "return [0] * 10 ** 7",
    "wide text": "return '\\N{GRINNING FACE}' * 10 ** 7",
    "argument": "x.extend(['x' * 10 ** 6] * 50); return sum(x[:-50])",
    "picture": "return np.zeros((1000, 10000), complex)",
}


def test_is_refused(attack, right):
    start = right + "def total(x):\n    "
    outcomes = attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert {"too-large", "memory", "memory.unplaced", "timeout"} & outcome.keys, outcome.keys
    assert {"too-large"} <= outcomes["array"].keys & outcomes["bytes"].keys


def test_from_a_callback(attack, right):
    source = right + "def slope(f, x):\n    f(np.zeros(10 ** 6))\n    return f('x' * 8 * 10 ** 6)\n"
    attack(source).full_for({"AND", "halve", "total", "XOR_NAND"}).says("too-large")
