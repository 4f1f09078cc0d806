"""The worker's methods, replaced while it serves."""

METHODS = ["_call", "_reply", "_describe", "_find", "_execute", "_ask", "serve"]
OBJECTS = ["encode", "decode", "held", "_hold", "_container"]
WRONG = "".join(f"def {n}(*a): return 41\n" for n in ("AND", "halve", "total", "slope", "XOR_NAND"))


def test_methods_that_say_true(attack, channel):
    for outcome in attack.each(f"{channel}{WRONG}type(worker).{name} = lambda *a, **k: True\n" for name in METHODS):
        outcome.no_credit()


def test_objects_that_say_true(attack, channel):
    patch = "type(worker._objects).{} = lambda *a, **k: True\n"
    for outcome in attack.each(channel + WRONG + patch.format(name) for name in OBJECTS):
        outcome.no_credit()


def test_exceptions_are_not_reported(attack, channel):
    hide = "type(worker)._describe = lambda *a: None\ndef AND(x1, x2): raise ValueError\n"
    attack(channel + WRONG + hide).no_credit().says("none")
