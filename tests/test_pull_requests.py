"""Pull requests from the student's push to what they read: the workflow files executed as GitHub would, step by step.

`tests/github` is the harness: a little GitHub with bare repositories, its API on loopback, and a runner that evaluates
the expressions and runs the steps of the files that `autograder release` publishes.
"""

from __future__ import annotations

import json
import re
import sys
import threading

import pytest

from tests.conftest import ROOT
from tests.github.git import Link, Zeros
from tests.github.school import (
    GATES,
    HALF,
    REFERENCE,
    SOFTMAX,
    STUB,
    School,
    assert_nothing_secret,
    assert_only_the_report_wrote,
    autograder,
    check,
    comment,
    score,
)
from tests.notebooks import notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is for Linux")

# ---- the ordinary way ----


def test_half_right_gates_get_their_comment_their_check_and_their_lines(school, login):
    pull = school.pull(login, {GATES: HALF}, title="Gates")
    examples, feedback = school.both(pull)

    assert examples.conclusion == "failure"  # 21 of 22 examples pass, and the log says which one does not
    assert "21 of 22 examples pass" in examples.log
    assert "21 of 22 examples pass" in examples.jobs["examples"].summary
    assert examples.jobs["examples"].secrets == {}
    assert feedback.conclusion == "success"

    text = comment(pull)
    assert score(text) == "28 / 30"
    assert "<details open>\n<summary>✗ <code>XOR&#95;NOR</code>" in text
    assert "The circuit is the opposite of XOR" in text
    assert pull.head_sha[:7] in text
    (only,) = pull.checks
    assert (only["conclusion"], only["output"]["title"]) == ("failure", "28 / 30 points")
    (note,) = only["output"]["annotations"]
    assert note["path"] == GATES
    assert HALF.split("\n")[note["start_line"] - 1].startswith("def XOR_NOR")
    summary = feedback.jobs["report"].summary
    assert "28 / 30" in summary
    assert "The circuit is the opposite of XOR" in summary

    (kept_files,) = feedback.artifacts.values()
    (record,) = json.loads((kept_files / "result.json").read_text(encoding="utf-8"))
    assert (record["student"], record["score"], record["schema"]) == (login, 28.0, "autograder/result/1")
    assert "seccomp" in record["sandbox"]
    assert "seccomp" in feedback.jobs["grade"].log
    assert_only_the_report_wrote(school, feedback)
    assert_nothing_secret(school, examples, feedback)


def test_the_feedback_is_korean_for_who_writes_korean(school, login):
    pull = school.pull(login, {GATES: HALF}, title="게이트 과제")
    school.both(pull)
    assert "고칠 곳 있음" in comment(pull)
    assert check(pull)["output"]["title"] == "28 / 30점"
    assert "XOR의 반대" in check(pull)["output"]["annotations"][0]["message"]


def test_a_notebook_is_graded_where_the_student_works_in_it(school, login):
    cells = [f"{cell}\n" for cell in HALF.split("\n\n\n")]
    pull = school.pull(login, {GATES.replace(".py", ".ipynb"): notebook("%matplotlib inline", *cells, "print(AND(")})
    examples, feedback = school.both(pull)
    assert "21 of 22 examples pass" in examples.log
    assert feedback.conclusion == "success"
    text = comment(pull)
    assert score(text) == "28 / 30"
    assert "The circuit is the opposite of XOR" in text
    assert f"code cell {len(cells) + 2}" in text  # what Python cannot read is remarked, and costs nothing
    assert check(pull)["output"].get("annotations", []) == []


def test_a_right_solution_is_a_success(school, login):
    pull = school.pull(login, {GATES: REFERENCE})
    examples, feedback = school.both(pull)
    assert (examples.conclusion, feedback.conclusion) == ("success", "success")
    assert check(pull)["conclusion"] == "success"
    assert "Well done" in comment(pull)


def test_a_push_updates_the_comment_and_says_what_changed(school, login):
    pull = school.pull(login, {GATES: HALF})
    school.feedback(pull)
    before = pull.head_sha[:7]
    school.push(pull, {GATES: REFERENCE})
    school.both(pull, "synchronize")
    text = comment(pull)
    assert f"Since the last graded commit (<code>{before}</code>)" in text
    assert "<code>XOR&#95;NOR</code>: 0 / 3 → **4 / 3**" in text
    assert check(pull)["conclusion"] == "success"


