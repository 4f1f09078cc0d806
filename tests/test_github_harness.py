"""The harness that executes workflow files, tried on small ones: what happens, and what is refused as GitHub does."""

from __future__ import annotations

import json
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.github import Environment, GitHub, Pull, Repository, Run, Runner, WorkflowError
from tests.github.commands import FileCommandError, commands_in, pairs_in
from tests.github.expressions import ExpressionError, condition, evaluate, interpolate, value_of
from tests.github.policies import PINS

USES = {name: f"{name}@{commit}" for name, (commit, _) in PINS.items()}
CHECKOUT, SETUP = USES["actions/checkout"], USES["actions/setup-python"]
UPLOAD, DOWNLOAD = USES["actions/upload-artifact"], USES["actions/download-artifact"]
HEAD = "name: w\non: workflow_dispatch\npermissions: {}\n"
ASK = """
import os, sys, urllib.request
url = os.environ["GITHUB_API_URL"] + "/repos/course/students/" + sys.argv[1]
urllib.request.urlopen(urllib.request.Request(url, headers={"Authorization": "Bearer " + os.environ["TOKEN"]}))
"""


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    with GitHub(tmp_path / "hub") as one:
        yield one
        assert one.unknown == []


@pytest.fixture
def runner(github: GitHub, tmp_path: Path) -> Runner:
    return Runner(github, tmp_path / "runs", seconds=20)


@pytest.fixture
def students(github: GitHub) -> Repository:
    return github.repository("course/students", {"README.md": "The course\n", "gates.py": "def NAND(a, b): ...\n"})


@pytest.fixture
def run(runner: Runner, github: GitHub, students: Repository) -> Callable[..., Run]:
    """`run(jobs)`: a workflow of these jobs, by hand, or for another event."""

    def one(jobs: str, head: str = HEAD, event: Any = None) -> Run:
        return runner.run(f"{head}jobs:\n{textwrap.indent(textwrap.dedent(jobs), '  ')}", event or by_hand())

    def by_hand() -> Any:
        return github.event_dispatch(students, "w")

    return one


@pytest.fixture
def steps(run: Callable[..., Run]) -> Callable[..., Run]:
    """`steps(text)`: one job `a` of these steps."""

    def one(text: str, job: str = "", **other: Any) -> Run:
        body = textwrap.indent(textwrap.dedent(text).strip(), "    ")
        return run(f"a:\n  runs-on: x\n  {job}\n  steps:\n{body}\n", **other)

    return one


@pytest.fixture
def pull(github: GitHub, students: Repository) -> Pull:
    fork = github.fork(students, "mallory")
    github.push(fork, {"gates.py": "def NAND(a, b): return 1\n"}, "work")
    return github.open_pull(students, fork, "work")


def outcomes(run: Run, job: str = "a") -> list[str]:
    return [step.outcome for step in run.jobs[job].steps]


# Expressions


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("github.event.workflow_run.id || 'by-hand'", "by-hand"),
        ("github.event_name == 'PUSH'", True),
        ("github.missing", None),
        ("needs.grade.result != 'skipped' && 'yes' || 'no'", "yes"),
    ],
)
def test_expressions_have_values(text: str, value: object) -> None:
    contexts = {"github": {"event_name": "push", "event": {}}, "needs": {"grade": {"result": "failure"}}}
    assert evaluate(text, contexts) == value


@pytest.mark.parametrize("text", ["secret.X", "nope()", "github.", "1 ==", "'open", "github.*", "hashFiles('x')", ""])
def test_what_is_unknown_in_an_expression_is_an_error(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, {"github": {}})


def test_strings_are_interpolated_and_single_expressions_keep_their_type() -> None:
    contexts = {"github": {"n": 7, "s": "}}"}}
    assert interpolate("a-${{ github.n }}-${{ github.s }}${{ '}}' }}", contexts) == "a-7-}}}}"
    assert value_of("${{ github.n }}", contexts) == 7
    with pytest.raises(ExpressionError, match="does not end"):
        interpolate("${{ github.n }", contexts)


