"""What the documents say is so: commands parse, links lead somewhere, tables agree with the manifests and the code."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import msgspec
import pytest

import autograder
from autograder import cli, course, hint, manifest, messages, result, written
from autograder.verify.proof import Declared

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "ko": ROOT / "README.ko.md"}
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SECURITY = ROOT / "docs" / "security.md"
PULL_REQUESTS = ROOT / "docs/pull-requests.md"
DOCUMENTS = [*READMES.values(), CONTRIBUTING, SECURITY, PULL_REQUESTS, ROOT / "docs/nbgrader.md", ROOT / "CHANGELOG.md"]
COURSE = course.find(ROOT)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIXTURES = {"student", "part", "rng", "trace", "dataset"}


def blocks(path: Path, language: str = "") -> list[str]:
    """The fenced blocks of a document that are in `language`."""
    return [body for kind, body in FENCE.findall(path.read_text(encoding="utf-8")) if kind == language]


def commands(path: Path, program: str) -> list[str]:
    """Lines of blocks that call `program`; output that quotes a command is indented or follows other words."""
    return [line for body in blocks(path) for line in body.splitlines() if line.startswith(f"{program} ")]


def named(path: Path) -> list[str]:
    return commands(path, "autograder") + commands(path, "make")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_one_that_the_command_line_knows(path):
    for command in commands(path, "autograder"):
        arguments = cli._parser().parse_args(shlex.split(command)[1:])
        assert callable(arguments.run)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_is_in_the_makefile(path):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for command in commands(path, "make"):
        assert command.split()[1] in targets


def test_every_command_of_the_command_line_is_in_the_readme():
    known = next(action for action in cli._parser()._actions if action.dest == "command").choices
    shown = {command.split()[1] for command in commands(READMES["en"], "autograder")}
    assert set(known) - {"demo"} == shown  # `make demo` stands for it


def test_both_readmes_show_the_same_commands():
    assert named(READMES["en"]) == named(READMES["ko"])
    assert commands(READMES["en"], "git") == commands(READMES["ko"], "git")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_and_pictures_exist(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)]*)\)", text):
        file, _, anchor = link.partition("#")
        assert (path.parent / file).exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, link


@pytest.mark.parametrize("lang", READMES)
def test_the_table_of_the_course_agrees_with_the_manifests(lang):
    text = READMES[lang].read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[`(\w+)`\]\((\S+)\) \| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    handout = "README.ko.md" if lang == "ko" else "README.md"
    expected = []
    for assignment in map(COURSE.assignment, COURSE.ids):
        about = assignment.manifest
        numbers = (len(about.tasks), about.max_score, sum(task.bonus for task in about.tasks))
        link = f"assignments/{assignment.id}/{handout}"
        expected.append((assignment.id, link, about.title.in_(lang), *(f"{number:g}" for number in numbers)))
    assert rows == expected


@pytest.mark.parametrize("lang", READMES)
def test_the_hint_in_the_readme_is_the_one_that_is_given(lang, tmp_path):
    shutil.copytree(COURSE.assignment("01_gates").folder, tmp_path / "assignments" / "01_gates")
    given = hint.next_hint(course.Course(tmp_path).assignment("01_gates"), "OR", lang)
    assert f"\n{given}\n" in READMES[lang].read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", READMES)
def test_exit_codes_are_those_of_the_command_line(lang):
    text = READMES[lang].read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \| [^|]+ \|$", text, re.MULTILINE)}
    assert codes == {cli.DONE, cli.FELL_SHORT, cli.USAGE, cli.OUR_FAULT, cli.INTERRUPTED}


def test_names_of_the_secret_are_those_of_the_code():
    for path in READMES.values():
        text = path.read_text(encoding="utf-8")
        assert course.SECRET_FILE in text
        assert course.SECRET_VARIABLE in text
    assert course.SECRET_FILE in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_contributing_explains_every_name_of_the_vocabulary():
    text = CONTRIBUTING.read_text(encoding="utf-8")
    missing = [name for name in {*autograder.__all__, *FIXTURES} if not re.search(rf"\b{name}\b", text)]
    assert not missing


def test_the_manifest_in_contributing_is_a_manifest_with_the_default_limits(tmp_path):
    (shown,) = [body for body in blocks(CONTRIBUTING, "toml") if "[[tasks]]" in body]
    path = tmp_path / "assignment.toml"
    path.write_text(shown, encoding="utf-8")
    assert manifest.load(path).limits == result.Limits()
    assert set(tomllib.loads(shown)["limits"]) == {field.name for field in msgspec.structs.fields(result.Limits)}
    fields = {field.name for field in msgspec.structs.fields(manifest.TaskSpec)}
    assert {key for task in tomllib.loads(shown)["tasks"] for key in task} == fields


def test_the_written_answer_in_contributing_has_a_rubric_that_fits(tmp_path):
    tasks, question, rubric = [body for body in blocks(CONTRIBUTING, "toml") if "[[" in body]
    manifest_path = tmp_path / "assignment.toml"
    manifest_path.write_text(tasks + question.replace("derivative_of_int_input", "general_term"), encoding="utf-8")
    (tmp_path / written.RUBRIC).write_text(rubric, encoding="utf-8")
    assert written.rubric(tmp_path, manifest.load(manifest_path))["WHY"]


def test_messages_in_contributing_are_a_catalogue(tmp_path):
    declared, told = (
        [body for body in blocks(CONTRIBUTING, "toml") if "[[" not in body and ("[mutants]" in body) == equivalent]
        for equivalent in (True, False)
    )
    path = tmp_path / "messages.toml"
    path.write_text("\n".join(told), encoding="utf-8")
    assert messages.load(path)
    (equivalents,) = declared
    assert msgspec.toml.decode(equivalents, type=Declared).mutants


def test_python_in_contributing_compiles():
    for body in blocks(CONTRIBUTING, "python"):
        compile(body, CONTRIBUTING.name, "exec")


def test_every_attack_in_the_security_table_exists_and_every_attack_is_in_it():
    named = set(re.findall(r"`(test_\w+\.py)`", SECURITY.read_text(encoding="utf-8")))
    folder = ROOT / "tests" / "attacks"
    there = {path.name for path in folder.glob("test_*.py")}
    elsewhere = {path.name for path in (ROOT / "tests").glob("test_*.py")}
    assert there <= named, f"add to the table in docs/security.md: {sorted(there - named)}"
    assert named <= there | elsewhere, f"in docs/security.md but not there: {sorted(named - there - elsewhere)}"


def test_every_test_that_holds_a_promise_on_pull_requests_is_there():
    """The last column of the table names files, and tests by their words."""
    lines = PULL_REQUESTS.read_text(encoding="utf-8").split("\n")
    rows = [line.split("|")[-2] for line in lines if line.startswith("|") and ".py`: " in line]
    checked = 0
    for cell in rows:
        for file, told in re.findall(r"`(test_\w+\.py)`: (.*?)(?=\.? +`test_|\.? +`tests/|$)", cell):
            known = re.findall(r"def test_(\w+)", (ROOT / "tests" / file).read_text(encoding="utf-8"))
            for words in re.sub(r"\([^)]*\)", "", told).split(";"):
                name = re.sub(r"\W+", "_", words.lower().replace("'s", "s")).strip("_")
                assert any(each.startswith(name) for each in known), f"{file}: {words.strip()}"
                checked += 1
    assert checked > 15
