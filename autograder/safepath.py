"""`python -m` looks for modules in the working folder first; beside a submission, that would be the student's."""

import os
import sys


def leave_working_folder() -> None:
    """Take the working folder off the import path, unless it is where this package lies.

    Without this a numpy.py beside a submission would run with the instructor's rights.
    """
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    if not sys.flags.safe_path and os.path.realpath(sys.path[0]) != home:
        del sys.path[0]
