"""What happened, as GitHub tells it: the payload that becomes event.json, and what the run is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.github.state import Pull, Repository, number_of

if TYPE_CHECKING:
    from tests.github.runs import Run


@dataclass(frozen=True)
class Event:
    """`sha`: what GITHUB_SHA says, and the commit whose workflow files are run. `is_untrusted`: of a fork's request."""

    name: str
    repository: Repository
    payload: dict[str, Any]
    ref: str
    sha: str
    actor: str
    head_ref: str = ""
    base_ref: str = ""
    is_untrusted: bool = False

    @property
    def action(self) -> str | None:
        return self.payload.get("action")


def sender(login: str) -> dict[str, Any]:
    return {"login": login, "id": number_of(login), "type": "User"}


def of_pull_request(server: str, pull: Pull, action: str, name: str = "pull_request") -> Event:
    """Of a pull request. One that conflicts has no merge commit, and GitHub runs nothing for it: see `deliver`."""
    base = pull.base
    target = name == "pull_request_target"
    return Event(
        name=name,
        repository=base,
        payload={
            "action": action,
            "number": pull.number,
            "pull_request": pull.shown_as_pull(server),
            "repository": base.shown(server),
            "sender": sender(pull.author),
        },
        ref=f"refs/heads/{base.default_branch}" if target else f"refs/pull/{pull.number}/merge",
        sha=base.head if target else pull.merge_sha or "",
        actor=pull.author,
        head_ref=pull.branch,
        base_ref=base.default_branch,
        is_untrusted=pull.is_from_fork and not target,
    )


def of_workflow_run(
    server: str, pull: Pull, *, number: int, attempt: int, conclusion: str, workflow: str, path: str, head_sha: str
) -> Event:
    """A run of `workflow` for a pull request was completed. The run is of the default branch from here on."""
    base, head = pull.base, pull.head_repository
    of_the_same = head is base
    pulls = [{"id": 9_000_000 + pull.number, "number": pull.number}] if of_the_same else []
    run = {
        "id": number,
        "name": workflow,
        "path": path,
        "run_attempt": attempt,
        "run_number": number,
        "event": "pull_request",
        "status": "completed",
        "conclusion": conclusion,
        "head_branch": pull.branch,
        "head_sha": head_sha,
        "head_commit": {"id": head_sha},
        "head_repository": head.shown(server) if head else None,
        "pull_requests": pulls,  # empty for forks, at GitHub too
        "repository": base.shown(server),
        "actor": sender(pull.author),
        "html_url": f"{server}/{base.full_name}/actions/runs/{number}",
    }
    payload = {
        "action": "completed",
        "workflow_run": run,
        "workflow": {"id": 3, "name": workflow, "path": path, "state": "active"},
        "repository": base.shown(server),
        "sender": sender(pull.author),
    }
    return on_default_branch("workflow_run", base, payload, pull.author)


def of_run(server: str, pull: Pull, run: Run) -> Event:
    """A run of this harness was completed."""
    return of_workflow_run(
        server,
        pull,
        number=run.id,
        attempt=run.attempt,
        conclusion=run.conclusion,
        workflow=run.workflow.name,
        path=run.workflow.path,
        head_sha=run.event.payload["pull_request"]["head"]["sha"],
    )


def of_dispatch(server: str, repository: Repository, workflow: str, inputs: dict[str, str], actor: str) -> Event:
    ref = f"refs/heads/{repository.default_branch}"
    payload = {"inputs": inputs, "ref": ref, "repository": repository.shown(server), "sender": sender(actor)}
    return on_default_branch("workflow_dispatch", repository, payload | {"workflow": workflow}, actor)


def of_schedule(server: str, repository: Repository, cron: str) -> Event:
    payload = {"schedule": cron, "repository": repository.shown(server)}
    return on_default_branch("schedule", repository, payload, repository.owner)


def on_default_branch(name: str, repository: Repository, payload: dict[str, Any], actor: str) -> Event:
    ref = f"refs/heads/{repository.default_branch}"
    return Event(name, repository, payload, ref, repository.head, actor)
