"""Fetch the real MNIST: four files, 11.6 MB, from the first mirror that has them. Needs Python and nothing else.

    python datasets/fetch_mnist.py                       # into NAND2MNIST_DATA, or else ~/.cache/nand2mnist
    python datasets/fetch_mnist.py --to FOLDER
    python datasets/fetch_mnist.py --from FOLDER         # out of a folder, a file:// URL or a mirror of your own

A file gets its name only when its sha256 is the right one; until then it is NAME.part. A download that broke off goes
on where it stopped, at the next attempt or the next run. A file that is there already is checked and left alone.

Exit codes: 0 all files are there; 1 one of them is not; 2 usage; 130 interrupted (what came so far is kept).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple


class Expected(NamedTuple):
    size: int
    sha256: str


FILES = {
    "train-images-idx3-ubyte.gz": Expected(9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
    "train-labels-idx1-ubyte.gz": Expected(28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
    "t10k-images-idx3-ubyte.gz": Expected(1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
    "t10k-labels-idx1-ubyte.gz": Expected(4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
}
# yann.lecun.com, where they come from, is gone, and answered for a time with pages instead of files.
MIRRORS = [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
]
CHUNK = 1 << 16
ATTEMPTS = 5  # at one mirror, as long as each of them brought something


class Usage(Exception):
    """The command line asks for something that cannot be."""


class Refused(Exception):
    """This mirror does not have the file: try the next one."""


class Unreachable(Refused):
    """Nobody answered: this mirror need not be asked for the other files."""


class Broken(Exception):
    """The connection failed: what came so far is good."""


class Unwritable(Exception):
    """The file cannot be written here, whatever mirror it comes from."""


class Progress:
    """How far one file is: a line that rewrites itself, on a terminal only."""

    def __init__(self, name: str, size: int, begin: int) -> None:
        self.name, self.size, self.begin = name, size, begin
        self.start = time.monotonic()
        self.shown = 0.0
        self.live = sys.stderr.isatty()

    def at(self, done: int) -> None:
        now = time.monotonic()
        if not self.live or now - self.shown < 0.1:
            return
        self.shown = now
        speed = (done - self.begin) / max(now - self.start, 1e-3)  # bytes a second, of this attempt
        left = f"{(self.size - done) / speed:.0f} s left" if speed > 0 else "waiting"
        line = f"{self.name}  {done / self.size:4.0%} of {self.size / 1e6:.1f} MB  {speed / 1e6:.1f} MB/s  {left}"
        print(f"\r{line:<78}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.live:
            print("\r" + " " * 78 + "\r", end="", file=sys.stderr, flush=True)


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            digest.update(data)
    return digest.hexdigest()


@contextlib.contextmanager
def opened(url: str, begin: int, expected: Expected, timeout: float) -> Iterator[tuple[BufferedReader, int]]:
    """What the mirror sends, and the position in the file at which it begins: `begin`, or 0 if it cannot resume."""
    headers = {"User-Agent": "nand2mnist", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=timeout)
    except urllib.error.HTTPError as error:
        error.close()
        raise Refused(f"answered {error.code} {error.reason}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        kind = Refused if isinstance(reason, FileNotFoundError) else Unreachable
        raise kind(str(reason) or type(reason).__name__) from None
    with answer:
        resumed = answer.status == 206 and (answer.headers["Content-Range"] or "").startswith(f"bytes {begin}-")
        if answer.status == 206 and not resumed:
            raise Refused("answered with another part of the file than was asked for")
        start = begin if resumed else 0
        told = answer.headers["Content-Length"] or ""
        if told.isdigit() and start + int(told) != expected.size:
            raise Refused(f"has {start + int(told)} bytes, not {expected.size}")
        yield answer, start


def receive(url: str, part: Path, expected: Expected, timeout: float) -> None:
    """Bring `part` to the expected size. Refused, Broken and Unwritable say why that did not work."""
    begin = part.stat().st_size if part.exists() else 0
    with opened(url, begin, expected, timeout) as (answer, start):
        progress = Progress(part.stem, expected.size, start)
        try:
            with part.open("r+b" if start else "wb") as file:
                done = file.seek(start)
                while done < expected.size:
                    try:
                        data = answer.read1(min(CHUNK, expected.size - done))
                    except (OSError, http.client.HTTPException) as error:
                        raise Broken(str(error) or type(error).__name__) from None
                    if not data:
                        raise Broken(f"ended after {done} of {expected.size} bytes")
                    file.write(data)
                    file.flush()  # whatever ends this process, what came is in the file
                    done += len(data)
                    progress.at(done)
        except OSError as error:
            raise Unwritable(f"{part}: {error.strerror}; make room or choose another folder with --to") from None
        finally:
            progress.end()


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def fetch_from(url: str, part: Path, expected: Expected, timeout: float) -> None:
    """Make `part` the whole, checked file, or raise Refused (another mirror may help) or Unwritable."""
    for attempt in range(ATTEMPTS):
        begin = size_of(part)
        if begin < expected.size:
            try:
                receive(url, part, expected, timeout)
            except Broken as broken:
                if size_of(part) <= begin or attempt == ATTEMPTS - 1:
                    raise Refused(f"broke off: {broken}") from None
                continue
        if size_of(part) == expected.size and sha256(part) == expected.sha256:
            return
        part.unlink()
        if begin == 0:  # all of it came from here: asking again would bring the same
            raise Refused("is not the real file, its sha256 differs")
    raise Refused("is not the real file, its sha256 differs")


def fetch(name: str, expected: Expected, mirrors: list[str], folder: Path, timeout: float) -> bool:
    """Make sure that `folder` has the file, or say why not. A good mirror moves to the front, a dead one goes."""
    path, part = folder / name, folder / f"{name}.part"
    if path.exists():
        right = path.is_file() and sha256(path) == expected.sha256
        if right:
            print(f"{name}: already there")
        else:
            complain(f"{path}: is there, but is not the real file; move it away or choose another folder with --to")
        return right
    for mirror in list(mirrors):
        try:
            fetch_from(mirror + name, part, expected, timeout)
            part.replace(path)
        except Refused as refused:
            complain(f"{mirror}{name}: {refused}")
            if isinstance(refused, Unreachable):
                mirrors.remove(mirror)
        except OSError as error:
            raise Unwritable(f"{path}: {error.strerror}; choose another folder with --to") from None
        else:
            print(f"{name}: {expected.size} bytes from {mirror}, sha256 as it should be")
            mirrors.insert(0, mirrors.pop(mirrors.index(mirror)))
            return True
    kept = f"; {size_of(part)} bytes are kept, run this again to go on" if size_of(part) else ""
    complain(f"{name}: no mirror has it{kept}")
    return False


def complain(line: str) -> None:
    print(line, file=sys.stderr)


def mirror_url(place: str) -> str:
    """`--from`, as a URL that ends in a slash."""
    if place.startswith(("http://", "https://", "file://")):
        return place.rstrip("/") + "/"
    if not Path(place).expanduser().is_dir():
        raise Usage(f"{place}: no such folder; --from takes a folder, or a URL with http://, https:// or file://")
    return Path(place).expanduser().resolve().as_uri() + "/"


def read_checksums(path: Path) -> dict[str, Expected]:
    """Lines of `name size sha256`, for a mirror of other files in the same format."""
    try:
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        files = {name: Expected(int(size), digest.lower()) for name, size, digest in rows}
    except (OSError, ValueError) as error:
        raise Usage(f"{path}: {error}; each line must be: name size sha256") from None
    if not files or not all(re.fullmatch(r"\w[\w.-]*", name) for name in files):
        raise Usage(f"{path}: no names, or a name with a folder in it; each line must be: name size sha256")
    return files


def default_folder() -> Path:
    return Path(os.environ.get("NAND2MNIST_DATA") or "~/.cache/nand2mnist").expanduser()


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetch the real MNIST, 11.6 MB, and check it.")
    parser.add_argument("--from", dest="places", action="append", metavar="FOLDER|URL", help="instead of the mirrors")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="default: NAND2MNIST_DATA or ~/.cache/nand2mnist")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS", help="without a byte (default: 20)")
    parser.add_argument("--checksums", type=Path, metavar="FILE", help="fetch other files: lines of name size sha256")
    options = parser.parse_args()
    folder = options.to.expanduser() if options.to else default_folder()
    try:
        files = read_checksums(options.checksums) if options.checksums else FILES
        mirrors = [mirror_url(place) for place in options.places] if options.places else list(MIRRORS)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Usage(f"{folder}: {error.strerror}; choose another folder with --to") from None
        there = [fetch(name, expected, mirrors, folder, options.timeout) for name, expected in files.items()]
    except Usage as usage:
        complain(str(usage))
        return 2
    except Unwritable as unwritable:
        complain(str(unwritable))
        return 1
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}; make it readable or choose another folder with --to")
        return 1
    except KeyboardInterrupt:
        complain("interrupted; what came so far is kept, run this again to go on")
        return 130
    if not all(there):
        complain("not complete; check the connection, or get the files elsewhere and say --from FOLDER")
        return 1
    found_there = folder.resolve() == default_folder().resolve()
    print(f"all files are in {folder}" + ("" if found_there else f"; set NAND2MNIST_DATA={folder} to use them"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
