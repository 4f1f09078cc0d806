"""The workflow files: GitHub's own parser takes them, their expressions mean what our evaluator says, policies hold."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT
from tests.github.expressions import ExpressionError, evaluate, expressions_in, parse
from tests.github.policies import PINS, POLICIES, Policy, reasons_missing
from tests.github.values import to_text
from tests.github.workflow import Workflow, load, load_file

NODE = Path(__file__).parent / "github" / "node"
FILES = sorted([*ROOT.glob(".github/workflows/*.y*ml"), *ROOT.glob("student/.github/workflows/*.y*ml")])
IDS = [str(path.relative_to(ROOT)) for path in FILES]

with_node = pytest.mark.skipif(
    shutil.which("node") is None or not (NODE / "node_modules").is_dir(),
    reason="Node.js is not there (or `make test` did not install tests/github/node): nothing is compared with GitHub's"
    " own parser and evaluator",
)


def test_the_workflows_are_there() -> None:
    assert {path.name for path in FILES} == {"ci.yml", "students.yml", "examples.yml", "feedback.yml"}


# GitHub's own parser and evaluator


@cache
def _ask(asked: str) -> Any:
    done = subprocess.run(
        ["node", "second_opinion.mjs"], cwd=NODE, input=asked, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def second_opinion(workflows: list[tuple[str, str]] = [], cases: list[tuple[str, Any]] = []) -> Any:  # noqa: B006
    named = [{"name": name, "content": content} for name, content in workflows]
    return _ask(
        json.dumps({"workflows": named, "cases": [{"expression": text, "contexts": told} for text, told in cases]})
    )


@with_node
def test_githubs_parser_takes_every_workflow() -> None:
    found = second_opinion([(name, path.read_text()) for name, path in zip(IDS, FILES, strict=True)])
    assert dict(zip(IDS, found["workflows"], strict=True)) == {name: [] for name in IDS}


@with_node
def test_githubs_parser_refuses_what_is_wrong() -> None:
    text = (ROOT / "student/.github/workflows/feedback.yml").read_text()
    wrong = [
        text.replace("timeout-minutes: 15", "timeout-minute: 15"),
        text.replace("vars.COURSE_REPOSITORY", "var.COURSE_REPOSITORY"),
        text.replace("needs.grade.result != 'skipped'", "secrets.COURSE_KEY != ''"),
        text.replace("needs: grade", "needs: grades"),
    ]
    found = second_opinion([(f"{number}.yml", each) for number, each in enumerate(wrong)])
    assert all(found["workflows"]), found


def said(expression: str, contexts: dict[str, Any]) -> str:
    """What our evaluator makes of it, in the words of the comparison."""
    status = {"success": lambda: True, "failure": lambda: False, "cancelled": lambda: False, "always": lambda: True}
    try:
        value = evaluate(expression, contexts, status)
    except ExpressionError:
        return "an error"
    return f"{type(value).__name__.replace('int', 'float')} {to_text(value)}"


def heard(answer: dict[str, Any]) -> str:
    """The same of GitHub's answer. What is no number in JSON is told by its text."""
    if "error" in answer:
        return "an error"
    value, text = answer["value"], answer["text"]
    odd = value is None and text in ("NaN", "Infinity", "-Infinity")
    kind = "float" if odd else type(value).__name__.replace("int", "float")
    return f"{kind} {text}"


def differences(cases: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, str, str]]:
    answers = second_opinion(cases=cases)["cases"]
    both = [(case[0], said(*case), heard(answer)) for case, answer in zip(cases, answers, strict=True)]
    return [(expression, ours, theirs) for expression, ours, theirs in both if ours != theirs]


def conditions_in(thing: object) -> list[str]:
    """The texts of all `if:` that stand without `${{ }}`."""
    if isinstance(thing, dict):
        own = [thing["if"]] if isinstance(thing.get("if"), str) and "${{" not in thing["if"] else []
        return own + [text for value in thing.values() for text in conditions_in(value)]
    return [text for each in thing for text in conditions_in(each)] if isinstance(thing, list) else []


def expressions_of(workflow: Workflow) -> list[str]:
    uncommented = "\n".join(line for line in workflow.text.splitlines() if not line.lstrip().startswith("#"))
    return sorted({*expressions_in(uncommented), *conditions_in(workflow.content)})


RUN = {"event": "pull_request", "head_branch": "main", "head_repository": {"id": 812, "full_name": "a/b"}}
EVENTS: dict[str, dict[str, Any]] = {
    "workflow_run": {"workflow_run": RUN},
    "workflow_run without a fork": {"workflow_run": RUN | {"head_repository": None}},
    "workflow_run of a push": {"workflow_run": RUN | {"event": "push", "head_branch": "$(id)'; x #"}},
    "workflow_dispatch": {"inputs": {"pull": "12"}},
    "workflow_dispatch of all": {"inputs": {"pull": ""}},
    "pull_request": {"pull_request": {"number": 7}},
    "schedule": {"schedule": "17 * * * *"},
}


