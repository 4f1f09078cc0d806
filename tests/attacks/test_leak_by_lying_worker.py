"""Student code rewrites the worker around it, so that its reports speak of the hidden input."""

FIND = """
import sys
def worker():
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "_describe"):
        frame = frame.f_back
    return frame.f_locals["self"]
def lie(**fields):
    import autograder.wire as wire
    raised = {"type": "ValueError", "message": "", "frames": ()} | fields
    type(worker())._describe = lambda self, error: wire.Raised(**raised)
"""
WAYS = {
    "type": "lie(type=f'E{x}', message=str(x))",
    "line": "import autograder.wire as w; lie(frames=(w.Frame(f'n{x}', x),))",
    "misuse": "lie(misuse=f'kind {x}', message=str(x))",
    "column": "lie(column=x, text=str(x))",
    "memory": "import autograder.wire as w; lie(type='MemoryError', frames=(w.Frame(f'n{x}', x),))",
    "handle": "w = worker(); import autograder.wire as wire\n"
    "    type(w._objects)._hold = lambda s, v: wire.Handle(x, f'T{x}'); return object()",
}


def test_names_a_hidden_input(attack, right):
    start, end = right + FIND + "def halve(x):\n    ", "\n    raise ValueError(x)\n"
    outcomes = attack.many({f"{way}.py": start + code + end for way, code in WAYS.items()})
    for outcome in outcomes.values():
        outcome.full_for({"AND", "total", "slope", "XOR_NAND"})
