"""What one test leaves behind in the process changes no other test: every test has a fresh one."""

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}
VANDALS = [
    "np.random.seed(0); np.seterr(all='raise')",
    "np.seterr(all='raise', divide='ignore'); warnings.simplefilter('error')",
    "sys.setrecursionlimit(40)",
    "globals().clear()",
    "np.__dict__.clear()",
    "np.asarray = np.divide = np.add = None",
    "builtins.sum = builtins.int = builtins.bool = lambda *a: 41",
    "sys.modules.clear()",
    "globals().update(halve=None, total=None, slope=None, XOR_NAND=None)",
    "gc.disable(); sys.settrace(lambda *a: 1 / 0)",
    "os.environ.clear(); locale.setlocale(locale.LC_ALL, 'C')",
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
    "decimal.getcontext().prec = 1; np.set_printoptions(precision=1)",
    "random.seed(1); sys.set_int_max_str_digits(640)",
]


def test_vandals(attack, right):
    """AND breaks its process in both of its tests; all others are as if it had not."""
    source = right + "import builtins, decimal, gc, locale, os, random, signal, sys, warnings\n"
    honest = attack(right).result
    for outcome in attack.each(f"{source}def AND(x1, x2):\n    {vandal}\n    return 41\n" for vandal in VANDALS):
        outcome.full_for(ALL - {"AND"})
        assert outcome.result.tasks[1:] == honest.tasks[1:]


def test_a_process_that_ends_itself_in_the_last_row(attack, right):
    source = "import os\ncount = [0]\ndef AND(x1, x2):\n    count[0] += 1\n"
    attack(right + source + "    return os._exit(0) if count[0] == 4 else x1 & x2\n").full_for(ALL - {"AND"})
