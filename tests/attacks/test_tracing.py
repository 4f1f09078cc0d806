"""A trace or profile function sees every call in its process. No comparison is among them."""

HOOKS = ["settrace", "setprofile"]
SPY = """
import sys
seen = []
def spy(frame, event, argument):
    seen.append((frame.f_code.co_name, argument))
    if "expected" in frame.f_locals:
        raise SystemExit("found it")
    return spy
def AND(*a): return len(seen)
def halve(x): return dict(seen).get("assert_close", 41)
total = slope = XOR_NAND = halve
"""
LIAR = """
import sys
def AND(*a):
    value = 41
    return value
def liar(frame, event, argument):
    frame.f_locals.update(value=1, verdict="pass", score=3.0)
    return liar
"""


def test_of_everything(attack):
    for outcome in attack.each(f"{SPY}sys.{hook}(spy)\n" for hook in HOOKS):
        outcome.no_credit()


def test_that_rewrites_what_is_returned(attack):
    for outcome in attack.each(f"{LIAR}sys.{hook}(liar)\n" for hook in HOOKS):
        outcome.no_credit()


def test_an_audit_hook(attack):
    source = (
        "import sys\nsys.addaudithook(lambda event, a: sys.exit(0))\ndef AND(x1, x2): return len(open('/x').read())\n"
    )
    attack(source).no_credit()