def contexts_of(event: str, result: str, full: bool) -> dict[str, Any]:
    name = event.split()[0]
    settings = {"COURSE_REPOSITORY": "a/course", "STUDENTS": "students.csv", "FEEDBACK_LANG": "ko"} if full else {}
    return {
        "github": {"event_name": name, "event": EVENTS[event], "token": "t", "ref": "refs/heads/main"},
        "vars": settings,
        "secrets": {"COURSE_KEY": "k", "COURSE_SECRET": "s", "STUDENTS_READ": "r"} if full else {},
        "needs": {"grade": {"result": result, "outputs": {}}},
        "runner": {"temp": "/tmp/t"},
        "matrix": {"python": "3.13"},
    } | {name: {} for name in ("env", "inputs", "job", "steps", "strategy")}


@with_node
def test_our_evaluator_says_what_githubs_says_of_every_expression_in_the_workflows() -> None:
    results = ("success", "failure", "cancelled", "skipped")
    contexts = [contexts_of(event, result, full) for event in EVENTS for result in results for full in (True, False)]
    texts = {text for path in FILES for text in expressions_of(load_file(path))}
    assert len(texts) > 10
    assert differences([(text, told) for text in sorted(texts) for told in contexts]) == []


SAMPLE = {
    "github": {
        "number": 7,
        "zero": 0,
        "half": 1.5,
        "text": "Text",
        "empty": "",
        "digits": " 7 ",
        "yes": True,
        "no": False,
        "nothing": None,
        "list": [1, "two", None, True],
        "thing": {"Number": 7, "deep": {"text": "TEXT"}},
    }
}
HAND_PICKED = """
null == 0 | null == '' | null == false | '' == 0 | ' ' == 0 | 'abc' == 0 | '0x10' == 16 | '1e1' == 10 | true == 1
'true' == true | 'TRUE' == 'true' | 'ı' == 'I' | 'straße' == 'STRASSE' | NaN == NaN | NaN != NaN | NaN || 'x'
Infinity > 1 | -Infinity < 0 | github.list == github.list | github.list == github.thing | github.thing == 'Object'
github.text == 'tEXT' | github.digits == 7 | github.digits == github.number | github.missing == null
github.missing.deeper | github.missing.deeper == '' | github.text.deeper | github.THING.number | github['thing'].number
github.list[1] | github.list['1'] | github.list[-1] | github.list[9] | github.list[1.9] | github.thing[7]
github.empty || github.zero || 'last' | github.yes && 'a' || 'b' | github.no && 'a' || 'b' | 0 && 1 | '' || null
!github.nothing | !'' | !'0' | !!0 | !github.list | (1 < 2) == true | 1 < 2 == true | 'b' > 'A' | 'a' < 'B'
1 < 'x' | null < 1 | true > false | github.list < 1 | 1 <= 1 | null >= 0 | null <= 'x' | 2 > 1 && 1 > 2 || 'c'
contains('Hello', 'ELL') | contains(github.list, 'TWO') | contains(github.list, '1') | contains(github.list, null)
contains(github.thing, 'x') | contains('', '') | contains(null, 'x') | contains('x7', github.number)
startsWith('Hello', 'hE') | startsWith(null, '') | endsWith('Hello', 'LO') | endsWith(github.list, 'x')
startsWith(17, 1)
format('{0} {1} {0}', 'a', github.half) | format('{{0}} {0}', github.list) | format('{1}', 'a') | format('{', 1)
format('{0}', github.nothing) | format('a}}b') | format('a}b') | join(github.list) | join(github.list, '-')
join('x', '-')
join(github.thing) | toJSON(github.list) | toJSON(github.thing) | toJSON('a"b')
toJSON(github.half) | fromJSON('[1, 2]')[1]
fromJSON('{"a": {"B": 3}}').A.b | fromJSON('') | fromJSON('{')
fromJSON('null') == null | fromJSON('"x"') | 1.50 | .5 | -0x7 | 1.2.3 | 1-2 | +Infinity
-0 | 1e3 | 1e21 | 0.1 | 1e-7 | 0xff | -1.5e2 | 123456789012345678 | 'it''s' | 'a' 'b' | 1 + 1 | a == 1
github..x | nope()
success() | !cancelled() && github.number == 7 | always() && failure() | success(1) | contains('x') | github.event-name
secrets.X | github.number.x | github[github.text] | (github).number | ((1)) | () | == 1 | 1 == | 'open
github.list[ | !
true.x | 'x'.y | TRUE | Null | nan | github.NULL | "x" | github.list.0 | 1 == 1 == 1 | 3 > 2 > 1 | !1 == 0
"""


