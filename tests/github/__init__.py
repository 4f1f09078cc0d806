"""GitHub in small: workflow files executed as GitHub would, against a stand-in for its API, on one machine.

expressions  `${{ … }}` and `if:`, on values      workflow  a file, its jobs, and which contexts are there where
runner       which files, jobs, secrets        jobs      one job: home, token, steps, shells;  process
actions      checkout, setup-python, artifacts python    the job's interpreter;  locked_pip  its pip
commands     `::error::` and its like          runs      the records that tests read
hub          repositories, pulls, pushes       events    payloads of real shape
server       the HTTP of the stand-in          api       who may do what, and in which pages
calls        what the API answers              state     what it knows;  faults  what goes wrong on the way
git          bare repositories                 policies  what must hold for every workflow of ours
node/        GitHub's own parser and evaluator, from npm, as the second opinion
"""

from __future__ import annotations

from tests.github.events import Event
from tests.github.git import Bare, Link, Submodule, Zeros
from tests.github.hub import GitHub
from tests.github.runner import Runner
from tests.github.runs import JobRecord, Run, StepRecord
from tests.github.state import Environment, Pull, Repository
from tests.github.workflow import Workflow, WorkflowError, load, load_file

__all__ = [
    "Bare",
    "Environment",
    "Event",
    "GitHub",
    "JobRecord",
    "Link",
    "Pull",
    "Repository",
    "Run",
    "Runner",
    "StepRecord",
    "Submodule",
    "Workflow",
    "WorkflowError",
    "Zeros",
    "load",
    "load_file",
]
