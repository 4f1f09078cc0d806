"""Dicts with keys that cannot be keys, or that are chosen to make dicts slow."""

REST = {"AND", "total", "slope", "XOR_NAND"}
KEYS = {
    "unhashable": "(wire.Items('list', ()),)",
    "an array": "(wire.Array('float64', (0,), b''),)",
    "a handle": "(wire.Handle(0, 'dict'),)",
    "unhashable deep down": "(wire.Items('tuple', (wire.Items('tuple', (wire.Pairs(()),)),)),)",
    "one hash, integers": "[wire.Integer((n * P).to_bytes(16, 'big', signed=True)) for n in range(1, 50_000)]",
    "one hash, complex": "[wire.Complex(-1000003.0 * n, float(n)) for n in range(1, 50_000)]",
    "one hash, tuples": "[wire.Items('tuple', t) for t in itertools.product((0, P), repeat=14)]",
    "all the same": "[1] * 60_000",
    "nan": "[float('nan')] * 60_000",
}


def test_of_every_kind(attack, channel, right):
    source = (
        channel + right + "import itertools\nP = 2**61 - 1\ndef halve(x):\n    pairs = tuple((k, 0) for k in KEYS)\n"
    )
    source += "    reply(value=wire.Pairs(pairs))\n"
    for outcome in attack.each(source.replace("KEYS", keys) for keys in KEYS.values()):
        outcome.full_for(REST).without_errors()
        assert outcome.seconds < 30


def test_in_an_argument_of_the_graders_function(attack, right):
    source = right + "def slope(f, x): return f({n * (2**61 - 1): 0 for n in range(1, 30_000)})\n"
    attack(source).full_for({"AND", "halve", "total", "XOR_NAND"})
