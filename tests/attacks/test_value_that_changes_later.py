"""One buffer for all answers: what was handed over is a copy, and the last answer does not repair the first."""

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}


def test_a_buffer_that_is_used_again(attack, right):
    source = "out = np.empty((3, 4))\ndef halve(x):\n    if np.shape(x) != (3, 4): return x / 2\n"
    source += "    out[...] = x / 2\n    return out\n"
    attack(right + source).full_for(ALL)


def test_a_wrong_answer_that_is_corrected_in_the_next_call(attack, right):
    source = "kept = [[7.0]]\ndef total(x):\n    kept[-1][0] = sum(x)\n    kept.append([0.0])\n    return kept[-1][0]\n"
    attack(right + source).full_for(ALL - {"total"})


def test_the_argument_itself(attack, right):
    attack(right + "def halve(x):\n    x /= 2\n    return x\n").credit_only_for(ALL).says("argument-changed")


def test_a_view_of_one_number_for_all(attack, right):
    source = "def halve(x): return np.broadcast_to(41.0, np.shape(x))\n"
    assert attack(right + source).credit_only_for(ALL).scores["halve"] <= 1  # an empty array has no wrong number


def test_a_thread_that_would_change_it(attack, right):
    source = "import threading\ndef halve(x):\n    y = np.ones(np.shape(x))\n"
    source += "    threading.Thread(target=lambda: y.fill(1)).start()\n    return y\n"
    attack(right + source).full_for(ALL - {"halve"})
