"""Mutants: plausible wrong versions of a reference, made by changing its text; nothing is run here.

mutate     a reference to its mutants
operators  the table of what is changed: rules, the field's own first
slips      finders for what no rule can say
literals   numbers
patterns   rules, matched against a tree
listing    source and tree, and splicing text into it
"""

from autograder.verify.mutants.mutate import OPERATORS as OPERATORS
from autograder.verify.mutants.mutate import Mutant as Mutant
from autograder.verify.mutants.mutate import mutants as mutants
from autograder.verify.mutants.mutate import second_order as second_order
