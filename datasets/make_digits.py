"""Make digits/: the handwritten digits that come with the course, drawn by this program and by nobody's hand.

Four files in MNIST's own format and under its names: 28×28 grey pictures and their labels, `train` and `t10k` (the
test part). Every writer is a draw of habits (which way of writing each digit, slant, width, pen), every picture a draw
of that writer's hand. The writers of the test part wrote nothing of the training part.

    control points of a pen stroke -> jittered -> a smooth curve -> bent (elastic), slanted, turned, scaled
    -> a pen of changing width, antialiased -> fitted into 20×20 and centred by its mass in 28×28, as MNIST is

    python datasets/make_digits.py                  # writes the files
    python datasets/make_digits.py --check          # only says whether they are what this script makes
    python datasets/make_digits.py --sheet FILE.png # draws samples, to look at

Exit codes: 0 done; 1 a file has other contents (--check); 2 usage.
"""

from __future__ import annotations

import argparse
import gzip
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent / "digits"
SEED = 28
WRITERS = {"train": 800, "t10k": 150}  # each writes every digit once: 8,000 and 1,500 pictures
FIT, SIDE = 20, 28  # pixels

# Ways to write each digit, and how common each is among writers. Control points "x,y" in a box of about 70 × 100, y
# downwards; blanks join points smoothly, | is a corner at the point before it, / lifts the pen.
WAYS = {
    0: (
        (4, "52,3 38,0 15,18 0,50 7,85 30,100 59,84 76,50 69,16 47,2 35,6"),
        (2, "58,8 39,1 14,20 1,52 9,86 30,100 59,82 74,48 67,18 49,6"),
        (2, "32,8 9,28 0,62 13,94 39,98 67,72 72,34 55,6 29,4 18,12"),
        (1, "65,14 48,0 19,16 2,52 10,88 34,100 64,80 75,44 63,14 42,8 34,22"),
    ),
    1: (
        (8, "42,0 28,100"),
        (5, "44,0 33,50 28,100"),
        (2, "38,0 37,50 28,100"),
        (1, "24,20 44,0 | 30,100"),
        (1, "18,25 46,0 | 32,100 / 4,100 56,100"),
    ),
    2: (
        (3, "6,25 14,6 35,0 58,10 62,32 45,58 22,80 4,98 | 35,96 72,98"),
        (4, "8,20 28,1 52,6 60,28 46,58 22,86 6,97 0,84 14,74 34,86 54,98 76,92"),
        (2, "10,30 8,12 30,0 55,8 58,30 40,62 5,97 | 30,90 70,97"),
        (2, "3,12 30,3 60,6 | 50,35 3,96 | 72,92"),
        (2, "2,22 20,2 48,2 58,22 44,55 20,80 0,94 | 20,84 45,94 74,86"),
        (2, "4,10 26,0 46,10 48,34 30,62 4,88 0,98 14,90 40,88 76,96"),
        (1, "12,26 20,4 42,0 52,20 44,50 28,78 10,92 6,80 22,72 44,80 74,76"),
        (3, "10,18 28,2 52,8 56,34 40,64 18,88 2,86 10,68 34,72 56,86 82,78"),
        (2, "14,30 6,14 26,0 54,6 60,32 44,68 18,92 2,84 18,68 44,78 78,88"),
        (1, "16,14 34,0 46,14 40,44 24,76 10,96 | 34,90 62,96"),
    ),
    3: (
        (3, "6,12 28,0 52,6 56,26 42,42 24,46 | 48,50 64,70 52,92 28,100 2,88"),
        (3, "8,10 30,0 54,10 54,32 34,45 28,48 50,54 62,74 48,96 22,100 0,88"),
        (2, "4,6 58,4 | 28,42 | 52,50 62,72 46,96 20,100 0,88"),
        (2, "4,14 30,0 58,12 52,34 30,46 22,50 28,42 40,44 62,60 64,82 40,100 4,92"),
        (2, "2,16 26,2 54,6 50,30 26,42 | 52,46 58,64 44,86 20,98 -4,100"),
        (1, "8,4 40,0 60,10 46,32 30,44 | 46,52 54,68 46,84 30,94 8,96"),
        (2, "4,16 34,0 64,4 52,26 28,42 | 52,44 56,64 40,84 12,100 -8,96"),
        (2, "14,16 36,2 56,12 48,32 32,42 | 50,50 52,72 34,94 10,98 2,84"),
    ),
    4: (
        (3, "18,0 6,48 9,58 34,58 66,50 / 64,4 44,100"),
        (3, "17,5 1,55 | 68,50 / 62,0 42,100"),
        (1, "52,0 -1,62 | 71,62 / 54,0 40,100"),
        (3, "13,8 5,40 18,54 40,52 59,40 / 68,2 56,50 44,100"),
        (3, "11,6 5,38 22,50 49,42 65,6 | 55,56 44,100"),
        (2, "24,2 6,46 8,54 | 41,52 72,46 / 56,14 36,100"),
        (1, "44,2 21,30 2,58 | 34,56 72,50 / 62,14 50,56 40,100"),
    ),
    5: (
        (3, "30,14 22,44 | 38,40 54,52 52,76 32,94 2,92 / 30,14 84,2"),
        (3, "86,4 34,10 | 24,42 | 42,40 54,56 46,82 22,96 0,90"),
        (3, "16,4 12,42 | 32,36 58,46 62,70 46,94 20,100 2,90 / 16,4 74,0"),
        (2, "72,0 18,6 | 12,44 | 34,38 60,54 58,82 32,100 0,92"),
        (2, "74,2 40,4 24,14 24,36 40,50 56,66 46,90 22,100 0,92"),
        (2, "24,6 20,40 | 42,40 60,54 56,78 34,96 8,98 0,88 / 24,6 78,6"),
        (2, "10,2 8,40 | 40,36 64,52 62,80 36,98 6,96 / 10,2 70,2"),
        (1, "80,0 40,6 | 26,38 | 46,38 60,54 50,78 24,94 -4,94"),
        (1, "66,2 32,4 16,18 18,36 42,50 60,68 48,92 22,100 0,88"),
        (1, "60,2 24,2 | 16,38 | 48,42 64,66 52,90 24,98 4,86 12,78"),
    ),
    6: (
        (3, "48,0 22,22 6,58 12,88 34,100 56,88 60,68 44,52 24,58 10,76"),
        (3, "30,0 10,40 6,72 20,98 44,98 58,78 46,60 22,64 10,80"),
        (2, "62,6 36,4 12,28 4,64 18,94 44,99 62,80 52,58 30,54 10,70"),
        (2, "40,0 14,50 6,80 24,100 52,92 56,72 36,62 14,74"),
        (2, "60,0 30,24 8,62 10,90 32,100 52,86 50,66 30,66 14,88"),
        (1, "20,0 4,44 4,82 26,100 56,90 62,68 44,58 20,68 8,88"),
    ),
    7: (
        (4, "0,8 62,4 | 40,45 26,100"),
        (1, "4,6 60,4 | 42,40 24,100 / 16,50 58,46"),
        (3, "2,14 28,4 62,6 56,30 38,60 30,100"),
        (3, "4,24 4,6 | 62,4 | 46,34 34,100"),
        (3, "0,10 20,2 45,8 64,2 | 48,44 40,100"),
        (2, "2,22 14,6 38,10 60,4 56,30 46,64 42,100"),
        (2, "2,30 10,4 | 34,12 62,2 | 50,40 40,100"),
        (2, "6,8 60,6 | 46,50 38,100 / 14,54 66,48"),
        (1, "0,26 8,10 24,10 40,18 66,2 | 30,100"),
    ),
    8: (
        (4, "56,14 36,0 16,12 18,32 36,46 54,64 56,86 32,100 10,88 12,66 36,46 56,30 60,12"),
        (4, "66,4 40,40 14,72 12,92 30,100 48,88 48,66 34,46 18,24 26,4 48,0 66,10"),
        (2, "62,16 44,0 22,10 22,30 44,52 48,80 30,100 10,90 14,70 40,46 58,24 64,8"),
        (2, "30,46 12,24 24,2 50,4 54,24 34,48 14,72 16,94 40,98 54,80 46,60 26,42"),
        (3, "58,12 40,2 16,8 10,22 26,38 42,56 44,80 28,98 12,94 14,76 34,50 60,24 70,6"),
        (3, "50,8 24,2 8,18 22,36 40,52 42,82 26,100 14,88 24,62 48,36 62,14 52,4"),
        (2, "70,10 50,0 22,6 14,24 34,40 46,58 36,86 12,100 0,90 12,68 40,48 66,26 76,12"),
    ),
    9: (
        (4, "54,16 36,2 12,12 6,36 22,50 44,42 56,14 | 52,60 46,100"),
        (1, "56,16 38,0 12,12 10,34 28,46 48,36 58,14 | 58,56 48,86 24,97"),
        (3, "54,8 26,2 6,24 14,44 36,44 54,10 | 36,100"),
        (2, "52,20 30,2 8,18 10,42 34,48 52,30 56,8 50,60 34,100"),
        (3, "48,12 26,2 8,20 14,40 34,42 50,22 52,10 46,50 40,100"),
        (1, "58,6 30,6 8,24 14,44 40,40 58,8 | 58,50 56,100"),
        (3, "60,10 34,4 8,24 10,44 34,40 62,8 | 46,60 34,100"),
        (2, "58,22 44,2 16,10 4,36 20,48 44,38 60,14 | 48,56 30,100"),
        (2, "54,10 22,4 2,26 14,48 42,38 56,14 52,40 46,100"),
    ),
}
CHANCE = {digit: np.array([weight for weight, _ in ways]) / sum(w for w, _ in ways) for digit, ways in WAYS.items()}
# The pen's width for each digit, beside the writer's own: many lines in little room are drawn thinner.
PRESS = {0: 1.08, 1: 1.07, 3: 0.97, 4: 0.93, 5: 0.9, 6: 0.96, 8: 0.87, 9: 0.87}


