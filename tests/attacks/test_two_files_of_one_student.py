"""Two submissions under one name are nobody's choice to make: withheld, and both are named to the instructor."""

import unicodedata


def test_are_withheld(attack, right):
    wrong = "def AND(x1, x2): return 7\n"
    files = {"kim.py": right, "kim/vault.py": wrong, "Kim.zip": b"PK", "lee.py": right}
    outcomes = attack.many(files, code=3)
    assert outcomes["lee"].result.score == 14
    (twice,) = [outcome for student, outcome in outcomes.items() if student != "lee"]
    assert twice.result.status == "withheld"
    assert "kim,withheld,," in (twice.out / "grades.csv").read_text().lower()
    twice.says("ingest.two-submissions")


def test_that_differ_in_composition_only(attack, right):
    files = {f"{unicodedata.normalize(form, '민수')}.py": right for form in ("NFC", "NFD")}
    (outcome,) = attack.many(files, code=3).values()
    assert outcome.result.status == "withheld"
