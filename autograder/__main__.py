"""`python -m autograder` is the command `autograder`."""

from autograder.safepath import leave_working_folder

if __name__ == "__main__":
    leave_working_folder()

    from autograder.cli import main

    raise SystemExit(main())
