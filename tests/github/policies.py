"""What must hold for every workflow of ours and no linter sees: each policy says what is wrong, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.github.expressions import expressions_in, parse
from tests.github.workflow import Workflow

# The actions that may be used: the commit of a version, read from the action's own tags.
PINS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
}
# Set-up actions that keep a cache without being asked; `cache: false` would be needed.
CACHE_BY_THEMSELVES = ("actions/setup-go", "actions/setup-node", "astral-sh/setup-uv", "golangci/golangci-lint-action")
GRADES = re.compile(r"\bci (?:grade|fetch|collect|regrade)\b")
FETCHES = re.compile(r"\bgit (?:fetch|clone|pull)\b|\bgh (?:pr|repo)\b|refs/pull|\bhead_ref\b|\.head[._]")

Policy = Callable[[Workflow], Iterator[str]]
POLICIES: list[Policy] = []


def policy(check: Policy) -> Policy:
    POLICIES.append(check)
    return check


@policy
def actions_are_pinned(workflow: Workflow) -> Iterator[str]:
    """Every action is one of ours, by its commit, with the version in a comment."""
    lines = [line.strip().removeprefix("- ") for line in workflow.text.splitlines()]
    used = [step["uses"] for _, step in steps(workflow) if "uses" in step]
    used += [job["uses"] for job in workflow.jobs.values() if "uses" in job]
    for uses in used:
        name = uses.partition("@")[0]
        commit, version = PINS.get(name, ("", ""))
        if uses != f"{name}@{commit}":
            yield f"uses: {uses}: not the pinned version"
        elif lines.count(f"uses: {uses} # {version}") != used.count(uses):
            yield f"uses: {uses}: without its version in a comment"


@policy
def no_cache(workflow: Workflow) -> Iterator[str]:
    """No cache: what a pull request's run wrote must never reach a run that has secrets."""
    for job, step in steps(workflow):
        uses, given = str(step.get("uses", "")), step.get("with") or {}
        if uses.startswith("actions/cache"):
            yield f"{job}: {uses}"
        asked = [name for name in given if "cache" in name and str(given[name]).lower() not in ("false", "none", "")]
        yield from (f"{job}: {uses}: {name}" for name in asked)
        if uses.startswith(CACHE_BY_THEMSELVES) and not ({"cache", "enable-cache"} & set(given)):
            yield f"{job}: {uses} keeps a cache unless it is told not to"


@policy
def credentials_do_not_persist(workflow: Workflow) -> Iterator[str]:
    """No checkout leaves a credential behind."""
    for job, step in steps(workflow):
        if is_checkout(step) and (step.get("with") or {}).get("persist-credentials") is not False:
            yield f"{job}: persist-credentials: false is missing"


@policy
def jobs_end(workflow: Workflow) -> Iterator[str]:
    """Every job has a timeout."""
    for name, job in workflow.jobs.items():
        if not isinstance(job.get("timeout-minutes"), int):
            yield f"{name}: timeout-minutes is missing"


@policy
def nothing_is_permitted_by_default(workflow: Workflow) -> Iterator[str]:
    """`permissions: {}` at the top, and a block of its own in every job."""
    if workflow.content.get("permissions") != {}:
        yield "permissions: {} is missing at the top"
    for name, job in workflow.jobs.items():
        if not isinstance(job.get("permissions"), dict):
            yield f"{name}: permissions are missing"


@policy
def runs_are_superseded(workflow: Workflow) -> Iterator[str]:
    """A newer run ends an older one."""
    told = workflow.content.get("concurrency")
    if not isinstance(told, dict) or told.get("cancel-in-progress") is not True or not told.get("group"):
        yield "concurrency with cancel-in-progress: true is missing"


@policy
def nothing_is_pasted_into_scripts(workflow: Workflow) -> Iterator[str]:
    """No expression in a script or its shell: what an expression says comes in through the environment."""
    for job, step in steps(workflow):
        if any("${{" in str(step.get(key, "")) for key in ("run", "shell")):
            yield f"{job}: {step.get('name')}: an expression in run or shell"


@policy
def pull_requests_see_no_secret(workflow: Workflow) -> Iterator[str]:
    """Where a pull request's code runs there is no secret, no environment and nothing to write."""
    if "pull_request_target" in workflow.triggers:
        yield "on: pull_request_target"
    if "pull_request" not in workflow.triggers:
        return
    if secrets_in(workflow.content.get("env")):
        yield "a secret in env"
    for name, job in workflow.jobs.items():
        if secrets_in(job) or "secrets" in job:
            yield f"{name}: a secret"
        if "environment" in job:
            yield f"{name}: an environment"
        if writes(job):
            yield f"{name}: may write {', '.join(writes(job))}"


