"""No descriptor is inherited but the channel and three ends of /dev/null, and no new one can be had."""

SEARCH = """
import errno, os
kinds = {}
for fd in range(256):
    try:
        kinds.setdefault(os.lseek(fd, 0, os.SEEK_CUR), []).append(fd)
    except OSError as error:
        kinds.setdefault(error.errno, []).append(fd)
assert kinds.pop(0) == [0, 1, 2], kinds
assert len(kinds.pop(errno.ESPIPE)) == 1 and set(kinds) == {errno.EPERM}, kinds
assert [os.read(fd, 10) for fd in (0, 1, 2)] == [b""] * 3
for new in (lambda: os.dup(0), os.pipe, lambda: os.dup2(0, 9), lambda: os.memfd_create("m")):
    try:
        raise AssertionError(new())
    except OSError:
        pass
"""


def test_are_four(attack, right):
    attack(SEARCH + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
