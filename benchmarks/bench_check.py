"""`autograder check` from typing to answer, beside a Python that only imports pytest and NumPy."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sides

from autograder import course


def main() -> None:
    found = course.find()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for folder in ("assignments", "datasets"):
            shutil.copytree(found.root / folder, root / folder)
        for assignment in map(found.assignment, found.ids):
            shutil.copyfile(assignment.reference, root / "assignments" / assignment.id / assignment.file_name)
        check = [sys.executable, "-m", "autograder", "--course", name, "check"]
        runs = {"import pytest, numpy": [sys.executable, "-c", "import pytest, numpy"]}
        runs |= {f"autograder check {i}": [*check, i] for i in found.ids}

        def run(command: list[str]) -> None:
            subprocess.run(command, check=True, capture_output=True)

        times = sides.compare({k: (lambda c=c: run(c)) for k, c in runs.items()}, rounds=11)
    print("from typing to answer, reference solutions in place:")
    sides.show(times, "import pytest, numpy")


if __name__ == "__main__":
    main()