def test_a_condition_without_a_status_function_needs_success() -> None:
    failed = {"success": lambda: False, "failure": lambda: True, "cancelled": lambda: False, "always": lambda: True}
    assert not condition("github.x == 1", {"github": {"x": 1}}, failed)
    assert not condition(None, {}, failed)
    assert condition("${{ !cancelled() && github.x == 1 }}", {"github": {"x": 1}}, failed)
    with pytest.raises(ExpressionError, match="always true"):
        condition("${{ github.x }} == 2", {"github": {"x": 1}}, failed)


# Steps


def test_a_failed_step_skips_the_rest_but_what_asks_to_run(steps: Callable[..., Run]) -> None:
    ran = steps("""
        - run: exit 3
        - run: echo never
        - run: echo then
          if: ${{ !cancelled() }}
        - run: echo sorry
          if: failure()
    """)
    assert outcomes(ran) == ["failure", "skipped", "success", "success"]
    assert (ran.jobs["a"].steps[0].exit_code, ran.jobs["a"].result, ran.conclusion) == (3, "failure", "failure")


def test_a_failure_that_may_be_is_a_success(steps: Callable[..., Run]) -> None:
    ran = steps("""
        - run: "false"
          id: bad
          continue-on-error: true
        - run: echo "$SAID"
          env: {SAID: "${{ steps.bad.outcome }} ${{ steps.bad.conclusion }}"}
    """)
    assert ran.jobs["a"].steps[1].log == "failure success\n"
    assert ran.conclusion == "success"


def test_shells_are_githubs(steps: Callable[..., Run]) -> None:
    ran = steps("""
        - run: false | true
        - run: false | true
          shell: bash
        - run: import os; print(os.sep)
          shell: python3 {0}
          if: always()
    """)
    assert outcomes(ran) == ["success", "failure", "success"]


