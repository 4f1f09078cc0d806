"""datasets/fetch_mnist.py from its command line: small files out of folders, file:// URLs and local servers."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pty
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "datasets" / "fetch_mnist.py"
BYTES = random.Random(0)
FILES = {f"{name}.gz": BYTES.randbytes(size) for name, size in (("images", 300_000), ("labels", 5_000))}
MARK = "sha256 as it should be"


class Mirror(ThreadingHTTPServer):
    """A server whose manners can be changed: `files` served, resuming, and where connections break off or stall."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files = dict(FILES)
        self.resumes = True
        self.lies_about_range = False
        self.breaks_after: int | None = None  # bytes of an answer, then the connection ends
        self.stalls = False  # … or stays silent instead
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Answer(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        name, wanted = self.path.strip("/"), self.headers["Range"]
        self.server.asked.append((name, wanted))
        if name not in self.server.files:
            self.send_error(404)
            return
        data, begin = self.server.files[name], 0
        if wanted and self.server.resumes:
            begin = int(wanted.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            told = 0 if self.server.lies_about_range else begin
            self.send_header("Content-Range", f"bytes {told}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        if self.server.breaks_after is None:
            self.wfile.write(data[begin:])
            return
        self.wfile.write(data[begin : begin + self.server.breaks_after])
        self.wfile.flush()
        if self.server.stalls:
            time.sleep(5)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


NewMirror = Callable[[], Mirror]


@pytest.fixture
def new_mirror() -> Iterator[NewMirror]:
    servers: list[Mirror] = []

    def start() -> Mirror:
        servers.append(Mirror())
        threading.Thread(target=servers[-1].serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def mirror(new_mirror: NewMirror) -> Mirror:
    return new_mirror()


class Place:
    """A folder to fetch to, and the command that does it with the small files' checksums."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "fetched"
        self.checksums = root / "checksums"
        self.checksums.write_text("".join(f"{n} {len(d)} {hashlib.sha256(d).hexdigest()}\n" for n, d in FILES.items()))
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(root / "home"), "no_proxy": "*"}

    def command(self, *arguments: object) -> list[str]:
        # -I: what this script needs is Python alone.
        return [sys.executable, "-I", str(SCRIPT), "--checksums", str(self.checksums), *map(str, arguments)]

    def fetch(self, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        to = () if variables.pop("to", None) == "default" else ("--to", self.folder)
        return subprocess.run(
            self.command(*to, *arguments),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=self.environment | variables,
        )

    def complete(self, folder: Path | None = None) -> bool:
        folder = folder or self.folder
        return {path.name: path.read_bytes() for path in folder.iterdir()} == FILES


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "sour ce"  # a URL must quote it
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


def test_a_folder_and_a_file_url_serve_as_mirrors(place: Place, source: Path, tmp_path: Path) -> None:
    for number, where in enumerate((source, source.as_uri(), source.as_uri() + "/")):
        place.folder = tmp_path / f"to{number}"
        done = place.fetch("--from", where)
        assert (done.returncode, done.stderr, done.stdout.count(MARK)) == (0, "", 2)
        assert place.complete()


def test_a_second_run_asks_nobody(place: Place, mirror: Mirror) -> None:
    assert place.fetch("--from", mirror.url).returncode == 0
    mirror.asked.clear()
    again = place.fetch("--from", mirror.url)
    assert again.returncode == 0
    assert again.stdout.count("already there") == 2
    assert mirror.asked == []


def test_the_default_folder_is_the_variable_or_else_the_cache(place: Place, source: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert place.fetch("--from", source, to="default", NAND2MNIST_DATA=str(own)).returncode == 0
    assert place.complete(own)
    told = place.fetch("--from", source, to="default").stdout
    assert place.complete(tmp_path / "home" / ".cache" / "nand2mnist")
    assert "NAND2MNIST_DATA" not in told
    assert f"set NAND2MNIST_DATA={place.folder}" in place.fetch("--from", source).stdout


def test_a_connection_that_breaks_off_is_resumed_where_it_stopped(place: Place, mirror: Mirror) -> None:
    mirror.breaks_after = 100_000
    done = place.fetch("--from", mirror.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert place.complete()
    assert [wanted for name, wanted in mirror.asked if name == "images.gz"] == [None, "bytes=100000-", "bytes=200000-"]


def test_what_came_is_kept_for_the_next_run(place: Place, mirror: Mirror) -> None:
    mirror.breaks_after = 10_000  # too little at a time for the attempts of one run
    first = place.fetch("--from", mirror.url)
    assert first.returncode == 1
    assert "images.gz: no mirror has it; 50000 bytes are kept, run this again to go on" in first.stderr
    assert (place.folder / "images.gz.part").read_bytes() == FILES["images.gz"][:50_000]
    mirror.breaks_after = None
    mirror.asked.clear()
    assert place.fetch("--from", mirror.url).returncode == 0
    assert place.complete()
    assert ("images.gz", "bytes=50000-") in mirror.asked


def test_a_server_that_cannot_resume_sends_all_of_it_again(place: Place, mirror: Mirror) -> None:
    mirror.resumes = False
    place.folder.mkdir()
    (place.folder / "images.gz.part").write_bytes(FILES["images.gz"][:70_000])
    assert place.fetch("--from", mirror.url).returncode == 0
    assert place.complete()


def test_a_server_that_always_breaks_off_and_cannot_resume_is_given_up(place: Place, mirror: Mirror) -> None:
    mirror.resumes, mirror.breaks_after = False, 1_000
    done = place.fetch("--from", mirror.url)
    assert done.returncode == 1
    assert "broke off: ended after 1000 / 300000 bytes" in done.stderr
    assert len(mirror.asked) == 4  # twice for each file


def test_another_part_than_was_asked_for_is_not_appended(place: Place, mirror: Mirror) -> None:
    mirror.breaks_after, mirror.lies_about_range = 200_000, True
    done = place.fetch("--from", mirror.url)
    assert "sent another part of the file" in done.stderr
    assert (place.folder / "images.gz.part").read_bytes() == FILES["images.gz"][:200_000]


def test_a_broken_part_file_is_replaced(place: Place, mirror: Mirror) -> None:
    place.folder.mkdir()
    (place.folder / "images.gz.part").write_bytes(b"x" * 70_000)
    (place.folder / "labels.gz.part").write_bytes(b"x" * 70_000)  # longer than the file is
    done = place.fetch("--from", mirror.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert place.complete()


def test_wrong_bytes_are_refused_and_the_next_mirror_is_asked(place: Place, new_mirror: NewMirror) -> None:
    wrong, right = new_mirror(), new_mirror()
    wrong.files["images.gz"] = bytes(len(FILES["images.gz"]))
    done = place.fetch("--from", wrong.url, "--from", right.url)
    assert done.returncode == 0
    assert done.stderr == f"{wrong.url}images.gz: is not the real file, its sha256 differs\n"
    assert place.complete()
    assert [name for name, _ in wrong.asked] == ["images.gz"], "the mirror that was right is asked first from then on"


def test_wrong_bytes_everywhere_leave_nothing_behind(place: Place, mirror: Mirror) -> None:
    mirror.files["images.gz"] = bytes(len(FILES["images.gz"]))
    done = place.fetch("--from", mirror.url)
    assert done.returncode == 1
    assert "images.gz: no mirror has it" in done.stderr
    assert [path.name for path in place.folder.iterdir()] == ["labels.gz"]


def test_a_page_instead_of_the_file_is_refused_by_its_size(place: Place, mirror: Mirror) -> None:
    mirror.files["images.gz"] = b"<html>moved</html>"
    done = place.fetch("--from", mirror.url)
    assert done.returncode == 1
    assert "images.gz: has 18 bytes, not 300000" in done.stderr


def test_a_file_that_is_there_and_differs_is_left_alone(place: Place, mirror: Mirror) -> None:
    place.folder.mkdir()
    (place.folder / "images.gz").write_bytes(b"mine")
    done = place.fetch("--from", mirror.url)
    assert done.returncode == 1
    assert "is there, but is not the real file; move it away or choose another folder" in done.stderr
    assert (place.folder / "images.gz").read_bytes() == b"mine"
    assert (place.folder / "labels.gz").read_bytes() == FILES["labels.gz"]


def test_dead_mirrors_and_missing_files_lead_to_the_next_mirror(
    place: Place, mirror: Mirror, new_mirror: NewMirror
) -> None:
    dead = new_mirror()
    dead.shutdown()
    dead.server_close()
    empty = new_mirror()
    empty.files.clear()
    done = place.fetch("--from", dead.url, "--from", empty.url, "--from", mirror.url)
    assert done.returncode == 0
    assert place.complete()
    assert f"{empty.url}images.gz: answered 404 Not Found" in done.stderr
    assert done.stderr.count(dead.url) == 1, "nobody answered there, so it is not asked again"


def test_a_silent_server_is_given_up_after_the_timeout(place: Place, mirror: Mirror) -> None:
    mirror.breaks_after, mirror.stalls, mirror.resumes = 1_000, True, False
    start = time.monotonic()
    done = place.fetch("--from", mirror.url, "--timeout", 0.3)
    assert done.returncode == 1
    assert "broke off: timed out" in done.stderr
    assert time.monotonic() - start < 10


def test_ctrl_c_keeps_what_came(place: Place, mirror: Mirror) -> None:
    mirror.breaks_after, mirror.stalls = 100_000, True
    # A runner in the background may have made its children deaf to Ctrl-C.
    listen = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    running = subprocess.Popen(
        [sys.executable, "-c", listen, *place.command("--to", place.folder, "--from", mirror.url)],
        stderr=subprocess.PIPE,
        text=True,
        env=place.environment,
    )
    part = place.folder / "images.gz.part"
    until = time.monotonic() + 20
    while not (part.exists() and part.stat().st_size == 100_000) and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=20)[1]
    assert (running.returncode, told) == (130, "interrupted; what came so far is kept, run this again to go on\n")
    assert part.read_bytes() == FILES["images.gz"][:100_000]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--from", "nowhere"], "nowhere: no such folder; --from takes a folder, or a URL"),
        (["--from", "ftp://example.org/"], "ftp://example.org/: no such folder"),
        (["--checksums", "nowhere"], "nowhere: [Errno 2] No such file or directory: 'nowhere'; each line must be"),
        (["--what"], "unrecognized arguments: --what"),
        (["--to", str(SCRIPT)], "File exists; choose another folder with --to"),
    ],
)
def test_a_wrong_command_line_is_2(place: Place, arguments: list[str], says: str) -> None:
    done = place.fetch(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("line", ["../evil.gz 1 aa", "a b", "a.gz x aa", ""])
def test_checksums_that_make_no_sense_are_refused(place: Place, line: str) -> None:
    place.checksums.write_text(line)
    done = place.fetch()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "each line must be: name size sha256" in done.stderr


def test_a_full_disk_is_told_in_one_line(place: Place, mirror: Mirror) -> None:
    limit = ["bash", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "-"]  # files of at most 100 KiB
    done = subprocess.run(
        [*limit, *place.command("--to", place.folder, "--from", mirror.url)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=place.environment,
    )
    assert done.returncode == 1
    assert (
        done.stderr == f"{place.folder}/images.gz.part: File too large; make room or choose another folder with --to\n"
    )


def test_the_terminal_sees_progress(place: Place, mirror: Mirror) -> None:
    mirror.breaks_after = 100_000
    ours, theirs = pty.openpty()
    command = place.command("--to", place.folder, "--from", mirror.url)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=place.environment)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal that nobody writes to any more with an error
        while data := os.read(ours, 4096):
            shown += data
    os.close(ours)
    assert running.wait(timeout=20) == 0
    assert b"% / 0.3 MB" in shown
    assert b" s left" in shown


def test_the_real_names_sizes_and_mirrors_are_the_default() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    table = source[source.index("FILES = {") : source.index("CHUNK")]
    for name, size, digest in (
        ("train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        ("train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        ("t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        ("t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ):
        assert name in table
        assert str(size) in table
        assert digest in table
    assert table.count("https://") == 3


def test_it_speaks_the_readers_language(place: Place) -> None:
    place.environment["LC_ALL"] = "ko_KR.UTF-8"
    ended = place.fetch("--from", place.folder / "nowhere")
    assert ended.returncode == 2
    assert "그런 폴더가 없습니다" in ended.stderr
