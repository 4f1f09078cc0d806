"""One module out of a .zip, .tar or .tar.gz, as bytes: nothing is extracted, nothing else is read.

The module is looked for at the root and exactly one folder deep. Whatever the archive claims, memory and time are
bounded: by what is read at once, by what is unpacked in all, by the number of members.
"""

import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, cast

from autograder.ingest.submission import SubmissionError, kind_of, no_module, not_a_file, too_large, unreadable
from autograder.ingest.tar import MAX_MEMBERS, MAX_READ, MAX_UNPACKED, ArchiveError, Member, tar_members
from autograder.text import Text

MAX_ARCHIVE = 64 << 20  # bytes of the archive itself
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others allocate as much as the archive tells them to
IGNORED = {"__pycache__", "__MACOSX"}

_REASONS = {
    "encrypted": ("It is protected by a password.", "암호가 걸려 있습니다."),
    "corrupt": ("It is damaged or incomplete.", "파일이 깨졌거나 끝까지 저장되지 않았습니다."),
    "bomb": ("It unpacks to more than {mebibytes} MiB.", "압축을 풀면 {mebibytes} MiB가 넘습니다."),
    "members": ("It has more than {members} entries.", "들어 있는 항목이 {members}개가 넘습니다."),
    "twice": ("It holds more than one {module}.", "{module} 파일이 둘 이상 들어 있습니다."),
    "outside": ("Its {module} lies outside of the archive.", "{module}의 경로가 압축 파일 바깥을 가리킵니다."),
    "method": ("It is compressed in a way that is not supported.", "지원하지 않는 방식으로 압축되어 있습니다."),
    "kind": ("Only .zip, .tar, .tar.gz and .tgz can be opened.", ".zip, .tar, .tar.gz, .tgz만 열 수 있습니다."),
}


def refused(why: str, file: str) -> SubmissionError:
    """The finding `ingest.archive` for one of the reasons above."""
    words = {"mebibytes": MAX_UNPACKED >> 20, "members": MAX_MEMBERS, "module": file}
    english, korean = (text.format_map(words) for text in _REASONS[why])
    return SubmissionError("ingest.archive", {"why": why, "module": file, "reason": Text(en=english, ko=korean)})


def read_module(stream: BinaryIO, file: str, limit: int) -> tuple[bytes, str]:
    """The bytes of `file` and its path inside the archive; raises `SubmissionError`. `stream` must be seekable."""
    try:
        return _pick(_members(_Source(stream)), file, limit)
    except SubmissionError:
        raise
    except ArchiveError as bad:
        raise refused(str(bad), file) from None
    except Exception as error:  # parsers of hostile bytes raise whatever they stumble over
        raise refused("corrupt", file) from error


def _pick(members: Iterator[Member], file: str, limit: int) -> tuple[bytes, str]:
    """Take the module at the root, else the one a folder deep; two of them at one depth are nobody's choice to make."""
    found: dict[int, tuple[bytes, str] | SubmissionError] = {}
    twice: set[int] = set()
    others: list[str] = []
    outside = False
    for count, member in enumerate(members):
        if count == MAX_MEMBERS:
            raise ArchiveError("members")
        parts = _parts(member.name)
        if ".." in parts or parts[0] == "/":
            outside = outside or parts[-1] == file
        elif len(parts) > 2 or any(part in IGNORED or part.startswith(".") for part in parts):
            continue
        elif parts[-1] != file:
            others += ["/".join(parts)] if member.kind == "file" and len(others) < 1000 else []
        elif len(parts) in found:
            twice.add(len(parts))
        else:
            found[len(parts)] = _read(member, "/".join(parts), limit)
    if not found:
        raise refused("outside", file) if outside else no_module(file, others)
    if min(found) in twice:
        raise ArchiveError("twice")
    if isinstance(choice := found[min(found)], SubmissionError):
        raise choice
    return choice


def _parts(name: str) -> list[str]:
    """Split on either separator; an absolute path or one with a drive starts with the part "/"."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
    absolute = not parts or name[0] in "/\\" or re.match("[A-Za-z]:", name)
    return ["/", *parts] if absolute else parts


def _read(member: Member, inside: str, limit: int) -> tuple[bytes, str] | SubmissionError:
    if member.kind != "file":
        return not_a_file(inside, member.kind)
    if member.size > MAX_UNPACKED:
        raise ArchiveError("bomb")
    if member.size > limit:
        return too_large(member.size, limit)
    raw = member.read(limit + 1)
    if len(raw) != member.size:
        raise ArchiveError("corrupt")
    return raw, inside


class _Source:
    """The archive's file: never much at once, and a failing disk (ours) told apart from bad data (the student's)."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(min(size, MAX_READ + 1) if size >= 0 else MAX_READ + 1)
        except OSError as error:
            raise unreadable(error) from error
        if len(data) > MAX_READ:
            raise ArchiveError("members")
        return data


def _members(source: _Source) -> Iterator[Member]:
    magic = source.read(4)
    source.seek(0)
    if not magic:
        raise SubmissionError("ingest.empty")
    if magic in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_members(source)
    return tar_members(source)


# --- zip ------------------------------------------------------------------------------------------------------------


def _zip_members(source: _Source) -> Iterator[Member]:
    with zipfile.ZipFile(cast(IO[bytes], source)) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            kind = "folder" if info.orig_filename.endswith("/") else kind_of(mode) if stat.S_IFMT(mode) else "file"
            yield Member(info.orig_filename, kind, info.file_size, _zip_reader(archive, info))


def _zip_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        if info.flag_bits & 0x2041:  # encrypted, strongly encrypted, encrypted headers
            raise ArchiveError("encrypted")
        if info.compress_type not in _METHODS:
            raise ArchiveError("method")
        with archive.open(info) as member:
            return member.read(size)  # inflates no more than `size` at once and checks the CRC at the end

    return read
