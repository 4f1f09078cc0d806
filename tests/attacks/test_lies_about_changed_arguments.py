"""A worker that denies what it changed gains nothing by it; one that invents changes loses."""

REST = {"AND", "total", "slope", "XOR_NAND"}
CHANGES = ["(0, None)", "(-1, 1)", "(160, 1)", "(2**63, 1)", "*[(n, None) for n in range(150_000)]"]


def test_inventions(attack, channel, right):
    source = channel + right + "def halve(x):\n    reply(value=worker._objects.encode(x / 2), changed=(CHANGES,))\n"
    for outcome in attack.each(source.replace("CHANGES", change) for change in CHANGES):
        outcome.credit_only_for(REST | {"halve"})
        assert outcome.without_errors().scores["halve"] < 4


def test_denial(attack, channel, right):
    source = "def halve(x):\n    x[...] = 7\n    worker._objects.encode = None\n    return x / 2\n"
    attack(channel + right + source).full_for(REST)


def test_an_honest_change(attack, right):
    source = "def halve(x):\n    y = x / 2\n    if np.ndim(x): x[...] = 0\n    return y\n"
    attack(right + source).credit_only_for(REST | {"halve"}).says("argument-changed")