def test_nothing_of_the_caller_is_in_a_step(steps: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("CANARY", "1")
    ran = steps("- run: env")
    names = {line.split("=")[0] for line in ran.jobs["a"].steps[0].raw.splitlines()}
    own = {"HOME", "PATH", "USER", "LANG", "SHELL", "CI", "PWD", "SHLVL", "_"}
    assert {name for name in names if not name.startswith(("GITHUB_", "RUNNER_"))} <= own
    assert "GITHUB_TOKEN" not in names


def test_environments_are_laid_over_each_other(steps: Callable[..., Run]) -> None:
    ran = steps(
        """
        - run: echo "D=job 2" >> "$GITHUB_ENV"; echo "$A $B $C $GITHUB_ACTIONS"
          env: {C: step, GITHUB_ACTIONS: "no"}
        - run: echo "$D $PWD"
          working-directory: ${{ github.workspace }}/..
        """,
        job="env: {B: job, C: job, D: job}",
        head=HEAD + "env: {A: top, B: top, C: top}\n",
    )
    first, second = ran.jobs["a"].steps
    assert first.log == "top job step true\n"
    assert second.log.startswith("job 2 /")
    assert not second.log.rstrip().endswith("/work")


def test_outputs_go_from_step_to_step_and_from_job_to_job(run: Callable[..., Run]) -> None:
    ran = run("""
        a:
          runs-on: x
          outputs: {told: "${{ steps.one.outputs.told }}"}
          steps:
            - id: one
              run: |
                printf 'told<<END\\ntwo\\nlines\\nEND\\nother=1\\n' >> "$GITHUB_OUTPUT"
                mkdir bin; printf '#!/bin/sh\\necho mine' > bin/mine; chmod +x bin/mine
                echo "$PWD/bin" >> "$GITHUB_PATH"
            - run: mine
        b:
          needs: a
          runs-on: x
          steps:
            - run: echo "$TOLD"
              env: {TOLD: "${{ needs.a.outputs.told }} ${{ needs.a.result }}"}
    """)
    assert ran.jobs["a"].steps[1].log == "mine\n"
    assert ran.jobs["b"].log.endswith("two\nlines success\n")


def test_a_job_after_a_failed_one_is_skipped_unless_it_asks(run: Callable[..., Run]) -> None:
    ran = run("""
        c: {needs: b, runs-on: x, steps: [{run: echo}]}
        b: {needs: a, runs-on: x, steps: [{run: echo}]}
        a: {runs-on: x, steps: [{run: exit 1}]}
        d: {needs: a, runs-on: x, if: "!cancelled() && needs.a.result != 'skipped'", steps: [{run: echo}]}
        e: {needs: c, runs-on: x, if: failure(), steps: [{run: echo}]}
    """)
    results = {name: job.result for name, job in sorted(ran.jobs.items())}
    assert results == {"a": "failure", "b": "skipped", "c": "skipped", "d": "success", "e": "success"}


def test_time_is_up_for_a_step_and_for_a_job(steps: Callable[..., Run]) -> None:
    ran = steps("""
        - run: sleep 30
          timeout-minutes: 0.002
        - run: echo then
          if: always()
    """)
    assert outcomes(ran) == ["failure", "success"]
    ran = steps(
        "[{run: sleep 30}, {run: echo, if: '!cancelled()'}, {run: echo, if: always()}]", "timeout-minutes: 0.002"
    )
    assert outcomes(ran) == ["cancelled", "skipped", "success"]
    assert ran.jobs["a"].result == "cancelled"


def test_a_newer_run_of_a_group_cancels_the_older(runner: Runner, github: GitHub, students: Repository) -> None:
    head = HEAD + "concurrency: {group: 'g-${{ github.event.inputs.pull }}', cancel-in-progress: true}\n"
    text = (
        head + "jobs:\n  a:\n    runs-on: x\n    steps:\n    - run: touch $HOME/../../begun; sleep $T\n      env: {T: "
    )
    old: list[Run] = []
    event = github.event_dispatch(students, "w", pull="7")
    slow = threading.Thread(target=lambda: old.append(runner.run(text + "30}\n", event)))
    slow.start()
    while not list(runner.home.glob("run-*/begun")):
        threading.Event().wait(0.01)
    new = runner.run(text + "0}\n", event)
    slow.join()
    assert (old[0].conclusion, new.conclusion, new.concurrency) == ("cancelled", "success", "g-7")


def test_what_a_step_leaves_running_ends_with_its_job(steps: Callable[..., Run], tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    steps(f"- run: (sleep 0.5; touch {mark}) & setsid sh -c 'sleep 0.5; touch {mark}' & echo")
    threading.Event().wait(0.7)
    assert not mark.exists()


# Commands in the output


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("::error file=a.py,line=3::text%0Amore", "error: text\nmore"),
        (" \t::warning::text", "warning: text"),
        ("before ##[error]text", "error: text"),
        ("progress\r::error::text", "error: text"),
        ("x ::error::text", None),
        ("::made-up::text", None),
        ("::error text", None),
    ],
)
def test_a_line_is_a_command_where_the_runner_says_so(line: str, command: str | None) -> None:
    assert [f"{each.name}: {each.message}" for each in commands_in(line)] == ([command] if command else [])


def test_stopped_commands_do_not_live() -> None:
    text = "::stop-commands::abc\n::error::no\n##[error]no\n::abc::\n::error::yes\n"
    assert [each.message for each in commands_in(text) if each.name == "error"] == ["yes"]


def test_a_traceback_lives_where_pythons_matcher_is_registered() -> None:
    text = "  File \"x.py\", line 3, in f\n    raise ValueError('@everybody')\n"
    assert [each.message for each in commands_in(text, with_matcher=True)] == ["@everybody"]
    assert not list(commands_in(text))


