"""The leak check: an honest release is clean, and whatever does not belong in one is found, in files and in history."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import py_compile
import re
import shutil
import subprocess
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.course import Course
from autograder.stub import stub
from autograder.verify.leaks.hidden import BLOCK
from autograder.verify.leaks.search import problems

ROOT = Path(__file__).parent.parent
LINE = "return s * (1 - s)"
ESSAY = "The array holds whole numbers only, so the small step is lost in it."
SENTENCE = "That is the derivative in terms of z: here the argument is already the output s of the gate."
RUBRIC = "Says that a step of one hundred thousandth is cut off when it is written into whole numbers."
SECRET = "5f1d0c" * 8
REFERENCE = f'''"""Gates that learn."""

import numpy as np


def sigmoid(x):
    """Return 1 / (1 + e^-x)."""
    return 1 / (1 + np.exp(-x))


def slope(s, y=None):
    """Return the slope."""
    ### BEGIN SOLUTION
    if y is None:
        y = np.asarray(s)
    {LINE}  # by the rule of the product
    ### END SOLUTION


### BEGIN SOLUTION
### STUB WHY = ""
WHY = """
{ESSAY}
"""
### END SOLUTION


def network():
    """Return the network of the handout."""
    ### BEGIN SOLUTION
    return {{"W1": np.array([[0.1, 0.3], [0.2, 0.4]]), "b1": np.zeros(2)}}
    ### END SOLUTION
'''
GRADER = '''"""Hidden grader."""

from autograder import assert_close, credit


@credit(3, task="slope")
def test_slope(student, part, rng):
    """slope is that of the sigmoid, at every place and for arrays as well"""
    for x in rng.normal(size=5):
        assert_close(student.slope(x), np.where(x > 0, x, 1) - x**2, mistaken={"slope.of-z": x})
    assert_close(student.slope(0.3), 0.7310586)
    assert_close(student.slope(0.5), 0.2350037)
'''
KOREAN = "이것은 s가 아니라 z로 쓴 도함수이고 여기서 인수는 이미 게이트의 출력 s입니다."
TITLE = GRADER.splitlines()[7]  # examples and hidden tests may be called alike
MESSAGES = f'[slope.of-z]\nen = "{{function}} is wrong. {SENTENCE}"\nko = "{KOREAN}"\n'
HANDOUT = """# Gates

At s = 0.5 the sum is 0.2350037. `else:` and `return y` and `y = np.asarray(s)` are nobody's secret.

```python
fig, ax = plt.subplots()
return 1 / (1 + np.exp(-x))
```
"""
GOLDEN = "graded  0 / 3\n\nslope  0 / 3\n  fail  values  -3  slope is that of the sigmoid, at three places\n"
MISTAKE = REFERENCE.replace(LINE, "return s * (2 - s)").replace("Gates that", "Some gates that")

Leaky = Callable[[Path], None]


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The authors' course, with one assignment."""
    root = tmp_path / "authors"
    for name, text in {
        "assignments/01_slopes/assignment.toml": 'title = "Slopes"\n',
        "assignments/01_slopes/README.md": HANDOUT,
        "assignments/01_slopes/slopes.py": stub(REFERENCE),
        "assignments/01_slopes/test_examples.py": f"def test_slope():\n{TITLE}",
        "solutions/01_slopes/slopes.py": REFERENCE,
        "solutions/01_slopes/mistakes/slope_doubled.py": MISTAKE,
        "solutions/01_slopes/mistakes/slope_doubled.golden": GOLDEN,
        "autograder/graders/01_slopes/test_slopes.py": GRADER,
        "autograder/graders/01_slopes/messages.toml": MESSAGES,
        "autograder/graders/01_slopes/rubric.toml": f'[[WHY]]\npoints = 1\nen = "{RUBRIC}"\n',
        ".course-secret": SECRET + "\n",
    }.items():
        write(root / name, text)
    return Course(root)


def git(folder: Path, *command: str) -> str:
    author = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    clean = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **author}
    made = subprocess.run(["git", *command], cwd=folder, env=clean, check=True, capture_output=True, text=True)
    return made.stdout


def commit(folder: Path, message: str = "a step") -> None:
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


