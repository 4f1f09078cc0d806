"""Hidden grader of 03_sequences: general terms, the factorial, an arithmetic sequence, two sequences at once."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from terms import EARLY_RETURN, ask, check_terms

from autograder import Finding, credit, fail, named, remark

FIRST = [(n,) for n in range(1, 6)]

# ---- general terms ----

EVEN = {
    "general_term.from-zero": (lambda n: 2 * (n - 1), lambda n: 2 * n + 2),
    "general_term.odd": (lambda n: 2 * n - 1, lambda n: 2 * n + 1),
    "general_term.power": (lambda n: 2**n,),
    "general_term.plus-two": (lambda n: n + 2,),
    "general_term.square": (lambda n: n**2,),
    "general_term.sum": (lambda n: n * (n + 1),),
    "sequence.n": (lambda n: n,),
}
ODD = {
    "odd_term.from-zero": (lambda n: 2 * n + 1,),
    "odd_term.one-less": (lambda n: 2 * n - 3,),
    "odd_term.even": (lambda n: 2 * n,),
    "odd_term.power": (lambda n: 2**n - 1,),
    "odd_term.sum": (lambda n: n**2,),
    "odd_term.brackets": (lambda n: 2 * (n - 1),),
    "sequence.n": (lambda n: n,),
}


def far(rng: np.random.Generator) -> list[tuple[int]]:
    """Five numbers of terms that nobody has listed by hand."""
    return [(int(n),) for n in rng.integers(20, 900, 5)]


@credit(3, task="general_term")
def test_general_term(student, part, rng):
    """general_term gives 2, 4, 6, ...

    general_term은 2, 4, 6, ...을 돌려준다
    """
    with part("the first terms", "처음 몇 항", points=1, shown=True):
        check_terms(student.general_term, lambda n: 2 * n, EVEN, FIRST)
    with part("terms far out", "한참 뒤의 항", points=2):
        check_terms(student.general_term, lambda n: 2 * n, EVEN, far(rng))


@credit(3, task="odd_term")
def test_odd_term(student, part, rng):
    """odd_term gives 1, 3, 5, ...

    odd_term은 1, 3, 5, ...를 돌려준다
    """
    with part("the first terms", "처음 몇 항", points=1, shown=True):
        check_terms(student.odd_term, lambda n: 2 * n - 1, ODD, FIRST)
    with part("terms far out", "한참 뒤의 항", points=2):
        check_terms(student.odd_term, lambda n: 2 * n - 1, ODD, far(rng))


# ---- factorial ----

FACTORIAL = {
    "factorial.early-return": EARLY_RETURN,
    "factorial.one-less": (lambda n: math.factorial(n - 1),),
    "factorial.one-more": (lambda n: math.factorial(n + 1),),
    "factorial.zero": (lambda n: 0,),
    "factorial.sum": (lambda n: n * (n + 1) // 2, lambda n: n * (n + 1) // 2 + 1),
    "factorial.power": (lambda n: n**n,),
    "factorial.two-factors": (lambda n: n * (n - 1), lambda n: n * (n - 1) or 1, lambda n: n),
    "factorial.plus": (lambda n: n * (n + 1),),
}
COUNT_CALLS = """
import math
asked, original = [], math.factorial
def counted(n):
    asked.append(1)
    return original(n)
math.factorial = counted
"""
CATCH = """
caught = False
try:
    f(n)
except ValueError:
    caught = True
except Exception:
    pass
