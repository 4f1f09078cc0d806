"""The student's module as a grader uses it: functions that run in the sandbox and hand back plain data."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from typing import Any

from autograder import errors, wire
from autograder.lines import placed
from autograder.marks import Call, Finding, GraderError, current
from autograder.program import Session
from autograder.sandbox.client import Failure, request_id
from autograder.values import Values

MAX_WARNINGS = 20  # of one call; a worker that lies could send a million
IDENTIFIER = re.compile(r"[^\W\d]\w*")
EXHAUSTED = (MemoryError, RecursionError)
FLOATING_POINT = {
    "overflow encountered": "overflow",
    "divide by zero encountered": "divide",
    "invalid value encountered": "invalid",
}


# Types that a message may name besides the classes of the student's file; another name could hold a hidden input.
KNOWN_TYPES = frozenset(
    "Axes AxesSubplot Decimal Fraction Line2D NotImplementedType Signal builtin_function_or_method deque dict"
    " dict_items dict_keys dict_values dtype ellipsis enumerate filter frozenset function generator list map method"
    " module object partial property range reversed set slice staticmethod tuple type ufunc zip".split()
)


class Raise(Exception):
    """Raised by a grader's callable to make the builtin exception `type` appear in the student's code."""

    def __init__(self, type: str, text: str) -> None:
        super().__init__(type, text)
        kind = getattr(builtins, type, None)
        if not (isinstance(kind, builtins.type) and issubclass(kind, Exception)):
            raise GraderError(f"{type} is no builtin exception")
        self.answer = (type, text)


class Function:
    """One of the student's functions, or a method of one of their objects. Calling it runs it in the sandbox."""

    def __init__(self, student: Student, name: str, handle: int | None = None, label: str | None = None) -> None:
        self.student = student
        self.name = name
        self.handle = handle
        self.label = label or name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.student.call(self, args, kwargs)


class Handle:
    """An object that stays in the worker: `handle.update(...)` calls its method, `handle.get("W1")` reads."""

    def __init__(self, student: Student, reference: wire.Handle) -> None:
        self._student = student
        self.reference = reference

    @property
    def type(self) -> str:
        """The name of the object's type where it is a known one or a name of the student's file, else `object`."""
        return self._student.type_name(self.reference.type)

    def __getattr__(self, name: str) -> Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self._student, name, self.reference.id, f"{self.type}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return Function(self._student, "", self.reference.id, self.type)(*args, **kwargs)

    def get(self, name: str) -> Any:
        return self._student.get(name, self.reference.id)

    def fetch(self) -> Any:
        """The object itself as it is now, where it is plain data."""
        return self._student.get("", self.reference.id)

    def take(self, limit: int) -> Any:
        """The first `limit` items of an iterable, as a list."""
        return self._student.take(self.reference.id, limit)