def test_masks_and_secrets_are_not_in_the_log(steps: Callable[..., Run], students: Repository) -> None:
    students.secrets["KEY"] = "line one\nline two"
    ran = steps("""
        - run: echo ::add-mask::hush; echo hush; echo "$KEY"; echo "hush" >> $GITHUB_STEP_SUMMARY
          env: {KEY: "${{ secrets.KEY }}"}
    """)
    step = ran.jobs["a"].steps[0]
    assert "hush" not in step.log + step.summary
    assert "line" not in step.log
    assert "line one" in step.raw


def test_a_summary_that_is_too_long_is_not_shown(steps: Callable[..., Run]) -> None:
    ran = steps("""
        - run: head -c 2000000 /dev/zero >> $GITHUB_STEP_SUMMARY
        - run: echo ok >> $GITHUB_STEP_SUMMARY
    """)
    assert ran.jobs["a"].summary == "ok\n"
    assert "aborted" in ran.jobs["a"].commands[0].message


def test_a_file_of_pairs_that_is_malformed_is_refused(tmp_path: Path) -> None:
    for text in ("word\n", "a<<END\nx\n", "=x\n"):
        (tmp_path / "env").write_text(text)
        with pytest.raises(FileCommandError):
            pairs_in(tmp_path / "env")


# Tokens, secrets, environments


def test_a_token_may_do_what_the_job_says_and_only_during_the_job(run: Callable[..., Run], github: GitHub) -> None:
    job = f"runs-on: x, env: {{ASK: {json.dumps(ASK)}}}, "
    job += "steps: [{run: 'python3 -c \"$ASK\" %s', env: {TOKEN: '${{ github.token }}'}}]}"
    ran = run(f"""
        reads: {{permissions: {{contents: read}}, {job % "commits/main"}
        lacks: {{permissions: {{contents: read}}, {job % "pulls"}
        none: {{{job % "commits/main"}
    """)
    assert [ran.jobs[name].result for name in ("reads", "lacks", "none")] == ["success", "failure", "failure"]
    assert [request.status for request in github.requests] == [200, 403, 403]
    assert ran.jobs["reads"].token not in github.server.api.tokens


def test_a_forks_run_reads_only_and_has_no_secret(
    runner: Runner, github: GitHub, students: Repository, pull: Pull
) -> None:
    students.secrets["KEY"] = "sesame"
    text = HEAD.replace("workflow_dispatch", "pull_request").replace("{}", "write-all")
    text += "jobs:\n  a:\n    runs-on: x\n    steps: [{run: 'echo \"<$KEY>\"', env: {KEY: '${{ secrets.KEY }}'}}]\n"
    ran = runner.run(text, github.event_pull_request(pull))
    assert ran.jobs["a"].steps[0].log == "<>\n"
    assert set(ran.jobs["a"].permissions.values()) == {"read"}
    same = github.push(students, {"a": "b"}, "own") and github.open_pull(students, students, "own")
    ran = runner.run(text, github.event_pull_request(same))
    assert ran.jobs["a"].steps[0].raw == "<sesame>\n"


def test_an_environment_gives_its_secrets_to_the_default_branch_alone(
    steps: Callable[..., Run], github: GitHub, students: Repository, pull: Pull
) -> None:
    students.environments["grading"] = Environment({"KEY": "sesame"})
    text = "- run: test \"$KEY\" = sesame\n  env: {KEY: '${{ secrets.KEY }}'}"
    assert steps(text, "environment: grading").conclusion == "success"
    assert steps(text).conclusion == "failure"
    ran = steps(text, "environment: grading", event=github.event_pull_request(pull))
    assert "not allowed to deploy" in ran.jobs["a"].error
    assert ran.jobs["a"].steps == []


# Which workflow runs