"""


@credit(4, task="factorial")
def test_factorial(student, part, rng):
    """factorial is exact for every n from 1 on

    factorial은 1 이상인 모든 n에서 정확하다
    """
    with part("1!, 2!, 3!, 4!, 5!", "1!, 2!, 3!, 4!, 5!", points=1, shown=True):
        check_terms(student.factorial, math.factorial, FACTORIAL, FIRST)
    with part("1000! to the last digit", "1000!을 마지막 자리까지", points=1, shown=True):
        check_exact(student, [1000])
    with part("up to twenty", "스무 번째까지", points=1):
        check_terms(student.factorial, math.factorial, FACTORIAL, [(int(n),) for n in rng.integers(6, 21, 4)])
        notice_math_factorial(student)
    with part("hundreds of digits", "수백 자리의 수", points=1):
        check_exact(student, rng.integers(150, 400, 3).tolist())


@credit(2, task="factorial")
def test_factorial_refuses(student, part, rng):
    """factorial raises ValueError below 1

    factorial은 1보다 작은 수에 ValueError를 일으킨다
    """
    with part("factorial(0)", "factorial(0)", points=1, shown=True):
        check_refused(student, 0)
    with part("negative numbers", "음수", points=1):
        check_refused(student, -1)
        check_refused(student, int(rng.integers(-30, -1)))
        student.factorial(2)  # to refuse everything is no merit


def notice_math_factorial(student: Any) -> None:
    """Using the library costs nothing; what the exercise is about is said."""
    calls = student.make("asked", given=COUNT_CALLS)
    student.factorial(7)
    asked = calls.fetch()
    if isinstance(asked, list) and asked:
        remark("factorial.library")


# A recursion that ends, but not within Python's limit: "calls itself without end" would not be so.
NOT_EXACT = {"factorial.recursion": r"^error\.recursion ", "factorial.float": r"^error\.overflow "}


def check_exact(student: Any, far: list[int]) -> None:
    """n! for n > 20, where 64 bits and the 16 digits of a float are not enough."""
    check_terms(student.factorial, math.factorial, FACTORIAL, FIRST)  # what is wrong already here is told as such
    for n in far:
        with named(NOT_EXACT):
            got = ask(student.factorial, (n,))
        require_exact(got, n)


def require_exact(got: Any, n: int) -> None:
    """What came back is n!, an int, digit by digit."""
    if isinstance(got, np.ndarray) and got.shape == () and got.dtype.kind in "iuf":
        got = got[()]
    if got is None:
        fail("none")
    if isinstance(got, (float, np.floating)):
        fail("factorial.float")
    if isinstance(got, (bool, np.bool_)) or not isinstance(got, (int, np.integer)):
        fail("factorial.no-number")
    if int(got) != math.factorial(n):
        few = "factorial.64-bits" if isinstance(got, np.integer) else "factorial.too-late"
        fail(few if abs(int(got)) < 2**64 else "factorial.not-exact")


def is_value_error(student: Any, n: int) -> bool:
    """Whether factorial(n) raises a ValueError of the student's own making: a class derived from it is one."""
    caught = student.make("[caught]", given=CATCH, f=student.get("factorial"), n=n).fetch()
    return isinstance(caught, list) and len(caught) == 1 and caught[0] is True


def check_refused(student: Any, n: int) -> None:
    """What is below 1 raises ValueError: it is not returned, not printed, and no other exception."""
    try:
        got = student.factorial(n)
    except Finding as finding:
        kind = finding.params.get("type")
        if kind == "ValueError" or (kind == "Exception" and is_value_error(student, n)):
            return
        if finding.key in ("error.recursion", "timeout"):
            raise Finding("factorial.no-end", finding.params, finding.verdict, finding.line) from None
        if kind is not None and finding.verdict == "error":
            raise Finding("factorial.other-error", finding.params, finding.verdict, finding.line) from None
        raise
    if n == 0 and isinstance(got, (int, float)) and got == 1:
        fail("factorial.zero-is-one")
    fail("factorial.only-printed" if got is None and student.last.stdout else "factorial.not-raised")


# ---- an arithmetic sequence ----


def nth(a1: Any, d: Any, n: int) -> Any:
    return a1 + (n - 1) * d


ARITHMETIC = {
    "arithmetic.one-more": (lambda a1, d, n: a1 + n * d,),
    "arithmetic.one-less": (lambda a1, d, n: a1 + max(n - 2, 0) * d, lambda a1, d, n: a1 + (n - 2) * d),
    "arithmetic.once": (lambda a1, d, n: a1 + d, lambda a1, d, n: a1 + d * (n > 1)),
    "arithmetic.first": (lambda a1, d, n: a1,),
    "arithmetic.geometric": (lambda a1, d, n: a1 * d ** (n - 1),),
    "arithmetic.without-first": (lambda a1, d, n: (n - 1) * d, lambda a1, d, n: n * d),
    "arithmetic.swapped": (lambda a1, d, n: d + (n - 1) * a1,),
    "arithmetic.sum": (lambda a1, d, n: n * (2 * a1 + (n - 1) * d) / 2,),
    "arithmetic.brackets": (lambda a1, d, n: (a1 + n - 1) * d, lambda a1, d, n: a1 + n - 1 * d),
    "arithmetic.early-return": (lambda a1, d, n: None if n == 1 else a1 + d,),
    "arithmetic.doubled": (lambda a1, d, n: a1 + d * n * (n - 1) / 2,),
}


