"""Memory is limited, however it is asked for; the machine does not notice."""

WAYS = {
    "list": "a = []\n    while True: a.append(' ' * 10 ** 6)",
    "array": "return np.ones(10 ** 11)",
    "many arrays": "return [np.ones(10 ** 6) for _ in range(10 ** 6)]",
    "bytes": "return bytearray(10 ** 11)",
    "doubling": "a = [0]\n    while True: a += a",
    "nested": "a = []\n    while True: a = [a, [None] * 1000]",
    "swallowed": "a = []\n    while True:\n        try: a.append(bytearray(10 ** 7))\n        except MemoryError: pass",
    "kept": "global a; a = []\n    while True: a.append(bytearray(10 ** 5))",
    "mapped": "import ctypes; assert ctypes.CDLL(None).mmap(0, 1 << 30, 3, 34, -1, 0) != -1",
    "outer product": "return np.multiply.outer(np.ones(10 ** 5), np.ones(10 ** 5))",
    "text": "return 'a' * 10 ** 12",
}


def test_is_limited(attack, right):
    start = right + "def total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert {"memory", "memory.unplaced", "timeout", "error", "error.unplaced"} & outcome.keys, outcome.keys


def test_is_limited_at_import(attack):
    attack("a = []\nwhile True: a.append(bytearray(10 ** 6))\n").no_credit().says("load.error")
