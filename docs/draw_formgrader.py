"""Draw what nbgrader's formgrader shows of a submission (PNG for the README).

    python docs/draw_formgrader.py         needs chromium, a Korean font, and the extra `nbgrader`

Labelled submissions become notebooks and go through nbgrader's own commands in a course of their own, with a fixed
secret; then a Jupyter server shows the page of one of them. What is cut off is more of the same page.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from draw_readme import IMAGES, ROOT, save, shot

ASSIGNMENT, NOTEBOOK = "04_derivatives", "derivatives"
CLASS = ["accepted/in_place_with_finally", "mistakes/simple_forward_difference", "mistakes/chain_power_rule"]
SHOWN = "simple_forward_difference"
WIDTH, PART = 1000, (48, 888, 952, 2117)  # its page, and of that left, top, right, bottom; in pixels
BELOW = 200  # pixels of the page that are taken and not shown: formgrader's help button lies over the last ones
PATIENCE = 60  # seconds until the server answers
PAGE_OF = """
SELECT submitted_notebook.id FROM submitted_notebook
JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
WHERE submitted_assignment.student_id = ?
"""


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        course = Path(name, "course")
        alone = {f"JUPYTER_{what}_DIR": f"{name}/{what.lower()}" for what in ("CONFIG", "RUNTIME")}
        environment = os.environ | alone | {"NAND2MNIST_SECRET": "readme"}
        run = [sys.executable, "-m"]
        init = [*run, "autograder", "nbgrader", "init", str(course), "--lang", "en"]
        subprocess.run(init, cwd=ROOT, env=environment, check=True)
        subprocess.run([*run, "nbgrader", "generate_assignment", ASSIGNMENT], cwd=course, env=environment, check=True)
        for label in CLASS:
            hand_in(course, label)
        subprocess.run([*run, "nbgrader", "autograde", ASSIGNMENT], cwd=course, env=environment, check=True)
        with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
            (page,) = gradebook.execute(PAGE_OF, [SHOWN]).fetchone()
        with served(course, environment) as formgrader:
            address = f"{formgrader}/submissions/{page}"
            picture = shot(address, Path(name, "page.png"), PART[-1] + BELOW, WIDTH, patience=20_000)
        if picture:  # there is a browser
            target = IMAGES / "formgrader.png"
            save(picture.crop(PART), target)
            print(target.relative_to(ROOT))


def hand_in(course: Path, label: str) -> None:
    """A labelled submission as a notebook, where nbgrader looks for what was handed in."""
    source = ROOT / "solutions" / ASSIGNMENT / f"{label}.py"
    release = course / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    target = course / "submitted" / source.stem / ASSIGNMENT / release.name
    target.parent.mkdir(parents=True)
    filled = fill(json.loads(release.read_bytes()), source.read_text("utf-8"))
    target.write_text(json.dumps(filled), encoding="utf-8")


def fill(notebook: dict[str, Any], source: str) -> dict[str, Any]:
    """The student's notebook with the functions of `source` in their cells, and what else it has in the first one."""
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    first = []
    for node in ast.parse(source).body:
        text = ast.get_source_segment(source, node) or ""
        cell = cells.get(getattr(node, "name", ""))
        if cell is None:
            first.append(text)
        else:
            cell["source"] = text
    cells["setup"]["source"] = "\n".join(first)
    return notebook


@contextlib.contextmanager
def served(course: Path, environment: dict[str, str]) -> Iterator[str]:
    """A Jupyter server in the course's folder, on this computer only; gives formgrader's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = [f"--port={port}", "--ip=127.0.0.1", "--no-browser", "--allow-root", "--log-level=ERROR"]
    flags += ["--IdentityProvider.token=", "--ServerApp.jpserver_extensions=nbgrader.server_extensions.formgrader=True"]
    server = subprocess.Popen([sys.executable, "-m", "jupyter_server", *flags], cwd=course, env=environment)
    try:
        address = f"http://127.0.0.1:{port}/formgrader"
        until = time.monotonic() + PATIENCE
        while not _answers(address):
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit("the Jupyter server does not answer; try `jupyter server` by hand")
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


if __name__ == "__main__":
    main()
