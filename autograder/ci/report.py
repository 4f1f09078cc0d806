"""ANSWERS → what a student reads. Who is meant is asked of the event and the API, never of the answers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from autograder.ci import publish, records
from autograder.ci.api import Api, ApiError, quoted
from autograder.ci.collect import Student
from autograder.ci.event import CiError
from autograder.ci.feedback import Circumstances, Feedback, broken_off, feedback
from autograder.ci.pull import Pull
from autograder.ci.records import Answer
from autograder.course import Course
from autograder.text import Lang, clean


class Tip(msgspec.Struct):
    sha: str


@dataclass(frozen=True)
class Addressee:
    """Whom an answer is for: what its file is called, the student, the commit that counts, where the feedback goes."""

    name: str
    student: str
    sha: str
    place: publish.Place
    about: Circumstances


class Reporter:
    """Publishes answers for one run. Lines for the log go to standard output, summaries to GitHub's file for them."""

    def __init__(self, course: Course, api: Api, answers: Path, lang: Lang) -> None:
        self._course = course
        self.api = api
        self._answers = answers
        self._lang: Lang = lang
        self._login = publish.own_login(api)
        self._run_url = _run_url()
        self.failed: list[str] = []

    def pulls(self, repository: str, pulls: Sequence[Pull], expected: bool) -> None:
        """The comment and the check of each pull request. `expected`: where an answer is missing, grading broke off."""
        # A person's first comment would not be found again by the workflow, which knows its own alone.
        is_person = self._login is not None
        authors = [login for login in (publish.BOT, self._login) if login]
        for pull in pulls:
            if not expected and not self._has(pull.name):
                self._fail(f"{pull.name}: no answer; it was not fetched, or came later")
                continue
            place = publish.Comments(self.api, repository, pull.number, authors, may_add=not is_person)
            about = Circumstances(pull.lang(self._lang), pull.draft, run_url=self._run_url)
            try:
                new = self._publish(Addressee(pull.name, pull.student, pull.head.sha, place, about))
                if new and is_person:
                    print(f"{pull.name}: its check stays as it is; only a workflow may write one")
                elif new:
                    publish.check(self.api, repository, pull, new, self._run_url)
            except Exception as error:  # whatever is odd about one of them, the others are waiting
                self._fail(f"{pull.name}: {_told(error)}")

    def students(self, everyone: Sequence[Student]) -> None:
        """The issue in each student's repository."""
        if self._login is None:
            raise CiError("GITHUB_TOKEN is a workflow's; give one of a person or machine account that may write issues")
        for one in everyone:
            if not one.on_github:
                print(f"{clean(one.student)}: not on GitHub; what was graded lies in {self._answers}")
                continue
            if not self._has(one.name):
                self._fail(f"{clean(one.student)}: no answer; what is there stays")
                continue
            place = publish.Issues(self.api, one.repository, self._login)
            about = Circumstances(one.lang or self._lang, is_pull=False)
            try:
                sha = self.api.get(f"/repos/{one.repository}/commits/{quoted(one.branch or 'HEAD')}", Tip).sha
                self._publish(Addressee(one.name, one.student, sha, place, about))
            except Exception as error:  # whatever is odd about one of them, the others are waiting
                self._fail(f"{clean(one.student)}: {_told(error)}")

    def _has(self, name: str) -> bool:
        return (self._answers / f"{name}.json").is_file()

    def _publish(self, to: Addressee) -> Feedback | None:
        """What was published, or None where nothing was: what is there is later or better."""
        there = publish.ours(to.place)
        before = there[0].kept if there else None
        answer = self._answer(to.name, to.student)
        if answer is None and before is not None and before.commit == to.sha:
            print(f"{to.name}: what is there for this commit stays")
            return None
        if answer is not None and answer.commit != to.sha:
            print(f"{to.name}: graded at {clean(answer.commit[:7])}, now at {to.sha[:7]}; left to the run for that one")
            return None
        if answer is not None and before is not None and before.commit == to.sha and _is_withheld(answer):
            print(f"{to.name}: withheld; what is there for this commit stays")
            return None
        about = replace(to.about, before=before)
        new = feedback(self._course, answer, about) if answer else broken_off(to.sha, about)
        done, url = publish.keep(to.place, there, new)
        print(f"{to.name}: {new.title}; {done} {url}".rstrip())
        self._summarise(new)
        return new if done in publish.WRITTEN else None

    def _answer(self, name: str, student: str) -> Answer | None:
        """The answer, if there is one and it is to this student."""
        try:
            answer = records.read(self._answers / f"{name}.json", Answer)
            _require(answer, self._course, student)
        except CiError as error:
            self._fail(f"{name}: not graded: {error}")
            return None
        if _is_withheld(answer):
            self._fail(f"{name}: a grade is withheld; grade the file on your machine to see why")
        return answer

    def _fail(self, line: str) -> None:
        print(clean(line, cap=1000))
        self.failed.append(line)

    def _summarise(self, new: Feedback) -> None:
        if path := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(f"{new.summary}\n")


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, ApiError) else f"could not be reported ({type(error).__name__})"


def _is_withheld(answer: Answer) -> bool:
    return any(result.status == "withheld" for result in answer.results)


def preview(course: Course, answers: Path, lang: Lang) -> None:
    """Print what would be published, and publish nothing."""
    for name in records.names(answers):
        if name != records.RESULTS:
            answer = records.read(answers / f"{name}.json", Answer)
            new = feedback(course, answer, Circumstances(lang))
            print(f"<!-- {name} -->\n{new.comment.partition(chr(10))[2]}")


def _require(answer: Answer, course: Course, student: str) -> None:
    """Raises CiError where an answer is not what this run has asked for."""
    assignments = [result.assignment for result in answer.results]
    if {answer.student, *(result.student for result in answer.results)} != {student}:
        raise CiError("the answer is to another student")
    if len(set(assignments)) < len(assignments) or not set(assignments) <= set(course.ids):
        raise CiError("the answer is to assignments that are not there; release the course again")


def _run_url() -> str:
    """Where this run can be looked at; empty outside of a workflow."""
    server, repository, run = (os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    return f"{server}/{repository}/actions/runs/{run}" if server and repository and run else ""
