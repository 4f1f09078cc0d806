"""The parts of `autograder ci`: GitHub's API and git as sources of data, what is said, and what is remembered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from markdown_it import MarkdownIt

from autograder.ci import changes, collect, feedback, fetch, grading, objects, publish, records
from autograder.ci.api import MAX_ANSWER, Api, ApiError
from autograder.ci.changes import Kept
from autograder.ci.event import CiError, Event
from autograder.ci.feedback import Circumstances
from autograder.ci.objects import ApiCommit, GitCommit, GitError, fetched
from autograder.ci.pull import Head, Owner, Pull
from autograder.ci.pulls import about, named
from autograder.ci.records import Answer, Misplaced, Received, Taken
from autograder.course import Course
from autograder.ingest import MAX_COMMITTED, MAX_SOURCE, Commit, Wanted, read_commit
from autograder.text import Text, same
from tests.conftest import ROOT, Scratch, submission
from tests.github.git import Bare, Link, Submodule, Zeros
from tests.github.hub import GitHub
from tests.github.state import Repository
from tests.notebooks import notebook
from tests.test_render import HOSTILE, Page, part, result, task

PLACE, FILE = "assignments/01_gates", "gates.py"
STUB = "def AND(x1, x2):\n    raise NotImplementedError\n"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    with GitHub(tmp_path / "github") as hub:
        yield hub
        assert hub.unknown == []


@pytest.fixture
def repository(github: GitHub) -> Repository:
    return github.repository("school/work", {f"{PLACE}/{FILE}": STUB, "README.md": "hello"})


@pytest.fixture
def api(github: GitHub) -> Api:
    token = github.person("teacher", school__work={"contents": "read", "pull-requests": "write", "issues": "write"})
    return Api(github.api_url, token, sleep=lambda seconds: None)


@pytest.fixture(scope="module")
def course() -> Course:
    return Course(ROOT)


# ---- a commit's files, as data ----


@pytest.fixture(params=["api", "git"])
def open_commit(request: pytest.FixtureRequest, github: GitHub, repository: Repository, api: Api) -> Iterator[object]:
    """A function from files to a Commit that has them, by either way."""
    opened = []

    def make(files: dict[str, object]) -> Commit:
        sha = github.push(repository, files, branch="work")
        if request.param == "api":
            return ApiCommit(api, "school/work", sha)
        opened.append(fetched(repository.bare.path.as_uri(), "work"))
        commit = opened[-1].__enter__()
        assert commit.sha == sha
        return commit

    yield make
    for each in opened:
        each.__exit__(None, None, None)


SUBMISSIONS = {
    "a source": (b"x = 1\n", None),
    "a Korean one": ("# 가나다\nx = 1\n".encode(), None),
    "a link": (Link("/etc/passwd"), "ingest.not-a-file"),
    "a submodule": (Submodule(COMMIT), "ingest.not-a-file"),
    "an empty file": (b"", "ingest.empty"),
    "a binary": (b"\x7fELF\0\0\1", "ingest.binary"),
    "another encoding": ("x = '가'\n".encode("cp949"), "ingest.encoding"),
    "a file as large as may be": (b"#" * MAX_SOURCE, None),
    "a larger one": (b"#" * (MAX_SOURCE + 1), "ingest.too-large"),
    "a file of 100 MB": (Zeros(100_000_000), "ingest.too-large"),
}


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_whatever_stands_in_the_modules_place_has_its_answer(open_commit, name):
    content, key = SUBMISSIONS[name]
    submission = read_commit(open_commit({f"{PLACE}/{FILE}": content}), "kim", PLACE, Wanted("gates"))
    assert (submission.problem and submission.problem.key) == key
    assert (submission.source is None) == (key is not None)


def test_a_renamed_module_is_told_by_its_new_name(open_commit):
    commit = open_commit({f"{PLACE}/{FILE}": None, f"{PLACE}/gate.py": "x = 1\n"})
    problem = read_commit(commit, "kim", PLACE, Wanted("gates")).problem
    assert problem is not None
    assert problem.key == "ingest.no-module"
    assert "gate.py" in problem.params["hint"].en


def test_a_folder_in_place_of_the_module_or_a_file_in_place_of_its_folder(open_commit):
    commit = open_commit({f"{PLACE}/{FILE}": None, f"{PLACE}/{FILE}/inner.py": "x = 1\n"})
    assert read_commit(commit, "kim", PLACE, Wanted("gates")).problem.key == "ingest.not-a-file"
    commit = open_commit({f"{PLACE}/{FILE}/inner.py": None, PLACE: "a file\n"})
    assert read_commit(commit, "kim", PLACE, Wanted("gates")).problem.key == "ingest.no-module"


def test_of_a_large_repository_only_what_is_asked_for_is_fetched_by_git(tmp_path):
    bare = Bare.make(tmp_path / "r.git")
    bare.commit({"big.bin": Zeros(30_000_000), f"{PLACE}/{FILE}": "x = 1\n"})
    with fetched(bare.path.as_uri()) as commit:
        folder = commit._repository
        assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 200_000
        assert commit.folder("")["big.bin"].size > MAX_COMMITTED
        assert commit.read(commit.folder(PLACE)[FILE]) == b"x = 1\n"


@pytest.mark.parametrize(
    "url", ["--upload-pack=touch pwned", "ext::sh -c touch% pwned", "/nowhere", "fd::17", "https://127.0.0.1:1/x.git"]
)
def test_git_is_asked_for_nothing_but_a_fetch(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GitError, match="git"), fetched(url):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_configuration_in_the_home_folder_counts_for_nothing(tmp_path, monkeypatch):
    bare = Bare.make(tmp_path / "r.git")
    bare.commit({"a": "b"})
    (tmp_path / ".gitconfig").write_text(
        '[url "file:///nowhere"]\n\tinsteadOf = file://\n[core]\n\tpager = touch pwned\n'
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    with fetched(bare.path.as_uri()) as commit:
        assert isinstance(commit, GitCommit)
        assert list(commit.folder("")) == ["a"]


# ---- which assignments a change touches ----


def of(github: GitHub, repository: Repository, api: Api, course: Course, files: dict[str, object]) -> records.Received:
    base = ApiCommit(api, "school/work", repository.bare.resolve("refs/heads/main"))
    return fetch.receive(
        course, "kim", COMMIT, ApiCommit(api, "school/work", github.push(repository, files, "work")), base
    )


@pytest.mark.parametrize(
    ("files", "touched"),
    [
        ({f"{PLACE}/{FILE}": "x = 1\n"}, ["01_gates"]),
        ({f"{PLACE}/{FILE}": None}, ["01_gates"]),
        ({f"{PLACE}/{FILE}": None, f"{PLACE}/gate.py": STUB}, ["01_gates"]),
        ({f"{PLACE}/gates.ipynb": notebook("x = 1")}, ["01_gates"]),
        ({f"{PLACE}/notes.txt": "x"}, []),
        ({"README.md": "x"}, []),
        ({f"{PLACE}/conftest.py": "x", f"{PLACE}/test_examples.py": "x", "pyproject.toml": "x"}, []),
        ({f"{PLACE}/{FILE}": "x = 1\n", "assignments/08_losses/losses.py": "x = 2\n"}, ["01_gates", "08_losses"]),
        ({f"assignments/{name}/x.py": "" for name in ("99_unknown", "../up", "01_gates ")}, []),
    ],
)
def test_what_counts_is_a_changed_module_or_notebook_and_nothing_else(github, repository, api, course, files, touched):
    received = of(github, repository, api, course, {path: text for path, text in files.items() if ".." not in path})
    assert [taken.assignment for taken in received.submissions] == touched
    assert received.misplaced == ()


@pytest.mark.parametrize(
    ("files", "source", "notes"),
    [
        ({"gates.ipynb": notebook("x = 1")}, "x = 1", []),
        ({"gates.ipynb": notebook("x = 1"), "gates.py": None}, "x = 1", []),
        ({"gates.ipynb": notebook("x = 1"), "gates.py": "x = 2\n"}, "x = 2\n", ["ingest.both"]),
    ],
)
def test_the_submission_is_what_the_student_worked_in(github, repository, api, course, files, source, notes):
    received = of(github, repository, api, course, {f"{PLACE}/{name}": text for name, text in files.items()})
    (taken,) = received.submissions
    assert (taken.submission.source, [note.key for note in taken.submission.notes]) == (source, notes)


def test_a_notebook_with_too_large_outputs_says_so(github, repository, api, course):
    flood = notebook({"cell_type": "code", "source": "x = 1", "outputs": ["x" * MAX_COMMITTED]})
    received = of(github, repository, api, course, {f"{PLACE}/gates.ipynb": flood})
    assert received.submissions[0].submission.problem.key == "ingest.too-large"


def test_a_module_at_the_top_or_beside_the_folders_is_told_where_it_belongs(github, repository, api, course):
    received = of(github, repository, api, course, {"gates.py": "x = 1\n", "assignments/losses.py": "x = 1\n"})
    assert received.submissions == ()
    assert [(each.path, each.belongs) for each in received.misplaced] == [
        ("gates.py", "assignments/01_gates/gates.py"),
        ("assignments/losses.py", "assignments/08_losses/losses.py"),
    ]


def test_only_what_is_needed_is_asked_for(github, repository, api, course):
    of(github, repository, api, course, {f"{PLACE}/{FILE}": "x = 1\n", "other/huge.bin": Zeros(5_000_000)})
    blobs = [request for request in github.requests if "/git/blobs/" in request.path]
    assert len(blobs) == 1
    assert len(github.requests) < 10


# ---- the API ----


def test_a_token_goes_to_no_other_host(github, repository, api):
    github.fail("GET", r"/git/trees/", status=302, headers={"Location": "http://127.0.0.2:9/steal"})
    with pytest.raises(ApiError, match="302"):
        ApiCommit(api, "school/work", repository.bare.resolve("refs/heads/main")).folder("")


def test_a_call_is_tried_again_after_a_breakdown_and_a_rate_limit(github, repository, api):
    github.fail("GET", r"/git/trees/", status=502)
    github.fail("GET", r"/git/trees/", status=403, headers={"Retry-After": "3"})
    assert "README.md" in ApiCommit(api, "school/work", repository.bare.resolve("refs/heads/main")).folder("")


@pytest.mark.parametrize(("status", "said"), [(401, "GITHUB_TOKEN"), (404, "may not see"), (422, "refused")])
def test_a_refusal_says_what_to_do(github, api, status, said):
    github.fail("GET", r"/git/trees/", status=status)
    with pytest.raises(ApiError, match=said) as caught:
        ApiCommit(api, "school/work", COMMIT).folder("")
    assert caught.value.status == status


def test_an_answer_without_end_is_not_read_to_its_end(github, repository, api):
    github.push(repository, {f"{PLACE}/{FILE}": Zeros(MAX_ANSWER)}, "work")
    entry = ApiCommit(api, "school/work", repository.bare.resolve("refs/heads/work")).folder(PLACE)[FILE]
    with pytest.raises(ApiError, match="16 MiB"):
        ApiCommit(api, "school/work", COMMIT).read(entry)


def test_long_texts_of_strangers_fit(github, repository, api):
    pull = github.open_pull(repository, repository, "main", author="kim")
    for _ in range(40):
        github.comment(pull, "stranger", "가" * 65_536)
    found = publish.Comments(api, "school/work", pull.number, ["kim"]).all()
    assert len(found) == 40


@pytest.mark.parametrize(
    ("path", "alter", "told"),
    [
        (r"/git/trees/", lambda tree: tree | {"truncated": True}, "more files than GitHub tells"),
        (r"/git/blobs/", lambda blob: blob | {"content": "eA=="}, "but its tree says"),
        (r"/git/blobs/", lambda blob: blob | {"encoding": "utf-8"}, "cannot be decoded"),
    ],
)
def test_what_the_api_says_must_fit_together(github, repository, api, path, alter, told):
    commit = ApiCommit(api, "school/work", repository.bare.resolve("refs/heads/main"))
    github.fail("GET", path, alter=alter)
    with pytest.raises(ApiError, match=told):
        commit.read(commit.folder(PLACE)[FILE])


def test_what_may_have_arrived_is_not_sent_again(github, repository, api):
    pull = github.open_pull(repository, repository, "main", author="kim")
    github.fail("POST", r"/comments$", cut=True)
    with pytest.raises(ApiError):
        publish.Comments(api, "school/work", pull.number, []).add("x")
    assert len([request for request in github.requests if request.method == "POST"]) == 1


def test_a_branch_of_the_same_name_and_commit_on_another_fork_is_another(github, repository, api):
    fork, other = github.fork(repository, "kim"), github.fork(repository, "lee")
    sha = github.push(fork, {"x": "y"}, "work")
    pull = github.open_pull(repository, fork, "work")
    event = github.event_workflow_run(pull).payload
    event["workflow_run"]["head_repository"]["id"] = other.id
    happened = msgspec.convert(event, Event, strict=False)
    assert event["workflow_run"]["head_sha"] == sha
    assert about(api, "school/work", happened) == []


def test_a_history_of_its_own_is_compared_with_the_base(github, repository, api, course):
    fork = github.fork(repository, "kim")
    github.push(fork, {f"{PLACE}/{FILE}": "x = 1\n"}, "alone", parent=None)
    pull = github.open_pull(repository, fork, "alone")
    (found,) = named(api, "school/work", [str(pull.number)])
    inbox = github.root / "inbox"
    assert fetch.fetch(course, api, "school/work", [found], inbox) == []
    (taken,) = records.read(inbox / "pull-1.json", Received).submissions
    assert taken.submission.source == "x = 1\n"


def test_of_a_hundred_slips_ten_are_told(github, repository, api, course):
    files = {f"gates ({number}).py": "x" for number in range(100)}
    assert len(of(github, repository, api, course, files).misplaced) == 10


def test_a_repository_with_too_many_files_is_refused_in_bounded_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(objects, "MAX_OUTPUT", 10_000)
    bare = Bare.make(tmp_path / "r.git")
    bare.commit({f"{number:090}.txt": "x" for number in range(300)})
    with pytest.raises(GitError, match="fewer files"), fetched(bare.path.as_uri()) as commit:
        commit.folder("")


# ---- whose language ----


def pull(**more: object) -> Pull:
    here = Head(COMMIT, "main")
    return Pull(**{"number": 1, "state": "open", "user": Owner("kim"), "head": here, "base": here} | more)


@pytest.mark.parametrize(
    ("title", "body", "default", "lang"),
    [
        ("My gates", None, "en", "en"),
        ("My gates", "", "ko", "ko"),
        ("게이트", "", "en", "ko"),
        ("My gates", "잘 부탁드립니다", "en", "ko"),
        ("게이트", "Language: en", "ko", "en"),
        ("x", "hello\r\n  language : KO\r\n", "en", "ko"),
        ("x", "언어: 한국어", "en", "ko"),
        ("x", "언어：영어", "ko", "en"),
        ("x", "<!-- Language: ko -->", "en", "en"),
        ("x", "<!-- 언어를 고르세요\nLanguage: ko", "en", "en"),
        ("x", "Language: korea", "en", "en"),
        ("x", "Language:\n\nko-fi", "en", "en"),
        ("x", "Programming language: en", "ko", "ko"),
    ],
)
def test_the_students_language(title, body, default, lang):
    assert pull(title=title, body=body).lang(default) == lang


def test_the_template_for_pull_requests_decides_nothing():
    body = (ROOT / "student/.github/PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert pull(title="x", body=body).lang("en") == "en"
    assert pull(title="x", body=body).lang("ko") == "ko"


# ---- what is said ----


BIAS = Text(en="The bias has the wrong sign.", ko="편향의 부호가 반대입니다.")
HALF = result(task("AND", part("fail", BIAS, key="k")), task("OR", part("pass")))
FULL = result(task("AND", part("pass")), task("OR", part("pass")))


def answer(*results: object, **more: object) -> Answer:
    return Answer(**{"student": "kim", "commit": COMMIT, "results": tuple(results)} | more)


def said(course: Course, given: Answer, **about: object) -> feedback.Feedback:
    return feedback.feedback(course, given, Circumstances(**{"lang": "en"} | about))


def test_the_conclusion(course):
    withheld = msgspec.structs.replace(HALF, status="withheld")
    assert said(course, answer(FULL)).conclusion == "success"
    assert said(course, answer(HALF)).conclusion == "failure"
    assert said(course, answer(FULL), draft=True).conclusion == "neutral"
    assert said(course, answer()).conclusion == "neutral"
    assert said(course, answer(FULL, withheld)).conclusion == "neutral"
    assert "1 / 2" not in said(course, answer(withheld)).comment


def test_a_finding_stands_where_it_arose_else_where_its_task_is_defined(course):
    lines = {"01_gates": {"AND": 18}}
    (note,) = said(course, answer(HALF, lines=lines)).annotations
    assert (note.path, note.line, note.level) == ("assignments/01_gates/gates.py", 18, "warning")
    assert BIAS.en in note.message
    crashed = result(task("AND", part("error", BIAS, key="k", line=21)))
    (note,) = said(course, answer(crashed, lines=lines), lang="ko").annotations
    assert (note.line, note.level) == (21, "failure")
    assert BIAS.ko in note.message
    assert said(course, answer(HALF)).annotations == ()
    assert said(course, answer(msgspec.structs.replace(HALF, status="withheld"), lines=lines)).annotations == ()


def test_what_changed_is_said_with_its_reason(course):
    before = said(course, answer(HALF)).kept
    pushed = said(course, answer(FULL, commit="f" * 40), before=before).comment
    assert re.search(r"Since the last graded commit .*0123456.*\n\n- <code>AND</code>: 0 / 1 → \*\*1 / 1\*\*", pushed)
    digests = msgspec.structs.replace(FULL.digests, grader="c9" * 32)
    mended = said(course, answer(msgspec.structs.replace(FULL, digests=digests)), before=before)
    assert "The graders were corrected; your code is the same" in mended.comment
    assert (
        "채점기를 고친 뒤"
        in said(course, answer(msgspec.structs.replace(FULL, digests=digests)), before=before, lang="ko").comment
    )
    assert "→" not in said(course, answer(HALF), before=before).comment


def test_what_is_remembered_comes_back_and_nobody_elses_words_do():
    told = Kept("-->" + COMMIT, "2026-03-02", {"01_gates": "b2"}, {"01_gates": {"AND": (0.5, 1.0)}})
    assert changes.kept(f"{told.line()}\nand a report") == told
    assert told.line().count("--") == 2
    assert changes.kept(f"> {told.line()}") is None
    assert changes.kept("nothing") is None
    assert changes.kept(changes.MARK + "{broken -->") == Kept()
    assert changes.kept(changes.MARK + '{"tasks": 3} -->') == Kept()


def test_a_withheld_grade_is_not_remembered_as_points():
    kept = Kept.of(COMMIT, [msgspec.structs.replace(HALF, status="withheld")])
    assert (kept.tasks, kept.graders) == ({}, {})


def test_however_long_it_is_it_fits_and_names_all_points(course):
    long = Text(en="it is wrong " * 40, ko="틀렸습니다 " * 80)
    many = [part("fail", msgspec.structs.replace(long, en=f"{n} {long.en}"), key=str(n)) for n in range(40)]
    ten = [result(task("AND", *many), student="kim", assignment=id) for id in course.ids]
    for lang in ("en", "ko"):
        new = said(course, answer(*ten), lang=lang, run_url="https://github.example/run/1")
        assert 20_000 < len(new.comment) <= 65_536
        assert len(new.check) <= 65_535
        assert len(new.annotations) <= 50
        assert new.comment.count("0 / 40") >= 10
        assert "https://github.example/run/1" in new.comment
        assert changes.kept(new.comment) == new.kept
        assert new.comment.rstrip().endswith(
            "설명에 <code>Language: ko</code> 한 줄을 쓰세요" if lang == "en" else "into the description"
        )


HIDDEN = re.compile("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]")
TAGS = set("p code pre table thead tbody tr th td h2 h3 details summary ul li strong br hr blockquote".split())
LIVE = re.compile(r"@\w|#\d|https?://|www\.\w|::\w+::|##\[|GH-\d")


def test_nothing_that_came_from_outside_is_live_wherever_it_is_published(course):
    evil = result(
        task(HOSTILE, part("fail", same(HOSTILE), title=same(HOSTILE), key=HOSTILE, line=3)),
        student=HOSTILE,
    )
    given = answer(evil, commit=COMMIT, lines={"01_gates": {HOSTILE: 3}}, misplaced=(Misplaced(HOSTILE, HOSTILE),))
    before = Kept(COMMIT, "", {"01_gates": "x"}, {"01_gates": {HOSTILE: (0.25, 1.0)}})
    new = said(course, given, before=before)
    for text in (new.comment.split("\n", 1)[1], new.summary, new.check):
        page = Page(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
        assert "evil.example" in page.text  # it is all there, as text
        assert set(page.tags) <= TAGS
        assert set(page.attributes) <= {
            ("style", "text-align:right"),
            ("open", ""),
        }  # the column of points; what is unfolded
        assert not (found := LIVE.search(page.text)), found
        assert not (found := HIDDEN.search(text)), found
    for note in new.annotations:
        assert not (found := re.search(r"@\w|::\w+::|##\[", note.message + note.title)), found
        assert not (found := HIDDEN.search(note.message + note.title)), found
    assert changes.kept(new.comment) == new.kept


# ---- one text, whoever writes at the same time ----


class Wall:
    """A place for texts, in memory."""

    authors = (publish.BOT,)
    may_add = True

    def __init__(self) -> None:
        self.items: dict[int, publish.Item] = {}
        self.next = 1

    def all(self) -> list[publish.Item]:
        return list(self.items.values())

    def add(self, body: str, login: str = publish.BOT) -> publish.Item:
        item = publish.Item(self.next, publish.Author(login), body)
        self.items[self.next] = item
        self.next += 1
        return item

    def change(self, item: publish.Item, body: str) -> publish.Item:
        self.items[item.id] = msgspec.structs.replace(item, body=body)
        return self.items[item.id]

    def remove(self, item: publish.Item) -> None:
        self.items.pop(item.id, None)


def keep(wall: Wall, new: feedback.Feedback, there: list[publish.Ours] | None = None) -> str:
    there = publish.ours(wall) if there is None else there
    return publish.keep(wall, there, new)[0]


def test_a_text_is_added_then_updated_then_left(course):
    wall = Wall()
    assert keep(wall, said(course, answer(HALF))) == "added"
    assert keep(wall, said(course, answer(HALF))) == "unchanged"
    assert keep(wall, said(course, answer(FULL, commit="f" * 40))) == "updated"
    assert len(wall.items) == 1


def test_a_later_grading_of_the_same_commit_stays(course):
    wall = Wall()
    late = msgspec.structs.replace(FULL, started="2026-03-02T10:00:00Z")
    keep(wall, said(course, answer(late)))
    assert keep(wall, said(course, answer(HALF))) == "left to a later run"
    assert "2 / 2" in wall.items[1].body


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_runs_at_once_leave_one_text_and_it_is_the_right_one(course, order):
    wall = Wall()
    late = msgspec.structs.replace(FULL, started="2026-03-02T10:00:00Z")
    texts = [said(course, answer(HALF)), said(course, answer(late))]
    nothing: list[publish.Ours] = []  # both looked before either wrote
    for which in order:
        keep(wall, texts[which], nothing)
    assert len(wall.items) == 1
    (item,) = wall.items.values()
    assert "2 / 2" in item.body


def test_somebody_elses_text_with_our_mark_is_left_alone_and_counts_for_nothing(course):
    wall = Wall()
    forged = Kept(COMMIT, "9999", {}, {"01_gates": {"AND": (1.0, 1.0)}}).line() + "\n30 / 30"
    wall.add(forged, login="kim")
    assert keep(wall, said(course, answer(HALF))) == "added"
    assert wall.items[1].body == forged
    assert "1 / 2" in wall.items[2].body


def test_a_spoilt_text_of_a_strangers_or_our_own_stops_nothing(course):
    """Whoever may write comments may write this one; who owns a repository may edit our issue in it."""
    spoilt = [
        changes.MARK + text + " -->\n"
        for text in ('{"x":' + "[" * 20_000 + "}", '{"graded": 3}', "{" + "9" * 9999 + "}")
    ]
    for text in spoilt:
        wall = Wall()
        wall.add(text, login="stranger")
        assert keep(wall, said(course, answer(HALF))) == "added"
        wall = Wall()
        wall.add(text)
        assert keep(wall, said(course, answer(HALF))) == "updated"
        assert "1 / 2" in wall.items[1].body


# ---- students with a repository each ----


def roster(tmp_path: Path, text: str) -> list[collect.Student]:
    path = tmp_path / "students.csv"
    path.write_text(text, encoding="utf-8")
    return collect.students(path)


def test_a_table_of_students(tmp_path):
    table = "\ufeffstudent,repository,branch,lang\r\n김학생,school/work-1,,ko\r\n학생 2,/srv/two.git,work,\r\n"
    one, two = roster(tmp_path, table)
    assert (one.student, one.url, one.lang, one.on_github) == (
        "김학생",
        "https://github.com/school/work-1.git",
        "ko",
        True,
    )
    assert (two.student, two.url, two.branch, two.on_github) == ("학생 2", "/srv/two.git", "work", False)
    assert one.name != two.name


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("name,repo\nkim,a/b\n", r"csv:1 .*columns"),
        ("student,repository\nkim,\n", r"csv:2 .*empty"),
        ("student,repository\nkim,--upload-pack=x\n", r"csv:2 .*dash"),
        ("student,repository,branch\nkim,a/b,-x\n", r"csv:2 .*dash"),
        ("student,repository,lang\nkim,a/b,de\n", r"csv:2 .*'de'"),
        ("student,repository\nkim,a/b\nKIM,a/c\nkim,a/d\n", "kim is there twice"),
        ('student,repository\n"kim,a/b\n', "csv:"),
    ],
)
def test_a_table_with_a_slip_says_where(tmp_path, text, fact):
    with pytest.raises(CiError, match=fact):
        roster(tmp_path, text)


# ---- records ----


def test_a_record_of_another_form_is_refused(tmp_path):
    path = tmp_path / "pull-1.json"
    for text in ("", "{}", "[]", '{"schema": "autograder/answer/2"}', "x" * 10, '{"student": 3, "commit": ""}'):
        path.write_text(text)
        with pytest.raises(CiError, match="not a record"):
            records.read(path, Answer)
    with path.open("wb") as file:
        file.truncate(records.MAX_RECORD + 1)
    with pytest.raises(CiError, match="16 MiB"):
        records.read(path, Answer)
    with pytest.raises(CiError, match="No such file"):
        records.read(tmp_path / "pull-2.json", Answer)


def test_a_record_comes_back(tmp_path):
    given = answer(HALF, lines={"01_gates": {"AND": 3}}, misplaced=(Misplaced("a", "b"),))
    records.write(tmp_path / "new", "pull-1", given)
    assert records.read(tmp_path / "new" / "pull-1.json", Answer) == given


# ---- grading ----

TATTLE = """
import json, os, pathlib
from autograder import credit

