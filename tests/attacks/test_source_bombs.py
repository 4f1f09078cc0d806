"""Sources that are hard to read: for the tokenizer, the parser, the compiler, the optimizer."""

BOMBS = {
    "long line": "x = 1" + " + 1" * 200_000,
    "parentheses": "x = " + "(" * 100_000 + ")" * 100_000,
    "brackets": "x = " + "[" * 90 + "]" * 90 + "\n" + "y = " + "-" * 100_000 + "1",
    "attributes": "x = a" + ".b" * 200_000,
    "calls": "x = f" + "()" * 200_000,
    "lambda": "x = " + "lambda: " * 50_000 + "0",
    "indentation": "".join(" " * n + "if 1:\n" for n in range(1000)) + " " * 1000 + "pass",
    "folding": "x = (1 << 10 ** 9, 'a' * 10 ** 9, (0,) * 10 ** 9)" * 1,
    "folding on": "x = " + "((((1 << 127) ** 127) ** 127) ** 127) ** 127",
    "comprehensions": "x = " + "[" * 60 + "0" + " for a in b]" * 60,
    "functions": "\n".join(f"def f{n}(): pass" for n in range(40_000)),
    "names": "\n".join(f"name_{n:06} = {n}" for n in range(40_000)),
    "digits": "x = " + "9" * 900_000,
    "text": "x = '" + "\\N{GRINNING FACE}" * 50_000 + "'",
    "f-strings": "x = " + "f'{" * 150 + "1" + "}'" * 150,
    "lines": "\n" * 900_000,
    "decorators": "@f\n" * 50_000 + "def g(): pass",
    "comment": "#" * 1_000_000,
    "match": "match 1:\n case " + "[" * 5000 + "]" * 5000 + ": pass",
    "unfinished": "x = '''" + "a" * 900_000,
    "form feeds": "\f" * 900_000 + "x",
    "surrogate": "x = '\\ud800'\nraise ValueError(x)",
}


def test_cost_their_own_time_limit(attack, right):
    sources = {f"{bomb}.py": text for bomb, text in BOMBS.items()}
    for outcome in attack.many(sources).values():
        outcome.no_credit()
        assert outcome.result.seconds < 3, (outcome.result.student, outcome.result.seconds)
        assert len(outcome.pages) < 60_000


def test_among_right_functions_cost_nothing(attack, right):
    lines = [f"name_{n:06} = {n}\ndef f{n}(): pass" for n in range(2_000)]
    attack("\n".join([right, *lines])).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
