"""Replies in the student's own hand. The grader believes the value, as it would one that is returned; nothing else."""

REST = {"halve", "total", "slope", "XOR_NAND"}
GUESSES = ["worker._request + 1", "worker._request - 1", "0", "-1", "2**62 - 1"]
MESSAGES = [
    "wire.Hello(('landlock-abi9', 'seccomp'))",
    "wire.Hello((), 'the sandbox did not start')",
    "wire.Probed({})",
    "wire.Loaded(worker._request, ('AND',))",
    "wire.Call(worker._request, None, 'AND', (), {}, {})",
    "wire.Answer(1)",
]


def test_before_the_call_returns(attack, channel, right):
    attack(channel + right + "def AND(x1, x2):\n    reply(value=1)\n    return x1 & x2\n").full_for(REST)


def test_twice(attack, channel, right):
    attack(channel + right + "def AND(x1, x2):\n    reply(value=x1 & x2)\n    return 41\n").full_for(REST).says(
        "protocol"
    )


def test_with_a_guessed_id(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    frames.send(worker._fd, wire.Reply({}, 1))\n    return x1 & x2\n"
    for outcome in attack.each(source.replace("{}, 1", f"{guess}, 1") for guess in GUESSES):
        outcome.full_for(REST).says("protocol")


def test_of_another_kind(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    frames.send(worker._fd, MESSAGE)\n    return x1 & x2\n"
    for outcome in attack.each(source.replace("MESSAGE", message) for message in MESSAGES):
        outcome.full_for(REST).says("protocol")


def test_at_import(attack, channel, right):
    attack(channel + right + "reply(value=1)\n").no_credit().says("load.protocol")


def test_a_loaded_that_brings_other_code(attack, channel):
    names = "('AND', 'halve', 'total', 'slope', 'XOR_NAND')"
    forge = "frames.send(worker._fd, wire.Loaded(worker._request, {}, None, (), {}))\n"
    codes = ["b'garbage'", "b''", "b'\\xe3' + b'\\xff' * 99", "__import__('marshal').dumps('a text')"]
    for outcome in attack.each(channel + forge.format(names, code) for code in codes):
        outcome.no_credit()