@policy
def trusted_runs_take_no_foreign_code(workflow: Workflow) -> Iterator[str]:
    """A run that has secrets checks out what this file or the instructor names, nothing that an event names."""
    if "pull_request" in workflow.triggers:
        return
    for job, step in steps(workflow):
        given = step.get("with") or {}
        asked = " ".join(str(given.get(name, "")) for name in ("repository", "ref", "token"))
        if "github." in asked or "refs/" in asked or "inputs." in asked:
            yield f"{job}: checkout of {asked.strip()}"
        if "allow-unsafe-pr-checkout" in given or "run-id" in given:
            yield f"{job}: foreign code or another run's artifact is asked for"
        if FETCHES.search(str(step.get("run", ""))):
            yield f"{job}: {step.get('name')}: fetches by hand"


@policy
def secrets_stay_in_their_step(workflow: Workflow) -> Iterator[str]:
    """A secret is given to one step, never to a whole job, and never to the step that grades."""
    if secrets_in(workflow.content.get("env")):
        yield "a secret for all jobs"
    for name, job in workflow.jobs.items():
        if secrets_in(job.get("env")):
            yield f"{name}: a secret for all steps"
    for where, step in steps(workflow):
        if re.search(r"\bci grade\b", str(step.get("run", ""))) and step.get("env"):
            yield f"{where}: {step.get('name')}: an environment for the grader"


@policy
def only_reports_write(workflow: Workflow) -> Iterator[str]:
    """Who may write is called report, has no secret but its token, and checks out this repository's default branch."""
    for name, job in workflow.jobs.items():
        own = [step for _, step in steps(workflow, name)]
        if not writes(job):
            continue
        if name != "report":
            yield f"{name}: may write {', '.join(writes(job))}"
        if found := secrets_in(job) - {"github_token"}:
            yield f"{name}: writes, and has the secrets {', '.join(sorted(found))}"
        for step in own:
            if is_checkout(step) and set(step.get("with") or {}) - {"persist-credentials", "path"}:
                yield f"{name}: writes, and checks out more than the default branch"


@policy
def graders_do_not_write(workflow: Workflow) -> Iterator[str]:
    """No job that fetches or grades a submission may write, or has a secret that writes."""
    for name, job in workflow.jobs.items():
        if any(GRADES.search(str(step.get("run", ""))) for _, step in steps(workflow, name)):
            if writes(job):
                yield f"{name}: grades, and may write {', '.join(writes(job))}"
            if found := [secret for secret in secrets_in(job) if secret.endswith("write")]:
                yield f"{name}: grades, and has {', '.join(found)}"


def steps(workflow: Workflow, job: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name of the job, step) of all jobs or of one."""
    for name, content in workflow.jobs.items():
        if job in (None, name):
            yield from ((name, step) for step in content.get("steps", []))


def is_checkout(step: dict[str, Any]) -> bool:
    return str(step.get("uses", "")).startswith("actions/checkout@")


def writes(job: dict[str, Any]) -> list[str]:
    """The scopes that the job may write."""
    told = job.get("permissions") or {}
    if isinstance(told, str):
        return ["all"] if told == "write-all" else []
    return [scope for scope, level in told.items() if level == "write"]


def secrets_in(thing: object) -> set[str]:
    """The names of the secrets that the expressions in this read, in lower case; `*` for all of them."""
    if isinstance(thing, dict):
        return set().union(*map(secrets_in, thing.values())) if thing else set()
    if isinstance(thing, list):
        return set().union(*map(secrets_in, thing)) if thing else set()
    found: set[str] = set()
    for text in expressions_in(thing) if isinstance(thing, str) else ():
        if "secrets" in parse(text).names:
            found |= set(re.findall(r"secrets\.([\w-]+)", text.lower())) or {"*"}
    return found


def reasons_missing(text: str) -> list[str]:
    """The lines with a `zizmor: ignore` above which no comment says why."""
    lines = text.splitlines()
    return [
        line.strip()
        for before, line in zip(["", *lines], lines, strict=False)
        if "zizmor: ignore" in line and not re.match(r"\s*# .{20}", before)
    ]
