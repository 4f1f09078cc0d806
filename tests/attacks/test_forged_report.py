"""A finished report on every way out: standard output, standard error, their descriptors, a file of the same name."""

from autograder.result import to_json

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}
WRONG = "".join(f"def {name}(*a): return 41\n" for name in ALL)
WAYS = ["print(r)", "sys.stdout.write(r)", "sys.stderr.write(r)", "sys.__stdout__.write(r)", "os.write(1, r.encode())"]


def test_printed(attack, right):
    report = to_json(attack(right).result).decode()
    forged = f"import os, sys\ndef AND(x1, x2):\n    r = {report!r}\n    {{}}\n    return 41\n"
    for outcome in attack.each(WRONG + forged.replace("{}", way) for way in WAYS):
        outcome.no_credit()


def test_workflow_commands(attack):
    lines = "::set-output name=score::100\\n   ::add-mask::0\\n##[error]all is well"
    source = f"def AND(x1, x2):\n    print('{lines}')\n    raise ValueError('\\n{lines}')\n"
    for outcome in attack.each([WRONG + source, f"raise ValueError('''\\n{lines}''')", "x = 1\n::error::(\n"]):
        outcome.no_credit()
        lines = [line.strip() for line in outcome.published.splitlines()]
        assert not [line for line in lines if line.startswith(("::", "##["))]


def test_a_result_file_beside_the_submission(attack, right):
    report = to_json(attack(right).result)
    extra = {"results/eve.json": report, "grades.csv": b"student,total\neve,14\n", "out/results/eve.json": report}
    attack(WRONG, student="eve", extra=extra).no_credit()


def test_an_earlier_result_of_another_file(attack, right):
    attack(right).full_for(ALL)
    attack(WRONG).no_credit()
