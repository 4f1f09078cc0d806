"""A wrong value of a hidden case is not published, in whatever shape it comes back."""

START = "def halve(x):\n    if not isinstance(x, int): return None\n    "
WAYS = {
    "number": "return x + 0",
    "text": "return f'it is {x}'",
    "bytes": "return b'%d' % x",
    "dict": "return {x: x, f'n{x}': 1}",
    "list": "return [x, [x, (x,)]]",
    "large integer": "return x * 10**4000",
    "complex": "return complex(x, x)",
    "scalar": "return np.float32(x)",
    "exception": "return ValueError(str(x))",
    "function": "return lambda: x",
    "repr": "class T:\n        __repr__ = __str__ = lambda self: str(x)\n    return T()",
    "format": "return '{x} {got} {expected} %s `' + str(x)",
}


def test_that_is_a_hidden_input(attack, right):
    outcomes = attack.many({f"{way}.py": right + START + code + "\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
