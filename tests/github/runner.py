"""Executes workflow files for events, as GitHub does: which files, which jobs, with which token and which secrets."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.github import events
from tests.github.events import Event
from tests.github.expressions import condition, interpolate
from tests.github.expressions import value_of as evaluated
from tests.github.hub import GitHub
from tests.github.jobs import Job
from tests.github.runs import JobRecord, Run
from tests.github.state import Environment
from tests.github.values import truthy
from tests.github.workflow import PLACES, Workflow, WorkflowError, load, needs

FOLDER = ".github/workflows"
SCOPES = (
    "actions attestations checks contents deployments discussions id-token issues models packages pages pull-requests"
    " security-events statuses"
).split()
READ_ONLY = {"contents": "read", "metadata": "read", "packages": "read"}
SKIP = ("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]")  # in the head's commit message
TYPES = {"pull_request": ("opened", "synchronize", "reopened"), "pull_request_target": ("opened", "synchronize")}


class Runner:
    """Runs workflows in folders below `home`.

    seconds: the longest that a step may take, whatever its workflow allows. install: real environments and a real pip
    (for benchmarks); pip_cache: the cache of that pip.
    """

    def __init__(
        self, github: GitHub, home: Path, seconds: float = 60.0, install: bool = False, pip_cache: Path | None = None
    ) -> None:
        self.github, self.home = github, home
        self.seconds, self.install, self.pip_cache = seconds, install, pip_cache
        self.runs: list[Run] = []
        self._ids = itertools.count(700_001)
        self._lock = threading.Lock()
        self._groups: dict[tuple[int, str], Run] = {}

    # what an event sets off

    def deliver(self, event: Event, follow: bool = True) -> list[Run]:
        """Run every workflow that the event triggers; with `follow` also those that a completed run triggers.

        The files are those of the event's commit: of a pull request's merge (so a fork's own, with a token that can
        only read), else of the default branch.
        """
        if event.name == "pull_request" and (not event.sha or self._is_skipped(event)):
            return []  # it conflicts, or asks for no run: GitHub runs nothing
        runs = [self.run(workflow, event) for workflow in self._triggered(event)]
        if follow and event.name == "pull_request":
            pull = event.repository.pulls[event.payload["number"]]
            for run in tuple(runs):
                runs += self.deliver(events.of_run(self.github.url, pull, run), follow=False)
        return runs

    def _is_skipped(self, event: Event) -> bool:
        head = event.payload["pull_request"]["head"]["sha"]
        message = event.repository.bare.git("log", "-1", "--format=%B", head).decode("utf-8", "replace").lower()
        return any(word in message for word in SKIP)

    def _triggered(self, event: Event) -> list[Workflow]:
        bare = event.repository.bare
        found: list[Workflow] = []
        for path in bare.files(event.sha, FOLDER):
            if path.endswith((".yml", ".yaml")) and path.count("/") == 2:
                text = (bare.read(event.sha, path) or b"").decode("utf-8", "replace")
                try:
                    workflow = load(text, path)
                except WorkflowError:
                    continue  # GitHub shows an error, and runs nothing
                if is_triggered(workflow, event):
                    found.append(workflow)
        return found

    def named(self, event: Event, name: str) -> Run:
        """Run the workflow of this name that the event triggers, and nothing after it."""
        found = [workflow for workflow in self._triggered(event) if workflow.name == name]
        assert len(found) == 1, f"{event.name} triggers {len(found)} workflows with the name {name}"
        return self.run(found[0], event)

    def again(self, run: Run) -> Run:
        """ "Re-run all jobs": the same event and workflow, another attempt."""
        return self.run(run.workflow, run.event, run.id, run.attempt + 1)

    # one run

    def run(self, workflow: Workflow | str, event: Event, number: int = 0, attempt: int = 1) -> Run:
        """Run one workflow (or its text) for an event, whether or not the event triggers it."""
        workflow = load(workflow) if isinstance(workflow, str) else workflow
        run = Run(workflow, event, number or next(self._ids), attempt)
        self.runs.append(run)
        contexts = {"github": self._github(run), "vars": event.repository.variables, "inputs": _inputs(event)}
        before = self._enter(run, contexts)
        if before:
            before.finished.wait()
        try:
            for name, content in workflow.jobs.items():
                run.jobs[name] = JobRecord(name)
                self._job(run, content, run.jobs[name], dict(contexts))
        finally:
            run.finished.set()
        return run

    def _enter(self, run: Run, contexts: dict[str, Any]) -> Run | None:
        """Take the place in the concurrency group; the run to wait for, which is cancelled if so asked."""
        told = run.workflow.content.get("concurrency")
        if told is None:
            return None
        told = {"group": told} if isinstance(told, str) else told
        where = {name: contexts[name] for name in PLACES["concurrency"]}
        run.concurrency = interpolate(str(told["group"]), where)
        key = (run.event.repository.id, run.concurrency.lower())
        with self._lock:
            before = self._groups.get(key)
            self._groups[key] = run
        if before and not before.finished.is_set() and truthy(evaluated(told.get("cancel-in-progress"), where)):
            before.cancel()
        return before

    def _job(self, run: Run, content: dict[str, Any], record: JobRecord, contexts: dict[str, Any]) -> None:
        if "strategy" in content or "uses" in content:
            raise WorkflowError(f"{record.name}: the harness knows neither a matrix nor a called workflow")
        contexts["needs"] = {
            name: {"result": run.jobs[name].result, "outputs": run.jobs[name].outputs} for name in needs(content)
        }
        contexts |= {"strategy": {}, "matrix": None}
        if not self._may_start(run, content, contexts):
            record.result = "cancelled" if run.cancelled.is_set() and "if" not in content else "skipped"
            return
        try:
            environment = self._environment(run, content, contexts)
        except PermissionError as error:
            record.result, record.error = "failure", str(error)
            return
        record.permissions = permissions_of(run.workflow, content, run.event)
        record.token = self.github.job_token(run.event.repository, record.permissions)
        secrets = _secrets(run.event, environment)
        record.secrets = secrets
        contexts["secrets"] = {**secrets, "GITHUB_TOKEN": record.token}
        contexts["vars"] = {**contexts["vars"], **environment.variables}
        job = Job(self, run, content, record, contexts)
        contexts["github"] = {**contexts["github"], "token": record.token, "job": record.name}
        contexts["github"]["workspace"] = str(job.workspace)
        try:
            job.execute()
        finally:
            self.github.expire(record.token)

    def _may_start(self, run: Run, content: dict[str, Any], contexts: dict[str, Any]) -> bool:
        before = [run.jobs[name].result for name in _ancestors(run.workflow, content)]
        known = {
            "success": lambda *names: all(result == "success" for result in before) and not run.cancelled.is_set(),
            "failure": lambda *names: "failure" in before,
            "cancelled": run.cancelled.is_set,
            "always": lambda: True,
        }
        return condition(content.get("if"), {name: contexts[name] for name in PLACES["job if"]}, known)

    def _environment(self, run: Run, content: dict[str, Any], contexts: dict[str, Any]) -> Environment:
        """The job's environment. Raises PermissionError where the run's branch may not use it."""
        told = content.get("environment")
        if told is None:
            return Environment()
        named = told["name"] if isinstance(told, dict) else told
        name = interpolate(str(named), {place: contexts.get(place) for place in PLACES["job"]})
        found = run.event.repository.environments.get(name, Environment(branches=None))
        if found.branches is not None and run.event.ref not in [f"refs/heads/{branch}" for branch in found.branches]:
            raise PermissionError(f'"{run.event.ref}" is not allowed to deploy to {name} due to its protection rules.')
        return found

    def _github(self, run: Run) -> dict[str, Any]:
        event, repository = run.event, run.event.repository
        return {
            "actor": event.actor,
            "api_url": self.github.api_url,
            "base_ref": event.base_ref,
            "event": event.payload,
            "event_name": event.name,
            "graphql_url": f"{self.github.url}/api/graphql",
            "head_ref": event.head_ref,
            "ref": event.ref,
            "ref_name": event.ref.removeprefix("refs/heads/").removeprefix("refs/pull/"),
            "ref_type": "branch",
            "repository": repository.full_name,
            "repository_id": str(repository.id),
            "repository_owner": repository.owner,
            "run_attempt": str(run.attempt),
            "run_id": str(run.id),
            "run_number": str(run.id - 700_000),
            "server_url": self.github.url,
            "sha": event.sha,
            "triggering_actor": event.actor,
            "workflow": run.workflow.name,
        }


def is_triggered(workflow: Workflow, event: Event) -> bool:
    """Whether GitHub would run the workflow for the event."""
    if event.name not in workflow.triggers:
        return False
    told = workflow.triggers[event.name] or {}
    if event.name == "schedule":
        return event.payload["schedule"] in [each["cron"] for each in told]
    if event.name == "workflow_dispatch":
        return bool(event.payload["workflow"] == workflow.path)
    if unknown := set(told) - {"types", "workflows", "branches"}:
        raise WorkflowError(f"on: {event.name}: the harness does not know {', '.join(sorted(unknown))}")
    if event.name == "workflow_run":
        if "branches" in told:
            raise WorkflowError("on: workflow_run: the harness does not know branches")
        is_named = event.payload["workflow_run"]["name"] in told["workflows"]
        return is_named and event.action in told.get("types", ["completed", "requested"])
    is_branch = event.base_ref in told.get("branches", [event.base_ref])
    return is_branch and event.action in told.get("types", TYPES.get(event.name, (event.action,)))


def permissions_of(workflow: Workflow, job: dict[str, Any], event: Event) -> dict[str, str]:
    """What the job's token may do: the job's own block, else the workflow's, else what the repository says."""
    told = job.get("permissions", workflow.content.get("permissions"))
    if told is None:
        told = READ_ONLY if event.repository.default_token == "read" else "write-all"
    if isinstance(told, str):
        if told not in ("read-all", "write-all"):
            raise WorkflowError(f"permissions: {told}")
        told = dict.fromkeys(SCOPES, told.removesuffix("-all"))
    if unknown := set(told) - {*SCOPES, "metadata"}:
        raise WorkflowError(f"permissions: {', '.join(sorted(unknown))}")
    granted = {scope: level for scope, level in told.items() if level != "none"}
    return dict.fromkeys(granted, "read") if event.is_untrusted else granted


def _secrets(event: Event, environment: Environment) -> dict[str, str]:
    return {} if event.is_untrusted else {**event.repository.secrets, **environment.secrets}


def _inputs(event: Event) -> Mapping[str, str]:
    return event.payload["inputs"] if event.name == "workflow_dispatch" else {}


def _ancestors(workflow: Workflow, job: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name in needs(job):
        found += [*_ancestors(workflow, workflow.content["jobs"][name]), name]
    return found
