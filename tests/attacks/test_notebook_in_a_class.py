"""One student hands in a notebook without cells: the class is graded all the same."""


def test_costs_only_its_own_marks(attack, right):
    outcomes = attack.many({"alice.py": right, "mallory.ipynb": '{"cells": []}', "bob.py": right})
    assert outcomes["alice"].result.score == outcomes["bob"].result.score == 14
    assert outcomes["mallory"].no_credit().keys