@pytest.fixture
def release(course: Course, tmp_path: Path) -> Path:
    """What students get: an honest copy with a history."""
    folder = tmp_path / "students"
    shutil.copytree(course.root / "assignments", folder / "assignments")
    write(folder / "README.md", "Clone this, and begin with 01.\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "The exercises")
    write(folder / "README.md", "Clone this, and begin with 01_slopes.\n")
    commit(folder, "README: says which")
    return folder


def test_an_honest_release_is_clean(course: Course, release: Path) -> None:
    write(release / "numbers.txt.gz", gzip.compress(b"0.7310587 and 1000000\n"))
    commit(release)
    assert list(problems(course, release)) == []


# ---- leaks in files ----


def notebook(source: object) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": source}], "nbformat": 4})


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:xz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def saved(text: str) -> bytes:
    file = io.BytesIO()
    np.savez(file, note=np.array(text))
    return file.getvalue()


def compiled() -> bytes:
    return b"\xa7\x0d\x0d\x0a" + bytes(12) + b"\xe3" + bytes(20)


SOLUTION = "a line of the solution of 01_slopes"
A_GRADER = "a line of a grader of 01_slopes"
FILES: dict[str, tuple[str, str | bytes, str]] = {
    "a solution line, indented otherwise": ("a.py", f"def f(s):\n\n\t\t{LINE}\n", f"a.py:3: {SOLUTION}"),
    "without its spaces": ("a.py", "return s*(1-s)", f"a.py:1: {SOLUTION}"),
    "in a comment": ("a.py", f"x = 1\n# {LINE}\n", f"a.py:2: {SOLUTION}"),
    "before a comment": ("a.py", f"x = 1\n{LINE}  # so\n", f"a.py:2: {SOLUTION}"),
    "in a span of Markdown": ("a.md", f"Write `{LINE}` there.", f"a.md:1: {SOLUTION}"),
    "in a session": ("a.md", f">>> def f(s):\n...     {LINE}\n", f"a.md:2: {SOLUTION}"),
    "in a patch": ("a.patch", f"-pass\n+    {LINE}\n", f"a.patch:2: {SOLUTION}"),
    "with the ends of lines of Windows": ("a.py", f"x = 1\r\n{LINE}\r\n", f"a.py:2: {SOLUTION}"),
    "in UTF-16": ("a.py", f"x = 1\n{LINE}\n".encode("utf-16"), f"a.py:2: {SOLUTION}"),
    "in another encoding": ("a.py", f"# 기울기\n{LINE}\n".encode("cp949"), SOLUTION),
    "in a notebook, by lines": ("a.ipynb", notebook(["def f(s):\n", f"    {LINE}\n"]), f"a.ipynb:1: {SOLUTION}"),
    "in a notebook, in one": ("a.ipynb", notebook(f"def f(s):\n    {LINE}\n"), f"a.ipynb:1: {SOLUTION}"),
    "in a notebook, cut up": (
        "a.ipynb",
        notebook(["def f(s):\n    ret", "urn s * (1 ", "- s)\n"]),
        f"a.ipynb:2: {SOLUTION}, in its member text 1",
    ),
    "the other quotes": ("a.py", "return {'W1': np.array([[0.1,0.3],[0.2,0.4]]), 'b1': np.zeros(2)}", SOLUTION),
    "a written answer": ("a.txt", ESSAY, SOLUTION),
    "in binary data": ("a.bin", b"\0\xff\xfe\x01" + LINE.encode() + b"\0\xff", SOLUTION),
    "in a zip": ("a.zip", zipped("b/c.py", LINE.encode()), f"{SOLUTION}, in its member b/c.py"),
    "in a tar.xz": ("a.tar.xz", tarred("c.py", LINE.encode()), f"{SOLUTION}, in its member unpacked/c.py"),
    "in a zip in a gz": ("a.gz", gzip.compress(zipped("c.py", LINE.encode())), SOLUTION),
    "in a bz2": ("a.bz2", bz2.compress(LINE.encode()), SOLUTION),
    "in an array": ("a.npz", saved(LINE), SOLUTION),
    "a golden in a zip": ("a.zip", zipped("x.golden", b"1"), "a golden report, in its member x.golden"),
    "four archives deep": ("a.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"1")))), "3 archives"),
    "a torn archive": ("a.gz", gzip.compress(b"1" * 99)[:-9], "an archive that cannot be looked into"),
    "compiled code": ("b/__pycache__/slopes.cpython-311.pyc", compiled(), "compiled code"),
    "a grader under another name": ("engine/x.py", GRADER, "a copy of autograder/graders/01_slopes/test_slopes.py"),
    "a line of a grader": ("x.py", GRADER.splitlines()[9], f"x.py:1: {A_GRADER}"),
    "a folder of graders": ("autograder/graders/README", "none", "graders:1: is the authors' only"),
    "a mistake": ("x.py", MISTAKE.replace("    ", "\t"), "a copy of solutions/01_slopes/mistakes/slope_doubled.py"),
    "a golden report": ("x.golden", "1", "x.golden:1: a golden report"),
    "a golden report under another name": ("x.txt", GOLDEN, "slope_doubled.golden"),
    "a sentence of a rubric": (
        "x.md",
        f"# Hm\n\n- {RUBRIC}\n",
        "x.md:3: a text of autograder/graders/01_slopes/rubric",
    ),
    "a rubric": ("rubric.toml", "", "rubric.toml:1: is the authors' only"),
    "a sentence of a catalogue": ("x.md", f"slope is wrong. {SENTENCE}", "graders/01_slopes/messages.toml"),
    "a Korean one, with escapes": ("x.json", json.dumps(KOREAN), "graders/01_slopes/messages.toml"),
    "a key of a catalogue": ("x.py", "say('slope.of-z')", "graders/01_slopes/messages.toml"),
    "a hidden value": ("x.csv", "1,2\n3,0.73105860\n", "x.csv:2: a hidden value of 01_slopes"),
    "a hidden value, negative": ("x.csv", "-7.310586e-1", "a hidden value of 01_slopes"),
    "the secret": ("x.env", f"A=1\nB={SECRET}\n", "x.env:2: the course secret"),
    "the secret's file": (".course-secret", "another", ".course-secret:1: is the authors' only"),
    "a hidden file": (".notes/x", LINE, f".notes/x:1: {SOLUTION}"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_hidden_is_found_in_a_file(name: str, course: Course, release: Path) -> None:
    path, content, fact = FILES[name]
    write(release / path, content)
    found = list(problems(course, release))
    assert any(fact in problem and problem.startswith("students/") for problem in found), found
    assert all("; take it out" in problem for problem in found)


def test_a_compiled_reference_is_found(course: Course, release: Path) -> None:
    py_compile.compile(str(course.root / "solutions/01_slopes/slopes.py"), str(release / "slopes.pyc"))
    assert any("slopes.pyc:1: compiled code" in problem for problem in problems(course, release))


def test_a_link_to_a_solution_tells_where_it_points(course: Course, release: Path) -> None:
    (release / "key").symlink_to(f"/keys/{SECRET}")
    assert [p for p in problems(course, release) if "students/key:1: the course secret" in p]


def test_a_fact_is_told_once_for_a_file(course: Course, release: Path) -> None:
    write(release / "a.py", f"{LINE}\n\n{LINE}\n{LINE}\n")
    hint = "take it out, or publish it in solutions/NN_slug/published.txt"
    assert list(problems(course, release)) == [f"students/a.py:1: {SOLUTION} (and 2 more); {hint}"]


def test_a_line_deep_in_a_large_file_is_found_with_its_number(course: Course, release: Path) -> None:
    for lines in (BLOCK // 9 - 1, BLOCK // 9, 300_000):
        write(release / "a.txt", "x = y[0]\n" * lines + LINE + "\n")
        assert f"students/a.txt:{lines + 1}: {SOLUTION}" in next(iter(problems(course, release)))


def test_short_files_are_not_taken_for_copies_of_each_other(course: Course, release: Path) -> None:
    write(course.root / "solutions/01_slopes/hostile/nothing.py", "pass\n")
    write(release / "a.py", "import this\n")
    assert list(problems(course, release)) == []


@pytest.mark.parametrize("text", ["return s * (1 - s) * 2", "u.return s * (1 - s).sum()", "We return s * (1 - s), so"])
def test_a_part_of_another_line_is_no_leak(text: str, course: Course, release: Path) -> None:
    write(release / "a.py", text)
    assert list(problems(course, release)) == []


# ---- what is shown on purpose ----


def test_a_published_line_is_no_leak(course: Course, release: Path) -> None:
    write(course.root / "solutions/01_slopes/published.txt", f"# The handout's own.\n\n  {LINE}  # why\n")
    write(release / "a.md", f"`{LINE}`\n{ESSAY}\n")
    found = list(problems(course, release))
    assert len(found) == 1
    assert f"a.md:2: {SOLUTION}" in found[0]


def test_a_line_published_in_vain_is_told(course: Course, release: Path) -> None:
    write(course.root / "solutions/01_slopes/published.txt", "# Why\nreturn s * (3 - s)\n")
    wanted = "solutions/01_slopes/published.txt:2: no line of a solution or grader that is looked for; delete it"
    assert list(problems(course, release)) == [wanted]


# ---- leaks in history ----


def reverted(folder: Path) -> None:
    write(folder / "a.py", f"x = 1\n{LINE}\n")
    commit(folder)
    git(folder, "revert", "--no-edit", "HEAD")


def on_another_branch(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "authors")
    write(folder / "deep/er/a.py", LINE)
    commit(folder)
    git(folder, "switch", "--quiet", "main")


def amended(folder: Path) -> None:
    write(folder / "a.py", LINE)
    commit(folder)
    (folder / "a.py").unlink()
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--amend", "--allow-empty", "--message", "nothing")
    git(folder, "reflog", "expire", "--expire=now", "--all")


def stashed(folder: Path) -> None:
    write(folder / "README.md", LINE)
    git(folder, "stash")


def added_and_never_committed(folder: Path) -> None:
    write(folder / "a.py", LINE)
    git(folder, "add", "--all")
    git(folder, "rm", "--quiet", "--force", "a.py")


def packed(folder: Path) -> None:
    reverted(folder)
    git(folder, "gc", "--quiet")


def said_in_a_message(folder: Path) -> None:
    git(folder, "commit", "--quiet", "--allow-empty", "--message", f"slopes\n\n    {LINE}")
    write(folder / ".git/COMMIT_EDITMSG", "")
    shutil.rmtree(folder / ".git/logs")


def said_in_a_tag(folder: Path) -> None:
    git(folder, "tag", "--annotate", "v1", "--message", LINE)


def said_in_a_reflog(folder: Path) -> None:
    git(folder, "update-ref", "-m", LINE, "--create-reflog", "refs/heads/other", "HEAD")


def a_ref_named_like_it(folder: Path) -> None:
    git(folder, "branch", SECRET)


def a_grader_moved_away(folder: Path) -> None:
    write(folder / "autograder/graders/README", "empty")
    commit(folder)
    git(folder, "mv", "autograder/graders", "elsewhere")
    commit(folder)


HISTORY: dict[Leaky, str] = {
    reverted: rf"commit \w{{7}} a.py:2: {SOLUTION}",
    packed: rf"commit \w{{7}} a.py:2: {SOLUTION}",
    on_another_branch: rf"commit \w{{7}} deep/er/a.py:1: {SOLUTION}",
    amended: rf"commit \w{{7}} a.py:1: {SOLUTION}",
    stashed: rf"commit \w{{7}} README.md:1: {SOLUTION}",
    added_and_never_committed: rf"object \w{{7}} content:1: {SOLUTION}",
    said_in_a_message: rf"commit \w{{7}} message:3: {SOLUTION}",
    said_in_a_tag: rf"object \w{{7}} content:1: {SOLUTION}",
    said_in_a_reflog: rf"students/.git/logs/refs/heads/other:1: {SOLUTION}",
    a_ref_named_like_it: r"students/.git/refs/heads/(5f1d0c){8}:1: the course secret",
    a_grader_moved_away: r"commit \w{7} autograder/graders:1: is the authors' only",
}


@pytest.mark.parametrize("leaky", HISTORY, ids=lambda leaky: leaky.__name__)
def test_what_is_hidden_is_found_in_history(leaky: Leaky, course: Course, release: Path) -> None:
    leaky(release)
    found = list(problems(course, release))
    assert any(re.match(HISTORY[leaky], problem) for problem in found), found
    assert all("; make the repository anew without it" in problem for problem in found)


def test_history_names_the_oldest_commit_and_each_file_once(course: Course, release: Path) -> None:
    for number in range(3):
        write(release / "a.py", f"x = {number}\n{LINE}\n")
        commit(release)
    first = git(release, "rev-list", "--max-count=1", "--skip=2", "HEAD")[:7]
    (release / "a.py").unlink()
    commit(release)
    assert [problem.partition(":")[0] for problem in problems(course, release)] == [f"commit {first} a.py"]


def test_a_bare_repository_and_one_inside_are_read_too(course: Course, release: Path, tmp_path: Path) -> None:
    reverted(release)
    git(tmp_path, "clone", "--quiet", "--bare", "students", "bare.git")
    git(tmp_path, "clone", "--quiet", "students", "outer/inner")
    for folder in ("bare.git", "outer"):
        assert any(f"a.py:2: {SOLUTION}" in problem for problem in problems(course, tmp_path / folder)), folder


def test_the_configuration_of_the_user_and_hooks_of_the_release_do_not_run(
    course: Course, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "gitconfig", "[core\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert list(problems(course, release)) == []


def without_head(folder: Path) -> None:
    (folder / ".git/HEAD").unlink()


def with_a_torn_object(folder: Path) -> None:
    write(folder / "a.py", "x = 1\n")
    commit(folder)
    id = git(folder, "rev-parse", "HEAD:a.py").strip()
    torn = folder / ".git/objects" / id[:2] / id[2:]
    torn.chmod(0o600)
    write(torn, torn.read_bytes()[:-4])


@pytest.mark.parametrize("broken", [without_head, with_a_torn_object])
def test_a_repository_that_cannot_be_read_is_a_problem(broken: Leaky, course: Course, release: Path) -> None:
    broken(release)
    assert any("git cannot read it" in problem for problem in problems(course, release))


def test_a_repository_without_a_commit_is_clean(course: Course, tmp_path: Path) -> None:
    write(tmp_path / "new/README.md", "Nothing yet.\n")
    git(tmp_path / "new", "init", "--quiet")
    assert list(problems(course, tmp_path / "new")) == []


# ---- nothing to compare with, nothing to look at ----


def test_a_course_without_solutions_proves_nothing(release: Path) -> None:
    assert any("no solutions and no graders" in problem for problem in problems(Course(release), release))


def test_a_release_that_is_not_there_proves_nothing(course: Course, tmp_path: Path) -> None:
    assert any("no such folder" in problem for problem in problems(course, tmp_path / "nowhere"))


# ---- this course ----


def test_what_this_course_gives_to_students_has_no_leak(tmp_path: Path) -> None:
    folder = tmp_path / "students"
    compiled = shutil.ignore_patterns("__pycache__", "graders", "verify")
    for name in ("assignments", "autograder", "datasets"):
        shutil.copytree(ROOT / name, folder / name, ignore=compiled)
    git(folder, "init", "--quiet")
    for number in range(50):
        write(folder / "README.md", f"Version {number}\n")
        commit(folder)
    begin = time.process_time()
    assert list(problems(Course(ROOT), folder)) == []
    assert time.process_time() - begin < 15  # a few seconds on an idle machine


def test_the_real_command_looks_into_a_release(
    autograder: Callable[..., subprocess.CompletedProcess[str]], course: Course, release: Path
) -> None:
    clean = autograder("verify", "--leaks", release, course=course.root)
    assert clean.returncode == 0, clean.stderr
    assert clean.stdout == f"{release}: no line of a solution or a grader, no hidden value\n"
    write(release / "notes.md", f"The answer: `{LINE}`.\n")
    commit(release)
    git(release, "revert", "--no-edit", "HEAD")
    leaking = autograder("verify", "--leaks", release, course=course.root)
    assert leaking.returncode == 1
    assert re.search(rf"commit [0-9a-f]{{7,}} notes.md:1: {SOLUTION}", leaking.stdout), leaking.stdout
