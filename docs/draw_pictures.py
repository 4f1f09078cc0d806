"""Draws the pictures of the handouts: `python docs/draw_pictures.py [--check]`.

docs/pictures_SLUG.py  ->  assignments/NN_SLUG/pictures/*.svg

The same Matplotlib writes the same bytes every time: fixed hash salt, no date, no version, no random numbers.
`--check` writes nothing; it names every picture that is missing, stale or stray, and then exits with 1.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

ASSIGNMENTS = Path(__file__).resolve().parent.parent / "assignments"
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "nand2mnist",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "mathtext.fontset": "cm",
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
}


def svg(draw: Callable[[], Figure]) -> bytes:
    """Return one picture as SVG text without date and version."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        figure = draw()
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    lines = out.getvalue().decode().splitlines()
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def drawn() -> dict[Path, bytes]:
    """Return every picture of every handout: where it belongs and its bytes."""
    sources = {path.stem.removeprefix("pictures_"): path.stem for path in Path(__file__).parent.glob("pictures_*.py")}
    return {
        folder / "pictures" / f"{name}.svg": svg(draw)
        for folder in sorted(ASSIGNMENTS.iterdir())
        if (module := sources.get(folder.name.partition("_")[2]))
        for name, draw in importlib.import_module(module).PICTURES.items()
    }


def differing(pictures: dict[Path, bytes]) -> list[Path]:
    """Return the files that are missing, stale, or that nothing here draws."""
    stray = set(ASSIGNMENTS.glob("*/pictures/*.svg")) - set(pictures)
    return sorted(stray) + [path for path, data in pictures.items() if not path.exists() or path.read_bytes() != data]


def main() -> int:
    """Write the pictures, or compare them."""
    parser = argparse.ArgumentParser(description="draw the pictures of the handouts")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file differs")
    check = parser.parse_args().check
    pictures = drawn()
    if check:
        wrong = differing(pictures)
        for path in wrong:
            print(f"{path.relative_to(ASSIGNMENTS.parent)}  is not what this script draws; run docs/draw_pictures.py")
        return 1 if wrong else 0
    for path, data in pictures.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # Matplotlib writes some of its sets in the order that they have
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})
    sys.exit(main())
