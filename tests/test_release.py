"""`autograder release`: what students get and what they never get, a first time and again, here and on a remote."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

from autograder import cli
from autograder.ci.pull import Head, Owner, Pull
from autograder.course import Course
from autograder.release import listing, record
from autograder.text import LANGS, Lang
from autograder.verify import leaks
from tests.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]
GATES = "assignments/01_gates/gates.py"
SECRET = "5f1d0c" * 8
DONE = "def NAND(x1, x2):\n    return 1 - x1 * x2\n"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")


class Said(NamedTuple):
    code: int
    out: str
    err: str


Release = Callable[..., Said]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def git(folder: Path, *command: str) -> str:
    """What git prints, with a name for commits and nothing of the machine's."""
    who = ("-c", "user.name=Student", "-c", "user.email=student@example.org")
    made = subprocess.run(["git", "-C", folder, *who, *command], check=True, capture_output=True, text=True)
    return made.stdout.strip()


def commit(folder: Path, path: str, text: str) -> None:
    write(folder / path, text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", f"{path}: mine")


def tracked(folder: Path) -> set[str]:
    return set(filter(None, git(folder, "ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")))


def tree(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD^{tree}")


def commits(folder: Path, branch: str = "main") -> int:
    return int(git(folder, "rev-list", "--count", branch))


@pytest.fixture(autouse=True)
def nothing_of_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("NAND2MNIST_SECRET", raising=False)


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course: two real assignments, the real files for students, and next to nothing else."""
    root = tmp_path_factory.mktemp("authors") / "course"
    for id in ("01_gates", "03_sequences"):
        shutil.copytree(ROOT / "assignments" / id, root / "assignments" / id)
        shutil.copytree(ROOT / "autograder" / "graders" / id, root / "autograder" / "graders" / id)
        proof = shutil.ignore_patterns("accepted", "mistakes", "hostile")
        shutil.copytree(ROOT / "solutions" / id, root / "solutions" / id, ignore=proof)
    shutil.copytree(ROOT / "student", root / "student")
    for name in listing.COURSE:
        if "*" not in name and not name.startswith("student/"):
            write(root / name, f"{name}\n")
    write(root / "autograder/__init__.py", '"""The engine."""\n')
    write(root / "autograder/render/page.css", "body {}\n")
    write(root / "datasets/digits/some.gz", "digits\n")
    write(root / ".course-secret", SECRET + "\n")
    assert cli.main(["--course", str(root), "build"]) == 0
    return root


@pytest.fixture
def course(laid: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(laid, tmp_path / "authors" / "course", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def release(course: Path, capsys: pytest.CaptureFixture[str]) -> Release:
    def run(*arguments: object) -> Said:
        code = cli.main(["--course", str(course), "release", *map(str, arguments)])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def dest(release: Release, tmp_path: Path) -> Path:
    """A first release."""
    folder = tmp_path / "students"
    assert release(folder).code == 0
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", folder], check=True)
    return folder


# ---- the whole course, as students get it ----


@pytest.fixture(scope="session")
def whole(autograder: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("all") / "학생 저장소"
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = autograder("release", folder, env=clean)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 assignments" in done.stdout
    assert "remote add origin URL && git -C" in done.stdout
    return folder


def test_a_release_and_every_object_in_it_is_without_leaks(whole: Path) -> None:
    assert list(leaks.problems(Course(ROOT), whole)) == []


def test_students_get_these_folders_and_nothing_of_graders(whole: Path) -> None:
    there = tracked(whole)
    tops = {".github", "assignments", "autograder", "datasets", "requirements"}
    assert {PurePosixPath(path).parts[0] for path in there if "/" in path} == tops
    assert {path for path in there if "/" not in path} == {
        ".gitignore", ".release.json", "LICENSE", "Makefile", "README.ko.md", "README.md", "pyproject.toml",
    }  # fmt: skip
    assert not [path for path in there if re.search(r"graders|solutions|tests|secret|pycache|make_digits", path)]
    assignments = map(Course(ROOT).assignment, Course(ROOT).ids)
    modules = {path.relative_to(ROOT).as_posix() for each in assignments for path in (each.stub, each.notebook)}
    assert modules == {path for path in there if listing.is_module(path)}
    assert commits(whole) == 1
    assert git(whole, "branch", "--all", "--format=%(refname)") == "refs/heads/main"
    assert git(whole, "status", "--porcelain", "--ignored") == ""


def test_no_link_in_a_released_text_is_dead(whole: Path) -> None:
    texts = [path for path in whole.rglob("*.md") if ".git" not in path.parts]
    assert len(texts) == 2 * 10 + 2 + 2 + 1
    dead = [(t.name, link) for t in texts for link in LINK.findall(t.read_text()) if not (t.parent / link).exists()]
    assert dead == []


def test_the_students_start_page_has_the_table_of_the_course(whole: Path) -> None:
    for name in ("README.md", "README.ko.md"):
        rows = re.findall(rf"^\| \[`(\w+)`\]\(assignments/\1/{name}\)", (whole / name).read_text(), re.MULTILINE)
        assert rows == Course(ROOT).ids


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_commands_of_the_students_start_page_are_known(name: str, whole: Path) -> None:
    commands = re.findall(r"^autograder (.*)$", (whole / name).read_text(), re.MULTILINE)
    assert commands
    for command in commands:
        assert callable(cli._parser().parse_args(command.split()).run)


def test_a_fresh_clone_checks_an_assignment_without_graders(whole: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(whole), str(clone))
    kept = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "01_gates"], cwd=clone, env=kept, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert "0 of 22 examples pass" in done.stdout


def test_the_template_of_a_pull_request_chooses_no_language() -> None:
    text = (ROOT / "student/.github/PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert "Language: en" in text
    assert "Language: ko" in text

    def chosen(body: str, default: Lang) -> Lang:
        ours = Head("0" * 40, "main")
        return Pull(1, "open", Owner("ann"), ours, ours, title="01_gates", body=body).lang(default)

    for lang in LANGS:
        assert chosen(text, lang) == lang
        assert {chosen(f"{text.rstrip()} {other}\n", lang) for other in LANGS} == {"en", "ko"}


# ---- the allow-list ----


def test_what_else_lies_about_stays_where_it_is(release: Release, course: Path, dest: Path, tmp_path: Path) -> None:
    before = tree(dest)
    for name in (
        ".env", ".envrc", "notes.txt", "assignments/01_gates/my_notes.py", "assignments/01_gates/.env",
        "assignments/01_gates/pictures/notes.txt", "assignments/01_gates/pictures/.hidden.svg", "autograder/.work/x.py",
        "datasets/make_digits.py", "autograder/.x.py", "autograder/x.json", "autograder/__pycache__/x.py",
       "student/.env",
        "autograder/render/graders/x.py", "autograder/__pycache__/x.cpython-311.pyc", "student/.github/secrets.txt",
        "datasets/more/x.gz", "requirements/report.in", "tests/test_x.py", "docs/x.md", "CONTRIBUTING.md",
    ):  # fmt: skip
        write(course / name, f"{name}\n")
    (course / "assignments/01_gates/passwd").symlink_to("/etc/passwd")
    (course / "autograder/all").symlink_to("/etc")
    said = release(dest)
    assert (said.code, tree(dest)) == (0, before), said
    assert f"{dest}  up to date" in said.out
    assert tree(dest) == before


@pytest.mark.parametrize(
    "name", ["assignments/01_gates/pictures/gates.svg", "assignments/01_gates/pictures", "student"]
)
def test_a_link_at_a_place_of_the_list_is_refused(name: str, release: Release, course: Path, tmp_path: Path) -> None:
    (course / name).rename(tmp_path / "elsewhere")
    (course / name).symlink_to(tmp_path / "elsewhere")
    said = release(tmp_path / "students")
    assert (said.code, said.out) == (2, "")
    assert f"autograder: {name}: a link; put the file itself there" in said.err
    assert not (tmp_path / "students").exists()


def test_a_file_that_students_need_and_that_is_not_there_is_refused(
    release: Release, course: Path, tmp_path: Path
) -> None:
    (course / "student/Makefile").unlink()
    assert release(tmp_path / "students") == (
        2, "", "autograder: student/Makefile: not there, and students need it; restore it\n",
    )  # fmt: skip


@pytest.mark.parametrize("inside", [False, True])
def test_what_git_does_not_know_stays_where_it_is_and_is_named(
    inside: bool, release: Release, course: Path, dest: Path, tmp_path: Path
) -> None:
    work = course.parent if inside else course
    git(work, "init", "--quiet")
    write(work / ".git" / "info" / "exclude", "*.toml\n")
    git(work, "add", "--all", "--force")
    drafts = [f"autograder/out/{n}/{name}" for n in range(9) for name in ("kim.html", "kim.toml")]
    for name in drafts:  # pages of feedback and, ignored by git, data
        write(course / name, "feedback\n")
    for folder in ("assignments", "solutions", "autograder/graders"):
        shutil.copytree(course / folder / "01_gates", course / folder / "04_more")
    cli.main(["--course", str(course), "build"])
    index = (work / ".git" / "index").read_bytes()
    said = release(tmp_path / "again")
    assert said.code == 0, said
    assert tracked(tmp_path / "again") == tracked(dest)
    told = "note       not released, because git does not know it: "
    assert re.search(rf"^{told}autograder/out/.* and \d+ more; git add it to release it$", said.out, re.MULTILINE)
    assert ": 2 assignments," in said.out
    assert (work / ".git" / "index").read_bytes() == index
    git(course, "add", "--force", drafts[1])  # ignored, and of the list
    assert release(tmp_path / "again").code == 0
    assert tracked(tmp_path / "again") - tracked(dest) == {drafts[1]}


def test_what_students_need_and_git_does_not_know_is_refused(release: Release, course: Path, tmp_path: Path) -> None:
    git(course, "init", "--quiet")
    git(course, "add", "--all")
    git(course, "rm", "--quiet", "--cached", "student/Makefile")
    told = "autograder: student/Makefile: git does not know it, and students need it; git add it\n"
    assert release(tmp_path / "students") == (2, "", told)
    (course / ".git" / "HEAD").unlink()
    said = release(tmp_path / "students")
    assert (said.code, said.out) == (2, "")
    assert "git cannot tell what belongs to the course (fatal: not a git repository" in said.err
    assert not (tmp_path / "students").exists()


@pytest.mark.parametrize("is_work_tree", [False, True])
@pytest.mark.parametrize("name", ["graders_draft", "Graders", "render/GRADERS.old"])
def test_no_folder_that_is_named_like_graders_is_released(
    name: str, is_work_tree: bool, release: Release, course: Path, dest: Path
) -> None:
    write(course / "autograder" / name / "01_gates" / "test_gates.py", "hidden = 1\n")
    if is_work_tree:
        git(course, "init", "--quiet")
        git(course, "add", "--all")
    before = tree(dest)
    assert release(dest).code == 0
    assert tree(dest) == before


def test_every_file_of_a_release_fits_what_one_may_write(whole: Path) -> None:
    assert [path for path in tracked(whole) if not listing.may_write(path)] == [record.NAME]
    for path in (
        "docs/x.md", "autograder/graders/x.py", "autograder/.x.py", "../LICENSE", "/LICENSE", "student/Makefile",
        "assignments/01_gates/x/y.py", "assignments/notes/x.py", "autograder/x.json", ".git/config", "",
    ):  # fmt: skip
        assert not listing.may_write(path), path


# ---- refused before anything is written ----


def test_a_leak_is_refused_and_nothing_is_written(
    release: Release, course: Path, bare: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (course / "assignments/01_gates/README.md").open("a") as handout:
        handout.write(f"\n{SECRET}\n")
    cli.main(["--course", str(course), "build"])
    capsys.readouterr()
    for name in ("student/Makefile", "LICENSE"):
        write(course / name, SECRET)
    write(course / "student/LICENSE", "not on the list")
    shutil.copy(next((course / "autograder/graders/01_gates").glob("test_*.py")), course / "autograder/hidden.py")
    said = release(tmp_path / "students", "--remote", bare)
    assert said.code == 1
    assert re.search(r"^assignments/01_gates/README.md:\d+: the course secret; take it out", said.out, re.MULTILINE)
    assert re.search(r"^assignments/01_gates/gates.ipynb:\d+: the course secret; take it out", said.out, re.MULTILINE)
    assert "\nautograder/hidden.py:1: a copy of autograder/graders/01_gates/" in said.out
    assert "\nstudent/Makefile:1: the course secret" in said.out  # not the Makefile of the course
    assert said.out.startswith("LICENSE:1: the course secret; take it out\n")
    assert said.out.endswith("nothing was released\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["authors", "remote.git"]
    assert git(bare, "for-each-ref") == ""
    assert git(bare, "count-objects") == "0 objects, 0 kilobytes"


def test_a_leak_is_refused_before_an_earlier_release_is_touched(release: Release, course: Path, dest: Path) -> None:
    write(course / "datasets/README.md", SECRET)
    before = git(dest, "rev-parse", "HEAD")
    assert release(dest).code == 1
    assert git(dest, "rev-parse", "HEAD") == before
    assert git(dest, "fsck", "--unreachable") == ""


def test_a_stub_that_the_author_completed_is_refused(release: Release, course: Path, tmp_path: Path) -> None:
    shutil.copy(course / "solutions/01_gates/gates.py", course / GATES)
    (course / "assignments/03_sequences/sequences.py").unlink()
    assert release(tmp_path / "students") == (
        1,
        f"{GATES}: out of date; run autograder build\n"
        "assignments/03_sequences/sequences.py: not there; run autograder build\n"
        "nothing was released\n",
        "",
    )
    assert not (tmp_path / "students").exists()


def test_a_place_that_is_none_is_refused(release: Release, course: Path, tmp_path: Path) -> None:
    write(tmp_path / "full" / "thesis.txt", "mine")
    write(tmp_path / "file", "mine")
    (tmp_path / "other").mkdir()
    git(tmp_path / "other", "init", "--quiet", "--initial-branch=main")
    commit(tmp_path / "other", "mine.txt", "mine")
    (tmp_path / "into").symlink_to(course)
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    for place, told in {
        course: "in the course itself; choose a folder outside of",
        course / "students": "in the course itself; choose a folder outside of",
        tmp_path / "into" / "students": "in the course itself; choose a folder outside of",
        course.parent: "has the course in it; choose a folder outside of",
        tmp_path / "file": "a file; choose a folder",
        tmp_path / "full": "not empty, and no release; choose a new folder (nothing was changed)",
        tmp_path / "other": "a repository that no release made; choose a new folder (nothing was changed)",
        tmp_path / "bare.git": "a bare repository: give it with --remote, and choose a new folder as DEST (nothing was",
        Path("/proc/students"): "choose a folder that can be written",
    }.items():
        said = release(place)
        assert (said.code, said.out) == (2, ""), place
        assert f"autograder: {place}: " in said.err
        assert told in said.err


def test_in_a_students_copy_it_is_said_where_release_works(
    dest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--course", str(dest), "release", str(tmp_path / "again")]) == 2
    told = "no solutions/ and no autograder/graders/, as in a student's copy; release works in the authors' course"
    assert capsys.readouterr() == ("", f"autograder: {dest}: {told}\n")
    assert not (tmp_path / "again").exists()


def test_without_git_the_way_out_is_named(release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = release(tmp_path / "students")
    assert said.code == 2
    assert "autograder: git: not there; install git" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["authors"]


@pytest.mark.parametrize("case", ["changed", "staged", "untracked"])
def test_work_that_is_not_committed_is_refused(case: str, release: Release, dest: Path) -> None:
    name = "mine.txt" if case == "untracked" else GATES
    write(dest / name, DONE)
    if case == "staged":
        git(dest, "add", "--all")
    said = release(dest)
    assert said.code == 2
    assert f"{dest}: has changes that are not committed ({name}); commit or stash them first" in said.err
    assert (dest / name).read_text() == DONE


@pytest.mark.parametrize(("switch", "told"), [(["-c", "mine"], "on branch mine"), (["--detach"], "on no branch")])
def test_another_branch_is_refused(switch: list[str], told: str, release: Release, dest: Path) -> None:
    git(dest, "switch", "--quiet", *switch)
    said = release(dest)
    assert said.code == 2
    assert f"{dest}: {told}, and a release goes to main; git -C {dest} switch main (nothing was changed)" in said.err


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "autograder/release/2", "files": {}}', '{"files": {"a": 1}}'])
def test_a_record_that_is_none_is_refused(text: str, release: Release, dest: Path) -> None:
    commit(dest, record.NAME, text)
    said = release(dest)
    assert said.code == 2
    assert f"{record.NAME}: not what a release wrote (" in said.err
    assert commits(dest) == 2


# ---- the first commit ----


def test_the_tree_depends_on_the_files_alone(course: Path, dest: Path, tmp_path: Path) -> None:
    hooks = write(tmp_path / "hooks" / "pre-commit", "#!/bin/sh\nexit 1\n")
    for name in ("reference-transaction", "post-index-change", "commit-msg", "post-checkout"):
        shutil.copy(hooks, hooks.parent / name)
    for hook in hooks.parent.iterdir():
        hook.chmod(0o755)
    write(tmp_path / "template" / "hooks" / "pre-commit", "#!/bin/sh\nexit 1\n")
    write(tmp_path / "template" / "description", "a template\n")
    hostile = write(
        tmp_path / "gitconfig",
        f"""[core]
    autocrlf = true
    eol = crlf
    hooksPath = {hooks.parent}
    attributesFile = {write(tmp_path / "attributes", "* text eol=crlf filter=shout")}
    excludesFile = {write(tmp_path / "excludes", "*")}
    fileMode = false
    quotePath = true
    fsmonitor = {hooks}
[filter "shout"]
    clean = tr a-z A-Z
    smudge = tr a-z A-Z
    required = true
[commit]
    gpgsign = true
[gpg]
    program = /bin/false
[init]
    defaultBranch = trunk
    templateDir = {tmp_path / "template"}
[user]
    name = 김하늘
    email = sky@example.org
[i18n]
    commitEncoding = cp949
[alias]
    commit = !false
""",
    )
    (course / GATES).chmod(0o777)
    (course / "student/README.md").chmod(0o600)
    for path in course.rglob("*.svg"):
        os.utime(path, (0, 0))
    script = "import os, sys; os.umask(0o077); from autograder import cli; sys.exit(cli.main())"
    done = subprocess.run(
        [sys.executable, "-c", script, "--course", course, "release", tmp_path / "again"],
        env=os.environ | {"GIT_CONFIG_GLOBAL": str(hostile), "LC_ALL": "C", "TZ": "Asia/Seoul", "PYTHONPATH": str(ROOT)}
        | {"GIT_DIR": str(tmp_path / "nowhere"), "GIT_INDEX_FILE": str(tmp_path / "index"), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    again = tmp_path / "again"
    assert tree(again) == tree(dest)
    assert {line.split()[0] for line in git(again, "ls-tree", "-r", "HEAD").splitlines()} == {"100644"}
    assert git(again, "log", "--format=%an %ae %G?").endswith("sky@example.org N")
    assert not (again / ".git" / "hooks" / "pre-commit").exists()


def test_where_git_knows_no_name_the_commit_has_a_neutral_one(dest: Path) -> None:
    who = "nand2mnist release <release@nand2mnist.invalid>"
    assert git(dest, "log", "--format=%an <%ae>|%cn <%ce>") == f"{who}|{who}"


def test_an_empty_folder_and_an_empty_repository_will_do(release: Release, dest: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "new").mkdir()
    git(tmp_path / "new", "init", "--quiet", "--initial-branch=main")
    for folder in (tmp_path / "empty", tmp_path / "new", tmp_path / "a" / "b c" / "학생"):
        assert release(folder).code == 0
        assert (tree(folder), commits(folder)) == (tree(dest), 1)
        assert git(folder, "status", "--porcelain") == ""


def test_a_release_has_one_number_of_files(release: Release, tmp_path: Path) -> None:
    said = release(tmp_path / "students")
    log = git(tmp_path / "students", "log", "--format=%s")
    counts = re.findall(r"(\d+) files", said.out + said.err + log)
    assert counts == [str(len(tracked(tmp_path / "students")))] * 3


@pytest.mark.parametrize("inside", [False, True])
def test_what_the_course_has_not_committed_is_told_and_released(
    inside: bool, release: Release, course: Path, tmp_path: Path
) -> None:
    work = course.parent if inside else course
    git(work, "init", "--quiet")
    git(work, "add", "--all")
    assert "last commit" not in release(tmp_path / "none").out  # there is none
    git(work, "commit", "--quiet", "--message", "course")
    index = (work / ".git" / "index").read_bytes()
    assert "last commit" not in release(tmp_path / "same").out
    with (course / "student/Makefile").open("a") as file:
        file.write("# more\n")
    one = release(tmp_path / "one")
    assert (one.code, "\nnote       1 file differs from the last commit of the course  (student/Makefile)\n" in one.out) == (0, True)  # fmt: skip # noqa: E501
    picture = write(course / "assignments/01_gates/pictures/그림 1.svg", "<svg/>").relative_to(course)
    git(course, "add", str(picture))
    index = (work / ".git" / "index").read_bytes()
    for name in ("CONTRIBUTING.md", "Makefile", "student/LICENSE"):  # for authors: students get no such file
        write(course / name, "changed\n")
    two = release(tmp_path / "two")
    names = f"{picture}, student/Makefile"
    assert f"\nnote       2 files differ from the last commit of the course  ({names})\n" in two.out
    assert (tmp_path / "two" / picture).is_file()
    assert (work / ".git" / "index").read_bytes() == index


# ---- again ----


def test_what_is_the_same_makes_no_commit(release: Release, dest: Path) -> None:
    said = release(dest)
    assert (said.code, said.out.splitlines()[-1]) == (0, f"{dest}  up to date")
    assert commits(dest) == 1


def change(course: Path) -> None:
    """A new handout, another stub, their notebook, a file less and a file more."""
    for path in ("assignments/01_gates/README.md", "student/Makefile"):
        with (course / path).open("a") as file:
            file.write("\n# Once more.\n")
    reference = course / "solutions/01_gates/gates.py"
    reference.write_text(reference.read_text() + "\n# A last word.\n")
    (course / "assignments/01_gates/pictures/gates.svg").rename(course / "assignments/01_gates/pictures/all_gates.svg")
    cli.main(["--course", str(course), "build"])


def test_a_changed_course_is_a_commit_on_top(
    release: Release, course: Path, dest: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = tracked(dest)
    change(course)
    capsys.readouterr()
    said = release(dest)
    assert said.code == 0, said
    assert commits(dest) == 2
    assert git(dest, "log", "-1", "--format=%s") == "Course released: 1 new, 5 changed, 1 removed"
    assert before ^ tracked(dest) == {f"assignments/01_gates/pictures/{name}.svg" for name in ("gates", "all_gates")}
    assert (dest / GATES).read_text().endswith("# A last word.\n")
    assert "removed    assignments/01_gates/pictures/gates.svg" in said.out
    assert "kept" not in said.out
    assert git(dest, "status", "--porcelain") == ""
    release(tmp_path / "fresh")
    assert tree(tmp_path / "fresh") == tree(dest)


def test_students_files_are_left_alone_and_all_else_of_ours_is_ours(
    release: Release, course: Path, dest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = {GATES: DONE, "assignments/01_gates/notes.py": "x = 1\n", "docs/김하늘.md": "mine\n"}
    for path, text in mine.items():
        commit(dest, path, text)
    ours = ".github/workflows/feedback.yml", "autograder/__init__.py", "Makefile"
    for path in ours:
        commit(dest, path, "all: ; echo mine\n")
    (dest / "LICENSE").unlink()
    (dest / "README.md").chmod(0o755)
    commit(dest, "assignments/01_gates/test_examples.py", "def test(): pass\n")
    change(course)
    capsys.readouterr()
    for release_number in (1, 2):
        said = release(dest)
        assert said.code == 0, said
        assert {path: (dest / path).read_text() for path in mine} == mine
        assert f"kept       {GATES}  (students have changed them)" in said.out
        assert "left       assignments/01_gates/notes.py, docs/김하늘.md  (no release wrote them)" in said.out
        assert ("replaced   .github/workflows/feedback.yml, Makefile, assignments/01_gates/test_examples.py, autograder/" in said.out) == (release_number == 1)  # fmt: skip # noqa: E501
    for path in ours[:2]:
        source = course / path if path.startswith("autograder") else course / "student" / path
        assert (dest / path).read_bytes() == source.read_bytes()
    assert (dest / "LICENSE").read_text() == "LICENSE\n"
    assert "100755" not in git(dest, "ls-tree", "-r", "HEAD")
    assert json.loads((dest / record.NAME).read_text())["files"].keys() == tracked(dest) - {*mine, record.NAME} | {
        GATES
    }


def test_an_assignment_that_is_gone_leaves_only_what_students_changed(
    release: Release, course: Path, dest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(dest, GATES, DONE)
    for folder in ("assignments", "solutions", "autograder/graders"):
        shutil.move(course / folder / "01_gates", course.parent / folder.replace("/", "_"))
    cli.main(["--course", str(course), "build"])
    capsys.readouterr()
    said = release(dest)
    assert said.code == 0, said
    assert {path for path in tracked(dest) if "01_gates" in path} == {GATES}
    assert (dest / GATES).read_text() == DONE
    assert "and 3 more  (no longer in the course)" in said.out
    for folder in ("assignments", "solutions", "autograder/graders"):  # and comes back
        shutil.move(course.parent / folder.replace("/", "_"), course / folder / "01_gates")
    cli.main(["--course", str(course), "build"])
    assert release(dest).code == 0
    assert (dest / GATES).read_text() == DONE
    assert "assignments/01_gates/README.md" in tracked(dest)


@pytest.mark.parametrize(
    "name", ["assignments", "assignments/01_gates", GATES, ".github", ".release.json", "README.md"]
)
def test_a_link_in_an_earlier_release_is_never_followed(
    name: str, release: Release, dest: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (dest / name).rename(outside)
    was = {path: path.read_bytes() for path in [outside, *outside.rglob("*")] if path.is_file()}
    (dest / name).symlink_to(outside)
    git(dest, "add", "--all")
    git(dest, "commit", "--quiet", "--message", "a link")
    for path in was:
        path.write_bytes(b"outside\n")
    said = release(dest)
    assert all(path.read_bytes() == b"outside\n" for path in was)
    assert {path for path in [outside, *outside.rglob("*")] if path.is_file()} == set(was)
    if name == ".release.json":
        assert said.code == 2
        assert "not what a release wrote" in said.err
    elif name == GATES:
        assert f"kept       {GATES}" in said.out
    else:
        assert said.code == 0, said
        assert f"replaced   {name}  (somebody had changed" in said.out
        assert "120000" not in git(dest, "ls-tree", "-r", "HEAD")
        assert git(dest, "status", "--porcelain") == ""


def test_a_folder_where_a_file_of_ours_belongs_gives_way(release: Release, dest: Path) -> None:
    (dest / "LICENSE").unlink()
    commit(dest, "LICENSE/mine.txt", "mine")
    said = release(dest)
    assert said.code == 0, said
    assert (dest / "LICENSE").read_text() == "LICENSE\n"
    assert "replaced   LICENSE/mine.txt" in said.out


def test_a_record_that_names_others_places_touches_nothing_outside(
    release: Release, dest: Path, tmp_path: Path
) -> None:
    victim = write(tmp_path / "victim.txt", "mine")
    told = json.loads((dest / record.NAME).read_text())
    told["files"] |= {"../victim.txt": record.digest(b"mine"), str(victim): record.digest(b"mine"), ".git/config": "0"}
    commit(dest, record.NAME, json.dumps(told))
    assert release(dest).code == 0
    assert victim.read_text() == "mine"
    assert (dest / ".git" / "config").is_file()


def forge(dest: Path, *paths: str) -> None:
    """A record that says that the last release wrote these, as they are."""
    told = json.loads((dest / record.NAME).read_text())
    told["files"] |= {path: record.digest((dest / path).read_bytes()) for path in paths}
    commit(dest, record.NAME, json.dumps(told))


def test_a_forged_record_removes_nothing_where_no_release_writes(release: Release, dest: Path) -> None:
    mine = "docs/plan.md", "assignments/01_gates/notes/x.py", "autograder/graders/x.py", "thesis.txt"
    for path in mine:
        commit(dest, path, "mine\n")
    forge(dest, *mine)
    said = release(dest)
    assert said.code == 0, said
    assert [(dest / path).read_text() for path in mine] == ["mine\n"] * len(mine)
    assert f"left       {', '.join(sorted(mine))}  (no release wrote them)" in said.out


def test_a_file_that_is_not_as_the_record_says_is_not_removed(release: Release, course: Path, dest: Path) -> None:
    picture = "assignments/01_gates/pictures/gates.svg"
    commit(dest, picture, "<svg>mine</svg>")
    (course / picture).unlink()
    said = release(dest)
    assert said.code == 0, said
    assert (dest / picture).read_text() == "<svg>mine</svg>"
    assert f"kept       {picture}  (" in said.out


def test_a_module_is_never_overwritten_without_a_word(release: Release, course: Path, dest: Path) -> None:
    commit(dest, GATES, DONE)
    forge(dest, GATES)
    said = release(dest)
    assert said.code == 0, said
    assert f"\nchanged    {GATES}  (new stubs, where .release.json says that no student changed them" in said.out
    assert git(dest, "show", f"HEAD^:{GATES}") == DONE.strip()


def test_an_ignored_file_in_the_way_is_not_lost(release: Release, course: Path, dest: Path) -> None:
    picture = "assignments/01_gates/pictures/new.svg"
    write(dest / ".git" / "info" / "exclude", "*.svg\n")
    write(dest / picture, "mine")
    write(course / picture, "<svg/>")
    said = release(dest)
    assert said.code == 2
    assert f"{picture} would be lost; move it away and release again" in said.err
    assert (dest / picture).read_text() == "mine"
    assert (commits(dest), git(dest, "status", "--porcelain")) == (1, "")


def test_an_empty_repository_on_another_branch_is_told_the_way(release: Release, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    git(tmp_path / "new", "init", "--quiet", "--initial-branch=trunk")
    assert f"git -C {tmp_path / 'new'} switch -c main (" in release(tmp_path / "new").err
    git(tmp_path / "new", "switch", "--quiet", "-c", "main")
    assert release(tmp_path / "new").code == 0


def test_names_of_students_files_are_harmless_in_the_output(release: Release, dest: Path) -> None:
    commit(dest, "\x1b[31m::error::x::\n", "mine")
    said = release(dest)
    assert said.code == 0
    assert "\x1b" not in said.out
    assert "\n::" not in said.out


# ---- remotes ----


def test_an_empty_remote_gets_the_first_commit(release: Release, bare: Path, tmp_path: Path) -> None:
    said = release(tmp_path / "students", "--remote", bare)
    assert said.code == 0, said
    assert f"published  {bare}, branch main" in said.out
    assert git(bare, "rev-parse", "main") == git(tmp_path / "students", "rev-parse", "HEAD")
    assert git(tmp_path / "students", "config", "remote.origin.url") == str(bare)


def test_a_remote_with_commits_is_cloned_and_gets_one_more(
    release: Release, course: Path, bare: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release(tmp_path / "first", "--remote", bare)
    commit(tmp_path / "first", GATES, DONE)
    git(tmp_path / "first", "push", "--quiet")
    change(course)
    capsys.readouterr()
    second = tmp_path / "두 번째"
    said = release(second, "--remote", bare)
    assert said.code == 0, said
    assert commits(bare) == commits(second) == 3
    assert (second / GATES).read_text() == DONE
    # The first clone lacks this commit now.
    said = release(tmp_path / "first", "--remote", bare)
    assert said.code == 2
    assert f"lacks commits that {bare} has; git -C {tmp_path / 'first'} pull --ff-only {bare} main" in said.err
    assert commits(tmp_path / "first") == 2
    git(tmp_path / "first", "pull", "--quiet", "--ff-only", str(bare), "main")
    assert release(tmp_path / "first", "--remote", bare).code == 0
    assert commits(bare) == 3


def test_two_releases_that_were_made_apart_are_told(
    release: Release, course: Path, bare: Path, dest: Path, tmp_path: Path
) -> None:
    change(course)
    assert release(tmp_path / "other", "--remote", bare).code == 0
    said = release(dest, "--remote", bare)
    assert said.code == 2
    way_out = "release into a new folder with --remote (nothing was changed)"
    assert f"{dest}: this and {bare} are two different releases; {way_out}" in said.err
    assert (commits(dest), commits(bare), git(dest, "config", "--default=", "remote.origin.url")) == (1, 1, "")
    assert release(tmp_path / "new", "--remote", bare).code == 0


def test_a_release_and_a_remote_that_both_went_on_are_told(
    release: Release, bare: Path, dest: Path, tmp_path: Path
) -> None:
    assert release(dest, "--remote", bare).code == 0
    git(tmp_path, "clone", "--quiet", str(bare), "clone")
    commit(tmp_path / "clone", GATES, DONE)
    git(tmp_path / "clone", "push", "--quiet")
    commit(dest, "mine.txt", "mine")
    said = release(dest, "--remote", bare)
    assert f"{dest}: this and {bare} have gone different ways; release into a new folder with --remote" in said.err
    assert (said.code, commits(dest), commits(bare)) == (2, 2, 2)


def test_an_empty_repository_beside_a_published_one_is_told_to_pull(
    release: Release, bare: Path, dest: Path, tmp_path: Path
) -> None:
    assert release(dest, "--remote", bare).code == 0
    new = tmp_path / "new"
    new.mkdir()
    git(new, "init", "--quiet", "--initial-branch=main")
    assert f"git -C {new} pull --ff-only {bare} main, then" in release(new, "--remote", bare).err
    git(new, "pull", "--quiet", "--ff-only", str(bare), "main")
    assert release(new, "--remote", bare).code == 0


def test_an_earlier_release_gets_an_origin_and_is_pushed(release: Release, bare: Path, dest: Path) -> None:
    said = release(dest, "--remote", os.path.relpath(bare))
    assert said.code == 0, said
    assert git(dest, "config", "remote.origin.url") == str(bare)
    assert commits(bare) == 1
    assert f"git -C {dest} push --set-upstream origin main" not in said.out


def test_another_origin_is_refused(release: Release, bare: Path, dest: Path) -> None:
    git(dest, "remote", "add", "origin", "https://example.org/students.git")
    said = release(dest, "--remote", bare)
    assert said.code == 2
    assert f"its origin is https://example.org/students.git, not {bare}; leave out --remote" in said.err
    assert git(bare, "for-each-ref") == ""


def test_a_push_that_is_rejected_leaves_the_commit_here(release: Release, bare: Path, tmp_path: Path) -> None:
    hook = write(bare / "hooks" / "pre-receive", "#!/bin/sh\necho protected >&2\nexit 1\n")
    hook.chmod(0o755)
    folder = tmp_path / "students"
    said = release(folder, "--remote", bare)
    assert said.code == 2
    assert "[remote rejected] main -> main (pre-receive hook declined)" in said.err
    assert f"{folder} has the commit, nothing is lost: mend the reason, then git -C {folder} push origin" in said.err
    assert commits(folder) == 1
    hook.unlink()
    said = release(folder, "--remote", bare)
    assert (said.code, commits(folder), commits(bare)) == (0, 1, 1)


@pytest.mark.parametrize("there", [True, False])
def test_a_wrong_address_changes_nothing(there: bool, release: Release, dest: Path, tmp_path: Path) -> None:
    folder = dest if there else tmp_path / "new"
    said = release(folder, "--remote", tmp_path / "nowhere.git")
    assert (said.code, said.out) == (2, "")
    assert f"autograder: {tmp_path / 'nowhere.git'}: fatal: " in said.err
    assert "check the address and that you may write there (nothing was changed)" in said.err
    assert (tmp_path / "new").exists() is False


@pytest.mark.parametrize("remote", ["", " "])
def test_an_empty_remote_address_is_not_the_working_folder(
    remote: str, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare: Path
) -> None:
    monkeypatch.chdir(bare)
    said = release(tmp_path / "students", "--remote", remote)
    assert (said.code, said.out) == (2, "")
    assert "autograder: --remote: is empty; name the address of a repository, or leave out --remote (" in said.err
    assert not (tmp_path / "students").exists()
    assert git(bare, "for-each-ref") == ""


@pytest.mark.parametrize("words", ["git@example.org: Permission denied (publickey).", "\x1b[31m" + "no " * 10_000])
def test_what_ssh_says_is_the_reason(
    words: str, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssh = write(tmp_path / "ssh", f"#!/bin/sh\nprintf '%s\\r\\n' '{words}' >&2\nexit 255\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    said = release(tmp_path / "students", "--remote", "git@example.org:OWNER/REPOSITORY.git")
    assert (said.code, said.out) == (2, "")
    if words.startswith("git@"):
        assert f"REPOSITORY.git: {words} fatal: Could not read from remote repository. Please make sure" in said.err
    assert said.err.count("\n") == 1
    assert len(said.err) < 800
    assert not re.search(r"[\x1b\r]|\\r", said.err)


@pytest.mark.parametrize(
    ("branch", "told"), [("main", "has commits, but no release made them"), ("trunk", "has branches but no main")]
)
def test_a_remote_that_is_somebody_elses_is_refused(
    branch: str, told: str, release: Release, bare: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet", f"--initial-branch={branch}")
    commit(other, "README.md", "mine")
    git(other, "push", "--quiet", str(bare), branch)
    said = release(tmp_path / "students", "--remote", bare)
    assert said.code == 2
    assert told in said.err
    assert not (tmp_path / "students").exists()
    assert git(bare, "rev-list", "--count", branch) == "1"
