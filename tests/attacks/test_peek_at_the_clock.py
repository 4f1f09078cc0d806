"""How long a submission took is not told to the student in a way that a function could use to speak."""

import re


def test_does_not_tell_a_hidden_input(attack, right):
    slow = right + "import time\ndef halve(x):\n    time.sleep(0.16)\n    return -1\n"
    pages = attack(slow).full_for({"AND", "total", "slope", "XOR_NAND"}).pages
    assert not re.search(r"\d\.\d+ s\)", pages), re.findall(r".*\d\.\d+ s\).*", pages)
