"""A file that never finishes loading costs its own time limit and is told once."""


def test_in_python(attack):
    outcome = attack("while True: pass\n").no_credit().says("load.timeout")
    assert outcome.result.seconds < 3


def test_in_c_code(attack):
    attack("x = 9 ** 9 ** 9\n").no_credit().says("load.timeout")


def test_only_when_it_is_loaded_again(attack, right):
    outcome = attack("import time\nif time.monotonic() % 0.2 > 0.1:\n    while True: pass\n" + right)
    assert outcome.result.seconds < 8
