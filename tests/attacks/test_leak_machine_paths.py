"""Where grader and packages lie on the instructor's machine is not told, not even by an exception that may be shown."""

WAYS = {
    "numpy": "import numpy; raise ValueError(numpy.__file__)",
    "engine": "import autograder; raise ValueError(autograder.__path__[0])",
    "worker": "import sys; raise ValueError(sys._getframe(1).f_code.co_filename)",
    "symbol": "import ctypes; ctypes.CDLL(None).no_such_function",
    "executable": "import sys; raise OSError(1, 'no', sys.executable + sys.prefix)",
    "numpy itself": "import numpy; numpy.load(numpy.__file__)",
}


def test_by_an_exception_at_import(attack):
    outcomes = attack.many({f"{way}.py": code for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.no_credit().says("load.error").silent_about("site-packages")