def hand_picked() -> list[str]:
    return [text.strip() for line in HAND_PICKED.split("\n") for text in line.split(" | ") if text.strip()]


@with_node
def test_our_evaluator_says_what_githubs_says_of_coercions_and_corners() -> None:
    assert differences([(text, SAMPLE) for text in hand_picked()]) == []


def made_up(dice: random.Random, depth: int) -> str:
    """A random expression."""
    if depth == 0:
        names = [f"github.{name}" for name in SAMPLE["github"]]
        words = ["null", "true", "false", "0", "1", "-1", "7", "1.5", "0x7", "1e1", "NaN", "Infinity"]
        texts = ["''", "'7'", "' '", "'text'", "'TEXT'", "'a''b'", "'true'", "'ß'", "'한글'", "'{0}'", "'1e1'"]
        return dice.choice([dice.choice(names), dice.choice(words), dice.choice(texts), "success()", "failure()"])
    one, two = (made_up(dice, dice.randrange(depth)) for _ in range(2))
    form = dice.choice("not group call index property".split() + ["sign"] * 5)
    if form == "sign":
        return f"{one} {dice.choice(['==', '!=', '<', '<=', '>', '>=', '&&', '||', '&&', '||'])} {two}"
    if form == "call":
        return f"{dice.choice(['contains', 'startsWith', 'endsWith', 'join', 'format'])}({one}, {two})"
    texts = {"not": f"!{one}", "group": f"({one})", "index": f"github.list[{one}]", "property": f"github.thing[{one}]"}
    return texts[form]


@with_node
def test_our_evaluator_says_what_githubs_says_of_made_up_expressions() -> None:
    dice = random.Random(5)
    texts = sorted({made_up(dice, dice.randint(1, 4)) for _ in range(3000)})
    assert differences([(text, SAMPLE) for text in texts]) == []


def test_every_expression_in_the_workflows_is_understood() -> None:
    for path in FILES:
        for text in expressions_of(load_file(path)):
            parse(text)


# Policies

