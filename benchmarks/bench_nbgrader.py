"""Twenty notebooks through nbgrader, as it is and with our engine, and through `autograder grade --gradebook`.

stock        `nbgrader autograde` in a course without our configuration: a kernel for each notebook runs the visible
             examples, without isolation
configured   the same command in a course that `autograder nbgrader init` laid out: hidden graders, in the sandbox
gradebook    `autograder grade ASSIGNMENT submitted --gradebook sqlite:///…`: the same marks in the same database

Every figure is a whole command, the start of its interpreter included; the sides take turns in one run. The line
"nbgrader alone" is `nbgrader autograde` where nothing is left to do: what its own start costs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import sides

from autograder.course import find

ROUNDS, STUDENTS = 3, 20
STOCK = 'c = get_config()\nc.CourseDirectory.course_id = "stock"\n'


def run(folder: Path, *command: str) -> None:
    """A command of the environment that this script runs in. Raises CalledProcessError with what it said."""
    program = str(Path(sys.executable).parent / command[0])
    environment = os.environ | {"NAND2MNIST_SECRET": "benchmark", "LC_ALL": "C.UTF-8"}
    ended = subprocess.run([program, *command[1:]], cwd=folder, env=environment, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{' '.join(command)}: exit code {ended.returncode}\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")


def lay(folder: Path, assignment: str, students: int, stock: bool) -> None:
    """A course with a released assignment, and right answers of a class."""
    run(folder.parent, "autograder", "nbgrader", "init", str(folder), "--lang", "en")
    if stock:
        (folder / "nbgrader_config.py").write_text(STOCK)
    run(folder, "nbgrader", "generate_assignment", assignment)
    (source,) = (folder / "source" / assignment).glob("*.ipynb")
    right = json.loads(source.read_bytes())
    (released,) = (folder / "release" / assignment).glob("*.ipynb")
    work = json.loads(released.read_bytes())
    solved = {cell["id"]: cell["source"] for cell in right["cells"]}
    for cell in work["cells"]:
        cell["source"] = solved[cell["id"]]
    for number in range(students):
        place = folder / "submitted" / f"student{number:02}" / assignment
        shutil.copytree(folder / "release" / assignment, place)
        work["cells"][0]["source"] = [f"# Notebook {number}"]  # no two are alike
        (place / released.name).write_text(json.dumps(work), encoding="utf-8")


def main() -> None:
    """Print milliseconds per notebook and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", nargs="?", default="02_activations")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--students", type=int, default=STUDENTS)
    options = parser.parse_args()
    assignment = find().assignment(options.assignment).id
    with tempfile.TemporaryDirectory() as name:
        stock, ours = Path(name) / "stock", Path(name) / "ours"
        for folder in (stock, ours):
            lay(folder, assignment, options.students, stock=folder == stock)
        shutil.copy(ours / "gradebook.db", ours / "released.db")

        def autograde(folder: Path, *more: str) -> Callable[[], None]:
            return lambda: run(folder, "nbgrader", "autograde", assignment, *more)

        def gradebook() -> None:
            shutil.copy(ours / "released.db", ours / "other.db")
            run(ours, "autograder", "grade", assignment, "submitted", "--gradebook", "sqlite:///other.db")

        print(f"{options.students} notebooks of {assignment}, {options.rounds} rounds, ms per notebook", flush=True)
        times = sides.compare(
            {
                "stock nbgrader autograde": autograde(stock, "--force"),
                "nbgrader autograde, configured": autograde(ours, "--force"),
                "autograder grade --gradebook": gradebook,
                "nbgrader alone": autograde(ours),
            },
            rounds=options.rounds,
            warm=1,
        )
        sides.show(times, "stock nbgrader autograde", per=options.students)


if __name__ == "__main__":
    main()