STAGES = {
    ".github/workflows/examples.yml": "name: examples\non: pull_request\njobs:\n"
    "  a: {runs-on: x, steps: [{run: echo original}]}\n",
    ".github/workflows/feedback.yml": "name: feedback\n"
    "on: {workflow_run: {workflows: [examples], types: [completed]}}\n"
    "env: {SHA: '${{ github.event.workflow_run.head_sha }}'}\n"
    "jobs:\n  a: {runs-on: x, steps: [{run: echo trusted $SHA}]}\n",
}


def test_a_fork_changes_its_own_stage_and_not_the_trusted_one(runner: Runner, github: GitHub) -> None:
    base = github.repository("course/two", STAGES)
    fork = github.fork(base, "mallory")
    changed = {path: text.replace("original", "changed").replace("trusted", "changed") for path, text in STAGES.items()}
    sha = github.push(fork, changed, "work")
    stage1, stage2 = runner.deliver(github.event_pull_request(github.open_pull(base, fork, "work")))
    assert (stage1.workflow.name, stage1.jobs["a"].steps[0].log) == ("examples", "changed\n")
    assert (stage2.workflow.name, stage2.jobs["a"].steps[0].log) == ("feedback", f"trusted {sha}\n")
    assert stage2.event.payload["workflow_run"]["pull_requests"] == []
    assert runner.again(stage1).attempt == 2


def test_nothing_runs_for_a_commit_that_asks_for_no_run(runner: Runner, github: GitHub) -> None:
    base = github.repository("course/two", STAGES)
    fork = github.fork(base, "mallory")
    github.push(fork, {"a": "1\n"}, "work", message="work\n\n[skip ci]")
    assert runner.deliver(github.event_pull_request(github.open_pull(base, fork, "work"))) == []


def test_nothing_runs_for_a_pull_request_that_conflicts(runner: Runner, github: GitHub) -> None:
    base = github.repository("course/two", STAGES | {"a": "1\n"})
    fork = github.fork(base, "mallory")
    github.push(fork, {"a": "2\n"}, "work")
    pull = github.open_pull(base, fork, "work")
    assert pull.merge_sha
    github.push(base, {"a": "3\n"})
    assert pull.merge_sha is None
    assert runner.deliver(github.event_pull_request(pull)) == []


# Actions


def test_a_checkout_has_the_merge_of_a_pull_request_and_no_credential(
    steps: Callable[..., Run], github: GitHub, pull: Pull
) -> None:
    ran = steps(
        f"""
        - {{uses: {CHECKOUT}, with: {{persist-credentials: false}}}}
        - run: cat gates.py .git/config; git log --format=%H
        """,
        "permissions: {contents: read}",
        event=github.event_pull_request(pull),
    )
    log = ran.jobs["a"].steps[1].log
    assert "return 1" in log
    assert "extraheader" not in log
    assert log.endswith(f"{pull.merge_sha}\n")


def test_a_private_repository_needs_its_key(steps: Callable[..., Run], github: GitHub) -> None:
    course = github.repository("course/course", {"hidden": "graders\n"}, private=True, deploy_keys={"a key"})
    text = f"- uses: {CHECKOUT}\n  with: {{repository: course/course, path: course, persist-credentials: false%s}}"
    assert steps(text % "").jobs["a"].result == "failure"
    assert steps(text % ", ssh-key: another").jobs["a"].result == "failure"
    ran = steps(f"{text % ', ssh-key: a key'}\n- run: cat course/hidden")
    assert ran.jobs["a"].steps[1].log == "graders\n"
    assert not course.bare.resolve("refs/pull/1/head")


@pytest.mark.parametrize(
    "asked",
    ["ref: refs/pull/1/head", "ref: '${{ github.event.workflow_run.head_sha }}'", "repository: mallory/students"],
)
def test_a_checkout_refuses_a_forks_code_where_there_are_secrets(
    asked: str, steps: Callable[..., Run], github: GitHub, pull: Pull
) -> None:
    ran = steps(
        f"- {{uses: {CHECKOUT}, with: {{persist-credentials: false, {asked}}}}}",
        event=github.event_workflow_run(pull),
    )
    assert "Refusing to check out fork pull request code" in ran.jobs["a"].log
    assert (
        steps(
            f"- {{uses: {CHECKOUT}, with: {{persist-credentials: false}}}}", event=github.event_workflow_run(pull)
        ).conclusion
        == "success"
    )


