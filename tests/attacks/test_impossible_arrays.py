"""Arrays whose dimensions, dtype or bytes do not fit together."""

REST = {"AND", "total", "slope", "XOR_NAND"}
ARRAYS = [
    "wire.Array('float64', (2**62, 2**62, 2**62), b'')",
    "wire.Array('float64', (-1, -8), bytes(64))",
    "wire.Array('float64', (-1,), bytes(8))",
    "wire.Array('float64', (3, 4), bytes(8))",
    "wire.Array('float64', (0, 2**62), b'')",
    "wire.Array('float64', (0, 2**63 - 1), b'', 'strided')",
    "wire.Array('float64', (0, 2**63), b'', 'F')",
    "wire.Array('float64', (2**64 - 1, 0), b'')",
    "wire.Array('float64', (0,) + (2**31,) * 31, b'')",
    "wire.Array('float64', (1,) * 33, bytes(8))",
    "wire.Array('float64', (1,) * 1000, bytes(8))",
    "wire.Array('object', (1,), bytes(8))",
    "wire.Array('O', (1,), bytes(8))",
    "wire.Array('datetime64', (1,), bytes(8))",
    "wire.Array('float64,object', (1,), bytes(16))",
    "wire.Array('V8', (1,), bytes(8))",
    "wire.Array('S100000000', (1,), b'')",
    "wire.Array('float128', (1,), bytes(16))",
    "wire.Array('float64\\0', (1,), bytes(8))",
    "wire.Array('', (), b'')",
    "wire.Array('float64', (), b'')",
    "wire.Array('float64', (1,), bytes(8), 'Q')",
    "wire.Array('bool', (4,), b'\\2\\3\\xff\\x80')",
    "wire.Scalar('object', bytes(8))",
    "wire.Scalar('float64', bytes(16))",
    "wire.Scalar('int8', b'')",
]


def test_of_every_kind(attack, channel, right):
    source = channel + right + "def halve(x):\n    reply(value=VALUE)\n"
    for outcome in attack.each(source.replace("VALUE", value) for value in ARRAYS):
        outcome.full_for(REST).says("protocol").without_errors()


def test_a_shape_that_lies_after_the_call(attack, channel, right):
    lie = "def halve(x):\n    reply(value=wire.Array('float64', (0, 2**62), b'', 'strided'), changed=((0, None),))\n"
    attack(channel + right + lie).full_for(REST)
