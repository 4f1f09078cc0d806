"""A school on a little GitHub: the private course repository, the student repository released from it, its students.

The course is the real one, reduced to a few assignments so that it is laid out quickly.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT
from tests.github.git import Bare, File
from tests.github.hub import GitHub
from tests.github.runner import Runner
from tests.github.runs import Run
from tests.github.state import Comment, Environment, Pull, Repository

ASSIGNMENTS = ("01_gates", "05_softmax")
GATES = "assignments/01_gates/gates.py"
SOFTMAX = "assignments/05_softmax/output_layer.py"
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nkey0of0the0course\n-----END OPENSSH PRIVATE KEY-----\n"
SECRET = "5ec2e7" * 8
REFERENCE = (ROOT / "solutions/01_gates/gates.py").read_text(encoding="utf-8")
HALF = (ROOT / "solutions/01_gates/mistakes/xor_nor_wired_like_the_nands.py").read_text(encoding="utf-8")  # 28 of 30
STUB = (ROOT / GATES).read_text(encoding="utf-8")
IGNORED = shutil.ignore_patterns("__pycache__", "mistakes", "accepted", "hostile", "*.ipynb")


def lay_course(folder: Path) -> Path:
    """The course, as an instructor has it."""
    for name in (".github", "requirements", "student", "datasets"):
        shutil.copytree(ROOT / name, folder / name, ignore=IGNORED)
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__", "graders"))
    for each in ASSIGNMENTS:
        for place in ("assignments", "solutions", "autograder/graders"):
            shutil.copytree(ROOT / place / each, folder / place / each, ignore=IGNORED)
    for name in ("LICENSE", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    autograder(folder, "build")
    return folder


def autograder(course: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """The command line of a course, in an environment that has nothing but `more`."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(course), "LANG": "C.UTF-8", **more}
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)


class School:
    """Everything that an instructor sets up, as docs/pull-requests.md says. Close it, or use it as a context."""

    def __init__(self, home: Path, **runner: object) -> None:
        self.home = home
        self.github = GitHub(home / "github")
        self.runner = Runner(self.github, home / "runs", **runner)  # type: ignore[arg-type]
        self.course = lay_course(home / "course")
        self.private = self.github.repository(
            "school/course", Bare.make(home / "github/school/course.git"), private=True, deploy_keys={KEY}
        )
        self.push_course()
        self.work = self.github.repository(
            "school/work",
            Bare.make(home / "github/school/work.git"),
            variables={"COURSE_REPOSITORY": "school/course"},
            environments={"grading": Environment({"COURSE_KEY": KEY, "COURSE_SECRET": SECRET})},
        )
        self.released = autograder(self.course, "release", home / "release", "--remote", self.work.bare.path)
        assert self.released.returncode == 0, self.released.stdout + self.released.stderr

    def __enter__(self) -> School:
        return self

    def __exit__(self, *exception: object) -> None:
        self.github.close()

    def push_course(self, **changed: str) -> str:
        """The instructor commits the course; `changed`: path with `/` as `__` → text."""
        for name, text in changed.items():
            (self.course / name.replace("__", "/")).write_text(text, encoding="utf-8")
        files: dict[str, File | None] = {
            path.relative_to(self.course).as_posix(): path.read_bytes()
            for path in sorted(self.course.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".course")
        }
        return self.private.bare.commit(files, message="the course")

    def pull(
        self,
        login: str,
        files: Mapping[str, File | None],
        branch: str = "work",
        message: str = "work",
        **more: str | bool,
    ) -> Pull:
        """A student forks the student repository, pushes these files to a branch and opens a pull request."""
        name = f"{login}/work"
        fork = self.github.repositories.get(name) or self.github.fork(self.work, login)
        self.github.push(fork, files, branch, f"{message}\n\nby {login}")  # a commit of its own, whatever is in it
        return self.github.open_pull(self.work, fork, branch, **more)  # type: ignore[arg-type]

    def push(self, pull: Pull, files: Mapping[str, File | None], message: str = "more work") -> str:
        """The student pushes to the branch of a pull request."""
        assert pull.head_repository is not None
        return self.github.push(pull.head_repository, files, pull.branch, message)

    def both(self, pull: Pull, action: str = "opened") -> tuple[Run, Run]:
        """Both stages, as the pull request's event sets them off."""
        runs = self.runner.deliver(self.github.event_pull_request(pull, action))
        assert [run.workflow.name for run in runs] == ["examples", "feedback"], [run.workflow.name for run in runs]
        return runs[0], runs[1]

    def feedback(self, pull: Pull) -> Run:
        """Stage 2 alone, as if stage 1 were done."""
        return self.runner.named(self.github.event_workflow_run(pull), "feedback")

    def ours(self, repository: Repository | None = None) -> list[Comment]:
        """The comments that no person wrote."""
        return [each for each in (repository or self.work).comments.values() if each.kind == "Bot"]

    def person(self, **grants: dict[str, str]) -> dict[str, str]:
        """The environment of an instructor who works by hand, with a token that may write."""
        may = grants or {"school__work": {"contents": "read", "pull-requests": "write", "checks": "write"}}
        return {
            "GITHUB_TOKEN": self.github.person("instructor", **may),
            "GITHUB_API_URL": self.github.api_url,
            "GITHUB_REPOSITORY": self.work.full_name,
            "NAND2MNIST_SECRET": SECRET,
        }


def comment(pull: Pull) -> str:
    """The one comment that is ours."""
    (only,) = [each for each in pull.comments if each.kind == "Bot"]
    return only.body


def score(text: str) -> str:
    """What the first table row with points says in all: `28 / 30`."""
    match = re.search(r": \*\*(\d[\d.]* / 30)\*\*", text)
    assert match, text
    return match[1]


def check(pull: Pull) -> dict[str, object]:
    """The check on the newest commit that counts: the last one."""
    return pull.checks[-1]


def assert_nothing_secret(school: School, *runs: Run) -> None:
    """No key, no secret and no token stands anywhere that somebody can read, and no student's text became a command."""
    said = "".join(run.log for run in runs) + "".join(job.summary for run in runs for job in run.jobs.values())
    said += "".join(each.body for each in school.work.comments.values()) + json.dumps(school.work.checks)
    artifacts = b"".join(
        p.read_bytes() for run in runs for a in run.artifacts.values() for p in a.rglob("*") if p.is_file()
    )
    tokens = [job.token for run in runs if not run.event.is_untrusted for job in run.jobs.values()]
    for secret in (KEY.split("\n")[1], SECRET, *tokens):
        assert secret not in said
        assert secret.encode() not in artifacts


def assert_only_the_report_wrote(school: School, run: Run) -> None:
    """Whatever the job that ran student code asked for was reading, and its token could do no more."""
    job = run.jobs["grade"]
    assert set(job.permissions.values()) <= {"read"}
    assert all(not request.is_writing for request in school.github.of_token(job.token))
    assert [request for request in school.github.of_token(run.jobs["report"].token) if request.is_writing]
    assert run.jobs["report"].secrets == {}
