"""Every signal is ignored or blocked and every exception is swallowed; the limit holds."""

LOOP = """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
def total(x):
    while True:
        try:
            while True: time.sleep(0)
        except BaseException:
            continue
        finally:
            continue
"""


def test_stops_at_its_limit(attack, right):
    outcome = attack(right + LOOP).full_for({"AND", "halve", "slope", "XOR_NAND"}).says("timeout")
    assert outcome.result.seconds < 4
