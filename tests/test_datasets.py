"""The data that ships with the course: what README.md says of it, the scripts that make it, damaged copies of it."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
DATASETS = ROOT / "datasets"
READMES = [DATASETS / "README.md", DATASETS / "README.ko.md"]
FILES = [f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")]
COUNTS = {"train": 8000, "t10k": 1500}
ROW = re.compile(r"^\| `(\S+\.(?:gz|npz))` \| (\d+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
FIGURES = re.compile(r"^\| .*784.* \| (0\.\d{4}) \| (0\.\d{4}) \|$", re.MULTILINE)


def load(path: Path) -> ModuleType:
    """A Python file as a module of its own."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def digits(name: str) -> bytes:
    return (DATASETS / "digits" / name).read_bytes()


def part(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Pictures (n, 28, 28) and labels (n,), read without any code of the course."""
    images = gzip.decompress(digits(f"{name}-images-idx3-ubyte.gz"))
    labels = gzip.decompress(digits(f"{name}-labels-idx1-ubyte.gz"))
    assert struct.unpack(">4I", images[:16]) == (2051, COUNTS[name], 28, 28)
    assert struct.unpack(">2I", labels[:8]) == (2049, COUNTS[name])
    pictures = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 28, 28)
    return pictures, np.frombuffer(labels, np.uint8, offset=8)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return load(DATASETS / "make_digits.py")


@pytest.fixture
def mnist() -> ModuleType:
    return load(ROOT / "solutions" / "07_mnist" / "mnist.py")


# What the README says


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_sizes_and_checksums_are_those_of_the_files(readme: Path) -> None:
    rows = {name: (int(size), digest) for name, size, digest in ROW.findall(readme.read_text(encoding="utf-8"))}
    assert sorted(rows) == sorted([*(f"digits/{name}" for name in FILES), "weights/mnist_784_50_100_10.npz"])
    for name, told in rows.items():
        data = (DATASETS / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == told, name


def test_the_embedded_digits_are_at_most_two_megabytes() -> None:
    assert sorted(path.name for path in (DATASETS / "digits").iterdir()) == sorted(FILES)
    assert sum(path.stat().st_size for path in (DATASETS / "digits").iterdir()) <= 2_000_000


def test_both_readmes_have_the_same_figures_and_links_that_lead_somewhere() -> None:
    texts = [readme.read_text(encoding="utf-8") for readme in READMES]
    assert [len(FIGURES.findall(text)) for text in texts] == [3, 3]
    assert FIGURES.findall(texts[0]) == FIGURES.findall(texts[1])
    numbers = [set(re.findall(r"\d[\d,.]*\d", ROW.sub("", text))) for text in texts]
    assert numbers[0] ^ numbers[1] <= {"10.000"}
    for text in texts:
        for link in re.findall(r"\]\(([^)]+)\)", text):
            assert (DATASETS / link).exists(), link
        for script in re.findall(r"python datasets/(\S+)", text):
            assert (DATASETS / script).is_file(), script


def test_the_figures_for_the_embedded_digits_are_what_measure_prints() -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    measured = subprocess.run(
        [sys.executable, str(DATASETS / "measure.py"), "--from", "/nonexistent"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=environment,
    )
    assert "the figures of the real MNIST are left out" in measured.stderr
    told = FIGURES.findall(READMES[0].read_text(encoding="utf-8"))
    found = re.findall(r"^\| .*784.* \| (0\.\d{4}) \| – \|$", measured.stdout, re.MULTILINE)
    assert len(found) == 2
    # Machines add floats in different orders: a picture on the edge may fall to the other side, 1/1500 each.
    assert [float(f) for f in found] == pytest.approx([float(embedded) for embedded, _ in told[:2]], abs=0.004)


# The embedded digits


@pytest.mark.parametrize("name", COUNTS)
def test_every_digit_is_there_equally_often_and_in_no_order(name: str) -> None:
    images, labels = part(name)
    assert np.bincount(labels).tolist() == [COUNTS[name] // 10] * 10
    assert 0.05 < np.mean(labels[1:] == labels[:-1]) < 0.15
    assert np.bincount(labels[:200], minlength=10).min() > 5
    assert images.max(axis=(1, 2)).min() > 100, "an empty page"


def test_no_picture_is_there_twice_and_none_of_training_is_in_the_test_part() -> None:
    pages = [image.tobytes() for name in COUNTS for image in part(name)[0]]
    assert len(set(pages)) == sum(COUNTS.values())


def test_pictures_are_placed_as_in_mnist() -> None:
    """In a box of 20 × 20 pixels, its centre of mass at the centre of the page."""
    images = part("t10k")[0].astype(float)
    ink = images.sum(axis=(1, 2))
    for axis in (1, 2):
        lines = images.any(axis=axis)
        extent = 28 - lines[:, ::-1].argmax(axis=1) - lines.argmax(axis=1)
        assert extent.max() <= 20
        middle = (images.sum(axis=axis) @ np.arange(28)) / ink
        assert np.mean(np.abs(middle - 13.5) < 0.51) > 0.99  # a few touch the border and cannot move further
    assert 0.12 < images.mean() / 255 < 0.15  # of MNIST: 0.131


def test_the_files_are_what_the_script_makes(maker: ModuleType) -> None:
    images, labels = maker.make_part("t10k")
    found_images, found_labels = part("t10k")
    assert np.array_equal(images, found_images)
    assert np.array_equal(labels, found_labels)
    train = {image.tobytes(): label for image, label in zip(*part("train"), strict=True)}
    for writer in (0, 1, 400, 799):  # all of them: make_digits.py --check
        assert [train.get(picture.tobytes()) for picture in maker.pictures("train", writer)] == list(range(10))


def test_the_script_makes_the_same_bytes_twice_and_sees_what_differs(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def make(folder: str, *options: str) -> int:
        monkeypatch.setattr(sys, "argv", ["make_digits.py", "--to", str(tmp_path / folder), *options])
        return int(maker.main())

    monkeypatch.setattr(maker, "WRITERS", {"train": 3, "t10k": 1})
    assert [make("a"), make("b"), make("a", "--check")] == [0, 0, 0]
    made = {name: (tmp_path / "a" / name).read_bytes() for name in FILES}
    assert made == {name: (tmp_path / "b" / name).read_bytes() for name in FILES}
    (tmp_path / "a" / FILES[0]).write_bytes(gzip.compress(gzip.decompress(made[FILES[0]]), 1))
    assert make("a", "--check") == 0, "another compression of the same"
    (tmp_path / "a" / FILES[0]).write_bytes(made[FILES[2]])
    (tmp_path / "a" / FILES[1]).write_bytes(made[FILES[1]][:-9])
    (tmp_path / "a" / FILES[2]).unlink()
    capsys.readouterr()
    assert make("a", "--check") == 1
    told = capsys.readouterr().err.splitlines()
    assert [("NumPy" in line, "gzip" in line, "no such file" in line) for line in told] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_the_sheet_is_a_picture(maker: ModuleType) -> None:
    pytest.importorskip("matplotlib")
    import io

    from matplotlib.image import imread

    picture = imread(io.BytesIO(maker.sheet(columns=3)), format="png")
    assert picture.shape == (280, 84)
    assert np.round(255 * (1 - picture[:28, :28])).astype(int).tolist() == maker.pictures("train", 0)[0].tolist()


# The weights


@pytest.fixture
def trainer() -> Iterator[ModuleType]:
    kept = dict(os.environ)  # the script chooses one thread for its process
    yield load(DATASETS / "train_weights.py")
    os.environ.clear()
    os.environ.update(kept)


def test_the_weights_are_six_arrays_without_a_pickle(trainer: ModuleType) -> None:
    path = DATASETS / "weights" / "mnist_784_50_100_10.npz"
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    shapes = {"W1": (784, 50), "b1": (50,), "W2": (50, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}
    assert {name: array.shape for name, array in arrays.items()} == shapes
    assert {array.dtype for array in arrays.values()} == {np.dtype("float32")}
    for array in arrays.values():
        assert np.all(array / trainer.STEP == np.round(array / trainer.STEP)), "rounded, finite"
    assert trainer.npz(arrays) == path.read_bytes(), "the same arrays are the same bytes"


def test_training_without_the_real_mnist_is_refused_in_one_line(tmp_path: Path) -> None:
    def train(folder: Path) -> tuple[int, str]:
        command = [sys.executable, str(DATASETS / "train_weights.py"), "--from", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stderr

    nothing = tmp_path / FILES[0]
    advice = "run python datasets/fetch_mnist.py"
    assert train(tmp_path) == (2, f"{nothing}: no such file; {advice}, or say --from FOLDER\n")
    embedded = DATASETS / "digits"
    assert train(embedded) == (2, f"{embedded / FILES[0]}: not the real MNIST, its sha256 differs; {advice}\n")


# Damaged files, read by the reference solution


def repacked(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda packed: gzip.compress(change(gzip.decompress(packed)), 1)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda packed: b"",
    "not gzip": lambda packed: b"<html>not found</html>",
    "gzip cut short": lambda packed: packed[: len(packed) // 2],
    "gzip without its last bytes": lambda packed: packed[:-4],
    "gzip with a flipped bit": lambda packed: packed[:-20] + bytes([packed[-20] ^ 1]) + packed[-19:],
    "unpacked": gzip.decompress,
    "nothing inside": repacked(lambda data: b""),
    "half a header": repacked(lambda data: data[:6]),
    "data cut short": repacked(lambda data: data[:-1]),
    "data too long": repacked(lambda data: data + b"\0"),
    "wrong magic": repacked(lambda data: b"\0\0\x08\x02" + data[4:]),
    "little-endian": repacked(lambda data: data[3::-1] + data[7:3:-1] + data[8:]),
    "wrong count": repacked(lambda data: data[:4] + struct.pack(">I", 1499) + data[8:]),
    "huge count": repacked(lambda data: data[:4] + b"\xff" * 4 + data[8:]),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", FILES[2:])
def test_a_damaged_file_is_named_in_the_error(mnist: ModuleType, name: str, damage: str) -> None:
    files = {file: digits(file.replace("train", "t10k")) for file in FILES}  # small ones
    files[name] = DAMAGE[damage](files[name])
    mnist.read_bytes = files.__getitem__
    with pytest.raises(ValueError, match=re.escape(name)):
        mnist.load_mnist()


def test_pictures_and_labels_that_do_not_belong_together_are_refused(mnist: ModuleType) -> None:
    files = {file: digits(file) for file in FILES}
    files["t10k-labels-idx1-ubyte.gz"] = digits("train-labels-idx1-ubyte.gz")
    mnist.read_bytes = files.__getitem__
    with pytest.raises(ValueError, match=r"1500.*8000"):
        mnist.load_mnist()


def test_pictures_of_another_size_are_refused(mnist: ModuleType) -> None:
    header = struct.pack(">4I", 2051, 1500, 14, 56)
    files = {file: digits(file.replace("train", "t10k")) for file in FILES}
    files[FILES[2]] = repacked(lambda data: header + data[16:])(files[FILES[2]])
    mnist.read_bytes = files.__getitem__
    with pytest.raises(ValueError, match=FILES[2]):
        mnist.load_mnist()
