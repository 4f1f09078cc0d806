"""What was handed in: one student's source text, or the one reason why there is none.

Nothing here touches a disk: bytes become text, modes become words, and names become safe to show and to write.
A `hint` among a problem's parameters is empty or starts with a space, so that a message can end in `{hint}`.
"""

import hashlib
import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from autograder.text import Text, same

Fault = Literal["student", "ours"]
Params = dict[str, str | int | float | Text]


@dataclass(frozen=True)
class Problem:
    """Why there is no source: `student` is graded 0 with this one finding, `ours` is withheld."""

    key: str
    params: Params
    fault: Fault


@dataclass(frozen=True)
class Note:
    """Something to know about what was handed in that costs nothing."""

    key: str
    params: Params


@dataclass(frozen=True)
class Submission:
    """One student's module as data. Either `source` or `problem` is set, never both.

    `cells`: where it is a notebook, the line of `source`, from 1, in which each code cell begins.
    """

    student: str
    source: str | None
    digest: str  # SHA-256 of the raw bytes in hex, "" when they were not read
    path: str  # as typed, with what lies inside; safe to show
    problem: Problem | None
    cells: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


class SubmissionError(Exception):
    """A submission that cannot become source text; carries the `Problem` that the student or the instructor reads."""

    def __init__(self, key: str, params: Params | None = None, fault: Fault = "student") -> None:
        self.problem = Problem(key, params or {}, fault)
        super().__init__(key, self.problem.params)


def of_bytes(student: str, path: str, raw: bytes) -> Submission:
    """The submission that `raw` is; `path` is safe to show."""
    digest = hashlib.sha256(raw).hexdigest()
    try:
        return Submission(student, decode(raw), digest, path, None)
    except SubmissionError as refusal:
        return Submission(student, None, digest, path, refusal.problem)


def of_refusal(student: str, path: str, refusal: SubmissionError) -> Submission:
    """What stands for a submission that was not even read."""
    return Submission(student, None, "", path, refusal.problem)


# --- text -----------------------------------------------------------------------------------------------------------

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")


def decode(raw: bytes) -> str:
    r"""The text of strict UTF-8 bytes without a byte-order mark, each line end as \n; raises `SubmissionError`."""
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        raise SubmissionError("ingest.empty")
    if wide := _wide_encoding(raw):
        raise SubmissionError("ingest.utf16", {"encoding": wide})
    if (null := raw.find(0)) >= 0:
        raise SubmissionError("ingest.binary", {"offset": null})
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_utf8(raw, error.start) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wide_encoding(raw: bytes) -> str | None:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return name
    if 0 not in raw:
        return None
    for encoding in _WIDE:  # no mark: believed only if it reads as a text of mostly ASCII, as source code is
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and sum(c.isascii() for c in text) > len(text) / 2:
            return encoding[:6].upper()
    return None


def _not_utf8(raw: bytes, start: int) -> SubmissionError:
    """Name the line and the byte of the first sequence that is not UTF-8."""
    before = raw[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    hint = Text(
        en=" It looks like CP949 (EUC-KR): save the file again with the encoding UTF-8.",
        ko=" CP949(EUC-KR)로 저장한 파일로 보입니다. 편집기에서 인코딩을 UTF-8로 바꾸어 다시 저장하세요.",
    )
    params: Params = {"line": before.count(b"\n") + 1, "byte": f"0x{raw[start]:02x}"}
    return SubmissionError("ingest.encoding", {**params, "hint": hint if _reads_as_cp949(raw) else same("")})


def _reads_as_cp949(raw: bytes) -> bool:
    try:
        return any("가" <= c <= "힣" for c in raw.decode("cp949"))
    except UnicodeDecodeError:
        return False


# --- refusals that files and archives share -------------------------------------------------------------------------

_KINDS = {
    "folder": "폴더",
    "symbolic link": "심볼릭 링크",
    "link": "링크",
    "named pipe (FIFO)": "이름 있는 파이프(FIFO)",
    "device": "장치 파일",
    "socket": "소켓",
    "special file": "특수 파일",
    "submodule": "서브모듈",
}
_MODES = {
    stat.S_IFDIR: "folder",
    stat.S_IFLNK: "symbolic link",
    stat.S_IFIFO: "named pipe (FIFO)",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
    stat.S_IFSOCK: "socket",
}


def kind_of(mode: int) -> str:
    """What a file mode says: "file", or one of the words that `not_a_file` knows."""
    return "file" if stat.S_ISREG(mode) else _MODES.get(stat.S_IFMT(mode), "special file")


def not_a_file(name: str, kind: str) -> SubmissionError:
    """Something stands where a plain file should: a link, a folder, a device."""
    return SubmissionError("ingest.not-a-file", {"file": visible(name), "kind": Text(en=kind, ko=_KINDS[kind])})


def unreadable(error: OSError) -> SubmissionError:
    """The disk or a permission fails, which is not the student's doing."""
    return SubmissionError("ingest.unreadable", {"reason": error.strerror or "I/O error"}, "ours")


def too_large(size: int, limit: int) -> SubmissionError:
    """More bytes than anybody's homework has."""
    return SubmissionError("ingest.too-large", {"size": size, "limit": limit})


def no_module(file: str, names: Iterable[str]) -> SubmissionError:
    """The module is not there; `names` are the files that are, for a "did you mean"."""
    by_key = {name.rpartition("/")[2].casefold(): name for name in names}
    close = ", ".join(visible(by_key[key]) for key in get_close_matches(file.casefold(), by_key))
    hint = Text(en=f" Did you mean this one: {close}?", ko=f" 혹시 이 파일인가요: {close}") if close else same("")
    return SubmissionError("ingest.no-module", {"module": file, "similar": close, "hint": hint})


# --- names ----------------------------------------------------------------------------------------------------------

_HIDDEN_LETTERS = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters by category, blank on every screen
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_TAGGED = re.compile(r"-[0-9a-f]{12}\Z")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\..*)?\Z", re.DOTALL)
_MAX_BYTES = 100


def visible(text: str) -> str:
    """The text with control, bidi, invisible and undecodable characters written as escapes."""
    return "".join(_escape(c) if _is_hidden(c) else c for c in text)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in _UNSAFE or char in _HIDDEN_LETTERS


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100 or 0xDC80 <= code <= 0xDCFF:  # a byte that the file system's encoding could not decode
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def student_name(name: str) -> str:
    """The name of a file or folder as a student's: composed (NFC), nothing invisible, never two names made equal."""
    return visible(unicodedata.normalize("NFC", name).replace("\\", "\\\\"))


def same_student(student: str) -> str:
    """The key under which names are one student: some file systems know neither case nor composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", student).casefold())


def file_name(student: str) -> str:
    """A file name without suffix that every system accepts; names that `same_student` tells apart stay apart.

    A name that had to be shortened or altered ends in a digest of all of it, and so does one that looks as if it did.
    """
    name = unicodedata.normalize("NFC", student)
    clean = "".join(c if _is_safe(c) else "_" for c in name)
    first_is_safe = clean[:1].isalnum() and not _RESERVED.match(unicodedata.normalize("NFKC", clean).casefold())
    fits = len(clean.encode()) <= _MAX_BYTES and not clean.endswith((".", " "))
    if clean == name and first_is_safe and fits and not _TAGGED.search(same_student(name)):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    head = clean.encode()[: _MAX_BYTES - 14].decode(errors="ignore")
    return f"{'' if first_is_safe else '_'}{head}-{digest}"


def _is_safe(char: str) -> bool:
    return (char in "-_.()+,@ " or unicodedata.category(char)[0] in "LNM") and not _is_hidden(char)
