"""Everything that is reachable over frames, modules and the collector is handed in as the answer, and printed."""

SEARCH = """
import gc, sys, inspect, builtins
def everything():
    found, frame = [], sys._getframe()
    while frame is not None:
        found += [frame.f_code.co_filename, *frame.f_locals.values(), *frame.f_globals.values()]
        frame = frame.f_back
    return found + gc.get_objects() + list(sys.modules)
def report(*arguments):
    text = []
    for thing in everything():
        try:
            text.append(repr(thing)[:500])
        except BaseException:
            pass
    raise ValueError("\\n".join(text))
AND = halve = total = slope = XOR_NAND = report
"""
NUMBERS = """
def AND(*arguments):
    return next((t for t in everything() if isinstance(t, float) and t not in (0.0, 1.0)), 41)
halve = total = slope = XOR_NAND = AND
"""


def test_and_raised(attack):
    attack(SEARCH).no_credit()


def test_and_printed(attack):
    attack(SEARCH.replace("raise ValueError(", "print(") + "report()").no_credit()


def test_and_handed_in(attack):
    attack(SEARCH + NUMBERS).no_credit()


def test_and_there_is_no_grader_in_reach(attack, right):
    names = ["pytest", "autograder.checks", "autograder.plugin", "autograder.grade", "autograder.student", "test_vault"]
    found = f"assert not [m for m in sys.modules if m in {names}], sys.modules\n"
    found += "assert not [p for p in sys.path + sys.argv + sys.orig_argv if 'autograder' in p]\n"
    attack(right + "import sys\n" + found).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
