"""A private repository for each student: this side pulls, grades and answers in an issue; nothing secret is there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from tests.github.git import Bare, Zeros
from tests.github.runs import Run
from tests.github.school import GATES, HALF, REFERENCE, SECRET, SOFTMAX, School, autograder
from tests.github.state import Environment, Repository

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is for Linux")

MAY_READ, MAY_WRITE = {"contents": "read"}, {"contents": "read", "issues": "write"}


class Course:
    """The school with private repositories in place of pull requests."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.github = school.github
        self.rows = ["student,repository,branch,lang"]
        self.readable: dict[str, dict[str, str]] = {}
        self.writable: dict[str, dict[str, str]] = {}

    def student(self, name: str, files: dict[str, object], lang: str = "", readable: bool = True) -> Repository:
        """A repository with the release and, on top, these files."""
        bare = Bare.make(self.github.root / f"school/{name}.git", like=self.school.work.bare)
        repository = self.github.repository(f"school/{name}", bare, private=True)
        if files:
            self.github.push(repository, files)
        self.rows.append(f"{name},school/{name},,{lang}")
        if readable:
            self.readable[repository.full_name] = MAY_READ
        self.writable[repository.full_name] = MAY_WRITE
        return repository

    def run(self) -> Run:
        """The workflow, as its schedule sets it off."""
        self.school.push_course(**{"students.csv": "\n".join(self.rows) + "\n"})
        read = self.github.token("course-bot", self.readable)
        write = self.github.token("course-bot", self.writable)
        self.tokens = read, write
        private = self.school.private
        private.variables = {"STUDENTS": "students.csv"}
        private.environments = {
            "grading": Environment({"STUDENTS_READ": read, "COURSE_SECRET": SECRET}),
            "reporting": Environment({"STUDENTS_WRITE": write}),
        }
        return self.school.runner.named(self.github.event_dispatch(private, "students"), "students")


@pytest.fixture
def course(school: School) -> Iterator[Course]:
    yield Course(school)
    assert school.github.unknown == []


def issue(repository: Repository) -> str:
    """The one open issue that is not a student's."""
    (only,) = [each for each in repository.issues.values() if each.author == "course-bot" and each.state == "open"]
    return only.body


def test_everybody_reads_their_own_in_their_own_repository(course, login):
    half = course.student(f"{login}-a", {GATES: HALF}, lang="ko")
    right = course.student(f"{login}-b", {GATES: REFERENCE, SOFTMAX: "x = 1\n"})
    nothing = course.student(f"{login}-c", {})
    run = course.run()
    assert run.conclusion == "success", run.log
    assert "28 / 30" in issue(half)
    assert "고칠 곳 있음" in issue(half)
    assert "32 / 30" in issue(right)
    assert "05&#95;softmax" in issue(right)
    assert "nothing to grade yet" in issue(nothing)
    grade, report = run.jobs["grade"], run.jobs["report"]
    asked = course.github.of_token(course.tokens[0])
    assert asked
    assert all(each.method == "GET" or each.path.endswith("/git-upload-pack") for each in asked)
    assert "STUDENTS_READ" not in report.secrets
    assert "STUDENTS_WRITE" not in grade.secrets
    said = run.log + "".join(each.body for one in (half, right, nothing) for each in one.issues.values())
    for secret in (SECRET, *course.tokens):
        assert secret not in said


def test_a_second_run_updates_the_issue_and_says_what_changed(course, login):
    repository = course.student(login, {GATES: HALF})
    course.run()
    before = issue(repository)
    course.run()
    assert re.sub(r'"graded":"[^"]*"', "", issue(repository)) == re.sub(r'"graded":"[^"]*"', "", before)
    course.github.push(repository, {GATES: REFERENCE})
    course.run()
    assert "32 / 30" in issue(repository)
    assert "Since the last graded commit" in issue(repository)


