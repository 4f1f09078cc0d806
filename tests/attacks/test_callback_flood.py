"""Asking the grader's function again and again: the deadline holds while there is always another question to answer."""


def test_in_a_loop(attack, right):
    source = right + "def slope(f, x):\n    while True: f(x)\n"
    outcome = attack(source).full_for({"AND", "halve", "total", "XOR_NAND"})
    assert {"timeout", "callbacks"} & outcome.keys
    assert outcome.result.seconds < 3


def test_with_large_numbers(attack, right):
    source = right + "def slope(f, x):\n    while True: f(np.ones(400_000))\n"
    outcome = attack(source).full_for({"AND", "halve", "total", "XOR_NAND"})
    assert {"timeout", "callbacks"} & outcome.keys
    assert outcome.result.seconds < 3


def test_without_waiting_for_answers(attack, right, channel):
    flood = "    ask = wire.Callback(worker._request, 0, (worker._objects.encode(np.ones(1000)),), {})\n"
    flood += "    while True: send_frame(ask)\n"
    outcome = attack(right + channel + "def slope(f, x):\n" + flood).full_for({"AND", "halve", "total", "XOR_NAND"})
    assert outcome.says("timeout").result.seconds < 3


def test_while_loading_leaves_no_worker_behind(attack, right, channel):
    flood = "send_frame(wire.Callback(worker._request, 0, (), {}))\nwhile True: pass\n"
    attack(channel + flood + right).no_credit().says("load.protocol")
