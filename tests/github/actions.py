"""The few actions that the workflows use, as small functions: what they refuse matters as much as what they do.

Any other action, any other input and any version that is not pinned to a commit is a WorkflowError: the test fails.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.github.git import FOR_GIT
from tests.github.state import Repository
from tests.github.workflow import WorkflowError

if TYPE_CHECKING:
    from tests.github.jobs import Job

PINNED = re.compile(r"([\w.-]+/[\w.-]+(?:/[\w./-]+)?)@([0-9a-f]{40})")
PULL_REF = re.compile(r"refs/pull/[0-9]+/(?:head|merge)")
BAD_NAME = re.compile(r'["<>|*?:\r\n\\/]')


class ActionFailed(Exception):
    """The step fails, with this error."""


@dataclass
class Use:
    """One use of an action by a step of `job`. `say`: writes a line of the log."""

    job: Job
    inputs: Mapping[str, str]
    say: Callable[[str], None]

    def flag(self, name: str, otherwise: bool) -> bool:
        text = self.inputs.get(name) or str(otherwise)
        if text.lower() not in ("true", "false"):
            raise ActionFailed(f'Input does not meet YAML 1.2 "Core Schema" specification: {name}')
        return text.lower() == "true"


def run(job: Job, uses: str, inputs: Mapping[str, str], say: Callable[[str], None]) -> dict[str, str]:
    """The outputs of an action. Raises ActionFailed, and WorkflowError for what the harness does not know."""
    match = PINNED.fullmatch(uses)
    if not match:
        raise WorkflowError(f"uses: {uses}: not pinned to a commit")
    if match[1] not in ACTIONS:
        raise WorkflowError(f"uses: {uses}: the harness does not know this action")
    action, known = ACTIONS[match[1]]
    if unknown := set(inputs) - set(known.split()):
        raise WorkflowError(f"{match[1]}: the harness does not know the inputs {', '.join(sorted(unknown))}")
    return action(Use(job, inputs, say)) or {}


# actions/checkout


def checkout(use: Use) -> dict[str, str]:
    """A commit of a repository, in the workspace or below it. No credential may stay behind."""
    job, event = use.job, use.job.run.event
    full_name = use.inputs.get("repository") or event.repository.full_name
    ref = use.inputs.get("ref", "")
    if use.flag("persist-credentials", True):
        raise WorkflowError("actions/checkout: persist-credentials: false is missing")
    repository = _readable(use, full_name)
    is_own = repository is event.repository
    commit = event.sha if is_own and not ref else _commit(repository, ref or repository.default_branch)
    _refuse_pull_requests(use, repository, ref, commit)
    if commit is None:
        raise ActionFailed(f"A branch or tag with the name '{ref}' could not be found")
    target = (job.workspace / use.inputs.get("path", ".")).resolve()
    if not target.is_relative_to(job.workspace.resolve()):
        raise ActionFailed(f"Repository path '{target}' is not under '{job.workspace}'")
    _lay_out(repository, commit, target, f"{job.github.url}/{full_name}")
    use.say(f"HEAD is now at {commit[:7]}")
    return {"commit": commit, "ref": ref or event.ref}


def _readable(use: Use, full_name: str) -> Repository:
    """The repository, if the step's key or token may read it."""
    job = use.job
    repository = job.github.repositories.get(full_name)
    if repository is None:
        raise ActionFailed(f"Repository '{full_name}' not found")
    if key := use.inputs.get("ssh-key"):
        if key not in repository.deploy_keys:
            raise ActionFailed(f"git@{full_name}: Permission denied (publickey).")
        return repository
    token = job.github.server.api.tokens.get(use.inputs.get("token") or job.record.token)
    if repository.private and not (token and token.may(full_name, "contents", False)):
        raise ActionFailed(f"repository '{job.github.url}/{full_name}/' not found")
    return repository


def _commit(repository: Repository, ref: str) -> str | None:
    for name in (ref, f"refs/heads/{ref}", f"refs/tags/{ref}"):
        if found := repository.bare.resolve(f"{name}^{{commit}}"):
            return found
    return None


def _refuse_pull_requests(use: Use, repository: Repository, ref: str, commit: str | None) -> None:
    """As v7 does in the two events that have secrets: no repository, ref or commit of a fork's pull request."""
    event = use.job.run.event
    told = event.payload
    if event.name == "workflow_run" and told["workflow_run"]["event"].startswith("pull_request"):
        head = told["workflow_run"]["head_repository"] or {}
        ids = {told["workflow_run"]["head_sha"]}
    elif event.name == "pull_request_target":
        head = told["pull_request"]["head"]["repo"] or {}
        ids = {told["pull_request"]["head"]["sha"], told["pull_request"]["merge_commit_sha"]}
    else:
        return
    if head.get("id") == event.repository.id:
        return
    if head.get("full_name") == repository.full_name or PULL_REF.fullmatch(ref) or commit in ids:
        raise ActionFailed(f"Refusing to check out fork pull request code from a '{event.name}' workflow.")


