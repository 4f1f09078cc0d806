"""/proc shows nothing: neither the process itself, nor its parent, nor the first one.

Right answers come after the search, so full marks say that it ran to its end and found nothing.
"""

SEARCH = """
import os
opened = []
for pid in ("self", "thread-self", "1", os.getpid(), os.getppid(), os.getppid() - 1):
    for name in ("environ", "maps", "mem", "cmdline", "status", "fd", "fd/3", "cwd", "root", "exe", "task", "stat"):
        for look in (open, os.listdir, os.readlink, os.stat, lambda path: os.open(path, os.O_RDONLY)):
            try:
                opened.append((name, look(f"/proc/{pid}/{name}")))
            except PermissionError:
                pass
assert not opened, opened
"""


def test_is_closed(attack, right):
    attack(SEARCH + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