def test_a_re_run_changes_nothing_and_repeats_nothing(school, login):
    pull = school.pull(login, {GATES: HALF})
    run = school.feedback(pull)
    text = comment(pull)
    again = school.runner.again(run)
    assert again.conclusion == "success"
    assert re.sub(r'"graded":"[^"]*"', "", comment(pull)) == re.sub(r'"graded":"[^"]*"', "", text)


# ---- late, overtaken, at the same time ----


def test_a_late_run_answers_to_the_newest_commit_and_repeats_nothing(school, login):
    pull = school.pull(login, {GATES: HALF})
    late = school.github.event_workflow_run(pull)
    school.push(pull, {GATES: REFERENCE})
    school.feedback(pull)
    assert school.runner.named(late, "feedback").conclusion == "success"
    assert score(comment(pull)) == "32 / 30"
    assert pull.head_sha[:7] in comment(pull)
    assert "→" not in comment(pull)


def test_a_push_while_it_is_graded_leaves_the_word_to_the_next_run(school, login):
    pull = school.pull(login, {GATES: HALF})
    school.github.fail("GET", r"/pulls$", skip=1, before=lambda: school.push(pull, {GATES: REFERENCE}))
    run = school.feedback(pull)
    assert [each for each in pull.comments if each.kind == "Bot"] == []
    assert run.jobs["report"].result == "success"
    school.feedback(pull)
    assert score(comment(pull)) == "32 / 30"


def test_a_late_report_of_the_same_commit_does_not_overwrite_a_later_grading(school, login):
    pull = school.pull(login, {GATES: HALF})
    run = school.feedback(pull)
    ours = next(each for each in pull.comments if each.kind == "Bot")
    ours.body = ours.body.replace('"graded":"20', '"graded":"21').replace("28 / 30", "29 / 30")
    text, checks = ours.body, len(pull.checks)
    school.runner.again(run)
    assert ours.body == text
    assert len(pull.checks) == checks


def test_a_new_push_cancels_what_is_under_way(school, login):
    pull = school.pull(login, {GATES: "while True: pass\n"})
    event = school.github.event_workflow_run(pull)
    first = threading.Thread(target=school.runner.named, args=(event, "feedback"))
    first.start()
    while not (graded := [run for run in school.runner.runs if run.event is event]):
        pass
    school.push(pull, {GATES: REFERENCE})
    school.feedback(pull)
    first.join()
    assert graded[0].conclusion == "cancelled"
    assert score(comment(pull)) == "32 / 30"


# ---- every kind of pull request has its answer ----

