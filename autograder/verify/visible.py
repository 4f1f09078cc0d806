"""The visible examples of an assignment on a file of our own, by plain pytest in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autograder.course import Assignment


def examples(assignment: Assignment) -> Path:
    """Where they stand."""
    return assignment.folder / "test_examples.py"


def run(assignment: Assignment, source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run them in `folder`, with `source` as the module; equal runs draw alike."""
    (folder / assignment.file_name).write_text(source, encoding="utf-8")
    (folder / examples(assignment).name).write_bytes(examples(assignment).read_bytes())
    name = str(folder)
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", name, "-p", "no:cacheprovider"]
    environment = os.environ | {"MPLBACKEND": "agg", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
    return subprocess.run(
        [*command, examples(assignment).name], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
