"""Leaks: lines of solutions and graders, and hidden values, where students can read them.

search    the files of a folder, and what is told of them
hidden    what may not be seen
history   every object of a git repository
readable  text, tokens, notebooks and archives
"""

from autograder.verify.leaks.search import problems as problems
