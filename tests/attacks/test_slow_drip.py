"""A reply that comes byte by byte does not stretch the limit: the clock runs from the question on."""

DRIP = """
import time
def drip():
    for byte in range(10 ** 6):
        send_raw(b"\\0\\0\\1\\0"[byte:byte + 1] or b"\\x90")
        time.sleep(0.1)
"""


def test_of_a_reply(attack, right, channel):
    outcome = attack(right + channel + DRIP + "def total(x):\n    drip()\n")
    outcome.full_for({"AND", "halve", "slope", "XOR_NAND"}).says("timeout")
    assert outcome.result.seconds < 3


def test_while_loading(attack, right, channel):
    outcome = attack(channel + DRIP + "drip()\n" + right).no_credit().says("load.timeout")
    assert outcome.result.seconds < 3
