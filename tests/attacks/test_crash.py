"""The interpreter is crashed in every way it can be; that costs the function that did it."""

WAYS = {
    "segmentation fault": ("ctypes.string_at(0)", "SIGSEGV"),
    "written": ("ctypes.memset(0x1000, 1, 10)", "SIGSEGV"),
    "abort": ("ctypes.CDLL(None).abort()", ""),
    "illegal instruction": ("ctypes.CFUNCTYPE(None)(id(b'') + 0)()", "SIGSEGV"),
    "stack": ("ctypes.CDLL(None).qsort(0, 10 ** 9, 8, 0)", "SIGSEGV"),
    "freed": ("ctypes.pythonapi.Py_DecRef(ctypes.py_object(None)); gc.collect(); ctypes.string_at(1)", "SIGSEGV"),
    "fatal error": ("ctypes.pythonapi.Py_FatalError(b'attack')", ""),
    "exit": ("os._exit(139)", ""),
    "c exit": ("ctypes.CDLL(None)._exit(9)", ""),
}


def test_costs_one_function(attack, right):
    start = right + "import ctypes, gc, os\ndef total(x):\n    "
    outcomes = attack.many({f"{way}.py": start + code + "\n" for way, (code, _) in WAYS.items()})
    for way, outcome in outcomes.items():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert {"crashed", "exit"} & outcome.keys, (way, outcome.keys)
        assert WAYS[way][1] in outcome.pages, way


def test_at_import(attack):
    attack("import ctypes; ctypes.string_at(0)").no_credit().says("load.crashed")
