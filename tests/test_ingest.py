"""Submissions are found below the typed paths and read as data: real files, real archives, real attacks."""

import gzip
import hashlib
import io
import os
import shutil
import socket
import stat
import subprocess
import sys
import tarfile
import tempfile
import tracemalloc
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.ingest import MAX_SOURCE, IngestError, Submission, Wanted, collect, file_name
from autograder.ingest.archive import MAX_ARCHIVE
from autograder.ingest.submission import same_student, student_name
from autograder.ingest.tar import MAX_MEMBERS

CODE = b"def AND(x1, x2):\n    return x1 * x2\n"
ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")


def one(path: Path, limit: int = MAX_SOURCE) -> Submission:
    (submission,) = collect([path], Wanted("gates", limit=limit))
    assert (submission.source is None) == (submission.problem is not None)
    return submission


def key(submission: Submission) -> str:
    assert submission.problem is not None
    expected = "ours" if submission.problem.key in ("ingest.unreadable", "ingest.two-submissions") else "student"
    assert submission.problem.fault == expected
    return submission.problem.key


def param(submission: Submission, name: str) -> object:
    assert submission.problem is not None
    return submission.problem.params[name]


def written(path: Path, data: bytes = CODE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# --- kinds of paths -------------------------------------------------------------------------------------------------


def test_a_file_is_a_student_named_after_it(tmp_path: Path) -> None:
    path = written(tmp_path / "alice.py")
    assert one(path) == Submission("alice", CODE.decode(), hashlib.sha256(CODE).hexdigest(), str(path), None)


def test_a_folder_with_the_module_is_a_student_named_after_it(tmp_path: Path) -> None:
    path = written(tmp_path / "alice" / "gates.py")
    written(tmp_path / "alice" / "other.py")
    assert (one(path.parent).student, one(path.parent).path) == ("alice", str(path))


def test_a_stray_module_in_a_class_folder_hides_nobody(tmp_path: Path) -> None:
    for name in ("alice", "bob"):
        written(tmp_path / name / "gates.py")
    written(tmp_path / "gates.py")
    assert [s.student for s in collect([tmp_path], Wanted("gates"))] == ["alice", "bob", "gates"]


def test_a_folder_typed_as_dot_has_its_real_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path / "alice" / "gates.py").parent)
    assert one(Path(".")).student == "alice"
    assert one(Path(".")).path == "gates.py"


def test_a_class_folder_holds_files_archives_and_folders(tmp_path: Path) -> None:
    written(tmp_path / "나래.py")
    written(tmp_path / "bob" / "gates.py")
    make_zip(tmp_path / "carol.v2.zip", {"gates.py": CODE})
    for stray in (".git/gates.py", ".DS_Store", "__pycache__/gates.py", "__MACOSX/gates.py", "notes.txt", ".hidden.py"):
        written(tmp_path / stray)
    found = collect([tmp_path], Wanted("gates"))
    assert [s.student for s in found] == ["bob", "carol.v2", "나래"]
    assert [s.source for s in found] == [CODE.decode()] * 3


def test_a_child_without_the_module_stays_in_the_table(tmp_path: Path) -> None:
    written(tmp_path / "alice" / "gates.py")
    written(tmp_path / "bob" / "Gates (1).py")
    (tmp_path / "carol").mkdir()
    _, bob, carol = collect([tmp_path], Wanted("gates"))
    assert (key(bob), param(bob, "similar"), param(bob, "module")) == ("ingest.no-module", "Gates (1).py", "gates.py")
    assert (key(carol), param(carol, "similar")) == ("ingest.no-module", "")


def test_two_hundred_entries_come_sorted_and_complete(tmp_path: Path) -> None:
    names = [f"학생{i:03}" for i in range(200)]
    for i, name in enumerate(reversed(names)):
        if i % 4 == 0:
            make_zip(tmp_path / f"{name}.zip", {f"{name}/gates.py": CODE})
        elif i % 4 == 1:
            written(tmp_path / name / "gates.py")
        elif i % 4 == 2:
            written(tmp_path / f"{name}.py", b"\xff\xfe")
        else:
            (tmp_path / name).mkdir()
    assert [s.student for s in collect([tmp_path], Wanted("gates"))] == names


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("nobody.py", "no such file"),
        ("notes.txt", "not a submission"),
        ("empty", "no submission"),
        ("hw", "no submission"),
    ],
)
def test_a_wrong_path_is_an_error_of_the_command(tmp_path: Path, name: str, fact: str) -> None:
    written(tmp_path / "notes.txt")
    (tmp_path / "empty").mkdir()
    written(tmp_path / "hw" / "activations" / "activations.py")
    with pytest.raises(IngestError, match=f"{name}: {fact}.*; .+"):
        collect([tmp_path / name], Wanted("gates"))


