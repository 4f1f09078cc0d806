"""The functions on the way to an exception can be named after a hidden input."""

WAYS = {
    "frame": "exec(f'def n{x}(): 1 / 0\\nn{x}()', {})",
    "renamed": "def f(): 1 / 0\n    f.__code__ = f.__code__.replace(co_name=f'n{x}')\n    f()",
    "file": "exec(compile('1 / 0', f'{x}.py', 'exec'), {})",
    "method": "type('T', (), {f'n{x}': lambda: 0})().__getattribute__(f'n{x}')()",
    "module": "import sys, types\n    sys.modules[f'n{x}'] = types.ModuleType('n')\n    exec(f'from n{x} import y')",
}


def test_in_a_traceback(attack, right):
    outcomes = attack.many({f"{way}.py": right + f"def halve(x):\n    {code}\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
