"""Proof of the graders: right submissions get full marks, wrong ones what they deserve, and no doubt is left.

command     what `autograder verify` does and prints
inquiry     one assignment: which trials, and who judges what they showed
report      records, pages, the table of the README files
labelled    reference, stub, accepted variants, mistakes, hostile ones
mutation    mutants of the reference, and those that are declared equivalent
seeds       fairness over students
credits     each credit can be lost, and is earned by being right alone
explained   what the mistakes are told
tolerances  what lies on either side of each
proof       what is known of one assignment
runner      the processes that run trials
tried       trials and what they showed, as records
cache       what they showed, kept by digests
reach       what of a file a test can reach
visible     the visible examples on a file of our own
mutants/ impostors/ leaks/   what is tried, and what is looked for
"""

from autograder.verify.command import is_clean as is_clean
from autograder.verify.command import prove as prove
from autograder.verify.command import run as run
from autograder.verify.inquiry import Options as Options
