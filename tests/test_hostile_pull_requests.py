"""Hostile pull requests, forged records and broken machines: nobody gains a point, a secret or another's comment."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.ci.changes import kept
from autograder.ci.records import Answer, Misplaced, read, write
from autograder.text import same
from tests.conftest import ROOT
from tests.github.runs import Run
from tests.github.school import (
    GATES,
    HALF,
    REFERENCE,
    SECRET,
    STUB,
    School,
    assert_nothing_secret,
    assert_only_the_report_wrote,
    autograder,
    check,
    comment,
    score,
)
from tests.github.state import Pull
from tests.test_render import HOSTILE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is for Linux")

REFUSE = Path(__file__).with_name("refuse_syscalls.py")

_numbers = itertools.count(1)

# ---- hostile pull requests ----

PEEK = """
import os
found = []
for place in ("/proc/self/environ", "/proc/1/environ", "../course/.course-secret", ".course-secret", "/etc/passwd"):
    try:
        found.append(open(place).read())
    except BaseException as error:
        found.append(str(error))
raise RuntimeError(" ".join([*map(str, os.environ.items()), *found, "::error::live", "@everyone", "<img src=x>"])[:300])
"""
STEAL = """
name: examples
on: pull_request
permissions: write-all
jobs:
  examples:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo "secrets: ${{ toJSON(secrets) }}"
          mkdir answers && echo '{"forged": 1}' > answers/pull-1.json && echo '[{"score": 30}]' > answers/result.json
          curl -sf -X POST -H "Authorization: Bearer ${{ github.token }}" -d '{"body": "30 / 30"}' \\
            "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/1/comments" || echo refused
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f
        with:
          name: answers
          path: answers
