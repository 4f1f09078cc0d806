"""Circuits without wires: signals by number, made up, or sent where no gate asked for them."""

REST = {"AND", "halve", "total", "slope"}
FORGED = [
    "return Raw('wire.Signal(99)')",
    "return Raw('wire.Signal(-1)')",
    "return Raw('wire.Signal(2**63)')",
    "return NAND(Raw('wire.Signal(5)'), x2)",
    "return NAND(Raw('wire.Signal(-1)'), x2)",
    "return type(x1)(7)",
    "return x1",
    "return 1",
    "return True",
    "return Raw('wire.Proxy(0)')",
    "return NAND",
    "return NAND(NAND, NAND)",
    "return (x1, x2)",
    "return [NAND(x1, x2)]",
    "return {'output': NAND(x1, x2)}",
    "return '6'",
    "x1._id = 9\n    return x1",
    "return NAND(x1=x1, x2=x2)",
    "return NAND(*[x1] * 40)",
    "for _ in range(1000): x1 = NAND(x1, x1)\n    return x1",
    "while True: NAND(x1, x2)",
    "return None",
    "return float('nan')",
    "return np.array([1, 0, 0, 1])",
    "return object()",
]


def test_of_every_kind(attack, channel, right):
    source = channel + right + "class Raw:\n    def __init__(self, text): self.value = eval(text)\n"
    source += "encode = type(worker._objects).encode\n"
    source += "type(worker._objects).encode = lambda s, v, d=0: v.value if isinstance(v, Raw) else encode(s, v, d)\n"
    for outcome in attack.each(f"{source}def XOR_NAND(x1, x2):\n    {body}\n" for body in FORGED):
        outcome.full_for(REST).without_errors()


def test_a_circuit_that_is_wired_by_forged_callbacks(attack, channel, right):
    """This one is XOR of NAND gates, however it was sent; it is what the exercise asks for."""
    source = "def XOR_NAND(x1, x2):\n    S, n = type(x1), NAND(x1, x2)\n    return NAND(NAND(S(0), n), NAND(S(1), n))\n"
    attack(channel + right + source).full_for(REST | {"XOR_NAND"})
