"""What a student's code does in a worker, and what of it reaches the grader: through a real zygote."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder import wire
from autograder.marks import Context, Finding, GraderError, entered
from autograder.messages import catalogue
from autograder.program import Program, Session
from autograder.result import Limits
from autograder.sandbox.client import Failure, Worker, request_id
from autograder.sandbox.launcher import Zygote
from autograder.student import Raise, Student, observe

LIMITS = Limits(seconds=0.4, load_seconds=1.0, total_seconds=5.0, memory_mb=128, output_kb=1, frame_mb=1, callbacks=50)
Loader = Callable[..., Student]


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(LIMITS) as running:
        yield running


@pytest.fixture
def context() -> Iterator[Context]:
    with entered(Context("f", catalogue(), shown=False)) as running:
        yield running


@pytest.fixture
def load(zygote: Zygote, context: Context) -> Iterator[Loader]:
    """`load(source)`: the student with that module, in a test of their own."""
    sessions: list[Session] = []

    def student(source: str) -> Student:
        program = Program(zygote, "work", textwrap.dedent(source))
        sessions.append(Session(program, program.look()))
        return Student(sessions[-1])

    yield student
    for session in sessions:
        session.close()


def found(run: Callable[[], Any]) -> Finding:
    with pytest.raises(Finding) as raised:
        run()
    return raised.value


def ask(worker: Worker, source: str, name: str = "f") -> wire.Reply:
    worker.ask(wire.Load(request_id(), "work", textwrap.dedent(source)), wire.Loaded, 1.0, lambda _: wire.Answer(None))
    call = wire.Call(request_id(), None, name, (), {}, {})
    return worker.ask(call, wire.Reply, 1.0, lambda _: wire.Answer(None))


# ---- calls ----------------------------------------------------------------------------------------------------------


def test_a_call_gives_back_plain_data(load: Loader) -> None:
    student = load(
        """
        import numpy as np
        def f(*args, **kwargs):
            return [args, kwargs, {"a": (1, 2.5, True, None, "ㄱ", b"b", 1j, 2**100)}, np.eye(2), np.float32(0.5)]
        """
    )
    args, kwargs, mapping, eye, scalar = student.f(1, np.arange(2), key=[3])
    assert args[0] == 1
    assert args[1].tolist() == [0, 1]
    assert kwargs == {"key": [3]}
    assert mapping == {"a": (1, 2.5, True, None, "ㄱ", b"b", 1j, 2**100)}
    assert np.array_equal(eye, np.eye(2))
    assert type(scalar) is np.float32


def test_everything_of_numpy_can_be_imported_even_what_nobody_can_use_here(load: Loader) -> None:
    student = load("""
        from numpy import *
        import numpy as np
        import numpy.f2py
        def f(x): return f2py is numpy.f2py and exp(x)
        def missing(): return sorted(name for name in np.__all__ if not hasattr(np, name))
        """)
    assert (student.f(0.0), student.missing()) == (1.0, [])


def test_objects_stay_in_the_worker_and_answer_for_their_methods(load: Loader) -> None:
    student = load(
        """
        class Counter:
            def __init__(self, start): self.count = start
            def up(self, by=1): self.count += by; return self
            def __call__(self): return -self.count
        def compare(a, b): return a is b
        """
    )
    counter = student.Counter(3)
    assert counter.type == "Counter"
    same = counter.up(by=2)
    assert (counter.get("count"), counter(), student.compare(counter, same)) == (5, -5, True)
    assert found(lambda: counter.get("missing")).key == "missing.value"


def test_what_is_not_there_to_be_called_is_missing(load: Loader) -> None:
    student = load("class Counter: pass\ndef f(): return g()")
    for call, name in ((student.Counter().down, "Counter.down"), (student.h, "h")):
        finding = found(call)
        assert (finding.key, finding.verdict, finding.params) == ("missing.value", "error", {"name": name})
    assert found(student.f).key == "error.name", "their own line, their own mistake"


def test_constants_are_read_and_missing_ones_named(load: Loader) -> None:
    student = load("W = (1, 2, -3)")
    assert student.get("W") == (1, 2, -3)
    assert found(lambda: student.get("V")).params == {"name": "V"}


def test_only_so_many_items_are_taken_from_an_endless_iterator(load: Loader) -> None:
    student = load("import itertools\ndef f(): return itertools.count(1)")
    counting = student.f()
    assert counting.take(4) == [1, 2, 3, 4]
    assert counting.take(2) == [5, 6]


def test_a_callable_argument_is_asked_here_and_observed(load: Loader) -> None:
    student = load("def slope(f, x, h=0.5): return (f(x + h) - f(x - h)) / (2 * h)")
    f = observe(lambda x: x * x)
    assert student.slope(f, 2.0) == 4.0
    assert f.calls == [(2.5,), (1.5,)]


def test_a_callable_travels_there_and_back_as_itself(load: Loader) -> None:
    assert load("def f(g): return g").f(len) is len


def test_an_exception_of_the_graders_choice_appears_in_the_students_code(load: Loader) -> None:
    student = load(
        """
        def f(g):
            try: g()
            except ZeroDivisionError as error: return str(error)
        """
    )

    def refuse() -> None:
        raise Raise("ZeroDivisionError", "on purpose")

    assert student.f(refuse) == "on purpose"


def test_a_callable_used_with_what_it_cannot_take_is_the_students_error(load: Loader) -> None:
    student = load("def f(g):\n    return g(1, 2, 3)")
    assert (found(lambda: student.f(abs)).verdict, found(lambda: student.f(abs)).line) == ("error", 2)


def test_a_graders_own_mistake_in_a_callable_is_not_the_students(load: Loader) -> None:
    def broken(x: float) -> None:
        raise AssertionError("the grader's")

    with pytest.raises(AssertionError, match="the grader's"):
        load("def f(g): return g(1)").f(broken)


def test_a_callable_asked_too_often_stops_the_call(load: Loader) -> None:
    student = load("def f(g):\n    while True: g()")
    assert (found(lambda: student.f(lambda: 1)).key, found(lambda: student.f(lambda: 1)).verdict) == (
        "callbacks",
        "timeout",
    )


def test_globals_are_replaced_during_the_call_alone(load: Loader) -> None:
    student = load("def g(): return 1\ndef f(): return g() + extra() if 'extra' in globals() else g()")
    assert student.replacing(g=lambda: 20).f() == 20
    assert student.replacing(g=lambda: 20).replacing(extra=lambda: 3).f() == 23
    assert student.f() == 1


def test_a_changed_argument_is_reported_and_an_unchanged_one_is_not(load: Loader, context: Context) -> None:
    student = load("def f(a, b, c): a[0] = 9; c.append(1); return b.T.copy()")
    student.f(np.zeros(2), np.asfortranarray(np.ones((2, 3))), [])
    assert {place: np.asarray(value).tolist() for place, value in student.last.changed.items()} == {0: [9, 0], 2: [1]}
    assert student.last is context.last


def test_keyword_only_and_numpy_arguments_arrive_as_they_are(load: Loader) -> None:
    student = load("def f(x, *, axis): return type(x).__name__, type(axis).__name__, x.flags.f_contiguous")
    assert student.f(np.asfortranarray(np.ones((2, 3))), axis=np.int64(1)) == ("ndarray", "int64", True)


# ---- output, warnings, exceptions ------------------------------------------------------------------------------------


def test_what_is_printed_is_captured_and_capped(load: Loader) -> None:
    student = load(
        """
        import sys
        print("while loading")
        def f(n):
            print("one", file=sys.stderr)
            sys.stdout.write("x" * n)
        """
    )
    student.f(3)
    assert student.last.stdout == "one\nxxx"
    student.f(10_000_000)
    assert student.last.stdout == "one\n" + "x" * 1020


def test_output_that_is_no_text_is_still_text(load: Loader) -> None:
    student = load("def f(): print(chr(0xd800) + '\\x1b[31m')")
    student.f()
    assert student.last.stdout == "\\ud800\x1b[31m\n"


def test_warnings_come_with_their_line(load: Loader, context: Context) -> None:
    student = load("import numpy as np\ndef f(x):\n    y = 1\n    return np.exp(x)")
    assert student.f(np.array([1e4]))[0] == np.inf
    (warned,) = student.last.warnings
    assert (warned.category, warned.line) == ("RuntimeWarning", 4)
    assert context.noisy == [(student.last, warned, 4)]
    for _ in range(2):
        student.f(np.array([1e4]))
        assert len(student.last.warnings) == 1, "every call warns anew"


def test_an_exception_is_told_by_type_line_and_source_and_not_by_its_text(load: Loader) -> None:
    student = load("def g(x):\n    raise LookupError(x)\ndef f(x):\n    return g(x)")
    finding = found(lambda: student.f("hidden input"))
    assert (finding.key, finding.verdict, finding.line) == ("error", "error", 2)
    assert finding.params["source"] == "raise LookupError(x)"
    assert "hidden input" not in str(finding.params)


@pytest.mark.parametrize(
    ("body", "key", "verdict"),
    [
        ("raise NotImplementedError", "todo", "todo"),
        ("return undefined", "error.name", "error"),
        ("x = x + 1; return y\n    y = 1", "error.unbound", "error"),
        ("return f(x)", "error.recursion", "error"),
        ("return 1 / 0", "error.zero-division", "error"),
        ("return [][x]", "error.index", "error"),
        ("return {}[x]", "error.key", "error"),
        ("return None + x", "error.none-operand", "error"),
        ("return None.real", "error.none-attribute", "error"),
        ("a, b = [1]", "error.unpack", "error"),
        ("return 'a' + x", "error.operand", "error"),
        ("return np.int(x)", "error.np-int", "error"),
        ("return np.expp(x)", "error.numpy-name", "error"),
        ("return 1 if np.ones(2) else 0", "error.ambiguous-truth", "error"),
        ("return np.ones(2) + np.ones(3)", "error.shapes", "error"),
        ("return np.ones((2, 3)) @ np.ones((2, 3))", "error.shapes", "error"),
        ("import math; return math.exp(np.ones(2))", "error.scalar-only", "error"),
        ("np.zeros(2)[0] = [1, 2]", "error.array-element", "error"),
        ("import torch", "error.import", "error"),
        ("return input()", "error.input", "error"),
        ("return open('/etc/passwd').read()", "error.forbidden", "error"),
        ("return np.ones(10**9)", "memory", "memory"),
        ("import sys; sys.exit(0)", "exit", "crashed"),
        ("import os; os._exit(0)", "exit", "crashed"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "crashed"),
        ("while True: pass", "timeout", "timeout"),
        ("try:\n        while True: pass\n    except BaseException: return 1", "timeout", "timeout"),
        ("return np.zeros(1 << 18)", "too-large", "memory"),
    ],
)
def test_every_way_to_stop_has_its_own_name(load: Loader, body: str, key: str, verdict: str) -> None:
    finding = found(lambda: load(f"import numpy as np\ndef f(x):\n    {body}").f(1))
    assert (finding.key, finding.verdict) == (key, verdict)


@pytest.mark.parametrize("call", [lambda s: s.f(), lambda s: s.f(1, 2), lambda s: s.f(1, z=2)])
def test_parameters_that_do_not_fit_are_told_as_such(load: Loader, call: Callable[[Student], Any]) -> None:
    assert found(lambda: call(load("def f(x): return x"))).key == "arguments"


def test_wrong_arguments_inside_the_students_code_are_another_finding(load: Loader) -> None:
    finding = found(lambda: load("def g(): pass\ndef f(x):\n    return g(x)").f(1))
    assert (finding.key, finding.line) == ("error.call-arguments", 3)


def test_an_exception_that_cannot_be_printed_is_told_all_the_same(load: Loader) -> None:
    source = "class E(ValueError):\n    def __str__(self): raise SystemExit\ndef f():\n    raise E"
    assert found(lambda: load(source).f()).params["type"] == "ValueError"


# ---- one worker after the other --------------------------------------------------------------------------------------


def test_state_does_not_travel_from_worker_to_worker(load: Loader) -> None:
    source = "count = 0\ndef f():\n    global count; count += 1; return count"
    assert [load(source).f(), load(source).f()] == [1, 1]


def test_a_worker_that_died_is_replaced_and_what_hung_is_not_tried_again(load: Loader) -> None:
    student = load("def hang():\n    while True: pass\ndef f(): return 1")
    began = time.monotonic()
    assert [found(lambda: student.hang()).key for _ in range(5)] == ["timeout"] * 5
    assert time.monotonic() - began < 1.5
    assert student.f() == 1


def test_the_total_time_of_a_submission_is_limited() -> None:
    with Zygote(Limits(seconds=0.3, total_seconds=0.5)) as zygote, entered(Context("f", catalogue(), False)):
        program = Program(zygote, "work", "def f(n):\n    while True: pass")
        keys = []
        for _ in range(3):
            session = Session(program, None)
            keys.append(found(lambda session=session: Student(session).f(1)).key)
            session.close()
    assert keys[0] == "timeout"
    assert keys[-1] == "timeout.total"


def test_nothing_can_be_called_before_the_first_call_is_looked_at(load: Loader) -> None:
    with pytest.raises(GraderError, match="nothing was called"):
        _ = load("").last


def test_a_module_that_stops_half_way_keeps_what_it_defined(zygote: Zygote) -> None:
    program = Program(zygote, "work", "def f(): return 1\n1 / 0\ndef g(): return 2")
    worker = program.look()
    assert worker is not None
    worker.close()
    assert program.names == ("f",)
    assert (program.problem.key, program.problem.line) == ("load.error", 2) if program.problem else False


def test_definitions_left_as_in_the_stub_are_known(zygote: Zygote) -> None:
    source = """
        def a():
            "doc"
            raise NotImplementedError("a")
        def b(): ...
        class C:
            def d(self): raise NotImplementedError
        def e(): return 1
        def f():
            if e(): raise NotImplementedError
        """
    program = Program(zygote, "work", textwrap.dedent(source))
    worker = program.look()
    assert worker is not None
    worker.close()
    assert program.empty == {"a", "b", "C"}


# ---- the processes ---------------------------------------------------------------------------------------------------


def test_the_layers_of_a_worker_are_reported(zygote: Zygote) -> None:
    with zygote.fork() as worker:
        assert {"descriptors", "rlimits", "not-dumpable", "seccomp"} <= set(worker.layers)
        assert any(layer.startswith("landlock-abi") for layer in worker.layers)


def test_no_grader_no_path_and_no_variable_of_ours_is_in_a_worker(
    zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAND2MNIST_SECRET", "secret")
    source = """
        import os, sys
        def f():
            ours = sorted(name for name in sys.modules if name.startswith(("autograder", "pytest", "_pytest")))
            return ours, sorted(os.environ), sys.path, sys.argv
        """
    with zygote.fork() as worker:
        ours, variables, path, argv = wire_list(ask(worker, source).value)
    beside = "figures kernel landlock loading lockdown objects placeholder probes seccomp worker zygote".split()
    modules = ["sandbox", "arrays", "cells", "frames", "wire", *(f"sandbox.{name}" for name in beside)]
    assert ours == sorted(["autograder", *(f"autograder.{name}" for name in modules)])
    assert not [name for name in variables if name.startswith(("NAND", "GITHUB", "PYTEST"))]
    assert (path, argv) == ([], [""])


def wire_list(value: Any) -> Any:
    return [wire_list(item) for item in value.values] if isinstance(value, wire.Items) else value


def test_how_a_worker_ended_and_its_peak_memory_are_known(zygote: Zygote) -> None:
    small, large = zygote.fork(), zygote.fork()
    ask(small, "def f(): pass")
    ask(large, "import numpy as np\ndef f(): return np.ones(6 << 20).sum()")
    ends = small.end(), large.end()
    assert [death.status for death in ends if death] == [-signal.SIGKILL] * 2
    assert ends[1].peak_mb - ends[0].peak_mb == pytest.approx(48, abs=8) if all(ends) else False


def test_a_failure_ends_the_worker_and_closing_it_again_is_harmless(zygote: Zygote) -> None:
    worker = zygote.fork()
    with pytest.raises(Failure, match="exit: 7"):
        ask(worker, "import os\ndef f(): os._exit(7)")
    worker.close()
    assert worker.end() is None


def test_an_answer_to_another_question_is_a_protocol_failure(zygote: Zygote) -> None:
    source = """
        import gc, sys
        frames, wire = sys.modules["autograder.frames"], sys.modules["autograder.wire"]
        worker = next(o for o in gc.get_objects() if type(o).__name__ == "Worker")
        def f(): frames.send(worker._fd, wire.Reply(worker._request + 1, 1))
        """
    with zygote.fork() as worker, pytest.raises(Failure, match="protocol"):
        ask(worker, source)


def ended(pidfd: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def test_workers_die_with_their_zygote() -> None:
    zygote = Zygote(LIMITS)
    worker = zygote.fork()
    watched = os.dup(worker._fork.pidfd)
    zygote.close()
    assert ended(watched, 2)
    os.close(watched)
    worker.close()


def test_the_zygote_and_its_workers_die_with_the_grader() -> None:
    code = """
        import os, sys
        from autograder.result import Limits
        from autograder.sandbox.launcher import Zygote
        zygote = Zygote(Limits())
        worker = zygote.fork()
        print(zygote.pid, worker._fork.pid, flush=True)
        sys.stdin.read()
        """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout is not None
        watched = [os.pidfd_open(int(pid)) for pid in grader.stdout.readline().split()]
        grader.kill()
        assert all(ended(pidfd, 3) for pidfd in watched)
    for pidfd in watched:
        os.close(pidfd)


# ---- chance ---------------------------------------------------------------------------------------------------------

CHANCE = """
import random, secrets
import numpy as np
def f(how):
    return {
        "legacy": lambda: list(np.random.rand(3)),
        "generator": lambda: list(np.random.default_rng().random(3)),
        "random": lambda: [random.random() for _ in range(3)],
        "set": lambda: list({"a", "b", "c", "d", "e"}),
    }[how]()
"""


@pytest.mark.parametrize("how", ["legacy", "generator", "random", "set"])
def test_what_is_drawn_without_a_seed_is_the_same_in_every_grading(how: str) -> None:
    def drawn() -> list[Any]:
        with Zygote(LIMITS) as zygote, entered(Context("f", catalogue(), shown=False)):
            program = Program(zygote, "work", CHANCE)
            session = Session(program, program.look())
            try:
                return [Student(session).f(how), Student(session).f(how)]
            finally:
                session.close()

    first, again = drawn(), drawn()
    assert first == again
    assert how == "set" or first[0] != first[1]  # but not the same at every call
