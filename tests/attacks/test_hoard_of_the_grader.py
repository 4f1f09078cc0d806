"""A grader's function that is asked with ever more: what the grader may have to keep of that is bounded in bytes."""

REST = {"AND", "halve", "total", "XOR_NAND"}
SEND = "    frame = wire.encoder.encode(wire.Callback(worker._request, f._id, (value,), {}))\n"
SEND += "    for _ in range(CALLS):\n        send_frame(frame)\n        frames.receive(worker._fd, 1 << 24)\n"
SEND += "    return 41\n"


def test_large_arguments(attack, channel, right):
    """Eight calls of 4 MB are stopped, of 10,000 that a function may make: all together may have 16 MB here."""
    value = "def slope(f, x):\n    value = worker._objects.encode([np.zeros(500_000, np.uint8)] * 8)\n"
    outcome = attack(channel + right + value + SEND.replace("CALLS", "8")).full_for(REST)
    assert outcome.keys & {"callbacks", "timeout"}


def test_many_small_objects(attack, channel, right):
    value = "def slope(f, x):\n    value = wire.Items('list', (wire.Items('list', ()),) * 200_000)\n"
    outcome = attack(channel + right + value + SEND.replace("CALLS", "10_000")).full_for(REST)
    assert outcome.keys & {"callbacks", "timeout"}
