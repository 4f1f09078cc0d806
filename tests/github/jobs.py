"""A job: a fresh home, workspace and token; its steps one after the other, as the runner does them."""

from __future__ import annotations

import json
import re
import shlex
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.github import actions
from tests.github.commands import FileCommandError, commands_in, pairs_in
from tests.github.expressions import condition, interpolate, value_of
from tests.github.hub import GitHub
from tests.github.process import MARK, Process, kill_strays
from tests.github.python import JobPython, for_pip
from tests.github.runs import JobRecord, Run, StepRecord
from tests.github.values import to_number, to_text, truthy
from tests.github.workflow import PLACES, WorkflowError

if TYPE_CHECKING:
    from tests.github.runner import Runner

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SHELLS = {
    None: "bash -e {0}",
    "bash": "bash --noprofile --norc -eo pipefail {0}",
    "sh": "sh -e {0}",
    "python": "python {0}",
}
MAX_SUMMARY = 1 << 20  # bytes of one step's summary; a longer one is not shown
STEP_KEYS = set("id name if uses with run env shell working-directory continue-on-error timeout-minutes".split())


class Job:
    """Runs the steps of one job of a run; `execute` fills the record."""

    def __init__(self, runner: Runner, run: Run, content: dict[str, Any], record: JobRecord, contexts: Any) -> None:
        self.runner, self.run, self.content, self.record = runner, run, content, record
        self.run_folder = runner.home / f"run-{run.id}-{run.attempt}"
        self.root = self.run_folder / record.name
        self.workspace = self.root / "work"
        self.temp = self.root / "temp"
        self.record.home = self.root / "home"
        for folder in (self.workspace, self.temp / "_runner_file_commands", self.record.home):
            folder.mkdir(parents=True)
        self.event_file = self.root / "event.json"
        self.event_file.write_text(json.dumps(run.event.payload), encoding="utf-8")
        self.contexts: dict[str, Any] = contexts
        self.path: list[str] = []
        self.exported: dict[str, str] = {}  # by GITHUB_ENV
        self.masks = {secret for secret in (*record.secrets.values(), record.token) if secret}
        self.status = "success"
        self.has_matcher = False
        self.processes: list[Process] = []
        self.mark = f"github_{uuid.uuid4()}"

    @property
    def github(self) -> GitHub:
        return self.runner.github

    def python(self) -> JobPython:
        """A new interpreter for this job."""
        self._python = JobPython(self.root / "python", self.runner.install)
        return self._python

    # the job

    def execute(self) -> None:
        """Run the steps; the record has the job's result then."""
        minutes = to_number(self._value("job", self.content.get("timeout-minutes", 360)))
        ends = time.monotonic() + minutes * 60
        self.contexts |= {"steps": {}, "runner": self._runner(), "job": {"status": "success"}}
        job_env = self._mapping("job env", self.content.get("env"))
        workflow_env = self._mapping("env", self.run.workflow.content.get("env"))
        self.env = workflow_env | job_env
        for number, step in enumerate(self.content["steps"], 1):
            self._step(step, number, ends)
        self._end()

    def _end(self) -> None:
        for process in self.processes:  # what a step left behind
            process.kill()
        kill_strays(self.mark)
        for name, text in (self.content.get("outputs") or {}).items():
            value = self._text("job outputs", text)
            self.record.outputs[name] = "" if any(mask in value for mask in self.masks) else value
        self.record.result = self.status
        if hasattr(self, "_python"):
            self.record.installed = self._python.installed

    # one step

    def _step(self, step: dict[str, Any], number: int, ends: float) -> None:
        if unknown := set(step) - STEP_KEYS:
            raise WorkflowError(f"{self.record.name}: the harness does not know {', '.join(sorted(unknown))} of a step")
        if self.run.cancelled.is_set():
            self.status = "cancelled"
        record = StepRecord(str(step.get("name") or step.get("uses") or step.get("run", "").split("\n")[0]))
        self.record.steps.append(record)
        self.contexts["job"]["status"] = self.status
        step_env = self._mapping("step", step.get("env"))
        self.contexts["env"] = self.env | self.exported | step_env
        record.name = self._text("step", record.name)
        if self._condition(step):
            self._run_step(step, record, ends)
        if step_id := step.get("id"):
            told = {"outputs": record.outputs, "outcome": record.outcome, "conclusion": record.conclusion}
            self.contexts["steps"] = {**self.contexts["steps"], step_id: told}

    def _run_step(self, step: dict[str, Any], record: StepRecord, ends: float) -> None:
        minutes = to_number(self._value("step", step.get("timeout-minutes", 360)))
        patience = min(minutes * 60, ends - time.monotonic(), self.runner.seconds)
        begin = time.monotonic()
        files = self._files()
        try:
            action = self._use if "uses" in step else self._script
            record.exit_code = action(step, record, patience, files)
            self._take(files, record)
        except (actions.ActionFailed, FileCommandError) as error:
            record.exit_code, record.raw = 1, f"{record.raw}::error::{error}\n"
        record.seconds = time.monotonic() - begin
        record.commands = list(commands_in(record.raw, self.has_matcher))
        self._obey(record)
        record.log, record.summary = self._masked(record.raw), self._masked(record.summary)
        ended = self.run.cancelled.is_set() or time.monotonic() >= ends
        record.outcome = "success" if record.exit_code == 0 else "cancelled" if ended else "failure"
        record.conclusion = record.outcome
        if record.outcome == "failure" and truthy(self._value("step", step.get("continue-on-error", False))):
            record.conclusion = "success"
        elif record.outcome != "success" and self.status == "success":
            self.status = record.outcome
        if ended:
            self.status = "cancelled"

    def _condition(self, step: dict[str, Any]) -> bool:
        status = self.status
        known: dict[str, Callable[..., Any]] = {
            "success": lambda: status == "success",
            "failure": lambda: status == "failure",
            "cancelled": lambda: status == "cancelled",
            "always": lambda: True,
        }
        return condition(step.get("if"), self._places("step if"), known)

    def _use(self, step: dict[str, Any], record: StepRecord, patience: float, files: dict[str, Path]) -> int:
        inputs = self._mapping("step", step.get("with"))
        record.action = step["uses"]

        def say(line: str) -> None:
            record.raw += f"{line}\n"

        record.outputs = actions.run(self, step["uses"], inputs, say)
        return 0

    def _script(self, step: dict[str, Any], record: StepRecord, patience: float, files: dict[str, Path]) -> int:
        script = self.temp / f"{uuid.uuid4()}.sh"
        script.write_text(self._text("step", step["run"]), encoding="utf-8")
        defaults = (self.content.get("defaults") or self.run.workflow.content.get("defaults") or {}).get("run", {})
        shell = step.get("shell", defaults.get("shell"))
        form = SHELLS.get(shell, shell)
        if "{0}" not in form:
            raise WorkflowError(f"shell: {shell}: the harness does not know it")
        command = [part.replace("{0}", str(script)) for part in shlex.split(form)]
        told = step.get("working-directory", defaults.get("working-directory", "."))
        folder = self.workspace / self._text("step", told)
        if not folder.is_dir():
            raise actions.ActionFailed(f"An error occurred trying to start process: no such directory '{folder}'")
        record.environment = self._environment(files)
        output = self.temp / f"{uuid.uuid4()}.log"
        process = Process(command, folder, record.environment, output)
        self.processes.append(process)
        code = process.wait(patience, self.run.cancelled)
        record.raw += output.read_text(encoding="utf-8", errors="replace")
        output.unlink()
        return code

    # what a step leaves

    def _files(self) -> dict[str, Path]:
        folder, mark = self.temp / "_runner_file_commands", uuid.uuid4()
        names = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE")
        files = {name: folder / f"{name.lower()}_{mark}" for name in names}
        for file in files.values():
            file.touch()
        return files

    def _take(self, files: dict[str, Path], record: StepRecord) -> None:
        record.outputs |= pairs_in(files["GITHUB_OUTPUT"])
        for name, value in pairs_in(files["GITHUB_ENV"]).items():
            if name.upper() == "NODE_OPTIONS":
                raise FileCommandError("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
            self.exported[name] = value
        if files["GITHUB_PATH"].exists():
            self.path[:0] = reversed(files["GITHUB_PATH"].read_text().splitlines())
        if files["GITHUB_STEP_SUMMARY"].exists():
            data = files["GITHUB_STEP_SUMMARY"].read_bytes()
            if len(data) <= MAX_SUMMARY:
                record.summary = data.decode("utf-8", "replace")
            else:
                record.raw += "::error::$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k\n"

    def _obey(self, record: StepRecord) -> None:
        for command in record.commands:
            if command.name == "add-mask" and command.message:
                self.masks.add(command.message)
            elif command.name == "set-output":  # the old way, which still works
                record.outputs[command.properties.get("name", "")] = command.message

    def _masked(self, text: str) -> str:
        pieces = {piece for mask in self.masks for piece in (mask, *mask.splitlines()) if piece.strip()}
        for piece in sorted(pieces, key=len, reverse=True):
            text = text.replace(piece, "***")
        return text

    # contexts and environment

    def _places(self, place: str) -> dict[str, Any]:
        return {name: self.contexts.get(name) for name in PLACES[place]}

    def _value(self, place: str, thing: object) -> Any:
        return value_of(thing, self._places(place))

    def _text(self, place: str, text: object) -> str:
        return interpolate(text, self._places(place)) if isinstance(text, str) else to_text(text)

    def _mapping(self, place: str, content: dict[str, Any] | None) -> dict[str, str]:
        return {name: self._text(place, value) for name, value in (content or {}).items()}

    def _runner(self) -> dict[str, str]:
        return {
            "name": "harness",
            "os": "Linux",
            "arch": "X64",
            "temp": str(self.temp),
            "tool_cache": str(self.root / "tools"),
            "environment": "github-hosted",
        }

    def _environment(self, files: dict[str, Path]) -> dict[str, str]:
        """All that a step's process gets: nothing of whoever runs the tests."""
        own = {"HOME": str(self.record.home), "USER": "runner", "LANG": "C.UTF-8", "SHELL": "/bin/bash", "CI": "true"}
        own["PATH"] = ":".join([*self.path, SYSTEM_PATH])
        told: dict[str, str] = dict(self.contexts["env"])
        fixed = {name: value for name, value in told.items() if not re.match("GITHUB_(?!TOKEN$)|RUNNER_", name)}
        pip = for_pip(self.runner.pip_cache) if self.runner.install else {}
        return own | pip | fixed | self._defaults() | {name: str(path) for name, path in files.items()}

    def _defaults(self) -> dict[str, str]:
        """GITHUB_* and RUNNER_*, which no workflow can set to anything else."""
        told = self.contexts["github"]
        names = (
            "actor api_url base_ref event_name graphql_url head_ref job ref ref_name repository repository_id"
            " repository_owner run_attempt run_id run_number server_url sha triggering_actor workflow workspace"
        )
        own = {f"GITHUB_{name.upper()}": to_text(told[name]) for name in names.split()}
        runner = {f"RUNNER_{name.upper()}": value for name, value in self.contexts["runner"].items()}
        return (
            own
            | runner
            | {
                "GITHUB_ACTIONS": "true",
                "GITHUB_EVENT_PATH": str(self.event_file),
                MARK: self.mark,
            }
        )
