"""Which pull requests a run is about, by what the event and the API say and by nothing else."""

from __future__ import annotations

from autograder.ci.api import Api, ApiError, quoted
from autograder.ci.event import CiError, Event
from autograder.ci.pull import Pull


def about(api: Api, repository: str, event: Event) -> list[Pull]:
    """The open pull requests that `event` is about, as they are now: a late run answers to the newest commit too."""
    run = event.workflow_run
    if run is None:
        chosen = (event.inputs.pull or "").strip().removeprefix("#") if event.inputs else ""
        return named(api, repository, [chosen] if chosen else [])
    if run.event != "pull_request" or run.head_repository is None or run.head_branch is None:
        return []
    head = f"{run.head_repository.owner.login}:{run.head_branch}"
    there = api.pages(f"/repos/{repository}/pulls", Pull, state="open", head=head)
    return [pull for pull in there if pull.head.repo is not None and pull.head.repo.id == run.head_repository.id]


def named(api: Api, repository: str, numbers: list[str]) -> list[Pull]:
    """These pull requests, or all that are open. Raises CiError for what is no number or not there."""
    if not numbers:
        return list(api.pages(f"/repos/{repository}/pulls", Pull, state="open"))
    return [_one(api, repository, number) for number in numbers]


def _one(api: Api, repository: str, number: str) -> Pull:
    if not (number.isascii() and number.isdigit()):
        raise CiError(f"{number!r} is no number of a pull request")
    try:
        return api.get(f"/repos/{repository}/pulls/{quoted(number)}", Pull)
    except ApiError as error:
        if error.status != 404:
            raise
        raise CiError(f"{repository} has no pull request {number}; give the number of one that is there") from error
