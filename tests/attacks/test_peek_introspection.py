"""sys, inspect and the frames below show no argument, no path to import from and no expected value."""

SEARCH = """
import inspect, sys, __main__
def below():
    frame = sys._getframe()
    while frame.f_back:
        frame = frame.f_back
        yield frame
assert sys.argv == [""] and sys.orig_argv == [""] and sys.path == [] and not sys.path_importer_cache
assert not {"pytest", "_pytest", "autograder.grade", "autograder.course", "autograder.marks"} & set(sys.modules)
assert len(list(below())) > 2 and inspect.currentframe()
"""
FRAMES = """
def halve(x):
    if not isinstance(x, int):
        return None
    seen = [repr(value) for frame in below() for value in [*frame.f_locals.values(), *frame.f_globals.values()]]
    assert any(str(x) in text for text in seen)
    assert not any(str(half) in text for text in seen for half in (x / 2, x // 2))
    raise KeyError("searched to the end")
"""


def test_shows_nothing_of_the_grader(attack, right):
    attack(SEARCH + right + FRAMES).full_for({"AND", "total", "slope", "XOR_NAND"}).says("error.key")
