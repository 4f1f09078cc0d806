"""Nothing of ours can be imported beyond what the worker is made of, by no finder that is put back."""

from autograder.course import PACKAGE

SEARCH = """
import importlib, importlib.machinery, importlib.util, sys
sys.meta_path.append(importlib.machinery.PathFinder)
sys.path[:] = [PLACE, PLACE + "/solutions", "/"]
import autograder
autograder.__path__ = [PLACE + "/autograder"]
found = []
for name in ("autograder.graders", "autograder.grade", "autograder.marks", "autograder.course", "autograder.checks",
             "autograder.plugin", "solutions", "gates", "pytest", "tests.attacks.conftest", "test_vault"):
    try:
        found.append(importlib.import_module(name))
    except ImportError:
        pass
    path = PLACE + "/" + name.replace(".", "/") + ".py"
    try:
        spec = importlib.util.spec_from_file_location("m", path)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
        found.append(path)
    except OSError:
        pass
assert not found, found
"""


def test_of_the_grader_fails(attack, right):
    source = f"PLACE = {str(PACKAGE.parent)!r}{SEARCH}{right}"
    attack(source).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
