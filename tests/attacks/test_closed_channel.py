"""The worker's end of the channel is closed or shut down, at import and in a function, and the process lives on."""

import pytest

WAYS = {
    "close": "os.closerange(0, 256)",
    "shutdown": "libc.shutdown(fd, 2)",
    "shutdown by socket": "import socket; socket.socket(fileno=fd).shutdown(2)",
    "duplicate": "libc.dup2(0, fd)",
    "close all": "libc.syscall(436, 0, 0xffffffff, 0)",
}


@pytest.mark.parametrize("where", ["function", "import"])
def test_ends_as_a_timeout(attack, right, where):
    start = right + "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
    start += "fd = next((n for n in range(3, 200) if libc.lseek(n, 0, 1) == -1 and ctypes.get_errno() == 29), 3)\n"
    sources = {}
    for way, code in WAYS.items():
        attempt = f"    try: {code}\n    except OSError: pass\n    while True: pass\n"
        sources[f"{way}.py"] = start + f"def total(x):\n{attempt}" + ("total(0)\n" if where == "import" else "")
    for outcome in attack.many(sources).values():
        outcome.credit_only_for({"AND", "halve", "slope", "XOR_NAND"} if where == "function" else set())
        assert {"timeout", "load.timeout"} & outcome.keys
        assert outcome.result.seconds < 4
