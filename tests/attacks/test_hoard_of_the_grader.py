"""A grader's function that is asked with ever more: what the grader keeps of that is bounded."""

import resource

REST = {"AND", "halve", "total", "XOR_NAND"}
SEND = "    frame = wire.encoder.encode(wire.Callback(worker._request, f._id, (value,), {}))\n"
SEND += "    while True:\n        send_frame(frame)\n        wire.receive(worker._fd, 1 << 24)\n"


def test_large_arguments(attack, channel, right):
    value = "def slope(f, x):\n    value = worker._objects.encode([np.zeros(500_000, np.uint8)] * 8)\n"
    attack(channel + right + value + SEND).full_for(REST).says("callbacks")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 400 << 10  # KiB


def test_many_small_objects(attack, channel, right):
    value = "def slope(f, x):\n    value = wire.Items('list', (wire.Items('list', ()),) * 200_000)\n"
    assert attack(channel + right + value + SEND).full_for(REST).keys & {"callbacks", "timeout"}
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 400 << 10