class Student:
    """A submission in one test. `student.NAME(...)` calls; see CONTRIBUTING.md for the whole vocabulary."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._values = Values(lambda reference: Handle(self, reference))
        self._replaced: dict[str, Callable[..., Any]] = {}

    def __getattr__(self, name: str) -> Function:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self, name)

    @property
    def last(self) -> Call:
        """The latest call. Raises GraderError before the first."""
        call = current().last
        if call is None:
            raise GraderError("nothing was called yet")
        return call

    def replacing(self, **callables: Callable[..., Any]) -> Student:
        """This student, but with module globals replaced by the grader's callables during calls."""
        view = Student(self._session)
        view._values = self._values
        view._replaced = {**self._replaced, **callables}
        return view

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run one call; the value is plain data. Raises Finding for whatever the student's code did instead."""
        try:
            return self._call(function, args, kwargs)
        finally:
            if (listener := current().listener) is not None:
                listener(self)

    def _call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        context = current()
        call = context.last = Call(function.label, args, kwargs)
        context.asked |= {function.name, *self._replaced} if function.handle is None else set(self._replaced)
        encode = self._values.encode
        request = wire.Call(
            request_id(),
            function.handle,
            function.name,
            tuple(map(encode, args)),
            {name: encode(arg) for name, arg in kwargs.items()},
            {name: encode(replacement) for name, replacement in self._replaced.items()},
        )
        reply = self._ask(request, function.label)
        call.stdout = reply.stdout
        call.warnings = tuple(map(self._located, reply.warnings[:MAX_WARNINGS]))
        call.changed = {n: self._decode(value) for n, value in reply.changed[: len(args)] if 0 <= n < len(args)}
        lines = self._session.program.lines
        context.noisy += [(call, w, placed(w.line, lines)) for w in call.warnings if floating_point(w)]
        if (
            reply.raised is not None
            and not reply.raised.frames
            and reply.raised.type in ("NameError", "AttributeError")
        ):
            # No code of theirs ran: there is nothing to call.
            raise self._session.program.stopped or Finding("missing.value", {"name": function.label}, "error")
        call.value = self._value(reply)
        return call.value

    def get(self, name: str, handle: int | None = None) -> Any:
        """A module constant, or an attribute of a handle. Raises Finding `missing.value` where there is none."""
        current().asked |= {name} if handle is None else set()
        reply = self._ask(wire.Get(request_id(), handle, name), name)
        if reply.raised is not None and reply.raised.misuse is None:
            raise Finding("missing.value", {"name": name}, "error")
        return self._value(reply)

    def make(self, expression: str, *, given: str = "", **values: Any) -> Handle:
        """An object made in the sandbox: `given` is run, then `expression` evaluated, with `values` (and np) as names.

        A Handle among the values is the very object. What is handed over is no secret to the student's code.
        """
        current().asked |= set(IDENTIFIER.findall(f"{given}\n{expression}"))
        encoded = {name: self._values.encode(value) for name, value in values.items()}
        made = self._value(self._ask(wire.Make(request_id(), given, expression, encoded), expression))
        if not isinstance(made, Handle):
            raise errors.failure(Failure("protocol", "an object that is none"), 0)
        return made

    def take(self, handle: int, limit: int) -> Any:
        """The first `limit` items of an iterable that stays in the worker."""
        return self._value(self._ask(wire.Take(request_id(), handle, limit), "iteration"))

    def type_name(self, claimed: str) -> str:
        """What may be said of an object's type: the name that a worker claims is the student's to choose."""
        if claimed.startswith("ndarray of "):
            return "ndarray of object" if claimed == "ndarray of object" else "ndarray"
        return claimed if claimed in KNOWN_TYPES or claimed in self._session.program.names else "object"

    def _ask(self, request: wire.Question, label: str) -> wire.Reply:
        return self._session.ask(request, label, self._answer, current().shown)

    def _located(self, warned: wire.Warned) -> wire.Warned:
        line = errors.own_line(warned.line, self._session.program.lines)
        return wire.Warned(warned.category, warned.message, line)

    def _value(self, reply: wire.Reply) -> Any:
        if reply.raised is not None:
            raise errors.explain(reply.raised, self._session.program.lines, current().shown)
        return self._decode(reply.value)

    def _decode(self, value: wire.Value) -> Any:
        try:
            return self._values.decode(value)
        except wire.WireError as error:
            raise errors.failure(Failure("protocol", str(error)), 0) from None

    def _answer(self, callback: wire.Callback) -> wire.Answer:
        """What the grader's own callable answers. Raises Failure for a callable that was never handed over."""
        if not 0 <= callback.proxy < len(self._values.callables):
            raise Failure("protocol", "a callable that does not exist")
        try:
            args = [self._values.decode(arg) for arg in callback.args]
            kwargs = {name: self._values.decode(arg) for name, arg in callback.kwargs.items()}
        except wire.WireError as error:
            raise Failure("protocol", str(error)) from None
        try:
            return wire.Answer(self._values.encode(self._values.callables[callback.proxy](*args, **kwargs)))
        except Raise as raised:
            return wire.Answer(None, raised.answer)
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, *EXHAUSTED, GraderError) as error:
            # What the student's code handed over does not fit the grader's function: the exception is theirs.
            builtin = next(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins")
            return wire.Answer(None, (builtin, "the function was called with something that it cannot take"))


def floating_point(warned: wire.Warned) -> str | None:
    """`overflow`, `divide` or `invalid` where NumPy warned of that; None for any other warning."""
    if warned.category != "RuntimeWarning":
        return None
    return next((kind for start, kind in FLOATING_POINT.items() if warned.message.startswith(start)), None)


class Observed:
    """A grader's function that remembers at which arguments it was asked."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, *args: Any) -> Any:
        self.calls.append(args)
        return self._function(*args)


def observe(function: Callable[..., Any]) -> Observed:
    """Wrap a grader's function so that `.calls` lists its argument tuples (arrays are copies of what was sent)."""
    return Observed(function)
