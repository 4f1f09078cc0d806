"""Proxies, handles and signals by numbers that nobody handed out."""

REST = {"AND", "total", "slope", "XOR_NAND"}
NUMBERS = ["-1", "0", "1", "7", "2**31", "2**63 - 1", "2**64 - 1"]
VALUES = [f"wire.{kind}" for kind in ("Proxy({})", "Signal({})", "Handle({}, 'ndarray')")]


def test_as_a_value(attack, channel, right):
    source = channel + right + "def halve(x):\n    reply(value=VALUE)\n"
    values = [value.format(number) for value in VALUES for number in NUMBERS]
    for outcome in attack.each(source.replace("VALUE", value) for value in values):
        outcome.full_for(REST).without_errors()


def test_as_an_argument_of_the_graders_function(attack, right, channel):
    source = channel + right + "class Raw:\n    pass\nencode = type(worker._objects).encode\n"
    source += "type(worker._objects).encode = lambda s, v, d=0: VALUE if isinstance(v, Raw) else encode(s, v, d)\n"
    source += "def slope(f, x): return f(Raw())\n"
    values = [value.format(number) for value in VALUES for number in NUMBERS]
    for outcome in attack.each(source.replace("VALUE", value) for value in values):
        outcome.full_for({"AND", "halve", "total", "XOR_NAND"})