"""
SHADOWS = {
    "conftest.py": "raise SystemExit(0)\n",
    "assignments/01_gates/conftest.py": "raise SystemExit(0)\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--collect-only"\n',
    "sitecustomize.py": "raise SystemExit(0)\n",
    "numpy.py": "raise SystemExit(0)\n",
    "assignments/01_gates/numpy.py": "raise SystemExit(0)\n",
    "autograder/cli.py": "raise SystemExit(0)\n",
    "autograder/graders/01_gates/test_gates.py": "def test_all_right(): pass\n",
    "assignments/01_gates/assignment.toml": 'title = { en = "x", ko = "x" }\nmodule = "gates"\n',
    "requirements/grade.txt": "evil==1 --hash=sha256:00\n",
    ".course-secret": "known\n",
}


def test_what_a_pull_request_changes_besides_its_module_counts_for_nothing(school, login):
    pull = school.pull(login, {GATES: HALF, **SHADOWS})
    run = school.feedback(pull)
    assert run.conclusion == "success"
    assert score(comment(pull)) == "28 / 30"


def test_workflows_of_a_pull_request_run_without_secrets_and_do_not_reach_stage_2(school, login):
    ours = (ROOT / "student/.github/workflows/feedback.yml").read_text(encoding="utf-8")
    changed = ours.replace("python -m autograder ci report", "echo forged; python -m autograder ci report")
    pull = school.pull(
        login,
        {GATES: HALF, ".github/workflows/examples.yml": STEAL, ".github/workflows/feedback.yml": changed},
    )
    examples, feedback = school.both(pull)
    assert "refused" in examples.log  # the token can only read
    assert score(comment(pull)) == "28 / 30"
    assert "forged" not in feedback.log
    assert feedback.jobs["report"].step("Take the record").outcome == "success"
    assert_nothing_secret(school, examples, feedback)


def test_code_that_looks_for_secrets_finds_none_and_reaches_nobody(school, login):
    pull = school.pull(login, {GATES: PEEK})
    examples, feedback = school.both(pull)
    assert_nothing_secret(school, examples, feedback)
    for run in (examples, feedback):
        assert [command for job in run.jobs.values() for command in job.commands if "live" in command.message] == []
    text = comment(pull)
    assert "GITHUB" not in text
    assert "root:x" not in text
    assert "<img" not in text
    assert not re.search(r"@everyone", text)
    assert_only_the_report_wrote(school, feedback)


NAMES = [
    "$(touch${IFS}pwned)",
    "a;touch${IFS}pwned;b",
    "`touch${IFS}pwned`",
    "x'||touch${IFS}pwned||'",
    'x"&&touch${IFS}pwned&&"',
    "-rf",
    "한글-가지",
    "main",
    "x&state=closed#",
    "x%2e%2e%2f",
    "${{github.token}}",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_branch_is_data(name, school, login):
    pull = school.pull(login, {GATES: HALF}, branch=name, message="::error::live\n\n::stop-commands::x", title=HOSTILE)
    run = school.feedback(pull)
    assert run.conclusion == "success", run.log
    assert score(comment(pull)) == "28 / 30"
    assert [each for job in run.jobs.values() for each in job.commands if each.message == "live"] == []
    assert not list(school.home.rglob("pwned"))


def test_a_comment_that_looks_like_ours_is_left_alone(school, login):
    pull = school.pull(login, {GATES: HALF})
    school.feedback(pull)
    forged = school.github.comment(pull, login, comment(pull).replace("28 / 30", "30 / 30"))
    school.push(pull, {GATES: STUB + "\n"})
    school.feedback(pull)
    assert "30 / 30" in forged.body
    assert score(comment(pull)) == "0 / 30"


def test_the_same_commit_on_another_fork_is_another_students(school, login):
    """Who copies a commit, branch name and all, gets a grade of their own and changes nobody else's."""
    other = f"{login}-copies"
    pull = school.pull(login, {GATES: HALF}, branch="gates")
    fork = school.github.fork(school.work, other)
    school.github.push(fork, branch="gates", commit=pull.head_sha)
    copy = school.github.open_pull(school.work, fork, "gates", draft=True)
    assert copy.head_sha == pull.head_sha
    school.feedback(copy)
    assert [each for each in pull.comments if each.kind == "Bot"] == []
    assert other in comment(copy)
    school.feedback(pull)
    assert f"{login}: " in comment(pull)
    concluded = {each["name"]: each["conclusion"] for each in pull.checks}  # of both: checks belong to commits
    assert concluded == {
        f"nand2mnist (pull request {pull.number})": "failure",
        f"nand2mnist (pull request {copy.number})": "neutral",
    }


# ---- forged answers: what if the job that graded was taken over? ----


def answers_of(run: Run) -> Path:
    return run.artifacts["answers"]


def report(school: School, pull: Pull, answers: Path) -> subprocess.CompletedProcess[str]:
    """The step of the job `report` with these answers, with that job's token."""
    event = school.home / f"event-{next(_numbers)}.json"
    event.write_text(json.dumps(school.github.event_workflow_run(pull).payload), encoding="utf-8")
    may = {"contents": "read", "pull-requests": "write", "checks": "write"}
    variables = {
        "GITHUB_TOKEN": school.github.job_token(school.work, may),
        "GITHUB_API_URL": school.github.api_url,
        "GITHUB_REPOSITORY": school.work.full_name,
        "GITHUB_EVENT_PATH": str(event),
    }
    return autograder(school.home / "release", "ci", "report", answers, **variables)


def forge(run: Run, pull: Pull, change: Callable[[Answer, Path], Answer | None], folder: Path) -> Path:
    """A copy of the answers of a run in which `change` has its way."""
    answers = folder / "answers"
    shutil.copytree(answers_of(run), answers)
    path = answers / f"{pull.name if hasattr(pull, 'name') else f'pull-{pull.number}'}.json"
    if (changed := change(read(path, Answer), path)) is not None:
        write(answers, path.stem, changed)
    return answers


def of_another(answer: Answer, path: Path) -> Answer:
    return Answer(**fields(answer) | {"student": "somebody-else"})