def _lay_out(repository: Repository, commit: str, target: Path, remote: str) -> None:
    target.mkdir(parents=True, exist_ok=True)

    def git(*arguments: str) -> None:
        done = subprocess.run(
            ["git", *arguments], cwd=target, env=FOR_GIT, capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode:
            raise ActionFailed(done.stderr.strip())

    git("init", "-q", "-b", "main")
    git("fetch", "-q", "--no-tags", "--depth=1", repository.bare.path.resolve().as_uri(), commit)
    git("checkout", "-q", "--force", "--detach", commit)
    git("remote", "add", "origin", remote)
    (target / ".git/FETCH_HEAD").unlink()


# actions/setup-python


def setup_python(use: Use) -> dict[str, str]:
    """The interpreter of the tests, whatever the version, as `python` on PATH; its problem matcher too."""
    version = use.inputs.get("python-version", "")
    if not re.fullmatch(r"3\.\d{1,2}(\.\d{1,2})?", version):
        raise WorkflowError(f"actions/setup-python: python-version: {version!r} is no version like '3.11'")
    python = use.job.python()
    use.job.path.insert(0, str(python.bin))
    use.job.has_matcher = True
    use.say(f"Successfully set up CPython ({version})")
    return {"python-version": version, "python-path": str(python.bin / "python")}


# actions/upload-artifact and actions/download-artifact


def upload_artifact(use: Use) -> dict[str, str]:
    """Keeps files for the other jobs of the run, under a name that is used once; nothing hidden."""
    name, told = use.inputs.get("name") or "artifact", use.inputs.get("path", "")
    if not told or "\n" in told.strip() or re.search(r"[*?!\[]", told):
        raise WorkflowError(f"actions/upload-artifact: path: {told!r}: the harness knows one file or folder")
    if BAD_NAME.search(name):
        raise ActionFailed(f"The artifact name is not valid: {name}")
    source = use.job.workspace / told.strip()
    files = _visible(source) if source.is_dir() else [source] if source.is_file() else []
    if not files:
        return _no_files(use, told)
    if name in use.job.run.artifacts:
        raise ActionFailed("Failed to CreateArtifact: (409) Conflict: an artifact with this name already exists")
    kept = use.job.run_folder / "artifacts" / name
    for file in files:
        place = kept / (file.relative_to(source) if source.is_dir() else file.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    use.job.run.artifacts[name] = kept
    use.say(f"Artifact {name} has been successfully uploaded: {len(files)} files")
    return {"artifact-id": str(len(use.job.run.artifacts))}


def _visible(folder: Path) -> list[Path]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def _no_files(use: Use, told: str) -> dict[str, str]:
    text = f"No files were found with the provided path: {told}. No artifacts will be uploaded."
    way = use.inputs.get("if-no-files-found") or "warn"
    if way == "error":
        raise ActionFailed(text)
    if way not in ("warn", "ignore"):
        raise ActionFailed(f"Unrecognized if-no-files-found input: {way}")
    use.say(f"::warning::{text}" if way == "warn" else text)
    return {}


def download_artifact(use: Use) -> dict[str, str]:
    """The files of an artifact of this run; no other run's can be asked for."""
    name = use.inputs.get("name")
    if not name:
        raise WorkflowError("actions/download-artifact: the harness needs a name")
    if name not in use.job.run.artifacts:
        raise ActionFailed(f"Unable to download artifact(s): Artifact not found for name: {name}")
    target = use.job.workspace / use.inputs.get("path", ".")
    shutil.copytree(use.job.run.artifacts[name], target, dirs_exist_ok=True)
    use.say(f"Artifact {name} was downloaded")
    return {"download-path": str(target)}


Action = Callable[[Use], Any]
ACTIONS: dict[str, tuple[Action, str]] = {
    "actions/checkout": (checkout, "repository ref path ssh-key token persist-credentials fetch-depth"),
    "actions/setup-python": (setup_python, "python-version"),
    "actions/upload-artifact": (upload_artifact, "name path if-no-files-found retention-days"),
    "actions/download-artifact": (download_artifact, "name path"),
}