@credit(1, task="one")
def test_tell(student):
    \"\"\"It tells

    말한다
    \"\"\"
    seen = pathlib.Path(f"/proc/{os.getpid()}/environ").read_text(), pathlib.Path("/proc/self/cmdline").read_text()
    (pathlib.Path(__file__).parent / "told.json").write_text(json.dumps([*seen, *map(str, os.environ.items())]))
    assert student.one() == 1
"""
FAILING = """
from autograder import credit

@credit(1, task="one")
def test_it(student):
    \"\"\"It

    그것
    \"\"\"
    raise ValueError("hidden 160706")
"""
CANARY = "canary-of-the-runner"
VARIABLES = "GITHUB_TOKEN GITHUB_ENV GITHUB_OUTPUT ACTIONS_RUNTIME_TOKEN RUNNER_TEMP GIT_TOKEN COURSE_KEY EVIL".split()


def graded(scratch: Scratch, grader: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """One right submission through `ci grade`, from an inbox to answers in `folder`."""
    scratch.lay(grader, {"one": 1})
    (scratch.root / ".course-secret").write_text("of the scratch course\n")
    taken = Taken("01_work", submission("kim", "def one(): return 1"))
    records.write(folder / "inbox", "pull-1", Received(student="kim", commit=COMMIT, submissions=(taken,)))
    command = [sys.executable, "-m", "autograder", "--course", str(scratch.root), "ci", "grade", "inbox", "answers"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | dict.fromkeys(VARIABLES, CANARY)
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_the_process_that_grades_has_nothing_of_githubs_environment(scratch: Scratch, tmp_path: Path) -> None:
    """Not its token, not the event, not the runner's files: neither now nor in what the kernel keeps of its start."""
    done = graded(scratch, TATTLE, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    told = (scratch.root / "autograder/graders/01_work/told.json").read_text(encoding="utf-8")
    assert "PATH" in told
    assert CANARY not in told
    assert not any(name in told for name in VARIABLES)
    (found,) = records.read(tmp_path / "answers/pull-1.json", Answer).results
    assert (found.score, found.seed) == (1.0, "")  # who knows the seed has a part of the secret


def test_one_students_record_costs_nobody_else_anything(scratch: Scratch, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "pull-0.json").write_text("{" * 50_000)
    with (tmp_path / "inbox" / "pull-2.json").open("wb") as file:
        file.truncate(records.MAX_RECORD + 1)
    done = graded(scratch, TATTLE, tmp_path)
    assert done.returncode == 3
    assert "pull-2.json: more than 16 MiB" in done.stdout
    (found,) = records.read(tmp_path / "answers/pull-1.json", Answer).results
    assert found.score == 1.0


def test_when_the_time_is_over_what_is_graded_is_there(scratch: Scratch, tmp_path: Path) -> None:
    """A student's second pull request comes after everybody's first."""
    slow = TATTLE.replace("import json, os, pathlib", "import json, os, pathlib, time").replace(
        "seen =", "time.sleep(2); seen ="
    )
    scratch.lay(slow, {"one": 1})
    for name, student in (("pull-1", "kim"), ("pull-2", "kim"), ("pull-10", "lee")):
        taken = Taken("01_work", submission(student, "def one(): return 1"))
        records.write(tmp_path / "inbox", name, Received(student=student, commit=COMMIT, submissions=(taken,)))
    (scratch.root / ".course-secret").write_text("of the scratch course\n")
    grading.grade(scratch.assignment.course, tmp_path / "inbox", tmp_path / "answers", minutes=0.02)
    assert [path.name for path in sorted((tmp_path / "answers").glob("pull-*"))] == ["pull-1.json", "pull-10.json"]


def test_what_is_handed_over_says_nothing_of_the_grader(scratch: Scratch, tmp_path: Path) -> None:
    """A grader that fails withholds the grade; its words, which may name hidden inputs, stay on the runner."""
    done = graded(scratch, FAILING, tmp_path)
    assert done.returncode == 3
    assert "withheld" in done.stdout
    handed = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "answers").iterdir())
    assert "160706" not in handed + done.stdout + done.stderr
    assert '"withheld"' in handed
