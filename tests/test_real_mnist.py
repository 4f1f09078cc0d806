"""What holds on the real MNIST, which is not in the project: NAND2MNIST_DATA says where it is, or nothing is tested."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DATASETS = Path(__file__).parents[1] / "datasets"
FOLDER = os.environ.get("NAND2MNIST_DATA", "")
ROW = re.compile(r"^\| (.*784.*) \| (0\.\d{4}) \| (0\.\d{4}) \|$", re.MULTILINE)

pytestmark = pytest.mark.skipif(
    not (FOLDER and (Path(FOLDER) / "train-images-idx3-ubyte.gz").is_file()),
    reason="the real MNIST is not there: python datasets/fetch_mnist.py, and NAND2MNIST_DATA=FOLDER",
)


def figures(table: str) -> list[tuple[float, float]]:
    """Accuracy on the embedded and on the real test part: shipped weights, trained on embedded, trained on real."""
    rows = [(float(embedded), float(real)) for _, embedded, real in ROW.findall(table)]
    assert len(rows) == 3
    return rows


@pytest.fixture(scope="module")
def measured() -> list[tuple[float, float]]:
    """As measure.py prints it: by load_mnist and accuracy of 07, SGD of 09, TwoLayerNet and train of 10."""
    command = [sys.executable, str(DATASETS / "measure.py"), "--from", FOLDER]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=540)
    assert (done.returncode, done.stderr) == (0, "")
    return figures(done.stdout)


def test_the_shipped_weights_read_the_real_test_part(measured: list[tuple[float, float]]) -> None:
    assert measured[0][1] >= 0.93


def test_the_reference_learns_the_real_digits_in_at_most_16_epochs(measured: list[tuple[float, float]]) -> None:
    source = (DATASETS / "measure.py").read_text(encoding="utf-8")
    epochs = re.search(r'"real": (\d+)', source)
    assert epochs is not None
    assert int(epochs[1]) <= 16
    assert measured[2][1] >= 0.94


def test_what_is_learned_on_the_embedded_digits_holds_for_real_ones(measured: list[tuple[float, float]]) -> None:
    assert measured[1][1] >= 0.80


def test_the_readme_has_these_figures(measured: list[tuple[float, float]]) -> None:
    for readme in ("README.md", "README.ko.md"):
        told = figures((DATASETS / readme).read_text(encoding="utf-8"))
        for row, expected in zip(measured, told, strict=True):
            assert row == pytest.approx(expected, abs=0.004), "run datasets/measure.py and write down what it prints"


def test_the_files_are_the_real_ones() -> None:
    command = [sys.executable, str(DATASETS / "fetch_mnist.py"), "--to", FOLDER, "--from", FOLDER]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.count("already there") == 4, done.stderr
