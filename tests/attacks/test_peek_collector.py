"""The garbage collector knows every object of the process; none of them is the grader's.

Right answers come after the search, so full marks say that it ran to its end and found nothing.
"""

SEARCH = """
import gc, re
NEEDLE = re.compile("GUARDE[D]|correct[-]horse|canary[-]of|test_guarde[d]|8035[3]")
found = []
planted = ["canary" + "-" + "of mine"[:2]]
for thing in gc.get_objects():
    if type(thing) in (list, tuple, dict) and len(thing) < 5000 and thing is not globals():
        parts = [*thing, *thing.values()] if type(thing) is dict else thing
        found += [part for part in parts if type(part) in (str, bytes, int) and NEEDLE.search(str(part))]
assert set(found) == {"canary-of"}, found
"""


def test_finds_nothing_of_the_grader(attack, right):
    attack(SEARCH + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