GOOD = f"""
name: feedback
on:
  workflow_run:
    workflows: [examples]
    types: [completed]
permissions: {{}}
concurrency:
  group: feedback
  cancel-in-progress: true
jobs:
  grade:
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - name: The course
        uses: actions/checkout@{PINS["actions/checkout"][0]} # {PINS["actions/checkout"][1]}
        with:
          ssh-key: ${{{{ secrets.COURSE_KEY }}}}
          persist-credentials: false
      - name: Grade
        run: python -m autograder ci grade inbox answers
  report:
    needs: grade
    timeout-minutes: 5
    permissions:
      pull-requests: write
    steps:
      - name: Engine
        uses: actions/checkout@{PINS["actions/checkout"][0]} # {PINS["actions/checkout"][1]}
        with:
          persist-credentials: false
      - name: Python
        uses: actions/setup-python@{PINS["actions/setup-python"][0]} # {PINS["actions/setup-python"][1]}
      - name: Report
        run: python -m autograder ci report answers
        env:
          GITHUB_TOKEN: ${{{{ github.token }}}}
"""
SETUP = f"uses: actions/setup-python@{PINS['actions/setup-python'][0]} # {PINS['actions/setup-python'][1]}"
# policy | what is replaced | by what
BAD = [
    ("actions_are_pinned", "# v7.0.1", ""),
    ("actions_are_pinned", "# v7.0.1", "# v7.0.0"),
    ("actions_are_pinned", PINS["actions/checkout"][0], "v7.0.1"),
    ("actions_are_pinned", PINS["actions/checkout"][0], "0" * 40),
    ("actions_are_pinned", "actions/setup-python@", "actions/cache@"),
    ("actions_are_pinned", SETUP, f"{{ uses: 'actions/cache@{'0' * 40}' }}".strip("{ }")),
    ("no_cache", SETUP, f"uses: actions/cache@{'0' * 40}"),
    ("no_cache", SETUP, f"uses: actions/cache/restore@{'0' * 40}"),
    ("no_cache", SETUP, f"{SETUP}\n        with:\n          cache: pip"),
    ("no_cache", SETUP, f"uses: actions/setup-node@{'0' * 40}"),
    ("no_cache", SETUP, f"uses: astral-sh/setup-uv@{'0' * 40}\n        with:\n          enable-cache: auto"),
    ("credentials_do_not_persist", "          persist-credentials: false\n      - name: Python", "      - name: Py"),
    ("credentials_do_not_persist", "persist-credentials: false", "persist-credentials: true"),
    ("jobs_end", "    timeout-minutes: 5\n", ""),
    ("nothing_is_permitted_by_default", "permissions: {}\n", ""),
    ("nothing_is_permitted_by_default", "permissions: {}", "permissions: read-all"),
    ("nothing_is_permitted_by_default", "    permissions:\n      contents: read\n", ""),
    ("runs_are_superseded", "cancel-in-progress: true", "cancel-in-progress: false"),
    ("runs_are_superseded", "concurrency:\n  group: feedback\n  cancel-in-progress: true\n", ""),
    ("nothing_is_pasted_into_scripts", "ci grade inbox", "ci grade ${{ github.event.workflow_run.head_branch }}"),
    ("pull_requests_see_no_secret", "  workflow_run:\n", "  pull_request:\n  workflow_run:\n"),
    ("pull_requests_see_no_secret", "  workflow_run:\n", "  pull_request_target:\n  workflow_run:\n"),
    ("trusted_runs_take_no_foreign_code", "ssh-key:", "ref: ${{ github.event.a.head_sha }}\n          ssh-key:"),
    ("trusted_runs_take_no_foreign_code", "ssh-key:", "ref: refs/pull/1/head\n          ssh-key:"),
    ("trusted_runs_take_no_foreign_code", "ssh-key:", "allow-unsafe-pr-checkout: true\n          ssh-key:"),
    ("trusted_runs_take_no_foreign_code", "python -m autograder ci grade", "git fetch origin $X && python"),
    ("secrets_stay_in_their_step", "permissions: {}\n", "permissions: {}\nenv:\n  A: ${{ secrets.A }}\n"),
    ("secrets_stay_in_their_step", "    needs: grade\n", "    needs: grade\n    env: {A: '${{ secrets.A }}'}\n"),
    ("secrets_stay_in_their_step", "ci grade inbox answers", "ci grade inbox answers\n        env: {A: b}"),
    ("only_reports_write", "  report:\n", "  announce:\n"),
    ("only_reports_write", "${{ github.token }}", "${{ secrets.PAT }}"),
    ("only_reports_write", "${{ github.token }}", "${{ toJSON(secrets) }}"),
    ("only_reports_write", "          persist-credentials: false\n      - name: Python",
     "          persist-credentials: false\n          repository: a/b\n      - name: Python"),
    ("graders_do_not_write", "contents: read", "contents: write"),
    ("graders_do_not_write", "secrets.COURSE_KEY", "secrets.STUDENTS_WRITE"),
    ("graders_do_not_write", "ci report answers", "ci fetch inbox"),
]  # fmt: skip


def test_a_good_workflow_passes_every_policy() -> None:
    assert {check.__name__: list(check(load(GOOD))) for check in POLICIES} == {check.__name__: [] for check in POLICIES}


@pytest.mark.parametrize(("name", "old", "new"), BAD)
def test_a_policy_sees_what_is_against_it(name: str, old: str, new: str) -> None:
    assert old in GOOD
    check = next(each for each in POLICIES if each.__name__ == name)
    assert list(check(load(GOOD.replace(old, new))))


def test_every_policy_is_shown_to_fail() -> None:
    assert {name for name, _, _ in BAD} == {check.__name__ for check in POLICIES}


@pytest.mark.parametrize("check", POLICIES, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_the_workflows_keep_the_policies(path: Path, check: Policy) -> None:
    assert list(check(load_file(path))) == []


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_whatever_the_linter_is_told_to_ignore_has_its_reason_above(path: Path) -> None:
    assert reasons_missing(path.read_text()) == []


def test_a_missing_reason_is_seen() -> None:
    assert reasons_missing("on:\n  workflow_run: # zizmor: ignore[dangerous-triggers]\n")
    assert not reasons_missing("on:\n  # Nothing of a fork is run here.\n  workflow_run: # zizmor: ignore[x]\n")


# What the workflows install


def test_everything_that_the_engine_needs_is_locked() -> None:
    """`make lock` after a change of the dependencies in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "requirements/grade.txt").read_text(encoding="utf-8")
    locked = {Requirement(line.split(" \\")[0]).name: line for line in text.split("\n") if "==" in line}
    for wanted in map(Requirement, project["dependencies"]):
        version = locked[wanted.name.lower()].split("==")[1].split(" ")[0]
        assert wanted.specifier.contains(version), f"{wanted}: {version} is locked; run make lock"
    assert "pip-tools" not in locked
    assert "://" not in text  # hashes say what is meant, wherever it comes from
