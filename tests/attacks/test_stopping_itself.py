"""A worker that could stop itself would neither answer nor end."""

WAYS = {
    "kill": "os.kill(os.getpid(), signal.SIGSTOP)",
    "raise": "signal.raise_signal(signal.SIGSTOP)",
    "thread": "signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)",
    "libc": "assert ctypes.CDLL(None).raise_(19) == 0 if False else ctypes.CDLL(None).kill(os.getpid(), 19) == 0",
    "group": "os.killpg(0, signal.SIGSTOP)",
}


def test_is_refused(attack, right):
    start = right + "import ctypes, os, signal, threading\ndef total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert outcome.result.seconds < 3
