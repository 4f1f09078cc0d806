"""A file of 100 MB, on the disk or only by its length, is not read."""

import os


def test_are_not_read(attack, right):
    files = {"sparse.py": lambda path: (path.touch(), os.truncate(path, 1 << 40)), "large.py": b"#" * (100 << 20)}
    files |= {"folder/vault.py": b"#" * ((1 << 20) + 1), "honest.py": right}
    outcomes = attack.many(files)
    outcomes.pop("honest").full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
    for outcome in outcomes.values():
        assert outcome.no_credit().says("ingest.too-large").result.seconds < 1
