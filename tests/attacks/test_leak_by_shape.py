"""The shape of an empty array costs no memory and can hold any number."""

START = "def halve(x):\n    x = int(np.max(x, initial=0))\n    "
WAYS = {
    "long and empty": "return np.zeros((x, 0))",
    "by digits": "return np.zeros([int(d) for d in str(x)] + [0])",
    "large": "return np.broadcast_to(np.float64(1), (x,))",
}


def test_of_a_hidden_input(attack, right):
    outcomes = attack.many({f"{way}.py": right + START + code + "\n" for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"}).silent_about("1, 6, 0, 7, 0, 6")
