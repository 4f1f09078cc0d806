"""An object that cannot travel is told by its type; a type can be named after a hidden input."""

WAYS = {
    "class": "return type(f'T{x}', (), {})()",
    "metaclass": "return type(f'M{x}', (type,), {})('T', (), {})",
    "renamed": "class T: pass\n    T.__name__ = T.__qualname__ = f'T{x}'\n    return T()",
    "in a list": "return [type(f'T{x}', (), {})()]",
    "dtype": "return np.zeros(2, dtype=[(f'f{x}', float)])",
    "type of an array": "return np.zeros(2, dtype=f'S{x}')",
}


def test_of_a_hidden_input(attack, right):
    outcomes = attack.many({f"{way}.py": right + f"def halve(x):\n    {code}\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
