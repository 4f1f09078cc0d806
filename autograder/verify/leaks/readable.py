"""Text out of whatever a file is (notebook, archive, another encoding), as tokens that can be compared.

White space and the kind of quotes do not matter. Not read: what is compressed inside a picture, or enciphered.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

Tokens = tuple[str, ...]

LIMIT = 64 << 20  # bytes of one file, with all that is packed in it
TOO_LARGE = f"more than {LIMIT >> 20} MiB, too much to look into"
DEPTH = 3  # archives in archives
NOTEBOOK = b'"nbformat"'
SHORT = 60  # bytes: a file of so few may be like another by chance
PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
UNREADABLE = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    ValueError,
)

TOKEN = re.compile(r"\w+|[^\w\s]|[\n\r]")
CODE = re.compile(r"""(?:[^"'#]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*(?=#|$)""")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
RUN = re.compile(rb"(?:[\t\n\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){8,}")  # text in what is no text
BEFORE = re.compile(r"[\w)\]]\.?\Z")
AFTER = re.compile(r'\.?[\n\r"`;#|}]|</|\.?\Z')


def tokens_of(text: str) -> Tokens:
    """Words, signs and ends of lines. An escaped one, as in a notebook, is `\\r`, which counts for no line."""
    text = text.replace("\r\n", "\n").replace("'", '"')
    if "\\" in text:
        text = ESCAPE.sub(
            lambda m: chr(int(m[1], 16)) if m[1] else {"n": "\r", "t": " ", "r": " "}.get(m[2], m[2]), text
        )
    return tuple(TOKEN.findall(text))


def code_of(line: str) -> Tokens:
    """The tokens of a line of Python without its comment."""
    match = CODE.match(line)
    return tokens_of(match[0] if match else line)


def stands_alone(tokens: Tokens, begin: int, end: int) -> bool:
    """Whether nothing goes on before and after: a line, a span of code, a string."""
    before, after = "".join(tokens[max(0, begin - 2) : begin]), "".join(tokens[end : end + 2])
    return not BEFORE.search(before) and bool(AFTER.match(after))


def digest(data: bytes) -> str:
    """Of a file's content, whatever its white space; short files are all alike."""
    solid = b"".join(data.split())
    return hashlib.sha256(solid).hexdigest() if len(solid) > SHORT else ""


def text_of(data: bytes) -> str:
    """The text of a file; of one that is no text, what is readable in it (also as UTF-16 and UTF-32)."""
    if b"\0" not in data:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return "\n".join(run.decode("utf-8", "ignore") for run in RUN.findall(data.replace(b"\0", b"")))


def unpacked(data: bytes, name: str, depth: int, room: list[int]) -> Iterator[tuple[str, bytes]]:
    """`data` itself, then what is packed in it, as far as `room` (bytes left) goes. Raises UNREADABLE."""
    yield name, data
    for member, file in _members(data):
        part = file.read(room[0] + 1)
        room[0] -= len(part)
        if room[0] < 0 or depth == 0:
            raise OSError(f"more than {LIMIT >> 20} MiB, or more than {DEPTH} archives in each other")
        yield from unpacked(part, f"{name}/{member}".strip("/"), depth - 1, room)


def _members(data: bytes) -> Iterator[tuple[str, IO[bytes]]]:
    for number, text in _cut_texts(data):
        yield f"text {number}", io.BytesIO(text.encode("utf-8", "replace"))
    if b"PK\5\6" in data[-65557:]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield info.filename, archive.open(info)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as tar:
            for member in tar:
                if member.isfile() and (file := tar.extractfile(member)):
                    yield member.name, file
    for magic, opener in PACKED.items():
        if data.startswith(magic):
            yield "unpacked", opener(io.BytesIO(data))


def _cut_texts(data: bytes) -> Iterator[tuple[int, str]]:
    """The texts of a notebook that are cut up elsewhere than between two lines, put together again."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or NOTEBOOK not in data:
        return
    try:
        waiting: list[Any] = [json.loads(data)]
    except (ValueError, RecursionError):
        return
    number = 0
    while waiting:
        tree = waiting.pop()
        waiting += tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
        if isinstance(tree, list) and any(isinstance(part, str) and not part.endswith("\n") for part in tree[:-1]):
            number += 1
            yield number, "".join(part for part in tree if isinstance(part, str))