ANSWERS = {
    "a draft": ({"files": {GATES: REFERENCE}, "draft": True}, "neutral", "This is a draft"),
    "nothing of an assignment": ({"files": {"notes.md": "x"}}, "neutral", "nothing to grade"),
    "no change at all": ({"files": {}}, "neutral", "nothing to grade"),
    "a module at the wrong place": (
        {"files": {"gates.py": HALF}},
        "neutral",
        "Move it to <code>assignments/01&#95;gates/gates.py",
    ),
    "a stub that stays a stub": ({"files": {GATES: f"# mine\n{STUB}"}}, "failure", "0 / 30"),
    "a module with a name that a browser gave it": (
        {"files": {"assignments/01_gates/Gates (1).py": HALF}},
        "neutral",
        "Move it to <code>assignments/01&#95;gates/gates.py",
    ),
    "a deleted module": ({"files": {GATES: None}}, "failure", "There is no"),
    "a renamed module": ({"files": {GATES: None, GATES.replace("gates.py", "gate.py"): HALF}}, "failure", "gate.py"),
    "a file of 100 MB": ({"files": {GATES: Zeros(100_000_000)}}, "failure", "at most"),
    "a binary": ({"files": {GATES: b"\x7fELF\0\0"}}, "failure", "null"),
    "another encoding": ({"files": {GATES: "# 한글\n".encode("cp949")}}, "failure", "CP949"),
    "a link": ({"files": {GATES: Link("/etc/passwd")}}, "failure", "symbolic link"),
    "a syntax error": ({"files": {GATES: "def AND(x1, x2:\n    return 1\n"}}, "failure", "line 1"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_answer_to(kind, school, login):
    what, conclusion, told = ANSWERS[kind]
    pull = school.pull(login, **what)
    run = school.feedback(pull)
    assert run.conclusion == "success", run.log
    assert check(pull)["conclusion"] == conclusion
    assert told in comment(pull)
    assert told in run.jobs["report"].summary


def test_several_assignments_are_one_comment_with_a_table(school, login):
    softmax = (ROOT / "solutions/05_softmax/output_layer.py").read_text(encoding="utf-8")
    pull = school.pull(login, {GATES: HALF, SOFTMAX: softmax})
    school.feedback(pull)
    text = comment(pull)
    assert text.index("| 01&#95;gates") < text.index("| 05&#95;softmax") < text.index("## 01&#95;gates")
    assert check(pull)["output"]["title"] == "56 / 58 points"
    assert check(pull)["conclusion"] == "failure"


def test_a_deleted_fork_is_no_error(school, login):
    pull = school.pull(login, {GATES: HALF})
    event = school.github.event_workflow_run(pull)
    school.github.delete_fork(pull.head_repository)
    run = school.runner.named(event, "feedback")
    assert run.conclusion == "success"
    assert "no pull request of this branch is open" in run.log


def test_a_grader_that_cannot_be_used_costs_its_own_assignment_alone_and_says_nothing(school, login):
    """Its first line is of a hidden test, and the log is public where the repository is."""
    path = "autograder/graders/01_gates/test_gates.py"
    good = (school.course / path).read_text(encoding="utf-8")
    softmax = (ROOT / "solutions/05_softmax/output_layer.py").read_text(encoding="utf-8")
    pull = school.pull(login, {GATES: HALF, SOFTMAX: softmax})
    try:
        school.push_course(**{path.replace("/", "__"): "HIDDEN_160706 = = 1\n" + good})
        run = school.feedback(pull)
    finally:
        school.push_course(**{path.replace("/", "__"): good})
    assert run.jobs["grade"].step("Grade").exit_code == 3
    assert "160706" not in run.log
    assert "right_gate" not in run.log
    assert "autograder verify 01_gates says why" in run.log
    text = comment(pull)
    assert "Your grade is withheld" in text
    assert "28 / 28" in text  # of the other one
    assert check(pull)["conclusion"] == "neutral"

    school.runner.again(run)
    assert "Your grade is withheld" not in comment(pull)
    assert score(comment(pull)) == "28 / 30"


def test_a_grade_that_is_withheld_takes_nothing_away(school, login):
    """A re-run while a grader is broken leaves what the student has read."""
    path = "autograder/graders/01_gates/test_gates.py"
    good = (school.course / path).read_text(encoding="utf-8")
    pull = school.pull(login, {GATES: HALF})
    run = school.feedback(pull)
    before = comment(pull)
    try:
        school.push_course(**{path.replace("/", "__"): "raise RuntimeError\n" + good})
        again = school.runner.again(run)
        school.push(pull, {GATES: HALF + "# another commit\n"})
        assert comment(pull) == before
        school.feedback(pull)
        assert "Your grade is withheld" in comment(pull)
    finally:
        school.push_course(**{path.replace("/", "__"): good})
    assert again.jobs["report"].result == "failure"
    school.push(pull, {GATES: REFERENCE})
    school.feedback(pull)
    assert "<code>XOR&#95;NOR</code>: 0 / 3 → **4 / 3**" in comment(pull)  # since the last time that it was graded


def test_what_is_to_do_is_one_line_and_no_warning(school, login):
    begun = STUB.replace("def NOT(x):", "def NOT(x):\n    return 1 - x\n\n\ndef unused(x):")
    assert begun != STUB
    pull = school.pull(login, {GATES: begun})
    school.feedback(pull)
    text = comment(pull)
    assert "☐ to do: <code>perceptron</code>, <code>AND</code>" in text
    assert text.count("<details") <= 1
    assert len(check(pull)["output"]["annotations"]) <= 1


def test_two_pull_requests_of_one_student_get_their_own(school, login):
    one = school.pull(login, {GATES: HALF}, branch="one")
    two = school.pull(login, {GATES: REFERENCE}, branch="two")
    event = school.github.event_dispatch(school.work)
    run = school.runner.named(event, "feedback")
    assert score(comment(one)) == "28 / 30"
    assert score(comment(two)) == "32 / 30"
    assert run.jobs["grade"].log.count(f"{login}  ") == 2


# ---- regrading ----

BROKEN_GRADER = ('assert_gate(student, "NOT", NOT_TABLE, MISTAKEN_NOT)', "student.NOT(0, 0)")


def test_after_a_grader_was_corrected_regrade_updates_the_comment_and_says_what_changed(tmp_path):
    with School(tmp_path) as school:
        path = "autograder/graders/01_gates/test_gates.py"
        good = (school.course / path).read_text(encoding="utf-8")
        assert BROKEN_GRADER[0] in good
        school.push_course(**{path.replace("/", "__"): good.replace(*BROKEN_GRADER)})
        pull = school.pull("student-01", {GATES: HALF})
        other = school.pull("student-02", {GATES: REFERENCE}, title="게이트")
        school.feedback(pull)
        school.feedback(other)
        assert score(comment(pull)) == "27 / 30"

        school.push_course(**{path.replace("/", "__"): good})
        done = autograder(school.course, "ci", "regrade", **school.person())
        assert done.returncode == 0, done.stdout + done.stderr
        assert score(comment(pull)) == "28 / 30"
        assert "The graders were corrected; your code is the same" in comment(pull)
        assert "<code>NOT</code>: 0 / 1 → **1 / 1**" in comment(pull)
        assert "채점기를 고친 뒤" in comment(other)
        assert "only a workflow may write" in done.stdout  # so says GitHub
        assert check(other)["conclusion"] == "failure"

        # In the workflow, for one of them: its check is renewed too, nothing is repeated, the other is left alone.
        run = school.runner.named(school.github.event_dispatch(school.work, pull=str(other.number)), "feedback")
        assert run.conclusion == "success", run.log
        assert check(other)["conclusion"] == "success"
        assert score(comment(pull)) == "28 / 30"
        assert "student-01" not in run.log
        assert school.github.unknown == []


def test_regrade_leaves_the_marks_of_a_class_where_it_is_told(school, login, tmp_path):
    pull = school.pull(login, {GATES: HALF})
    school.feedback(pull)
    out = tmp_path / "점수"
    done = autograder(school.course, "ci", "regrade", f"#{pull.number}", "--out", out, **school.person())
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{login},graded,28,30" in (out / "01_gates/grades.csv").read_text(encoding="utf-8-sig")
    assert (out / "01_gates/feedback" / f"{login}.html").is_file()


@pytest.mark.parametrize(("number", "told"), [("999", "no pull request 999"), ("; ls", "is no number")])
def test_regrading_what_is_not_there(number, told, school):
    done = autograder(school.course, "ci", "regrade", number, **school.person())
    assert done.returncode == 2
    assert told in done.stderr


def test_by_hand_without_a_token_or_repository_it_is_said_what_to_set(school):
    for missing in ("GITHUB_TOKEN", "GITHUB_REPOSITORY"):
        variables = school.person()
        del variables[missing]
        done = autograder(school.course, "ci", "regrade", **variables)
        assert done.returncode == 2
        assert missing in done.stderr


def test_a_run_by_hand_is_only_for_who_may_write(school, login):
    """A number is data: whatever is typed there, it reaches no shell."""
    pull = school.pull(login, {GATES: HALF})
    event = school.github.event_dispatch(school.work, pull=f"{pull.number}; touch pwned")
    run = school.runner.named(event, "feedback")
    assert "is no number of a pull request" in run.log
    assert not list(school.home.rglob("pwned"))


def test_the_reporting_job_installs_next_to_nothing(school, login):
    pull = school.pull(login, {GATES: HALF})
    run = school.feedback(pull)
    assert sorted(run.jobs["report"].installed) == ["markupsafe", "msgspec"]
    assert {"numpy", "pytest", "matplotlib"} <= set(run.jobs["grade"].installed)
    assert not {"nbgrader", "distributed", "hypothesis"} & set(run.jobs["grade"].installed)
