"""What happened in a run: a record per run, job and step, for tests to read."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.github.commands import Command
from tests.github.events import Event
from tests.github.workflow import Workflow


@dataclass
class StepRecord:
    """A step: `outcome` before `continue-on-error`, `conclusion` after it. `log` is masked, `raw` what was printed."""

    name: str
    outcome: str = "skipped"
    conclusion: str = "skipped"
    exit_code: int | None = None
    seconds: float = 0.0
    log: str = ""
    raw: str = ""
    commands: list[Command] = field(default_factory=list)
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    action: str | None = None


@dataclass
class JobRecord:
    """A job: its result, its steps, the token it had, the secrets it was given, what it installed."""

    name: str
    result: str = "skipped"
    steps: list[StepRecord] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    token: str = ""
    permissions: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    installed: list[str] = field(default_factory=list)
    home: Path = Path()
    error: str = ""  # why it did not start

    def step(self, name: str) -> StepRecord:
        """The step of this name. Raises KeyError."""
        found = [step for step in self.steps if step.name == name]
        if len(found) != 1:
            raise KeyError(f"{name}: {len(found)} steps of {', '.join(step.name for step in self.steps)}")
        return found[0]

    @property
    def log(self) -> str:
        """All that the job's page shows, secrets masked."""
        return "".join(f"=== {step.name}: {step.outcome}\n{step.log}" for step in self.steps)

    @property
    def summary(self) -> str:
        """The Markdown of all its steps."""
        return "".join(step.summary for step in self.steps)

    @property
    def commands(self) -> list[Command]:
        """The workflow commands that lived in its output."""
        return [command for step in self.steps for command in step.commands]


@dataclass
class Run:
    """A run of a workflow for an event."""

    workflow: Workflow
    event: Event
    id: int
    attempt: int = 1
    jobs: dict[str, JobRecord] = field(default_factory=dict)
    artifacts: dict[str, Path] = field(default_factory=dict)
    concurrency: str | None = None
    error: str = ""  # why nothing was run at all
    cancelled: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def conclusion(self) -> str:
        results = {job.result for job in self.jobs.values()}
        if self.error:
            return "startup_failure"
        if self.cancelled.is_set() or "cancelled" in results:
            return "cancelled"
        return next((worst for worst in ("failure", "success") if worst in results), "skipped")

    @property
    def log(self) -> str:
        return self.error + "".join(f"##### {name}: {job.result}\n{job.log}" for name, job in self.jobs.items())

    def cancel(self) -> None:
        """Ask for its end: the step that runs is interrupted; see `Job.watch`."""
        self.cancelled.set()
