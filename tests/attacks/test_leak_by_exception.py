"""The text, name, notes and cause of an exception can hold a hidden input; none of them is published."""

WAYS = {
    "text": "raise ValueError(f'it is {x}')",
    "name of a name": "exec(f'n{x}')",
    "name of an attribute": "return getattr(x, f'n{x}')",
    "key": "return {}[x]",
    "type": "raise type(f'E{x}', (Exception,), {})",
    "group": "raise ExceptionGroup(f'it is {x}', [ValueError(x)])",
    "cause": "raise ValueError from KeyError(x)",
    "note": "e = ValueError(); e.add_note(str(x)); raise e",
    "import": "__import__(f'n{x}')",
    "assertion": "assert x == 1, x",
    "todo": "raise NotImplementedError(str(x))",
    "unicode": "str(x).encode('utf-16').decode('ascii')",
    "syntax": "compile(f'{x} {x}', f'{x}.py', 'exec')",
    "syntax error of its own": "raise SyntaxError(str(x), ('vault.py', x, x, str(x)))",
    "conversion": "int(f'x{x}')",
    "arguments": "(lambda: 0)(**{f'n{x}': 1})",
    "recursion": "raise RecursionError(str(x))",
    "memory": "raise MemoryError(str(x))",
    "file": "open(f'/{x}')",
    "raised str": "class E(Exception):\n        __str__ = lambda self: str(x)\n        __repr__ = __str__\n    raise E",
}


def test_of_a_hidden_input(attack, right):
    outcomes = attack.many({f"{way}.py": right + f"def halve(x):\n    {code}\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
