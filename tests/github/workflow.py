"""A workflow file: its triggers, its jobs in the order of their needs, and which contexts may be read where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

# What GitHub lets an expression read, by place (from the schema of @actions/workflow-parser). An expression that reads
# anything else is an error here too, so that no test passes with a context that GitHub would refuse.
_ALWAYS = ("github", "inputs", "vars")
_JOB = (*_ALWAYS, "needs", "strategy", "matrix")
_STEP = (*_JOB, "steps", "job", "runner", "env")
PLACES = {
    "concurrency": _ALWAYS,
    "run-name": _ALWAYS,
    "env": (*_ALWAYS, "secrets"),
    "job if": (*_ALWAYS, "needs"),
    "job": _JOB,
    "job env": (*_JOB, "secrets"),
    "job outputs": (*_STEP, "secrets"),
    "step if": _STEP,
    "step": (*_STEP, "secrets"),
}


class WorkflowError(Exception):
    """GitHub would not run this workflow, or it needs what the harness does not know."""


class _Loader(yaml.SafeLoader):
    """YAML 1.2's idea of a boolean, which is GitHub's: `on` is a word."""


BOOLEAN = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != BOOLEAN]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    BOOLEAN,
    re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"),
    list("tTfF"),
)


@dataclass(frozen=True)
class Workflow:
    """`path` in its repository, the text, and what YAML makes of it."""

    path: str
    text: str
    content: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.content.get("name", self.path))

    @property
    def triggers(self) -> dict[str, Any]:
        """Event → its settings."""
        on = self.content["on"]
        if isinstance(on, str):
            return {on: None}
        return dict.fromkeys(on) if isinstance(on, list) else dict(on)

    @property
    def jobs(self) -> dict[str, dict[str, Any]]:
        """Name → job, every one after those that it needs."""
        jobs = self.content["jobs"]
        order = TopologicalSorter({name: needs(job) for name, job in jobs.items()}).static_order()
        return {name: jobs[name] for name in order}


def load(text: str, path: str = ".github/workflows/workflow.yml") -> Workflow:
    """The workflow in `text`. Raises WorkflowError."""
    try:
        content = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise WorkflowError(f"{path}: {error}") from None
    if not isinstance(content, dict) or not content.get("on") or not isinstance(content.get("jobs"), dict):
        raise WorkflowError(f"{path}: a workflow has `on` and `jobs`")
    for name, job in content["jobs"].items():
        if unknown := set(needs(job)) - set(content["jobs"]):
            raise WorkflowError(f"{path}: {name} needs {', '.join(sorted(unknown))}, which is not there")
    return Workflow(path, text, content)


def load_file(path: Path) -> Workflow:
    return load(path.read_text(encoding="utf-8"), str(path))


def needs(job: dict[str, Any]) -> list[str]:
    named = job.get("needs") or []
    return [named] if isinstance(named, str) else list(named)
