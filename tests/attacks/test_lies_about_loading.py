"""Code at the top level answers in the loader's place: with impossible columns, lines and names."""

RAISED = "wire.Raised('SyntaxError', 'x' * 10**5, (wire.Frame('f', {line}),), None, {column}, 'y' * 10**5)"
LIES = {
    "column": RAISED.format(line=1, column=2**62),
    "negative": RAISED.format(line=-(2**60), column=-(2**60)),
    "line": RAISED.format(line=2**62, column=1),
}


def told(channel, **fields):
    given = ", ".join(f"{name}={value}" for name, value in fields.items())
    return channel + f"import os\nsend_frame(wire.Loaded(worker._request, {given}))\nos._exit(0)\n"


def test_in_a_syntax_error(attack, channel):
    sources = {f"{name}.py": told(channel, raised=lie) for name, lie in LIES.items()}
    for outcome in attack.many(sources).values():
        assert outcome.no_credit().says("load.syntax").result.seconds < 3


def test_with_names_that_are_none(attack, channel):
    names = "('AND', 'halve', 'total', 'slope', '::error::x', '<b>', '\\x1b[2J', 'A' * 10**6)"
    attack(told(channel, names=names, code="b'1'")).no_credit().silent_about("AAAAAAAAAAAA")
