"""What GitHub says that happened: the event file, and the variables of a run."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from autograder.ci.api import PUBLIC, Api
from autograder.ci.pull import Pull, Repo
from autograder.text import LANGS, Lang

MAX_EVENT = 32 << 20  # bytes; GitHub ends at 25 MB


class CiError(Exception):
    """The command cannot be carried out here; the text says what to do."""


class WorkflowRun(msgspec.Struct):
    """The run whose end started this one."""

    event: str
    head_branch: str | None = None
    head_repository: Repo | None = None


class Inputs(msgspec.Struct):
    pull: str | None = None


class Event(msgspec.Struct):
    """As much of an event as is looked at."""

    workflow_run: WorkflowRun | None = None
    pull_request: Pull | None = None
    inputs: Inputs | None = None


def event() -> Event:
    """The event of this run. Raises CiError."""
    path = Path(required("GITHUB_EVENT_PATH", "this step runs in a workflow; by hand: autograder ci regrade NUMBER"))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_EVENT + 1)
        if len(data) > MAX_EVENT:
            raise CiError(f"{path}: an event of more than {MAX_EVENT >> 20} MiB")
        return msgspec.json.decode(data, type=Event)
    except OSError as error:
        raise CiError(f"{path}: {error.strerror}; GITHUB_EVENT_PATH names the event file") from error
    except msgspec.MsgspecError as error:
        raise CiError(f"{path}: not an event of GitHub's ({error})") from error


def repository() -> str:
    """OWNER/NAME of the repository that this is about. Raises CiError."""
    name = required("GITHUB_REPOSITORY", "set it to OWNER/NAME of the student repository")
    owner, slash, rest = name.partition("/")
    if not (owner and slash and rest) or not all(c.isalnum() or c in "-_./" for c in name) or "/" in rest:
        raise CiError(f"GITHUB_REPOSITORY is {name!r}; set it to OWNER/NAME of the student repository")
    return name


def api() -> Api:
    """GitHub for this run's token. Raises CiError."""
    token = required("GITHUB_TOKEN", "set it to a token for GitHub's API")
    address = os.environ.get("GITHUB_API_URL") or PUBLIC
    if not address.startswith(("https://", "http://")):
        raise CiError(f"GITHUB_API_URL is {address!r}; leave it out, or set it to an address that begins with https://")
    return Api(address, token)


def default_lang(asked: str | None) -> Lang:
    """The course's language, for students who did not choose one: what was `asked` for, else FEEDBACK_LANG."""
    wanted = asked or os.environ.get("FEEDBACK_LANG", "")
    return next((lang for lang in LANGS if lang == wanted), "en")


def required(variable: str, way_out: str) -> str:
    """Raises CiError."""
    if value := os.environ.get(variable):
        return value
    raise CiError(f"{variable} is not set; {way_out}")