@credit(4, task="arithmetic_recurrence")
def test_arithmetic_recurrence(student, part, rng):
    """arithmetic_recurrence takes n - 1 steps of d from a1

    arithmetic_recurrence는 a1에서 d만큼 n - 1번 나아간다
    """
    function = student.arithmetic_recurrence
    with part("the example of the handout", "교재의 예", points=1, shown=True):
        check_terms(function, nth, ARITHMETIC, [(3, 4, n) for n in range(1, 5)])
    with part("whole numbers", "정수", points=1):
        cases = [(int(a), int(d), int(n)) for a, d, n in rng.integers((11, 2, 5), (30, 9, 40), (4, 3))]
        check_terms(function, nth, ARITHMETIC, cases + [(-a, d, n + 1) for a, d, n in cases])
    with part("fractions, and steps downwards", "소수점이 있는 수, 그리고 줄어드는 수열", points=2):
        cases = [(float(a), -float(d), int(n)) for a, d, n in rng.uniform((1.1, 0.1, 5), (3, 0.9, 40), (4, 3))]
        check_terms(function, nth, CUT | ARITHMETIC, cases, rtol=1e-6)


CUT = {
    "arithmetic.truncated": (
        lambda a1, d, n: int(nth(a1, d, n)),
        lambda a1, d, n: nth(int(a1), int(d), n),
        lambda a1, d, n: nth(round(a1), round(d), n),
    )
}

# ---- two sequences at once ----


def pairs(n: int) -> tuple[int, int]:
    """(a_n, b_n) as the power of a matrix: the step is linear in (a, b, 1)."""
    step = np.array([[1, 2, 2], [2, 3, 1], [0, 0, 1]])
    a, b, _ = np.linalg.matrix_power(step, n - 1) @ np.ones(3, dtype=np.int64)
    return int(a), int(b)


def mistaken_pairs(step: Any, steps: Any = lambda n: n - 1) -> Any:
    """What simultaneous(n) gives with another step, or another number of steps."""

    def run(n: int) -> tuple[int, int]:
        a, b = 1, 1
        for _ in range(steps(n)):
            a, b = step(a, b)
        return a, b

    return run


def right(a: int, b: int) -> tuple[int, int]:
    return a + 2 * b + 2, 2 * a + 3 * b + 1


SIMULTANEOUS = {
    "simultaneous.new-a": (mistaken_pairs(lambda a, b: (a + 2 * b + 2, 2 * (a + 2 * b + 2) + 3 * b + 1)),),
    "simultaneous.new-b": (mistaken_pairs(lambda a, b: (a + 2 * (2 * a + 3 * b + 1) + 2, 2 * a + 3 * b + 1)),),
    "simultaneous.from-zero": (mistaken_pairs(right, lambda n: n),),
    "simultaneous.one-less": (mistaken_pairs(right, lambda n: n - 2),),
    "simultaneous.once": (
        lambda n: (5, 6),
        lambda n: None if n == 1 else (5, 6),
        lambda n: (5, 6) if n > 1 else (1, 1),
    ),
    "simultaneous.reversed": (lambda n: pairs(n)[::-1],),
    "simultaneous.only-one": (lambda n: pairs(n)[0], lambda n: pairs(n)[1]),
    "simultaneous.no-constants": (mistaken_pairs(lambda a, b: (a + 2 * b, 2 * a + 3 * b)),),
    "simultaneous.same-step": (
        mistaken_pairs(lambda a, b: (a + 2 * b + 2, a + 2 * b + 2)),
        mistaken_pairs(lambda a, b: (a + 2 * b + 2, 2 * b + 3 * a + 1)),
        mistaken_pairs(lambda a, b: (2 * a + b + 2, 2 * a + 3 * b + 1)),
    ),
}
# A function that calls itself several times per step is right, but asks for 4^19 calls at n = 20.
NEVER_READY = {"simultaneous.slow": r"^timeout "}


@credit(5, task="simultaneous")
def test_simultaneous(student, part, rng):
    """simultaneous computes both new values from both old ones

    simultaneous는 새 값 두 개를 옛 값 두 개로 계산한다
    """
    with part("n = 1, 2, 3, as in the lecture", "n = 1, 2, 3, 강의의 예", points=2, shown=True):
        check_terms(student.simultaneous, pairs, SIMULTANEOUS, [(1,), (2,), (3,)])
    with part("the next terms", "그다음 항", points=3):
        check_terms(student.simultaneous, pairs, SIMULTANEOUS, [(int(n),) for n in rng.permutation(np.arange(4, 9))])


@credit(1, task="simultaneous")
def test_simultaneous_in_time(student, part, rng):
    """simultaneous does not take longer and longer

    simultaneous는 n이 커져도 금방 끝난다
    """
    # The twentieth first: who is slow is slow there, whatever is drawn. In a test of its own, for what hung once is not
    # asked again in the same test.
    with part("up to twenty", "스무 번째까지", points=1), named(NEVER_READY):
        check_terms(student.simultaneous, pairs, SIMULTANEOUS, [(20,)])
        check_terms(student.simultaneous, pairs, SIMULTANEOUS, [(int(n),) for n in rng.integers(15, 20, 3)])