def with_results_of_another(answer: Answer, path: Path) -> Answer:
    (result,) = answer.results
    other = type(result)(**fields(result) | {"student": "somebody-else"})
    return Answer(**fields(answer) | {"results": (other,)})


def of_an_unknown_assignment(answer: Answer, path: Path) -> Answer:
    (result,) = answer.results
    other = type(result)(**fields(result) | {"assignment": "../../99_none"})
    return Answer(**fields(answer) | {"results": (other,)})


def twice(answer: Answer, path: Path) -> Answer:
    return Answer(**fields(answer) | {"results": answer.results * 2})


def too_large(answer: Answer, path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


def no_record(answer: Answer, path: Path) -> None:
    path.write_text('{"score": 30, "pull": 1}')


def with_a_field_more(answer: Answer, path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"number": 1}))


def a_link(answer: Answer, path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}  # type: ignore[attr-defined]


REFUSED = [
    of_another,
    with_results_of_another,
    of_an_unknown_assignment,
    twice,
    too_large,
    no_record,
    with_a_field_more,
    a_link,
]


@pytest.fixture(scope="module")
def graded(school: School) -> tuple[Pull, Run]:
    """A pull request whose grading the forgers start from."""
    pull = school.pull("student-forger", {GATES: HALF})
    run = school.feedback(pull)
    return pull, run


@pytest.mark.parametrize("change", REFUSED)
def test_an_answer_that_is_none_is_not_published(change, school, graded, tmp_path):
    pull, run = graded
    school.push(pull, {GATES: HALF + f"# {change.__name__}\n"})  # a commit without feedback yet
    done = report(school, pull, forge(run, pull, lambda answer, path: at_head(change(answer, path), pull), tmp_path))
    assert done.returncode == 3, done.stdout + done.stderr
    assert "not graded" in done.stdout
    text = comment(pull)
    assert "on our side" in text
    assert "/ 30" not in text
    assert "root:" not in text
    assert check(pull)["conclusion"] == "neutral"
    assert "root:" not in done.stdout + done.stderr


def at_head(answer: Answer | None, pull: Pull) -> Answer | None:
    return answer and Answer(**fields(answer) | {"commit": pull.head_sha})


def test_an_answer_to_another_commit_is_left(school, graded, tmp_path):
    pull, run = graded
    school.push(pull, {GATES: HALF + "# another\n"})
    before = comment(pull)
    done = report(school, pull, forge(run, pull, lambda answer, path: answer, tmp_path))
    assert done.returncode == 0
    assert "left to the run for that one" in done.stdout
    assert comment(pull) == before


def test_an_answer_for_another_pull_request_goes_nowhere(school, graded, login, tmp_path):
    """The artifact of one run names another's number: its file is not even opened."""
    pull, run = graded
    victim = school.pull(login, {GATES: REFERENCE})
    school.feedback(victim)
    before = comment(victim)
    answers = forge(run, pull, lambda answer, path: None, tmp_path)
    (answers / f"pull-{pull.number}.json").rename(answers / f"pull-{victim.number}.json")
    assert report(school, pull, answers).returncode == 3
    assert comment(victim) == before


