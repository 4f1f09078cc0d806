"""Read a .tar or .tar.gz from front to back, in bounded memory and time.

`tarfile` and `gzip` are not used, because their parsers run away on hostile headers in Python releases that the course
supports (CVE-2024-6232, CVE-2025-8194; quadratic memory in pax records; gzip headers read byte by byte). What is read
here: POSIX.1-2001 ustar and pax headers, and GNU's long names and large sizes.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

MAX_UNPACKED = 256 << 20  # bytes that an archive may unpack to
MAX_MEMBERS = 10_000
MAX_READ = 4 << 20  # bytes at once; the central directory of a zip of 10,000 members has about 2 MB
CHUNK = 1 << 16
_MAX_EXTENDED = 16 << 20  # bytes of extended headers in all; tar writes about 500 for a Korean name
_BLOCK = 512


class ArchiveError(Exception):
    """An archive breaks a bound or its format; the argument says which: corrupt, bomb, members, encrypted, ..."""


class Source(Protocol):
    """Where an archive's bytes come from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Member:
    """One entry of an archive, as it describes itself."""

    name: str
    kind: str  # "file", or a word of `submission.not_a_file`
    size: int
    read: Callable[[int], bytes]  # at most that many bytes; valid until the next member is asked for


def tar_members(source: Source) -> Iterator[Member]:
    """The members of a tar, gzipped or not, in order; raises `ArchiveError`."""
    start = source.read(CHUNK)
    pieces = chain([start], iter(lambda: source.read(CHUNK), b""))
    return _walk(_Forward(_inflated(pieces) if start[:2] == b"\x1f\x8b" else pieces))


_TYPES = {
    **dict.fromkeys((b"0", b"\0", b"7"), "file"),
    **dict.fromkeys((b"3", b"4"), "device"),
    b"1": "link",
    b"2": "symbolic link",
    b"5": "folder",
    b"6": "named pipe (FIFO)",
}
_WITHOUT_DATA = {b"1", b"2", b"3", b"4", b"5", b"6"}


class _Forward:
    """Bytes that are read once, from the front, up to MAX_UNPACKED in all."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._buffer = bytearray()
        self._left = MAX_UNPACKED

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer only at the end."""
        if size > MAX_READ:
            raise ArchiveError("corrupt")
        while len(self._buffer) < size and (piece := next(self._pieces, None)) is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise ArchiveError("bomb")
            self._buffer += piece
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def skip(self, size: int) -> None:
        while size > 0:
            if not (data := self.read(min(size, CHUNK))):
                raise ArchiveError("corrupt")
            size -= len(data)

    def drain(self) -> None:
        """Read to the end, where a gzip's checksum is."""
        while self.read(CHUNK):
            pass


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(wbits=31)  # gzip; the checksum is verified at its end
    while not inflate.eof:
        if not (data := inflate.unconsumed_tail or next(pieces, b"")):
            raise ArchiveError("corrupt")
        yield inflate.decompress(data, CHUNK)


def _walk(stream: _Forward) -> Iterator[Member]:
    """From header to header; an extended one only says something about the member after it."""
    name, size = None, None
    extended = 0
    for _ in range(4 * MAX_MEMBERS):
        block = stream.read(_BLOCK)
        if not block.strip(b"\0"):
            return stream.drain()
        kind, declared = block[156:157], _number(block[124:136])
        if len(block) < _BLOCK or _number(block[148:156]) != sum(block) - sum(block[148:156]) + 8 * 32:
            raise ArchiveError("corrupt")
        if kind in (b"x", b"L"):
            extended += declared
            if extended > _MAX_EXTENDED:
                raise ArchiveError("corrupt")
            data = stream.read(declared)
            name, size = _pax(data, name, size) if kind == b"x" else (_text(data), size)
            stream.skip(-declared % _BLOCK)
        elif kind in (b"g", b"K"):
            stream.skip(declared + -declared % _BLOCK)
        else:
            yield from _member(stream, name or _ustar_name(block), kind, declared if size is None else size)
            name, size = None, None
    raise ArchiveError("members")


def _member(stream: _Forward, name: str, kind: bytes, size: int) -> Iterator[Member]:
    left = 0 if kind in _WITHOUT_DATA else size + -size % _BLOCK

    def read(most: int) -> bytes:
        nonlocal left
        data = stream.read(min(most, size))
        left -= len(data)
        return data

    word = _TYPES.get(kind, "special file")
    yield Member(name, "folder" if word == "file" and name.endswith("/") else word, size, read)
    stream.skip(left)


def _ustar_name(block: bytes) -> str:
    name, prefix = _text(block[:100]), _text(block[345:500])
    return f"{prefix}/{name}" if prefix and block[257:263] == b"ustar\0" else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _number(field: bytes) -> int:
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    if digits.strip(b"01234567"):
        raise ArchiveError("corrupt")
    return int(digits or b"0", 8)


def _pax(data: bytes, name: str | None, size: int | None) -> tuple[str | None, int | None]:
    """Take `path` and `size` out of records "LENGTH KEY=VALUE\\n", in time linear in their length."""
    start = 0
    while start < len(data):
        head = data[start : start + 20].partition(b" ")[0]
        length = int(head) if head.isdigit() else 0
        key, equals, value = data[start + len(head) + 1 : start + length].partition(b"=")
        start += length
        if not equals or not value.endswith(b"\n") or start > len(data):
            raise ArchiveError("corrupt")
        if key == b"path":
            name = _text(value[:-1])
        elif key == b"size" and value[:-1].isdigit():
            size = int(value)
    return name, size
