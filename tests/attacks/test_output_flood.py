"""What is printed is capped; printing for ever is a loop like any other."""

WAYS = {
    "print": "while True: print('x' * 1000)",
    "write": "while True: sys.stdout.write('x' * 10 ** 6)",
    "descriptor": "while True: os.write(1, b'x' * 10 ** 6) and os.write(2, b'x')",
    "original": "while True: sys.__stdout__.write('x' * 1000)",
    "errors": "while True: print('x', file=sys.stderr)",
    "lines": "sys.stdout.writelines(iter(lambda: 'x', 1))",
    "warnings": "while True: warnings.warn('x' * 10 ** 5 + str(len(a))); a.append(1)",
}


def test_stops_at_its_limit(attack, right):
    start = right + "import os, sys, warnings\na = []\ndef total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"}).silent_about("xxxxxxxxxxxxxxxxxxxxx")
        assert {
            "timeout",
            "error",
            "error.none-attribute",
            "memory",
            "memory.unplaced",
        } & outcome.keys
        assert outcome.result.seconds < 4


def test_that_ends_costs_nothing(attack, right):
    noisy = right + "def total(x):\n    print('x' * 10 ** 7, end='')\n    return sum(x)\n"
    attack(noisy).full_for({"AND", "halve", "total", "slope", "XOR_NAND"}).silent_about("xxxxxxxxxxxxxxx")