def test_whatever_a_forged_answer_says_is_inert(school, graded, tmp_path):
    pull, run = graded
    school.push(pull, {GATES: HALF + "# inert\n"})

    def evil(answer: Answer, path: Path) -> Answer:
        (result,) = answer.results
        tasks = tuple(
            type(task)(
                **fields(task)
                | {
                    "parts": tuple(
                        type(p)(
                            **fields(p)
                            | {"message": same(HOSTILE), "title": same(HOSTILE), "line": 10**9, "verdict": "fail"}
                        )
                        for p in task.parts
                    )
                }
            )
            for task in result.tasks
        )
        made = type(result)(**fields(result) | {"tasks": tasks, "started": "<b>-->", "score": 1e9})
        misplaced = (Misplaced(HOSTILE, HOSTILE),)
        return Answer(**fields(answer) | {"results": (made,), "commit": pull.head_sha, "misplaced": misplaced})

    done = report(school, pull, forge(run, pull, evil, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    text = comment(pull)
    assert "<script" not in text
    assert "@everyone" not in text
    assert "http://" not in text.split("\n", 1)[1]
    assert kept(text) is not None
    assert not re.search(r"^(::|##\[)", done.stdout, re.MULTILINE)


# ---- at the same time ----


def test_two_reports_at_once_leave_one_comment(school, login, tmp_path):
    pull = school.pull(login, {GATES: HALF})
    answers = answers_of(school.feedback(pull))
    for each in list(school.work.comments.values()):
        if each.issue == pull.number:
            del school.work.comments[each.id]
    both_have_looked = threading.Barrier(2, timeout=30)
    for _ in range(2):
        school.github.fail("POST", rf"/issues/{pull.number}/comments$", before=both_have_looked.wait)
    outcomes = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(report(school, pull, answers).returncode)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [0, 0]
    assert score(comment(pull)) == "28 / 30"


# ---- when it breaks ----


def test_where_fetching_fails_the_student_is_told_and_a_re_run_mends_it(school, login):
    pull = school.pull(login, {GATES: HALF})
    school.github.fail("GET", r"/git/trees/", status=500, times=10)
    run = school.feedback(pull)
    assert run.jobs["grade"].step("Fetch the submission as data").exit_code == 3
    assert run.jobs["grade"].step("Grade").outcome == "skipped"
    assert "on our side" in comment(pull)
    assert check(pull)["conclusion"] == "neutral"
    school.github.server.faults._waiting.clear()
    school.runner.again(run)
    assert score(comment(pull)) == "28 / 30"
    assert check(pull)["conclusion"] == "failure"


def test_a_break_down_after_a_good_grading_takes_nothing_away(school, login):
    pull = school.pull(login, {GATES: HALF})
    run = school.feedback(pull)
    text, checks = comment(pull), len(pull.checks)
    school.github.fail("GET", r"/git/trees/", status=500, times=10)
    again = school.runner.again(run)
    school.github.server.faults._waiting.clear()
    assert again.jobs["report"].result == "failure"  # whoever runs the course sees it
    assert comment(pull) == text
    assert len(pull.checks) == checks


@pytest.mark.parametrize("feature", ["landlock", "seccomp"])
def test_without_the_sandbox_nothing_is_graded(feature, school, login, tmp_path):
    pull = school.pull(login, {GATES: HALF})
    run = school.feedback(pull)
    answers = tmp_path / "answers"
    inbox = run.jobs["grade"].home.parent / "temp" / "inbox"
    assert list(inbox.glob("pull-*.json"))
    command = [
        sys.executable,
        str(REFUSE),
        feature,
        "--",
        sys.executable,
        "-m",
        "autograder",
        "ci",
        "grade",
        inbox,
        answers,
    ]
    done = subprocess.run(
        list(map(str, command)),
        cwd=school.course,
        env={"PATH": "/usr/bin:/bin", "NAND2MNIST_SECRET": SECRET, "GITHUB_ACTIONS": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stdout + done.stderr
    assert "sandbox" in done.stderr or "not available" in done.stderr
    assert not list(answers.glob("pull-*.json"))


def test_without_the_course_secret_nothing_is_graded(school, login):
    environment = school.work.environments["grading"]
    secret = environment.secrets.pop("COURSE_SECRET")
    try:
        pull = school.pull(login, {GATES: HALF})
        run = school.feedback(pull)
    finally:
        environment.secrets["COURSE_SECRET"] = secret
    assert run.jobs["grade"].step("Grade").outcome == "skipped"
    assert "COURSE_SECRET: is not set in the environment grading" in run.jobs["grade"].log
    assert "on our side" in comment(pull)
