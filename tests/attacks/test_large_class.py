"""A folder of 200 entries: every student is in the table, strays are not, and one line is one student."""

from pathlib import Path


def test_of_200_entries(attack, right):
    files = {f"s{number:03}.py": right for number in range(60)}
    files |= {f"s{number:03}/vault.py": "def AND(x1, x2): return 7\n" for number in range(60, 90)}
    files |= {f"s{number:03}.py": "def AND(:\n" for number in range(90, 110)}
    files |= {f"s{number:03}.py": b"\xff\xfe\x00" * number for number in range(110, 130)}
    files |= {f"s{number:03}.zip": b"PK\x03\x04" + bytes(number) for number in range(130, 140)}
    files |= {f"s{number:03}/readme.txt": "nothing here" for number in range(140, 150)}
    files |= {f"stray{number}.txt": "a note" for number in range(20)}
    files |= {f"s{number:03}.py": Path.mkdir for number in range(150, 165)}
    files |= {f"s{number:03}.py": lambda path: path.symlink_to("s001.py") for number in range(165, 180)}
    outcomes = attack.many(files, arguments=("--jobs", "2"))
    assert sorted(outcomes) == [f"s{number:03}" for number in range(150)] + [f"s{n:03}.py" for n in range(150, 165)] + [
        f"s{number:03}" for number in range(165, 180)
    ]
    full = {student for student, outcome in outcomes.items() if outcome.result.score == 14}
    assert full == {f"s{number:03}" for number in range(60)}
    assert sum(outcome.result.score for outcome in outcomes.values()) == 60 * 14
    assert (next(iter(outcomes.values())).out / "grades.csv").read_text().count("\n") == 181