def test_a_repository_that_cannot_be_read_stops_nobody_else(course, login):
    good = course.student(f"{login}-good", {GATES: HALF})
    course.student(f"{login}-hidden", {GATES: HALF}, readable=False)
    run = course.run()
    assert run.jobs["grade"].result == "success"
    assert f"{login}-hidden: git fetch" in run.jobs["grade"].log
    assert "28 / 30" in issue(good)
    assert run.jobs["report"].result == "failure"  # somebody has no grade, and the run says so
    assert f"{login}-hidden: no answer" in run.jobs["report"].log


def test_an_issue_of_the_students_that_looks_like_ours_is_left_alone(course, login):
    repository = course.student(login, {GATES: HALF})
    course.run()
    forged = issue(repository).replace("28 / 30", "30 / 30")
    token = course.github.token(login, {repository.full_name: {"issues": "write"}})
    number = max(repository.issues) + 1
    ours = next(iter(repository.issues.values()))
    repository.issues[number] = type(ours)(number, login, "mine", forged)
    course.github.push(repository, {GATES: REFERENCE})
    course.run()
    assert repository.issues[number].body == forged
    assert "32 / 30" in issue(repository)
    course.github.expire(token)


def test_a_large_file_and_what_git_would_run_come_to_nothing(course, login):
    evil = {
        GATES: Zeros(3_000_000),
        ".gitattributes": "* filter=evil diff=evil\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch${IFS}pwned\n',
    }
    repository = course.student(login, evil)
    run = course.run()
    assert run.conclusion == "success", run.log
    assert "at most" in issue(repository)
    assert not list(course.school.home.rglob("pwned"))


def test_by_hand_with_folders(course, login, tmp_path):
    """What docs/pull-requests.md shows: no GitHub is needed to collect and grade."""
    bare = Bare.make(tmp_path / "one.git", like=course.school.work.bare)
    bare.commit({GATES: HALF}, message="work")
    table = tmp_path / "students.csv"
    table.write_text(f"student,repository\n김{login},{bare.path}\n", encoding="utf-8")
    inbox, answers = tmp_path / "in box", tmp_path / "답"
    done = autograder(course.school.course, "ci", "collect", table, inbox)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"[1/1] 김{login}" in done.stdout
    done = autograder(course.school.course, "ci", "grade", inbox, answers, NAND2MNIST_SECRET=SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "28 of 30" in done.stdout
    assert list(answers.glob(f"student-김{login}*.json"))
    done = autograder(course.school.course, "ci", "report", answers, "--print", "--lang", "ko")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "고칠 곳 있음" in done.stdout


def test_a_second_run_by_hand_forgets_who_is_no_longer_there(course, tmp_path):
    bare = Bare.make(tmp_path / "one.git", like=course.school.work.bare)
    table, inbox = tmp_path / "students.csv", tmp_path / "inbox"
    for names in (("kim", "lee"), ("kim",)):
        table.write_text("student,repository\n" + "".join(f"{name},{bare.path}\n" for name in names), encoding="utf-8")
        autograder(course.school.course, "ci", "collect", table, inbox)
    assert [path.name for path in inbox.iterdir()] == ["student-kim.json"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("collect", "nowhere.csv", "inbox"), 2, "nowhere.csv"),
        (("grade", "nowhere", "answers"), 2, "no such folder"),
        (("report", "answers"), 2, "GITHUB_TOKEN"),
        (("fetch", "inbox"), 2, "GITHUB_TOKEN"),
        (("examples",), 2, "GITHUB_EVENT_PATH"),
        (("collect", "students.csv", "a file"), 2, "a file"),
        (("grade", "inbox", "a file"), 2, "a file"),
    ],
)
def test_what_is_missing_is_said(course, tmp_path, arguments, code, told):
    (tmp_path / "a file").touch()
    (tmp_path / "students.csv").write_text("student,repository\nkim,/nowhere\n")
    (tmp_path / "inbox").mkdir(exist_ok=True) if arguments[-1] == "a file" else None
    paths = [tmp_path / each for each in arguments[1:]]
    done = autograder(course.school.course, "ci", arguments[0], *paths, NAND2MNIST_SECRET=SECRET)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
