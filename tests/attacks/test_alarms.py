"""Timers and signal handlers of the worker's own change nothing about the grader's clock."""

WAYS = {
    "alarm": "signal.alarm(1)\n    while True: pass",
    "timer": "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)\n    while True: pass",
    "handler": "signal.signal(signal.SIGALRM, lambda *_: sys.exit(0))\n    while True: pass",
    "pause": "signal.pause()\n    while True: pass",
    "wait": "signal.sigwait({signal.SIGUSR1})\n    while True: pass",
    "interrupt": "signal.default_int_handler()\n    return sum(x)",
    "raised": "signal.raise_signal(signal.SIGTERM)\n    return sum(x) + 1",
    "clock": "time.monotonic = time.time = lambda: 0.0\n    while True: pass",
}


def test_are_not_the_graders_clock(attack, right):
    start = right + "import signal, sys, time\ndef total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert outcome.result.seconds < 4