@pytest.mark.parametrize(
    "step",
    [
        f"{{uses: {CHECKOUT}}}",
        "{uses: actions/checkout@v7, with: {persist-credentials: false}}",
        f"{{uses: 'actions/cache@{'0' * 40}'}}",
        f"{{uses: {CHECKOUT}, with: {{persist-credentials: false, submodules: true}}}}",
        f"{{uses: {SETUP}, with: {{python-version: latest}}}}",
        f"{{uses: {SETUP}, with: {{python-version: '3.11', cache: pip}}}}",
        f"{{uses: {UPLOAD}, with: {{path: '*.json'}}}}",
        "{run: echo, shell: pwsh}",
        "{run: echo, made-up: 1}",
    ],
)
def test_what_the_harness_does_not_know_is_an_error_of_the_test(step: str, steps: Callable[..., Run]) -> None:
    with pytest.raises(WorkflowError):
        steps(f"- {step}")


def test_python_has_what_was_installed_by_hashes_and_nothing_else(steps: Callable[..., Run], github: GitHub) -> None:
    locked = (ROOT / "requirements/report.txt").read_text()
    github.push(github.repositories["course/students"], {"locked.txt": locked, "open.txt": "msgspec==0.19\n"})
    ran = steps(
        f"""
        - {{uses: {CHECKOUT}, with: {{persist-credentials: false}}}}
        - {{uses: {SETUP}, with: {{python-version: "3.11"}}}}
        - run: python -c 'import msgspec'
          continue-on-error: true
        - run: python -m pip install --require-hashes -r locked.txt
        - run: python -c 'import msgspec, sys; print(sys.executable)'
        - run: python -c 'import numpy'
          continue-on-error: true
        - run: python -m pip install -r locked.txt
          continue-on-error: true
        - run: python -m pip install --require-hashes -r open.txt
          continue-on-error: true
        - run: python -m pip install --require-hashes -r missing.txt
          continue-on-error: true
        """,
        "permissions: {contents: read}",
    )
    assert outcomes(ran)[2:] == ["failure", "success", "success", "failure", "failure", "failure", "failure"]
    assert "msgspec" in ran.jobs["a"].installed
    assert "numpy" not in ran.jobs["a"].installed
    assert str(ran.jobs["a"].home.parent) in ran.jobs["a"].steps[4].log
    assert "numpy" in ran.jobs["a"].steps[5].log


def test_artifacts_are_of_one_run_have_one_name_and_hide_nothing(run: Callable[..., Run]) -> None:
    up = f"uses: {UPLOAD}, with: {{name: answers, path: '${{{{ runner.temp }}}}/out'"
    ran = run(f"""
        a:
          runs-on: x
          steps:
            - {{{up}, if-no-files-found: error}}, continue-on-error: true}}
            - {{{up}}}}}
            - run: mkdir -p $RUNNER_TEMP/out/in; echo 1 | tee $RUNNER_TEMP/out/in/one $RUNNER_TEMP/out/.hidden
            - {{{up}, retention-days: 7}}}}
            - {{{up}}}, continue-on-error: true}}
        b:
          needs: a
          runs-on: x
          steps:
            - {{uses: {DOWNLOAD}, with: {{name: answers, path: here}}}}
            - run: find here -type f
            - {{uses: {DOWNLOAD}, with: {{name: other}}}}
    """)
    assert outcomes(ran) == ["failure", "success", "success", "success", "failure"]
    assert "No files" in ran.jobs["a"].steps[1].commands[0].message
    assert ran.jobs["b"].steps[1].log == "here/in/one\n"
    assert outcomes(ran, "b") == ["success", "success", "failure"]
