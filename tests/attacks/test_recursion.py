"""Recursion without end, with and without its brake, in Python and in C."""

WAYS = {
    "plain": ("return total(x)", {"error.recursion"}),
    "unbraked": ("sys.setrecursionlimit(10 ** 9); return total(x)", {"memory", "timeout", "crashed", "exit"}),
    "repr": (
        "sys.setrecursionlimit(10 ** 9); a = []\n    for _ in range(10 ** 6): a = [a]\n    return repr(a)",
        {"crashed", "timeout", "error.recursion"},  # the last from Python 3.12 on: C has a limit of its own
    ),
    "getattr": ("class A: __getattr__ = lambda s, n: getattr(s, n + 'a')\n    return A().b", {"error.recursion"}),
    "result": ("a = []\n    a.append(a)\n    return a", {"type.list"}),
    "deep result": ("a = []\n    for _ in range(10 ** 5): a = [a]\n    return a", {"type.list"}),
    "hash": (
        "a = ()\n    for _ in range(10 ** 6): a = (a,)\n    return hash(a)",
        {"crashed", "value", "error.recursion", "timeout"},
    ),
}


def test_without_end(attack, right):
    start = right + "import sys\ndef total(x):\n    "
    outcomes = attack.many({f"{way}.py": start + code + "\n" for way, (code, _) in WAYS.items()})
    for way, outcome in outcomes.items():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert outcome.keys & WAYS[way][1], (way, outcome.keys)
