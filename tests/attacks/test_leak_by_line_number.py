"""A line number is shown only where it is a line of the file; code can claim to stand anywhere."""

START = "import warnings\ndef halve(x):\n    "
WAYS = {
    "first line": "exec((lambda: 1 / 0).__code__.replace(co_firstlineno=x), {})",
    "blank lines": "exec(compile('\\n' * (x - 1) + '1 / 0', 'vault.py', 'exec'), {})",
    "warning": "warnings.warn_explicit('overflow encountered in exp', RuntimeWarning, 'vault.py', x)",
    "divide": "warnings.warn_explicit('divide by zero encountered in log', RuntimeWarning, 'vault.py', -x)",
    "syntax": "raise SyntaxError('invalid syntax', ('vault.py', x, x, ''))",
}


def test_that_is_a_hidden_input(attack, right):
    outcomes = attack.many({f"{way}.py": right + START + code + "\n    return -1\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