def test_something_that_is_no_notebook_says_so(tmp_path: Path) -> None:
    found = one(written(tmp_path / "alice.ipynb"))
    assert (found.student, key(found)) == ("alice", "ingest.notebook-json")


@pytest.mark.parametrize("suffix", [".rar", ".7z", ".egg", ".alz", ".tar.xz"])
def test_an_archive_nobody_opens_is_a_finding_and_not_a_missing_student(tmp_path: Path, suffix: str) -> None:
    alice = one(written(tmp_path / f"alice{suffix}"))
    assert (alice.student, key(alice), param(alice, "why")) == ("alice", "ingest.archive", "kind")


# --- names ----------------------------------------------------------------------------------------------------------


def test_korean_names_are_composed(tmp_path: Path) -> None:
    written(tmp_path / unicodedata.normalize("NFD", "김하나") / "gates.py")
    written(tmp_path / unicodedata.normalize("NFD", "가영.py"))
    assert [s.student for s in collect([tmp_path], Wanted("gates"))] == ["가영", "김하나"]


def test_two_spellings_of_one_name_are_withheld_and_both_named(tmp_path: Path) -> None:
    composed = written(tmp_path / "a" / "김하나.py")
    decomposed = written(tmp_path / "b" / unicodedata.normalize("NFD", "김하나.py"))
    (both,) = collect([composed, decomposed], Wanted("gates"))
    assert (key(both), both.student, both.digest) == ("ingest.two-submissions", "김하나", "")
    assert param(both, "paths") == f"{composed}, {decomposed}"


@pytest.mark.parametrize("second", ["alice/gates.py", "Alice.py", "alice.tar"])
def test_two_submissions_of_one_student_are_withheld(tmp_path: Path, second: str) -> None:
    written(tmp_path / "alice.py")
    written(tmp_path / second)
    if len(os.listdir(tmp_path)) == 1:
        pytest.skip("this file system knows no case")
    assert [key(s) for s in collect([tmp_path], Wanted("gates"))] == ["ingest.two-submissions"]


def test_one_path_typed_twice_is_one_submission(tmp_path: Path) -> None:
    path = written(tmp_path / "alice.py")
    written(tmp_path / "bob" / "gates.py")
    found = collect([tmp_path, path, tmp_path / "bob", tmp_path / "bob" / ".." / "bob"], Wanted("gates"))
    assert [(s.student, s.problem) for s in found] == [("alice", None), ("bob", None)]


@posix
def test_names_are_escaped_where_the_eye_is_fooled(tmp_path: Path) -> None:
    names = ["a\u202eecila", "b\x1b[31m", "c\nd", "e\u3164", "f\\u202e", os.fsdecode(b"g\xb0\xa1")]
    for name in names:
        written(tmp_path / f"{name}.py")
    found = collect([tmp_path], Wanted("gates"))
    assert [s.student for s in found] == [
        "a\\u202eecila",
        "b\\x1b[31m",
        "c\\x0ad",
        "e\\u3164",
        "f\\\\u202e",
        "g\\xb0\\xa1",
    ]
    assert all(c.isprintable() for s in found for c in s.path)


FILE_NAMES = {"김하나": "김하나", "Kim_Minsu (2)": "Kim_Minsu (2)", "20231234": "20231234", "kim.minsu": "kim.minsu"}


@pytest.mark.parametrize("name", FILE_NAMES)
def test_ordinary_names_are_their_own_file_names(name: str) -> None:
    assert file_name(name) == FILE_NAMES[name]


