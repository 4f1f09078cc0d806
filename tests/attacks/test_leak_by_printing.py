"""Nothing that student code prints, warns or writes reaches what is published."""

START = "import os, sys, warnings\ndef halve(x):\n    "
WAYS = {
    "print": "print(x, file=sys.stderr); print('::error::', x)",
    "write": "sys.stdout.write(str(x)); os.write(1, b'%d' % x); os.write(2, b'%d' % x); sys.__stdout__.write(str(x))",
    "warning": "warnings.warn(str(x)); warnings.warn(str(x), RuntimeWarning)",
    "exit text": "sys.exit(str(x))",
    "log": "import logging; logging.error(str(x))",
}


def test_of_a_hidden_input(attack, right):
    outcomes = attack.many({f"{way}.py": right + START + code + "\n    return -1\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
