"""A function that never returns costs one call's limit, and every other task has its points."""

WAYS = {
    "python": "while True: pass",
    "for ever": "for _ in iter(int, 1): pass",
    "sleep": "time.sleep(10 ** 6)",
    "lock": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "input": "signal.pause() if hasattr(signal, 'nothing') else select.select([], [], [])\n    while True: pass",
}


def test_stops_at_its_limit(attack, right):
    start = right + "import select, signal, threading, time\ndef total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert {"timeout", "error.forbidden"} & outcome.keys
        assert outcome.result.seconds < 4