ODD_NAMES = [
    "",
    ".",
    "..",
    ".git",
    "a/b",
    "a\\b",
    "CON",
    "nul.txt",
    "com1",
    "COM¹",
    "aux .x",
    "a.",
    "a ",
    "-rf",
    "가" * 99,
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_end_in_a_digest(name: str) -> None:
    check_safe(file_name(name))
    assert file_name(name) != name
    assert file_name(name)[-13] == "-"


def check_safe(name: str) -> None:
    assert 0 < len(name.encode()) <= 100
    assert not set(name) & set('/\\:*?"<>|\0%#')
    assert all(c.isprintable() for c in name)
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    stem = unicodedata.normalize("NFKC", name).casefold().split(".")[0].strip()
    assert stem not in {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(10))}


names = st.text(max_size=40) | st.text("aAbB-._ /0123\u202e가", max_size=40) | st.sampled_from(ODD_NAMES).map(file_name)


@given(names, names)
@example("a/b", file_name("a/b"))
@example("a/b", file_name("a/b").upper())
@example("가" * 50, "가" * 51)
@example("a_b", "a/b")
def test_file_names_are_safe_and_as_distinct_as_the_students(first: str, second: str) -> None:
    check_safe(file_name(first))
    if same_student(first) != same_student(second):
        assert same_student(file_name(first)) != same_student(file_name(second))


@given(names, names)
def test_two_names_become_one_student_only_by_composition(first: str, second: str) -> None:
    if unicodedata.normalize("NFC", first) != unicodedata.normalize("NFC", second):
        assert student_name(first) != student_name(second)


# --- text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", [b"\xef\xbb\xbfx = 1\n# \xea\xb0\x80\n", b"x = 1\r\n# \xea\xb0\x80\r\n", b"x = 1\r# \xea\xb0\x80\r"]
)
def test_marks_and_line_ends_are_normalised_but_not_in_the_digest(tmp_path: Path, raw: bytes) -> None:
    alice = one(written(tmp_path / "alice.py", raw))
    assert (alice.source, alice.digest) == ("x = 1\n# 가\n", hashlib.sha256(raw).hexdigest())


def test_form_feeds_are_source(tmp_path: Path) -> None:
    assert one(written(tmp_path / "alice.py", b"x = 1\n\f\ny = '\x1b'\n")).source == "x = 1\n\f\ny = '\x1b'\n"


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_nothing_written_is_empty(tmp_path: Path, raw: bytes) -> None:
    assert key(one(written(tmp_path / "alice.py", raw))) == "ingest.empty"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    alice = one(written(tmp_path / "alice.py", "# 결정하는 뉴런\ndef AND(x1, x2): return x1 * x2\n".encode(encoding)))
    assert (key(alice), param(alice, "encoding")) == ("ingest.utf16", encoding[:6].upper())


def test_a_program_is_binary(tmp_path: Path) -> None:
    shutil.copyfile(os.path.realpath(sys.executable), tmp_path / "alice.py")
    assert key(one(tmp_path / "alice.py", limit=1 << 28)) == "ingest.binary"
    alice = one(written(tmp_path / "alice.py", b"x = 1\0\n"))
    assert (key(alice), param(alice, "offset")) == ("ingest.binary", 5)


def test_the_first_byte_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    alice = one(written(tmp_path / "alice.py", b"\xef\xbb\xbfx = 1\r\ny = 2\rz = '\xe9'\n"))
    assert (key(alice), param(alice, "line"), param(alice, "byte")) == ("ingest.encoding", 3, "0xe9")
    assert "CP949" not in str(param(alice, "hint"))


def test_cp949_is_recognised(tmp_path: Path) -> None:
    alice = one(written(tmp_path / "alice.py", "x = 1\n# 똠방각하\n".encode("cp949")))
    assert (key(alice), param(alice, "line")) == ("ingest.encoding", 2)
    assert "CP949" in str(param(alice, "hint"))


def test_the_limit_is_inclusive(tmp_path: Path) -> None:
    assert one(written(tmp_path / "alice.py", b"x" * MAX_SOURCE)).problem is None
    alice = one(written(tmp_path / "alice.py", b"x" * (MAX_SOURCE + 1)))
    assert (key(alice), param(alice, "size"), param(alice, "limit")) == ("ingest.too-large", MAX_SOURCE + 1, MAX_SOURCE)
    assert alice.digest == ""


# --- what is not a file ---------------------------------------------------------------------------------------------


