"""A class in which some hang, crash and flood: the others have the marks they have without them."""

WRONG = "def halve(x):\n    return x * 2\n"
HOSTILE = {
    "b-hangs.py": "while True: pass\n",
    "d-crashes.py": "import ctypes; ctypes.string_at(0)\n",
    "f-sleeps.py": "import time\ndef AND(x1, x2): time.sleep(100)\ndef halve(x): time.sleep(100)\n",
    "h-eats.py": "a = []\nwhile True: a.append(bytearray(10 ** 6))\n",
    "j-floods.py": "def AND(x1, x2):\n    while True: print('x' * 10 ** 6)\n",
    "l-ends.py": "import os; os._exit(1)\n",
}


def honest(right):
    return {
        "a.py": right,
        "c.py": right + WRONG,
        "e.py": right,
        "g.py": "def AND(x1, x2): return x1 & x2\n",
        "k.py": right,
    }


def marks(outcomes, names):
    return {name: outcomes[name].result.tasks for name in names}


def test_costs_only_its_own_marks(attack, right):
    names = [file.removesuffix(".py") for file in honest(right)]
    alone = attack.many(honest(right))
    for jobs in ("1", "3"):
        together = attack.many(honest(right) | HOSTILE, arguments=("--jobs", jobs, "--fresh"))
        assert marks(together, names) == marks(alone, names)
        assert [together[name].result.score for name in "aek"] == [14.0, 14.0, 14.0]
        assert all(together[file.removesuffix(".py")].result.score == 0 for file in HOSTILE)
        assert all(together[name].result.seconds < 2 for name in names)
