"""`python -m autograder` is the command `autograder`."""

import os
import sys

if __name__ == "__main__":
    # `python -m` looks for modules in the working folder first: a numpy.py that lies there, beside a submission, would
    # run with the instructor's rights.
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    if not sys.flags.safe_path and os.path.realpath(sys.path[0]) != home:
        del sys.path[0]

    from autograder.cli import main

    raise SystemExit(main())
