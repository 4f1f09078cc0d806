"""Callbacks to callables that were never handed over, or far too often, or with the wrong things."""

REST = {"AND", "halve", "total", "XOR_NAND"}
LOOP = "def slope(f, x):\n    message = wire.encoder.encode(wire.Callback(worker._request, f._id, (1.0,), {}))\n"
ODD = [
    "f()",
    "f(x, x)",
    "f(x=x)",
    "f(None)",
    "f('160')",
    "f([x])",
    "f(1j)",
    "f(object())",
    "f(f)",
    "f({1: 2})",
    "f(10**400)",
    "f(np.ones((2, 3)))",
    "f(np.float64('nan'))",
    "f(b'160')",
    "f(slope)",
    "f(True)",
    "f({'a': [(1, 2), {3: 4}]})",
    "f(np.ones(3, dtype=bool))",
]


def test_to_nobody(attack, channel, right):
    call = (
        "def AND(x1, x2):\n    frames.send(worker._fd, wire.Callback(worker._request, PROXY, (), {}))\n    return 1\n"
    )
    for outcome in attack.each(channel + right + call.replace("PROXY", n) for n in ("0", "1", "-1", "2**63", "2**31")):
        outcome.full_for({"halve", "total", "slope", "XOR_NAND"}).says("protocol")


def test_at_import(attack, channel, right):
    source = channel + right + "frames.send(worker._fd, wire.Callback(worker._request, 0, (), {}))\n"
    attack(source).no_credit().says("load.protocol")


def test_ten_thousand_and_one(attack, channel, right):
    many = "    for _ in range(10_001):\n        send_frame(message)\n        frames.receive(worker._fd, 1 << 20)\n"
    outcome = attack(channel + right + LOOP + many).full_for(REST)
    assert outcome.keys & {"callbacks", "timeout"}


def test_without_reading_the_answers(attack, channel, right):
    outcome = attack(channel + right + LOOP + "    while True:\n        send_frame(message)\n").full_for(REST)
    assert outcome.keys & {"callbacks", "timeout"}


def test_with_what_f_does_not_take(attack, right):
    for outcome in attack.each(f"{right}def slope(f, x):\n    {call}\n    {call}\n    return 41.0\n" for call in ODD):
        outcome.full_for(REST)


def test_that_fill_the_graders_memory(attack, right):
    hoard = "big = np.ones(500_000)\ndef slope(f, x):\n    while True:\n        f(big)\n"
    attack(right + hoard).full_for(REST)
