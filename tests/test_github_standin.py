"""The stand-in for GitHub's API, which the harness puts in its place: objects, pages, permissions, limits, faults."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.github import Bare, GitHub, Link, Pull, Repository, Submodule, Zeros


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    with GitHub(tmp_path / "hub") as one:
        yield one
        assert one.unknown == []


@pytest.fixture
def students(github: GitHub) -> Repository:
    return github.repository("course/students", {"README.md": "The course\n", "gates.py": "def NAND(a, b): ...\n"})


@pytest.fixture
def pull(github: GitHub, students: Repository) -> Pull:
    fork = github.fork(students, "mallory")
    github.push(fork, {"gates.py": "def NAND(a, b): return 1\n"}, "work")
    return github.open_pull(students, fork, "work")


def status_of(github: GitHub, path: str, token: str, method: str = "GET", body: object = None) -> int:
    return answer_of(github, path, token, method, body)[0]


def answer_of(github: GitHub, path: str, token: str, method: str = "GET", body: object = None) -> tuple[int, Any, Any]:
    url = path if path.startswith("http") else github.api_url + path
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Authorization": f"Bearer {token}"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"null"), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read()), error.headers


@pytest.fixture
def teacher(github: GitHub, students: Repository) -> str:
    levels = {"contents": "read", "pull-requests": "write", "issues": "write", "checks": "write"}
    return github.job_token(students, levels)


def test_objects_come_from_the_bare_repository(github: GitHub, teacher: str, students: Repository) -> None:
    sha = github.push(
        students, {"a/link": Link("../x"), "a/sub": Submodule("1" * 40), 'a/o"d\n': "x", "a/zeros": Zeros(70)}
    )
    where = "/repos/course/students"
    top = answer_of(github, f"{where}/git/trees/{sha}", teacher)[1]["tree"]
    tree = next(entry["sha"] for entry in top if entry["path"] == "a")
    found = {entry["path"]: entry for entry in answer_of(github, f"{where}/git/trees/{tree}", teacher)[1]["tree"]}
    assert {name: entry["mode"] for name, entry in found.items()} == {
        "link": "120000", "sub": "160000", 'o"d\n': "100644", "zeros": "100644"
    }  # fmt: skip
    blob = answer_of(github, f"{where}/git/blobs/{found['zeros']['sha']}", teacher)[1]
    assert (blob["size"], "\n" in blob["content"][:-1]) == (70, True)
    assert status_of(github, f"{where}/git/blobs/{tree}", teacher) == 404
    assert answer_of(github, f"{where}/commits/main", teacher)[1]["sha"] == sha
    assert answer_of(github, f"{where}/git/trees/{'0' * 40}", teacher)[0] == 404


def test_a_blob_of_more_than_100_mb_is_refused(github: GitHub, teacher: str, students: Repository) -> None:
    github.push(students, {"big": Zeros((100 << 20) + 1)})
    sha = students.bare.git("rev-parse", "main:big").decode().strip()
    status, answer, _ = answer_of(github, f"/repos/course/students/git/blobs/{sha}", teacher)
    assert (status, answer["errors"][0]["code"]) == (403, "too_large")


def test_names_that_git_refuses_can_be_in_a_tree(tmp_path: Path) -> None:
    bare = Bare.make(tmp_path / "odd.git")
    tree = bare.tree_of([("100644", "..", bare.blob(b"x")), ("100644", ".git", bare.blob(b"y"))])
    assert bare.git("ls-tree", "--name-only", bare.commit_tree(tree, "main")).split() == [b"..", b".git"]


def test_a_merge_base_is_found_across_forks(github: GitHub, teacher: str, students: Repository, pull: Pull) -> None:
    start = students.head
    github.push(students, {"later": "x"})
    where = f"/repos/course/students/compare/{students.head}...{pull.head_sha}?per_page=1&page=2"
    assert answer_of(github, where, teacher)[1]["merge_base_commit"]["sha"] == start
    assert pull.head_repository is not None
    alone = github.push(pull.head_repository, {"x": "y"}, "alone", parent=None)
    assert status_of(github, f"/repos/course/students/compare/{students.head}...{alone}", teacher) == 404


def test_pull_requests_are_found_by_their_head(github: GitHub, teacher: str, students: Repository, pull: Pull) -> None:
    where = "/repos/course/students/pulls"
    assert [each["number"] for each in answer_of(github, f"{where}?head=mallory:work", teacher)[1]] == [1]
    assert answer_of(github, f"{where}?head=mallory:other", teacher)[1] == []
    assert pull.head_repository is not None
    new = github.push(pull.head_repository, {"gates.py": "2\n"}, "work")
    told = answer_of(github, f"{where}/1", teacher)[1]
    assert (told["head"]["sha"], told["head"]["repo"]["owner"]["login"]) == (new, "mallory")
    github.delete_fork(pull.head_repository)
    assert answer_of(github, f"{where}/1", teacher)[1]["head"]["repo"] is None


def test_lists_come_in_pages(github: GitHub, teacher: str, pull: Pull) -> None:
    for number in range(205):
        github.comment(pull, "somebody", f"{number}")
    url, bodies = "/repos/course/students/issues/1/comments?per_page=1000", []
    while url:
        _, items, headers = answer_of(github, url, teacher)
        bodies += [item["body"] for item in items]
        links = dict(reversed(part.split("; ")) for part in headers.get("Link", "").split(", ") if part)
        url = links.get('rel="next"', "").strip("<>")
    assert bodies == [f"{number}" for number in range(205)]
    assert len(github.requests) == 3


def test_comments_have_an_author_and_limits(github: GitHub, teacher: str, pull: Pull) -> None:
    where = "/repos/course/students/issues"
    told = answer_of(github, f"{where}/1/comments", teacher, "POST", {"body": "x" * 65_536})
    assert (told[0], told[1]["user"]) == (
        201,
        {"login": "github-actions[bot]", "id": told[1]["user"]["id"], "type": "Bot"},
    )
    assert status_of(github, f"{where}/1/comments", teacher, "POST", {"body": "x" * 65_537}) == 422
    assert status_of(github, f"{where}/comments/{told[1]['id']}", teacher, "PATCH", {"body": "y"}) == 200
    assert [comment.body for comment in pull.comments] == ["y"]
    assert status_of(github, f"{where}/comments/{told[1]['id']}", teacher, "DELETE") == 204
    assert pull.comments == []


def test_checks_have_limits(github: GitHub, teacher: str, pull: Pull) -> None:
    line = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "m"}

    def made(summary: str = "s", **output: Any) -> int:
        told = {"title": "t", "summary": summary, **output}
        body = {"name": "n", "head_sha": pull.head_sha, "status": "completed", "conclusion": "neutral", "output": told}
        return status_of(github, "/repos/course/students/check-runs", teacher, "POST", body)

    assert made(annotations=[line] * 50) == 201
    assert made(annotations=[line] * 51) == 422
    assert made(annotations=[line | {"annotation_level": "error"}]) == 422
    assert made(annotations=[line | {"start_line": 0}]) == 422
    assert made(annotations=[line | {"message": "x" * 70_000}]) == 422
    assert made("x" * 65_536) == 422
    assert len(pull.checks) == 1


def test_issues_are_opened_for_people_and_list_pull_requests_too(
    github: GitHub, students: Repository, pull: Pull
) -> None:
    token = github.token("instructor", {"course/students": {"issues": "write"}})
    where = "/repos/course/students/issues"
    assert status_of(github, where, token, "POST", {"title": "Feedback", "body": "b"}) == 201
    assert status_of(github, f"{where}/2", token, "PATCH", {"state": "closed"}) == 200
    listed = answer_of(github, f"{where}?state=all", token)[1]
    assert [(each["number"], "pull_request" in each) for each in listed] == [(2, False), (1, True)]
    assert answer_of(github, f"{where}?state=all&creator=instructor", token)[1][0]["body"] == "b"
    assert answer_of(github, "/user", token)[1]["login"] == "instructor"
    assert status_of(github, f"{where}/1/comments", github.job_token(students, {"contents": "read"})) == 403
    assert status_of(github, "/user", github.job_token(students, {})) == 403


def test_private_repositories_are_not_there_for_strangers(github: GitHub, teacher: str) -> None:
    github.repository("course/hidden", {"a": "b"}, private=True)
    assert status_of(github, "/repos/course/hidden/commits/main", teacher) == 404
    assert status_of(github, "/repos/course/hidden/commits/main", "nonsense") == 401


def test_a_call_that_nobody_foresaw_is_remembered(github: GitHub, teacher: str) -> None:
    assert status_of(github, "/repos/course/students/releases", teacher) == 404
    assert github.unknown == ["GET /repos/course/students/releases"]
    github.unknown.clear()


def test_things_go_wrong_as_often_as_asked(github: GitHub, teacher: str, students: Repository) -> None:
    where = "/repos/course/students/commits/main"
    github.fail("GET", "/commits/", status=502, times=2)
    github.fail("GET", "/commits/", status=429, headers={"Retry-After": "1"})
    answers = [answer_of(github, where, teacher) for _ in range(4)]
    assert [answer[0] for answer in answers] == [502, 502, 429, 200]
    assert answers[2][2]["Retry-After"] == "1"
    github.fail("GET", "/commits/", skip=1, before=lambda: github.push(students, {"a": "new"}))
    first, second = (answer_of(github, where, teacher)[1]["sha"] for _ in range(2))
    assert (first != second, second) == (True, students.head)
    github.fail("GET", "/commits/", alter=lambda answer: answer | {"sha": "altered"})
    assert answer_of(github, where, teacher)[1]["sha"] == "altered"


def test_git_reads_over_http_what_the_token_may_read(github: GitHub, tmp_path: Path) -> None:
    private = github.repository("ada/work", {"gates.py": "x\n"}, private=True)

    def clone(token: str, name: str) -> int:
        host = github.url.removeprefix("http://")
        url = f"http://x-access-token:{token}@{host}/ada/work.git"
        environment = {"PATH": "/usr/bin:/bin", "GIT_TERMINAL_PROMPT": "0", "HOME": str(tmp_path)}
        command = ["git", "clone", "-q", "--depth=1", "--filter=blob:none", url, name]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode

    assert clone(github.token("instructor", {private.full_name: {"contents": "read"}}), "yes") == 0
    assert (tmp_path / "yes/gates.py").read_text() == "x\n"
    assert clone(github.token("instructor", {private.full_name: {"issues": "write"}}), "no") != 0
    assert clone("nonsense", "neither") != 0


def test_a_redirect_leads_to_a_stranger_who_tells_what_came(github: GitHub, teacher: str) -> None:
    with github.stranger() as stranger:
        github.fail("GET", "/commits/", status=302, headers={"Location": f"{stranger.url}/api/v3/repos/a/b/commits/c"})
        assert status_of(github, "/repos/course/students/commits/main", teacher) == 401
        assert [request.token for request in stranger.requests] == [teacher]  # urllib takes it along