class Writer:
    """The habits of one hand."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.way = {digit: rng.choice(len(chance), p=chance) for digit, chance in CHANCE.items()}
        self.slant = rng.normal(0.12, 0.20)  # to the right, as in most hands
        self.turn = rng.normal(0.0, 0.06)  # radians
        self.width = np.exp(rng.normal(0.06, 0.16))  # of a digit, beside its height
        self.pen = np.clip(np.exp(rng.normal(np.log(1.25), 0.24)), 0.7, 2.4)  # half its width, in pixels
        self.shake = rng.uniform(1.0, 4.0)  # how far the control points stray
        self.bend = rng.uniform(0.5, 4.0)  # how far the paper seems bent


def curve(points: np.ndarray) -> np.ndarray:
    """A smooth line through the points (Catmull–Rom), 10 steps from each point to the next."""
    if len(points) == 2:
        return points[0] + np.linspace(0, 1, 21)[:, None] * (points[1] - points[0])
    p = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 10, endpoint=False)[:, None, None]
    a, b, c, d = p[:-3], p[1:-2], p[2:-1], p[3:]
    between = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return np.vstack([between.transpose(1, 0, 2).reshape(-1, 2), points[-1:]])


def strokes(way: str, shake: float, rng: np.random.Generator) -> list[np.ndarray]:
    """The pen's lines, each of shape (points, 2), in the box of 70 × 100."""
    lines = []
    for text in way.split("/"):
        pieces, corner = [], None
        for piece in text.split("|"):
            points = np.array([[float(n) for n in pair.split(",")] for pair in piece.split()])
            points += rng.normal(0, shake, points.shape)
            if corner is not None:
                points = np.vstack([corner, points])
            corner = points[-1:]
            pieces.append(curve(points))
        line = np.vstack(pieces)
        cut = rng.integers(0, 4, 2)  # the pen comes down a little late and leaves a little early
        lines.append(line[cut[0] : len(line) - cut[1]])
    return lines


