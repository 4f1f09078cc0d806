"""Leaving with the code of success."""

LEAVE = ["sys.exit(0)", "raise SystemExit", "raise SystemExit('160 points')", "exit()", "sys.exit('1.0')"]


def test_at_import(attack):
    for outcome in attack.each(f"import sys\n{leave}\ndef AND(x1, x2): return x1 and x2\n" for leave in LEAVE):
        outcome.no_credit()


def test_inside_a_function(attack, right):
    for outcome in attack.each(f"{right}import sys\ndef AND(x1, x2): {leave}\n" for leave in LEAVE):
        outcome.full_for({"halve", "total", "slope", "XOR_NAND"})
