"""No attack: what the other files take for granted, that an honest submission of the scratch course gets full marks."""

from autograder.result import from_json


def test_gets_full_marks(attack, right):
    outcome = attack(right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
    assert from_json((outcome.out / "results" / "mallory.json").read_bytes()) == outcome.result
    assert any(layer.startswith("landlock") for layer in outcome.result.sandbox)
    assert "seccomp" in outcome.result.sandbox


def test_a_stub_gets_nothing(attack):
    names = ("AND", "halve", "total", "slope", "XOR_NAND")
    source = "".join(f"def {name}(*a): raise NotImplementedError\n" for name in names)
    assert {part.verdict for part in attack(source).no_credit().parts} == {"todo"}