def bent(points: np.ndarray, reach: float, rng: np.random.Generator) -> np.ndarray:
    """The points moved by a few long waves: an elastic distortion, as smooth as a hand."""
    moved = points.copy()
    for length in (200.0, 140.0, 90.0):
        angles = rng.uniform(0, 2 * np.pi, 2)
        direction = np.array([np.cos(angles), np.sin(angles)]) * (2 * np.pi / length)
        amplitude = rng.normal(size=2) * reach * length / 100
        moved += amplitude * np.sin(points @ direction + rng.uniform(0, 2 * np.pi, 2))
    return moved


def written(writer: Writer, digit: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Segments (n, 4): x, y, x', y' in pixels of the FIT × FIT box; radii (n,): half the pen's width there."""
    lines = strokes(WAYS[digit][writer.way[digit]][1], writer.shake, rng)
    points = np.vstack(lines)
    # Heavier below or above: y goes through a power, so that loops grow at the cost of others.
    low, high = points[:, 1].min(), points[:, 1].max()
    share = (points[:, 1] - low) / (high - low)
    points[:, 1] = low + (high - low) * share ** np.exp(rng.normal(0, 0.15))
    points = bent(points, writer.bend, rng)
    slant, turn = writer.slant + rng.normal(0, 0.07), writer.turn + rng.normal(0, 0.05)
    points[:, 0] *= writer.width * np.exp(rng.normal(0, 0.08))
    points[:, 0] -= slant * points[:, 1]
    points = points @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    # Scaled so that the ink, half a pen beyond the line, fits the box.
    pen = PRESS.get(digit, 1.0) * writer.pen * np.exp(rng.normal(0, 0.1))
    points -= points.min(axis=0)
    points *= (FIT - 2 * pen) / points.max()
    points += (FIT - points.max(axis=0)) / 2
    # Pressure: a slow wave along the way.
    way = np.linspace(0, 1, len(points))
    radii = pen * (1 + 0.18 * np.sin(2 * np.pi * (rng.uniform(0.5, 2) * way + rng.random())))
    ends = np.cumsum([len(line) for line in lines])
    inside = np.ones(len(points) - 1, bool)
    inside[ends[:-1] - 1] = False  # the pen in the air
    return np.hstack([points[:-1], points[1:]])[inside], radii[:-1][inside]


def drawn(segments: np.ndarray, radii: np.ndarray, soft: float) -> np.ndarray:
    """The FIT × FIT picture, 0…1: how much of each pixel is under the pen, by its distance from the line."""
    y, x = np.mgrid[0:FIT, 0:FIT] + 0.5
    start, along = segments[:, None, None, :2], segments[:, None, None, 2:] - segments[:, None, None, :2]
    dx, dy = x - start[..., 0], y - start[..., 1]
    length2 = np.maximum((along**2).sum(axis=-1), 1e-9)
    t = np.clip((dx * along[..., 0] + dy * along[..., 1]) / length2, 0, 1)
    distance = np.hypot(dx - t * along[..., 0], dy - t * along[..., 1])
    return np.clip(0.5 + (radii[:, None, None] - distance) / soft, 0, 1).max(axis=0)


def centred(picture: np.ndarray) -> np.ndarray:
    """The picture in the middle of SIDE × SIDE: its centre of mass goes to the centre, by whole pixels."""
    y, x = (np.mgrid[0:FIT, 0:FIT] * picture).sum(axis=(1, 2)) / picture.sum()
    room = SIDE - FIT
    top, left = (int(np.clip(np.round((SIDE - 1) / 2 - middle), 0, room)) for middle in (y, x))
    page = np.zeros((SIDE, SIDE))
    page[top : top + FIT, left : left + FIT] = picture
    return page


def pictures(part: str, writer: int) -> list[np.ndarray]:
    """What one writer wrote: the digits 0 to 9, each (28, 28) uint8. No two writers share a random number."""
    rng = np.random.default_rng([SEED, sorted(WRITERS).index(part), writer])
    hand = Writer(rng)
    drawings = [drawn(*written(hand, digit, rng), soft=rng.uniform(0.8, 1.4)) for digit in range(10)]
    return [np.round(255 * centred(drawing)).astype(np.uint8) for drawing in drawings]


def make_part(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Pictures (n, 28, 28) and labels (n,), both uint8, shuffled; every digit equally often."""
    images = np.array([picture for writer in range(WRITERS[part]) for picture in pictures(part, writer)])
    labels = np.tile(np.arange(10, dtype=np.uint8), WRITERS[part])
    # As if it were one writer more: NumPy takes [28, 0] and [28, 0, 0] for the same seed.
    rng = np.random.default_rng([SEED, sorted(WRITERS).index(part), WRITERS[part]])
    order = rng.permutation(len(labels))
    return images[order], labels[order]


def idx(array: np.ndarray) -> bytes:
    """The IDX format: two zero bytes, 8 for uint8, the number of dimensions, each of them big-endian, the data."""
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def make_files() -> dict[str, bytes]:
    """What the files hold, before it is packed."""
    files = {}
    for part in WRITERS:
        images, labels = make_part(part)
        files[f"{part}-images-idx3-ubyte.gz"] = idx(images)
        files[f"{part}-labels-idx1-ubyte.gz"] = idx(labels)
    return files


def difference(path: Path, data: bytes) -> str | None:
    """Why the file at `path` is not the one that holds `data`; None if it is."""
    if not path.is_file():
        return "no such file"
    try:
        found = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        return f"not a whole gzip file ({error})"
    if found != data:
        return f"{len(found)} bytes inside, not those that NumPy {np.__version__} makes here"
    return None


def sheet(columns: int = 24) -> bytes:
    """A PNG with one picture of each digit by each of the first writers of the training part."""
    rows = np.hstack([np.vstack(pictures("train", writer)) for writer in range(columns)])
    header = struct.pack(">IIBBBBB", rows.shape[1], rows.shape[0], 8, 0, 0, 0, 0)  # 8 bits of grey
    scanlines = np.pad(255 - rows, ((0, 0), (1, 0)))  # black on white; every line begins with its filter, none
    scanlines[:, 0] = 0
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(scanlines.tobytes(), 9)), (b"IEND", b""))
    packed = [struct.pack(">I", len(d)) + name + d + struct.pack(">I", zlib.crc32(name + d)) for name, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the digits that come with the course.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a file has other contents")
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="FOLDER", help="where the files go, or are")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png", help="draw a sheet of samples instead")
    options = parser.parse_args()
    if options.sheet:
        options.sheet.write_bytes(sheet())
        return 0
    files = make_files()
    if options.check:
        problems = {name: why for name, data in files.items() if (why := difference(options.to / name, data))}
        for name, why in problems.items():
            print(f"{options.to / name}: {why}; run this without --check", file=sys.stderr)
        return 1 if problems else 0
    options.to.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        # mtime=0: no date inside, so that the same pictures are the same file.
        (options.to / name).write_bytes(gzip.compress(data, 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
