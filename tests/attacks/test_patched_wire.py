"""The worker's own encoder and sender, taken over through sys.modules."""

WRONG = "".join(f"def {n}(*a): return 41\n" for n in ("AND", "halve", "total", "slope", "XOR_NAND"))
PATCHES = [
    "def praise(fd, message, deadline=None): send_frame(b'score: 100, verdict: pass')\nframes.send = praise\n",
    "wire.encoder = type('E', (), {'encode': lambda s, m: b'\\xc3'})()\n",
    "wire.encoder = type('E', (), {'encode': lambda s, m: b'{\"score\": 14.0, \"status\": \"graded\"}'})()\n",
    "for name in dir(wire):\n    if name[0].isupper():\n        setattr(wire, name, lambda *a, **k: None)\n",
    "wire.requests = wire.responses\n",
    "arrays.from_array = arrays.from_scalar = arrays.from_integer = lambda value: True\n",
]


def test_says_nothing_but_praise(attack, channel):
    for outcome in attack.each(channel + WRONG + patch for patch in PATCHES):
        outcome.no_credit()
