"""The environment was made for the sandbox: nothing of the instructor's or the runner's is in it."""

SEARCH = """
import ctypes, os
libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
names = {"LC_ALL", "HOME", "MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS", "PYTHONHASHSEED"}
assert {name for name in os.environ if not name.endswith("_NUM_THREADS")} <= names, dict(os.environ)
assert libc.getenv(b"LC_ALL") == b"C.UTF-8"
assert not any(libc.getenv(name) for name in (b"CANARY", b"GITHUB_TOKEN", b"NAND2MNIST_SECRET", b"PATH", b"TMPDIR"))
"""


def test_is_a_made_one(attack, right):
    attack(SEARCH + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
