"""Fetch the real MNIST: four files, 11.6 MB, from the first mirror that has them. Needs Python and nothing else.

    python datasets/fetch_mnist.py                       # into NAND2MNIST_DATA, or else ~/.cache/nand2mnist
    python datasets/fetch_mnist.py --to FOLDER
    python datasets/fetch_mnist.py --from FOLDER         # out of a folder, a file:// URL or a mirror of your own

A file gets its name only when its sha256 is the right one; until then it is NAME.part. A download that broke off goes
on where it stopped, at the next attempt or the next run. A file that is there already is checked and left alone.

What it says is in English, or in Korean where the locale is (LC_ALL, LC_MESSAGES or LANG).

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


def language() -> str:
    """`ko` or `en`: the reader's, from the locale."""
    told = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "ko" if told.lower().startswith("ko") else "en"


def say(en: str, ko: str) -> str:
    """The text in the reader's language."""
    return ko if language() == "ko" else en


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
        seconds = f"{(self.size - done) / speed:.0f}" if speed > 0 else "?"
        done_of = f"{done / self.size:4.0%} / {self.size / 1e6:.1f} MB  {speed / 1e6:.1f} MB/s"
        line = f"{self.name}  {done_of}  " + say(f"{seconds} s left", f"{seconds}초 남음")
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
        raise Refused(say(f"answered {error.code} {error.reason}", f"응답 {error.code} {error.reason}")) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        kind = Refused if isinstance(reason, FileNotFoundError) else Unreachable
        raise kind(str(reason) or type(reason).__name__) from None
    with answer:
        resumed = answer.status == 206 and (answer.headers["Content-Range"] or "").startswith(f"bytes {begin}-")
        if answer.status == 206 and not resumed:
            raise Refused(say("sent another part of the file than was asked for", "요청한 것과 다른 부분을 보냈습니다"))
        start = begin if resumed else 0
        told = answer.headers["Content-Length"] or ""
        if told.isdigit() and start + int(told) != expected.size:
            size = start + int(told)
            raise Refused(
                say(f"has {size} bytes, not {expected.size}", f"{expected.size}바이트가 아니라 {size}바이트입니다")
            )
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
                        told = f"{done} / {expected.size}"
                        raise Broken(say(f"ended after {told} bytes", f"{told}바이트에서 끝났습니다"))
                    file.write(data)
                    file.flush()  # whatever ends this process, what came is in the file
                    done += len(data)
                    progress.at(done)
        except OSError as error:
            way_out = say("make room or choose another folder with --to", "자리를 비우거나 --to로 다른 폴더를 고르세요")
            raise Unwritable(f"{part}: {error.strerror}; {way_out}") from None
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
                    raise Refused(say(f"broke off: {broken}", f"도중에 끊겼습니다: {broken}")) from None
                continue
        if size_of(part) == expected.size and sha256(part) == expected.sha256:
            return
        part.unlink()
        if begin == 0:  # all of it came from here: asking again would bring the same
            break
    raise Refused(say("is not the real file, its sha256 differs", "진짜 파일이 아닙니다. sha256이 다릅니다"))


def fetch(name: str, expected: Expected, mirrors: list[str], folder: Path, timeout: float) -> bool:
    """Make sure that `folder` has the file, or say why not. A good mirror moves to the front, a dead one goes."""
    path, part = folder / name, folder / f"{name}.part"
    if path.exists():
        right = path.is_file() and sha256(path) == expected.sha256
        if right:
            print(f"{name}: " + say("already there", "이미 있습니다"))
        else:
            en = "is there, but is not the real file; move it away or choose another folder with --to"
            ko = "파일이 있지만 진짜 파일이 아닙니다. 다른 곳으로 옮기거나 --to로 다른 폴더를 고르세요"
            complain(f"{path}: {say(en, ko)}")
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
            way_out = say("choose another folder with --to", "--to로 다른 폴더를 고르세요")
            raise Unwritable(f"{path}: {error.strerror}; {way_out}") from None
        else:
            en = f"{expected.size} bytes from {mirror}, sha256 as it should be"
            print(f"{name}: " + say(en, f"{mirror}에서 {expected.size}바이트, sha256 일치"))
            mirrors.insert(0, mirrors.pop(mirrors.index(mirror)))
            return True
    kept = size_of(part)
    go_on = say(
        f"; {kept} bytes are kept, run this again to go on",
        f". 받은 {kept}바이트는 남아 있으니 다시 실행하면 이어 받습니다",
    )
    complain(f"{name}: " + say("no mirror has it", "어느 서버에서도 받지 못했습니다") + (go_on if kept else ""))
    return False


def complain(line: str) -> None:
    print(line, file=sys.stderr)


def mirror_url(place: str) -> str:
    """`--from`, as a URL that ends in a slash."""
    if place.startswith(("http://", "https://", "file://")):
        return place.rstrip("/") + "/"
    if not Path(place).expanduser().is_dir():
        en = "no such folder; --from takes a folder, or a URL with http://, https:// or file://"
        ko = "그런 폴더가 없습니다. --from에는 폴더나, http://, https://, file://로 시작하는 주소를 쓰세요"
        raise Usage(f"{place}: {say(en, ko)}")
    return Path(place).expanduser().resolve().as_uri() + "/"


def read_checksums(path: Path) -> dict[str, Expected]:
    """Lines of `name size sha256`, for a mirror of other files in the same format."""
    try:
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        files = {name: Expected(int(size), digest.lower()) for name, size, digest in rows}
    except (OSError, ValueError) as error:
        raise Usage(f"{path}: {error}; {say('each line must be', '줄마다 이렇게 쓰세요')}: name size sha256") from None
    if not files or not all(re.fullmatch(r"\w[\w.-]*", name) for name in files):
        fact = say("no names, or a name with a folder in it", "이름이 없거나 이름에 폴더가 들어 있습니다")
        raise Usage(f"{path}: {fact}; {say('each line must be', '줄마다 이렇게 쓰세요')}: name size sha256")
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
            way_out = say("choose another folder with --to", "--to로 다른 폴더를 고르세요")
            raise Usage(f"{folder}: {error.strerror}; {way_out}") from None
        there = [fetch(name, expected, mirrors, folder, options.timeout) for name, expected in files.items()]
    except Usage as usage:
        complain(str(usage))
        return 2
    except Unwritable as unwritable:
        complain(str(unwritable))
        return 1
    except OSError as error:
        en = "make it readable or choose another folder with --to"
        complain(f"{error.filename}: {error.strerror}; {say(en, '읽을 수 있게 하거나 --to로 다른 폴더를 고르세요')}")
        return 1
    except KeyboardInterrupt:
        en = "interrupted; what came so far is kept, run this again to go on"
        complain(say(en, "중단했습니다. 받은 만큼은 남아 있으니 다시 실행하면 이어 받습니다"))
        return 130
    if not all(there):
        en = "not complete; check the connection, or get the files elsewhere and say --from FOLDER"
        complain(
            say(en, "다 받지 못했습니다. 연결을 확인하거나, 다른 곳에서 구한 파일의 폴더를 --from으로 알려 주세요")
        )
        return 1
    found_there = folder.resolve() == default_folder().resolve()
    print(say(f"all files are in {folder}", f"모든 파일이 {folder}에 있습니다"))
    if not found_there:
        print(say(f"set NAND2MNIST_DATA={folder} to use them", f"쓰려면 NAND2MNIST_DATA={folder}로 설정하세요"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
