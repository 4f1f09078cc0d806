"""A loop inside C code holds the interpreter's lock: no alarm and no thread in the worker could end it."""

WAYS = {
    "power": "return 10 ** 10 ** 8",
    "sum": "return sum(range(10 ** 12))",
    "regular expression": "import re; return re.match('(a*)*b', 'a' * 40)",
    "sort": "return max(range(10 ** 12), key=abs)",
    "repeat": "from itertools import repeat; return all(repeat(1))",
    "numpy": "a = np.ones((2000, 2000))\n    while True: a = a @ a",
    "bytes": "return b'a' * 10 ** 8 in b'b' * 10 ** 8 or [*map(bytes, range(10 ** 9))]",
    "conversion": "import sys; sys.set_int_max_str_digits(0); return str(7 ** 10 ** 6)",
}


def test_stops_at_its_limit(attack, right):
    start = right + "def total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert {"timeout", "memory", "memory.unplaced"} & outcome.keys
        assert outcome.result.seconds < 4
