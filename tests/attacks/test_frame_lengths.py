"""Frames that are longer than allowed, or than what follows, or that never end."""

REST = {"halve", "total", "slope", "XOR_NAND"}


def test_four_gib(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    send_raw(b'\\xff' * 4)\n    return x1 & x2\n"
    attack(source).full_for(REST).says("too-large")


def test_one_byte_over_the_limit(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    send_frame(bytes((4 << 20) + 1))\n    return x1 & x2\n"
    attack(source).full_for(REST).says("too-large")


def test_a_value_over_the_limit(attack, right):
    attack(right + "def AND(x1, x2): return np.zeros((1 << 19) + 1)\n").full_for(REST).says("too-large")


def test_cut_off(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    send_raw(b'\\0\\0\\0\\x64half')\n    os._exit(0)\n"
    attack(source).full_for(REST).says("exit")


def test_cut_off_and_then_silence(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    send_raw(b'\\0\\0')\n    while True: pass\n"
    attack(source).full_for(REST).says("timeout")


def test_one_byte_at_a_time(attack, channel, right):
    drip = "    while True:\n        send_raw(b'\\0')\n        time.sleep(0.05)\n"
    source = channel + right + "import time\ndef AND(x1, x2):\n    send_raw(b'\\0\\0\\x40\\0')\n" + drip
    attack(source).full_for(REST).says("timeout")


def test_an_endless_stream(attack, channel, right):
    flood = "    while True: send_raw(b'\\0\\0\\0\\1\\xc0' * 10_000)\n"
    attack(channel + right + "def AND(x1, x2):\n" + flood).full_for(REST).says("protocol")


def test_an_endless_stream_at_import(attack, channel, right):
    attack(channel + "while True: send_raw(bytes(1 << 16))\n" + right).no_credit().says("load.protocol")
