"""`autograder release`: the student repository, written from an allow-list, as a commit that anybody may read.

command     what `autograder release` does and prints
place       where it goes: a new folder, an earlier release, a clone of the remote; what is refused
update      what a release changes in a tree that others have worked in, and what it leaves alone
repository  git, by plumbing: the tree depends on the files alone, and no link is followed
record      which files the last release wrote
listing     the allow-list
"""

from autograder.release.command import run as run
