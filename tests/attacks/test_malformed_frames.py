"""Bytes on the channel that are no message."""

REST = {"halve", "total", "slope", "XOR_NAND"}
PAYLOADS = {
    "garbage": "os.urandom(200)",
    "empty": "b''",
    "nil": "b'\\xc0'",
    "text": "b'\\xa4pass'",
    "invalid UTF-8": "b'\\x92\\xa5reply\\xa2\\xff\\xfe'",
    "an array that claims 4 billion items": "b'\\xdd\\xff\\xff\\xff\\xff'",
    "a map that claims 4 billion items": "b'\\xdf\\xff\\xff\\xff\\xff'",
    "bytes that claim 4 GiB": "b'\\xc6\\xff\\xff\\xff\\xff'",
    "an unknown tag": "b'\\x92\\xa5grade\\x01'",
    "an extension type": "b'\\xc7\\x03\\x05abc'",
    "too many fields": "wire.encoder.encode(['reply', worker._request] + [None] * 50)",
    "trailing bytes": "wire.encoder.encode(wire.Reply(worker._request, 1)) * 2",
    "an id that is a text": "wire.encoder.encode(['reply', str(worker._request), 1])",
    "arrays to the bottom": "b'\\x91' * 100_000 + b'\\xc0'",
    "maps to the bottom": "b'\\x81\\x01' * 100_000 + b'\\xc0'",
}


def test_of_every_kind(attack, channel, right):
    source = channel + right + "def AND(x1, x2):\n    send_frame(PAYLOAD)\n    return x1 & x2\n"
    for outcome in attack.each(source.replace("PAYLOAD", payload) for payload in PAYLOADS.values()):
        outcome.full_for(REST).says("protocol")


def test_at_import(attack, channel, right):
    for outcome in attack.each(f"{channel}send_frame({payload})\n{right}" for payload in PAYLOADS.values()):
        outcome.no_credit().says("load.protocol")