def special(path: Path, kind: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "symbolic link":
        path.symlink_to(written(path.parents[2] / "secret.py"))
    elif kind == "folder":
        path.mkdir()
    elif kind == "named pipe (FIFO)":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(os.path.relpath(path))  # a socket's absolute path may be too long
    elif os.geteuid() == 0:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    else:
        pytest.skip("only root can make a device")
    return path


SPECIAL = ["symbolic link", "folder", "named pipe (FIFO)", "socket", "device"]


@posix
@pytest.mark.parametrize("kind", SPECIAL)
def test_a_module_that_is_no_file_is_refused_unopened(tmp_path: Path, kind: str) -> None:
    path = special(tmp_path / "class" / "alice" / "gates.py", kind)
    written(tmp_path / "class" / "bob.py")
    for typed in (tmp_path / "class", path.parent):
        alice = collect([typed], Wanted("gates"))[0]
        assert (alice.student, key(alice), alice.digest) == ("alice", "ingest.not-a-file", "")
        assert param(alice, "kind").en == kind  # type: ignore[attr-defined]


@posix
@pytest.mark.parametrize("kind", ["named pipe (FIFO)", "socket", "device"])
def test_a_typed_path_that_is_no_file_is_refused_unopened(tmp_path: Path, kind: str) -> None:
    assert key(one(special(tmp_path / "class" / "alice.py", kind))) == "ingest.not-a-file"


@posix
def test_links_are_followed_only_where_they_were_typed(tmp_path: Path) -> None:
    written(tmp_path / "real" / "gates.py")
    written(tmp_path / "notes")
    (tmp_path / "class").mkdir()
    for name, target in {"alice": "real", "bob.py": "real/gates.py", "carol": "gone", "notes.txt": "notes"}.items():
        (tmp_path / "class" / name).symlink_to(tmp_path / target)
    written(tmp_path / "class" / "dora.py")
    found = collect([tmp_path / "class"], Wanted("gates"))
    assert [(s.student, s.problem and s.problem.key) for s in found] == [
        *((name, "ingest.not-a-file") for name in ("alice", "bob", "carol")),
        ("dora", None),
    ]
    assert one(tmp_path / "class" / "alice").source == CODE.decode()
    assert one(tmp_path / "class" / "bob.py").source == CODE.decode()


@posix
def test_a_sparse_file_is_refused_by_its_size(tmp_path: Path) -> None:
    with open(tmp_path / "alice.py", "wb") as file:
        file.truncate(100 << 20)
    os.link(tmp_path / "alice.py", tmp_path / "bob.py")
    tracemalloc.start()
    try:
        assert [key(s) for s in collect([tmp_path], Wanted("gates"))] == ["ingest.too-large"] * 2
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


# --- what cannot be read --------------------------------------------------------------------------------------------


@pytest.fixture
def locked() -> Iterator[Path]:
    """A class that other users may enter (pytest's own folders they may not), in which some things are locked."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    for name in ("alice.py", "bob/gates.py", "carol/gates.py", "dora.py", "emil.zip", "shut/x.py"):
        written(folder / name)
    for name in ("alice.py", "bob/gates.py", "carol", "emil.zip", "shut"):
        (folder / name).chmod(0)
    yield folder
    for path in folder.iterdir():
        path.chmod(0o700)
    shutil.rmtree(folder)


def collect_as_nobody(path: Path) -> str:
    """What `collect` says in a process to which permissions apply."""
    script = """
import os, sys
sys.path[:] = sys.argv[2].split(":")
from pathlib import Path
from autograder.ingest import IngestError, Wanted, collect
if os.geteuid() == 0:  # only now: the interpreter may lie where nobody else can go
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    found = collect([Path(sys.argv[1])], Wanted("gates"))
    print(*(f"{s.student}={s.problem and (s.problem.key, s.problem.fault)}" for s in found))
except IngestError as error:
    print(error)
"""
    command = [sys.executable, "-c", script, str(path), ":".join([str(ROOT), *sys.path])]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@posix
def test_what_cannot_be_read_is_withheld_and_never_graded(locked: Path) -> None:
    ours = "('ingest.unreadable', 'ours')"
    expected = f"alice={ours} bob={ours} carol={ours} dora=None emil={ours} shut={ours}"
    assert collect_as_nobody(locked) == expected


@posix
@pytest.mark.parametrize("name", ["alice.py", "emil.zip", "shut"])
def test_a_typed_path_that_cannot_be_read_is_an_error_of_the_command(locked: Path, name: str) -> None:
    assert (
        collect_as_nobody(locked / name)
        == f"{locked / name}: cannot be read (Permission denied); check its permissions"
    )


@posix
def test_a_failing_disk_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    def failing(descriptor: int, mode: str) -> io.BytesIO:
        os.close(descriptor)
        return Failing()

    written(tmp_path / "alice.py")
    make_zip(tmp_path / "bob.zip", {"gates.py": CODE})
    monkeypatch.setattr(os, "fdopen", failing)
    assert [key(s) for s in collect([tmp_path], Wanted("gates"))] == ["ingest.unreadable"] * 2


# --- archives -------------------------------------------------------------------------------------------------------


def make_zip(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def make_tar(
    path: Path, members: dict[str, bytes | tarfile.TarInfo], mode: str = "w", form: int = tarfile.PAX_FORMAT
) -> Path:
    with tarfile.open(path, mode, format=form) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = data if isinstance(data, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.name = name
            info.size = len(data) if isinstance(data, bytes) else 0
            archive.addfile(info, io.BytesIO(data) if isinstance(data, bytes) else None)
    return path


def make(path: Path, members: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        return make_zip(path, members)
    return make_tar(path, dict(members), "w" if path.suffix == ".tar" else "w:gz")


SUFFIXES = [".zip", ".tar", ".tar.gz"]
suffixes = pytest.mark.parametrize("suffix", SUFFIXES)


@suffixes
@pytest.mark.parametrize("inside", ["gates.py", "김하나/gates.py", "./gates.py", "./hw 1/gates.py", "hw\\gates.py"])
def test_the_module_lies_at_the_root_or_one_folder_deep(tmp_path: Path, suffix: str, inside: str) -> None:
    others = {"__MACOSX/gates.py": b"no", ".git/gates.py": b"no", "a/b/gates.py": b"no", "gates.pyc": b"no"}
    alice = one(make(tmp_path / f"alice{suffix}", {**others, inside: CODE}))
    assert (alice.student, alice.source) == ("alice", CODE.decode())
    assert alice.digest == hashlib.sha256(CODE).hexdigest()


@suffixes
def test_the_root_goes_before_folders(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"alice{suffix}", {"a/gates.py": b"no", "gates.py": CODE, "b/gates.py": b"no"})
    assert one(path).source == CODE.decode()
    assert one(path).path == str(path / "gates.py")


@suffixes
@pytest.mark.parametrize("inside", ["../gates.py", "/gates.py", "a/../gates.py", "..\\gates.py", "C:\\gates.py"])
def test_a_path_that_leads_outside_is_not_the_module(tmp_path: Path, suffix: str, inside: str) -> None:
    alice = one(make(tmp_path / f"alice{suffix}", {inside: CODE}))
    assert (key(alice), param(alice, "why")) == ("ingest.archive", "outside")
    assert one(make(tmp_path / f"bob{suffix}", {inside: b"evil", "gates.py": CODE})).source == CODE.decode()


@suffixes
def test_an_archive_without_the_module_names_what_is_close(tmp_path: Path, suffix: str) -> None:
    alice = one(make(tmp_path / f"alice{suffix}", {"hw/gate.py": CODE, "readme.md": b"", "a/b/gates.py": CODE}))
    assert (key(alice), param(alice, "similar")) == ("ingest.no-module", "hw/gate.py")


@suffixes
def test_two_modules_are_nobodys_choice(tmp_path: Path, suffix: str) -> None:
    alice = one(make(tmp_path / f"alice{suffix}", {"a/gates.py": CODE, "b/gates.py": CODE}))
    assert (key(alice), param(alice, "why")) == ("ingest.archive", "twice")


@suffixes
@pytest.mark.parametrize("count", [MAX_MEMBERS, MAX_MEMBERS + 1])
def test_members_are_counted(tmp_path: Path, suffix: str, count: int) -> None:
    alice = one(make(tmp_path / f"alice{suffix}", {"gates.py": CODE, **{f"{i:099}": b"" for i in range(count - 1)}}))
    if count <= MAX_MEMBERS:
        assert alice.source == CODE.decode()
    else:
        assert (key(alice), param(alice, "why")) == ("ingest.archive", "members")


@suffixes
@pytest.mark.parametrize("cut", [0, 1, 30, 600, -20])
def test_a_damaged_archive_is_a_finding(tmp_path: Path, suffix: str, cut: int) -> None:
    path = make(tmp_path / f"alice{suffix}", {"gates.py": os.urandom(4000).hex().encode()})
    whole = path.read_bytes()
    if path.suffix == ".tar" and cut < 0:
        cut = 4000
    alice = one(written(path, whole[:cut]))
    assert key(alice) == ("ingest.empty" if cut == 0 else "ingest.archive")
    alice = one(written(path, bytes(len(whole))))
    assert key(alice) in ("ingest.no-module", "ingest.archive")


@suffixes
def test_an_archive_is_known_by_its_content(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"alice{suffix}", {"gates.py": CODE})
    assert one(path.rename(tmp_path / "bob.zip")).source == CODE.decode()


def test_a_huge_central_directory_is_not_even_read(tmp_path: Path) -> None:
    record = make_zip(tmp_path / "alice.zip", {"gates.py": b""}).read_bytes()[-22 - 54 : -22]
    count = (20 << 20) // len(record)
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff" * 2 + (count * len(record)).to_bytes(4, "little") + bytes(6)
    alice = one(written(tmp_path / "alice.zip", b"PK\x03\x04" + record * count + end))
    assert (key(alice), param(alice, "why")) == ("ingest.archive", "members")


@pytest.mark.parametrize("suffix", [".TGZ", ".tgz", ".TAR.GZ", ".Zip"])
def test_suffixes_are_known_in_any_case(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"alice{suffix.lower()}", {"gates.py": CODE})
    assert one(path.rename(tmp_path / f"alice{suffix}")).student == "alice"


@suffixes
def test_flipped_bits_never_break_the_reader(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"alice{suffix}", {"hw/gates.py": CODE, "x": b"y" * 600})
    whole = path.read_bytes()
    for i in range(min(len(whole), 1700)):
        damaged = one(written(path, whole[:i] + bytes([whole[i] ^ (0x01, 0x80, 0xFF)[i % 3]]) + whole[i + 1 :]))
        assert damaged.source is not None or key(damaged).startswith("ingest.")


def test_an_oversized_archive_is_not_opened(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "alice.zip", {"gates.py": CODE})
    os.truncate(path, MAX_ARCHIVE + 1)
    assert key(one(path)) == "ingest.too-large"


# --- bombs ----------------------------------------------------------------------------------------------------------


def zeros(total: int) -> Iterator[bytes]:
    return (bytes(1 << 20) for _ in range(total >> 20))


def test_a_zip_bomb_is_refused_in_a_small_memory(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(tmp_path / "alice.zip", "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("gates.py", "w", force_zip64=True) as member:
        for piece in zeros(1 << 30):
            member.write(piece)
    tracemalloc.start()
    try:
        alice = one(tmp_path / "alice.zip")
        assert (key(alice), param(alice, "why")) == ("ingest.archive", "bomb")
        whole = (tmp_path / "alice.zip").read_bytes()
        directory = whole.rindex(b"PK\x01\x02")  # the same bomb, declared as 30 bytes
        size = whole[directory:].index((1 << 30).to_bytes(4, "little"))
        lying = whole[: directory + size] + (30).to_bytes(4, "little") + whole[directory + size + 4 :]
        bob = one(written(tmp_path / "bob.zip", lying))
        assert (key(bob), param(bob, "why")) == ("ingest.archive", "corrupt")
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["gates.py", "data.bin"])
def test_a_tar_bomb_is_refused_in_a_small_memory(tmp_path: Path, name: str) -> None:
    info = tarfile.TarInfo(name)
    info.size = 1 << 30
    with gzip.open(tmp_path / "alice.tgz", "wb", compresslevel=1) as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        file.writelines(zeros(1 << 30))
    tracemalloc.start()
    try:
        alice = one(tmp_path / "alice.tgz")
        assert (key(alice), param(alice, "why")) == ("ingest.archive", "bomb")
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


@suffixes
def test_a_module_just_over_the_limit_is_too_large(tmp_path: Path, suffix: str) -> None:
    assert one(make(tmp_path / f"alice{suffix}", {"gates.py": b"x" * MAX_SOURCE})).problem is None
    bob = one(make(tmp_path / f"bob{suffix}", {"gates.py": b"x" * (MAX_SOURCE + 1)}))
    assert (key(bob), param(bob, "size")) == ("ingest.too-large", MAX_SOURCE + 1)


# --- zip ------------------------------------------------------------------------------------------------------------


def patched(path: Path, offset: int, data: bytes) -> Path:
    """Overwrite bytes of the last central directory record."""
    whole = path.read_bytes()
    start = whole.rindex(b"PK\x01\x02") + offset
    return written(path, whole[:start] + data + whole[start + len(data) :])


@pytest.mark.parametrize("size", [3, 4000])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_lies_about_a_size_is_corrupt(tmp_path: Path, size: int, method: int) -> None:
    path = make_zip(tmp_path / "alice.zip", {"gates.py": CODE}, method)
    alice = one(patched(path, 24, size.to_bytes(4, "little")))
    assert (key(alice), param(alice, "why")) == ("ingest.archive", "corrupt")


def test_an_encrypted_zip_is_named(tmp_path: Path) -> None:
    alice = one(patched(make_zip(tmp_path / "alice.zip", {"gates.py": CODE}), 8, b"\x01\x00"))
    assert (key(alice), param(alice, "why")) == ("ingest.archive", "encrypted")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_methods_that_take_memory_on_command_are_refused(tmp_path: Path, method: int) -> None:
    alice = one(make_zip(tmp_path / "alice.zip", {"gates.py": CODE}, method))
    assert (key(alice), param(alice, "why")) == ("ingest.archive", "method")


@pytest.mark.parametrize(("mode", "kind"), [(stat.S_IFLNK, "symbolic link"), (stat.S_IFCHR, "device")])
def test_a_zip_with_a_link_is_refused(tmp_path: Path, mode: int, kind: str) -> None:
    info = zipfile.ZipInfo("gates.py")
    info.external_attr = (mode | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "alice.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    alice = one(tmp_path / "alice.zip")
    assert key(alice) == "ingest.not-a-file"
    assert param(alice, "kind").en == kind  # type: ignore[attr-defined]


def test_a_name_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "alice.zip", "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("gates.py", CODE)
        archive.writestr("gates.py", b"other")
    assert param(one(tmp_path / "alice.zip"), "why") == "twice"


def test_a_name_with_a_null_is_not_the_module(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "alice.zip", {"gates.py_evil": CODE})
    written(path, path.read_bytes().replace(b"gates.py_evil", b"gates.py\0evil"))
    assert key(one(path)) == "ingest.no-module"


# --- tar ------------------------------------------------------------------------------------------------------------

LINKS = {
    tarfile.SYMTYPE: "symbolic link",
    tarfile.LNKTYPE: "link",
    tarfile.CHRTYPE: "device",
    tarfile.FIFOTYPE: "named pipe (FIFO)",
    tarfile.DIRTYPE: "folder",
    tarfile.GNUTYPE_SPARSE: "special file",
}


@pytest.mark.parametrize("kind", LINKS)
def test_a_tar_with_a_link_or_device_is_refused(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo()
    info.type, info.linkname = kind, "/etc/passwd"
    alice = one(make_tar(tmp_path / "alice.tar", {"gates.py": info, "x": b"y"}))
    assert key(alice) == "ingest.not-a-file"
    assert param(alice, "kind").en == LINKS[kind]  # type: ignore[attr-defined]


FORMS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]
FOLDERS = ["a", "b" * 120, "김하나" * 10, "한글" * 30]  # the last has no room in the oldest format


@pytest.mark.parametrize(
    ("form", "folder"), [pair for pair in product(FORMS, FOLDERS) if pair != (FORMS[0], FOLDERS[3])]
)
def test_every_format_of_tar_is_read(tmp_path: Path, form: int, folder: str) -> None:
    members: dict[str, bytes | tarfile.TarInfo] = {"first": b"z" * 513, f"{folder}/gates.py": CODE, "last": b""}
    path = make_tar(tmp_path / "alice.tar", members, form=form)
    assert one(path).source == CODE.decode()
    assert one(path).path == str(path / folder / "gates.py")


@pytest.mark.skipif(not shutil.which("tar"), reason="there is no tar here")
def test_what_the_system_tar_writes_is_read(tmp_path: Path) -> None:
    written(tmp_path / "김하나" / "gates.py")
    written(tmp_path / "김하나" / "image.png", os.urandom(100_000))
    for options, source in (("cf", "김하나"), ("czf", ".")):
        subprocess.run(
            ["tar", options, f"/{tmp_path}/out.tar", "-C", str(tmp_path), "--exclude=out.tar", source], check=True
        )
        assert one(tmp_path / "out.tar").source == CODE.decode()


def header(name: bytes, kind: bytes, size: bytes, checksum: bytes = b"") -> bytes:
    block = bytearray(tarfile.TarInfo("x").tobuf(tarfile.USTAR_FORMAT))
    block[0:100], block[156:157], block[124:136] = name.ljust(100, b"\0"), kind, size.ljust(12, b"\0")
    block[148:156] = b" " * 8
    block[148:156] = checksum or b"%06o\0 " % sum(block)
    return bytes(block)


def pax(data: bytes) -> bytes:
    return header(b"pax", b"x", b"%o" % len(data)) + data + bytes(-len(data) % 512)


MODULE = header(b"gates.py", b"0", b"%o" % len(CODE)) + CODE.ljust(512, b"\0")
HOSTILE_TARS = {
    "negative size": header(b"gates.py", b"0", b"\xff" * 12),
    "endless size": header(b"a", b"0", b"\x80" + b"\xff" * 11) + MODULE,
    "size is no number": header(b"gates.py", b"0", b"9z"),
    "wrong checksum": header(b"gates.py", b"0", b"1", b"000001\0 "),
    "huge extended header": header(b"a", b"x", b"77777777777") + MODULE,
    "huge long name": header(b"a", b"L", b"77777777777") + MODULE,
    "negative pax size": pax(b"12 size=-99\n") + header(b"gates.py", b"5", b"0") + MODULE,
    "pax size of thousands of digits": pax(b"10009 size=%s\n" % (b"9" * 9997)) + MODULE,
    "pax record of length 0": pax(b"0 path=gates.py\n") + MODULE,
    "pax record beyond the end": pax(b"99 path=gates.py\n") + MODULE,
    "pax of digits": pax(b"1" * 1_000_000) + MODULE,
    "pax of overlapping records": pax(b"2 " * 500_000 + b"=\n") + MODULE,
    "much in extended headers": pax(b"6 a=b\n" * 600_000) * 6 + MODULE,
    "nothing but extended headers": b"".join([pax(b"6 a=b\n")] * 50_000),
    "nothing but global headers": header(b"g", b"g", b"0") * 100_000,
    "long name after long name": header(b"L", b"L", b"0") * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE_TARS)
@pytest.mark.parametrize("zipped", [False, True])
def test_a_hostile_tar_is_refused_at_once(tmp_path: Path, name: str, zipped: bool) -> None:
    data = HOSTILE_TARS[name] + bytes(1024)
    alice = one(written(tmp_path / "alice.tar", gzip.compress(data, 1) if zipped else data))
    assert key(alice) in ("ingest.archive", "ingest.not-a-file", "ingest.too-large", "ingest.no-module")


def test_a_gzip_header_without_end_is_refused_at_once(tmp_path: Path) -> None:
    path = written(tmp_path / "alice.tgz", b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * (32 << 20))
    assert param(one(path), "why") == "corrupt"


def test_a_tar_may_end_without_the_closing_blocks(tmp_path: Path) -> None:
    assert one(written(tmp_path / "alice.tar", MODULE)).source == CODE.decode()


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "class").mkdir()
    for i, suffix in enumerate(SUFFIXES):
        make(tmp_path / "class" / f"s{i}{suffix}", {"../evil": b"x", "/tmp/evil-nand2mnist": b"x", "gates.py": CODE})
    monkeypatch.chdir(tmp_path / "class")
    before = sorted(tmp_path.rglob("*"))
    assert len(collect([Path(".")], Wanted("gates"))) == len(SUFFIXES)
    assert sorted(tmp_path.rglob("*")) == before
    assert not os.path.exists("/tmp/evil-nand2mnist")
