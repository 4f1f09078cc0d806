"""Nothing can be written anywhere."""

FILL = """
import os, tempfile
def total(x):
    written = 0
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", ".", "/proc/self/cwd", os.path.expanduser("~")):
        for way in (lambda p: open(p, "wb").write(b"0" * 10 ** 6), os.mkdir,
                    lambda p: os.open(p, os.O_CREAT | os.O_RDWR),
                    lambda p: np.ones(10 ** 5).tofile(p), lambda p: np.save(p, x), lambda p: os.mknod(p)):
            try:
                way(folder + "/TOKEN")
                written += 1
            except OSError:
                pass
    try:
        tempfile.NamedTemporaryFile()
    except OSError:
        return sum(x) + written
"""


def test_writes_nothing(attack, right):
    source = right + FILL.replace("TOKEN", attack.token)
    attack(source).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
