"""Answers that depend on how often, or with which shape, a function was asked before."""

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}
COUNT = "count = [0]\ndef tick():\n    count[0] += 1\n    return count[0]\n"


def test_right_only_the_first_time(attack, right):
    source = COUNT + "def total(x): return sum(x) if tick() == 1 else 41\n"
    attack(right + source).full_for(ALL - {"total"})


def test_right_only_the_second_time(attack, right):
    source = COUNT + "def total(x): return sum(x) if tick() > 1 else 41\n"
    attack(right + source).full_for(ALL - {"total"})


def test_a_cache_by_shape(attack, right):
    source = "cache = {}\ndef total(x): return cache.setdefault(0, sum(x))\n"
    attack(right + source).full_for(ALL - {"total"})


def test_each_call_in_a_test_counts_from_the_start(attack, right):
    """A count that went on over tests would let the fifth call of AND differ from the first; it starts at 1 in each."""
    source = COUNT + "def AND(x1, x2): return x1 & x2 if tick() <= 5 else 41\n"
    attack(right + source).full_for(ALL)


def test_a_table_of_the_shown_cases(attack, right):
    source = "def total(x): return {(1,): 1, (0, 0): 0}.get(tuple(x), 0)\n"
    attack(right + source).credit_only_for(ALL - {"total"})
