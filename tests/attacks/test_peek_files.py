"""No file can be opened, listed or looked at by any way to a file that Python or C has."""

from pathlib import Path

from autograder.course import PACKAGE

COURSE = Path(__file__).parent / "course"
SEARCH = """
import codecs, ctypes, glob, io, linecache, os, pathlib, shutil, tokenize
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
def by_libc(path):
    fd = libc.open(path.encode(), 0)
    if fd < 0: raise OSError(ctypes.get_errno(), "libc")
    return fd
def by_loader(path):
    return __import__("importlib.machinery").machinery.SourceFileLoader("m", path).get_data(path)
WAYS = [open, io.open, io.FileIO, io.open_code, os.listdir, os.scandir, os.stat, os.lstat, os.readlink, os.chdir,
    np.load, np.fromfile, np.loadtxt, np.genfromtxt, np.memmap, codecs.open, tokenize.open, shutil.disk_usage, by_libc,
    by_loader, pathlib.Path.read_text, pathlib.Path.iterdir, lambda p: os.open(p, os.O_PATH), os.remove, os.mkdir,
    lambda p: open(p + ".new", "w"), lambda p: os.symlink(p, "/tmp/link"), lambda p: os.rename(p, p + "x"), ctypes.CDLL]
found = []
for path in PATHS:
    for way in WAYS:
        try:
            found.append((path, way, list(way(pathlib.Path(path) if "pathlib" in way.__module__ else path))))
        except (OSError, ValueError, TypeError, ImportError) as error:
            found += [(path, way, error)] if type(error) is TypeError else []
    found += glob.glob(path + "*") + linecache.getlines(path)
assert not found, found
"""


def test_cannot_be_opened(attack, right):
    hidden = [COURSE / "autograder" / "graders" / "01_vault" / "test_vault.py", PACKAGE / "grade.py", PACKAGE.parent]
    mine = [attack.homes["class"] / "mallory" / "vault.py", attack.homes["class"], attack.folder / "canary.txt"]
    paths = [*map(str, hidden), *map(str, mine), "/etc/passwd", "/", "/tmp", ".", "vault.py"]
    attack(f"PATHS = {paths}{SEARCH}{right}").full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
